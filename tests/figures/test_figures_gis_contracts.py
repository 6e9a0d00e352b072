"""Purchases by city and year: each once, with its average and its change from the year before."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import Figure, make_figure, open_cell

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]
GIS = {"bought": ["pgis"], "type": "award", "province": "310000", "county": "310104"}


def value(figure: Figure, row: str, column: str) -> Any:
    place = [each.id for each in figure.columns].index(column)
    return next(each for each in figure.rows if each.id == row).cells[place].value


def award(id: str, year: int, amount: int | None, **more: Any) -> dict[str, Any]:
    told = {"published": f"{year}-03-04", "project": id, "awards": [("甲公司", amount)]}
    return {"id": id, **GIS, **told, **more}


def test_districts_of_shanghai_are_one_city_with_the_change_from_the_year_before(
    tables: Tables,
) -> None:
    con = tables(
        [
            award("a", 2019, 100),
            award("b", 2020, 300, county="310115"),
            award("c", 2020, 60),
            award("d", 2022, 50),
            award("e", 2020, None),
        ]
    )
    figure = make_figure(con, "gis-contracts")
    assert value(figure, "310000", "with") == 4
    assert value(figure, "310000:2020", "with") == 2
    assert value(figure, "310000:2020", "without") == 1
    assert value(figure, "310000:2020", "sum") == 360
    assert value(figure, "310000:2020", "sum-change") == Decimal("260.0")
    assert value(figure, "310000:2020", "average") == 180
    assert value(figure, "310000:2020", "average-change") == Decimal("80.0")
    assert value(figure, "310000:2022", "sum-change") is None, "2021 has none"
    assert figure.published[1].cell == "cell/310000/sum"


def test_lots_add_up_and_a_repost_a_correction_and_a_second_round_do_not(tables: Tables) -> None:
    lots = {"awards": [("甲公司", 100, "1"), ("乙公司", 40, "2")]}
    again = {"type": "termination", "awards": []}
    con = tables(
        [
            award("a", 2019, 0, **lots),
            {**award("b", 2019, 0, **lots), "project": "a"},
            award("x", 2019, 9, **again),
            {**award("y", 2019, 70), "project": "x"},
        ]
    )
    figure = make_figure(con, "gis-contracts")
    assert [value(figure, "*", column) for column in ("with", "sum", "cities")] == [2, 210, 1]
    assert [proof.notice for proof in open_cell(con, "gis-contracts", "cell/*/with")] == ["a", "y"]


def test_what_was_won_is_the_award_and_the_contract_only_where_there_is_none(
    tables: Tables,
) -> None:
    con = tables(
        [
            award("a", 2019, 100),
            {**award("b", 2020, 99), "project": "a", "type": "contract"},
            award("c", 2020, 40, type="contract"),
        ]
    )
    assert value(make_figure(con, "gis-contracts"), "*", "sum") == 140
    contracts = make_figure(con, "gis-contracts", words={"sums": "contract"})
    assert value(contracts, "*", "sum") == 139
    assert make_figure(con, "gis-contracts", words={"technology": "dna"}).rows == ()


def test_cities_are_prefectures_or_direct_counties_or_are_said_to_be_unknown(
    tables: Tables,
) -> None:
    places = [("440000", "440305"), ("420000", "429004"), ("650000", None), (None, None)]
    con = tables(
        [
            award(f"n{n}", 2019, 1, province=province, county=county)
            for n, (province, county) in enumerate(places)
        ]
    )
    figure = make_figure(con, "gis-contracts")
    lines = {row.id for row in figure.rows if row.under is None}
    assert lines == {"*", "440300", "429004", "650000", "none"}
    assert value(figure, "*", "cities") == 2
    assert value(figure, "*", "divisions") == 3
    assert {point.x for point in figure.chart.series[0].points} == {"440300", "429004", "650000"}
    assert figure.chart.searched == ("420000", "440000", "650000")
