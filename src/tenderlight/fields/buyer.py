"""Who buys: the labelled name, the one who commissioned the agency, or the title's first words."""

from __future__ import annotations

import re

import msgspec

from tenderlight.fields.agreement import Candidate, Settled, cite, settle
from tenderlight.fields.labels import RANK
from tenderlight.fields.names import find_name, looks_like_agency, looks_like_organisation
from tenderlight.fields.shapes import Layout
from tenderlight.fields.signature import signers
from tenderlight.model import Cited, Reading
from tenderlight.plain import simplify

_COMMISSION = re.compile(r"受\s{0,4}(?P<name>[^。;:,受]{2,50}?)\s{0,4}的?\s{0,4}委\s{0,4}托")
_ACTED = re.compile(
    r"(?:我司|我公司|我单位|我中心|本公司|本中心)(?:所)?代理的(?P<name>[^。;:,的]{4,40}?)(?=采购|招标|所需|的)"
)
_CALLED = re.compile(
    r"(?:招标人|采购人|项目业主|建设单位|采购单位)\"?(?:为|是|系指)\s{0,4}(?P<name>[^。;:,\n]{3,40})(?=[。;,\n])"
)
_TITLE = re.compile(r"关于(?P<name>[^关于]{2,30}?)(?:采购|的)")
_SENTENCES_READ = 3000


def find_buyer(
    reading: Reading, layout: Layout, title: Cited[str] | None, project_name: Cited[str] | None
) -> Settled:
    """The buyer, and a problem where labels of equal weight name different ones.

    Labels that say who buys (采购人, 招标人 …) count more than those that say who builds or uses.
    """
    candidates = _labelled(layout) or [*_commissioner(layout), *_called(layout)]
    if candidates:
        settled = settle(reading, layout, "buyer", candidates, same_name, is_within)
        return _plausible(settled) if settled.rivals else settled
    signed = [name for name in signers(layout) if not looks_like_agency(name.value)]
    if signed:
        last = signed[0]
        return Settled(cite(reading, Candidate(last.value, last.start, last.end, "signature")))
    first = _first_line(layout, title)
    return Settled(cite(reading, first) or _from_title(title, project_name))


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
            weight = weight - 2 if pair.key.startswith(("采购", "招标")) else -1
        if name is not None and weight >= 0:
            weight = weight if name.value not in agencies else -1
            candidates.append(
                Candidate(name.value, name.start, name.end, f"label {pair.key}", weight)
            )
    return candidates


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
    for said, rule in (("受…委托", _COMMISSION), ("代理的…", _ACTED)):
        for match in rule.finditer(layout.plain, 0, _SENTENCES_READ):
            name = find_name(layout.text, match.start("name"), match.end("name"))
            if name is not None and looks_like_organisation(name.value):
                return [Candidate(name.value, name.start, name.end, f"sentence {said}")]
    return []


def _from_title(title: Cited[str] | None, project_name: Cited[str] | None) -> Cited[str] | None:
    """The organisation that a title puts before the project's name: `东湖县水利局水泵采购公告`."""
    if title is None:
        return None
    printed, start = title.at.text, 0
    plain = simplify(printed)
    if match := _TITLE.search(plain):
        start, end = match.span("name")
    elif project_name is not None and plain.find(simplify(project_name.value)) > 3:
        end = plain.find(simplify(project_name.value))
    else:
        return None
    name = find_name(printed, start, end)
    if name is None or not looks_like_organisation(name.value) or looks_like_agency(name.value):
        return None
    at = title.at
    from_start = at.start + name.start
    passage = msgspec.structs.replace(
        at, text=printed[name.start : name.end], start=from_start, end=at.start + name.end
    )
    return Cited(value=name.value, at=passage, rule="title")
