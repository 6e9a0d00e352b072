"""Whatever the corpus holds: what a number opens onto adds up to exactly that number."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenderlight.figures import Figure, figures, make_figure, open_cell, open_cells

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]
NAMES = [card.name for card in figures()]
SUPPLIERS = st.sampled_from(["甲公司", "乙/丙公司", "*", ""])
AMOUNTS = st.sampled_from([None, "0", "0.01", "278000", "1234567.89", "14300000000"])
IDS = st.sampled_from(["dna", "iris", "pgis", "person-archive"])
GROUPS = st.sampled_from(["petitioner", "exempt"])
ROWS = st.fixed_dictionaries(
    {
        "condition": st.lists(
            st.fixed_dictionaries(
                {
                    "id": st.sampled_from(["alert", "exempt-list"]),
                    "text": st.sampled_from(["命中即报警", "命中即\n报警", "不予预警"]),
                }
            ),
            max_size=2,
        ),
        "change": st.lists(
            st.fixed_dictionaries({"was": st.just("原文2路"), "now": st.sampled_from(["3", None])}),
            max_size=1,
        ),
        "section": st.lists(
            st.fixed_dictionaries({"text": st.sampled_from(["汇集亲属、车辆信息。", "机柜"])}),
            max_size=2,
        ),
        "mismatch": st.lists(
            st.fixed_dictionaries(
                {
                    "check_id": st.sampled_from(["per-day-per-minute", "two-totals"]),
                    "stated": st.sampled_from([Decimal(0), Decimal("2.5"), Decimal(30)]),
                    "expected": st.just(Decimal("40.0001")),
                    "beside": st.just(["原文"]),
                }
            ),
            max_size=2,
        ),
        "item": st.lists(
            st.fixed_dictionaries({"brand": st.sampled_from([None, " ", "甲牌", "甲 牌:x"])}),
            max_size=2,
        ),
    }
)
NOTICE = st.fixed_dictionaries(
    {
        "rows": ROWS,
        "type": st.sampled_from(
            ["tender", "correction", "award", "contract", "candidates", "termination", None]
        ),
        "project": st.sampled_from([None, "1", "XN-2019-01", "xn-2019-01", "XN-2020-02"]),
        "buyer": st.sampled_from([None, "甲县公安局", "乙市/政法委"]),
        "published": st.sampled_from([None, "2017-01-02", "2019-03-04 10:00", "2020-01-01"]),
        "province": st.sampled_from([None, "440000", "650000", "810000", "990000"]),
        "county": st.sampled_from([None, "440305", "440300", "310104", "110103", "440000"]),
        "sha256": st.sampled_from("abcdefgh"),
        "readable": st.sampled_from([True, True, True, False]),
        "unread": st.sampled_from([(), ("附件一未能打开", "附件二未能打开")]),
        "surveillance": st.booleans(),
        "budget": AMOUNTS,
        "bought": st.lists(IDS, max_size=3),
        "mentioned": st.lists(IDS, max_size=2),
        "targets": st.lists(GROUPS, max_size=3),
        "sites": st.lists(st.sampled_from(["school", "hotel"]), max_size=2),
        "awards": st.lists(
            st.tuples(SUPPLIERS, AMOUNTS, st.sampled_from([None, "1", "2"])), max_size=3
        ),
        "quantities": st.lists(
            st.tuples(st.just("cameras"), st.sampled_from(["2", "2.5"])), max_size=2
        ),
        "items": st.lists(
            st.tuples(
                st.sampled_from(["网络摄像机", "摄像机支架"]),
                st.sampled_from([None, "sony", "hikvision"]),
                st.sampled_from([None, "3"]),
            ),
            max_size=3,
        ),
        "deployment": st.lists(
            st.tuples(
                st.sampled_from([None, "school"]),
                st.sampled_from([None, "1", "12"]),
                st.sampled_from([None, "440305", "110000"]),
            ),
            max_size=3,
        ),
    }
)


def numbered(notices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**notice, "id": f"n{number}"} for number, notice in enumerate(notices)]


def opened(figure: Figure) -> list[tuple[str, Any]]:
    worked_out = {n for n, c in enumerate(figure.columns) if c.kind in ("percent", "average")}
    cells = [
        (cell.key, cell.value)
        for row in figure.rows
        for n, cell in enumerate(row.cells)
        if n not in worked_out
    ]
    points = [(point.key, point.value) for s in figure.chart.series for point in s.points]
    counts = [(line.key, line.count) for line in figure.coverage]
    return [(key, value) for key, value in cells + points + counts if key is not None]


def assert_proven(con: DuckDBPyConnection, figure: Figure) -> None:
    """Every number; that a key gives by itself what it gives among all is tried with a few."""
    every = dict(open_cells(con, figure.name, most=1_000))
    numbers = dict(opened(figure))
    for key, value in numbers.items():
        assert every[key]
        assert sum(proof.value for proof in every[key]) == value, (figure.name, key)
    for key in random.Random(len(numbers)).sample(sorted(numbers), min(len(numbers), 4)):
        assert open_cell(con, figure.name, key) == every[key]


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(notices=st.lists(NOTICE, max_size=12).map(numbered))
def test_what_a_number_opens_onto_adds_up_to_it(
    tables: Tables, name: str, notices: list[dict[str, Any]]
) -> None:
    con = tables(notices)
    figure = make_figure(con, name)
    assert_proven(con, figure)
    assert_numbers_open(figure)
    assert_coverage_is_whole(figure, len(notices))
    shuffled = [{**told, "number": n} for n, told in enumerate(notices)]
    random.Random(1).shuffle(shuffled)
    assert make_figure(tables(shuffled), name) == figure


def assert_numbers_open(figure: Figure) -> None:
    for row in figure.rows:
        assert len(row.cells) == len(figure.columns)
        for column, cell in zip(figure.columns, row.cells, strict=True):
            if column.kind in ("count", "money", "share") and cell.value:
                assert cell.key, (row.id, column.id)


def assert_coverage_is_whole(figure: Figure, documents: int) -> None:
    counts = {line.id: line.count for line in figure.coverage}
    assert counts["documents"] == documents
    parts = ("read", "partly", "unread", "repeated")
    assert sum(counts[part] for part in parts) == documents
    assert counts["used"] <= counts["read"] + counts["partly"]


@pytest.mark.parametrize(
    "name",
    [
        "divisions",
        "counties",
        "money",
        "programmes",
        "gis-contracts",
        "contractors",
        "buyer-supplier",
        "foreign-cameras",
        "timeline",
        "targets",
        "sites",
        "quantities",
        "deployment",
    ],
)
def test_notices_behind_a_figure_and_those_left_out_are_all_that_were_read(
    tables: Tables, name: str
) -> None:
    con = tables(numbered(_many()))
    counts = {line.id: line.count for line in make_figure(con, name).coverage}
    left_out = sum(n for line, n in counts.items() if line.startswith("left-out"))
    assert counts["used"] + left_out == counts["read"] + counts["partly"]


def _many() -> list[dict[str, Any]]:
    chance = random.Random(7)
    kinds = ["tender", "award", "contract", "correction", "termination", "candidates", None]
    return [
        {
            "type": chance.choice(kinds),
            "project": chance.choice([None, f"XN-2019-{n % 9:02}"]),
            "buyer": f"第{n % 130}县公安局",
            "published": chance.choice([None, f"20{10 + n % 12}-01-02"]),
            "province": chance.choice([None, "440000", "650000", "810000"]),
            "bought": chance.sample(["dna", "iris", "pgis"], chance.randrange(3)),
            "mentioned": chance.sample(["dna", "iris"], chance.randrange(2)),
            "targets": chance.sample(["petitioner", "exempt"], chance.randrange(2)),
            "sites": chance.sample(["school", "hotel"], chance.randrange(2)),
            "quantities": [("cameras", str(n))] * chance.randrange(2),
            "deployment": [("school", None, "440305")] * chance.randrange(2),
            "surveillance": chance.random() < 0.8,
            "budget": chance.choice([None, 100 * n]),
            "awards": [(f"供应商{n % 120}", chance.choice([None, n]))] * chance.randrange(3),
            "readable": chance.random() < 0.9,
        }
        for n in range(300)
    ]


@pytest.mark.parametrize("name", ["buyers", "suppliers"])
def test_those_beyond_the_last_line_of_a_ranked_table_are_counted_as_left_out(
    tables: Tables, name: str
) -> None:
    told = {"type": "award", "bought": ["dna"]}
    con = tables(
        numbered(
            [{**told, "buyer": f"{n}县公安局", "awards": [(f"{n}公司", 1)]} for n in range(103)]
        )
    )
    figure = make_figure(con, name)
    assert len(figure.rows) == 100
    beyond = next(line for line in figure.coverage if line.id == "left-out-beyond")
    assert beyond.count == 3
    assert len(open_cell(con, name, "coverage/left-out-beyond")) == 3
