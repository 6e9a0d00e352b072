"""When a contract was signed, by whom, and when or how its delivery was accepted."""

from __future__ import annotations

from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.moments import find_moment
from tenderlight.fields.names import find_name
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

    Only of notices of a contract or of its acceptance: elsewhere it is the date of somebody's
    earlier contract. Of a table's rows only if all of them print the same day.
    """
    if notice_type not in _SIGNED:
        return None
    pairs = [pair for _, pair in sorted(said["signed"], key=lambda ranked: ranked[0])]
    days = [(pair, day) for pair in pairs if (day := _day(reading, layout, pair)) is not None]
    labelled = [day for pair, day in days if pair.kind != "column"]
    if labelled:
        return labelled[0]
    return days[0][1] if len({day.value for _, day in days}) == 1 else None


def find_party(reading: Reading, layout: Layout, notice_type: str | None) -> Cited[str] | None:
    """Who buys by a contract, where only a column 甲方 says so, and the same in every row."""
    if notice_type not in _SIGNED:
        return None
    names = [
        (pair, name)
        for pair in layout.of("buyer")
        if pair.kind == "column" and (name := find_name(layout.text, pair.start, pair.end))
    ]
    if len({name.value for _, name in names}) != 1:
        return None
    pair, name = names[0]
    at = reading.passage(name.start, name.end)
    return Cited(value=name.value, at=at, rule=f"column {pair.key}")


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
            end = start + len(layout.plain[start : min(end, start + _LONGEST_RESULT)].rstrip(" ;,"))
            return cite_lines(reading, start, end, f"label {pair.key}")
    return None


def _day(reading: Reading, layout: Layout, pair: Pair) -> Cited[str] | None:
    moment = find_moment(layout.plain, pair.start, min(pair.end, pair.start + _LONGEST_DATE))
    if moment is None:
        return None
    at = reading.passage(moment.start, moment.end)
    return Cited(value=moment.value[:10], at=at, rule=f"label {pair.key}")
