"""Figures that a corpus' own readers asked for: built by clicking, or written in SQL.

They are decisions (`decisions/figures.jsonl`): saved, listed beside ours, retired, never lost.
`questions_of(corpus)` gives them as `figures.Question`s, so that they have the same drill-down,
coverage, chart and exports: `make_figure(con, name, definitions, own=questions_of(corpus))`.
"""

from __future__ import annotations

from tenderlight.asking.built import Built
from tenderlight.asking.questions import built_question, questions_of, written_question
from tenderlight.asking.saved import (
    Saved,
    Written,
    merge_saved,
    moment,
    own_name,
    read_saved,
    retire_figure,
    save_figure,
    standing,
)
from tenderlight.corpus.stamp import stamp_of

__all__ = [
    "Built",
    "Saved",
    "Written",
    "built_question",
    "merge_saved",
    "moment",
    "own_name",
    "questions_of",
    "read_saved",
    "retire_figure",
    "save_figure",
    "stamp_of",
    "standing",
    "written_question",
]
