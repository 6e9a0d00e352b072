"""What is kept beside a budget: sums that disagree, and printed words that are no certain sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.fields.budget import SettledSum, find_budget, find_ceiling
from tenderlight.fields.budget_choice import are_units_apart
from tenderlight.fields.layout import find_layout
from tenderlight.reading import read_document


def budget(page: str) -> SettledSum:
    reading = read_document(page.encode(), "notice.html")
    return find_budget(reading, find_layout(reading))


def ceiling(page: str) -> SettledSum:
    reading = read_document(page.encode(), "notice.html")
    return find_ceiling(reading, find_layout(reading))


def amount(found: SettledSum) -> Decimal | None:
    return found.value.value.amount if found.value else None


def rivals(found: SettledSum) -> list[tuple[str, str]]:
    return [(rival.value, rival.rule) for rival in found.rivals]


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


SUMMARY = table("预算金额|￥120.000000万元（人民币）")
BODY = "<p>一、项目基本情况</p>"


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("详见采购文件", "elsewhere"),
        ("120", "no-unit"),
        ("50-60万元", "range"),
        ("100万元/年", "per-year"),
        ("每年100万元", "per-year"),
        ("35元/人", "unit-price"),
        ("0元", "zero"),
        ("120元", "unclear"),
        ("￥3.500000", "no-unit"),
    ],
)
def test_what_is_no_certain_sum_is_marked_with_the_reason(printed: str, why: str) -> None:
    found = budget(f"<p>预算金额：{printed}</p>")
    assert found.value is None
    assert [(marked.field, marked.why) for marked in found.unsettled] == [("budget", why)]
    assert found.unsettled[0].at.text in printed


def test_a_discount_in_the_place_of_a_ceiling_is_marked() -> None:
    found = ceiling("<p>最高限价：下浮率不低于5%</p>")
    assert [marked.why for marked in found.unsettled] == ["discount"]


def test_the_body_counts_before_the_summary_table() -> None:
    found = budget(SUMMARY + BODY + "<p>预算金额：102万元</p>")
    assert amount(found) == 1_020_000
    assert rivals(found) == [("1200000", "body before summary table")]
    assert [problem.code for problem in found.problems] == ["fields.budget-disagree"]


def test_what_most_places_state_counts_before_all() -> None:
    found = budget(SUMMARY + BODY + "<p>预算金额：102万元</p><p>采购预算：120万元</p>")
    assert amount(found) == 1_200_000
    assert rivals(found) == [("1020000", "most places")]


@pytest.mark.parametrize(
    "wrong", ["￥1200000.000000万元（人民币）", "￥0.012000万元", "￥120.00元", "1200000万元"]
)
def test_a_form_with_the_wrong_unit_does_not_hide_the_sum(wrong: str) -> None:
    found = budget(table(f"预算金额|{wrong}") + BODY + "<p>预算金额：120万元</p>")
    assert amount(found) == 1_200_000
    assert [rule for _, rule in rivals(found)] == ["the sum that a purchase may cost"]
    assert [problem.code for problem in found.problems] == ["fields.budget-disagree"]


def test_where_either_unit_may_be_right_neither_sum_is_taken() -> None:
    found = budget("<p>预算金额：50000元</p>" + BODY + "<p>预算金额：50000万元</p>")
    assert found.value is None
    assert [marked.why for marked in found.unsettled] == ["unclear"]
    assert {value for value, _ in rivals(found)} == {"50000", "500000000"}


def test_parts_that_come_to_the_whole_are_no_contradiction() -> None:
    page = "<p>采购预算：100万元，其中财政资金预算80万元，自筹资金预算20万元</p>"
    assert budget(page).problems == ()
    assert amount(budget("<p>2021年预算：40万元，2022年预算：60万元，总预算100万元</p>")) == 10**6


def test_the_total_of_all_years_counts_before_one_year() -> None:
    assert amount(budget("<p>年度预算：100万元/年，三年共计300万元</p>")) == 3_000_000
    assert amount(budget("<p>预算金额：每年100万元，三年共300万元。</p>")) == 3_000_000
    assert amount(budget("<p>预算金额：100万元，三年合计300万元。</p>")) == 3_000_000


def test_a_lot_that_cannot_be_read_leaves_no_total() -> None:
    for page in (
        "<p>包1：预算金额300万元</p><p>包2：预算金额详见附件</p>",
        "<p>预算金额：第一标段 300万元；第二标段 20</p>",
        table("包号|预算金额（万元）", "1|120", "2|详见附件"),
    ):
        found = budget(page)
        assert found.value is None
        assert len(found.unsettled) == 1


def test_many_lots_in_one_line_are_all_added() -> None:
    lots = "；".join(f"包{number}：{number}0万元" for number in range(1, 13))
    assert amount(budget(f"<p>预算金额：{lots}</p>")) == 7_800_000


def test_a_correction_keeps_what_it_replaces() -> None:
    for page in (
        "<p>原预算金额：100万元</p><p>现预算金额：120万元</p>",
        table("更正项|更正前内容|更正后内容", "预算金额|100万元|120万元"),
    ):
        found = budget(page)
        assert (amount(found), found.problems) == (1_200_000, ())
        assert rivals(found) == [("1000000", "corrected before original")]


def test_two_labels_with_two_sums_have_one_each() -> None:
    page = "<p>预算金额/最高限价：120万元/118万元</p>"
    assert (amount(budget(page)), amount(ceiling(page))) == (1_200_000, 1_180_000)


def test_capitals_that_disagree_leave_the_digits_as_a_rival() -> None:
    found = budget("<p>项目预算：人民币壹佰贰拾万元整（￥102000.00元）</p>")
    assert rivals(found) == [("102000", "capitals before digits")]


UNITS = {"元": 1, "万元": 10_000, "亿元": 10**8, "千元": 1000, "百万元": 10**6}


@given(
    st.integers(6_000, 9 * 10**8),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(["预算金额：{n}{u}", "采购预算（{u}）：{n}", "项目预算为人民币{n}{u}。"]),
    st.booleans(),
)
def test_a_printed_budget_comes_back_or_is_marked(
    yuan: int, unit: str, form: str, thousands: bool
) -> None:
    number = Decimal(yuan) / UNITS[unit]
    printed = f"{number:,}" if thousands else f"{number:f}"
    found = budget("<p>" + form.format(n=printed, u=unit) + "</p>")
    assert amount(found) in (yuan, None)
    assert found.value or found.unsettled


@given(st.integers(1, 10**9), st.integers(1, 9))
def test_powers_of_ten_are_units_apart_and_nothing_else_is(number: int, power: int) -> None:
    assert are_units_apart(Decimal(number), Decimal(number) * 10**power)
    assert not are_units_apart(Decimal(number), Decimal(number) * (10**power + 1))
