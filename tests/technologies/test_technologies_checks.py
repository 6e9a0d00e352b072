"""Figures that agree are never called a mismatch; figures that do not are, with both numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.stated.section import look, missed_mismatches
from tenderlight.model import Mismatch
from tenderlight.technologies import load_definitions
from tenderlight.technologies.checks import CHECKS, MOST_MISMATCHES
from tenderlight.technologies.quantities import LARGEST
from tenderlight.technologies.stated import MOST_ROUNDING, SLACK, agree, said

OURS = load_definitions()
ROWS = ["名称", "数量", "单位", "单价", "总价"]


def mismatches(text: str, table: list[list[str]] | None = None) -> tuple[Mismatch, ...]:
    return look({"text": text, "table": table} if table else {"text": text}, OURS).mismatches


def names(text: str, table: list[list[str]] | None = None) -> list[str]:
    return [one.check for one in mismatches(text, table)]


def test_mismatches_of_the_labelled_notices_are_shown_and_no_others() -> None:
    wrong = [fact for _, fact, right in missed_mismatches(OURS) if not right]
    assert wrong == []


def test_every_check_but_that_of_awards_is_tried_by_a_labelled_notice() -> None:
    tried = {fact for _, fact, _ in missed_mismatches(OURS)}
    assert {check.name for check in CHECKS} - tried == {"rows-by-award"}


def test_a_mismatch_tells_both_figures_and_takes_neither_away() -> None:
    text = "人脸识别平台日处理人脸2590万张，每分钟处理人脸18860张。"
    (one,) = mismatches(text)
    assert (one.stated, one.expected) == (Decimal(25_900_000), Decimal(27_158_400))
    for sentence in (one.en, one.zh):
        assert all(figure in sentence for figure in ("25,900,000", "27,158,400", "18,860"))
    assert one.at.text == "日处理人脸2590万张"
    assert [at.text for at in one.beside] == ["每分钟处理人脸18860张"]
    found = {(q.what, q.value) for q in look({"text": text}, OURS).quantities}
    assert found == {("faces_per_day", 25_900_000), ("faces_per_minute", 18_860)}


def test_what_is_said_of_figures_does_not_depend_on_the_order_of_sentences() -> None:
    parts = [
        "人脸平台日处理人脸2590万张。",
        "每分钟处理人脸18860张。",
        "人脸库由800万扩容至300万。",
    ]
    said_of = {tuple(sorted(names("".join(order)))) for order in (parts, parts[::-1])}
    assert said_of == {("from-to", "per-day-per-minute")}


@given(st.integers(1_000, 100_000))
def test_faces_a_minute_and_the_day_that_they_fill_agree(minute: int) -> None:
    text = f"人脸平台日处理人脸{minute * 1440}张，每分钟处理人脸{minute}张。"
    assert names(text) == []


@given(st.integers(1_000, 100_000), st.decimals("0.3", "3", places=3))
def test_faces_a_minute_and_a_day_that_they_do_not_fill_disagree(
    minute: int, share: Decimal
) -> None:
    assume(abs(share - 1) > SLACK + 2 * MOST_ROUNDING + Decimal("0.02"))
    text = f"人脸平台日处理人脸{int(minute * 1440 * share)}张，每分钟处理人脸{minute}张。"
    assert names(text) == ["per-day-per-minute"]


@given(st.integers(2, 999), st.integers(1, 99))
def test_spots_times_cameras_agree_with_their_product_and_with_nothing_else(
    spots: int, each: int
) -> None:
    assume(each > 1 and spots != each)
    text = "视频监控建设{}个路口，每个路口安装摄像机{}台，共计安装摄像机{}台。"
    assert names(text.format(spots, each, spots * each)) == []
    assert names(text.format(spots, each, spots * each + 7)) == ["cameras-by-spots"]


@given(st.integers(1, 9_999), st.decimals("1", "9999", places=2))
def test_quantity_times_price_agrees_with_its_product_and_with_no_other_sum(
    count: int, price: Decimal
) -> None:
    row = ["摄像机", str(count), "台", str(price), str(count * price)]
    assert names("视频监控采购。", [ROWS, row]) == []
    other = (count * price * Decimal("1.31") + 2).quantize(Decimal("0.01"))
    assert names("视频监控采购。", [ROWS, [*row[:4], str(other)]]) == ["price-by-quantity"]


@given(st.lists(st.integers(20, 500), min_size=3, max_size=6))
def test_the_sum_of_the_rows_agrees_with_the_total_of_the_text(counts: list[int]) -> None:
    rows = [[f"摄像机{chr(65 + n)}型", str(count), "台"] for n, count in enumerate(counts)]
    table = [ROWS[:3], *rows]
    assert names(f"视频监控，共安装摄像机{sum(counts)}台。", table) == []
    parts = {*counts, *(a + b for a in counts for b in counts)}
    assume(7 not in parts)
    assert names(f"视频监控，共安装摄像机{sum(counts) + 7}台。", table) == ["table-by-text"]


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_agreement_does_not_depend_on_which_figure_comes_first(one: int, other: int) -> None:
    assert agree(Decimal(one), Decimal(other)) == agree(Decimal(other), Decimal(one))
    assert agree(Decimal(one), Decimal(one))


@pytest.mark.parametrize("figure", ["1500", "25900000", "0.5"])
def test_a_figure_is_told_as_readers_write_it(figure: str) -> None:
    assert Decimal(said(Decimal(figure)).replace(",", "")) == Decimal(figure)


def test_mismatches_are_bounded_in_number() -> None:
    row = ["摄像机", "10", "台", "500", "6789"]
    assert len(names("视频监控采购。", [ROWS, *[row] * 60])) == MOST_MISMATCHES


def test_a_notice_that_watches_nobody_is_not_checked() -> None:
    assert names("办公桌采购。", [ROWS, ["办公桌", "10", "张", "500", "6789"]]) == []


def test_figures_without_end_are_no_figures_and_stop_nothing() -> None:
    digits = "9" * 40
    row = ["摄像机", "1.2345", "台", f"{'9' * 14}.11", f"{'8' * 14}.07"]
    text = f"视频监控：{digits}台摄像机，人脸库由{digits}万扩容至1万，每日处理人脸{digits}张。"
    for one in mismatches(text, [ROWS, row]):
        assert max(one.stated, one.expected) < LARGEST
        assert one.expected == round(one.expected, 4)
    found = look({"text": text + "摄像机9亿亿台。"}, OURS).quantities
    assert all(one.value < LARGEST for one in found)
