"""Contractors: purchases won, at which levels, in which divisions, and who wins elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import Figure, make_figure, open_cell

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]


def value(figure: Figure, row: str, column: str) -> Any:
    place = [each.id for each in figure.columns].index(column)
    return next(each for each in figure.rows if each.id == row).cells[place].value


def won(id: str, province: str | None, *suppliers: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "bought": ["dna"],
        "type": "award",
        "province": province,
        "buyer": f"{id}县公安局",
        "level": "county",
        "awards": [(supplier, 5) for supplier in suppliers],
        **more,
    }


def test_those_that_win_in_several_divisions_come_first_with_first_and_later_places(
    tables: Tables,
) -> None:
    con = tables(
        [
            won("a", "440000", "甲公司", published="2019-01-01"),
            won("b", "650000", "甲公司", published="2018-01-01", level="province"),
            won("c", "650000", "甲公司", "乙公司", published="2020-01-01"),
            won("d", "650000", "乙公司", published="2021-01-01"),
            won("e", "650000", "乙公司", published="2022-01-01", bought=[], mentioned=["dna"]),
            won("f", None, "乙公司"),
        ]
    )
    figure = make_figure(con, "contractors")
    assert [row.id for row in figure.rows] == [
        "*",
        "*@650000",
        "*@440000",
        "o甲公司",
        "o甲公司@650000",
        "o甲公司@440000",
        "o乙公司",
    ]
    columns = ("purchases", "divisions", "buyers", "province", "county")
    assert [value(figure, "o甲公司", column) for column in columns] == [3, 2, 3, 1, 2]
    assert value(figure, "o甲公司@440000", "date") == "2019-01-01"
    assert [value(figure, "*", c) for c in ("contractors", "elsewhere", "purchases")] == [2, 1, 5]
    elsewhere = open_cell(con, "contractors", "cell/*/elsewhere")
    assert [proof.notice for proof in elsewhere] == ["a"], "the first win in a second division"
    assert [series.id for series in figure.chart.series] == ["*", "o甲公司"]
    assert figure.chart.searched == ("440000", "650000")


def test_lots_reposts_and_the_contract_of_a_purchase_count_it_once(tables: Tables) -> None:
    con = tables(
        [
            won("a", "440000", "甲公司", "甲公司", project="1"),
            won("b", "440000", "甲公司", project="1", published="2019-06-06"),
            won("c", "440000", "甲公司", project="1", type="contract", published="2019-07-07"),
            won("d", "440000", "乙公司", project="1", type="candidates"),
        ]
    )
    figure = make_figure(con, "contractors")
    assert value(figure, "o甲公司", "purchases") == 1
    assert value(figure, "*", "contractors") == 1


def test_a_technology_narrows_the_purchases(tables: Tables) -> None:
    con = tables([won("a", "440000", "甲公司"), won("b", "440000", "乙公司", bought=["iris"])])
    figure = make_figure(con, "contractors", words={"technology": "iris"})
    assert [row.id for row in figure.rows if not row.under] == ["*", "o乙公司"]


def test_the_first_hundred_are_listed_and_all_are_in_the_first_line(tables: Tables) -> None:
    con = tables([won(f"n{n}", "440000", f"{n}公司") for n in range(103)])
    figure = make_figure(con, "contractors")
    assert len([row for row in figure.rows if not row.under]) == 101
    assert value(figure, "*", "contractors") == 103
