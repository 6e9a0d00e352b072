"""Who buys: the labelled name, the one who commissioned the agency, or the title's first words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from tenderlight.fields.agreement import Candidate, Settled, cite, settle
from tenderlight.fields.english_parties import find_parties
from tenderlight.fields.labels import RANK
from tenderlight.fields.names import Name, find_name, looks_like_agency, looks_like_organisation
from tenderlight.fields.shapes import Layout, Pair
from tenderlight.fields.signature import signers
from tenderlight.model import Cited, Passage, Reading
from tenderlight.plain import simplify

_COMMISSION = re.compile(r"受\s{0,4}(?P<name>[^。;:,受]{2,50}?)\s{0,4}的?\s{0,4}委\s{0,4}托")
_ACTED = re.compile(
    r"(?:我司|我公司|我单位|我中心|本公司|本中心)(?:所)?代理的(?P<name>[^。;:,的]{4,40}?)(?=采购|招标|所需|的)"
)
_CALLED = re.compile(
    r"(?:招标人|采购人|项目业主|建设单位|采购单位)\"?(?:为|是|系指)\s{0,4}(?P<name>[^。;:,\n]{3,40})(?=[。;,\n])"
)
_TITLE = re.compile(r"关于(?P<name>[^关于]{2,30}?)(?:采购|的)")
_ISSUER = re.compile(r"(?P<name>[^关于,:。]{4,30}?)关于")
_PLANS = re.compile(
    r"(?:现将|^|\n)\s{0,4}(?P<name>[^。;:,\n\d]{3,30}?)(?:本级)?\s{0,4}(?:关于)?20\d\d\s{0,4}年[^。;:\n]{0,24}意向"
)
_PLACE = r"[\u4e00-\u9fff]{2,8}?(?:省|市|州|盟|地区|县)"
_REGION = re.compile(r"(?:香港|澳门)特别行政区(?:政府)?")
_FIRST_LINES = 5
_UNIT = "单位名称"
_SENTENCES_READ = 3000


def find_buyer(
    reading: Reading, layout: Layout, title: Cited[str] | None, project_name: Cited[str] | None
) -> Settled:
    """The buyer, and a problem where labels of equal weight name different ones.

    Labels that say who buys (采购人, 招标人 …) count more than those that say who builds or uses.
    """
    candidates = _labelled(layout) or [*_commissioner(layout), *_called(layout)]
    candidates = candidates or _of_a_region(layout) or _planner(layout)
    if candidates:
        settled = settle(reading, layout, "buyer", candidates, same_name, is_within)
        return _plausible(settled) if settled.rivals else settled
    signed = [name for name in signers(layout) if not looks_like_agency(name.value)]
    if signed:
        last = signed[0]
        return Settled(cite(reading, Candidate(last.value, last.start, last.end, "signature")))
    first = _first_line(layout, title)
    return Settled(cite(reading, first) or _from_title(reading, layout, title, project_name))


def _plausible(settled: Settled) -> Settled:
    """Without rivals that are no organisations where the buyer is one: words beside the label."""
    if settled.value is None or not looks_like_organisation(settled.value.value):
        return settled
    name = same_name(settled.value.value)
    rivals = tuple(
        rival
        for rival in settled.rivals
        if looks_like_organisation(rival.value) and name not in same_name(rival.value)
    )
    return settled if len(rivals) == len(settled.rivals) else Settled(settled.value, (), rivals)


def same_name(name: str) -> str:
    """What two spellings of one name share: no remarks in brackets, no white space."""
    return re.sub(r"[(（][^()（）]*[)）]|[\s“”\"]", "", simplify(name)) or name


def is_within(longer: str, shorter: str) -> bool:
    """True where a name only has the place before it: `青山市东湖县水利局`, `东湖县水利局`."""
    return len(shorter) >= 4 and longer.endswith(shorter)


def _labelled(layout: Layout) -> list[Candidate]:
    """Names under the labels of a buyer, without those that another label calls the agency.

    Columns are read only under the surest words: 项目业主 heads lists of a bidder's past projects.
    """
    candidates = []
    agencies = _agencies(layout)
    for pair in layout.of("buyer"):
        name = find_name(layout.text, pair.start, pair.end)
        weight = 2 - RANK.get(pair.key, 0)
        if pair.kind == "column":
            sure = pair.key.startswith(("采购", "招标"))
            weight = weight - 2 if sure else 0 if _is_beside_winner(layout, pair) else -1
        if name is not None and weight >= 0:
            weight = weight if name.value not in agencies else -1
            candidates.append(
                Candidate(name.value, name.start, name.end, f"label {pair.key}", weight)
            )
    return candidates


def _is_beside_winner(layout: Layout, pair: Pair) -> bool:
    """True for 建设单位 in a table whose only row names the winner too: it is no past project."""
    row = [other for other in layout.pairs if other.table == pair.table and other.kind == "column"]
    won = [other for other in row if other.key.startswith(("中标", "成交", "中选"))]
    return bool(won) and len({other.row for other in row}) == 1


def _agencies(layout: Layout) -> set[str]:
    names = (find_name(layout.text, pair.start, pair.end) for pair in layout.of("agency"))
    return {name.value for name in names if name is not None}


def _called(layout: Layout) -> list[Candidate]:
    """`招标人为东湖县水利局，` in a sentence."""
    for match in _CALLED.finditer(layout.plain):
        name = find_name(layout.text, match.start("name"), match.end("name"))
        if name is not None and looks_like_organisation(name.value):
            return [Candidate(name.value, name.start, name.end, "sentence 招标人为")]
    return []


def _first_line(layout: Layout, title: Cited[str] | None) -> Candidate | None:
    """An organisation that fills one of the first lines, where the title starts with its name."""
    for line in layout.lines[:3]:
        name = find_name(layout.text, line.start, line.end)
        if title is None or name is None or name.end != line.end or looks_like_agency(name.value):
            continue
        if looks_like_organisation(name.value) and title.value.startswith(name.value):
            return Candidate(name.value, name.start, name.end, "first line")
    return None


def _commissioner(layout: Layout) -> list[Candidate]:
    """`受东湖县水利局委托`, `我司代理的东湖县水利局采购…` in a sentence."""
    told = find_parties(layout).buyer
    if told is not None:
        return [Candidate(told.value, told.start, told.end, "sentence on behalf of")]
    for said, rule in (("受…委托", _COMMISSION), ("代理的…", _ACTED)):
        for match in rule.finditer(layout.plain, 0, _SENTENCES_READ):
            name = find_name(layout.text, match.start("name"), match.end("name"))
            if name is not None and looks_like_organisation(name.value):
                return [Candidate(name.value, name.start, name.end, f"sentence {said}")]
    return []


def _of_a_region(layout: Layout) -> list[Candidate]:
    """`澳門特別行政區政府` over `保安部隊事務局`, as notices of Hong Kong and Macau begin."""
    for line, below in pairwise(layout.lines[:_FIRST_LINES]):
        if _REGION.fullmatch(layout.plain, line.start, line.end):
            name = find_name(layout.text, below.start, below.end)
            if name is not None and name.end == below.end and looks_like_organisation(name.value):
                return [Candidate(name.value, name.start, name.end, "line below the region's")]
    return []


def _planner(layout: Layout) -> list[Candidate]:
    """`单位名称` in an intention, which nobody has won yet; `现将东湖县水利局2022年…意向`."""
    if not layout.of("planned"):
        return []
    places = [(p.start, p.end, f"label {p.key}") for p in layout.of("supplier") if p.key == _UNIT]
    if plans := _PLANS.search(layout.plain, 0, _SENTENCES_READ):
        places.append((*plans.span("name"), "sentence 意向公开"))
    for start, end, rule in places:
        name = find_name(layout.text, start, end)
        if name is not None and looks_like_organisation(name.value):
            return [Candidate(name.value, name.start, name.end, rule)]
    return []


def _from_title(
    reading: Reading,
    layout: Layout,
    title: Cited[str] | None,
    project_name: Cited[str] | None,
) -> Cited[str] | None:
    """The organisation that a title puts before the project's name: `东湖县水利局水泵采购公告`."""
    if title is None:
        return None
    printed = title.at.text
    for start, end in _before_the_name(simplify(printed), project_name):
        name = find_name(printed, start, end)
        if name and looks_like_organisation(name.value) and not looks_like_agency(name.value):
            return _fuller(reading, layout, name.value) or Cited(
                value=name.value, at=_within(title.at, name), rule="title"
            )
    return None


def _fuller(reading: Reading, layout: Layout, name: str) -> Cited[str] | None:
    """The same name in the text with the place before it, which a title leaves out."""
    printed = re.compile(
        rf"(?<![\u4e00-\u9fff])(?P<full>{_PLACE}{re.escape(simplify(name))})(?![院局所站处])"
    )
    match = printed.search(layout.plain, 0, _SENTENCES_READ)
    if match is None:
        return None
    at = reading.passage(*match.span("full"))
    return Cited(value=at.text, at=at, rule="name of the title with its place")


def _before_the_name(plain: str, project: Cited[str] | None) -> Iterator[tuple[int, int]]:
    """Where a title may name the buyer: before 关于 or behind it, or before the project."""
    if issuer := _ISSUER.match(plain):
        yield issuer.span("name")
    if about := _TITLE.search(plain):
        yield about.span("name")
    place = plain.find(simplify(project.value)) if project is not None else -1
    if place > 3:
        yield 0, place


def _within(at: Passage, name: Name) -> Passage:
    return msgspec.structs.replace(
        at,
        text=at.text[name.start : name.end],
        start=at.start + name.start,
        end=at.start + name.end,
    )
