"""Spreadsheets of other kinds: before 2007, OpenDocument, and cells in plain text."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import random
import struct
import zipfile
from pathlib import Path

import olefile
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from tenderlight.model import Reading, Unreadable
from tenderlight.reading import limits, read_document
from tenderlight.reading.alone import read_alone
from tenderlight.reading.document import Document
from tenderlight.reading.formats import format_of
from tenderlight.reading.office.compound import build_compound
from tenderlight.reading.sheets.separated import mark_of
from tenderlight.reading.sheets.sheet import Room

DOCUMENTS = Path(__file__).parent / "documents"
TABLE = [
    ["附件一 设备清单"],
    ["序号", "名称", "编号", "单价（元）", "到货日期", "比例"],
    ["001", "摄像机", "00123", "12,345.50", "2024年3月5日", "18.5%"],
    ["002", "硬盘|录像机", "XN-07", "-3.00", "2024年12月31日", "100.0%"],
    ["3", "交换机", "TRUE", "#DIV/0!"],
]


def table(reading: Reading, number: int = 0) -> list[list[str]]:
    """The rows of a table; lines of one cell are joined by |."""
    rows: dict[int, dict[int, str]] = {}
    for block in reading.blocks:
        if block.kind == "cell" and block.table == number:
            assert block.row is not None
            assert block.column is not None
            row = rows.setdefault(block.row, {})
            text = reading.text[block.start : block.end]
            row[block.column] = f"{row[block.column]}|{text}" if block.column in row else text
    return [list(row.values()) for row in rows.values()]


def spans(reading: Reading) -> set[tuple[str, int, int]]:
    return {
        (reading.text[b.start : b.end], b.row_span, b.column_span)
        for b in reading.blocks
        if b.row_span + b.column_span > 2
    }


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("workbook.xls", "application/vnd.ms-excel"),
        ("workbook.ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ],
)
def test_a_workbook_is_read_cell_by_cell_as_it_is_printed(name: str, media_type: str) -> None:
    reading = read_document((DOCUMENTS / name).read_bytes(), "n")
    assert reading.media_type == media_type
    assert table(reading) == TABLE
    assert table(reading, 1) == [["价格分", "30"]]
    assert spans(reading) == {("附件一 设备清单", 1, 6), ("交换机", 1, 2)}
    assert reading.text.startswith("采购清单\n")
    assert "\n含安装\n" in reading.text
    assert [(p.code, p.where) for p in reading.problems] == [
        ("reading.hidden", "采购清单"),
        ("reading.hidden", "评分"),
    ]


def test_a_picture_of_a_page_in_an_old_workbook_is_handed_on() -> None:
    with olefile.OleFileIO(DOCUMENTS / "workbook.xls") as compound:
        records = compound.openstream("Workbook").read()
    buffer = io.BytesIO()
    Image.new("L", (1200, 900), 255).save(buffer, "PNG")
    drawing = struct.pack("<HHI", 0x6E00, 0xF01E, 17 + len(buffer.getvalue())) + bytes(17)
    drawing += buffer.getvalue()
    half = len(drawing) // 2
    records += struct.pack("<HH", 0xEB, half) + drawing[:half]
    records += struct.pack("<HH", 0x3C, len(drawing) - half) + drawing[half:]
    payload = build_compound({"Workbook": records})
    assert payload is not None
    opened = read_alone(payload, "n")
    assert table(opened.reading) == TABLE
    (member,) = opened.members
    assert (member.name, member.payload) == ("picture1.png", buffer.getvalue())


def rc4(secret: bytes, data: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + secret[i % len(secret)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked(password: str) -> bytes:
    """The workbook as Excel 97 locks it: RC4 in blocks, some records plain ([MS-XLS] 2.2.10)."""
    with olefile.OleFileIO(DOCUMENTS / "workbook.xls") as compound:
        plain = compound.openstream("Workbook").read()
    md5, salt = hashlib.md5, bytes(range(16))
    key = md5((md5(password.encode("utf-16-le")).digest()[:5] + salt) * 16).digest()[:5]
    verifier = bytes(16)
    checked = rc4(md5(key + bytes(4)).digest(), verifier + md5(verifier).digest())
    lock = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + salt + checked
    first = 4 + struct.unpack_from("<H", plain, 2)[0]
    clear = bytearray(plain[:first] + lock + plain[first:])
    pieces = [clear[n : n + 1024] for n in range(0, len(clear), 1024)]
    coded = bytearray(
        b"".join(
            rc4(md5(key + struct.pack("<I", n)).digest(), bytes(piece))
            for n, piece in enumerate(pieces)
        )
    )
    at = 0
    while at + 4 <= len(clear):
        kind, size = struct.unpack_from("<HH", clear, at)
        shown = size if kind in (0x809, 0x2F, 0xE1) else 0
        if kind == 0x85:
            shown = 4
            struct.pack_into("<I", clear, at + 4, struct.unpack_from("<I", clear, at + 4)[0] + 58)
        coded[at : at + 4 + shown] = clear[at : at + 4 + shown]
        at += 4 + size
    payload = build_compound({"Workbook": bytes(coded)})
    assert payload is not None
    return payload


def test_a_workbook_that_only_excel_itself_locked_is_read() -> None:
    assert table(read_document(locked("VelvetSweatshop"), "n")) == TABLE


def test_a_workbook_that_asks_for_a_password_is_refused_by_name() -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(locked("another"), "n")
    assert refused.value.code == "reading.encrypted"


def test_a_workbook_beyond_the_limit_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "XLS_BYTES", 1000)
    with pytest.raises(Unreadable) as refused:
        read_document((DOCUMENTS / "workbook.xls").read_bytes(), "n")
    assert refused.value.code == "reading.too-large"


@pytest.mark.parametrize("name", ["workbook.xls", "workbook.ods"])
def test_damaged_workbooks_are_read_in_part_or_refused_and_nothing_else(name: str) -> None:
    whole = (DOCUMENTS / name).read_bytes()
    dice = random.Random(4)
    for _ in range(150):
        payload = bytearray(whole)
        for _ in range(dice.randint(1, 20)):
            payload[dice.randrange(len(payload))] = dice.randrange(256)
        with contextlib.suppress(Unreadable):
            read_document(bytes(payload[: dice.randrange(len(payload))] or b"x"), "n")
        with contextlib.suppress(Unreadable):
            read_document(bytes(payload), "n")


def ods(body: str, styles: str = "") -> bytes:
    """An OpenDocument spreadsheet around the rows of a table."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f"{body}</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return buffer.getvalue()


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_repeated_cells_and_rows_are_counted() -> None:
    empty = '<table:table-cell table:number-columns-repeated="3"/>'
    twice = 'table:number-columns-repeated="2"'
    rows = (
        f"<table:table-row>{empty}{cell('甲', twice)}{cell('乙')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/>'
        "</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{empty}{cell("1", twice)}{cell("2")}'
        "</table:table-row>"
    )
    reading = read_document(ods(f'<table:table table:name="一">{rows}</table:table>'), "n")
    assert table(reading) == [["甲", "甲", "乙"], ["1", "1", "2"], ["1", "1", "2"]]


def test_a_cell_repeated_without_end_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenderlight.reading.sheets.ods.Room", lambda: Room(cells=5000))
    many = 'table:number-columns-repeated="16384"'
    rows = (
        '<table:table-row table:number-rows-repeated="1048576">'
        f"{cell('甲', many)}</table:table-row>"
    )
    reading = read_document(ods(f'<table:table table:name="一">{rows}</table:table>'), "n")
    assert len(table(reading)[0]) <= limits.COLUMNS + 1
    assert len(reading.blocks) == 5001
    assert "reading.cut-short" in [problem.code for problem in reading.problems]


def test_spaces_breaks_and_links_of_a_cell_are_kept_and_comments_stand_apart() -> None:
    text = "型号<text:s text:c='2'/>A<text:line-break/><text:a>网址</text:a>"
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    row = (
        f"<table:table-row><table:table-cell>{note}<text:p>{text}</text:p></table:table-cell>"
        f"{cell('乙')}</table:table-row>"
    )
    reading = read_document(ods(f'<table:table table:name="一">{row}</table:table>'), "n")
    assert table(reading) == [["型号  A|网址", "乙"]]
    assert reading.text.endswith("批注")


def test_a_cell_with_a_value_and_no_text_gives_the_value() -> None:
    row = (
        '<table:table-row><table:table-cell office:value="12.50"/>'
        '<table:table-cell office:date-value="2024-03-05"/></table:table-row>'
    )
    reading = read_document(ods(f'<table:table table:name="一">{row}</table:table>'), "n")
    assert table(reading) == [["12.5", "2024-03-05"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_cells_in_plain_text_are_a_table_in_any_encoding(encoding: str) -> None:
    text = '序号,名称,"规格, 型号"\r\n1,摄像机,"400万\n像素"\r\n2,硬盘,00123\r\n'
    reading = read_document(text.encode(encoding), "清单.csv")
    assert reading.media_type == "text/csv"
    assert table(reading) == [
        ["序号", "名称", "规格, 型号"],
        ["1", "摄像机", "400万|像素"],
        ["2", "硬盘", "00123"],
    ]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("序号\t名称\n1\t摄像机\n", "\t"),
        ("a;b;c\n1,5;2;3\n4;5;6\n", ";"),
        ("sep=|\na|b\n", "|"),
        ("预算,12\n采购人", None),
        ("The buyer, as named above,\nasks for cameras, discs,\nand cables, see below,\n", None),
        ("一、项目名称：摄像机\n二、预算：12\n", None),
        ('{"a": 1, "b": 2}\n{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', None),
        ("标题\t\n正文正文\n正文\n", None),
    ],
)
def test_prose_is_no_table_and_a_table_no_prose(text: str, mark: str | None) -> None:
    assert mark_of(text) == mark


def test_tabs_that_portals_call_xls_are_a_table() -> None:
    payload = "序号\t单价\r\n1\t￥12.50\r\n".encode("gb18030")
    found = format_of(Document(payload, "清单.xls"))
    assert found is not None
    assert found.name == "csv"


@given(
    st.lists(
        st.lists(st.text("甲乙12\"', \t;", max_size=6).map(str.strip), min_size=3, max_size=3),
        min_size=3,
        max_size=9,
    )
)
@example([['"', "", ""], ["1", "2", "3"], ["4", "5", "6"]])
def test_whatever_is_written_as_csv_loses_no_character(rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["序号", "名称", "数量"], *rows])
    reading = read_document(buffer.getvalue().encode(), "n")
    wanted = "".join("".join(cell for row in rows for cell in row).split())
    kept = "".join(reading.text.replace("序号", "").split())
    assert all(character in kept for character in wanted)
