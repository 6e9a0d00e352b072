"""Dates are understood in every way notices print them, and nothing else is taken for one."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.fields.moments import find_moment, moment_at
from tenderlight.plain import simplify


def moment(text: str) -> str | None:
    found = find_moment(simplify(text), 0, len(text))
    return found.value if found else None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2022-06-13", "2022-06-13"),
        ("2022/6/3 9:05", "2022-06-03 09:05"),
        ("2022.06.13", "2022-06-13"),
        ("2022年6月13日 15:19:20", "2022-06-13 15:19"),
        ("２０２２年６月１３日上午９时３０分", "2022-06-13 09:30"),
        ("2022年6月13日（星期一）下午3点", "2022-06-13 15:00"),
        ("2022年6月13上午9时30分", "2022-06-13 09:30"),
        ("202 6 年 3 月 1 7 日", "2026-03-17"),
        ("20260313 - 09:30:00", "2026-03-13 09:30"),
        ("二〇二一年十二月二十三日", "2021-12-23"),
        ("二○一八年十月十日", "2018-10-10"),
        ("二00九年七月十五日", "2009-07-15"),
        ("民國110年3月5日", "2021-03-05"),
        ("中華民國一百一十年三月五日", "2021-03-05"),
        ("下午16:00，2022年6月13日", "2022-06-13"),
    ],
)
def test_a_moment_is_understood(printed: str, value: str) -> None:
    assert moment(printed) == value


@pytest.mark.parametrize(
    "printed",
    ["", "见公告", "2022年13月1日", "2022年2月30日", "1234.56万元", "0371-6612-1234", "2022年6月"],
)
def test_what_is_no_date_gives_none(printed: str) -> None:
    assert moment(printed) is None


def test_a_moment_may_go_on_over_broken_lines() -> None:
    text = "2022年\n6月\n13日\n15:19"
    found = moment_at(text, 0, 5)
    assert found is not None
    assert found.value == "2022-06-13 15:19"


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 12, 31)))  # noqa: DTZ001
def test_every_minute_comes_back_from_three_ways_of_printing_it(when: datetime) -> None:
    value = f"{when:%Y-%m-%d %H:%M}"
    assert moment(value) == value
    assert (
        moment(f"{when.year}年{when.month}月{when.day}日{when.hour}时{when.minute:02}分") == value
    )
    assert moment(f"{when.year}/{when.month}/{when.day} {when.hour}:{when.minute:02}") == value


@given(st.text(alphabet="0123456789年月日时点:-/. 一二十百〇上下午民国\n", max_size=60))
def test_any_text_is_survived(text: str) -> None:
    moment(text)
