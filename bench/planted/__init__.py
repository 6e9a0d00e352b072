"""A made-up corpus of which everything is known, so that every figure can be held against it.

`plan.py` says what is true: purchases, their notices, what these print and what became of them.
`life.py` lets the purchases live, `pages.py` prints them as portals do, `truth*.py` works out what
each figure must come to, by its own code and from the plan alone, and `held.py` compares. The same
seed gives the same bytes. Everything is invented; numbers begin with XN.

    python -m bench planted                          20,000 notices, as docs/benchmarks.md has it
    python -m bench.planted --notices 2000 --seed 1  every cell that differs, a line each
"""
