"""Quantities that do not agree: both numbers stand there, each with its passage."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import make_figure, open_cell

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]

PAIR = {
    "check_id": "per-day-per-minute",
    "stated": Decimal(25_900_000),
    "expected": Decimal(27_158_400),
    "text": "日处理人脸2590万张",
    "context": "日处理人脸2590万张，每分钟18860张。",
    "beside": ["每分钟18860张"],
}
MINUTE = {"what": "faces_per_minute", "value": 18_860, "text": "每分钟18860张", "start_at": 11}


def test_both_numbers_open_and_neither_is_changed(tables: Tables) -> None:
    one = {"bought": ["dna"], "project": "XN-1"}
    rows = {"mismatch": [PAIR], "quantity": [MINUTE]}
    con = tables(
        [
            {"id": "a", **one, "rows": rows},
            {"id": "b", **one, "type": "award", "published": "2019-09-09", "rows": rows},
            {"id": "c", "bought": ["dna"], "rows": {"mismatch": [{**PAIR, "stated": Decimal(0)}]}},
            {"id": "d", "bought": ["dna"]},
        ]
    )
    figure = make_figure(con, "mismatches")
    head, *pairs = figure.rows
    assert [cell.value for cell in head.cells[1:5]] == [2, 2, 3, 1]
    first = next(row for row in pairs if "25900000" in row.id)
    values = [cell.value for cell in first.cells]
    assert values[3:8] == [2, None, 25_900_000, 27_158_400, Decimal("4.9")]
    assert (values[-2], values[-1]) == ("日处理人脸2590万张", "每分钟18860张")
    for cell in first.cells[5:7]:
        (proof,) = open_cell(con, "mismatches", cell.key or "")
        assert (proof.notice, proof.value) == ("a", cell.value)
    nothing = next(row for row in pairs if row is not first)
    assert nothing.cells[7].value is None
    assert {line.id: line.count for line in figure.coverage}["left-out-agree"] == 1
    assert figure.published[0].cell == "cell/per-day-per-minute/pairs"
