"""When a purchase is to begin, as an intention says: a month, a quarter or a year."""

from __future__ import annotations

import re

from tenderlight.fields.agreement import Candidate, Settled, settle
from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Problem, Reading
from tenderlight.plain import simplify

_YEAR = r"(?P<year>20\d\d)\s{0,4}"
_MONTH = re.compile(_YEAR + r"[年\-/.]\s{0,4}(?P<month>\d{1,2})(?!\d)")
_COMPACT = re.compile(_YEAR + r"(?P<month>0[1-9]|1[0-2])(?!\d)")
_HAN = re.compile(_YEAR + r"年\s{0,4}(?P<han>十?[一二三四五六七八九]|十|十[一二])\s{0,4}月")
_QUARTER = re.compile(
    _YEAR + r"年?\s{0,4}(?:第?\s{0,2}(?P<quarter>[一二三四1-4])\s{0,2}季度|q(?P<q>[1-4]))"
)
_ONLY_YEAR = re.compile(_YEAR + r"(?:年|$)")
_BARE_MONTH = re.compile(r"(?P<month>\d{1,2})\s{0,4}月")
_IN_TITLE = re.compile(r"(?<!\d)20\d\d(?=年)")
_DIGITS = {han: number for number, han in enumerate("一二三四五六七八九十", start=1)}
_KINDS = frozenset(("intention", "other"))


def find_planned(
    reading: Reading, layout: Layout, said: Said, notice_type: str | None, title: Cited[str] | None
) -> Settled:
    """The month in which the purchase is to begin; of notices that are no intention none.

    Where an intention lists several purchases, the first is taken and the others are rivals. A
    month without a year has that of the title, if the title names one.
    """
    if notice_type not in _KINDS:
        return Settled(None)
    candidates = []
    for rank, pair in said["planned"]:
        printed = layout.plain[pair.start : min(pair.end, pair.start + 60)]
        value = parse_month(printed) or _within_year(printed, title)
        if value is not None:
            weight = 2 - rank
            candidates.append(Candidate(value, pair.start, pair.end, f"label {pair.key}", weight))
    settled = settle(reading, layout, "planned", candidates, str)
    return settled._replace(problems=_several(layout))


def _several(layout: Layout) -> tuple[Problem, ...]:
    """A problem where a table lists more than one purchase: one notice, many intentions."""
    names = {"".join(p.value.split()) for p in layout.of("project_name") if p.kind == "column"}
    if len(names) < 2:
        return ()
    return (
        Problem(
            code="fields.several-purchases",
            what=f"The notice lists {len(names)} purchases. The name, the needs and the month "
            "shown are those of the first.",
            hint="Open the passage and read the other rows of its table.",
            where="planned",
        ),
    )


def parse_month(printed: str) -> str | None:
    """`2022-06`; of a quarter `2022-Q2`, of a year `2022`; None where no year is printed.

    Of a span of months the first is given, of a day its month.

    >>> parse_month("2022年6月"), parse_month("2022.06-2022.08"), parse_month("2022年第二季度")
    ('2022-06', '2022-06', '2022-Q2')
    >>> parse_month("2022年下半年"), parse_month("合同签订后"), parse_month("2022年13月")
    ('2022', None, None)
    """
    plain = simplify(printed)
    if match := _QUARTER.search(plain):
        quarter = match["quarter"] or match["q"]
        return f"{match['year']}-Q{_DIGITS.get(quarter) or quarter}"
    for rule in (_MONTH, _COMPACT, _HAN):
        if match := rule.search(plain):
            month = _number(match.groupdict())
            return f"{match['year']}-{month:02}" if 1 <= month <= 12 else None
    year = _ONLY_YEAR.search(plain)
    return year["year"] if year else None


def _number(groups: dict[str, str]) -> int:
    if han := groups.get("han"):
        return sum(_DIGITS[char] for char in han)
    return int(groups["month"])


def _within_year(printed: str, title: Cited[str] | None) -> str | None:
    """`6月` in an intention whose title says `2022年`."""
    bare = _BARE_MONTH.match(printed)
    years = set(_IN_TITLE.findall(simplify(title.value))) if title is not None else set()
    if bare is None or len(years) != 1 or not 1 <= int(bare["month"]) <= 12:
        return None
    return f"{years.pop()}-{int(bare['month']):02}"
