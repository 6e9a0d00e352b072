"""A figure that is put together of choices is counted as ours are, and opens as they do."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from tenderlight.asking import Built, Saved, built_question
from tenderlight.figures import Figure, make_figure, open_cell
from tenderlight.model import Refused

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]
NOTICES: list[dict[str, Any]] = [
    {"id": "a", "type": "tender", "project": "1", "published": "2019-01-02", "bought": ["dna"],
     "buyer": "甲县公安局", "budget": 900, "province": "440000"},
    {"id": "b", "type": "award", "project": "1", "published": "2020-01-02", "buyer": "甲县公安局",
     "awards": [("乙公司", 800), ("丙/丁公司", 50)], "province": "440000"},
    {"id": "c", "type": "tender", "project": "2", "published": "2020-05-02",
     "bought": ["dna", "iris"], "buyer": "戊市公安局", "budget": 300, "province": "650000",
     "quantities": [("cameras", "40")], "sites": ["school"], "targets": ["petitioner"]},
    {"id": "d", "type": "tender", "project": "3", "published": None, "bought": ["iris"],
     "province": None, "buyer": None, "quantities": [("cameras", "7")]},
    {"id": "e", "type": "tender", "project": "4", "surveillance": False, "province": "650000"},
]  # fmt: skip
CHOICES = [
    {"rows": "year"},
    {"rows": "technology", "columns": "year", "measure": "notices"},
    {"rows": "technology", "columns": "year", "measure": "award"},
    {"rows": "supplier", "measure": "award"},
    {"rows": "buyer", "columns": "type", "measure": "budget"},
    {"rows": "province", "measure": "buyers", "about": "surveillance"},
    {"rows": "prefecture", "columns": "level", "measure": "suppliers", "about": "notice"},
    {"rows": "county", "columns": "buyer-kind", "measure": "notices", "about": "notice"},
    {"rows": "site", "columns": "target", "measure": "purchases", "about": "target"},
    {"rows": "notice", "measure": "largest", "quantity": "cameras"},
    {"rows": "type", "ids": "iris", "since": "2020", "measure": "notices"},
]


def asked(con: DuckDBPyConnection, **words: str) -> tuple[Figure, Any]:
    question = built_question(Built.parse(words), Saved(decided="", by="", name="own-x", en="X"))
    return make_figure(con, "own-x", own=(question,)), question


def numbers(figure: Figure) -> dict[tuple[str, str], Any]:
    heads = [column.id for column in figure.columns]
    return {
        (row.id, head): cell.value
        for row in figure.rows
        for head, cell in zip(heads[1:], row.cells[1:], strict=True)
        if cell.value
    }


@pytest.mark.parametrize("words", CHOICES, ids=lambda words: "-".join(words.values()))
def test_what_a_built_number_opens_onto_adds_up_to_it(
    tables: Tables, words: dict[str, str]
) -> None:
    con = tables(NOTICES)
    figure, question = asked(con, **words)
    assert numbers(figure)
    for row in figure.rows:
        for cell in row.cells[1:]:
            if cell.value:
                assert cell.key
                proofs = open_cell(con, "own-x", cell.key, own=(question,))
                if words.get("measure") != "largest":
                    assert sum(proof.value for proof in proofs) == cell.value
    counts = {line.id: line.count for line in figure.coverage}
    left_out = sum(count for id, count in counts.items() if id.startswith("left-out"))
    assert counts["used"] + left_out == counts["read"] + counts["partly"]


def test_a_built_figure_counts_what_was_asked(tables: Tables) -> None:
    con = tables(NOTICES)
    by_year, _ = asked(con, rows="year")
    assert numbers(by_year) == {
        ("*", "all"): 3, ("2019", "all"): 1, ("2020", "all"): 1, ("undated", "all"): 1
    }  # fmt: skip
    both, _ = asked(con, rows="technology", columns="year", measure="notices")
    assert numbers(both)["dna", "2020"] == 1
    assert numbers(both)["*", "2020"] == 1
    assert numbers(both)["iris", "all"] == 2


def test_an_award_counts_under_the_technology_that_only_the_tender_names(tables: Tables) -> None:
    con = tables(NOTICES)
    figure, _ = asked(con, rows="technology", columns="year", measure="award")
    assert numbers(figure)["dna", "2020"] == Decimal("850.00")
    by_supplier, _ = asked(con, rows="supplier", measure="award")
    assert numbers(by_supplier)["o丙/丁公司", "all"] == Decimal("50.00")
    assert numbers(by_supplier)["*", "all"] == Decimal("850.00")


def test_the_largest_quantity_is_one_and_never_a_sum(tables: Tables) -> None:
    figure, _ = asked(tables(NOTICES), rows="year", measure="largest", quantity="cameras")
    assert numbers(figure) == {
        ("*", "all"): 40, ("2020", "all"): 40, ("undated", "all"): 7
    }  # fmt: skip


def test_the_scope_of_a_built_figure_cannot_be_widened_again(tables: Tables) -> None:
    con = tables(NOTICES)
    _, question = asked(con, rows="year", since="2020")
    figure = make_figure(con, "own-x", None, {"since": "2018"}, (question,))
    assert ("2019", "all") not in numbers(figure)
    assert ("2020", "all") in numbers(figure)


@pytest.mark.parametrize(
    "words",
    [
        {"rows": "person"},
        {"rows": "year", "columns": "buyer"},
        {"measure": "sum"},
        {"about": "technology", "ids": "dna'); drop table notice; --"},
        {"about": "notice", "ids": "dna"},
        {"measure": "largest"},
        {"measure": "notices", "quantity": "cameras"},
        {"since": "soon"},
        {"colour": "red"},
    ],
)
def test_what_a_figure_cannot_be_built_of_is_refused(words: dict[str, str]) -> None:
    with pytest.raises(Refused):
        Built.parse(words)


def test_choices_are_the_same_again_from_their_words() -> None:
    for words in CHOICES:
        built = Built.parse(words)
        assert Built.parse(built.words()) == built


@pytest.mark.parametrize("words", CHOICES)
def test_how_it_is_counted_is_told_in_english_and_in_chinese(words: dict[str, str]) -> None:
    line = Saved(decided="", by="", name="own-x", en="X")
    method = built_question(Built.parse(words), line).method
    for said in ("Method:", "Exclusions:", "Assumptions:", "方法：", "不计入：", "前提："):
        assert f"\n{said}" in method
