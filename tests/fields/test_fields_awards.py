from __future__ import annotations

from decimal import Decimal

import pytest

from tenderlight.fields.awards import find_awards
from tenderlight.fields.awards_suppliers import find_suppliers, is_organisation
from tenderlight.fields.layout import find_layout
from tenderlight.model import Award, Problem
from tenderlight.reading import read_document


def awards(page: str, notice_type: str | None = "award") -> tuple[Award, ...]:
    return _read(page, notice_type)[0]


def _read(page: str, notice_type: str | None) -> tuple[tuple[Award, ...], tuple[Problem, ...]]:
    reading = read_document(page.encode(), "notice.html")
    found, problems, rivals = find_awards(reading, find_layout(reading), notice_type)
    assert all(reading.text[r.at.start : r.at.end] == r.at.text for r in rivals)
    for award in found:
        for at in (award.supplier.at, award.printed, award.lot.at if award.lot else None):
            assert at is None or reading.text[at.start : at.end] == at.text
    return found, problems


def said(page: str, notice_type: str | None = "award") -> list[tuple[str, Decimal | None]]:
    return [
        (award.supplier.value, award.amount.amount if award.amount else None)
        for award in awards(page, notice_type)
    ]


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


A, B, C = "甲城安防科技有限公司", "乙城智能工程有限公司", "丙城信息技术有限公司"

ONE = {
    "label and value in two cells": table(
        "招标人:|某县水务局", f"中标人:|{A}", "中标价(元):|120500.50"
    ),
    "four cells to a row": table(f"中标人|{A}|中标价（元）|120500.50", "工期|30天|质量|合格"),
    "columns": table("序号|供应商名称|供应商地址|中标（成交）金额", f"1|{A}|东路1号|120500.50元"),
    "columns under a span": table(
        "序号|成交供应商|成交金额(万元)", f"1|{A}|12.05005", "合计||12.05005"
    ),
    "label: value lines": "<p>三、中标（成交）信息</p>"
    f"<p>供应商名称：{A}</p><p>供应商地址：东路1号</p>"
    "<p>中标（成交）金额：12.05005（万元）</p>",
    "price before supplier": "<p>中标金额：120500.50元</p>"
    f"<p>中标供应商：{A}</p><p>地址：东路1号</p>",
    "label and value on two lines": f"<p>中标供应商</p><p>{A}</p><p>中标金额</p><p>120500.50元</p>",
    "one line": f"<p>中标单位：{A}，中标金额：120500.50元，工期：30天。</p>",
    "prose": f"<p>经评审，确定{A}为成交供应商，成交金额为120500.50元。</p>",
    "prose of the offer": f"<p>由{A}以120500.50元中标。</p>",
    "section": f"<p>五、中标结果：</p><p>{A}，总价120500.50元。</p><p>六、其他</p><p>无</p>",
    "capitals": table(f"成交人|{A}", "成交价|人民币壹拾贰万零伍佰元伍角整（￥120,500.50）"),
    "total apart": "<p>总中标金额：￥12.050050 万元（人民币）</p>"
    + table("中标供应商|地址", f"{A}|东路1号"),
    "lost cells": "<p>序号</p><p>供应商名称</p><p>供应商地址</p><p>中标金额</p><p>得分</p>"
    f"<p>1</p><p>{A}</p><p>东路1号</p><p>报价：120500.50（元）</p><p>88.1</p><p>四、其他</p>",
}


@pytest.mark.parametrize("page", ONE.values(), ids=ONE.keys())
def test_one_winner_is_read_in_every_layout(page: str) -> None:
    assert said(page) == [(A, Decimal("120500.50"))]


def test_losers_scores_and_goods_are_not_winners() -> None:
    page = (
        "<p>一、中标信息</p>"
        + table("序号|中标供应商|中标金额（元）", f"1|{A}|100000")
        + "<p>二、各投标人得分情况</p>"
        + table("供应商名称|资格审查|得分", f"{A}|合格|90", f"{B}|合格|80")
        + "<p>三、未中标供应商</p>"
        + table("供应商名称|未中标原因", f"{C}|得分较低")
    )
    assert said(page) == [(A, Decimal(100000))]


def test_each_lot_has_its_winner_and_a_failed_lot_has_none() -> None:
    page = (
        "<p>分包号：1</p>"
        + table("废标原因|备注", "有效供应商不足三家|")
        + "<p>分包号：2</p>"
        + table("分包内容|金额（元）|成交供应商|地址", f"摄像机|￥30,000.00|{A}|东路")
        + "<p>分包号：3</p>"
        + table("分包内容|金额（元）|成交供应商|地址", f"存储|￥20,000.00|{B}|西路")
    )
    found = awards(page)
    assert [(a.lot.value[-1] if a.lot else None, a.supplier.value) for a in found] == [
        ("2", A),
        ("3", B),
    ]


def test_one_supplier_may_win_two_lots() -> None:
    page = table(
        "包号|中标供应商|中标金额（元）", f"包1|{A}|30000", f"包2|{A}|20000", f"包3|{B}|10000"
    )
    assert said(page) == [(A, Decimal(30000)), (A, Decimal(20000)), (B, Decimal(10000))]


def test_a_winner_that_is_told_twice_is_one_award() -> None:
    page = table("序号|成交供应商|成交金额(万元)", f"1|{A}|5.5") + (
        f"<p>中标供应商：{A}</p><p>中标金额：￥55,000.00（人民币伍万伍仟元整）</p>"
    )
    assert said(page) == [(A, Decimal(55000))]


def test_candidates_are_ranked_with_names_down_the_table() -> None:
    page = table(
        "排名|投标人名称|投标报价（万元）", f"第一名|{A}|10", f"第二名|{B}|11", f"第三名|{C}|12"
    )
    found = awards(page, "candidates")
    assert [(a.rank, a.supplier.value) for a in found] == [(1, A), (2, B), (3, C)]
    assert said(page, "candidates")[0][1] == 100000


def test_candidates_are_ranked_with_names_across_the_table() -> None:
    page = table(
        "中标候选人|第一名|第二名|第三名",
        f"投标人名称|{A}|{B}|{C}",
        "投标报价（元）|100000|110000|120000",
        "工期|30|40|50",
    )
    found = awards(page, "candidates")
    assert [(a.rank, a.supplier.value) for a in found] == [(1, A), (2, B), (3, C)]
    assert [amount for _, amount in said(page, "candidates")] == [100000, 110000, 120000]


def test_in_a_notice_of_award_only_the_first_candidate_wins() -> None:
    page = table(f"第一中标候选人|{A}", f"第二中标候选人|{B}", f"第三中标候选人|{C}")
    assert [name for name, _ in said(page)] == [A]


def test_past_contracts_of_candidates_are_not_awards() -> None:
    page = (
        "<p>一、中标候选人情况</p>"
        + table("序号|中标候选人名称|投标报价（元）", f"1|{A}|100000", f"2|{B}|110000")
        + "<p>二、中标候选人业绩</p>"
        + table("中标候选人名称|项目名称|合同金额（元）", f"{A}|旧项目|999999")
    )
    assert said(page, "candidates") == [(A, Decimal(100000)), (B, Decimal(110000))]


@pytest.mark.parametrize("notice_type", ["tender", "intention", "single_source", "termination"])
def test_an_intended_supplier_is_no_award(notice_type: str) -> None:
    assert awards(f"<p>拟定供应商名称：{A}</p><p>成交供应商：{A}</p>", notice_type) == ()


def test_a_contract_holds_its_contractor_and_not_the_buyer() -> None:
    page = f"<p>采购人（甲方）：某县公安局</p><p>供应商（乙方）：{A}</p><p>合同金额：27.8万元</p>"
    assert said(page, "contract") == [(A, Decimal(278000))]


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("中标价(%)", "98.10"),
        ("中标价(报价承诺)", "按收费标准（计价格[2002]10号）的48.95%计取"),
        ("中标单价（元）", "12.5"),
        ("成交金额", "3.4元/人份"),
    ],
)
def test_a_rate_or_a_unit_price_keeps_its_print_and_has_no_amount(label: str, printed: str) -> None:
    (award,), problems = _read(table(f"中标人|{A}", f"{label}|{printed}"), "award")
    assert award.amount is None
    assert award.printed is not None
    assert award.printed.text == printed
    assert problems == ()


def test_an_amount_whose_unit_is_not_certain_is_a_problem_and_not_a_guess() -> None:
    (award,), problems = _read(table(f"中标人|{A}", "中标价|8600"), "award")
    assert award.amount is None
    assert [problem.code for problem in problems] == ["fields.unit-unclear"]


def test_the_same_number_with_its_unit_elsewhere_makes_it_certain() -> None:
    page = "<p>总成交金额：86.5 万元</p>" + table("成交供应商|成交金额", f"{A}|86.5")
    assert said(page) == [(A, Decimal(865000))]


def test_a_gap_is_no_sum() -> None:
    (award,), problems = _read(table(f"中标人|{A}", "合同金额|0元 人民币"), "contract")
    assert award.amount is None
    assert problems == ()


def test_a_consortium_is_one_supplier_as_printed() -> None:
    page = table(f"中标人|{A}、{B}联合体", "中标价(元)|100000")
    assert said(page) == [(f"{A}、{B}联合体", Decimal(100000))]


@pytest.mark.parametrize("name", ["某 某", "王某某", "详见附件", "合格供应商名单", "120000元", ""])
def test_persons_and_notes_are_no_organisations(name: str) -> None:
    assert not is_organisation(name)


def test_a_list_of_names_is_so_many_suppliers() -> None:
    value = f"1、{A}；2、{B}"
    assert [value[s:e] for s, e in find_suppliers(value)] == [A, B]


def test_thousands_of_winners_are_read_in_time() -> None:
    lines = "".join(
        f"<p>中标人：某城{n}号安防有限公司</p><p>中标价：{n + 1}000元</p>" for n in range(5000)
    )
    assert len(awards(lines)) == 5000


def test_hostile_text_is_read_in_time() -> None:
    for text in ("中标", "公司", "第一中标候选人：", "、", "由", "1、"):
        awards(f"<p>{text * 40_000}</p>")


MORE = {
    "ranks in one value": f"<p>中标单位：第一名：{A}；第二名：{B}</p>",
    "name and price in one value": f"<p>成交供应商及成交金额：{A}，壹万元整（￥10000.00）</p>",
    "a column that says who won": table(
        "投标人名称|投标报价（元）|是否中标", f"{B}|9000|否", f"{A}|10000|是"
    ),
    "a contract of the national portal": f"<p>中标、成交供应商：{A}</p><p>合同金额：1.0(万元)</p>",
}


@pytest.mark.parametrize("page", MORE.values(), ids=MORE.keys())
def test_the_winner_is_told_from_the_others(page: str) -> None:
    assert [name for name, _ in said(page)] == [A]
    assert {amount for _, amount in said(page)} <= {None, Decimal(10000)}


def test_names_on_two_lines_with_one_price_are_one_consortium() -> None:
    page = table("序号|中标供应商|中标金额（元）", f"1|<p>{A}</p><p>{B}</p>|100000")
    assert said(page) == [(f"{A} {B}", Decimal(100000))]


def test_as_many_prices_as_names_are_shared_out() -> None:
    page = f"<p>中标供应商：包1：{A}；包2：{B}</p><p>中标金额：包1：30000元；包2：20000元</p>"
    assert said(page) == [(A, Decimal(30000)), (B, Decimal(20000))]


def test_candidates_under_their_ranks_have_the_price_below() -> None:
    page = table("标段|第一名|第二名", f"单位名称|{A}|{B}", "投标报价（万元）|10|11", "工期|30|40")
    assert said(page, "candidates") == [(A, Decimal(100000)), (B, Decimal(110000))]


def test_lots_across_the_table_have_their_own_winners() -> None:
    page = table("包号|包1|包2", f"中标供应商|{A}|{B}", "中标金额（元）|30000|20000")
    assert said(page) == [(A, Decimal(30000)), (B, Decimal(20000))]
    assert [a.lot.value for a in awards(page) if a.lot] == ["包1", "包2"]


def test_rows_that_have_lost_their_shape_begin_at_their_number() -> None:
    lines = ("序号", "中标候选人名称", "投标报价（元）", "负责人", "工期")
    rows = (
        *("1", f"牵头人：{A}", f"联合体成员：{B}", "100000", "项目：某某", "设计：某某", "30天"),
        *("2", C, "110000", "某某", "40天", "二、其他"),
    )
    page = "".join(f"<p>{line}</p>" for line in (*lines, *rows))
    assert said(page, "candidates") == [
        (f"{A} 联合体成员：{B}", Decimal(100000)),
        (C, Decimal(110000)),
    ]


def test_brackets_in_a_label_are_read_one_by_one() -> None:
    page = table("序号|中标（成交）金额(元)|中标供应商名称", f"1|报价：19386000(元)|{A}")
    assert said(page) == [(A, Decimal(19386000))]


def test_a_notice_in_english_has_its_supplier() -> None:
    name = "Jiacheng Security Technology Co.,Ltd."
    page = table("Lot|Supplier|Contract price (CNY)", f"1|{name}|2,146,000.00")
    assert said(page) == [(name, Decimal(2146000))]


def test_a_unit_above_the_table_is_that_of_its_sums() -> None:
    page = "<p>单位：万元</p>" + table("序号|中标供应商|中标金额", f"1|{A}|35.5")
    assert said(page) == [(A, Decimal(355000))]


def test_another_company_of_the_contract_does_not_take_the_price() -> None:
    page = table(f"中标人|{A}", f"监理单位|{B}", "中标价（万元）|10")
    assert said(page) == [(A, Decimal(100000))]


def test_a_table_of_goods_names_its_supplier_but_not_its_price() -> None:
    page = table(
        "供应商名称|货物名称|品牌|单价(元)|中标金额(元)",
        f"{A}|相机|甲牌|500|1000",
        f"{A}|存储|乙牌|900|1800",
    )
    assert said(page) == [(A, None)]


def test_lots_before_names_on_lines_are_told_apart() -> None:
    page = f"<p>第一包：{A}  中标金额：30万元</p><p>第二包：{B}  中标金额：20万元</p>"
    assert said(page) == [(A, Decimal(300000)), (B, Decimal(200000))]


def test_a_correction_does_not_give_the_winner_that_it_replaces() -> None:
    assert awards(f"<p>更正内容：原公告中标供应商：{A}</p>", "correction") == ()


def test_candidates_told_in_a_sentence_are_ranked() -> None:
    page = (
        f"<p>推荐{A}为第一成交候选人，报价为100000元；推荐{B}为第二成交候选人，报价为110000元。</p>"
    )
    assert said(page, "candidates") == [(A, Decimal(100000)), (B, Decimal(110000))]
