"""The yardstick itself: what counts as wrong, and what does not."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.reading import compare, values
from bench.reading.compare import Cell, covers, distance, fold, out_of_order, right_cells, without

few = st.text("采购人ab1", max_size=12)


@pytest.mark.parametrize("module", [compare, values])
def test_the_examples_in_the_benchmark_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def slow_distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[:], i
        for j, b in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
    return row[-1]


@given(few, few)
def test_the_distance_is_that_of_the_plain_table(one: str, other: str) -> None:
    assert distance(one, other) == slow_distance(one, other)


@given(few, few)
def test_errors_in_any_order_are_never_more_than_in_order(one: str, other: str) -> None:
    assert out_of_order(one, other) <= distance(one, other)


@given(st.text(max_size=30))
def test_a_folded_text_knows_where_its_characters_stood(text: str) -> None:
    folded = fold(text)
    assert len(folded.at) == len(folded.text)
    assert folded.at == sorted(folded.at)
    assert all(not text[at].isspace() for at in folded.at)


def cells(*rows: str) -> list[Cell]:
    return [
        Cell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row.split())
    ]


TRUE = cells("序号 名称", "1 球机", "2 枪机")


def test_a_table_is_right_with_its_head_printed_again() -> None:
    assert right_cells(TRUE, [cells("序号 名称", "1 球机", "序号 名称", "2 枪机")]) == 6


def test_a_table_in_two_parts_has_one_of_them_right() -> None:
    assert right_cells(TRUE, [cells("序号 名称", "1 球机"), cells("2 枪机")]) == 4


def test_a_cell_in_another_column_or_with_another_character_is_wrong() -> None:
    assert right_cells(TRUE, [cells("序号 名称", "球机 1", "2 枪机")]) == 4
    assert right_cells(TRUE, [cells("序号 名称", "l 球机", "2 枪机")]) == 5


def test_a_lost_span_is_wrong_unless_spans_do_not_count() -> None:
    wide = [Cell(0, 0, 1, 2, "合计")]
    narrow = [Cell(0, 0, 1, 1, "合计")]
    assert right_cells(wide, [narrow]) == 0
    assert right_cells(wide, [narrow], spans=False) == 1


PRINT = (100.0, 50.0, 160.0, 58.0)


@pytest.mark.parametrize(
    "drawn",
    [
        [(99.0, 48.0, 162.0, 60.0)],
        [(99.0, 48.0, 130.0, 60.0), (129.0, 48.0, 162.0, 60.0)],
    ],
)
def test_a_box_around_the_print_covers_it(drawn: list[tuple[float, float, float, float]]) -> None:
    assert covers(drawn, [PRINT])


@pytest.mark.parametrize(
    "drawn",
    [
        [],
        [(99.0, 48.0, 150.0, 60.0)],
        [(110.0, 48.0, 162.0, 60.0)],
        [(99.0, 54.0, 162.0, 66.0)],
        [(0.0, 0.0, 595.0, 842.0)],
        [(0.0, 48.0, 595.0, 60.0)],
        [(99.0, 48.0, 120.0, 60.0), (140.0, 48.0, 162.0, 60.0)],
    ],
)
def test_a_box_beside_the_print_or_far_larger_does_not(
    drawn: list[tuple[float, float, float, float]],
) -> None:
    assert not covers(drawn, [PRINT])


def test_heads_and_feet_of_pages_do_not_count_even_misread() -> None:
    text = "虚构样本 invented samp1e\n一、项目\n第1页\n虚构样本 invented sample\n内容第2页"
    left = without(text, ["虚构样本 invented sample", "第#页"], 2)
    assert fold(left).text == "一、项目内容"
