"""What office formats share: numbers of lists, cells told from edges, pictures, fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.reading.office.cells import Edges, place_cells
from tenderlight.reading.office.counting import chinese, count
from tenderlight.reading.office.lists import Level, Numbering, labelled
from tenderlight.reading.office.officeart import bitmap_file, pictures_in

DIGITS = {each: value for value, each in enumerate("零一二三四五六七八九")}
UNITS = {"十": 10, "百": 100, "千": 1000}


def value_of(words: str) -> int:
    """Chinese number words read back."""
    total = part = digit = 0
    for each in words:
        if each == "万":
            total, part, digit = (part + digit) * 10_000, 0, 0
        elif each in UNITS:
            part, digit = part + (digit or 1) * UNITS[each], 0
        else:
            digit = DIGITS[each]
    return total + part + digit


@given(st.integers(0, 99_999))
def test_chinese_numbers_mean_the_number_that_they_were_made_from(number: int) -> None:
    assert value_of(chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (3, "chineseCounting", "三"), (11, "chineseCountingThousand", "十一"),
        (110, "chineseCounting", "一百一十"), (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"), (2, "ideographZodiac", "丑"),
        (7, "decimalEnclosedCircle", "⑦"), (36, "decimalEnclosedCircle", "㊱"),
        (60, "decimalEnclosedCircle", "60"), (9, "decimalEnclosedParen", "⑼"),
        (4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (28, "upperLetter", "BB"),
        (2, "russianLower", "б"), (12, "ordinal", "12th"), (5, "decimalZero", "05"),
        (5, "decimalFullWidth", "５"), (2024, "ideographDigital", "二〇二四"), (5, "none", ""),
        (5, "unheard-of", "5"),
    ],
)  # fmt: skip
def test_numbers_are_printed_as_word_prints_them(number: int, form: str, printed: str) -> None:
    assert count(number, form) == printed


def test_lower_levels_begin_anew_unless_the_list_says_otherwise() -> None:
    levels = [Level("%1"), Level("%1.%2"), Level("%3)", restart=1), Level("%4", restart=0)]
    numbering = Numbering({"1": levels})
    asked = [0, 1, 2, 3, 1, 2, 3, 0, 2, 3]
    assert [numbering.label("1", level) for level in asked] == [
        "1", "1.1", "1)", "1", "1.2", "2)", "2", "2", "1)", "3",
    ]  # fmt: skip


def test_lists_of_one_definition_count_on_and_a_stated_start_is_kept() -> None:
    numbering = Numbering(
        {"1": [Level("%1")], "2": [Level("%1")], "3": [Level("%1")]},
        counted_as={"1": "d", "2": "d", "3": "d"},
        starts={("3", 0): 7},
    )
    assert [numbering.label(name, 0) for name in "1212331"] == ["1", "2", "3", "4", "7", "8", "9"]
    assert numbering.label("4", 0) == ""
    assert numbering.label("1", 5) == ""


def test_a_number_is_parted_from_the_text_only_where_both_would_run_together() -> None:
    assert labelled("1.1", "2024年") == "1.1 2024年"
    assert labelled("1.", "采购人") == "1.采购人"
    assert labelled("(1)", "Wi-Fi") == "(1) Wi-Fi"
    assert labelled("●", "采购人") == "● 采购人"
    assert labelled("1", "", "tab") == "1"
    assert labelled("第1条", "2024", "nothing") == "第1条2024"


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=6), min_size=1, max_size=6))
def test_cells_of_a_row_stand_side_by_side_and_cover_their_columns(rows: list[list[int]]) -> None:
    edges = [[Edges(sum(row[:n]), sum(row[: n + 1])) for n in range(len(row))] for row in rows]
    for row in place_cells(edges):
        at = 0
        for cell in row:
            assert cell is not None
            assert cell.column == at
            assert cell.column_span >= 1
            at += cell.column_span


def test_edges_nearer_than_the_slack_are_one_and_a_broken_merge_is_a_cell() -> None:
    rows = [[Edges(0, 100), Edges(100, 200)], [Edges(2, 103, "continue"), Edges(103, 198)]]
    assert [[cell and cell.column for cell in row] for row in place_cells(rows, 5)] == [[0, 1]] * 2


def test_pictures_are_found_in_containers_and_drawings_are_named() -> None:
    png = b"\x89PNG" + bytes(20)
    blip = (0x6E00 << 0).to_bytes(2, "little") + (0xF01E).to_bytes(2, "little")
    body = bytes(17) + png
    record = blip + len(body).to_bytes(4, "little") + body
    emf = b"\0\0" + (0xF01A).to_bytes(2, "little") + (4).to_bytes(4, "little") + bytes(4)
    inner = record + emf
    held = b"\x0f\0" + (0xF004).to_bytes(2, "little") + len(inner).to_bytes(4, "little") + inner
    assert list(pictures_in(held)) == [("png", png), ("emf", b"")]
    assert bitmap_file((40).to_bytes(4, "little") + bytes(36)).startswith(b"BM")
