"""Winners and prices in places of their own: lots in sentences, units in a second row, members."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tenderlight.fields.awards import find_awards
from tenderlight.fields.layout import find_layout
from tenderlight.reading import read_document

A, B = "甲城安防科技有限公司", "乙城智能工程有限公司"


def said(page: str) -> list[tuple[str, Decimal | None]]:
    reading = read_document(page.encode(), "notice.html")
    found = find_awards(reading, find_layout(reading), "award")
    return [(a.supplier.value, a.amount.amount if a.amount else None) for a in found.awards]


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


TWO = {
    "lots in one sentence": f"<p>一标段：{A}，中标金额30万元；二标段：{B}，中标金额20万元。</p>",
    "lots in two cells": table(
        f"中标供应商|第一包：{A}；第二包：{B}", "中标金额（元）|第一包：300000；第二包：200000"
    ),
    "lots on lines of cells": table(
        f"中标供应商|1包：{A}<br>2包：{B}", "中标金额|1包：30万元<br>2包：20万元"
    ),
    "two sentences": f"<p>第一包由{A}以30万元中标，第二包由{B}以20万元中标。</p>",
    "a unit in a second row": table(
        "序号|中标供应商|中标金额", "||（万元）", f"1|{A}|30", f"2|{B}|20"
    ),
    "rows kept apart by tabs": f"<pre>中标供应商\t中标金额（元）\n{A}\t300000\n{B}\t200000</pre>",
    "a table cut by a page": table("序号|中标供应商|中标金额（万元）", f"1|{A}|30")
    + table("序号|中标供应商|中标金额（万元）", f"2|{B}|20"),
}


@pytest.mark.parametrize("page", TWO.values(), ids=TWO.keys())
def test_each_winner_has_its_own_price(page: str) -> None:
    assert said(page) == [(A, Decimal(300_000)), (B, Decimal(200_000))]


def test_the_price_may_be_told_before_the_winner() -> None:
    assert said(f"<p>本项目中标金额为120万元，中标人为{A}。</p>") == [(A, Decimal(1_200_000))]


def test_a_fee_of_a_later_section_is_no_price() -> None:
    page = f"<p>一、中标信息</p><p>{A}</p><p>二、代理服务费</p><p>金额：21,700.00元</p>"
    assert said(page) == [(A, None)]


@pytest.mark.parametrize(
    "name", ["甲城通信股份有限公司湖心分公司", "甲城（集团）有限公司", "甲城集团股份有限公司"]
)
def test_branches_and_groups_are_named_whole_in_sentences(name: str) -> None:
    for told in (f"确定{name}为中标人", f"中标供应商为{name}"):
        assert said(f"<p>经评审，{told}，中标金额30万元。</p>") == [(name, Decimal(300_000))]


def test_the_column_of_members_is_no_winner() -> None:
    page = table("中标人（联合体牵头人）|联合体成员|中标金额（万元）", f"{A}|{B}|120")
    assert said(page) == [(A, Decimal(1_200_000))]


def test_a_code_in_brackets_is_no_part_of_the_name() -> None:
    page = f"<p>中标供应商：{A}（统一社会信用代码：11990000XN0000012B）</p><p>中标金额：120万元</p>"
    assert said(page) == [(A, Decimal(1_200_000))]
