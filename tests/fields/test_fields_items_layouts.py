"""Tables of items made from what they say: what was put in is what comes out, or nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from tenderlight.fields.items import find_items
from tenderlight.fields.layout import find_layout
from tenderlight.model import Item
from tenderlight.reading import read_document

NAMES = (
    *(
        "高清网络球机",
        "人脸抓拍枪机",
        "汇聚交换机",
        "视频存储服务器",
        "立杆及基础",
        "光缆（24芯）",
        "管理软件V2.0",
    ),
    *(
        "双目虹膜采集仪",
        "A型执法记录仪",
        "UPS不间断电源",
        "接线\\电源盒",
        "★解析服务器",
        "4K解码器",
        "机柜",
    ),
)
BRANDS = ("甲安", "乙视", "海康威视", "大华", "DINGSHI", "丙科/同档次")
MODELS = ("XA-Q4", "DS-2CD3T46", "S3900-24T", "定制", "200*110mm", "7寸", "V3.2")
UNITS = ("台", "套", "个", "米", "项", "批")
ORIGINS = ("浙江杭州", "中国", "国产", "德国")
HEADS: dict[str, tuple[str, ...]] = {
    "ordinal": ("序号", "序", "编号"),
    "name": (
        "名称",
        "货物名称",
        "产品名称",
        "标的名称",
        "设备名称",
        "品名",
        "采购标的",
        "货物或服务名称",
    ),
    "brand": ("品牌", "参考品牌", "品牌（如有）"),
    "model": ("型号", "规格型号", "型号规格", "规格"),
    "quantity": ("数量", "采购数量"),
    "unit": ("单位", "计量单位"),
    "price": ("单价（元）", "单价(元)", "中标单价（元）"),
    "total": ("总价（元）", "合价(元)", "小计（元）"),
    "origin": ("产地", "原产地"),
    "note": ("备注",),
}
Rows = list[list[str]]


def made(chance: random.Random) -> tuple[list[str], Rows, list[dict[str, str]]]:
    """The columns, the head with its rows, and the truth."""
    optional = [
        c for c in ("brand", "model", "unit", "price", "total", "origin") if chance.random() < 0.6
    ]
    columns = ["name", *optional]
    columns.insert(chance.randint(1, len(columns)), "quantity")
    if chance.random() < 0.7:
        columns.insert(0, "ordinal")
    names = chance.sample(NAMES, chance.randint(1, 6))
    truth = []
    for number, name in enumerate(names, 1):
        count, price = chance.randint(1, 900), chance.randint(5, 90_000)
        row = {
            "ordinal": str(number),
            "name": name,
            "quantity": str(count),
            "note": "",
            "brand": chance.choice(BRANDS),
            "model": chance.choice(MODELS),
            "unit": chance.choice(UNITS),
            "price": f"{price:,}.00",
            "total": f"{price * count}.00",
            "origin": chance.choice(ORIGINS),
        }
        if "unit" not in columns and chance.random() < 0.5:
            row["quantity"] += row["unit"]
        truth.append(row)
    head = [chance.choice(HEADS[column]) for column in columns]
    return columns, [head, *([row[column] for column in columns] for row in truth)], truth


def html(rows: Rows) -> str:
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        + "</table>"
    )


def repeated(rows: Rows) -> str:
    middle = 1 + len(rows) // 2
    return html([*rows[:middle], rows[0], *rows[middle:]])


def two_pages(rows: Rows) -> str:
    middle = 1 + len(rows) // 2
    return html(rows[:middle]) + "<p>第 2 页</p>" + (html(rows[middle:]) if rows[middle:] else "")


def sideways(rows: Rows) -> str:
    return html([list(column) for column in zip(*rows, strict=True)])


def summed(rows: Rows) -> str:
    return html([*rows, ["合计", *["" for _ in rows[0][1:]]]])


def lines(rows: Rows) -> str:
    return "".join(f"<p>{cell}</p>" for row in rows for cell in row) + "<p>四、其他事项</p>"


def tabs(rows: Rows) -> str:
    gap = "\t" * 9
    cells = gap.join(cell for row in rows for cell in row)
    return f"<pre>一、采购内容：{gap}{cells}{gap}二、投标人的资格要求：略</pre>"


def spaced(rows: Rows) -> str:
    return "".join(f"<p>{'　'.join(row)}</p>" for row in rows) + "<p>四、其他事项</p>"


CELLED = (html, repeated, two_pages, sideways, summed)
FLAT = (lines, tabs, spaced)


def read(page: str) -> tuple[Item, ...]:
    reading = read_document(f"<h3>三、采购清单</h3>{page}".encode(), "notice.html")
    return find_items(reading, find_layout(reading))[0]


def wrong(items: tuple[Item, ...], columns: list[str], truth: list[dict[str, str]]) -> list[str]:
    """What is told and not so; what is not told is no fault here."""
    known = {row["name"]: row for row in truth}
    faults = []
    for item in items:
        row = known.get(item.name.value)
        if row is None:
            faults.append(f"no such item: {item.name.value}")
            continue
        said = {
            "brand": item.brand and item.brand.value,
            "model": item.model and item.model.value,
            "quantity": item.quantity and str(item.quantity.value),
            "unit": item.unit and item.unit.value,
            "price": item.unit_price and str(item.unit_price.value.amount),
            "total": item.total and str(item.total.value.amount),
            "origin": item.origin and item.origin.value,
        }
        true = {
            **row,
            "price": row["price"].replace(",", ""),
            "quantity": row["quantity"].rstrip("台套个米项批"),
        }
        faults += [
            f"{item.name.value}.{key}: {value} for {true[key]}"
            for key, value in said.items()
            if value is not None and value != true[key] and not _same(value, true[key])
        ]
    return faults


def _same(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return False


@pytest.mark.parametrize("layout", CELLED, ids=lambda layout: layout.__name__)
def test_what_was_put_into_a_table_comes_out(layout: Callable[[Rows], str]) -> None:
    for seed in range(50):
        chance = random.Random(f"{layout.__name__} {seed}")
        columns, rows, truth = made(chance)
        items = read(layout(rows))
        assert wrong(items, columns, truth) == [], seed
        assert [item.name.value for item in items] == [row["name"] for row in truth], (seed, rows)
        if "price" in columns:
            assert all(item.unit_price for item in items), (seed, rows)


@pytest.mark.parametrize("layout", FLAT, ids=lambda layout: layout.__name__)
def test_what_was_put_into_a_flat_table_comes_out(layout: Callable[[Rows], str]) -> None:
    there = expected = 0
    for seed in range(50):
        chance = random.Random(f"{layout.__name__} {seed}")
        columns, rows, truth = made(chance)
        items = read(layout(rows))
        assert wrong(items, columns, truth) == [], (seed, rows)
        there, expected = there + len(items), expected + len(truth)
    assert there >= 0.95 * expected, (there, expected)


@pytest.mark.parametrize("layout", FLAT, ids=lambda layout: layout.__name__)
def test_lost_cells_make_no_item_wrong(layout: Callable[[Rows], str]) -> None:
    for seed in range(80):
        chance = random.Random(f"lost {layout.__name__} {seed}")
        columns, rows, truth = made(chance)
        name = columns.index("name")
        kept = [rows[0]]
        for row in rows[1:]:
            cells = [c for n, c in enumerate(row) if n == name or chance.random() > 0.12]
            kept.append(cells)
        items = read(layout(kept))
        assert wrong(items, columns, truth) == [], (seed, kept)
