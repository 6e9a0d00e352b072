"""Homes, people and exact coordinates in lists of where equipment is to stand. All invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Block, Reading
from tenderlight.personal import find_personal, mask
from tenderlight.plain import MASK
from tenderlight.reading import read_document


def lines(text: str) -> Reading:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    return Reading(text=text, blocks=tuple(blocks), media_type="text/plain")


def hidden_in(reading: Reading) -> list[str]:
    return [reading.text[each.start : each.end] for each in find_personal(reading)]


def column(head: str, *cells: str) -> list[str]:
    """What is hidden of the cells of a column."""
    rows = "".join(f"<tr><td>{n}</td><td>{cell}</td></tr>" for n, cell in enumerate(cells, 1))
    page = f"<table><tr><td>序号</td><td>{head}</td></tr>{rows}</table>"
    return hidden_in(read_document(page.encode(), "notice.html"))


@pytest.mark.parametrize(
    ("place", "hidden"),
    [
        ("王小明家门口", ["王小明"]),
        ("东湖村李四家", ["李四"]),
        ("东湖村3组12号赵小红住宅", ["3组12号", "赵小红"]),
        ("精神障碍患者周大勇家对面", ["周大勇"]),
        ("肇事者钱某某户", ["钱某某"]),
        ("重点人员：孙小二（已登记）", ["孙小二"]),
        ("艾力·吐尔逊家门口", ["艾力·吐尔逊"]),
        ("阳光小区3栋502室", ["3栋502室"]),
        ("阳光小区3号楼2单元501室门前", ["3号楼2单元501室"]),
    ],
)
def test_homes_and_people_are_hidden_in_columns_of_places(place: str, hidden: list[str]) -> None:
    assert column("安装位置", place) == hidden


@pytest.mark.parametrize(
    "place",
    [
        "王家湾小学门口",
        "李家村口",
        "人民路128号银行门前",
        "黄河路与长江路交叉口",
        "高家庄村委会",
        "东湖小区3栋东侧",
        "北山公园广场",
        "金山国家森林公园门口",
        "看守所3号楼",
        "马家具城门口",
        "管理人员和技术人员通道",
        "周边住户出入口",
        "方园宾馆门口",
    ],
)
def test_public_places_stay(place: str) -> None:
    assert column("点位名称", place) == []


def test_addresses_of_organisations_stay() -> None:
    assert hidden_in(lines("安装位置另行通知\n地址：建设路3栋502室\n某公司3栋502室")) == []
    assert hidden_in(lines("安装位置\n1\n阳光里3栋502室\n球机")) == ["3栋502室"]
    assert column("供应商地址", "建设路3栋502室") == []


def test_groups_of_people_are_no_names() -> None:
    assert column("重点人员", "涉毒人员", "上访人员", "学生") == []


def test_columns_of_dwellings_and_of_people_are_hidden_whole() -> None:
    assert column("家庭住址", "东湖镇城关村二组") == ["东湖镇城关村二组"]
    assert column("管控对象", "王小明", "某公司") == ["王小明"]


@pytest.mark.parametrize("label", ["家庭住址", "现住址", "居住地址", "户籍地址"])
def test_an_address_behind_a_label_of_a_dwelling_is_hidden(label: str) -> None:
    assert hidden_in(lines(f"{label}：东湖县城关镇某路1号，另行通知")) == ["东湖县城关镇某路1号"]
    assert hidden_in(lines(f"{label}：＿＿＿＿")) == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("点位坐标：119.8832,43.6127", ["119.8832", "43.6127"]),
        ("经度\n纬度\n119.88\n43.61\n球机", ["119.88", "43.61"]),
        ("东门 119.883215 43.612701 球机", ["119.883215", "43.612701"]),
        ("纬度：43.6127，经度：119.8832", ["43.6127", "119.8832"]),
        ("位于东经119°53′0.5″，北纬43°36′45″", ["119°53′0.5″", "43°36′45″"]),
        ("坐标系见附件，得分\n92.33\n45.67", []),
        ("得分 92.333 45.667", []),
        ("预算119.8832万元，首付43.6127万元", []),
        ("视场角45°30′，云台360°旋转", []),
        ("坐标系为CGCS2000，比例1:500", []),
    ],
)
def test_exact_coordinates_are_hidden(text: str, hidden: list[str]) -> None:
    assert hidden_in(lines(text)) == hidden


def test_columns_of_coordinates_go_on_over_the_page() -> None:
    table = "<table><tr><td>{}</td><td>{}</td></tr></table>"
    page = table.format("点位", "经度") + "<p>2</p>" + table.format("东门", "103.20")
    assert hidden_in(read_document(page.encode(), "notice.html")) == ["103.20"]


@pytest.mark.parametrize("head", ["经度", "坐标", "GPS坐标", "点位经纬度", "X坐标"])
def test_columns_of_coordinates_are_hidden_however_fine(head: str) -> None:
    assert column(head, "119.9", "37412345.12", "119°53′") == ["119.9", "37412345.12", "119°53′"]


@given(
    st.decimals(73, 135, places=5),
    st.decimals(3, 53, places=5),
    st.sampled_from([",", "，", "\n", " ", "、", "/"]),
    st.booleans(),
)
def test_no_pair_of_coordinates_is_left(
    longitude: object, latitude: object, between: str, swapped: bool
) -> None:
    pair = f"{latitude}{between}{longitude}" if swapped else f"{longitude}{between}{latitude}"
    reading = lines(f"点位坐标\n{pair}\n球机")
    shown = mask(reading.text, find_personal(reading))
    assert not re.search(r"\d", shown)
    assert len(shown) == len(reading.text)
    assert MASK in shown


def test_hostile_lists_are_read_in_time() -> None:
    for text in (
        "点位坐标 119.88 " * 20_000,
        "安装位置王" * 20_000,
        "家" * 50_000,
        "1组1号" * 9_000,
    ):
        find_personal(lines("点位\n" + text))
        find_personal(lines("点位\n" + "\n".join(text[n : n + 30] for n in range(0, 90_000, 30))))
