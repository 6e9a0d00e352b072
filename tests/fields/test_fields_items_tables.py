"""Layouts of item tables beyond the plain one. All invented."""

from __future__ import annotations

import pytest

from tenderlight.fields.items import find_items
from tenderlight.fields.items_cells import parse_quantity
from tenderlight.fields.layout import find_layout
from tenderlight.fields.makers import find_maker, makers
from tenderlight.model import Item, Problem
from tenderlight.reading import read_document


def read(page: str) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    reading = read_document(page.encode(), "notice.html")
    found, problems = find_items(reading, find_layout(reading))
    for item in found:
        for cited in (item.name, item.quantity, item.unit, item.total, item.lot, item.origin):
            if cited is not None:
                assert reading.text[cited.at.start : cited.at.end] == cited.at.text
    return found, problems


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def names(page: str) -> list[tuple[str, str | None]]:
    return [(i.name.value, str(i.quantity.value) if i.quantity else None) for i in read(page)[0]]


def test_a_row_gives_total_origin_maker_and_lot() -> None:
    page = table(
        "包号|货物名称|品牌|规格型号|产地|数量|单位|单价（元）|总价（元）",
        "1|双目相机|海康威視|X-1|浙江杭州|12|台|3800.5|45606",
    )
    (item,), problems = read(page)
    assert item.total is not None
    assert item.origin is not None
    assert item.lot is not None
    assert str(item.total.value.amount) == "45606"
    assert (item.origin.value, item.maker, item.lot.value) == ("浙江杭州", "hikvision", "1")
    assert problems == ()


def test_sums_that_are_ninefold_apart_are_left_out_and_told() -> None:
    page = table("名称|数量|单价（万元）|总价（元）", "双目相机|12|3800.5|45606")
    (item,), (problem,) = read(page)
    assert (item.unit_price, item.total) == (None, None)
    assert problem.code == "fields.item-sums-disagree"


def test_a_total_that_spans_rows_belongs_to_none_of_them() -> None:
    page = (
        "<table><tr><td>名称</td><td>数量</td><td>总价(元)</td></tr>"
        "<tr><td>双目相机</td><td>12台</td><td rowspan=2>90000</td></tr>"
        "<tr><td>存储</td><td>2套</td></tr></table>"
    )
    assert [item.total for item in read(page)[0]] == [None, None]


def test_prices_are_named_in_a_second_row() -> None:
    page = (
        "<table><tr><td>货物名称</td><td>数量</td><td colspan=2>报价(元)</td></tr>"
        "<tr><td></td><td></td><td>单价(元)</td><td>总价(元)</td></tr>"
        "<tr><td>双目相机</td><td>12</td><td>3800</td><td>45600</td></tr></table>"
    )
    (item,), _ = read(page)
    assert item.unit_price is not None
    assert item.total is not None
    assert (item.unit_price.value.amount, item.total.value.amount) == (3800, 45600)


def test_names_stand_at_the_left_and_items_beside_each_other() -> None:
    page = table("货物名称|双目相机|存储", "品牌|大华|甲牌", "数量|12台|2套", "单价(元)|3800|51000")
    assert names(page) == [("双目相机", "12"), ("存储", "2")]
    assert [item.maker for item in read(page)[0]] == ["dahua", None]


def test_the_head_is_printed_anew_on_every_page() -> None:
    head = "序号|名称|数量|单位"
    page = table(head, "1|双目相机|12|台", head, "2|存储|2|套")
    assert names(page) == [("双目相机", "12"), ("存储", "2")]


def test_a_table_goes_on_over_the_page_without_its_head() -> None:
    page = table("序号|名称|数量|单位", "1|双目相机|12|台") + "<p>- 2 -</p>"
    assert names(page + table("2|存储|2|套")) == [("双目相机", "12"), ("存储", "2")]
    other = page + "<p>评标专家由以下人员组成：</p>" + table("2|王某某|2|组长")
    assert names(other) == [("双目相机", "12")]


def test_a_lot_is_named_above_its_table_or_in_a_row_of_its_own() -> None:
    head = "名称|数量|单位"
    above = "<p>第一包：前端设备</p>" + table(head, "双目相机|12|台")
    inside = table(head, "第二包 后端设备|第二包 后端设备|第二包 后端设备", "存储|2|套")
    inside = inside.replace("<td>第二包 后端设备</td>" * 3, "<td colspan=3>第二包 后端设备</td>")
    lots = [item.lot.value for item in read(above + inside)[0] if item.lot]
    assert lots == ["第一包", "第二包 后端设备"]


def test_cells_that_spanned_rows_are_missing_in_a_table_that_lost_its_cells() -> None:
    gap = "\t" * 9
    cells = [
        "",
        "包号",
        "序号",
        "设备名称",
        "数量",
        "预算金额（万元）",
        "1",
        "1",
        "双目相机",
        "2台",
        "35.7",
    ]
    cells += ["2", "存储", "3套", "2", "1", "球形相机", "4台", "9.8", ""]
    page = f"<pre>一、采购内容：{gap.join(cells)}二、投标人的资格要求：略</pre>"
    assert names(page) == [("双目相机", "2"), ("存储", "3"), ("球形相机", "4")]


def test_broken_lines_inside_a_cell_are_not_gaps_between_cells() -> None:
    gap = "\t" * 9
    cells = ["", "名称", "简要规格描述", "数量", "用途", "预算金额\t\t\t（万元）"]
    cells += ["双目相机", "焦距：\t\t\t\t\t\t8 毫米\t\t\t夜视", "1台", "巡查", "61"]
    assert names(f"<pre>{gap.join(cells)}</pre>") == [("双目相机", "1")]


def test_a_list_of_labels_is_one_item_for_each_name() -> None:
    page = "<h3>四、主要标的信息</h3>" + "".join(
        f"<p>名称：{name}</p><p>品牌：宇视</p><p>规格型号：{model}</p><p>数量：{count}</p>"
        for name, model, count in (("双目相机", "A-1", "12台"), ("球形相机", "B-2", "3台"))
    )
    found, _ = read(page)
    assert names(page) == [("双目相机", "12"), ("球形相机", "3")]
    assert [(i.maker, i.model.value if i.model else None) for i in found] == [
        ("uniview", "A-1"),
        ("uniview", "B-2"),
    ]


def test_services_have_a_name_and_no_number() -> None:
    head = "序号|标项名称|标的名称|服务范围|服务要求|服务时间|服务标准"
    row = "1|某县平台运维项目|平台运维服务|全县|见文件|一年|合格"
    second = "2|某县平台运维项目|线路维护服务|全县|见文件|一年|合格"
    assert names(table(head, row, second)) == [("平台运维服务", None), ("线路维护服务", None)]
    lines = "".join(f"<p>{cell}</p>" for cell in (*head.split("|"), *row.split("|")))
    assert names(f"<p>四、主要标的信息</p>{lines}<p>五、评审专家</p>") == [("平台运维服务", None)]


def test_brand_and_model_in_one_column_are_told_apart() -> None:
    page = table(
        "名称|品牌型号|数量",
        "双目相机|海康威视 DS-2CD3T46|2台",
        "支架|DS-1602|2个",
        "线缆|爱甲牌|2米",
    )
    said = [
        (i.brand.value if i.brand else None, i.model.value if i.model else None)
        for i in read(page)[0]
    ]
    assert said == [("海康威视", "DS-2CD3T46"), (None, "DS-1602"), ("爱甲牌", None)]


def test_the_better_name_counts_and_a_column_head_may_hold_the_unit() -> None:
    page = table("品目号|品目名称|采购标的|数量(单位)", "1-1|其他设备|双目相机|1(批)")
    (item,), _ = read(page)
    assert item.unit is not None
    assert (item.name.value, item.unit.value) == ("双目相机", "批")
    (item,), _ = read(table("名称|数量（台）", "双目相机|12"))
    assert item.unit is not None
    assert (item.unit.value, item.unit.rule) == ("台", "column head")


@pytest.mark.parametrize(
    "page",
    [
        table("序号|点位名称|经度|纬度|设备类型|数量", "1|东门|119.88|43.61|球机|4"),
        table("货物名称|数量|单位", "合计|12|台", "……||"),
        table("序号|付款节点|比例", "1|验收后|95%"),
    ],
)
def test_places_sums_and_schedules_are_no_items(page: str) -> None:
    assert names(page) == []


@pytest.mark.parametrize("printed", ["1-2台", "100*50", "1 000", "12:30", "约若干"])
def test_what_is_no_single_number_is_not_counted(printed: str) -> None:
    assert parse_quantity(printed) == (None, None)


def test_every_maker_is_known_by_each_of_its_words_alone() -> None:
    ids = [maker.id for maker in makers()]
    assert ids == sorted(set(ids))
    for maker in makers():
        for word in (maker.zh, maker.en, *maker.aliases):
            assert find_maker(word) == maker.id, word
        for start in maker.models:
            assert find_maker(None, start + "100") == maker.id, start


@pytest.mark.parametrize(
    ("brand", "maker"),
    [
        ("海康威视（HIKVISION）", "hikvision"),
        ("華為", "huawei"),
        ("ＤＡＨＵＡ", "dahua"),
        ("宇视牌", "uniview"),
        ("海康、大华、宇视或同档次", None),
        ("大华医疗", None),
        ("不指定", None),
        ("新华为民", None),
        ("", None),
    ],
)
def test_a_brand_counts_by_its_whole_word(brand: str, maker: str | None) -> None:
    assert find_maker(brand) == maker
