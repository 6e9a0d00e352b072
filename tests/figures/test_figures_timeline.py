"""What came first: technologies by their first notice, how one spread, how a purchase went on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import make_figure

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]
TOLD: list[dict[str, Any]] = [
    {"id": "a", "bought": ["dna"], "published": "2019-03-04 10:00", "project": "1"},
    {"id": "b", "bought": ["dna"], "published": "2018-01-02", "province": "650000"},
    {"id": "c", "bought": ["iris"], "published": "2017-01-02"},
    {"id": "d", "published": "2019-05-01", "project": "1", "type": "award"},
    {"id": "e", "bought": ["pgis"], "published": None},
    {"id": "f", "mentioned": ["dna"], "published": "2001-01-01"},
]


def test_technologies_stand_in_the_order_of_their_first_notices(tables: Tables) -> None:
    figure = make_figure(tables(TOLD), "timeline")
    assert [row.id for row in figure.rows] == ["iris", "dna", "pgis"]
    assert [cell.value for cell in figure.rows[1].cells[3:5]] == [2, 2]
    (series,) = figure.chart.series
    assert [point.x for point in series.points] == ["2017-01-02", "2018-01-02"]


def test_a_technology_that_is_asked_for_shows_where_it_went_next(tables: Tables) -> None:
    figure = make_figure(tables(TOLD), "timeline", words={"technology": "dna"})
    assert [row.id for row in figure.rows if row.under] == ["dna@650000", "dna@440000"]
    (series,) = figure.chart.series
    assert [point.x for point in series.points] == ["2018-01-02", "2019-03-04"]


def test_a_purchase_that_is_asked_for_shows_its_notices(tables: Tables) -> None:
    con = tables(TOLD)
    (purchase,) = con.execute("select purchase from member where notice = 'a'").fetchone() or ("",)
    figure = make_figure(con, "timeline", words={"purchase": purchase})
    assert [row.id for row in figure.rows] == ["notice:a", "notice:d"]
