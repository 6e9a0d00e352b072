"""Prints and comparisons: what is printed differently and reads the same is the same."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from tenderlight.plain import MASK
from tenderlight.specifications import compare, find_prints, rate_of, side_by_side, text_digest
from tenderlight.specifications.compare import RUN
from tenderlight.specifications.prints import WIDTH, letters_of, stretches

LETTERS = "人脸检测抓拍比对布控预警轨迹研判平台终端采集存储录像视频0123456789abcXYZ"
words = st.text(LETTERS, min_size=30, max_size=300)
marks = st.text("，。、；： \n\t（）·—＊", max_size=3)


@settings(deadline=None)
@given(words, st.lists(marks, min_size=300, max_size=300))
def test_marks_and_spaces_change_nothing(text: str, between: list[str]) -> None:
    spread = "".join(char + mark for char, mark in zip(text, between, strict=False))
    assert find_prints(spread) == find_prints(text)
    assert text_digest(spread) == text_digest(text)
    assert compare(text, spread).share == 1.0


@settings(deadline=None)  # the tables of characters are made at first use
@given(words)
def test_width_case_and_script_change_nothing(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text).upper()
    assert unicodedata.normalize("NFKC", wide).casefold() == text.casefold()
    assert find_prints(wide) == find_prints(text)
    assert find_prints(OpenCC("s2t").convert(text)) == find_prints(text)


@given(words, words, words)
def test_a_common_stretch_gives_common_prints_wherever_it_stands(
    before: str, text: str, after: str
) -> None:
    whole = before + text + after
    if rate_of(len(whole)) == rate_of(len(text)):
        assert set(find_prints(text)) <= set(find_prints(whole))
    likeness = compare(text, whole)
    assert likeness.letters[0] == likeness.of[0]


@given(words, words)
def test_comparing_is_the_same_from_both_sides(one: str, other: str) -> None:
    here, there = compare(one, other), compare(other, one)
    assert (here.first, here.second) == (there.second, there.first)
    assert here.shared == there.shared
    for text, of, stretches_ in ((one, other, here.first), (other, one, here.second)):
        folded = "".join(c for c in of.casefold() if c.isalnum())
        for start, end in stretches_:
            inside = "".join(c for c in text[start:end].casefold() if c.isalnum())
            assert len(inside) >= RUN
            assert inside[:RUN] in folded


@given(words)
def test_prints_are_few_and_lie_in_64_bits(text: str) -> None:
    prints = find_prints(text)
    assert list(prints) == sorted(set(prints))
    assert len(prints) <= len(letters_of(text)[0])
    assert all(-(2**63) <= each < 2**63 for each in prints)


def test_short_and_empty_texts_have_no_prints() -> None:
    assert find_prints("") == ()
    assert find_prints("人脸") == ()
    assert find_prints(MASK * 100) == ()
    assert len(stretches(letters_of("人" * WIDTH)[0], WIDTH)) == 1
    assert compare("", "").share == 0.0


@given(st.lists(st.text(LETTERS, max_size=20), max_size=12), st.lists(words, max_size=6))
def test_every_line_of_both_texts_stands_in_one_row(ones: list[str], others: list[str]) -> None:
    first, second = "\n".join(ones), "\n".join(others)
    rows = side_by_side(first, second)
    assert [first[slice(*row.first)] for row in rows if row.first] == [o for o in ones if o.strip()]
    assert [second[slice(*row.second)] for row in rows if row.second] == others


def test_moved_lines_still_count_as_common() -> None:
    lines = [f"第{n}项人脸检测单元须逐一编号留存并上传至平台{n * 7919}" for n in range(9)]
    assert compare("\n".join(lines), "\n".join(reversed(lines))).share > 0.99
