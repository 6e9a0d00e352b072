"""The counties of each year: which code was valid when, and what became of the others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from tenderlight.places import Division, divisions
from tenderlight.places.years import ALWAYS, EARLIEST, Meaning, counterparts


@lru_cache(maxsize=4096)  # asked for every cell
def counties_in(year: int, province: str = "") -> int:
    """How many counties, districts and county-level cities there were at the end of a year.

    Of all 31 divisions, or of one. Before 2000 the list of 2000 stands, after the newest list the
    newest. Source: the yearly lists of GB/T 2260 (docs/data.md).

    >>> counties_in(2019) > 2800, counties_in(2019, "110000")
    (True, 16)
    """
    return sum(
        1
        for first, last, code in _valid()
        if first <= max(year, EARLIEST) <= last and code.startswith(province[:2])
    )


@cache
def county_years() -> str:
    """A query of code, since, until, counts_as, today: what a county's code stands for, and when.

    It stands for itself; in the year after it was merged or got another code for what it became,
    where that is one county: the lists end a year, and a notice may be earlier in it. `today` is
    what it is in the newest list.
    """
    lines = ",".join(":".join(map(str, line)) for line in _lines())
    return f"""select p[1] as code, p[2]::int as since, p[3]::int as until, p[4] as counts_as,
        p[5] as today
    from (select string_split(unnest(string_split('{lines}', ',')), ':') as p)"""  # noqa: S608


def _lines() -> Iterator[tuple[str, int, int, str, str]]:
    for each in _counties():
        last = each.last or ALWAYS
        yield each.code, each.first, last, each.code, _became(each, ALWAYS) or each.code
        after = _became(each, last + 1) if each.last else None
        if after and not _is_listed(each.code, last + 1):
            yield each.code, last + 1, last + 1, after, _became(each, ALWAYS) or after


def _became(county: Division, year: int) -> str | None:
    """The one county that it was, or lay in, in a year."""
    if county.last is None or year <= county.last:
        return county.code
    meaning = Meaning(county.code, True, county.first, county.last, county.zh)
    codes = counterparts(meaning, year)
    counties = [code for code in codes if not code.endswith("00")]
    return counties[0] if len(codes) == len(counties) == 1 else None


@cache
def _counties() -> tuple[Division, ...]:
    return tuple(each for each in divisions() if each.level == "county" and each.counts)


@cache
def _valid() -> frozenset[tuple[int, int, str]]:
    """Years in which a code was valid; a county that got another name only is one county."""
    return frozenset((each.first, each.last or ALWAYS, each.code) for each in _counties())


def _is_listed(code: str, year: int) -> bool:
    return any(first <= year <= last for first, last in _spans()[code])


@cache
def _spans() -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for first, last, code in _valid():
        spans.setdefault(code, []).append((first, last))
    return spans
