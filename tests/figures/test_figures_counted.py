"""What each figure counts, on notices small enough to count by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from tenderlight.figures import Cell, Figure, make_figure, open_cell
from tenderlight.figures.technologies_by_year import ASIDE
from tenderlight.model import Refused
from tenderlight.technologies import load_definitions

Told = dict[str, Any]
Tables = Callable[[list[Told]], DuckDBPyConnection]
NUMBER = "XN-2019-01"


def cell(figure: Figure, row: str, column: str) -> Cell:
    place = [each.id for each in figure.columns].index(column)
    return next(each for each in figure.rows if each.id == row).cells[place]


def covered(figure: Figure, name: str) -> int:
    return next(line.count for line in figure.coverage if line.id == name)


def test_a_notice_that_buys_two_technologies_counts_under_both_and_once_in_the_first_line(
    tables: Tables,
) -> None:
    con = tables([{"id": "a", "bought": ["dna", "iris"]}, {"id": "b", "bought": ["dna", "dna"]}])
    figure = make_figure(con, "technologies-by-year")
    assert [row.id for row in figure.rows] == ["*", "dna", "iris"]
    assert cell(figure, "*", "2019").value == 2
    assert cell(figure, "dna", "2019").value == 2
    assert cell(figure, "iris", "all").value == 1


def test_a_technology_that_is_only_mentioned_is_in_a_column_of_its_own(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["dna"], "mentioned": ["dna", "iris"]},
            {"id": "b", "mentioned": ["dna"]},
        ]
    )
    figure = make_figure(con, "technologies-by-year")
    assert cell(figure, "dna", "all").value == 1
    assert cell(figure, "dna", "mentioned").value == 1
    assert cell(figure, "iris", "all").value == 0
    assert cell(figure, "iris", "mentioned").value == 1
    proofs = open_cell(con, "technologies-by-year", "cell/*/mentioned")
    assert [proof.notice for proof in proofs] == ["b"]


def test_years_between_are_shown_and_undated_notices_are_last(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["dna"], "published": "2017-01-01"},
            {"id": "b", "bought": ["dna"], "published": "2019-01-01 08:30"},
            {"id": "c", "bought": ["dna"], "published": None},
        ]
    )
    figure = make_figure(con, "technologies-by-year")
    years = [column.id for column in figure.columns if column.kind == "count"]
    assert years == ["2017", "2018", "2019", "undated", "all", "notices", *ASIDE]
    assert cell(figure, "dna", "2018") == Cell(value=0)
    proofs = open_cell(con, "technologies-by-year", "cell/dna/all")
    assert [proof.notice for proof in proofs] == ["a", "b", "c"]


def test_the_same_bytes_twice_count_once_and_are_stated_as_left_out(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["dna"], "sha256": "x"},
            {"id": "b", "bought": ["dna"], "sha256": "x"},
        ]
    )
    figure = make_figure(con, "technologies-by-year")
    assert cell(figure, "dna", "all").value == 1
    assert covered(figure, "repeated") == 1
    assert open_cell(con, figure.name, "coverage/repeated")[0].notice == "b"


def test_what_could_not_be_read_opens_onto_its_problem(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "readable": False, "unread": ["文件加密"]},
            {"id": "b", "bought": ["dna"], "unread": ["附件损坏"]},
            {"id": "c"},
        ]
    )
    figure = make_figure(con, "targets")
    names = ("documents", "read", "partly", "unread")
    assert [covered(figure, name) for name in names] == [3, 1, 1, 1]
    assert open_cell(con, "targets", "coverage/unread")[0].context == "文件加密"
    assert open_cell(con, "targets", "coverage/partly")[0].context == "附件损坏"


def test_divisions_are_counted_out_of_31_each_with_its_first_proof(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["dna"], "province": "440000", "published": "2019-01-01"},
            {"id": "b", "bought": ["dna"], "province": "440000", "published": "2014-01-01"},
            {"id": "c", "bought": ["dna"], "province": "650000"},
            {"id": "d", "bought": ["dna"], "province": "810000"},
            {"id": "e", "bought": ["dna"], "province": None},
            {"id": "f", "bought": ["dna"], "province": "410000", "type": "termination"},
            {"id": "g", "mentioned": ["dna"], "province": "420000"},
        ]
    )
    figure = make_figure(con, "divisions", load_definitions())
    found = cell(figure, "dna", "divisions")
    assert (found.value, found.of) == (2, 31)
    proofs = open_cell(con, "divisions", found.key or "")
    assert [proof.notice for proof in proofs] == ["b", "c"]
    assert cell(figure, "dna:440000", "date").value == "2014-01-01"
    assert cell(figure, "dna:440000", "technology").value == "Guangdong"
    assert cell(figure, "dna:440000", "technology").zh == "广东省"
    assert cell(figure, "dna:440000", "sentence").more == "采购dna。"
    assert covered(figure, "left-out-nowhere") == 2
    assert covered(figure, "left-out-termination") == 1
    assert [point.x for point in figure.chart.series[0].points] == ["440000", "650000"]


def test_one_budget_counts_for_a_project_that_is_announced_three_times(tables: Tables) -> None:
    told = {"bought": ["dna"], "project": NUMBER}
    con = tables(
        [
            {**told, "id": "a", "type": "intention", "budget": 900},
            {**told, "id": "b", "type": "tender", "budget": 1000},
            {**told, "id": "c", "type": "correction", "budget": None},
            {**told, "id": "d", "type": "award", "budget": 1000},
        ]
    )
    figure = make_figure(con, "money")
    budget = cell(figure, "dna", "budget")
    assert budget.value == Decimal("1000.00")
    assert [proof.notice for proof in open_cell(con, "money", budget.key or "")] == ["b"]
    assert covered(figure, "left-out-same-purchase") == 2


def test_the_newest_correction_that_states_a_budget_replaces_the_tender(tables: Tables) -> None:
    told = {"bought": ["dna"], "project": NUMBER}
    con = tables(
        [
            {**told, "id": "a", "budget": 1000},
            {**told, "id": "b", "type": "correction", "budget": 800, "published": "2019-06-01"},
            {**told, "id": "c", "type": "correction", "budget": 700, "published": "2019-07-01"},
        ]
    )
    assert cell(make_figure(con, "money"), "dna:2019", "budget").value == Decimal("700.00")


def test_a_purchase_counts_once_in_its_first_year_however_many_notices_it_has(
    tables: Tables,
) -> None:
    told = {"bought": ["dna"], "project": NUMBER}
    con = tables(
        [
            {**told, "id": "a", "published": "2018-11-01"},
            {**told, "id": "b", "type": "award", "published": "2019-02-01"},
            {"id": "c", "bought": ["dna"], "published": "2019-03-01"},
        ]
    )
    figure = make_figure(con, "technologies-by-year")
    counts = [cell(figure, "dna", column).value for column in ("2018", "2019", "all", "notices")]
    assert counts == [1, 1, 2, 3]
    assert [p.notice for p in open_cell(con, figure.name, "cell/dna/2018")] == ["a"]


def test_purchases_that_nothing_joins_add_up(tables: Tables) -> None:
    con = tables([{"id": name, "bought": ["dna"], "budget": 5} for name in "abc"])
    assert cell(make_figure(con, "money"), "dna", "budget").value == Decimal("15.00")


def test_awards_and_contracts_stand_side_by_side(tables: Tables) -> None:
    told = {"bought": ["dna"], "project": NUMBER}
    con = tables(
        [
            {
                **told,
                "id": "a",
                "type": "award",
                "awards": [("甲公司", 60, "1"), ("乙公司", 30, "2")],
            },
            {**told, "id": "b", "type": "contract", "awards": [("甲公司", 61, "1")]},
            {"id": "c", "bought": ["dna"], "type": "contract", "awards": [("丙公司", 5)]},
        ]
    )
    figure = make_figure(con, "money")
    assert cell(figure, "dna", "award").value == Decimal("90.00")
    assert cell(figure, "dna", "award-with").value == 2
    assert cell(figure, "dna", "contract").value == Decimal("66.00")
    assert cell(figure, "dna", "budget").value is None


def test_a_sum_counts_that_only_a_notice_states_which_does_not_name_the_technology(
    tables: Tables,
) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["dna"], "project": NUMBER, "budget": 70},
            {"id": "b", "type": "contract", "project": NUMBER, "awards": [("甲公司", 61)]},
        ]
    )
    figure = make_figure(con, "money")
    assert cell(figure, "dna", "contract").value == Decimal("61.00")
    assert covered(figure, "left-out-none") == 0


def test_an_award_without_a_sum_is_counted_as_such_beside_its_contract(tables: Tables) -> None:
    told = {"bought": ["dna"], "project": NUMBER}
    con = tables(
        [
            {**told, "id": "a", "type": "award", "awards": [("甲公司", None)]},
            {**told, "id": "b", "type": "contract", "awards": [("甲公司", 61)]},
        ]
    )
    figure = make_figure(con, "money")
    assert cell(figure, "dna", "award").value is None
    assert (cell(figure, "dna", "award-without").value, cell(figure, "dna", "contract").value) == (
        1,
        Decimal("61.00"),
    )


def test_an_award_that_is_posted_again_counts_once_but_equal_lots_count_each(
    tables: Tables,
) -> None:
    told = {"bought": ["dna"], "project": NUMBER, "type": "award"}
    lines = [("甲公司", 10), ("甲公司", 10)]
    con = tables([{**told, "id": "a", "awards": lines}, {**told, "id": "b", "awards": lines}])
    award = cell(make_figure(con, "money"), "dna", "award")
    assert award.value == Decimal("20.00")
    assert {proof.notice for proof in open_cell(con, "money", award.key or "")} == {"a"}


def test_sums_that_are_not_stated_add_nothing_and_are_counted_out_of_all(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["dna"], "budget": "0"},
            {"id": "b", "bought": ["dna"], "budget": None},
            {"id": "c", "bought": ["dna"], "budget": "2.50"},
            {"id": "d", "bought": ["dna"], "type": "award", "awards": []},
        ]
    )
    figure = make_figure(con, "money")
    assert cell(figure, "dna", "budget").value == Decimal("2.50")
    without = cell(figure, "dna", "budget-without")
    assert (without.value, without.of) == (2, 3)
    nothing_read = cell(figure, "dna", "award-without")
    assert (nothing_read.value, nothing_read.of) == (1, 1)
    assert cell(figure, "dna", "award").key is None


def test_candidates_and_ceilings_are_no_money(tables: Tables) -> None:
    con = tables([{"id": "a", "bought": ["dna"], "type": "candidates", "awards": [("甲公司", 10)]}])
    figure = make_figure(con, "money")
    assert figure.rows == ()
    assert covered(figure, "left-out-same-purchase") == 1


def test_targets_are_counted_only_where_surveillance_is_bought(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["dna"], "targets": ["petitioner", "petitioner"]},
            {"id": "b", "targets": ["petitioner"], "surveillance": False},
        ]
    )
    figure = make_figure(con, "targets", load_definitions())
    assert cell(figure, "petitioner", "notices").value == 1
    assert cell(figure, "petitioner", "sentence").more == "采购petitioner。"
    assert cell(figure, "petitioner", "sentence").notice == "a"
    assert covered(figure, "left-out-not-surveillance") == 1


def test_the_largest_quantity_opens_onto_the_notice_that_states_it(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["dna"], "quantities": [("cameras", "12")]},
            {"id": "b", "bought": ["dna"], "quantities": [("cameras", "2060"), ("cameras", "9")]},
        ]
    )
    figure = make_figure(con, "quantities")
    assert cell(figure, "cameras", "notices").value == 2
    assert cell(figure, "cameras", "largest").value == 2060
    assert [p.notice for p in open_cell(con, "quantities", "cell/cameras/largest")] == ["b"]


def test_buyers_are_listed_by_purchases_with_their_technologies(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "buyer": "甲县公安局", "bought": ["dna"], "budget": 5},
            {"id": "b", "buyer": "乙县公安局", "bought": ["dna", "iris"]},
            {"id": "c", "buyer": "乙县公安局", "bought": ["iris"], "budget": 3},
            {"id": "d", "buyer": None, "bought": ["iris"]},
            {"id": "e", "buyer": "甲县医院", "bought": []},
        ]
    )
    figure = make_figure(con, "buyers")
    assert [row.id for row in figure.rows] == ["o乙县公安局", "o甲县公安局"]
    first = figure.rows[0].cells[0]
    assert (first.value, first.organisation) == ("乙县公安局", "o乙县公安局")
    assert cell(figure, "o乙县公安局", "purchases").value == 2
    assert cell(figure, "o乙县公安局", "technologies").value == 2
    assert cell(figure, "o乙县公安局", "budget").value == Decimal("3.00")
    assert cell(figure, "o乙县公安局", "without").value == 1
    assert covered(figure, "left-out-nameless") == 1


def test_a_supplier_that_wins_two_lots_of_a_notice_counts_once_with_both_sums(
    tables: Tables,
) -> None:
    con = tables(
        [
            {
                "id": "a",
                "type": "award",
                "bought": ["dna"],
                "awards": [("甲公司", 10, "1"), ("甲公司", 20, "2"), ("乙公司", None, "3")],
            }
        ]
    )
    figure = make_figure(con, "suppliers")
    assert cell(figure, "o甲公司", "purchases").value == 1
    assert cell(figure, "o甲公司", "award").value == Decimal("30.00")
    assert cell(figure, "o乙公司", "without").value == 1


def test_a_long_list_can_be_read_in_pages(tables: Tables) -> None:
    con = tables([{"id": f"n{n}", "bought": ["dna"]} for n in range(5)])
    key = "cell/dna/all"
    pages = [open_cell(con, "technologies-by-year", key, limit=2, offset=n) for n in (0, 2, 4, 6)]
    assert [proof.notice for page in pages for proof in page] == ["n0", "n1", "n2", "n3", "n4"]


def test_an_unknown_figure_or_key_is_refused_with_the_nearest_name(tables: Tables) -> None:
    con = tables([{"id": "a", "bought": ["dna"]}])
    with pytest.raises(Refused, match=r"no figure 'mony'.*Try money"):
        make_figure(con, "mony")
    with pytest.raises(Refused, match="cell/dna/2019"):
        open_cell(con, "technologies-by-year", "cell/dna/2018")
    with pytest.raises(Refused, match="nothing under the key 'other/dna/2019'"):
        open_cell(con, "technologies-by-year", "other/dna/2019")
    with pytest.raises(Refused):
        open_cell(con, "money", "cell/x' or 1=1 --/budget")


def test_an_empty_corpus_has_figures_without_lines(tables: Tables) -> None:
    con = tables([])
    for name in ("technologies-by-year", "divisions", "money", "buyers"):
        figure = make_figure(con, name)
        assert figure.rows == ()
        assert all(line.count == 0 and line.key is None for line in figure.coverage)


def test_attachments_read_and_unread_are_stated_and_open_onto_their_notices(
    tables: Tables,
) -> None:
    told = [
        {"id": "a", "attachments": [200, 200], "parts": [None, "reading.encrypted"]},
        {"id": "b", "attachments": [404]},
        {"id": "c"},
    ]
    con = tables(told)
    assert [proof.notice for proof in open_cell(con, "targets", "coverage/attached")] == ["a"]
    unopened = open_cell(con, "targets", "coverage/unopened")
    assert sorted(proof.notice for proof in unopened) == ["a", "b"]
    assert covered(make_figure(con, "targets"), "unopened") == 2


def test_a_figure_says_which_of_its_notices_have_doubtful_values(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "targets": ["migrant"], "surveillance": True},
            {"id": "b", "targets": ["migrant"], "surveillance": True},
        ]
    )
    con.execute("insert into problem (notice, code) values ('a', 'fields.doubtful')")
    figure = make_figure(con, "targets")
    assert covered(figure, "doubtful") == 1


def test_what_was_withdrawn_is_stated_and_opens_onto_nothing(tables: Tables) -> None:
    con = tables([{"id": "a"}])
    assert all(line.id != "withdrawn" for line in make_figure(con, "targets").coverage)
    con.execute("insert into withdrawn (id, notice, role) values ('x', 'x', 'notice')")
    (line,) = (one for one in make_figure(con, "targets").coverage if one.id == "withdrawn")
    assert (line.count, line.key) == (1, None)


def test_what_was_removed_since_still_counts_and_is_stated(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "bought": ["dna"], "seen": ["changed", "removed", "unchecked"]},
            {"id": "b", "bought": ["dna"], "seen": ["removed", "unchanged"]},
        ]
    )
    figure = make_figure(con, "technologies-by-year")
    assert covered(figure, "used") == 2
    assert covered(figure, "removed") == 1
    assert covered(figure, "changed") == 0
    proofs = open_cell(con, "technologies-by-year", "coverage/removed")
    assert [proof.notice for proof in proofs] == ["a"]
