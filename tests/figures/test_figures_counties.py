"""The figure of counties: each once a year, out of all that there were in that year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import Cell, Figure, make_figure, open_cell
from tenderlight.figures.county_years import counties_in

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]
DNA = {"bought": ["dna"], "county": "440305", "published": "2019-05-01"}


def cell(figure: Figure, row: str, column: str) -> Cell:
    place = [each.id for each in figure.columns].index(column)
    return next(each for each in figure.rows if each.id == row).cells[place]


def test_a_county_counts_once_a_year_out_of_all_counties_of_that_year(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", **DNA},
            {"id": "b", **DNA, "published": "2019-02-01"},
            {"id": "c", **DNA, "published": "2020-02-01"},
            {"id": "d", **DNA, "county": "440306", "bought": ["iris"]},
        ]
    )
    figure = make_figure(con, "counties")
    found = cell(figure, "*", "2019")
    assert (found.value, found.of) == (2, 2846)
    assert [proof.notice for proof in open_cell(con, "counties", found.key or "")] == ["b", "d"]
    assert cell(figure, "*:440000", "2019").of == counties_in(2019, "440000") < 200
    assert [cell(figure, "dna", column).value for column in ("2019", "2020", "all")] == [1, 1, 1]
    assert cell(figure, "dna", "notices").value == 3
    assert [point.value for point in figure.chart.series[0].points] == [2, 1]
    assert figure.published[0].cell == "cell/*/2019"


def test_the_provinces_are_those_of_the_technology_that_was_asked_for(tables: Tables) -> None:
    con = tables([{"id": "a", **DNA}, {"id": "b", **DNA, "bought": ["iris"]}])
    figure = make_figure(con, "counties", words={"technology": "iris"})
    assert [row.id for row in figure.rows] == ["*", "dna", "iris", "iris:440000"]
    assert [series.id for series in figure.chart.series] == ["iris"]


def test_a_county_that_was_merged_in_that_year_counts_as_what_it_became(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", **DNA, "county": "110103", "published": "2009-05-01"},
            {"id": "b", **DNA, "county": "110103", "published": "2010-05-01"},
            {"id": "c", **DNA, "county": "110101", "published": "2010-06-01"},
            {"id": "d", **DNA, "county": "110103", "published": "2015-06-01"},
        ]
    )
    figure = make_figure(con, "counties")
    assert [cell(figure, "*", column).value for column in ("2009", "2010", "all")] == [1, 1, 1]
    left_out = open_cell(con, "counties", "coverage/left-out-no-county")
    assert [proof.notice for proof in left_out] == ["d"]


def test_prefectures_terminations_and_notices_without_a_year_are_no_county(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", **DNA, "county": "440300"},
            {"id": "b", **DNA, "county": None},
            {"id": "c", **DNA, "type": "termination"},
            {"id": "d", **DNA, "published": None},
        ]
    )
    figure = make_figure(con, "counties")
    assert figure.rows == ()
    assert {line.id: line.count for line in figure.coverage}["left-out-no-county"] == 3


def test_a_map_tells_divisions_without_a_find_from_those_that_were_not_searched(
    tables: Tables,
) -> None:
    con = tables(
        [
            {"id": "a", **DNA},
            {"id": "b", "province": "650000"},
            {"id": "c", "province": "810000"},
        ]
    )
    figure = make_figure(con, "divisions")
    assert figure.chart.searched == ("440000", "650000")
    names = {row.id: row.cells[0].value for row in figure.rows}
    assert names["dna:none"] == "None found (1): Xinjiang"
    assert str(names["dna:not-searched"]).startswith("Not searched (29): Beijing, Tianjin")
    assert make_figure(con, "divisions", words={"divisions": "440000"}).chart.searched == (
        "440000",
    )
