"""When a contract was signed, and when or how its delivery was accepted."""

from __future__ import annotations

from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.moments import find_moment
from tenderlight.fields.paragraphs import cite_lines, says_nothing, stretch_behind
from tenderlight.fields.shapes import Layout, Pair
from tenderlight.model import Cited, Reading

_SIGNED = frozenset(("contract", "acceptance"))
_LONGEST_DATE = 60
_LONGEST_RESULT = 300


def find_signed(
    reading: Reading, layout: Layout, said: Said, notice_type: str | None
) -> Cited[str] | None:
    """The day on which the contract was signed, `2022-07-01`.

    Only of notices of a contract or of its acceptance, and not from columns: elsewhere it is the
    date of somebody's earlier contract.
    """
    if notice_type not in _SIGNED:
        return None
    pairs = [(rank, pair) for rank, pair in said["signed"] if pair.kind != "column"]
    for _, pair in sorted(pairs, key=lambda ranked: ranked[0]):
        if (day := _day(reading, layout, pair)) is not None:
            return day
    return None


def find_accepted(
    reading: Reading, layout: Layout, said: Said, notice_type: str | None
) -> Cited[str] | None:
    """The day of acceptance, `2023-01-20`; where none is printed its result, `合格`."""
    if notice_type != "acceptance":
        return None
    for rank, pair in sorted(said["accepted"], key=lambda ranked: ranked[0]):
        if rank == 0 and (day := _day(reading, layout, pair)) is not None:
            return day
        if rank > 0 and not says_nothing(layout.plain[pair.start : pair.end]):
            start, end = stretch_behind(layout, pair)
            end = min(end, start + _LONGEST_RESULT)
            return cite_lines(reading, start, end, f"label {pair.key}")
    return None


def _day(reading: Reading, layout: Layout, pair: Pair) -> Cited[str] | None:
    moment = find_moment(layout.plain, pair.start, min(pair.end, pair.start + _LONGEST_DATE))
    if moment is None:
        return None
    at = reading.passage(moment.start, moment.end)
    return Cited(value=moment.value[:10], at=at, rule=f"label {pair.key}")
