"""Targets, rules and red lists as written: each wording once in a purchase, with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.figures import Figure, make_figure, open_cell

Tables = Callable[[list[dict[str, Any]]], DuckDBPyConnection]


def naming(target: str, context: str) -> dict[str, Any]:
    """A passage that names a target."""
    return {"kind": "target", "id": target, "relation": "mentioned", "context": context}


def told(figure: Figure) -> dict[str, list[Any]]:
    """Of each line quotations, purchases, notices and buyers."""
    return {row.id: [cell.value for cell in row.cells[1:5]] for row in figure.rows}


def test_a_sentence_that_a_purchase_prints_again_is_one_quotation(tables: Tables) -> None:
    first = {"bought": ["dna"], "project": "XN-1", "published": "2020-01-02"}
    again = {**first, "published": "2020-02-02", "type": "correction"}
    con = tables(
        [
            {"id": "a", **first, "rows": {"finding": [naming("petitioner", "上访人员登记。")]}},
            {"id": "b", **again, "rows": {"finding": [naming("petitioner", "上访人员\n登记。")]}},
            {
                "id": "c",
                "bought": ["dna"],
                "buyer": "乙县公安局",
                "published": "2019-03-03",
                "rows": {"finding": [naming("petitioner", "上访人员登记。")]},
            },
        ]
    )
    figure = make_figure(con, "targets-quoted")
    assert told(figure) == {
        "petitioner": [2, 2, 3, 2],
        "petitioner:c.1": [None, None, 1, None],
        "petitioner:a.1": [None, None, 2, None],
    }
    opened = open_cell(con, "targets-quoted", "cell/petitioner:a.1/notices")
    assert [proof.notice for proof in opened] == ["a", "b"]
    quoted = figure.rows[2].cells[-1]
    assert (quoted.value, quoted.more, quoted.notice) == ("原文", "上访人员登记。", "a")


def test_a_target_that_a_reviewer_rejected_is_not_quoted_and_is_told(tables: Tables) -> None:
    con = tables([{"id": "a", "bought": ["dna"], "targets": ["petitioner"]}])
    con.execute(
        "insert into settled (notice, kind, id, truth) values ('a', 'target', 'petitioner', false)"
    )
    figure = make_figure(con, "targets-quoted")
    assert figure.rows == ()
    assert {line.id: line.count for line in figure.coverage}["left-out-other"] == 1


def test_of_one_group_asked_for_no_other_is_listed(tables: Tables) -> None:
    both = ["petitioner", "uyghur"]
    con = tables([{"id": "a", "bought": ["dna"], "targets": both}, {"id": "b", "targets": both}])
    figure = make_figure(con, "targets-quoted", words={"target": "uyghur"})
    assert list(told(figure)) == ["uyghur", "uyghur:a.2"]
    left = {line.id: line.count for line in figure.coverage}
    assert (left["used"], left["left-out-not-surveillance"], left["left-out-other"]) == (1, 1, 0)


def test_of_each_group_the_earliest_fifty_are_listed_and_all_are_counted(tables: Tables) -> None:
    con = tables(
        [
            {
                "id": f"{n:02}",
                "bought": ["dna"],
                "buyer": f"{n}县公安局",
                "published": f"20{n:02}-01-02",
                "targets": ["petitioner"],
            }
            for n in range(10, 63)
        ]
    )
    figure = make_figure(con, "targets-quoted")
    lines = told(figure)
    assert lines.pop("petitioner") == [53, 53, 53, 53]
    assert [line.split(":")[1][:2] for line in lines] == [str(n) for n in range(10, 60)]
    every = make_figure(con, "targets-quoted", words={"target": "petitioner"})
    assert len(every.rows) == 54


def test_rules_are_quoted_whole_by_kind(tables: Tables) -> None:
    rules = [
        {"id": "alert", "text": "三人以上入住的，报警。"},
        {"id": "score", "text": "夜行一次加五分。"},
        {"id": "alert", "text": "聚集即报警。"},
    ]
    con = tables([{"id": "a", "bought": ["dna"], "rows": {"condition": rules}}])
    figure = make_figure(con, "rules-quoted")
    assert told(figure)["alert"] == [2, 1, 1, 1]
    quotes = [row.cells[-1].value for row in figure.rows if row.under == "alert"]
    assert quotes == ["三人以上入住的，报警。", "聚集即报警。"]
    assert [row.id for row in make_figure(con, "rules-quoted", words={"rule": "score"}).rows] == [
        "score",
        "score:a.1",
    ]


def test_a_red_list_is_quoted_by_its_rule_and_else_by_its_sentence(tables: Tables) -> None:
    rule = {"id": "exempt-list", "text": "名单内不报警。", "start_at": 10, "end_at": 17}
    inside = {**naming("exempt", "名单内不报警。"), "start_at": 10, "end_at": 12}
    apart = {**naming("exempt", "设白名单库。"), "start_at": 40, "end_at": 44}
    con = tables(
        [
            {
                "id": "a",
                "bought": ["dna"],
                "rows": {"condition": [rule], "finding": [inside, apart]},
            },
            {"id": "b", "bought": ["dna"], "published": None, "targets": ["exempt"]},
            {"id": "c", "bought": ["dna"]},
        ]
    )
    figure = make_figure(con, "red-lists")
    assert told(figure)["exempt"] == [3, 2, 2, 1]
    assert [row.cells[-1].more for row in figure.rows[1:]] == [None, "设白名单库。", "采购exempt。"]
    assert figure.chart.kind == "timeline"
    assert [point.x for point in figure.chart.series[0].points] == ["2019-05-06"] * 2
    left = {line.id: line.count for line in figure.coverage}
    assert (left["used"], left["left-out-none"]) == (2, 1)
