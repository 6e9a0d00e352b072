"""Binary workbooks (XLSB) and the XML of Excel 2003, assembled by the test."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from tenderlight.model import Reading, Unreadable
from tenderlight.reading import read_document


def table(reading: Reading) -> list[tuple[int, int, str, int, int]]:
    return [
        (b.row or 0, b.column or 0, reading.text[b.start : b.end], b.row_span, b.column_span)
        for b in reading.blocks
        if b.kind == "cell"
    ]


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: its kind and its size, seven bits a byte, then its bytes."""
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    size, rest = len(body), bytearray()
    while size > 0x7F:
        rest.append(size & 0x7F | 0x80)
        size >>= 7
    return head + bytes((*rest, size)) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column, style) + value)


def row(number: int, *, hidden: bool = False) -> bytes:
    flags = bytes((0, 0x10 if hidden else 0, 0))
    return record(0, struct.pack("<IIH", number, 0, 300) + flags + struct.pack("<I", 0))


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsb() -> bytes:
    """A workbook with each kind of cell, a merged range, a hidden row, a format of its own."""
    links = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            (
                ("worksheet", "worksheets/sheet1.bin"),
                ("sharedStrings", "sharedStrings.bin"),
                ("styles", "styles.bin"),
            )
        )
    )
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    sheet = struct.pack("<II", 0, 1) + wide("r0") + wide("采购清单")
    book = record(131) + record(153, bytes(8)) + record(143) + record(156, sheet) + record(144)
    book += record(157, bytes(26)) + record(132)
    styles = record(615, struct.pack("<I", 1))
    styles += record(44, struct.pack("<H", 164) + wide('yyyy"年"m"月"d"日"')) + record(616)
    styles += record(617, struct.pack("<I", 3))
    for number in (0, 4, 164):
        styles += record(47, struct.pack("<HH", 0, number) + bytes(12))
    styles += record(618)
    strings = record(159, struct.pack("<II", 1, 1)) + record(19, b"\0" + wide("摄像机"))
    cells = row(0) + cell(6, 0, wide("设备清单")) + cell(1, 1, b"")
    cells += row(1) + cell(7, 0, struct.pack("<I", 0)) + cell(5, 1, struct.pack("<d", 12345.5), 1)
    cells += cell(2, 2, struct.pack("<I", (45356 << 2) | 2), 2) + cell(4, 3, b"\1")
    cells += row(2, hidden=True) + cell(8, 0, wide("合计") + bytes(10))
    cells += cell(9, 1, struct.pack("<d", 3.0) + bytes(10)) + cell(3, 2, b"\x07")
    merged = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", 0, 0, 0, 3))
    page = record(129) + record(148, struct.pack("<4I", 0, 2, 0, 3))
    page += record(145) + cells + record(146) + merged + record(178) + record(130)
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships {space}><Relationship Id="a" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f"<Relationships {space}>{links}</Relationships>",
        "xl/workbook.bin": book,
        "xl/styles.bin": styles,
        "xl/sharedStrings.bin": strings,
        "xl/worksheets/sheet1.bin": page,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


def test_a_binary_workbook_is_read_cell_by_cell_as_it_is_printed() -> None:
    reading = read_document(xlsb(), "n")
    assert reading.text.startswith("采购清单\n")
    assert table(reading) == [
        (0, 0, "设备清单", 1, 4),
        (1, 0, "摄像机", 1, 1),
        (1, 1, "12,345.50", 1, 1),
        (1, 2, "2024年3月5日", 1, 1),
        (1, 3, "TRUE", 1, 1),
        (2, 0, "合计", 1, 1),
        (2, 1, "3", 1, 1),
        (2, 2, "#DIV/0!", 1, 1),
    ]
    assert [problem.code for problem in reading.problems] == ["reading.hidden"]


def test_another_reader_finds_the_same_values_in_it() -> None:
    sheet = CalamineWorkbook.from_object(io.BytesIO(xlsb())).get_sheet_by_index(0)
    assert sheet.to_python()[1][:2] == ["摄像机", 12345.5]


def test_damaged_binary_workbooks_are_read_in_part_or_refused_and_nothing_else() -> None:
    whole = xlsb()
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    dice = random.Random(4)
    for _ in range(300):
        name = dice.choice([name for name in parts if name.endswith(".bin")])
        broken = bytearray(parts[name])
        broken[dice.randrange(len(broken))] = dice.randrange(256)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            for each, part in (parts | {name: bytes(broken)}).items():
                package.writestr(each, part)
        with contextlib.suppress(Unreadable):
            read_document(buffer.getvalue(), "n")


XML = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
<Style ss:ID="s1"><NumberFormat ss:Format="#,##0.00"/></Style>
<Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style></Styles>
<Worksheet ss:Name="采购清单"><Table><Column ss:Width="9"/><Column ss:Index="4" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">设备清单</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">摄像机</Data>
<Comment><ss:Data>含安装</ss:Data></Comment></Cell>
<Cell ss:StyleID="s1"><Data ss:Type="Number">12345.5</Data></Cell>
<Cell ss:StyleID="s2"><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_xml_of_excel_2003_is_read_cell_by_cell_as_it_is_printed(encoding: str) -> None:
    reading = read_document(XML.format(encoding=encoding).encode(encoding), "清单.xls")
    assert reading.media_type == "application/vnd.ms-excel"
    assert [text for _, _, text, _, _ in table(reading)] == [
        "摄像机",
        "12,345.50",
        "2024/3/5",
        "TRUE",
    ]
    assert reading.text.split("\n")[:2] == ["采购清单", "设备清单"]
    assert reading.text.endswith("含安装")
    assert [problem.code for problem in reading.problems] == ["reading.hidden"]


def test_an_xml_that_breaks_off_keeps_its_start_and_says_so() -> None:
    whole = XML.format(encoding="utf-8").encode()
    reading = read_document(whole[: whole.index(b"2024-03-05")], "n")
    assert "12,345.50" in reading.text
    assert [problem.code for problem in reading.problems] == ["reading.damaged"]
