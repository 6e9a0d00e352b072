"""Of a single source: the suppliers that are to have it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.fields.awards_suppliers import find_suppliers, is_organisation
from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Reading
from tenderlight.plain import simplify

_SECTION = re.compile(
    r"(?:拟定|拟采购|唯一|单一来源|拟选|拟邀请)的?(?:唯一)?(?:供应商|供货商|承接)"
)
_FROM = (
    re.compile(
        r"(?:采用|以|通过)?单一来源(?:采购)?(?:方式|形式)?,?(?:直接)?(?:向|从|由|委托|与)"
        r"(?P<name>[^。;:,\n]{4,50}?)(?:采购|承接|承担|提供|签订|购买|实施|供货|进行)"
    ),
    re.compile(
        r"(?:拟|只能|仅能|唯一)(?:确定|选定|定|由|向|从|委托)+(?P<name>[^。;:,\n]{4,50}?)"
        r"(?:为|作为|采购|承接|承担|提供|实施|供货|进行|,|。)"
    ),
)
_FULL_NAME = re.compile(r".{0,40}?(?:公司|研究院|研究所|大学|学院|中心|集团|厂)")
_AND = re.compile(r"(?<=公司)[、,和及与](?=.{4})")
_MOST = 20


def find_proposed(
    reading: Reading,
    layout: Layout,
    said: Said,
    notice_type: str | None,
    others: tuple[Cited[str] | None, ...],
) -> tuple[Cited[str], ...]:
    """The suppliers as printed, each once, in order; none of any other kind of notice.

    Labels such as 拟定供应商, names under the heading 拟定供应商信息; where there is none, the
    sentence `采用单一来源方式向X采购`. `others` (buyer and agency) are not among them.
    """
    if notice_type != "single_source":
        return ()
    names = {simplify(other.value) for other in others if other is not None}
    found: dict[str, Cited[str]] = {}
    for start, end, rule in _labelled(layout, said) or _sentences(layout):
        at = reading.passage(start, end)
        name = "".join(at.text.split())
        if simplify(name) not in names and len(found) < _MOST:
            found.setdefault(simplify(name), Cited(value=name, at=at, rule=rule))
    return tuple(found.values())


def _labelled(layout: Layout, said: Said) -> list[tuple[int, int, str]]:
    pairs = [pair for _, pair in said["proposed"]]
    for pair in layout.of("supplier"):
        if any(_SECTION.search(title) for title in (*layout.headings(pair.section), pair.group)):
            pairs.append(pair)
    if not pairs:
        pairs = [pair for pair in layout.of("supplier") if pair.key.startswith("供应商")]
    return [
        (start, end, f"label {pair.key}")
        for pair in sorted(pairs, key=lambda pair: pair.start)
        for start, end in _names(pair.value, pair.start)
    ]


def _names(printed: str, at: int) -> Iterator[tuple[int, int]]:
    for start, end in find_suppliers(printed, trusted=True):
        cuts = [match.span() for match in _AND.finditer(printed, start, end)]
        edges = [start, *(place for cut in cuts for place in cut), end]
        for begin, stop in zip(edges[::2], edges[1::2], strict=True):
            yield at + begin, at + stop


def _sentences(layout: Layout) -> list[tuple[int, int, str]]:
    """A name in a sentence counts where it ends as an organisation's does."""
    for rule in _FROM:
        for match in rule.finditer(layout.plain):
            start, end = match.span("name")
            full = _FULL_NAME.match(layout.plain, start, end)
            end = full.end() if full else end
            if is_organisation("".join(layout.plain[start:end].split())):
                return [(start, end, "sentence")]
    return []
