"""A document laid out: nothing lost, marks in place, tables rebuilt, long texts in sheets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Block
from tenderlight.web.layout import (
    SHEET,
    Line,
    Mark,
    Table,
    cut,
    lay_out,
    pieces_of,
    sheet_ends,
    sheet_of,
)


def lines(*texts: str) -> tuple[str, list[Block]]:
    blocks, start = [], 0
    for text in texts:
        blocks.append(Block(start, start + len(text)))
        start += len(text) + 1
    return "\n".join(texts), blocks


def cell(start: int, end: int, row: int, column: int, **spans: int) -> Block:
    return Block(start, end, kind="cell", table=0, row=row, column=column, **spans)


def said(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces)


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, list[Block], list[Mark]]:
    text, blocks = lines(*draw(st.lists(st.text("预算ab", min_size=1), min_size=1, max_size=6)))
    place = st.integers(0, len(text))
    marks = [
        Mark(id=str(n), start=min(a, b), end=max(a, b))
        for n, (a, b) in enumerate(draw(st.lists(st.tuples(place, place), max_size=6)))
        if a != b
    ]
    return text, blocks, marks


@given(texts_with_marks())
def test_pieces_are_the_text_again_and_marks_cover_what_they_should(given_text) -> None:  # type: ignore[no-untyped-def]
    text, blocks, marks = given_text
    pieces = pieces_of(text, blocks, sorted(marks, key=lambda mark: (mark.start, -mark.end)))
    for block in blocks:
        place = block.start
        for piece in pieces[block.start]:
            assert text[place : place + len(piece.text)] == piece.text
            expected = {m.id for m in marks if m.start < place + len(piece.text) and m.end > place}
            assert set(piece.marks) == expected
            place += len(piece.text)
        assert place == block.end


def test_a_mark_begins_once() -> None:
    text, blocks = lines("采购虹膜采集仪", "二十台")
    sheet = lay_out(text, blocks, [Mark(id="x", start=2, end=10)])
    first = [p.text for part in sheet.parts if isinstance(part, Line)
             for p in part.pieces if "x" in p.first]  # fmt: skip
    assert first == ["虹膜采集仪"]


def test_a_table_is_rebuilt_from_coordinates_with_gaps_and_spans() -> None:
    text = "甲\n乙\n丙\n丁"
    blocks = [
        cell(0, 1, 0, 0, row_span=2),
        cell(2, 3, 0, 1, column_span=2),
        cell(4, 5, 1, 2),
        cell(6, 7, 2, 1),
    ]
    (table,) = lay_out(text, blocks, []).parts
    assert isinstance(table, Table)
    shape = [
        [("".join(map(said, c.lines)), c.row_span, c.column_span) for c in row]
        for row in table.rows
    ]
    assert shape == [
        [("甲", 2, 1), ("乙", 1, 2)],
        [("", 1, 1), ("丙", 1, 1)],
        [("", 1, 1), ("丁", 1, 1)],
    ]


def test_a_cell_may_hold_several_lines() -> None:
    text = "甲\n乙"
    (table,) = lay_out(text, [cell(0, 1, 0, 0), cell(2, 3, 0, 0)], []).parts
    assert isinstance(table, Table)
    assert [said(line) for line in table.rows[0][0].lines] == ["甲", "乙"]


def test_absurd_spans_are_cut_off() -> None:
    blocks = [cell(0, 1, 0, 0, row_span=10**9, column_span=10**9), cell(2, 3, 0, 10**9)]
    (table,) = lay_out("甲\n乙", blocks, []).parts
    assert isinstance(table, Table)
    assert len(table.rows[0]) <= 60


def test_site_furniture_is_one_quiet_line() -> None:
    text, blocks = lines("首页", "登录", "公告")
    blocks = [Block(b.start, b.end, furniture=n < 2) for n, b in enumerate(blocks)]
    first, second = lay_out(text, blocks, []).parts
    assert isinstance(first, Line)
    assert (first.kind, said(first)) == ("furniture", "首页 · 登录")
    assert isinstance(second, Line)


def test_a_long_text_comes_in_sheets_and_every_block_is_on_one() -> None:
    text, blocks = lines(*["监控" * 500] * 400)
    sheets = cut(blocks)
    assert [block for sheet in sheets for block in sheet] == blocks
    assert all(sheet[-1].end - sheet[0].start <= SHEET for sheet in sheets)
    for number, sheet in enumerate(sheets, start=1):
        assert sheet_of(sheet_ends(blocks), sheet[0].start) == number
    assert lay_out(text, blocks, [], 99).number == len(sheets)
