"""Typed columns for programs that count: Parquet, with lists and passages inside each row.

Amounts are DECIMAL(38, 2) and other numbers DECIMAL(38, 4), never binary fractions. A number with
more digits before the point is left out (JSON lines keep it); digits after the last place are
rounded. Passages are a map from the field's key to its passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

Row = dict[str, Any]

TEXT, COUNT, TRUTH = pa.string(), pa.int64(), pa.bool_()
MONEY, NUMBER = pa.decimal128(38, 2), pa.decimal128(38, 4)

PASSAGE = pa.struct(
    {
        "text": TEXT,
        "part": TEXT,
        "page": COUNT,
        "start": COUNT,
        "end": COUNT,
        "table": COUNT,
        "row": COUNT,
        "column": COUNT,
    }
)
AWARD = {
    "lot": TEXT,
    "supplier": TEXT,
    "amount_cny": MONEY,
    "amount_printed": TEXT,
    "why": TEXT,
    "code": TEXT,
    "rank": COUNT,
}
ITEM = {
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
}
LOT = {"name": TEXT, "title": TEXT, "budget_cny": MONEY, "ceiling_cny": MONEY}
NUMBERED = {"kind": TEXT, "number": TEXT}
CHANGE = dict.fromkeys(("what", "was", "now"), TEXT)
UNSETTLED = dict.fromkeys(("field", "printed", "why"), TEXT)
RIVAL = dict.fromkeys(("field", "value", "rule"), TEXT)
SPECIFICATION = {"heading": TEXT, "kind": TEXT, "part": TEXT, "page": COUNT}
SPECIFICATION |= dict.fromkeys(("start", "end", "letters"), COUNT)
TECHNOLOGY = {"id": TEXT, "relation": TEXT, "evidence": TEXT, "quotes": pa.list_(TEXT)}
NAMED = {"id": TEXT, "evidence": TEXT}
QUANTITY = {"what": TEXT, "value": NUMBER, "unit": TEXT, "evidence": TEXT}
PROBLEM = {"code": TEXT, "what": TEXT, "hint": TEXT, "where": TEXT, "unread": TRUTH}
EVIDENCE = {"sha256": TEXT, "captured": TEXT, "warc": TEXT, "offset": COUNT}

SCHEMA = pa.schema(
    {
        **dict.fromkeys(("id", "file", "url", "source", "language"), TEXT),
        **dict.fromkeys(("notice_type", "procedure", "title", "project_name"), TEXT),
        **dict.fromkeys(("project_number", "buyer", "agency", "published", "opening"), TEXT),
        **dict.fromkeys(("province_code", "county_code"), TEXT),
        **dict.fromkeys(("budget_cny", "ceiling_cny"), MONEY),
        "awards": pa.list_(pa.struct(AWARD)),
        "lots": COUNT,
        "items": pa.list_(pa.struct(ITEM)),
        "surveillance_purchase": TRUTH,
        "technologies": pa.list_(pa.struct(TECHNOLOGY)),
        "targets": pa.list_(pa.struct(NAMED)),
        "sites": pa.list_(pa.struct(NAMED)),
        "quantities": pa.list_(pa.struct(QUANTITY)),
        "note": TEXT,
        **dict.fromkeys(("buyer_code", "planned", "needs", "why", "signed", "accepted"), TEXT),
        "zone": TEXT,
        "place_confidence": COUNT,
        "numbers": pa.list_(pa.struct(NUMBERED)),
        "by_lot": pa.list_(pa.struct(LOT)),
        "proposed": pa.list_(TEXT),
        "changes": pa.list_(pa.struct(CHANGE)),
        "unsettled": pa.list_(pa.struct(UNSETTLED)),
        "rivals": pa.list_(pa.struct(RIVAL)),
        "specifications": pa.list_(pa.struct(SPECIFICATION)),
        "passages": pa.map_(TEXT, PASSAGE),
        "evidence": pa.struct(EVIDENCE),
        "problems": pa.list_(pa.struct(PROBLEM)),
        **dict.fromkeys(("purchase", "organisation"), TEXT),
        "watch": pa.struct(dict.fromkeys(("verdict", "since", "last"), TEXT)),
    }
)
"""The keys of the exported notice, in its order."""

AT_ONCE = 1000
"""Rows in memory at a time, and in a row group."""

PLACES = Context(prec=38, rounding=ROUND_HALF_EVEN)


def write_parquet(rows: Iterable[Row], file: IO[bytes]) -> None:
    """Write the rows, a group at a time."""
    with pq.ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        for some in _groups(iter(rows)):
            fitted = [_fitted(row) for row in some]
            writer.write_table(pa.Table.from_pylist(fitted, schema=SCHEMA))


def exact(printed: str | None, kind: pa.Decimal128Type) -> Decimal | None:
    """A decimal string as the column keeps it; None where it does not fit.

    >>> exact("278000", MONEY), exact("1e99", MONEY), exact(None, MONEY)
    (Decimal('278000.00'), None, None)
    """
    if printed is None:
        return None
    try:
        return Decimal(printed).quantize(Decimal(1).scaleb(-kind.scale), context=PLACES)
    except InvalidOperation:
        return None


def _groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _fitted(row: Row) -> Row:
    return {
        **row,
        "budget_cny": exact(row["budget_cny"], MONEY),
        "ceiling_cny": exact(row["ceiling_cny"], MONEY),
        "awards": [{**a, "amount_cny": exact(a["amount_cny"], MONEY)} for a in row["awards"]],
        "items": [
            {
                **item,
                "quantity": exact(item["quantity"], NUMBER),
                "unit_price_cny": exact(item["unit_price_cny"], MONEY),
                "total_cny": exact(item["total_cny"], MONEY),
            }
            for item in row["items"]
        ],
        "by_lot": [
            {**lot, **{name: exact(lot[name], MONEY) for name in ("budget_cny", "ceiling_cny")}}
            for lot in row["by_lot"]
        ],
        "quantities": [{**q, "value": exact(q["value"], NUMBER)} for q in row["quantities"]],
        "passages": list(row["passages"].items()),
        "problems": [{"where": "", "unread": False, **problem} for problem in row["problems"]],
    }
