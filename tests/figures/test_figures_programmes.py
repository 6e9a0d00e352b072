"""Money per programme and year: three kinds of sums apart, each purchase once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import Figure, make_figure

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]
EYES = {"bought": ["sharp-eyes"]}


def value(figure: Figure, row: str, column: str) -> Any:
    place = [each.id for each in figure.columns].index(column)
    return next(each for each in figure.rows if each.id == row).cells[place].value


def test_a_purchase_counts_once_and_its_budget_and_award_stay_apart(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", **EYES, "project": "1", "budget": 100, "published": "2018-11-01"},
            {"id": "b", "project": "1", "type": "correction", "budget": 120},
            {"id": "c", **EYES, "project": "1", "type": "award", "awards": [("甲公司", 90)]},
            {"id": "d", **EYES, "project": "2"},
            {"id": "e", "bought": ["dna"], "project": "3", "budget": 7},
        ]
    )
    figure = make_figure(con, "programmes")
    assert {row.id for row in figure.rows if not row.under} == {"*", "sharp-eyes"}
    columns = ("purchases", "budget", "budget-with", "budget-without", "award", "contract")
    assert [value(figure, "sharp-eyes", c) for c in columns] == [2, 120, 1, 1, 90, None]
    assert value(figure, "sharp-eyes:2018", "purchases") == 1
    assert figure.published[0].cell == "cell/sharp-eyes/budget"


def test_two_programmes_of_one_purchase_are_one_in_the_first_line(tables: Tables) -> None:
    con = tables([{"id": "a", "bought": ["sharp-eyes", "facial-recognition"], "budget": 100}])
    figure = make_figure(con, "programmes")
    for line in ("*", "sharp-eyes", "facial-recognition"):
        assert [value(figure, line, column) for column in ("purchases", "budget")] == [1, 100]


def test_safe_cities_are_purchases_of_a_technology_under_that_name(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["video-surveillance"], "project": "1", "budget": 5},
            {"id": "b", "bought": [], "project": "2", "budget": 6},
        ]
    )
    con.execute("update notice set project_name = '平安城市建设'")
    figure = make_figure(con, "programmes")
    assert value(figure, "safe-city", "budget") == 5
