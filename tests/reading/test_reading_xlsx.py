"""Workbooks since 2007: every cell as it is printed, at its place."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from python_calamine import CalamineWorkbook

from tenderlight.model import Reading, Unreadable
from tenderlight.reading import limits, read_document
from tenderlight.reading.alone import read_alone
from tenderlight.reading.sheets.sheet import Room

Cells = dict[tuple[int, int, int], tuple[str, int, int]]


def workbook(fill: Callable[[Worksheet], None], name: str = "采购清单") -> bytes:
    """A workbook of one sheet, filled by the test."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    fill(sheet)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cells(reading: Reading) -> Cells:
    """By table, row and column: the text of each cell, its lines joined by |, and its spans."""
    found: Cells = {}
    for block in reading.blocks:
        if block.kind != "cell":
            continue
        assert block.table is not None
        assert block.row is not None
        assert block.column is not None
        place = block.table, block.row, block.column
        text = reading.text[block.start : block.end]
        before = found.get(place, ("",))[0]
        found[place] = (f"{before}|{text}" if before else text, block.row_span, block.column_span)
    return found


def rewritten(payload: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A package in which one part is changed, or a new one put in."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(payload)) as old, zipfile.ZipFile(buffer, "w") as new:
        if part not in old.namelist():
            new.writestr(part, change(""))
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == part else content)
    return buffer.getvalue()


def rows(*rows: list[object]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return fill


def test_cells_are_given_as_their_formats_print_them() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["编号", "单价", "日期", "折扣", "代码", "有无"])
        sheet.append(["00123", 12345.5, date(2024, 3, 5), 0.185, 7, True])
        formats = "@", "#,##0.00", 'yyyy"年"m"月"d"日"', "0.0%", "00000", "General"
        for cell, code in zip(sheet[2], formats, strict=True):
            cell.number_format = code

    found = cells(read_document(workbook(fill), "n"))
    shown = [found[0, 1, column][0] for column in range(6)]
    assert shown == ["00123", "12,345.50", "2024年3月5日", "18.5%", "00007", "TRUE"]


def test_merged_ranges_are_spans_and_what_they_cover_is_not_printed() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(["设备清单", None, None], ["摄像机", "A", 1], [None, "B", 2])(sheet)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:A3")

    assert cells(read_document(workbook(fill), "n")) == {
        (0, 0, 0): ("设备清单", 1, 3),
        (0, 1, 0): ("摄像机", 2, 1),
        (0, 1, 1): ("A", 1, 1),
        (0, 1, 2): ("1", 1, 1),
        (0, 2, 1): ("B", 1, 1),
        (0, 2, 2): ("2", 1, 1),
    }


def test_empty_rows_and_columns_are_dropped_and_the_order_kept() -> None:
    fill = rows([], [None, "名称", None, "数量"], [], [None, "硬盘", None, 4])
    found = cells(read_document(workbook(fill), "n"))
    assert {place: cell[0] for place, cell in found.items()} == {
        (0, 0, 0): "名称",
        (0, 0, 1): "数量",
        (0, 1, 0): "硬盘",
        (0, 1, 1): "4",
    }


def test_a_row_of_words_after_an_empty_row_begins_a_table_of_its_own() -> None:
    fill = rows(["名称", "数量"], ["硬盘", 4], [], ["联系人", "职务"], ["略", "略"])
    found = cells(read_document(workbook(fill), "n"))
    assert found[1, 0, 0][0] == "联系人"


def test_words_in_one_column_are_lines_and_no_table() -> None:
    reading = read_document(workbook(rows(["一、项目概况"], ["二、采购需求"])), "n")
    assert [block.kind for block in reading.blocks] == ["heading", "text", "text"]


def test_lines_of_one_cell_stay_in_one_cell() -> None:
    fill = rows(["名称", "参数"], ["摄像机", "400万像素\n红外30米"])
    assert cells(read_document(workbook(fill), "n"))[0, 1, 1][0] == "400万像素|红外30米"


def test_each_sheet_is_headed_by_its_name_and_a_name_of_the_program_is_furniture() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("货物一览").append(["甲", 1])
    book.worksheets[0].append(["乙", 2])
    reading = read_document(saved(book), "n")
    heads = [(reading.text[b.start : b.end], b.furniture) for b in reading.blocks if not b.row][:4]
    assert ("Sheet", True) in heads
    assert ("货物一览", False) in [
        (reading.text[b.start : b.end], b.furniture) for b in reading.blocks if b.kind == "heading"
    ]
    assert {b.table for b in reading.blocks if b.kind == "cell"} == {0, 1}


def test_what_is_hidden_is_read_and_said_so() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(["名称", "底价"], ["摄像机", 900])(sheet)
        sheet.column_dimensions["B"].hidden = True

    book = openpyxl.load_workbook(io.BytesIO(workbook(fill)))
    hidden = book.create_sheet("评分")
    hidden.append(["价格分", 30])
    hidden.sheet_state = "veryHidden"
    reading = read_document(saved(book), "n")
    assert "900" in reading.text
    assert "价格分" in reading.text
    problems = [problem for problem in reading.problems if problem.code == "reading.hidden"]
    assert [problem.where for problem in problems] == ["采购清单", "评分"]
    assert not any(problem.unread for problem in problems)


def test_a_formula_without_a_stored_value_is_a_problem_and_no_guess() -> None:
    fill = rows(["单价", "数量", "合计"], [3, 4, "=A2*B2"])
    reading = read_document(workbook(fill), "n")
    (problem,) = reading.problems
    assert (problem.code, problem.where, problem.unread) == (
        "reading.no-value",
        "采购清单!C2",
        True,
    )


def test_a_formula_gives_its_stored_value() -> None:
    payload = rewritten(
        workbook(rows(["单价", "合计"], [3, "=A2*4"])),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(r"<v\s*/>|<v></v>", "<v>12</v>", xml),
    )
    assert cells(read_document(payload, "n"))[0, 1, 1][0] == "12"


def test_comments_are_read_after_the_tables() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(["名称", "数量"], ["摄像机", 4])(sheet)
        sheet["A2"].comment = Comment("含安装", "某人")

    reading = read_document(workbook(fill), "n")
    assert reading.text.splitlines()[-1] == "含安装"


def test_error_values_booleans_and_shared_texts_are_printed() -> None:
    reading = read_document(workbook(rows(["#DIV/0!", False], ["甲 _x0041_", "甲"])), "n")
    found = cells(reading)
    assert [found[0, 0, 0][0], found[0, 0, 1][0]] == ["#DIV/0!", "FALSE"]


def test_the_strict_standard_and_other_prefixes_are_read() -> None:
    payload = workbook(rows(["名称", "日期"], ["甲", "乙"]))
    strict = rewritten(
        payload,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            "</sheetData>",
            '<row r="3"><c r="B3" t="d"><v>2024-03-05</v></c></row></sheetData>',
        ),
    )
    assert cells(read_document(strict, "n"))[0, 2, 1][0] == "2024-03-05"


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append(["开标", datetime(2024, 3, 5, 9, 30)])  # noqa: DTZ001 - cells have no zone
    sheet["B1"].number_format = "yyyy-mm-dd hh:mm"
    assert cells(read_document(saved(book), "n"))[0, 0, 1][0] == "2024-03-05 09:30"


def test_a_picture_that_wps_keeps_in_a_cell_leaves_no_formula_text() -> None:
    payload = rewritten(
        workbook(rows(["图", "名"], ["x", "y"])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            "</sheetData>",
            '<row r="3"><c r="A3" t="str"><f>x</f><v>=DISPIMG("ID_1",1)</v></c></row></sheetData>',
        ),
    )
    assert "DISPIMG" not in read_document(payload, "n").text


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-(10**9), 10**9),
                st.text(alphabet="甲乙丙abc1０，。 -", min_size=1, max_size=8).map(str.strip),
            ),
            min_size=1,
            max_size=6,
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=40, deadline=None)
def test_every_cell_of_any_sheet_is_read_in_its_order(table: list[list[object]]) -> None:
    wanted = [str(c) for row in table for c in row if c not in (None, "")]
    if not wanted:
        return
    reading = read_alone(workbook(rows(*table)), "n").reading
    assert reading.text.split("\n") == ["采购清单", *wanted]
    assert CalamineWorkbook.from_object(io.BytesIO(workbook(rows(*table)))).sheet_names


def picture(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (width, height), 255).save(buffer, "PNG")
    return buffer.getvalue()


def test_embedded_files_and_pictures_of_pages_are_handed_on() -> None:
    payload = workbook(rows(["名", "数"], [1, 2]))
    buffer = io.BytesIO(payload)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("xl/media/image1.png", picture(1200, 900))
        package.writestr("xl/media/logo.png", picture(120, 90))
        package.writestr("xl/embeddings/参数.txt", "参数：400万像素".encode())
    opened = read_alone(buffer.getvalue(), "n")
    assert {member.name for member in opened.members} == {"image1.png", "参数.txt"}
    assert "400万像素" in read_document(buffer.getvalue(), "n").text


def test_a_sheet_that_breaks_off_keeps_its_start_and_says_so() -> None:
    payload = rewritten(
        workbook(rows(*([f"第{n}行", n] for n in range(2000)))),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml[: len(xml) // 2],
    )
    reading = read_document(payload, "n")
    assert "第0行" in reading.text
    assert [(p.code, p.unread) for p in reading.problems] == [("reading.damaged", True)]


def test_a_workbook_is_read_up_to_the_limit_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenderlight.reading.sheets.book.Room", lambda: Room(cells=50))
    reading = read_document(workbook(rows(*([n, n] for n in range(100)))), "n")
    assert len(cells(reading)) == 50
    assert [p.code for p in reading.problems] == ["reading.cut-short"]


SHARED = '<row><c t="s"><v>0</v></c></row>'
STRINGS = f"<sst><si><t>{'甲' * 30_000}</t></si></sst>"


def test_shared_texts_are_put_together_from_their_pieces() -> None:
    pieces = (
        "<sst><si><r><t>摄像</t></r><r><rPr><b/></rPr><t>机</t></r>"
        "<rPh><t>sxj</t></rPh></si><si><t>甲_x000D_乙_x0041_</t></si></sst>"
    )
    cell = '<row r="9"><c r="A9" t="s"><v>0</v></c><c r="B9" t="s"><v>1</v></c></row>'
    payload = rewritten(
        workbook(rows(["名", "数"], [1, 2])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<sheetData>", f"<sheetData>{cell}"),
    )
    reading = read_document(rewritten(payload, "xl/sharedStrings.xml", lambda _: pieces), "n")
    found = cells(reading)
    assert ("摄像机", 1, 1) in found.values()
    assert ("甲|乙A", 1, 1) in found.values()


def test_a_text_that_is_not_in_the_file_is_a_problem() -> None:
    payload = rewritten(
        workbook(rows(["甲", 1])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            "<sheetData>", '<sheetData><row r="9"><c r="A9" t="s"><v>7</v></c></row>'
        ),
    )
    (problem,) = read_document(payload, "n").problems
    assert (problem.code, problem.where) == ("reading.no-value", "采购清单!A9")


def test_texts_repeated_a_hundred_thousand_times_stay_within_the_limit() -> None:
    payload = rewritten(
        workbook(rows(["甲" * 30_000])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<row", f"{SHARED * 100_000}<row", 1),
    )
    payload = rewritten(payload, "xl/sharedStrings.xml", lambda _: STRINGS)
    reading = read_document(payload, "n")
    assert len(reading.text) <= limits.CHARACTERS
    assert "reading.cut-short" in [p.code for p in reading.problems]


def test_entities_are_not_expanded_and_nothing_outside_is_opened() -> None:
    evil = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "BOOM">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row><c t="str"><v>甲</v></c><c t="str"><v>&b;&a;</v></c></row></sheetData></worksheet>'
    )
    payload = rewritten(workbook(rows(["x"])), "xl/worksheets/sheet1.xml", lambda _: evil)
    text = read_document(payload, "n").text
    assert "BOOM" not in text
    assert "root:" not in text


@pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml"])
def test_a_workbook_without_its_list_of_sheets_is_refused_by_name(part: str) -> None:
    payload = rewritten(workbook(rows(["x", 1])), part, lambda _: "<x")
    try:
        read_document(payload, "n")
    except Unreadable as error:
        refused = error
        assert refused.code == "reading.damaged"
        assert refused.hint
