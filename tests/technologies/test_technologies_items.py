"""Which rows of goods are a technology: by their name, their specification or their heading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_technologies_definitions import OURS

from tenderlight.fields import find_fields
from tenderlight.model import Findings, Item, ItemUse
from tenderlight.reading import read_document
from tenderlight.technologies import find_findings

HEAD = "<tr><th>序号</th><th>名称</th><th>技术参数</th><th>数量</th><th>单位</th></tr>"
TITLE = "赤岭县公安局社会面感知项目"


def page(rows: str, above: str = "二、采购清单") -> str:
    return f"<html><body><h1>{TITLE}</h1><p>{above}</p><table>{HEAD}{rows}</table></body></html>"


def row(name: str, says: str = "无", quantity: int = 4) -> str:
    cells = ("1", name, says, str(quantity), "台")
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def group(title: str) -> str:
    return f"<tr><td colspan=5>{title}</td></tr>"


def read_page(html: str) -> tuple[tuple[Item, ...], Findings]:
    reading = read_document(html.encode(), "page.html")
    fields = find_fields(reading, None)
    return fields.items, find_findings(reading, fields, OURS)


def uses(html: str) -> dict[str, list[str]]:
    items, findings = read_page(html)
    told: dict[str, list[str]] = {item.name.value: [] for item in items}
    for use in findings.items:
        told[items[use.item].name.value].append(use.id)
    return told


def rules(html: str) -> dict[str, str]:
    items, findings = read_page(html)
    return {items[use.item].name.value: use.rule for use in findings.items}


def test_a_row_is_what_its_name_says() -> None:
    html = page(row("虹膜采集仪") + row("办公桌"))
    assert uses(html) == {"虹膜采集仪": ["iris"], "办公桌": []}
    assert rules(html) == {"虹膜采集仪": "its name"}


def test_a_row_whose_name_says_nothing_is_what_its_specification_says() -> None:
    html = page(row("应用服务器", "支持人脸比对") + row("虹膜采集仪", "支持人脸抓拍"))
    assert uses(html) == {"应用服务器": ["facial-recognition"], "虹膜采集仪": ["iris"]}
    assert rules(html)["应用服务器"] == "its model or what is asked of it"


def test_parts_under_a_heading_belong_to_what_it_names_up_to_the_next_heading() -> None:
    html = page(
        group("一、人脸识别子系统")
        + row("安装支架")
        + row("监控专用硬盘")
        + group("二、网络部分")
        + row("接入交换机")
        + group("三、虹膜采集")
        + row("工作站")
    )
    assert uses(html) == {
        "安装支架": ["facial-recognition"],
        "监控专用硬盘": ["facial-recognition"],
        "接入交换机": [],
        "工作站": ["iris"],
    }
    assert rules(html)["安装支架"] == "the heading that it stands under"


def test_a_heading_of_a_lower_level_leaves_the_one_above_in_force() -> None:
    html = page(
        group("一、声纹系统")
        + group("（一）前端")
        + row("话筒底座")
        + group("（二）后端")
        + row("机柜")
        + group("二、装修")
        + row("吊顶")
    )
    assert uses(html) == {"话筒底座": ["voiceprint"], "机柜": ["voiceprint"], "吊顶": []}


def test_a_cell_beside_several_rows_is_their_heading() -> None:
    first = (
        "<tr><td rowspan=2>步态识别子系统</td><td>服务器</td><td>无</td><td>2</td><td>台</td></tr>"
    )
    more = "<tr><td>机柜</td><td>无</td><td>2</td><td>台</td></tr>"
    other = "<tr><td>其他</td><td>线缆</td><td>无</td><td>9</td><td>台</td></tr>"
    assert uses(page(first + more + other)) == {
        "服务器": ["gait-recognition"],
        "机柜": ["gait-recognition"],
        "线缆": [],
    }


def test_the_line_above_a_table_is_its_heading() -> None:
    assert uses(page(row("电源"), "（一）WiFi探针前端")) == {"电源": ["wifi-sniffer"]}


@pytest.mark.parametrize("title", ["一、人脸识别子系统（利旧）", "一、人脸识别部分另行采购"])
def test_a_heading_of_what_is_not_bought_gives_its_rows_nothing(title: str) -> None:
    html = page(row("人脸识别终端") + group(title) + row("机柜"))
    assert uses(html) == {"人脸识别终端": ["facial-recognition"], "机柜": []}


def test_the_name_of_the_whole_purchase_is_no_heading_of_its_rows() -> None:
    html = page(row("机柜"), "人脸识别系统").replace(TITLE, "人脸识别系统")
    assert uses(html) == {"机柜": []}


def test_a_row_counts_once_for_each_technology() -> None:
    html = page(row("人脸识别门禁（人脸抓拍、人脸比对）", "人脸布控"))
    assert [one.id for one in read_page(html)[1].items].count("facial-recognition") == 1


def test_a_row_that_is_struck_out_is_no_use() -> None:
    assert uses(page(row("虹膜采集仪（取消）") + row("声纹采集仪"))) == {
        "虹膜采集仪（取消）": [],
        "声纹采集仪": ["voiceprint"],
    }


def test_the_passage_of_a_use_is_the_printed_words() -> None:
    html = page(group("一、人脸识别子系统") + row("支架") + row("虹膜采集仪"))
    reading = read_document(html.encode(), "page.html")
    found: tuple[ItemUse, ...] = find_findings(reading, find_fields(reading, None), OURS).items
    assert [use.at.text for use in found] == ["人脸", "虹膜"]
    assert all(reading.text[use.at.start : use.at.end] == use.at.text for use in found)


TITLES = st.sampled_from(["一、人脸识别子系统", "（一）前端", "二、机房", "1.声纹系统", "合计"])
NAMES = st.sampled_from(["支架", "虹膜采集仪", "服务器", "人脸抓拍机"])


@given(st.lists(st.one_of(TITLES.map(group), NAMES.map(row)), max_size=12))
def test_no_table_breaks_the_reading_of_rows_and_none_is_counted_twice(rows: list[str]) -> None:
    items, findings = read_page(page("".join(rows)))
    pairs = [(use.item, use.id) for use in findings.items]
    assert pairs == sorted(set(pairs))
    assert all(0 <= item < len(items) for item, _ in pairs)
