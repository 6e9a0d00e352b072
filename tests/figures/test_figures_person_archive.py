"""One person, one file: each purchase once in a line, awards found, and what is compiled."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from tenderlight.figures import Cell, Figure, make_figure, open_cell

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]
NAME = "person-archive"
TENDER = {"bought": [NAME], "project": "XN-1", "province": "650000", "published": "2020-05-01"}
AWARD = {**TENDER, "type": "award", "published": "2021-01-03"}


def cell(figure: Figure, row: str, column: str) -> Cell:
    place = [each.id for each in figure.columns].index(column)
    return next(each for each in figure.rows if each.id == row).cells[place]


@pytest.fixture
def con(tables: Tables) -> DuckDBPyConnection:
    """Two purchases, one of them awarded in two lots; and one that only names the technology."""
    level = [
        {"role": "buyer", "number": 0, "member": 1, "name": "甲", "node": "甲", "level": "county"}
    ]
    purposes = [
        {"kind": "purpose", "id": "stability", "relation": "mentioned", "context": "维稳。"}
    ]
    con = tables(
        [
            {
                "id": "a",
                **TENDER,
                "targets": ["uyghur"],
                "rows": {"party": level, "finding": purposes},
            },
            {"id": "b", **AWARD, "awards": [("甲公司", 2_000_000, "1"), ("乙公司", 1, "2")]},
            {
                "id": "c",
                "bought": [NAME],
                "province": "810000",
                "published": None,
                "type": "tender",
                "budget": 90,
            },
            {"id": "d", "mentioned": [NAME], "bought": ["dna"]},
        ]
    )
    return con


def test_a_purchase_counts_in_the_year_in_which_it_began(con: DuckDBPyConnection) -> None:
    figure = make_figure(con, NAME)
    lines = {row.id for row in figure.rows}
    assert cell(figure, "years:2020", "notices").value == 2
    assert cell(figure, "divisions:650000:2020", "purchases").value == 1
    assert not lines & {"years:2021", "divisions:650000:2021"}


def test_a_purchase_counts_once_in_each_line(con: DuckDBPyConnection) -> None:
    figure = make_figure(con, NAME)
    assert [cell(figure, "*", column).value for column in ("purchases", "notices")] == [2, 3]
    assert cell(figure, "divisions:650000", "purchases").value == 1
    assert cell(figure, "divisions:650000", "notices").value == 2
    assert (
        cell(figure, "divisions", "different").value,
        cell(figure, "divisions", "different").of,
    ) == (1, 31)
    assert cell(figure, "years:2020", "purchases").value == 1
    assert cell(figure, "years:undated", "purchases").value == 1
    assert cell(figure, "levels:county", "purchases").value == 1
    assert cell(figure, "targets:uyghur", "purchases").value == 1
    assert cell(figure, "targets:terrorism-or-stability", "purchases").value == 1
    counts = {line.id: line.count for line in figure.coverage}
    assert (counts["used"], counts["left-out-named"], counts["left-out-other"]) == (3, 1, 0)


def test_awards_that_were_found_and_suppliers_are_told(con: DuckDBPyConnection) -> None:
    figure = make_figure(con, NAME)
    assert cell(figure, "awards:found", "purchases").value == 1
    assert cell(figure, "awards:not-found", "purchases").value == 1
    assert cell(figure, "suppliers", "different").value == 2
    assert cell(figure, "suppliers:o甲公司", "purchases").value == 1


def test_sums_are_those_of_purchases_with_all_their_lots(con: DuckDBPyConnection) -> None:
    figure = make_figure(con, NAME)
    for line in ("sums:award", "sums:award:smallest", "sums:award:median", "sums:award:largest"):
        assert cell(figure, line, "yuan").value == Decimal("2000001.00")
        assert len(open_cell(con, NAME, f"cell/{line}/yuan")) == 2
    assert cell(figure, "sums:award", "purchases").value == 1
    assert cell(figure, "sums:budget:largest", "yuan").value == Decimal("90.00")


def test_the_map_has_the_divisions_of_all_years_and_of_each(con: DuckDBPyConnection) -> None:
    chart = make_figure(con, NAME).chart
    assert chart.kind == "map"
    drawn = {one.id: [(point.x, point.value) for point in one.points] for one in chart.series}
    assert drawn == {
        "all": [("650000", 1), ("810000", 1)],
        "2020": [("650000", 1)],
        "undated": [("810000", 1)],
    }
    assert chart.searched == ("440000", "650000", "810000")


def test_another_technology_can_be_asked_for(con: DuckDBPyConnection) -> None:
    figure = make_figure(con, NAME, words={"technology": "dna"})
    assert [proof.notice for proof in open_cell(con, NAME, "cell/*/notices", {"technology": "dna"})]
    assert cell(figure, "*", "purchases").value == 1


def test_what_is_compiled_is_quoted_at_its_place(tables: Tables) -> None:
    text = "一、设备清单\n1.机柜、车辆各一。\n2.汇集亲属信息；婚姻登记数据，名下车辆记录。"
    section = {"text": text, "start_at": 100, "end_at": 100 + len(text), "page": 2}
    sentence = {
        "kind": "target",
        "id": "key-person",
        "text": "重点人",
        "context": "重点人微信账号数据。",
        "start_at": 500,
        "end_at": 503,
    }
    con = tables(
        [
            {"id": "a", **TENDER, "rows": {"section": [section], "finding": [sentence]}},
            {"id": "b", "bought": ["dna"], "rows": {"section": [section]}},
        ]
    )
    figure = make_figure(con, NAME)
    assert cell(figure, "compiled", "different").value == 4
    for kind, word in (("relatives", "亲属"), ("marriage", "婚姻"), ("vehicles", "车辆")):
        (proof,) = open_cell(con, NAME, f"cell/compiled:{kind}/notices")
        assert proof.text == word
        assert proof.start is not None
        assert proof.end is not None
        assert text[proof.start - 100 : proof.end - 100] == word
        assert proof.start > 100 + text.index("2.")
    (proof,) = open_cell(con, NAME, "cell/compiled:social-media/notices")
    assert (proof.text, proof.start, proof.context) == ("微信", 503, "重点人微信账号数据。")
