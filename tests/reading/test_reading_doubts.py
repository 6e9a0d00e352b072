"""Numbers in recognised pictures: right, or doubted for a reason. Every text here is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Doubt, Stretch
from tenderlight.reading.pages.doubts import find_doubts
from tenderlight.reading.pages.redundancy import is_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def guessed(text: str, unsure: str = "", sure: int = 98, low: int = 70) -> tuple[Stretch, ...]:
    """One stretch for each line; the characters of `unsure` are less so."""
    stretches, start = [], 0
    at = text.find(unsure) if unsure else -1
    for line in text.split("\n"):
        places = range(start, start + len(line))
        confidence = bytes(low if 0 <= at <= place < at + len(unsure) else sure for place in places)
        stretches.append(
            Stretch(start, start + len(line), 1, 0, 100, (0,) * (2 * len(line)), confidence)
        )
        start += len(line) + 1
    return tuple(stretches)


def doubted(text: str, unsure: str = "", low: int = 70) -> list[tuple[str, str]]:
    return [
        (text[doubt.start : doubt.end], doubt.why)
        for doubt in find_doubts(text, guessed(text, unsure, low=low))
    ]


def test_a_number_with_a_character_that_is_not_sure_is_doubted_as_a_whole() -> None:
    assert doubted("预算金额：128.50万元", unsure="8") == [("128.50万元", "unsure")]
    assert doubted("项目编号：XN-2021-001", unsure="0") == [("XN-2021-001", "unsure")]
    assert doubted("项目编号：某财采〔2021〕17号", unsure="财") == [
        ("某财采〔2021〕17号", "unsure")
    ]


def test_words_are_doubted_only_where_the_recogniser_hardly_believes_them() -> None:
    assert doubted("采购人：某市公安局", unsure="公", low=70) == []
    assert doubted("采购人：某市公安局", unsure="公安", low=40) == [("公安", "unsure")]


def test_what_a_document_states_itself_is_never_doubted() -> None:
    text = "2021年13月1日 91350100M000100Y48"
    stated = Stretch(0, len(text), 1, 0, 100, (0,) * (2 * len(text)))
    assert find_doubts(text, (stated,)) == ()
    assert find_doubts(text, ()) == ()


def test_places_count_from_the_beginning_of_the_whole_text() -> None:
    text = "说明\n2021年2月30日"
    assert find_doubts(text, guessed(text)[1:]) == (Doubt(3, 13, "no-date"),)


@pytest.mark.parametrize(
    "text",
    [
        "预算：1,280,000.00元（大写：人民币壹佰贰拾捌万元整）",
        "大写：壹佰贰拾捌万元整\n小写：¥1280000.00",
        "成交价128万元（壹佰贰拾捌万元整）",
        "成交金额(万元) 128.00 大写：壹佰贰拾捌万元整",
        "合同价款为人民币（大写）叁仟零伍拾元伍角整（¥3,050.50元）",
    ],
)
def test_sums_that_agree_with_their_words_need_no_sureness(text: str) -> None:
    assert doubted(text) == []
    assert doubted(text, unsure="128" if "128" in text else "050") == []
    assert doubted(text, unsure="壹佰" if "壹佰" in text else "叁仟") == []


@pytest.mark.parametrize(
    "text",
    [
        "预算：1,260,000.00元（大写：人民币壹佰贰拾捌万元整）",
        "大写：壹佰贰拾捌万元整\n小写：¥1260000.00",
        "成交价126万元（壹佰贰拾捌万元整）",
    ],
)
def test_sums_that_disagree_with_their_words_are_doubted_both(text: str) -> None:
    assert [why for _, why in doubted(text)] == ["capitals", "capitals"]


def test_words_that_are_no_sum_are_doubted() -> None:
    assert doubted("（大写：人民币壹佰贰捌拾万元整）") == [("壹佰贰捌拾万元整", "capitals")]
    assert doubted("大写：壹佰贰拾捌方元整。") == [("壹佰贰拾捌方元整", "capitals")]


def test_a_sum_in_the_next_line_is_another_one() -> None:
    assert doubted("大写：壹佰贰拾捌万元整\n最高限价：120万元") == []


@pytest.mark.parametrize(
    "day", ["2021年2月30日", "2021-13-01", "2021.04.31", "1021年4月3日", "202年4月3日"]
)
def test_days_that_no_calendar_has_are_doubted(day: str) -> None:
    assert doubted(f"公告日期：{day}") == [(day, "no-date")]


def test_a_weekday_is_held_against_its_day() -> None:
    assert doubted("2021年4月13日（星期二）") == []
    assert doubted("2021年4月18日（星期二）") == [("2021年4月18日（星期二", "no-date")]


@pytest.mark.parametrize(
    "text",
    [
        "2024年2月29日 09:30",
        "2021-04-13",
        "21年4月13日",
        "2021年12月",
        "XN-2021-13-01-001",
        "V2.13.45",
    ],
)
def test_days_that_there_are_and_numbers_that_are_no_days_are_not_doubted(text: str) -> None:
    assert doubted(text) == []


def test_a_credit_code_is_held_against_its_check_character() -> None:
    assert doubted("统一社会信用代码：91350100M000100Y43", unsure="M0") == []
    assert doubted("统一社会信用代码：91350100M000100Y48") == [("91350100M000100Y48", "checksum")]
    assert doubted("统一社会信用代码\n91350100M0O0100Y43") == [("91350100M0O0100Y43", "checksum")]
    assert doubted("统一社会信用代码：91350100M00100Y43") == [("91350100M00100Y43", "checksum")]


def test_a_credit_code_that_lost_a_character_is_doubted_in_the_column_of_codes() -> None:
    assert doubted("912350100M00100Y43\n91350100M000100Y43") == [("912350100M00100Y43", "checksum")]
    assert doubted("91350100M00010Y43") == [("91350100M00010Y43", "checksum")]


def test_a_number_that_only_has_the_length_of_a_credit_code_is_none() -> None:
    assert doubted("账号：620012345678901234") == []


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_no_single_misread_character_of_a_credit_code_fits(
    start: str, place: int, other: str
) -> None:
    codes = [start + last for last in ALPHABET if is_credit_code(start + last)]
    assert len(codes) == 1
    misread = codes[0][:place] + other + codes[0][place + 1 :]
    assert is_credit_code(misread) == (misread == codes[0])


@pytest.mark.parametrize(
    "sum_",
    [
        "1.280,000.00",
        "1,28,000.00",
        "12,3456元",
        "¥1.280.000.00",
        "61581000.5",
        "1,280,000.0",
        "12O,000元",
    ],
)
def test_sums_in_a_form_that_no_writer_uses_are_doubted(sum_: str) -> None:
    assert [why for _, why in doubted(f"合计：{sum_}")] == ["unsure"]


def test_separators_that_the_form_confirms_need_no_sureness() -> None:
    assert doubted("1,280,000.00", unsure=",") == []
    assert doubted("1,280.00", unsure=",") == []
    assert doubted("12,800元", unsure=",") == [("12,800元", "unsure")]
    assert doubted("1，280，000.00", unsure="，") == [("1，280，000.00", "unsure")]


def test_brackets_that_do_not_fit_are_doubted() -> None:
    assert doubted("编号：HXZC[2023}-7568") == [("HXZC[2023}-7568", "unsure")]
    assert doubted("编号：HXZC[2023]-7568") == []


def test_a_number_that_is_spelled_two_ways_is_doubted_wherever_it_stands() -> None:
    text = "项目编号：GZ2021O08\n第二页 GZ2021008\n另一个 GZ2021009"
    assert doubted(text) == [("GZ2021O08", "unsure"), ("GZ2021008", "unsure")]


@given(
    st.text("0123456789,.-元万亿年月日大写壹佰拾（）:：¥ \nOIxA", max_size=60), st.integers(0, 100)
)
def test_doubts_are_in_order_apart_and_inside_the_text(text: str, sure: int) -> None:
    doubts = find_doubts(text, guessed(text, sure=min(sure, 99)))
    ends = [0, *(doubt.end for doubt in doubts)]
    assert all(end <= doubt.start < doubt.end for end, doubt in zip(ends, doubts, strict=False))
    assert ends[-1] <= len(text)


def test_hostile_text_takes_little_time() -> None:
    for text in (
        "1" * 50_000,
        "大写壹佰" * 9_000,
        "1,1." * 12_000,
        "[2021" * 10_000,
        "2021年1月" * 8_000,
    ):
        find_doubts(text, guessed(text))
