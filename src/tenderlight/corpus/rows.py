"""From the values of one notice to rows of the tables. Pure: what goes in is already derived."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec

from tenderlight.corpus.gathered import Gathered
from tenderlight.corpus.rows_deployment import deployment_rows
from tenderlight.corpus.rows_findings import finding_tables
from tenderlight.corpus.rows_more import more_cited, more_tables
from tenderlight.corpus.rows_organisations import party_rows
from tenderlight.corpus.rows_specifications import section_rows
from tenderlight.corpus.shown import Shown, part_name, yuan
from tenderlight.corpus.tables import Row, empty_tables
from tenderlight.model import (
    Award,
    Capture,
    Fields,
    Finding,
    Item,
    Passage,
    Place,
    Problem,
    Quantity,
    Reading,
)
from tenderlight.personal import mask_name

SENTENCE_END = re.compile(r"[。；！？;!?\n]")
EXPORTED = (
    *("id", "file", "url", "source", "title", "notice_type", "procedure", "project_name"),
    *("project_number", "buyer", "agency", "published", "opening", "lots", "zone"),
    *("buyer_code", "planned", "signed"),
)
"""Columns of the table `notice` that are the exported values as they are."""
CONTEXT = 120
"""Characters shown on each side of a passage at most, where no sentence ends sooner."""


def table_rows(of: Gathered, batch: int, number: int, row: Row) -> dict[str, list[Row]]:
    """Every table's rows for one notice; `row` is the notice as it is exported (masked)."""
    tables = empty_tables()
    show = of.show
    fields, findings = of.fields, of.findings

    def shown(passage: Passage) -> Row:
        return {
            "text": show.text(passage),
            "part": part_name(passage.part),
            "page": passage.page,
            "start_at": passage.start,
            "end_at": passage.end,
            "doubt": passage.doubt,
        }

    tables["notice"].append(_notice(of, batch, number, row))
    tables["award"] = [_award(n, a, shown, row) for n, a in enumerate(fields.awards)]
    tables["item"] = [_item(n, i, shown) for n, i in enumerate(fields.items)]
    tables["finding"] = [_finding(n, f, shown, show) for n, f in enumerate(findings.findings)]
    tables["quantity"] = [_quantity(n, q, shown, show) for n, q in enumerate(findings.quantities)]
    tables["passage"] = _passages(fields, of.place, shown)
    tables["problem"] = [_problem(n, p, of.capture) for n, p in enumerate(of.problems)]
    tables["part"] = _parts(of.reading) if of.reading else []
    tables |= more_tables(fields, shown, show)
    tables |= finding_tables(of.capture.id, findings, fields.items, show, shown, context)
    tables["section"] = section_rows(of.sections, show)
    tables["party"] = party_rows(of.parties, show)
    tables["deployment"] = deployment_rows(of.deployment, show)
    for name in tables.keys() - {"notice"}:
        for each in tables[name]:
            each["notice"] = of.capture.id
    return tables


def _parts(reading: Reading) -> list[Row]:
    """What else was read beside the document itself; names of files are masked."""
    pages = Counter(sheet.part for sheet in reading.sheets)
    recognised = Counter(sheet.part for sheet in reading.sheets if sheet.recognised)
    return [
        {
            **msgspec.structs.asdict(part),
            "number": number,
            "name": part_name(part.name),
            "pages": pages[part.name],
            "recognised": recognised[part.name],
        }
        for number, part in enumerate(reading.parts)
    ]


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a passage, as a reader would quote it.

    >>> sentence("第一句。采购虹膜采集仪20台；其他。", 6, 9)
    '采购虹膜采集仪20台；'
    """
    left = max(start - CONTEXT, 0)
    for match in SENTENCE_END.finditer(text, left, start):
        left = match.end()
    after = SENTENCE_END.search(text, end, min(end + CONTEXT, len(text)))
    right = after.end() if after else min(end + CONTEXT, len(text))
    return text[left:right].strip()


def context(at: Passage, show: Shown) -> str:
    """The sentence around a passage; of a manifest's words, themselves: they stand in no text."""
    return show.text(at) if at.part == "manifest" else sentence(show.whole, at.start, at.end)


def _notice(of: Gathered, batch: int, number: int, row: Row) -> Row:
    capture, reading, fields = of.capture, of.reading, of.fields
    published = row["published"]
    return {
        **{name: row[name] for name in EXPORTED},
        "batch": batch,
        "number": number,
        "sha256": capture.sha256,
        "year": int(published[:4]) if published else None,
        "province_code": row["province_code"],
        "county_code": row["county_code"],
        "place_rule": of.place.province.rule if of.place else None,
        "place_confidence": of.place.confidence or None if of.place else None,
        "budget_cny": yuan(fields.budget.value if fields.budget else None),
        "ceiling_cny": yuan(fields.ceiling.value if fields.ceiling else None),
        "surveillance": bool(of.findings.surveillance and of.findings.surveillance.value),
        "readable": reading is not None,
        "media_type": reading.media_type if reading else None,
        "chars": len(reading.text) if reading else 0,
        "added": capture.added,
        "captured": capture.captured,
    }


AsRow = Callable[[Passage], Row]


def _award(number: int, award: Award, shown: AsRow, row: Row) -> Row:
    exported: dict[str, Any] = row["awards"][number]
    return {
        "number": number,
        "lot": exported["lot"],
        "supplier": exported["supplier"],
        "amount_cny": yuan(award.amount),
        "amount_printed": exported["amount_printed"],
        "why": award.why,
        "code": exported["code"],
        "rank": award.rank,
        **shown(award.supplier.at),
    }


def _item(number: int, item: Item, shown: AsRow) -> Row:
    def said(cited: Any) -> str | None:
        return shown(cited.at)["text"] if cited else None

    return {
        "number": number,
        "name": said(item.name),
        "brand": said(item.brand),
        "model": said(item.model),
        "quantity": item.quantity.value if item.quantity else None,
        "unit": said(item.unit),
        "unit_price_cny": yuan(item.unit_price.value if item.unit_price else None),
        "total_cny": yuan(item.total.value if item.total else None),
        "origin": said(item.origin),
        "maker": item.maker,
        "lot": said(item.lot),
        **shown(item.name.at),
    }


def _finding(number: int, finding: Finding, shown: AsRow, show: Shown) -> Row:
    return {
        "number": number,
        "kind": finding.kind,
        "id": finding.id,
        "relation": finding.relation,
        "rule": finding.rule,
        "standing": finding.standing,
        "item": finding.item,
        "context": context(finding.at, show),
        **shown(finding.at),
    }


def _quantity(number: int, quantity: Quantity, shown: AsRow, show: Shown) -> Row:
    return {
        "number": number,
        "what": quantity.what,
        "value": quantity.value,
        "unit": quantity.unit,
        "context": context(quantity.at, show),
        **shown(quantity.at),
    }


def _passages(fields: Fields, place: Place | None, shown: AsRow) -> list[Row]:
    cited = {
        "notice_type": fields.notice_type,
        "procedure": fields.procedure,
        "title": fields.title,
        "project_name": fields.project_name,
        "project_number": fields.project_number,
        "buyer": fields.buyer,
        "agency": fields.agency,
        "published": fields.published,
        "opening": fields.opening,
        "budget_cny": fields.budget,
        "ceiling_cny": fields.ceiling,
        "lots": fields.lots,
        "province_code": place.province if place else None,
        "county_code": place.county if place else None,
        **more_cited(fields, place),
    }
    return [
        {"field": field, "rule": value.rule, **shown(value.at)}
        for field, value in cited.items()
        if value is not None
    ]


def _problem(number: int, problem: Problem, capture: Capture) -> Row:
    return {
        "file": mask_name(capture.file),
        "number": number,
        "code": problem.code,
        "what": problem.what,
        "hint": problem.hint,
        "location": problem.where,
        "unread": problem.unread,
    }
