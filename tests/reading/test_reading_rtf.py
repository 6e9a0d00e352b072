"""RTF written out by hand: code pages, tables, fields, lists, pictures, with known truth."""

from __future__ import annotations

import contextlib
import io
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tenderlight.model import Unreadable
from tests.reading.office_made import cells, kinds, opened, read

FONTS = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}{\f2\fcharset2 Wingdings 2;}"
FONTS += r"{\f3\fcharset204 Arial;}{\f4\fcharset2 Symbol;}}"
SHEET = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 toc 1;}}"


def rtf(body: str, codec: str = "gbk") -> bytes:
    """A document in which what is beyond ASCII is written as bytes in hex."""
    written = "".join(
        each if each < "\x80" else "".join(f"\\'{byte:02x}" for byte in each.encode(codec))
        for each in body
    )
    return (r"{\rtf1\ansi\ansicpg936\deff0" + FONTS + SHEET + written + "}").encode("ascii")


def text(body: str) -> str:
    return read(rtf(body)).text


def test_characters_come_from_the_code_page_of_their_font_and_from_unicode() -> None:
    assert text(r"采购人：{\f1 市公安局}\par \u39044?\u31639?\par") == "采购人：市公安局\n预算"
    cyrillic = "".join(f"\\'{byte:02x}" for byte in "Полиция".encode("cp1251"))
    assert text(r"{\f3 " + cyrillic + "}") == "Полиция"
    assert text(r"{\uc2\u39044\'d4\'a4\u31639\'cb\'e3}") == "预算"
    assert text(r"\u-10179?\u-8704?") == "\U0001f600"
    assert text(r"{\upr{old}{\*\ud{\u39044?}}}") == "预"


def test_a_character_whose_second_byte_looks_like_a_brace_is_whole() -> None:
    for each, escaped in (("乗", "\\\\"), ("亄", r"\{"), ("亅", "|"), ("亇", r"\}")):
        assert text(r"\'81" + escaped) == each


def test_symbols_show_what_their_font_draws() -> None:
    assert (
        text(r"{\f2 R}是{\f4 \'b3}400\emdash\ldblquote x\rdblquote\~y\_z") == "☑是≥400—“x”\xa0y-z"
    )


def test_headings_contents_hidden_and_deleted_text() -> None:
    found = read(
        rtf(r"\pard\s1 一级\par\pard\s2 目录\par\pard\s0 甲{\v 看不见}{\deleted 删}乙\par")
    )
    assert kinds(found) == [("heading", "一级"), ("TEXT", "目录"), ("text", "甲乙")]


def test_numbers_that_word_wrote_beside_its_lists_are_kept() -> None:
    listed = r"{\listtext\'d2\'bb\'a1\'a2\tab}\ls1 概况\par{\pntext\f0 1.1\tab}2024年\par"
    assert text(listed) == "一、概况\n1.1 2024年"


def test_fields_show_results_and_boxes_their_ticks() -> None:
    body = r"{\field{\*\fldinst PAGE}{\fldrslt 12}}{\field{\*\fldinst{ SYMBOL 179 \\f Symbol}}}"
    box = r"{\field{\*\fldinst FORMCHECKBOX{\*\formfield{\fftype1\ffres25\ffdefres1}}}{\fldrslt}}"
    assert text(body + box + "是") == "12≥☑是"


def row(*words: str, edges: tuple[str, ...]) -> str:
    defined = "".join(rf"{edge.partition(' ')[2]}\cellx{edge.partition(' ')[0]}" for edge in edges)
    return r"\trowd" + defined + "".join(rf"\pard\intbl {word}\cell" for word in words) + r"\row"


def test_spans_of_cells_are_told_from_edges_and_merge_marks() -> None:
    first = row("甲", "乙", edges=("2000", "3000"))
    second = row(
        "丙", "丁", "", "戊", edges=(r"1000 \clvmgf", r"2000 \clmgf", r"2500 \clmrg", "3000")
    )
    third = row("", "己", edges=(r"1000 \clvmrg", "3010"))
    found = read(rtf(first + second + third + r"\pard 后\par"))
    assert found.text.split("\n") == ["甲", "乙", "丙", "丁", "戊", "己", "后"]
    assert cells(found) == [
        (0, 0, 0, 1, 2), (0, 0, 2, 1, 2), (0, 1, 0, 2, 1), (0, 1, 1, 1, 2), (0, 1, 3, 1, 1),
        (0, 2, 1, 1, 3),
    ]  # fmt: skip


def test_a_nested_table_is_a_table_of_its_own() -> None:
    inner = r"\pard\intbl\itap2 内一\nestcell{\nonesttables\par}内二\nestcell"
    inner += r"{\*\nesttableprops\trowd\cellx400\cellx900\nestrow}"
    body = rf"\trowd\cellx1000\cellx2000\pard\intbl 外\par{inner}\pard\intbl 后\cell 旁\cell\row"
    found = read(rtf(body))
    assert found.text.split("\n") == ["外", "内一", "内二", "后", "旁"]
    assert [place[:3] for place in cells(found)] == [
        (0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 0), (0, 0, 1),
    ]  # fmt: skip


def test_headers_are_furniture_and_boxes_and_footnotes_follow() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn x}{\sv 9}}{\shptxt 盒中\par}}{\shprslt 旧\par}}"
    found = read(rtf(r"{\header 页眉\par}正文" + box + r"金额{\footnote 含税}\par 后\par"))
    assert kinds(found) == [
        ("TEXT", "页眉"), ("text", "正文金额"), ("text", "盒中"), ("text", "后"), ("text", "含税"),
    ]  # fmt: skip


def test_large_pictures_and_embedded_files_are_handed_on() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (900, 700), "white").save(buffer, "PNG")
    shown = rf"{{\*\shppict{{\pict\pngblip\picwgoal9000\pichgoal7000 {buffer.getvalue().hex()}}}}}"
    again = r"{\nonshppict{\pict\wmetafile8 0102}}"
    small = rf"{{\pict\pngblip\picwgoal900\pichgoal700 {buffer.getvalue().hex()}}}"
    name = b"\x08\0\0\0Package\0" + bytes(8)
    packed = b"\x02\0a.txt\0C:\0" + bytes(4) + b"\x01\0\0\0\0" + struct.pack("<I", 2) + b"ok"
    native = struct.pack("<II", 0x501, 2) + name + struct.pack("<I", len(packed)) + packed
    held = rf"{{\object\objemb{{\*\objdata {native.hex()}}}{{\result 图标}}}}"
    found = opened(rtf(f"前{shown}{again}{small}{held}"))
    assert [(member.name, member.payload[:4]) for member in found.members] == [
        ("image1.png", b"\x89PNG"), ("a.txt", b"ok"),
    ]  # fmt: skip


def test_a_text_that_breaks_off_is_read_so_far_and_said_to_be_damaged() -> None:
    found = read(rtf(r"第一段\par 第二段\par{\b 第三")[:-1])
    assert found.text == "第一段\n第二段\n第三"
    assert [problem.code for problem in found.problems] == ["reading.ends-early"]


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(rb"{\rtf1" + b"{" * 100_000 + b"x")
    assert refused.value.code == "reading.tag-soup"


WORDS = r"\par |\cell|\row|\trowd\cellx9|\intbl |\itap3 |{|}|\u-9?|\'b2|\'c9x|{\field{\*\fldinst |}"
WORDS += r"|{\fldrslt |\nestcell |\nestrow |{\header |{\shptxt |{\pict |\bin5 "
WORDS += r"|{\*\objdata 00|甲|\uc0 "


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS.split("|")), max_size=60).map("".join))
def test_any_words_in_any_order_are_read_or_refused_and_nothing_else(body: str) -> None:
    with contextlib.suppress(Unreadable):
        read(rtf(body))


def test_bytes_changed_anywhere_are_read_or_refused_and_nothing_else() -> None:
    chance = random.Random(6)
    whole = rtf(
        r"{\header 页眉\par}" + row("甲", "乙", edges=("900", "1800")) + r"{\field 域}\par" * 9
    )
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(chance.choice((1, 5, 30))):
            broken[chance.randrange(8, len(broken))] = chance.randrange(256)
        with contextlib.suppress(Unreadable):
            read(bytes(broken))
