from __future__ import annotations

from decimal import Decimal

import pytest

from tenderlight.fields.items import find_items, parse_quantity
from tenderlight.fields.layout import find_layout
from tenderlight.model import Item
from tenderlight.reading import read_document


def items(page: str) -> tuple[Item, ...]:
    reading = read_document(page.encode(), "notice.html")
    found, _ = find_items(reading, find_layout(reading))
    for item in found:
        at = item.name.at
        assert reading.text[at.start : at.end] == at.text
    return found


def said(page: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (
            item.name.value,
            str(item.quantity.value) if item.quantity else None,
            item.unit.value if item.unit else None,
            str(item.unit_price.value.amount.normalize()) if item.unit_price else None,
        )
        for item in items(page)
    ]


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


CAMERA = [("双目相机", "12", "台", "3800.5"), ("存储", "2", "套", "5.1E+4")]

LOST = (
    *("序号", "名称", "数量", "单位", "单价（元）", "1", "双目相机", "12", "台", "3800.50"),
    *("2", "存储", "2", "套", "51000", "三、其他"),
)

PAGES = {
    "a table": table(
        "序号|名称|数量|单位|单价（元）", "1|双目相机|12|台|3,800.50", "2|存储|2|套|51000"
    ),
    "prices in 万元, a total, a note": table(
        "包号|货物名称|数量|单位|单价限价（万元）",
        "1|双目相机|12|台|0.38005",
        "1|存储|2|套|5.1",
        "合计||14||14.76",
        "备注|以上含安装|||",
    ),
    "number and unit in one cell": table(
        "名称|数量/单位|单价（元）", "双目相机|12台|3800.50", "存储|2套|51000元/套"
    ),
    "a name of its own": table(
        "序号|设备/软件|数量|单位|参考价（元）", "1|双目相机|12|台|3800.50", "2|存储|2|套|51000"
    ),
    "lost cells": "".join(f"<p>{line}</p>" for line in LOST),
    "wide spaces": "<p>名称　数量　单位　限价（元）</p><p>双目相机　12　台　3800.50</p>"
    "<p>存储　2　套　51000</p><p>交货期：30天</p>",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_items_are_read_in_every_layout(page: str) -> None:
    assert said(page) == CAMERA


def test_brand_and_model_have_their_columns() -> None:
    page = table("名称|品牌|规格型号|数量|单位", "双目相机|甲牌|X-1|12|台", "支架|/|—|12|个")
    first, second = items(page)
    assert first.brand is not None
    assert first.model is not None
    assert (first.brand.value, first.model.value) == ("甲牌", "X-1")
    assert (second.brand, second.model) == (None, None)


def test_a_first_column_that_spans_rows_is_a_category() -> None:
    page = (
        "<table><tr><td>包号</td><td>名称</td><td>数量</td></tr>"
        "<tr><td rowspan=2>1</td><td>双目相机</td><td>12</td></tr>"
        "<tr><td>存储</td><td>2</td></tr></table>"
    )
    assert [name for name, *_ in said(page)] == ["双目相机", "存储"]


def test_labels_name_an_item_too() -> None:
    page = "<p>中标标的名称：离心机</p><p>中标标的数量：1套</p>"
    assert said(page) == [("离心机", "1", "套", None)]


@pytest.mark.parametrize(
    "page",
    [
        table("标段|建设内容|主要数量|投资（万元）", "一标段|摄像机|60路|158"),
        table("序号|供应商名称|供应商地址|中标金额", "1|甲城科技有限公司|东路|9000元"),
        table("项目名称|某系统", "采购方式|公开招标"),
        table("姓名|职务|证书编号", "某某|组长|123"),
    ],
)
def test_tables_of_other_things_hold_no_items(page: str) -> None:
    assert items(page) == ()


def test_a_unit_price_without_a_certain_unit_is_left_out() -> None:
    assert said(table("名称|数量|单价", "双目相机|12|3800")) == [("双目相机", "12", None, None)]


def test_a_ceiling_beside_the_budget_of_a_row_is_no_price_of_one_piece() -> None:
    (found,) = items(table("名称|数量|预算金额（元）|最高限价（元）", "双目相机|12台|9,600|9,000"))
    assert found.quantity is not None
    assert found.unit_price is None
    (priced,) = items(table("名称|数量|最高限价（元）", "双目相机|12台|800"))
    assert priced.unit_price is not None


@pytest.mark.parametrize(
    ("printed", "number", "unit"),
    [
        ("1，500米", Decimal(1500), "米"),
        ("４台", Decimal(4), "台"),
        ("两套", Decimal(2), "套"),
        ("4.2", Decimal("4.2"), None),
        ("若干", None, None),
        ("", None, None),
    ],
)
def test_quantities(printed: str, number: Decimal | None, unit: str | None) -> None:
    assert parse_quantity(printed) == (number, unit)


def test_hostile_text_is_read_in_time() -> None:
    for text in ("数量", "<p>数量</p>", "1　", "名称　数量　"):
        items(f"<p>{text * 10_000}</p>")
