"""One notice as it is exported: the JSON object that other programs and the desk read. Pure.

Every text in it is masked. Amounts and quantities are plain decimal strings, `278000`, never
binary fractions; what is not stated or not read is None, and the problems say which.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from tenderlight.corpus.gathered import Gathered
from tenderlight.corpus.notice_more import more_passages, more_row
from tenderlight.corpus.notice_specifications import specifications_row
from tenderlight.corpus.rows_deployment import deployment_row
from tenderlight.corpus.rows_findings import claims, findings_passages, findings_row, further
from tenderlight.corpus.rows_organisations import parties_row
from tenderlight.corpus.shown import Row, Shown, cny, digits, part_name
from tenderlight.model import (
    Award,
    Cited,
    Fields,
    Finding,
    Findings,
    Item,
    Passage,
    Place,
    Reading,
)
from tenderlight.personal import mask_name

LETTER, HAN = re.compile(r"[^\W\d_]"), re.compile(r"[\u3400-\u9fff]+")
KANA, HANGUL = re.compile(r"[\u3041-\u30ff]"), re.compile(r"[\uac00-\ud7a3]")


def notice_row(of: Gathered) -> Row:
    """The exported notice. A capture that cannot be read has a row too: None, and its problems."""
    capture, reading, fields, place, findings = (
        of.capture,
        of.reading,
        of.fields,
        of.place,
        of.findings,
    )
    show = of.show
    stated, claimed = capture.stated, claims(findings)
    return {
        "id": capture.id,
        "file": mask_name(capture.file),
        "url": capture.url,
        "source": stated.source if stated else None,
        "language": _language(reading),
        **_said(fields, place, show),
        "awards": [_award(award, show) for award in fields.awards],
        "lots": _lots(fields, reading),
        "items": [
            {**_item(item, show), "technologies": [u.id for u in findings.items if u.item == n]}
            for n, item in enumerate(fields.items)
        ],
        "surveillance_purchase": _is_surveillance(findings, reading),
        "technologies": _technologies(findings, claimed, show),
        "targets": _named(claimed, "target", show),
        "sites": _named(claimed, "site", show),
        "quantities": [
            {"what": q.what, "value": digits(q.value), "unit": q.unit, "evidence": show.text(q.at)}
            for q in findings.quantities
        ],
        "note": None,
        "attachments": _attachments(reading),
        **more_row(fields, of.place, show),
        **specifications_row(of.sections, show),
        **parties_row(of.parties, show),
        **deployment_row(of.deployment, show),
        **findings_row(findings, show),
        "passages": _passages(fields, place, findings, show),
        "evidence": {
            "sha256": capture.sha256,
            "captured": capture.captured,
            "warc": capture.warc,
            "offset": capture.offset,
        },
        "problems": [msgspec.to_builtins(problem) for problem in of.problems],
    }


def _attachments(reading: Reading | None) -> list[Row]:
    """What was read beside the document itself, by name: files of archives after their archive."""
    return [
        {**msgspec.structs.asdict(part), "name": part_name(part.name)}
        for part in (reading.parts if reading else ())
    ]


def _said(fields: Fields, place: Place | None, show: Shown) -> Row:
    return {
        "notice_type": fields.notice_type.value if fields.notice_type else None,
        "procedure": fields.procedure.value if fields.procedure else None,
        "title": show.value(fields.title),
        "project_name": show.value(fields.project_name),
        "project_number": show.value(fields.project_number),
        "buyer": show.value(fields.buyer),
        "agency": show.value(fields.agency),
        "published": fields.published.value if fields.published else None,
        "opening": fields.opening.value if fields.opening else None,
        "province_code": place.province.value if place else None,
        "county_code": place.county.value if place and place.county else None,
        "budget_cny": cny(fields.budget.value) if fields.budget else None,
        "ceiling_cny": cny(fields.ceiling.value) if fields.ceiling else None,
    }


def _award(award: Award, show: Shown) -> Row:
    row: Row = {
        "lot": show.value(award.lot),
        "supplier": show.value(award.supplier),
        "amount_cny": cny(award.amount),
        "amount_printed": show.text(award.printed) if award.printed else None,
        "why": award.why,
        "code": show.value(award.code),
    }
    return row if award.rank is None else {**row, "rank": award.rank}


def _item(item: Item, show: Shown) -> Row:
    return {
        "name": show.value(item.name),
        "brand": show.value(item.brand),
        "model": show.value(item.model),
        "quantity": digits(item.quantity.value) if item.quantity else None,
        "unit": show.value(item.unit),
        "unit_price_cny": cny(item.unit_price.value) if item.unit_price else None,
        "total_cny": cny(item.total.value) if item.total else None,
        "origin": show.value(item.origin),
        "maker": item.maker,
        "lot": show.value(item.lot),
    }


def _lots(fields: Fields, reading: Reading | None) -> int | None:
    if fields.lots:
        return fields.lots.value
    return 1 if reading else None


def _is_surveillance(findings: Findings, reading: Reading | None) -> bool | None:
    if reading is None:
        return None
    return bool(findings.surveillance and findings.surveillance.value)


def _technologies(findings: Findings, claimed: list[Finding], show: Shown) -> list[Row]:
    return [
        {
            "id": found.id,
            "relation": found.relation,
            "evidence": show.text(found.at),
            "quotes": [show.text(other.at) for other in further(findings, found)],
        }
        for found in claimed
        if found.kind == "technology"
    ]


def _named(claimed: list[Finding], kind: str, show: Shown) -> list[Row]:
    return [{"id": f.id, "evidence": show.text(f.at)} for f in claimed if f.kind == kind]


def _passages(fields: Fields, place: Place | None, findings: Findings, show: Shown) -> Row:
    """Where each value is printed, by its key; a value without a passage cannot be made here."""
    places: dict[str, Passage] = {}
    for name in ("notice_type", "procedure", "title", "project_name", "project_number", "buyer"):
        _cite(places, name, getattr(fields, name))
    for name in ("agency", "published", "opening", "lots"):
        _cite(places, name, getattr(fields, name))
    _cite(places, "budget_cny", fields.budget)
    _cite(places, "ceiling_cny", fields.ceiling)
    _cite(places, "province_code", place.province if place else None)
    _cite(places, "county_code", place.county if place else None)
    _cite(places, "surveillance_purchase", findings.surveillance)
    places.update(more_passages(fields, place))
    for number, award in enumerate(fields.awards):
        _cite_award(places, f"awards.{number}", award)
    for number, item in enumerate(fields.items):
        for name in ("name", "brand", "model", "quantity", "unit", "origin", "lot"):
            _cite(places, f"items.{number}.{name}", getattr(item, name))
        _cite(places, f"items.{number}.unit_price_cny", item.unit_price)
        _cite(places, f"items.{number}.total_cny", item.total)
    places.update(findings_passages(findings))
    return {name: show.passage(at) for name, at in places.items()}


def _cite(places: dict[str, Passage], name: str, cited: Cited[Any] | None) -> None:
    if cited is not None:
        places[name] = cited.at


def _cite_award(places: dict[str, Passage], name: str, award: Award) -> None:
    _cite(places, f"{name}.supplier", award.supplier)
    _cite(places, f"{name}.lot", award.lot)
    _cite(places, f"{name}.code", award.code)
    if award.printed is not None:
        places[f"{name}.amount_printed"] = award.printed
        if award.amount is not None:
            places[f"{name}.amount_cny"] = award.printed


def _language(reading: Reading | None) -> str | None:
    """`zh` unless the text is clearly something else: kana, Hangul, or hardly a Han character.

    >>> from tenderlight.model import Block
    >>> _language(Reading(text="视频监控采购", blocks=(Block(0, 6),), media_type="text/plain"))
    'zh'
    """
    if reading is None:
        return None
    sample = reading.text[:4000]
    han = sum(map(len, HAN.findall(sample[:400])))
    if han * 20 < len(sample):
        han += sum(map(len, HAN.findall(sample[400:])))
    if han * 20 >= len(sample) and not KANA.search(sample) and not HANGUL.search(sample):
        return "zh"
    letters = len(LETTER.findall(sample))
    for language, script in (("ja", KANA), ("ko", HANGUL)):
        if len(script.findall(sample)) * 5 > letters:
            return language
    if letters >= 200 and han * 20 < letters:
        return "und"
    return "zh"
