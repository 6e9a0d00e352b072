"""Notices of every layout made from what they say, so that what is read can be held against it.

A seed gives one notice: a purchase is drawn (`purchases.py`), written down with label words, units
and orders of its own (`contents.py`, `results.py`), spoiled the way portals spoil theirs
(`noise.py`), and laid out (`drawn.py`). Its truth holds exactly what is printed. Everything is
invented; numbers begin with XN.

    python -m bench.layouts                      500 seeds of each mix: the table
    python -m bench.layouts --seeds 2000 --mix mainstream
    python -m bench.layouts --wrong budget       what is wrong there, a line each: mix, seed,
                                                 recipe, truth, what was read and its rule
    python -m bench.layouts --missed buyer       what was not read
    python -m bench.layouts --show mainstream 17 the notice of a seed as it is read, and its truth

How to read a failure: `--show MIX SEED` prints the recipe (the choices that were made), the text as
our reader gives it, the truth and the values. `wrong` is a value that is not what was put in and
that no Problem marks; `marked` is one that a Problem marks; `missed` is nothing read.
The mixes: `mainstream` is what portals mostly print; `hard` adds rare labels, Traditional script,
lost tags, prose alone, missing units and other projects' sums beside the own.
"""
