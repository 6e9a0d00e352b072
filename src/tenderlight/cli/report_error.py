"""What `plan` and `error` say: samples and how far they are, and the error measured by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from tenderlight.cli.speak import note, say, say_json, table
from tenderlight.corpus.reviewing.error import Checked, Planned
from tenderlight.figures.measured import (
    STATES,
    corrected_cell,
    missed_cell,
    sample_cell,
    share_cell,
)


def planned(plans: Sequence[Planned], as_json: bool) -> None:
    """Every plan with its progress."""
    if as_json:
        say_json(list(plans))
        return
    rows = [
        [
            each.id,
            f"{each.answered:,} of {each.cases:,}",
            each.made[:16].replace("T", " "),
            each.by,
            "older method" if each.is_older else "",
            ", ".join(each.technologies),
        ]
        for each in plans
    ]
    heads = ("Plan", "Answered", "Made", "By", "", "Technologies")
    if rows:
        table([(head, "left") for head in heads], rows)
    else:
        say("No plans yet.")
        note("Draw one: --kind precision --by NAME.")


def made(plan: Planned, as_json: bool) -> None:
    """A plan that was just drawn."""
    if as_json:
        say_json(plan)
        return
    say(f"{plan.id}: {plan.cases:,} cases of {len(plan.technologies):,} technologies")
    note(f"Review them: tenderlight review CORPUS --plan {plan.id} --by NAME")


def error(checked: Sequence[Checked], as_json: bool) -> None:
    """The error of each technology."""
    if as_json:
        say_json([_told(each) for each in checked])
        return
    rows = [
        [
            each.subject,
            f"{each.found:,}",
            *(
                str(cell.value)
                for cell in (
                    share_cell(each.precision),
                    share_cell(each.recall),
                    corrected_cell(each),
                    sample_cell(each.precise_by),
                    missed_cell(each.recall_by),
                )
            ),
        ]
        for each in checked
    ]
    heads = ("Technology", "Found", "Precision", "Recall", "Corrected", "Found looked at", "Rest")
    sides = ("left", "right", *("left",) * 5)
    table(list(zip(heads, sides, strict=True)), rows)
    note("Numbers of notices; in brackets what holds the truth in 95 of 100 measures.")
    if any(each.state != "measured" for each in checked):
        note("Where something is not measured: `tenderlight plan CORPUS --kind … --by NAME`.")


def _told(checked: Checked) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(checked)
    return {**told, "state": checked.state, "state_zh": STATES[checked.state].zh}
