"""Lists of where equipment is to stand. All invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tenderlight.deployment import Deployed, find_deployment
from tenderlight.model import Block, Cited, Passage, Place, Reading
from tenderlight.reading import read_document
from tenderlight.technologies import load_definitions

DEFINITIONS = load_definitions()


def read(page: str, place: Place | None = None) -> tuple[Deployed, ...]:
    reading = read_document(page.encode(), "notice.html")
    found = find_deployment(reading, DEFINITIONS, place)
    for each in found:
        for cited in (each.category, each.devices, each.what, each.area, each.county):
            if cited is not None:
                assert reading.text[cited.at.start : cited.at.end] == cited.at.text
        assert reading.text[each.at.start : each.at.end] == each.at.text
    return found


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


Said = tuple[str, str | None, int | None, str | None]


def said(page: str) -> list[Said]:
    return [
        (
            each.at.text,
            each.category.value if each.category else None,
            int(each.devices.value) if each.devices else None,
            each.what.value if each.what else None,
        )
        for each in read(page)
    ]


PLACES: list[Said] = [("北山宾馆门口", "hotel", 2, "球机"), ("东湖小学东门", "school", 3, "枪机")]

PAGES = {
    "coordinates, kind and number": table(
        "序号|点位名称|经度|纬度|摄像机类型|数量",
        "1|北山宾馆门口|119.8832|43.6127|球机|2",
        "2|东湖小学东门|119.8901|43.6090|枪机|3台",
    ),
    "a place that says what it is by its column": table(
        "序号|监控点位置|设备名称|数量（台）|备注",
        "1|北山宾馆门口|球机|2|",
        "2|东湖小学东门|枪机|3|",
        "合计|||5|",
    ),
    "lost cells": "<p>附：高清摄像机点位</p>"
    + "".join(
        f"<p>{line}</p>"
        for line in (
            *("序号", "安装地点", "所属辖区", "设备类型", "数量"),
            *("1", "北山宾馆门口", "东关所", "球机", "2"),
            *("2", "东湖小学东门", "西关所", "枪机", "3", "二、工期"),
        )
    ),
    "wide spaces": "<p>序号　安装位置　摄像机类型　数量</p><p>1　北山宾馆门口　球机　2</p>"
    "<p>2　东湖小学东门　枪机　3</p><p>三、其他</p>",
    "over two pages": table("序号|安装位置|设备类型|数量", "1|北山宾馆门口|球机|2")
    + "<p>第 2 页</p>"
    + table("2|东湖小学东门|枪机|3"),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_places_are_read_in_every_layout(page: str) -> None:
    assert said(page) == PLACES


def test_columns_may_be_named_after_equipment() -> None:
    page = table("序号|小区名称|人脸抓拍机|道闸|备注", "1|阳光里|4|2|", "2|望湖花园|6||利旧")
    assert said(page) == [
        ("阳光里", None, 6, "人脸抓拍机、道闸"),
        ("望湖花园", "residential", 6, "人脸抓拍机"),
    ]


def test_names_may_stand_in_two_rows() -> None:
    page = (
        "<table><tr><td>序号</td><td>点位名称</td><td colspan=2>前端设备</td></tr>"
        "<tr><td></td><td></td><td>球机</td><td>枪机</td></tr>"
        "<tr><td>1</td><td>北山宾馆</td><td>2</td><td>1</td></tr></table>"
    )
    assert said(page) == [("北山宾馆", "hotel", 3, "球机、枪机")]


def test_several_columns_of_numbers_are_added_but_not_their_total() -> None:
    page = table("序号|点位名称|枪机数量|球机数量|合计", "1|北山宾馆|2|1|3")
    assert said(page) == [("北山宾馆", "hotel", 3, "枪机数量、球机数量")]
    page = table("序号|点位名称|枪机数量|球机数量|备注", "1|北山宾馆|2|1|利旧")
    assert said(page) == [("北山宾馆", "hotel", 3, "枪机数量、球机数量")]
    page = table("学校名称|监控点数|备注", "东湖小学|12|")
    assert said(page) == [("东湖小学", "school", 12, None)]


def test_a_name_that_is_also_a_countys_is_no_county() -> None:
    (row,) = read(table("点位名称|球机", "朝阳小区北京路口|2"))
    assert row.county is None


def test_a_cell_may_list_equipment_with_its_numbers() -> None:
    page = table(
        "场所类别|点位|经度|纬度|设备",
        "清真寺（上街）|正门|103.20|35.43|人脸抓拍机1、枪机2、拾音器1",
    )
    assert said(page) == [("正门", "religious", 4, "人脸抓拍机1、枪机2、拾音器1")]


def test_a_heading_inside_the_list_says_what_its_rows_are() -> None:
    page = (
        "<table><tr><td>序号</td><td>安装地点</td><td>球机</td></tr>"
        "<tr><td colspan=3>一、学校（2处）</td></tr><tr><td>1</td><td>东湖一校</td><td>2</td></tr>"
        "<tr><td>2</td><td>鸿福宾馆</td><td>1</td></tr></table>"
    )
    assert [category for _, category, *_ in said(page)] == ["school", "hotel"]


def test_coordinates_are_never_kept_finer_than_a_tenth() -> None:
    first, second, third = read(
        table(
            "序号|点位名称|经纬度|类型",
            "1|东门球机|119.8832,43.6127|路口",
            "2|西门球机|43.6127 119.8832|路口",
            "3|南门球机|19.8832,3.6127|路口",
        )
    )
    assert (first.longitude, first.latitude) == (Decimal("119.9"), Decimal("43.6"))
    assert (second.longitude, second.latitude) == (Decimal("119.9"), Decimal("43.6"))
    assert (first.has_coordinates, third.has_coordinates, third.longitude) == (True, False, None)


def test_a_row_is_of_the_county_that_it_names_and_the_notice_settles_which() -> None:
    at = Passage(text="福建省", part="body", start=0, end=3)
    province = Place(province=Cited(value="350000", at=at))
    page = table("点位名称|所属区域|球机", "江边路口|鼓楼区|2", "山脚路口|城关镇|1")
    alone = read(page)
    settled = read(page, province)
    assert [each.county for each in alone] == [None, None]
    assert settled[0].county is not None
    assert settled[0].county.value == "350102"
    assert [each.area.value if each.area else None for each in alone] == ["鼓楼区", "城关镇"]


@pytest.mark.parametrize(
    "page",
    [
        table("序号|名称|数量|单位|单价（元）", "1|摄像机|12|台|3800"),
        table("序号|设备名称|品牌|型号|数量|安装位置", "1|摄像机|甲牌|X-1|12|机房"),
        table("序号|付款节点|比例", "1|摄像机到货|30%"),
        table("标段|建设地点|建设内容|主要数量|投资（万元）", "1|东城|摄像机|60路|158"),
        table("序号|采购单位|地址|联系电话", "1|某局监控科|东路1号|13900001000"),
        table("序号|安装位置|数量", "1|一楼走廊空调|3"),
        table("序号|交货地点|货物|数量", "1|某局仓库|摄像机|3"),
        "<p>开标地点：三楼会议室，安装位置由采购人指定，摄像机12台。</p>",
    ],
)
def test_ordinary_tables_are_no_lists_of_places(page: str) -> None:
    assert read(page) == ()


def test_a_list_that_is_printed_twice_counts_once() -> None:
    page = PAGES["coordinates, kind and number"]
    assert len(read(page + "<p>附件：如下</p>" + page)) == 2


def test_a_number_too_large_for_a_place_is_not_believed() -> None:
    assert said(table("点位名称|摄像机数量", "东门|13900001000")) == [("东门", None, None, None)]


def test_hostile_lists_are_read_in_time() -> None:
    cells = "序号\n安装位置\n球机\n" + "\n".join(f"{n}\n某路口\n1" for n in range(1, 9000))
    blocks, at = [], 0
    for line in cells.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    reading = Reading(text=cells, blocks=tuple(blocks), media_type="text/plain")
    assert len(find_deployment(reading, DEFINITIONS)) == 8999
    for text in ("点位 " * 20_000, "序号\t点位\t" * 10_000, "序号安装位置数量\n" * 10_000):
        read(f"<pre>{text}</pre>")
