"""The columns of every table that figures are made from.

Amounts are DECIMAL: a sum of doubles gives another figure each time.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

TEXT, COUNT, SIZE, TRUTH = pa.string(), pa.int32(), pa.int64(), pa.bool_()
MONEY, NUMBER = pa.decimal128(20, 2), pa.decimal128(24, 4)
PRINTS, TEXTS = pa.list_(SIZE), pa.list_(TEXT)
PASSAGE = {"text": TEXT, "part": TEXT, "page": COUNT, "start_at": COUNT, "end_at": COUNT}
PASSAGE |= {"doubt": TEXT}  # why recognised characters may not be what is printed

SCHEMAS: dict[str, dict[str, Any]] = {
    "notice": {
        "id": TEXT,
        "batch": COUNT,
        "number": COUNT,
        "file": TEXT,
        "url": TEXT,
        "source": TEXT,
        "sha256": TEXT,
        "title": TEXT,
        "notice_type": TEXT,
        "procedure": TEXT,
        "project_name": TEXT,
        "project_number": TEXT,
        "buyer": TEXT,
        "agency": TEXT,
        "published": TEXT,
        "year": COUNT,
        "opening": TEXT,
        "province_code": TEXT,
        "county_code": TEXT,
        "place_rule": TEXT,
        "place_confidence": COUNT,  # of 100
        "zone": TEXT,  # a development zone or another unit outside the ordinary tree
        "buyer_code": TEXT,
        "planned": TEXT,  # of an intention: the month
        "signed": TEXT,  # of a contract: the day
        "budget_cny": MONEY,
        "ceiling_cny": MONEY,
        "lots": COUNT,
        "surveillance": TRUTH,
        "readable": TRUTH,
        "media_type": TEXT,
        "chars": COUNT,
        "added": TEXT,
        "captured": TEXT,
    },
    "award": {
        "notice": TEXT,
        "number": COUNT,
        "lot": TEXT,
        "supplier": TEXT,
        "amount_cny": MONEY,
        "amount_printed": TEXT,
        "why": TEXT,  # why it is no certain sum
        "code": TEXT,
        "rank": COUNT,
        **PASSAGE,
    },
    "item": {
        "notice": TEXT,
        "number": COUNT,
        "name": TEXT,
        "brand": TEXT,
        "model": TEXT,
        "quantity": NUMBER,
        "unit": TEXT,
        "unit_price_cny": MONEY,
        "total_cny": MONEY,
        "origin": TEXT,
        "maker": TEXT,
        "lot": TEXT,
        **PASSAGE,
    },
    "known_as": {"notice": TEXT, "number": COUNT, "kind": TEXT, "value": TEXT, **PASSAGE},
    "lot": {
        "notice": TEXT,
        "number": COUNT,
        "name": TEXT,
        "title": TEXT,
        "budget_cny": MONEY,
        "ceiling_cny": MONEY,
        **PASSAGE,
    },
    "change": {
        "notice": TEXT,
        "number": COUNT,
        "what": TEXT,
        "was": TEXT,
        "now": TEXT,
        **PASSAGE,
    },
    "unsettled": {"notice": TEXT, "number": COUNT, "field": TEXT, "why": TEXT, **PASSAGE},
    "rival": {
        "notice": TEXT,
        "number": COUNT,
        "field": TEXT,
        "value": TEXT,
        "rule": TEXT,
        **PASSAGE,
    },
    "finding": {
        "notice": TEXT,
        "number": COUNT,
        "kind": TEXT,
        "id": TEXT,
        "relation": TEXT,
        "rule": TEXT,
        "standing": TEXT,  # where in the document: `model.Standing`
        "item": COUNT,  # the row of goods that names it
        "context": TEXT,
        **PASSAGE,
    },
    "claim": {  # of each technology, target, site, purpose the passage that it rests on
        "notice": TEXT,
        "case_id": TEXT,  # what a review calls it
        "kind": TEXT,
        "id": TEXT,
        "relation": TEXT,
        "rule": TEXT,
        "standing": TEXT,
        "prefix": TEXT,
        "suffix": TEXT,
        "context": TEXT,
        **PASSAGE,
    },
    "item_use": {  # the technology that a row of goods is
        "notice": TEXT,
        "number": COUNT,  # of the item
        "id": TEXT,
        "rule": TEXT,
        "quantity": NUMBER,
        "unit_price_cny": MONEY,
        "total_cny": MONEY,
        **PASSAGE,
    },
    "condition": {"notice": TEXT, "number": COUNT, "id": TEXT, **PASSAGE},  # rules, whole
    "mismatch": {
        "notice": TEXT,
        "number": COUNT,
        "check_id": TEXT,
        "stated": NUMBER,
        "expected": NUMBER,
        "en": TEXT,
        "zh": TEXT,
        "beside": TEXTS,
        "context": TEXT,
        **PASSAGE,
    },
    "quantity": {
        "notice": TEXT,
        "number": COUNT,
        "what": TEXT,
        "value": NUMBER,
        "unit": TEXT,
        "context": TEXT,
        **PASSAGE,
    },
    "section": {  # passages of technical requirements
        "notice": TEXT,
        "number": COUNT,
        "kind": TEXT,  # section, cell, document
        "heading": TEXT,
        "letters": COUNT,
        "digest": TEXT,
        "prints": PRINTS,
        **PASSAGE,
    },
    "party": {  # organisations that a notice names
        "notice": TEXT,
        "role": TEXT,  # buyer, agency, supplier, proposed
        "number": COUNT,  # of the award or the proposed supplier
        "member": COUNT,  # of a consortium
        "name": TEXT,
        "kind": TEXT,
        "within": TEXTS,  # the kinds that this one lies within
        "level": TEXT,
        "code": TEXT,
        "division_code": TEXT,  # the buyer's place, where the name alone says too little
        "node": TEXT,
        **PASSAGE,
    },
    "deployment": {  # where equipment is to stand: rows of lists of places
        "notice": TEXT,
        "number": COUNT,
        "category": TEXT,  # the id of a site; null: another
        "devices": NUMBER,
        "what": TEXT,
        "area": TEXT,
        "county_code": TEXT,  # only where the row itself names it
        "has_coordinates": TRUTH,
        "lon1": NUMBER,  # to a tenth of a degree
        "lat1": NUMBER,
        **PASSAGE,
    },
    "passage": {"notice": TEXT, "field": TEXT, "rule": TEXT, **PASSAGE},
    "part": {
        "notice": TEXT,
        "number": COUNT,
        "name": TEXT,
        "capture": TEXT,  # the attachment that it is or lies in; null: the notice's own file
        "sha256": TEXT,
        "size": SIZE,
        "media_type": TEXT,  # null where it could not be read
        "characters": COUNT,
        "pages": COUNT,
        "recognised": COUNT,  # of its pages, those whose text was recognised in a picture
        "problem": TEXT,
    },
    "problem": {
        "notice": TEXT,
        "file": TEXT,
        "number": COUNT,
        "code": TEXT,
        "what": TEXT,
        "hint": TEXT,
        "location": TEXT,
        "unread": TRUTH,
    },
    "visit": {
        "notice": TEXT,
        "capture": TEXT,
        "line": COUNT,
        "role": TEXT,
        "run": TEXT,
        "source": TEXT,
        "seen_at": TEXT,
        "url": TEXT,
        "status": COUNT,
        "error": TEXT,
        "location": TEXT,
        "media_type": TEXT,
        "sha256": TEXT,
        "size": SIZE,
        "truncated": TEXT,
    },
    "attachment": {
        "notice": TEXT,
        "capture": TEXT,
        "file": TEXT,
        "url": TEXT,
        "media_type": TEXT,
        "size": SIZE,
        "sha256": TEXT,
        "status": COUNT,
        "error": TEXT,
        "seen_at": TEXT,
    },
    "run": {
        "id": TEXT,
        "source": TEXT,
        "kind": TEXT,
        "started": TEXT,
        "ended": TEXT,
        "finished": TRUTH,
        "requests": COUNT,
        "new": COUNT,
        "known": COUNT,
        "attachments": COUNT,
        "failed": COUNT,
        "report": TEXT,
    },
    "withdrawn": {
        "id": TEXT,
        "line": COUNT,
        "role": TEXT,
        "notice": TEXT,
        "decided": TEXT,
        "decided_by": TEXT,
        "reason": TEXT,
    },
}

JOINED: dict[str, dict[str, dict[str, Any]]] = {
    "purchase": {
        "purchase": {
            "id": TEXT,  # `p` and the id of the notice of it that was seen first
            "notice": TEXT,  # the last that states name and buyer
            "first": TEXT,  # published
            "last": TEXT,
            "year": COUNT,  # of the first notice
            "state": TEXT,  # `purchases.State`
            "rounds": COUNT,
            "notices": COUNT,  # without reposts
            "copies": COUNT,
            "budget_cny": MONEY,
            "ceiling_cny": MONEY,
            "award_cny": MONEY,
            "contract_cny": MONEY,
            "budget_unsure": COUNT,  # sums that would count and are not certain: in no amount
            "ceiling_unsure": COUNT,
            "award_unsure": COUNT,
            "contract_unsure": COUNT,
            "budget_foreign": COUNT,  # sums that count, in other currencies: in no amount
            "ceiling_foreign": COUNT,
            "award_foreign": COUNT,
            "contract_foreign": COUNT,
        },
        "member": {
            "purchase": TEXT,
            "notice": TEXT,
            "position": COUNT,  # from 0, in the order of time
            "published": TEXT,
            "notice_type": TEXT,
            "round": COUNT,
            "copy_of": TEXT,  # the notice that this one is a repost of
            "replaces": TEXT,  # notices of which a sum no longer counts because of this one
        },
        "counted_sum": {
            "purchase": TEXT,
            "notice": TEXT,
            "field": TEXT,  # budget, ceiling, award, contract
            "number": COUNT,  # of the award, or of the lot, in its notice; -1: of all of it
            "amount_cny": MONEY,  # null: not certain, or of another currency
            "currency": TEXT,
            "counts": TRUTH,
            "why_not": TEXT,  # `purchases.WhyNot`
        },
    },
    "organisation": {
        "organisation": {
            "id": TEXT,  # `o` and the id of the name of it that was seen first
            "name": TEXT,
            "name_en": TEXT,  # official, from the alias file
            "kind": TEXT,
            "level": TEXT,
            "province_code": TEXT,
            "county_code": TEXT,
            "code": TEXT,
            "names": COUNT,
        },
        "spelling": {
            "organisation": TEXT,
            "node": TEXT,  # as in the table `party`
            "name": TEXT,
        },
    },
}
"""Tables over all batches, by what is joined; written by `joining/` under `derived/joined/`."""
JOINED_SCHEMAS = {name: columns for tables in JOINED.values() for name, columns in tables.items()}

EVENT: dict[str, Any] = {
    "notice": TEXT,
    "run": TEXT,
    "seen_at": TEXT,
    "verdict": TEXT,  # beside the last look before
    "stands": TEXT,  # what is true after it, beside the notice as first seen
    "since": TEXT,  # the first of the visits in a row after which that was so
    "news": TRUTH,  # False where it only repeats what is known: still gone, still refused
    "event": TEXT,  # the whole `watching.Event` as JSON, masked
}
"""One row for each visit to a notice, sorted by `seen_at`, `notice`: not cut into batches, for one
look may rest on lines far apart. Written by `timeline/` as `derived/events.parquet`."""
WATCHED = """create view watched as
select notice, arg_max(stands, seen_at) as verdict, arg_max(since, seen_at) as since,
max(seen_at) as last from event where stands <> 'unchecked' group by notice"""
"""Each notice that was looked at: what became of it, since when, and when it was last looked at.
What was changed, moved or removed stays so until a look shows something else: one that was refused
or decided nothing does not count."""
