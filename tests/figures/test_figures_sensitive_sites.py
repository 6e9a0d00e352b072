"""What watches sensitive places: technologies and brands of notices that name the place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import Figure, make_figure, open_cell

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]


def told(figure: Figure) -> dict[str, list[Any]]:
    """Of each line purchases, notices and buyers."""
    return {row.id: [cell.value for cell in row.cells[1:4]] for row in figure.rows}


def test_technologies_and_brands_stand_below_the_place(tables: Tables) -> None:
    school = {"bought": ["facial-recognition"], "sites": ["school", "street"], "project": "XN-1"}
    con = tables(
        [
            {"id": "a", **school},
            {"id": "b", **school, "rows": {"item": [{"brand": "甲 牌"}, {"brand": "甲牌"}]}},
            {"id": "c", "bought": ["dna"], "rows": {"item": [{"brand": "乙牌"}]}},
            {"id": "d", "sites": ["school"]},
        ]
    )
    figure = make_figure(con, "sensitive-sites")
    assert told(figure) == {
        "school": [1, 2, 1],
        "school:technology:facial-recognition": [1, 2, 1],
        "school:brand:甲牌": [1, 1, 1],
    }
    points = [(one.x, one.value) for one in figure.chart.series[0].points]
    assert points == [("facial-recognition", 1)]
    opened = open_cell(con, "sensitive-sites", "cell/school:brand:甲牌/notices")
    assert [proof.notice for proof in opened] == ["b"]
    left = {line.id: line.count for line in figure.coverage}
    assert (left["used"], left["left-out-not-surveillance"], left["left-out-none"]) == (2, 1, 1)


def test_another_kind_of_place_can_be_asked_for(tables: Tables) -> None:
    con = tables([{"id": "a", "bought": ["dna"], "sites": ["school", "street"]}])
    figure = make_figure(con, "sensitive-sites", words={"site": "street"})
    assert list(told(figure)) == ["street", "street:technology:dna"]
