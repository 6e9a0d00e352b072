"""Budget, ceiling, awards and lots of one notice, held against each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tenderlight.fields.layout import find_layout
from tenderlight.fields.sums import Sums, find_sums
from tenderlight.reading import read_document

A, B, C = "甲城安防科技有限公司", "乙城智能工程有限公司", "丙城信息技术有限公司"


def sums(page: str, notice_type: str = "award") -> Sums:
    reading = read_document(page.encode(), "notice.html")
    found = find_sums(reading, find_layout(reading), notice_type)
    for rival in found.rivals:
        assert reading.text[rival.at.start : rival.at.end] == rival.at.text
    return found


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def codes(found: Sums) -> list[str]:
    return [problem.code for problem in found.problems]


def lots(found: Sums) -> list[tuple[str, str | None, Decimal | None, Decimal | None]]:
    return [
        (
            lot.name.value,
            lot.title.value if lot.title else None,
            lot.budget.value.amount if lot.budget else None,
            lot.ceiling.value.amount if lot.ceiling else None,
        )
        for lot in found.by_lot
    ]


LOTS = table(
    "包号|包名称|预算金额（万元）|最高限价（万元）", "包1|视频监控|120|118", "包2|存储设备|80|78"
)


def test_lots_of_a_table_have_title_budget_and_ceiling() -> None:
    found = sums(LOTS, "tender")
    assert lots(found) == [
        ("包1", "视频监控", Decimal(1_200_000), Decimal(1_180_000)),
        ("包2", "存储设备", Decimal(800_000), Decimal(780_000)),
    ]
    assert found.budget is not None
    assert found.budget.value.amount == 2_000_000


@pytest.mark.parametrize(
    "page",
    [
        "<p>预算金额：第一包120万元，第二包80万元</p>",
        "<p>第一包：视频监控</p><p>预算金额：120万元</p><p>第二包：存储</p><p>预算金额：80万元</p>",
        "<p>采购包1：</p><p>采购包预算金额（元）：1,200,000.00</p>"
        "<p>采购包2：</p><p>采购包预算金额（元）：800,000.00</p>",
    ],
)
def test_lots_of_lines_have_their_own_budget(page: str) -> None:
    assert [budget for _, _, budget, _ in lots(sums(page, "tender"))] == [1_200_000, 800_000]


def test_lots_that_do_not_come_to_the_whole_are_shown() -> None:
    found = sums("<p>预算金额：210万元</p>" + LOTS, "tender")
    assert found.budget is not None
    assert found.budget.value.amount == 2_100_000
    assert codes(found) == ["fields.lots-total"]
    assert [(r.field, r.value) for r in found.rivals] == [("budget", "2000000")]


def test_awards_that_do_not_come_to_their_total_are_shown() -> None:
    rows = table("包号|中标供应商|中标金额（万元）", f"1|{A}|30", f"2|{B}|20")
    assert codes(sums("<p>总中标金额：￥50.000000万元（人民币）</p>" + rows)) == []
    found = sums("<p>总中标金额：￥60.000000万元（人民币）</p>" + rows)
    assert codes(found) == ["fields.lots-total"]
    assert [(r.field, r.value) for r in found.rivals] == [("awards", "600000")]


def test_an_award_that_its_budget_cannot_pay_is_left_out() -> None:
    found = sums(
        f"<p>预算金额：120万元</p><p>中标供应商：{A}</p><p>中标金额：1180000万元</p>", "award"
    )
    assert [(award.amount, award.why) for award in found.awards] == [(None, "unclear")]
    assert "fields.amounts-implausible" in codes(found) or "fields.unit-unclear" in codes(found)


def test_a_form_that_counts_yuan_as_ten_thousands_does_not_hide_the_price() -> None:
    found = sums(
        table("总中标金额|￥1200000.000000万元（人民币）")
        + f"<p>二、中标信息</p><p>供应商名称：{A}</p><p>中标金额：120.0000000（万元）</p>"
    )
    assert [a.amount.amount for a in found.awards if a.amount] == [1_200_000]
    assert codes(found) == ["fields.awards-disagree"]


def test_two_prices_of_one_winner_are_both_kept() -> None:
    page = f"<p>中标供应商：{A}</p><p>中标金额：120万元</p>"
    found = sums(page + table("供应商名称|中标金额（元）", f"{A}|1180000"))
    assert [(r.field, r.value) for r in found.rivals] == [("awards.0.amount", "1180000")]
    assert codes(found) == ["fields.awards-disagree"]


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("下浮率5.5%", "discount"),
        ("费率1.2%", "rate"),
        ("35元/人", "unit-price"),
        ("120万元/年", "per-year"),
        ("详见附件", "elsewhere"),
        ("0元", "zero"),
        ("35.8", "no-unit"),
        ("50-60万元", "range"),
        ("设计费：20万元；建安费：100万元", "unclear"),
    ],
)
def test_a_price_that_is_no_sum_says_why(printed: str, why: str) -> None:
    (award,) = sums(f"<p>中标供应商：{A}</p><p>中标金额：{printed}</p>").awards
    assert (award.amount, award.why) == (None, why)
    assert award.printed is not None
    assert award.printed.text == printed


def test_the_code_beside_a_name_is_that_suppliers() -> None:
    code = "11990000XN0000012B"
    beside = table("供应商名称|统一社会信用代码|中标金额（元）", f"{A}|{code}|1200000")
    below = f"<p>供应商名称：{A}</p><p>统一社会信用代码：{code}</p><p>中标金额：120万元</p>"
    for page in (beside, below):
        (award,) = sums(page).awards
        assert award.code is not None
        assert award.code.value == code


def test_codes_that_may_be_anybodys_are_nobodys() -> None:
    buyer = "<p>采购人：某县水务局</p><p>统一社会信用代码：11990000XN0000012B</p>"
    page = f"<p>中标供应商：{A}</p>{buyer}"
    assert [award.code for award in sums(page).awards] == [None]


def test_a_table_that_a_page_has_cut_is_read_as_one() -> None:
    head = "名次|第一名|第二名|第三名"
    page = table(head, f"投标人名称|{A}|{B}|{C}") + table(head, "投标报价（万元）|120|125|130")
    found = sums(page, "candidates").awards
    assert [a.amount.amount for a in found if a.amount] == [1_200_000, 1_250_000, 1_300_000]


def test_candidates_across_lines_have_the_price_in_their_place() -> None:
    lines = ["排名", "第一名", "第二名", "投标人名称", A, B, "投标报价（元）", "1200000", "1250000"]
    stacked = "".join(f"<p>{line}</p>" for line in lines)
    spaced = (
        f"<pre>排名\t第一名\t第二名\n投标人名称\t{A}\t{B}\n投标报价（元）\t1200000\t1250000</pre>"
    )
    for page in (stacked, spaced):
        found = sums("<p>一、中标候选人情况</p>" + page, "candidates").awards
        assert [(a.supplier.value, a.rank, a.amount and a.amount.amount) for a in found] == [
            (A, 1, 1_200_000),
            (B, 2, 1_250_000),
        ]


def test_hostile_lots_are_read_in_time() -> None:
    for text in ("包1 ", "第一包：", "采购包1预算金额：1万元；", "总中标金额：1万元 "):
        sums(f"<p>{text * 5_000}</p>")
