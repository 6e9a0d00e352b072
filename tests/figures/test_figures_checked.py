"""What people decide changes what figures count, and the measured error stands beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tenderlight.corpus.reviewing.plans import lay_out
from tenderlight.figures import QUESTIONS, Figure, make_figure, open_cell
from tenderlight.review.plans import Candidate, Plan, make_plan

NOTICES = [
    {"id": "a", "bought": ["iris"], "province": "440000", "published": "2019-01-02"},
    {"id": "b", "bought": ["iris"], "province": "440000", "decided": [("iris", True, "虹膜", 7)]},
    {"id": "c", "bought": ["iris", "dna"], "province": "330000", "decided": [("iris", False)]},
    {"id": "d", "mentioned": ["iris"], "province": "330000"},
    {"id": "e", "excluded": ["iris"], "province": "330000"},
    {"id": "f", "province": "110000", "decided": [("iris", True, "虹膜采集", 3)]},
    {"id": "g", "bought": ["dna"], "province": "110000", "decided": [("dna", False)]},
]


def cells(figure: Figure, line: str) -> dict[str, Any]:
    columns = [column.id for column in figure.columns]
    row = next(row for row in figure.rows if row.id == line)
    return {name: cell.value for name, cell in zip(columns, row.cells, strict=True)}


def test_what_a_person_rejected_counts_in_no_year(tables):
    told = cells(make_figure(tables(NOTICES), "technologies-by-year"), "iris")
    assert told["notices"] == 3  # a, b and f
    assert (told["mentioned"], told["excluded"], told["rejected"]) == (1, 1, 1)


def test_what_the_rules_missed_counts_with_the_reviewers_passage(tables):
    found = open_cell(tables(NOTICES), "technologies-by-year", "cell/iris/notices")
    proof = {each.notice: each for each in found}["f"]
    assert (proof.text, proof.start, proof.end) == ("虹膜采集", 3, 7)
    assert {each.notice: each for each in found}["b"].text == "虹膜"


def test_a_passage_that_proves_nothing_is_not_shown_as_the_proof(tables):
    elsewhere = {"id": "a", "bought": ["iris"], "decided": [("iris", True)]}
    (proof,) = open_cell(tables([elsewhere]), "technologies-by-year", "cell/iris/notices")
    assert proof.text is None


def test_figures_of_surveillance_follow_what_people_decided(tables):
    buyers = make_figure(tables([{**each, "buyer": each["id"]} for each in NOTICES]), "buyers")
    named = {row.cells[0].value for row in buyers.rows}
    assert named == {"a", "b", "c", "f"}  # g buys nothing any more, f does; c still buys dna


def test_the_coverage_says_what_people_took_out_and_added(tables):
    for question in QUESTIONS:
        lines = {line.id: line for line in make_figure(tables(NOTICES), question.name).coverage}
        assert (lines["rejected"].count, lines["added"].count) == (2, 1)
    opened = open_cell(tables(NOTICES), "technologies-by-year", "coverage/rejected")
    assert {proof.notice for proof in opened} == {"c", "g"}


def test_divisions_say_which_of_them_a_person_confirmed(tables):
    told = make_figure(tables(NOTICES), "divisions")
    iris = cells(told, "iris")
    assert (iris["divisions"], iris["confirmed"], iris["unconfirmed"]) == (2, 2, 0)
    assert cells(told, "iris:440000")["confirmed"] == 1
    assert cells(told, "dna")["unconfirmed"] == 1
    (proof,) = open_cell(tables(NOTICES), "divisions", "cell/dna/unconfirmed")
    assert proof.notice == "c"


def test_the_proof_of_a_division_is_a_confirmed_notice_where_there_is_one(tables):
    figure = make_figure(tables(NOTICES), "divisions")
    row = next(row for row in figure.rows if row.id == "iris:440000")
    assert row.cells[-1].notice == "b"  # a is earlier, and nobody confirmed it
    opened = open_cell(tables(NOTICES), "divisions", "cell/iris/divisions")
    assert {proof.notice for proof in opened} == {"b", "f"}


def test_confirmed_and_unconfirmed_divisions_add_up(tables):
    figure = make_figure(tables(NOTICES), "divisions")
    for row in figure.rows:
        told = cells(figure, row.id)
        if told["divisions"] is not None:
            assert told["confirmed"] + told["unconfirmed"] == told["divisions"]


def test_the_figure_of_what_was_checked_counts_every_kind(tables):
    unsure = {"id": "h", "bought": ["iris"], "decided": [("iris", None)]}
    told = cells(make_figure(tables([*NOTICES, unsure]), "checked"), "iris")
    counts = ("found", "confirmed", "rejected", "undecided", "added", "counted")
    assert [told[name] for name in counts] == [4, 1, 1, 1, 1, 4]
    assert told["precision"] == told["recall"] == told["corrected"] == "not measured"


def plans(kinds: dict[str, list[str]], **other: Any) -> list[Plan]:
    return [
        make_plan(
            {"iris": [Candidate(id, f"{id} iris", "2019") for id in ids]},
            **{"kind": kind, "size": 99, "seed": "s", "by": "A", "made": "2026-01-01", **other},
        )
        for kind, ids in kinds.items()
    ]


@pytest.fixture
def measured(tables):
    """Ten notices that claim it, of which eight are right, and ten that do not: one was missed."""
    notices = [
        {"id": f"f{n}", "bought": ["iris"], "decided": [("iris", n < 8, "虹膜" * (n < 8))]}
        for n in range(10)
    ]
    notices += [{"id": f"u{n}", "decided": [("iris", n == 0, "")]} for n in range(10)]
    con = tables(notices)
    ids = {kind: [f"{kind}{n}" for n in range(10)] for kind in "fu"}
    lay_out(con, plans({"precision": ids["f"], "recall": ids["u"]}), "")
    return con


def test_the_corrected_count_is_found_times_precision_and_what_was_missed(measured):
    told = cells(make_figure(measured, "checked"), "iris")
    assert told["precision"] == "80.0 % (80.0-80.0)"  # all were looked at: nothing is uncertain
    assert told["recall"] == "88.9 % (88.9-88.9)"
    assert told["corrected"] == "9 (9-9)"
    assert told["looked"] == "10 of 10: 2 wrong"
    assert told["searched"] == "10 of 10: 1 missed"
    by_year = cells(make_figure(measured, "technologies-by-year"), "iris")
    assert by_year["corrected"] == "9 (9-9)"
    assert by_year["notices"] == 9


def test_answers_out_of_turn_are_no_sample(tables):
    ids = [f"f{n}" for n in range(10)]
    (plan,) = plans({"precision": ids})
    first = plan.cases[0][1].notice
    notices = [
        {"id": id, "bought": ["iris"], "decided": [] if id == first else [("iris", True)]}
        for id in ids
    ]
    con = tables(notices)
    lay_out(con, [plan], "")
    told = cells(make_figure(con, "checked"), "iris")
    assert told["confirmed"] == 9
    assert told["precision"] == "not measured"


def test_a_plan_that_is_not_finished_or_of_another_method_is_said_to_be_so(measured, tables):
    ids = {"precision": [f"f{n}" for n in range(10)], "recall": [f"u{n}" for n in range(10)]}
    lay_out(measured, plans(ids, method="aa"), "bb")
    told = cells(make_figure(measured, "checked"), "iris")
    assert told["corrected"] == "9 (9-9), measured under an older method"


def test_of_two_plans_the_newest_finished_one_counts(measured):
    both = {"precision": [f"f{n}" for n in range(10)], "recall": [f"u{n}" for n in range(10)]}
    more = plans({"precision": ["f9", "f8", "x"]}, made="2026-02-02")
    whole = plans({"precision": ["f9", "f8"]}, made="2026-01-15")
    lay_out(measured, [*plans(both), *more, *whole], "")
    told = cells(make_figure(measured, "checked"), "iris")
    assert told["looked"] == "2 of 2: 2 wrong"


def test_rows_of_goods_count_for_their_technology_once_a_purchase(tables):
    goods = [("iris", 2, None, 500), ("iris", 3, 100, None), ("iris", None, None, None)]
    notices = [
        {"id": "t", "bought": ["iris"], "project": "XN-1", "goods": goods},
        {
            **{"id": "t2", "bought": ["iris"], "project": "XN-1", "published": "2019-06-01"},
            "goods": [("iris", 2, None, 400)],
        },
        {"id": "w", "type": "award", "bought": ["iris"], "project": "XN-1", "goods": goods},
        {"id": "n", "bought": ["dna"], "goods": goods, "decided": [("dna", True)]},
    ]
    told = cells(make_figure(tables(notices), "item-money"), "iris")
    assert (told["announced"], told["announced-with"]) == (Decimal("400.00"), 1)
    assert (told["award"], told["award-with"], told["award-without"]) == (Decimal("800.00"), 2, 1)
    assert told["contract"] is None


def test_a_row_that_costs_more_than_all_that_its_notice_states_adds_nothing(tables):
    goods = [("iris", 420, 2_900_000, None), ("iris", 2, 1_000, None)]
    notices = [{"id": "t", "bought": ["iris"], "budget": 4_590_000, "goods": goods}]
    told = cells(make_figure(tables(notices), "item-money"), "iris")
    assert told["announced"] == Decimal("2000.00")
    assert (told["announced-with"], told["announced-without"]) == (1, 1)


def test_goods_of_a_rejected_technology_cost_nothing(tables):
    goods = [("iris", 2, None, 500)]
    notices = [{"id": "t", "bought": ["iris"], "goods": goods, "decided": [("iris", False)]}]
    assert make_figure(tables(notices), "item-money").rows == ()
