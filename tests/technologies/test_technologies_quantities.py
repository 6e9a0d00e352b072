"""Figures of the system, with their units, in all the ways in which they are printed."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stated.section import look, missed_quantities
from tenderlight.technologies import load_definitions
from tenderlight.technologies.quantities import MOST_QUANTITIES, parse_count

OURS = load_definitions()


def values(text: str, what: str, table: list[list[str]] | None = None) -> list[str]:
    found = look({"text": text, "table": table} if table else {"text": text}, OURS)
    return [str(one.value) for one in found.quantities if one.what == what]


@pytest.mark.parametrize(("name", "least"), [("quantities", 0.97), ("held", 0.93)])
def test_figures_of_the_labelled_sentences_are_found(name: str, least: float) -> None:
    told = list(missed_quantities(OURS, name))
    assert sum(right for *_, right in told) >= least * len(told)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("摄像机不少于320台", "320"),
        ("摄像机三百二十台", "320"),
        ("摄像机叁佰贰拾台", "320"),
        ("摄像机1,320路", "1320"),
        ("摄像机1.2万路", "12000"),
        ("摄像机200~320路", "320"),
        ("摄像机（400万像素、含支架）20台", "20"),
        ("320路摄像机", "320"),
        ("摄像机由200路增加到320路", "320"),
        ("摄像机数量\n320台", "320"),
        ("摄像机 | 320 | 台", "320"),
    ],
)
def test_a_number_is_read_however_it_is_printed(printed: str, value: str) -> None:
    assert values(f"视频监控项目：{printed}。", "cameras") == [value]


def test_a_number_of_each_spot_is_kept_beside_the_total() -> None:
    text = "视频监控：每处安装摄像机6台，共198台。"
    assert values(text, "cameras") == ["6", "198"]


def test_time_is_given_in_days_whatever_it_is_printed_in() -> None:
    assert values("视频监控录像保存三个月。", "storage_days") == ["90"]
    assert values("视频监控录像保存半年。", "storage_days") == ["180"]


def test_a_rate_says_for_which_time_it_holds() -> None:
    text = "人脸平台每秒处理人脸300张，每日处理人脸2000万张。"
    assert values(text, "faces_per_second") == ["300"]
    assert values(text, "faces_per_day") == ["20000000"]


def test_a_sum_of_money_is_no_size_of_a_library() -> None:
    assert values("人脸库预算500万元。人脸识别系统。", "face_library_size") == []


def test_rows_of_goods_count_by_their_own_numbers() -> None:
    table = [["名称", "数量", "单位"], ["高清摄像机", "40", "台"], ["摄像机支架", "40", "根"]]
    assert values("视频监控采购。", "cameras", table) == ["40"]


def test_a_price_list_without_end_gives_a_bounded_number_of_figures() -> None:
    text = "视频监控：" + "".join(f"摄像机{n}台，" for n in range(1, 500))
    assert len(values(text, "cameras")) == MOST_QUANTITIES


def test_hostile_figures_take_no_time() -> None:
    for text in ("摄像机" * 30_000, "摄像机" + "1" * 100_000, "摄像机(" * 20_000, "由1至" * 30_000):
        begun = time.process_time()
        look({"text": "视频监控。" + text}, OURS)
        assert time.process_time() - begun < 5


@given(st.integers(1, 9_999))
def test_a_number_in_chinese_letters_is_the_same_as_in_digits(number: int) -> None:
    assert parse_count(_chinese(number)) == parse_count(str(number)) == Decimal(number)


def _chinese(number: int) -> str:
    steps, digits, said = ("", "十", "百", "千"), "零一二三四五六七八九", ""
    printed = str(number)
    for place, digit in enumerate(printed):
        step = steps[len(printed) - place - 1]
        if digit != "0":
            said += digits[int(digit)] + step
        elif not said.endswith("零") and printed[place + 1 :].strip("0"):
            said += "零"
    return said
