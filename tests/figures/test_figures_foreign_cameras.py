"""Cameras of foreign makers: by maker and buyer, each purchase's last rows once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.fields.makers import makers
from tenderlight.figures import Figure, make_figure
from tenderlight.figures.foreign_cameras import COUNTRIES

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]
SONY, HIK = ("网络摄像机", "sony", 8), ("高清半球", "hikvision", 20)


def told(figure: Figure) -> dict[str, list[Any]]:
    """Purchases, buyers, cameras, rows without a number, rows announced, rows bought."""
    return {row.id: [cell.value for cell in row.cells[2:8]] for row in figure.rows}


def test_cameras_of_foreign_makers_stand_with_their_buyers(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "items": [SONY, HIK, ("摄像机支架", "sony", 9), ("摄像机", None, None)]},
            {"id": "b", "items": [("Dome camera", "axis", None)], "buyer": "乙县公安局"},
        ]
    )
    assert told(make_figure(con, "foreign-cameras")) == {
        "*": [2, 2, 8, 1, 2, 0],
        "axis": [1, 1, 0, 1, 1, 0],
        "axis@o乙县公安局": [1, 1, 0, 1, 1, 0],
        "sony": [1, 1, 8, 0, 1, 0],
        "sony@o某某县公安局": [1, 1, 8, 0, 1, 0],
        "home": [1, 1, 20, 0, 1, 0],
        "unknown": [1, 1, 0, 1, 1, 0],
    }


def test_of_a_purchase_the_cameras_that_were_bought_count_and_not_those_announced(
    tables: Tables,
) -> None:
    con = tables(
        [
            {"id": "a", "project": "1", "items": [("摄像机", "sony", 8)]},
            {"id": "b", "project": "1", "items": [("摄像机", "sony", 9)], "type": "correction"},
            {"id": "c", "project": "1", "items": [("摄像机", "sony", 7)], "type": "award"},
            {"id": "d", "project": "2", "items": [("摄像机", "sony", 5)], "type": "candidates"},
        ]
    )
    assert told(make_figure(con, "foreign-cameras"))["sony"] == [1, 1, 7, 0, 1, 1]


def test_elsewhere_makers_of_china_are_foreign(tables: Tables) -> None:
    con = tables([{"id": "a", "items": [SONY, HIK]}])
    figure = make_figure(con, "foreign-cameras", words={"country": "JP"})
    assert [row.id for row in figure.rows if not row.under] == ["*", "hikvision", "home"]


def test_every_country_of_a_maker_has_a_name_in_both_languages() -> None:
    assert {one.country for one in makers()} <= set(COUNTRIES)
