"""Who buys from whom: each pair with its purchases and its sums, each once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import Figure, buyer_supplier, make_figure, open_cell

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]
WON = {"bought": ["dna"], "type": "award", "buyer": "甲县公安局"}
PAIR = "o甲县公安局>o甲公司"


def told(figure: Figure, row: str) -> list[Any]:
    """Pairs, purchases, awards, contracts, sums that are not certain."""
    return [cell.value for cell in next(r for r in figure.rows if r.id == row).cells[2:7]]


def test_each_pair_has_its_purchases_and_sums_once(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", **WON, "project": "1", "awards": [("甲公司", 5, "1"), ("甲公司", 7, "2")]},
            {"id": "b", **WON, "project": "1", "awards": [("甲公司", 5, "1"), ("甲公司", 7, "2")]},
            {"id": "c", **WON, "project": "1", "type": "contract", "awards": [("甲公司", 12)]},
            {"id": "d", **WON, "project": "2", "awards": [("甲公司", None), ("乙公司", 3)]},
            {"id": "e", **WON, "buyer": "乙县公安局", "awards": [("甲公司", 1)]},
            {"id": "f", **WON, "buyer": None, "awards": [("甲公司", 1)]},
        ]
    )
    figure = make_figure(con, "buyer-supplier")
    assert told(figure, PAIR) == [None, 2, 12, 12, 1]
    assert told(figure, "*") == [3, 3, 16, 12, 1]
    assert [proof.notice for proof in open_cell(con, "buyer-supplier", f"cell/{PAIR}/award")] == [
        "a",
        "a",
    ]
    assert [row.id for row in figure.rows][:2] == ["*", PAIR]


def test_the_drawing_has_buyers_on_one_side_and_suppliers_on_the_other(tables: Tables) -> None:
    awards = [(f"{n}公司", 1) for n in range(60)]
    con = tables([{"id": "a", **WON, "awards": awards}])
    figure = make_figure(con, "buyer-supplier")
    chart = figure.chart
    assert chart.kind == "network"
    ends = {node.id: node.side for node in chart.nodes}
    (series,) = chart.series
    assert len(series.points) == buyer_supplier.DRAWN < 60 == len(figure.rows) - 1
    assert all((ends[p.x], ends[p.to or ""]) == ("from", "to") for p in series.points)


def test_pairs_after_the_last_line_are_in_one_line(
    tables: Tables,
) -> None:
    awards = [(f"{n}公司", 1) for n in range(buyer_supplier.LISTED + 2)]
    figure = make_figure(tables([{"id": "a", **WON, "awards": awards}]), "buyer-supplier")
    assert len(figure.rows) == buyer_supplier.LISTED + 2
    assert told(figure, "others")[0] == 2
    assert told(figure, "*")[:2] == [buyer_supplier.LISTED + 2, 1]
