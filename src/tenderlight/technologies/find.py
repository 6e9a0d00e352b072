"""Read a notice with the definitions: what is bought, whom and where it watches, how much of it."""

from __future__ import annotations

import re

import msgspec

from tenderlight.model import (
    Block,
    Cited,
    Fields,
    Finding,
    Findings,
    Passage,
    Quantity,
    Reading,
)
from tenderlight.plain import simplify
from tenderlight.technologies.definition import Definitions, Measure, Term
from tenderlight.technologies.quantities import find_quantities
from tenderlight.technologies.relation import (
    ABOUT_BIDDERS,
    OUTWEIGH_THE_TITLE,
    Judged,
    Sections,
    judge,
    sentence,
)
from tenderlight.technologies.sieve import Hit, Sieve, sieve
from tenderlight.technologies.titles import beside_the_title, struck_out

MOST_PASSAGES = 5
"""Passages kept of one technology, target or site: enough to highlight, few enough to read."""
NEAR = 16
"""How close a word must stand to change what another one means, in characters of its sentence."""

_ADDRESS = re.compile("地址|地点:|联系人|联系电话|联系方式|邮编")
_AUTHORITY = re.compile(
    "公安|派出所|警|政法委|监狱|看守所|拘留所|戒毒|综治|检察院|司法局|边检|国家安全|信访|维稳|反恐"
)
"""Named in the title or as the buyer, it outweighs a false friend in the title."""
_FIRM = re.compile(
    "^[^由为与和的,。;:、\n\\d]{0,10}?(?:有限责任公司|有限公司|股份公司|集团公司|公司|事务所|研究院|协会|学会)"
)


class _Notice(msgspec.Struct, frozen=True):
    """One notice made ready for the matcher."""

    reading: Reading
    plain: str
    fields: Fields
    frame: str
    """Title, project name and buyer, simplified: what the notice is about."""
    naming: tuple[tuple[int, int, str], ...]
    """Where the title and the project's name stand, and what to call that place."""
    organisations: tuple[str, ...]
    sections: Sections


def find_findings(reading: Reading, fields: Fields, definitions: Definitions) -> Findings:
    """All that the definitions find in a notice.

    Of each technology, target and site at most `MOST_PASSAGES` passages, bought ones first, in the
    order of the text. Targets and quantities are read only in notices that buy the means to watch
    people: elsewhere `学生` are pupils, not people watched. Deterministic; refuses nothing.
    """
    searcher = sieve(definitions)
    notice = _notice(reading, fields)
    hits = searcher.hits(notice.plain)
    findings = _read(notice, searcher, hits)
    known = {(one.kind, one.id) for one in findings if one.relation == "bought"}
    stated = _in_manifest_title(notice, searcher)
    findings += [one for one in stated if (one.kind, one.id) not in known]
    findings = beside_the_title(notice.frame, fields, findings)
    if _is(fields, "correction"):
        findings = struck_out(notice.plain, notice.frame, findings)
    surveillance = _surveillance(notice, searcher, findings)
    watches = surveillance is not None and surveillance.value
    quantities: list[Quantity] = []
    if watches:
        for index, definition in enumerate(searcher.definitions):
            if isinstance(definition, Measure) and index in hits:
                quantities += find_quantities(
                    reading, notice.plain, fields.items, definition, _readable(notice, hits[index])
                )
    kept = [one for one in findings if one.kind == "technology" or watches]
    return Findings(
        findings=tuple(sorted(kept, key=_order)),
        quantities=tuple(sorted(quantities, key=lambda one: (one.at.start, one.what))),
        surveillance=surveillance,
    )


def _read(notice: _Notice, searcher: Sieve, hits: dict[int, list[Hit]]) -> list[Finding]:
    """What the words find; where nothing is bought by them, the words that count alone as well."""
    terms = [
        (definition, hits[index])
        for index, definition in enumerate(searcher.definitions)
        if isinstance(definition, Term) and index in hits
    ]
    findings: list[Finding] = []
    for term, found in terms:
        findings += _findings(notice, searcher, term, [hit for hit in found if hit.role != "alone"])
    if any(one.kind == "technology" and one.relation == "bought" for one in findings):
        return findings
    for term, found in terms:
        findings += _findings(notice, searcher, term, [hit for hit in found if hit.role == "alone"])
    return findings


def _order(finding: Finding) -> tuple[str, bool, int, str]:
    kinds = {"technology": "0", "target": "1", "site": "2", "purpose": "3"}
    return kinds[finding.kind], finding.relation != "bought", finding.at.start, finding.id


def _notice(reading: Reading, fields: Fields) -> _Notice:
    plain = simplify(reading.text)
    titles = [block for block in reading.blocks if block.kind == "title" and not block.furniture]
    naming = [(block.start, block.end, "in the title") for block in titles]
    for field, name in ((fields.title, "in the title"), (fields.project_name, "in the name")):
        if field is not None and field.at.part != "manifest":
            naming.append((field.at.start, field.at.end, name))
    about = [field.value for field in (fields.title, fields.project_name) if field]
    about = about or [reading.text[block.start : block.end] for block in titles[:1]]
    organisations = [field.value for field in (fields.buyer, fields.agency) if field]
    organisations += [award.supplier.value for award in fields.awards[:20]]
    return _Notice(
        reading=reading,
        plain=plain,
        fields=fields,
        frame=simplify("\n".join(about + organisations[: 1 if fields.buyer else 0])),
        naming=tuple(naming),
        organisations=tuple(simplify(name) for name in organisations if len(name) > 3),
        sections=Sections(plain),
    )


def _readable(notice: _Notice, hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if not notice.reading.block_at(hit.start).furniture]


def _findings(notice: _Notice, searcher: Sieve, term: Term, hits: list[Hit]) -> list[Finding]:
    found = []
    bought = 0
    for hit in _readable(notice, hits):
        if not _meant(notice, searcher, term, hit):
            continue
        judged = _judged(notice, hit, term.kind == "technology")
        if term.kind != "technology" and _beside_the_point(notice, hit, judged):
            continue
        bought += judged.relation == "bought"
        found.append(
            Finding(
                kind=term.kind,
                id=term.id,
                at=notice.reading.passage(hit.start, hit.end),
                relation=judged.relation,
                rule=judged.rule,
            )
        )
        if bought == MOST_PASSAGES:
            break
    found.sort(key=lambda one: (one.relation != "bought", one.at.start))
    return found[:MOST_PASSAGES]


def _meant(notice: _Notice, searcher: Sieve, term: Term, hit: Hit) -> bool:
    """Whether the word is used in the sense of the definition at this place."""
    plain = notice.plain
    if _in_an_organisation(notice, hit):
        return False
    first, last = sentence(plain, hit.start, hit.end)
    near = plain[max(first, hit.start - NEAR) : min(last, hit.end + NEAR)]
    company = searcher.company[term.kind, term.id]
    if hit.role in ("weak", "alone") and not (company and company.search(notice.frame)):
        beside = plain[max(hit.start - 60, 0) : hit.start] + "\n" + plain[hit.end : hit.end + 60]
        if company is None or not company.search(beside):
            return False
    other = searcher.not_with[term.kind, term.id]
    if other is None or hit.role == "sure":
        return True
    if other.search(near):
        return False
    return not other.search(notice.frame) or _AUTHORITY.search(notice.frame) is not None


def _beside_the_point(notice: _Notice, hit: Hit, judged: Judged) -> bool:
    """A group or a place that only the rules of bidding, or an address, speak of."""
    line = max(notice.plain.rfind("\n", 0, hit.start) + 1, hit.start - 24)
    return judged.rule in ABOUT_BIDDERS or bool(_ADDRESS.search(notice.plain, line, hit.start))


def _in_an_organisation(notice: _Notice, hit: Hit) -> bool:
    plain = notice.plain
    for name in notice.organisations:
        first = max(hit.end - len(name), 0)
        place = plain.find(name, first, hit.start + len(name))
        if place >= 0 and place <= hit.start and hit.end <= place + len(name):
            return True
    return _FIRM.match(plain[hit.end : hit.end + 20]) is not None


def _judged(notice: _Notice, hit: Hit, technology: bool) -> Judged:
    correction = _is(notice.fields, "correction")
    judged = judge(
        notice.plain,
        hit.start,
        hit.end,
        notice.sections,
        correction=correction,
        sure=hit.role == "sure" or not technology,
        frame=notice.frame,
    )
    if hit.role == "mention":
        return Judged("mentioned", "named, not asked for")
    for start, end, name in notice.naming:
        if start <= hit.start < end and judged.rule not in OUTWEIGH_THE_TITLE:
            return Judged("bought", name)
    return judged


def _is(fields: Fields, notice_type: str) -> bool:
    return fields.notice_type is not None and fields.notice_type.value == notice_type


def _in_manifest_title(notice: _Notice, searcher: Sieve) -> list[Finding]:
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
    )
    return [
        msgspec.structs.replace(finding, at=_moved(finding.at, title.at.start))
        for index, hits in searcher.hits(plain).items()
        if isinstance(term := searcher.definitions[index], Term)
        for finding in _findings(there, searcher, term, hits)[:1]
    ]


def _moved(at: Passage, by: int) -> Passage:
    return msgspec.structs.replace(at, part="manifest", start=at.start + by, end=at.end + by)


def _surveillance(notice: _Notice, searcher: Sieve, findings: list[Finding]) -> Cited[bool] | None:
    """True, with the passage, where something is bought that watches people; False where not."""
    bought = [one for one in findings if one.kind == "technology" and one.relation == "bought"]
    for finding in bought:
        not_watching = searcher.not_watching["technology", finding.id]
        if not_watching is None or not _harmless(notice, finding, not_watching):
            return Cited(value=True, at=finding.at, rule=f"buys {finding.id}: {finding.rule}")
    return Cited(value=False, at=bought[0].at, rule="watches no people") if bought else None


def _harmless(notice: _Notice, finding: Finding, not_watching: re.Pattern[str]) -> bool:
    start, end = finding.at.start, finding.at.end
    if finding.at.part == "manifest":
        return not_watching.search(notice.frame) is not None
    first, last = sentence(notice.plain, start, end)
    return not_watching.search(notice.frame + "\n" + notice.plain[first:last]) is not None
