"""Read a notice with the definitions: what is bought, whom and where it watches, how much of it."""

from __future__ import annotations

import re

import msgspec

from tenderlight.model import Block, Fields, Finding, Findings, Passage, Reading, Standing
from tenderlight.plain import simplify
from tenderlight.technologies.definition import Definitions, Term
from tenderlight.technologies.excluded import REPLACED
from tenderlight.technologies.item_uses import find_item_uses
from tenderlight.technologies.passages import MOST_PASSAGES, chosen, joined
from tenderlight.technologies.prepared import Prepared, prepare
from tenderlight.technologies.relation import Judged, judge, judge_a_name, sentence
from tenderlight.technologies.sieve import Hit, Sieve, sieve
from tenderlight.technologies.standing import ABOUT_BIDDERS, Sections
from tenderlight.technologies.surveillance import find_surveillance
from tenderlight.technologies.titles import BY_NAME, beside_the_title, struck_out
from tenderlight.technologies.watched import Watched, find_watched

MOST_JUDGED = 2 * MOST_PASSAGES
"""Bought passages of one technology that are judged, of which the most telling are kept. Rows of
goods are all judged."""
NEAR = 16
"""How close a word must stand to change what another one means, in characters of its sentence."""

_ADDRESS = re.compile("地址|地点:|联系人|联系电话|联系方式|邮编")
_AUTHORITY = re.compile(
    "公安|派出所|(?<![预报告示])警(?![示戒报告])|政法委|监狱|看守所|拘留所|戒毒|综治|检察院|司法局|边检|国家安全|信访|维稳|反恐"
)
"""Named in the title or as the buyer, it outweighs a false friend in the title."""
_AT_THE_GATE = re.compile("周界|围墙|门卫|门禁")
"""Cameras there watch people, also of a water works."""


def find_findings(reading: Reading, fields: Fields, definitions: Definitions) -> Findings:
    """All that the definitions find in a notice.

    Of each technology, target and site at most `MOST_PASSAGES` passages, bought ones first, then
    what the notice leaves out, in the order of the text. Targets and quantities are read only in
    notices that buy the means to watch people: elsewhere `学生` are pupils, not people watched.
    Deterministic; refuses nothing.
    """
    searcher = sieve(definitions)
    notice = prepare(reading, fields)
    hits = searcher.hits(notice.plain)
    findings = _read(notice, searcher, hits)
    known = {(one.kind, one.id) for one in findings if one.relation == "bought"}
    stated = _in_manifest_title(notice, searcher)
    findings += [one for one in stated if (one.kind, one.id) not in known]
    findings = beside_the_title(notice.plain, notice.frame, fields, findings)
    if notice.is_a("correction"):
        findings = struck_out(notice.plain, notice.frame, findings)
    uses = find_item_uses(notice, searcher, findings)
    findings = chosen(findings)
    surveillance = find_surveillance(notice, searcher, findings)
    watches = surveillance is not None and surveillance.value
    read = find_watched(notice, searcher, hits) if watches else Watched()
    kept = [one for one in findings if one.kind == "technology" or watches]
    return Findings(
        findings=tuple(sorted(kept, key=_order)),
        quantities=read.quantities,
        surveillance=surveillance,
        items=uses,
        conditions=read.conditions,
        mismatches=read.mismatches,
    )


def _read(notice: Prepared, searcher: Sieve, hits: dict[int, list[Hit]]) -> list[Finding]:
    """What the words find; where nothing is bought by them, the words that count alone as well."""
    terms = [
        (definition, hits[index])
        for index in sorted(hits)
        if isinstance(definition := searcher.definitions[index], Term)
    ]
    findings: list[Finding] = []
    for term, found in terms:
        if telling := [hit for hit in found if hit.role != "alone"]:
            findings += _findings(notice, searcher, term, telling)
    if any(one.kind == "technology" and one.relation == "bought" for one in findings):
        return findings
    for term, found in terms:
        if alone := [hit for hit in found if hit.role == "alone"]:
            findings += _findings(notice, searcher, term, alone)
    return findings


_KINDS = {"technology": "0", "target": "1", "site": "2", "purpose": "3"}
_RELATIONS = {"bought": 0, "excluded": 1, "mentioned": 2}


def _order(finding: Finding) -> tuple[str, int, int, str]:
    return _KINDS[finding.kind], _RELATIONS[finding.relation], finding.at.start, finding.id


def _findings(notice: Prepared, searcher: Sieve, term: Term, hits: list[Hit]) -> list[Finding]:
    """What the words of one definition say, place by place."""
    found: list[Finding] = []
    bought = 0
    named = False
    sense = _sense(notice, searcher, term)
    for hit in hits:
        row = notice.item_at(hit.start) if notice.rows else None
        if row is None and (bought >= MOST_JUDGED or (named and notice.repeats_a_name(hit))):
            continue
        if notice.reading.block_at(hit.start).furniture or not _meant(notice, sense, hit):
            continue
        judged = _judged(notice, hit, term.kind == "technology")
        if term.kind != "technology" and _beside_the_point(notice, hit, judged):
            continue
        bought += judged.relation == "bought" and row is None
        is_row = row is not None and judged.standing in ("text", "needs")
        standing: Standing = "item" if is_row else judged.standing
        named = named or judged.rule in BY_NAME
        found.append(
            Finding(
                kind=term.kind,
                id=term.id,
                at=notice.reading.passage(hit.start, hit.end),
                relation=judged.relation,
                rule=judged.rule,
                standing=standing,
                item=row,
            )
        )
    return joined(notice.reading, found)


class _Sense(msgspec.Struct, frozen=True):
    """What tells the sense of a definition's words, and what the notice's frame says of it."""

    company: re.Pattern[str] | None
    not_with: re.Pattern[str] | None
    has_company: bool
    """Whether the title, the name or the buyer is company enough for weak words."""
    is_another: bool
    """Whether they say that something else is meant, and no authority buys it."""


def _sense(notice: Prepared, searcher: Sieve, term: Term) -> _Sense:
    company = searcher.company[term.kind, term.id]
    other = searcher.not_with[term.kind, term.id]
    return _Sense(
        company,
        other,
        company is not None and company.search(notice.frame) is not None,
        other is not None
        and other.search(notice.frame) is not None
        and _AUTHORITY.search(notice.frame) is None,
    )


def _meant(notice: Prepared, sense: _Sense, hit: Hit) -> bool:
    """Whether the word is used in the sense of the definition at this place."""
    plain = notice.plain
    if notice.in_an_organisation(hit):
        return False
    if hit.role in ("weak", "alone") and not sense.has_company:
        beside = plain[max(hit.start - 60, 0) : hit.start] + "\n" + plain[hit.end : hit.end + 60]
        if sense.company is None or not sense.company.search(beside):
            return False
    if sense.not_with is None or hit.role == "sure":
        return True
    around = sense.not_with.search(plain, max(hit.start - NEAR, 0), hit.end + NEAR)
    if around is None and not sense.is_another:
        return True
    first, last = sentence(plain, hit.start, hit.end)
    near = plain[max(first, hit.start - NEAR) : min(last, hit.end + NEAR)]
    if sense.not_with.search(near):
        return False
    return not sense.is_another or (hit.role != "word" and _AT_THE_GATE.search(near) is not None)


def _beside_the_point(notice: Prepared, hit: Hit, judged: Judged) -> bool:
    """A group or a place that only the rules of bidding, or an address, speak of."""
    line = max(notice.plain.rfind("\n", 0, hit.start) + 1, hit.start - 24)
    return judged.rule in ABOUT_BIDDERS or bool(_ADDRESS.search(notice.plain, line, hit.start))


def _judged(notice: Prepared, hit: Hit, technology: bool) -> Judged:
    if hit.role == "mention":
        return Judged("mentioned", "named, not asked for")
    if notice.replaced and notice.is_replaced(hit.start):
        return Judged("excluded", REPLACED, "cancelled")
    for start, end, name in notice.naming:
        if start <= hit.start < end:
            return judge_a_name(notice.plain, hit.start, hit.end, name, notice.frame)
    return judge(
        notice.plain,
        hit.start,
        hit.end,
        notice.sections,
        correction=notice.is_a("correction"),
        sure=hit.role == "sure" or not technology,
        frame=notice.frame,
    )


def _in_manifest_title(notice: Prepared, searcher: Sieve) -> list[Finding]:
    """What a title says that the manifest states: the document may not print it."""
    title = notice.fields.title
    if title is None or title.at.part != "manifest":
        return []
    plain = simplify(title.at.text)
    there = msgspec.structs.replace(
        notice,
        reading=Reading(text=title.at.text, blocks=(Block(0, len(plain)),), media_type=""),
        plain=plain,
        naming=((0, len(plain), "in the title"),),
        sections=Sections(plain),
        rows=(),
        replaced=(),
    )
    return [
        msgspec.structs.replace(finding, at=_moved(finding.at, title.at.start))
        for index, hits in searcher.hits(plain).items()
        if isinstance(term := searcher.definitions[index], Term)
        for finding in _findings(there, searcher, term, hits)[:1]
    ]


def _moved(at: Passage, by: int) -> Passage:
    return msgspec.structs.replace(at, part="manifest", start=at.start + by, end=at.end + by)
