"""Capacities by purchase: the largest number that stands, the median, and what was taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import Figure, make_figure, open_cell

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]


def told(figure: Figure) -> dict[str, list[Any]]:
    """Of each line purchases, notices, the largest number and the median."""
    return {row.id: [cell.value for cell in row.cells[1:5]] for row in figure.rows}


def test_a_purchase_counts_once_with_the_largest_number_of_its_notices(tables: Tables) -> None:
    one = {"bought": ["dna"], "project": "XN-1"}
    con = tables(
        [
            {"id": "a", **one, "quantities": [("cameras", 20), ("cameras", 320)]},
            {"id": "b", **one, "type": "award", "quantities": [("cameras", 40)]},
            {"id": "c", "bought": ["dna"], "quantities": [("cameras", 90)]},
            {"id": "d", "bought": ["dna"], "quantities": [("cameras", 10)]},
            {"id": "e", "bought": ["dna"], "quantities": [("cameras", 5)]},
            {"id": "f", "quantities": [("cameras", 9000)]},
        ]
    )
    figure = make_figure(con, "capacities")
    assert told(figure) == {
        "cameras": [4, 5, 320, 10],
        "cameras:pa": [None, 2, 320, None],
        "cameras:pc": [None, 1, 90, None],
        "cameras:pd": [None, 1, 10, None],
        "cameras:pe": [None, 1, 5, None],
    }
    assert [proof.value for proof in open_cell(con, "capacities", "cell/cameras/median")] == [10]
    opened = open_cell(con, "capacities", "cell/cameras:pa/notices")
    assert [proof.notice for proof in opened] == ["a", "b"]
    assert {line.id: line.count for line in figure.coverage}["left-out-not-surveillance"] == 1


def test_a_number_that_a_correction_takes_back_stands_no_longer(tables: Tables) -> None:
    def stated(*found: tuple[int, str]) -> list[dict[str, Any]]:
        return [{"what": "dna_samples", "value": n, "text": text} for n, text in found]

    one = {"bought": ["dna"], "project": "XN-1"}
    con = tables(
        [
            {
                "id": "a",
                **one,
                "published": "2019-01-02",
                "rows": {"quantity": stated((46000, "血样4.6万份"))},
            },
            {
                "id": "b",
                **one,
                "type": "correction",
                "published": "2019-02-02",
                "rows": {
                    "quantity": stated((46000, "血样46000份"), (43500, "血样43500份")),
                    "change": [{"was": "采集血样46000份", "now": "采集血样43500份"}],
                },
            },
            {
                "id": "c",
                "bought": ["dna"],
                "published": "2018-01-02",
                "rows": {"quantity": stated((46000, "血样46000份"))},
            },
        ]
    )
    figure = make_figure(con, "capacities")
    assert told(figure) == {
        "dna_samples": [2, 2, 46000, 43500],
        "dna_samples:pc": [None, 1, 46000, None],
        "dna_samples:pa": [None, 1, 43500, None],
    }
    assert [p.notice for p in open_cell(con, "capacities", "coverage/left-out-other")] == ["a"]


def test_of_one_quantity_asked_for_no_other_is_listed(tables: Tables) -> None:
    both = [("cameras", 3), ("iris_capacity", 9)]
    con = tables([{"id": "a", "bought": ["iris"], "quantities": both}])
    figure = make_figure(con, "capacities", words={"quantity": "iris_capacity"})
    assert list(told(figure)) == ["iris_capacity", "iris_capacity:pa"]
    assert [one.cell for one in figure.published if one.cell] == ["cell/iris_capacity/largest"]
