"""Cells that state a measured error: the best guess with its interval, or that nobody measured."""

from __future__ import annotations

from tenderlight.corpus.reviewing.error import Checked, Sample, State
from tenderlight.figures.figure import Cell
from tenderlight.review.intervals import Interval

NOT_MEASURED = Cell(value="not measured", zh="未测量")
NOTHING = Cell(value="–")
"""Where nobody looked and a cell beside it says so."""
STATES: dict[State, Cell] = {
    "measured": Cell(value="measured", zh="已测量"),
    "begun": Cell(value="begun: cases of the plan wait", zh="进行中：抽样计划尚有待核案例"),
    "older": Cell(value="measured under an older method", zh="按旧方法测量"),
    "not-measured": NOT_MEASURED,
}
"""What a state of the samples is called."""


def share_cell(interval: Interval | None) -> Cell:
    """A share in percent.

    >>> share_cell(Interval(0.95, 0.894, 0.981)).value
    '95.0 % (89.4-98.1)'
    """
    if interval is None:
        return NOT_MEASURED
    value, low, high = (round(100 * each, 1) for each in _ends(interval))
    return Cell(value=f"{value} % ({low}-{high})")


def count_cell(interval: Interval | None, state: State = "measured") -> Cell:
    """A number of notices, in whole ones, and in words where the measure is not as it should be.

    >>> count_cell(Interval(1204.2, 1150.0, 1260.6)).value
    '1,204 (1,150-1,261)'
    >>> count_cell(Interval(12, 10, 15), "older").value
    '12 (10-15), measured under an older method'
    """
    if interval is None:
        return NOT_MEASURED
    value, low, high = (round(each) for each in _ends(interval))
    told = f"{value:,} ({low:,}-{high:,})"
    if state == "measured":
        return Cell(value=told)
    return Cell(value=f"{told}, {STATES[state].value}", zh=f"{told}，{STATES[state].zh}")


def sample_cell(sample: Sample | None) -> Cell:
    """How much of a sample was looked at, and what was wrong in it."""
    if sample is None:
        return NOTHING
    return _looked_at(sample, f"{sample.wrong:,} wrong", f"{sample.wrong:,}件不属实")


def missed_cell(sample: Sample | None) -> Cell:
    """How many notices without the claim were looked at, and how many of them should have it."""
    if sample is None:
        return NOTHING
    return _looked_at(sample, f"{sample.right:,} missed", f"遗漏{sample.right:,}件")


def _looked_at(sample: Sample, en: str, zh: str) -> Cell:
    undecided = f", {sample.unknown} undecided" if sample.unknown else ""
    also = f"，{sample.unknown}件未决" if sample.unknown else ""
    return Cell(
        value=f"{sample.looked:,} of {sample.planned:,}: {en}{undecided}",
        zh=f"{sample.planned:,}件中已核{sample.looked:,}件：{zh}{also}",
    )


def corrected_cell(checked: Checked | None) -> Cell:
    """The corrected count of a technology; said plainly where no plan was answered."""
    return count_cell(checked.corrected, checked.state) if checked else NOT_MEASURED


def _ends(interval: Interval) -> tuple[float, float, float]:
    return interval.value, interval.low, interval.high
