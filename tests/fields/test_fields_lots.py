from __future__ import annotations

import pytest

from tenderlight.fields.layout import find_layout
from tenderlight.fields.lots import find_lots, lot_key
from tenderlight.reading import read_document


def lots(page: str) -> int | None:
    reading = read_document(page.encode(), "notice.html")
    found = find_lots(reading, find_layout(reading), "")
    return found.value if found else None


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("第一标段", "1"),
        ("包２", "2"),
        ("采购包：3", "3"),
        ("Ｂ包", "b"),
        ("标段（包）十二", "12"),
        ("II标段", "2"),
        ("分包号：02", "2"),
    ],
)
def test_one_lot_has_one_key(printed: str, key: str) -> None:
    assert lot_key(printed) == key


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("<p>本项目共分为3个标段。</p>", 3),
        ("<p>本项目划分为两个包</p>", 2),
        ("<p>7、标段划分：本项目设一个标段</p>", 1),
        ("<p>采购包1：前端</p><p>采购包2：后端</p>", 2),
        ("<p>更正标包：采购包1、采购包2、采购包3</p>", 3),
        ("<table><tr><td>包号</td><td>预算金额（元）</td></tr><tr><td>A</td><td>9000</td></tr>"
         "<tr><td>B</td><td>9000</td></tr></table>", 2),
        ("<p>预算金额：50万元</p>", None),
        ("<p>本项目为第二标段</p>", None),
        ("<p>包装1个，包括2种</p>", None),
    ],
)  # fmt: skip
def test_lots_are_counted_where_the_notice_says_so(page: str, count: int | None) -> None:
    assert lots(page) == count


def test_hostile_text_is_read_in_time() -> None:
    for text in ("包", "一标段", "标段1", "分为", "、"):
        lots(f"<p>{text * 40_000}</p>")
