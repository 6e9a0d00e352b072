"""What names and numbers of purchases say, and when two of them are one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.purchases.alike import Alike, same_buyer, same_name
from tenderlight.purchases.marks import read_lot, read_name
from tenderlight.purchases.numbers import is_extended, read_numbers

CORE = "青渡县虹膜采集设备"
PHASES = {"（二期）": ("期2",), "第三期": ("期3",), "Ⅱ期": ("期2",), "第二批次": ("批2",)}
PHASES |= {"第三季度": ("季3",), "一、二期": ("期1", "期2")}
YEARS = {"2019年度": (2019,), "（2022—2023年）": (2022, 2023), "2019-2020学年": (2019, 2020)}
YEARS |= {"二〇二〇年": (2020,)}
ROUNDS = {"（第二次）": 2, "（二次）": 2, "（重新招标）": 2, "第三次招标": 3}
LOTS = {"（第一标段）": ("1",), "采购包02": ("2",), "（A包）": ("a",)}
TYPES = ("公开招标公告", "中标（成交）结果公告", "废标公告", "政府采购合同公告", "更正公告", "")


@given(
    st.sampled_from([("", ()), *PHASES.items()]),
    st.sampled_from([("", ()), *YEARS.items()]),
    st.sampled_from([("", ()), *LOTS.items()]),
    st.sampled_from([("", 0), *ROUNDS.items()]),
    st.sampled_from(TYPES),
)
def test_marks_that_are_put_into_a_name_come_out_and_leave_the_same_core(
    phase: tuple[str, tuple[str, ...]],
    year: tuple[str, tuple[int, ...]],
    lot: tuple[str, tuple[str, ...]],
    again: tuple[str, int],
    type: str,
) -> None:
    name = read_name(f"{CORE}{phase[0]}{year[0]}{lot[0]}{again[0]}{type}")
    assert (name.parts, name.years, name.lots, name.round) == (phase[1], year[1], lot[1], again[1])
    assert name.core == CORE


@pytest.mark.parametrize(
    ("printed", "core"),
    [
        ("第三次全国国土调查", "第三次全国国土调查"),
        ("青渡县学期教材采购", "青渡县学期教材"),
        ("青渡县包装设备采购", "青渡县包装设备"),
        ("青渡县工期监理", "青渡县工期监理"),
        ("青渡县IP66摄像机", "青渡县ip66摄像机"),
    ],
)
def test_words_that_look_like_marks_stay_in_the_name(printed: str, core: str) -> None:
    name = read_name(printed)
    assert (name.core, name.parts, name.lots, name.round) == (core, (), (), 0)


def test_the_second_correction_is_no_second_round() -> None:
    name = read_name(f"{CORE}第二次更正公告")
    assert (name.core, name.round) == (CORE, 0)


def test_long_names_and_numbers_of_strangers_are_read_in_no_time() -> None:
    start = time.process_time()
    for piece in ("第一二三次（", "2019-", "（二期", "包A", "标段1", "招标公告(", "一"):
        read_name(piece * 50_000)
        read_lot(piece * 50_000)
        read_numbers(piece * 50_000)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "printed",
    [
        "XN-2016-044",
        "ＸＮ－２０１６－０４４",
        "xn - 2016 - 044",
        "XN-2016-044（二次）",
        "XN2016-044/01包",
    ],
)
def test_a_number_is_the_same_however_it_is_printed(printed: str) -> None:
    assert [each.core for each in read_numbers(printed)] == ["xn2016044"]


@pytest.mark.parametrize("printed", ["无", "详见附件", "/", ""])
def test_words_without_a_digit_are_no_number(printed: str) -> None:
    assert read_numbers(printed) == ()


def test_a_sequence_is_not_an_extension() -> None:
    first, tenth, second_lot = (
        read_numbers(each)[0] for each in ("XN-2017-1", "XN-2017-10", "XN-2017-1-B")
    )
    assert is_extended(first, second_lot)
    assert not is_extended(first, tenth)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东湖县公安局", "西湖县公安局"),
        ("青渡县第一中学", "青渡县第二中学"),
        ("玉屿县公安局交通警察大队", "兴屿县公安局交通警察大队"),
        ("云沅旗公安局交通警察大队", "云沅市公安局交通警察大队"),
        ("青渡县公安局", "青渡县教育局"),
    ],
)
def test_siblings_are_other_buyers(one: str, other: str) -> None:
    assert same_buyer(one, other) is Alike.OTHER


def test_the_city_may_stand_before_a_buyer() -> None:
    assert same_buyer("宜昌市青渡县公安局", "青渡县公安局") is Alike.SAME
    assert same_buyer("青渡县公安局", "") is Alike.UNKNOWN


def test_an_office_of_a_buyer_is_near_it_and_not_the_same() -> None:
    assert same_buyer("青渡县公安局", "青渡县公安局交通警察大队") is Alike.NEAR


@pytest.mark.parametrize("other", ["监理", "设计", "运维", "可行性研究报告编制", "扩容", "软件"])
def test_what_is_bought_around_a_project_is_another_thing(other: str) -> None:
    assert same_name(CORE, CORE + other) is Alike.OTHER


def test_a_misprint_is_near_and_a_shorter_name_is_only_a_part() -> None:
    assert same_name("青渡县公安局虹膜采集设备", "青渡县公安局虹莫采集设备") is Alike.NEAR
    assert (
        same_name("青渡县粮库门禁及消防系统", "青渡县粮库智能门禁巡查及库区消防系统") is Alike.PART
    )


@given(
    st.text("青渡县第一二中公安局虹膜采集设备东西", max_size=16),
    st.text("青渡县第一二中公安局虹膜采集设备东西", max_size=16),
)
def test_likeness_of_names_does_not_depend_on_their_order(one: str, other: str) -> None:
    assert same_name(one, other) is same_name(other, one)
    assert same_buyer(one, other) is same_buyer(other, one)
