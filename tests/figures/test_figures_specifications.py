"""The figure of specifications: families of leads, each notice and buyer once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from tenderlight.corpus.likeness.leads import LEAD
from tenderlight.corpus.schemas import SCHEMAS
from tenderlight.figures import make_figure, open_cell

Tables = Callable[[Sequence[dict[str, Any]]], duckdb.DuckDBPyConnection]
TEXT = "人脸抓拍单元应对同一画面内不少于三十张人脸同时检测并逐一编号留存"


def corpus_of(tables: Tables, pairs: Sequence[tuple[str, str, str]]) -> duckdb.DuckDBPyConnection:
    """Notices `a` to `e` of five buyers, of which these pairs are leads: first, second, family."""
    con = tables(
        [
            {"id": id, "buyer": f"{name}县公安局", "published": f"20{20 + place}-01-02"}
            for place, (id, name) in enumerate(zip("abcde", "东西南北中", strict=True))
        ]
    )
    leads = [
        {
            "id": first + second,
            "family": family,
            "shared": 100 + place,
            "share": Decimal("0.900"),
            "rare": 90,
            "first_notice": first,
            "first_number": 0,
            "first_buyer": f"{first}县公安局",
            "second_notice": second,
            "second_number": 0,
            "second_buyer": f"{second}县公安局",
            "same_agency": False,
        }
        for place, (first, second, family) in enumerate(pairs)
    ]
    sections = [
        {
            "notice": id,
            "number": 0,
            "kind": "section",
            "heading": "二、技术参数",
            "text": TEXT,
            "part": "body",
            "start_at": 5,
            "end_at": 5 + len(TEXT),
        }
        for id in "abcd"
    ]
    fill(con, "lead", leads, LEAD)
    fill(con, "section", sections, SCHEMAS["section"])
    return con


def fill(
    con: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]], schema: Any
) -> None:
    con.register("told", pa.Table.from_pylist(rows, schema=pa.schema(list(schema.items()))))
    con.execute(f"insert into {name} by name select * from told")
    con.unregister("told")


def test_a_family_counts_each_buyer_and_each_notice_once(tables: Tables) -> None:
    con = corpus_of(tables, [("a", "b", "f"), ("b", "c", "f"), ("a", "d", "g")])
    figure = make_figure(con, "specifications")
    told = [[cell.value for cell in row.cells[1:4]] for row in figure.rows]
    assert told == [[3, 3, 101], [2, 2, 102]]
    assert figure.rows[0].cells[0].value == TEXT
    first = open_cell(con, "specifications", str(figure.rows[0].cells[1].key))
    assert [proof.notice for proof in first] == ["a", "b", "c"]
    assert first[0].text == TEXT


def test_what_is_left_out_is_counted(tables: Tables) -> None:
    con = corpus_of(tables, [("a", "b", "f")])
    figure = make_figure(con, "specifications")
    covered = {line.id: line.count for line in figure.coverage}
    assert covered["left-out-none"] == 1
    assert covered["left-out-own"] == 2
    assert covered["left-out-beyond"] == 0
    assert covered["used"] == 2


def test_without_leads_the_figure_is_empty(tables: Tables) -> None:
    assert make_figure(corpus_of(tables, []), "specifications").rows == ()


def test_other_notices_of_a_purchase_with_the_very_text_count_too(tables: Tables) -> None:
    con = corpus_of(tables, [("a", "b", "f")])
    con.execute("update section set digest = notice")
    con.execute("update section set digest = 'b' where notice in ('c', 'd')")
    con.execute("update member set purchase = 'one' where notice in ('b', 'c')")
    figure = make_figure(con, "specifications")
    assert [cell.value for cell in figure.rows[0].cells[1:4]] == [2, 3, 100]
