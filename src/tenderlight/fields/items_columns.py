"""What the columns of a table of items are called, and which row names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from tenderlight.fields.shapes import Cell

Column = Literal[
    "name",
    "brand",
    "model",
    "brand_model",
    "quantity",
    "unit",
    "price",
    "total",
    "origin",
    "maker",
    "lot",
    "listed",
]
Columns = Mapping[Column, int]
"""Where in a table's rows each thing stands."""

_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (
        "quantity",
        re.compile(
            r"^(?:采购|货物|标的|服务|计划|设备|需求|预计|合同|产品|中标|成交|招标|配置|购置|供货|总)?"
            r"(?:数量|数目|采购量|工程量|需求量|件数|台数|套数|台套数)"
            r"(?:及单位|/单位|、单位|和单位|单位)?$|^单位[及/、]数量$"
        ),
    ),
    ("unit", re.compile(r"^(?:计量|计价|数量)?单位$")),
    (
        "listed",
        re.compile(
            r"^单价、数量及规格型号$|^(?:数量|单价|规格型号)(?:[、及和/](?:数量|单价|规格型号)){2}$"
        ),
    ),
    (
        "price",
        re.compile(
            r"单价(?!组成|分析|构成|合计|审核)|^(?:最高)?限价$|^参考价格?$|^控制价$|^投标限价$|^每[台套个件]价格?$"
        ),
    ),
    (
        "total",
        re.compile(
            r"^(?:投标|中标|成交|合同|货物|设备|分项|含税|产品|项目)?(?:总价|合价|小计|合计|总金额|金额|总价款|合计金额|金额合计|价格合计|合计总价)$"
        ),
    ),
    (
        "brand_model",
        re.compile(
            r"^(?:参考|产品|设备|推荐|投标)?品牌(?:[/、及和与]?(?:产品)?(?:规格|型号)){1,2}$"
        ),
    ),
    (
        "origin",
        re.compile(
            r"^(?:原)?产地(?:[/、及和]国别)?$|^原产国(?:[/、及和]?(?:地区|产地))?$|^国别(?:[/、及和]产地)?$|^货物产地$"
        ),
    ),
    ("brand", re.compile(r"品牌|厂牌|商标|^牌子$")),
    (
        "maker",
        re.compile(
            r"^(?:产品|设备|货物)?(?:制造厂?商|生产厂?商|制造厂?家|生产厂家?|厂家|厂商|制造单位|生产企业|制造商名称|生产厂家名称)$"
        ),
    ),
    ("model", re.compile(r"^(?!简要|技术|主要).{0,4}(?:规格|型号)(?!描述|、?单价|要求及|、?数量)")),
    (
        "name",
        re.compile(
            r"^(?:采购|中标|成交|主要|招标|投标|供货)?(?:货物|产品|设备|物资|物品|标的物?|服务|商品|材料|仪器|系统|器材|品目|采购条目|"
            r"配置|软件|分项|子项|清单|采购内容|货品|耗材|配件|硬件|装备|模块|功能|设施|药品|试剂|器械|图书|货物设备|设备材料|"
            r"设备或材料|货物及服务|产品服务)?(?:的)?(?:名称|品名)$|"
            r"^(?:品名|货物|产品|设备|标的|品种|车型|物品|采购标的|采购品目|采购内容|设备清单|货物或服务名称|"
            r"货物[/、]服务名称|货物服务名称|名称及规格|项目内容|服务内容|标的内容|货物名称及规格|名称及型号|名称、?规格型号|"
            r"标的名称及规格|内容名称)$"
        ),
    ),
    (
        "lot",
        re.compile(
            r"^(?:分?包号|包组号?|包别|标段号?|标项号?|标包号?|分标号?|采购包号?|合同包号?|子包号?|包)$"
        ),
    ),
)
_CEILING = re.compile(r"^(?:(?:最高|投标)?限价|控制价|参考价格?)$")
_CONTENT = re.compile(r"^(?:分包内容|标段内容|包内容|成交内容|中标内容|标项内容)$")
"""The goods of a lot: a column of names only where another one lists prices and models."""
_BETTER = re.compile(r"^采购标的(?:名称)?$")
"""品目名称 beside it is the catalogue's word for the kind."""
_SERVICE = re.compile(r"^服务(?:范围|要求|时间|标准|期限|期)$")
"""Two of them beside a name tell of services, which have no number."""
_NOT_NAMES = re.compile(
    r"序|编号|包号|标段|:|\d|金额|预算|内容$|时间|日期|企业|公司|供应商|点位|位置|地点|地址|经度|纬度|坐标|单位|部门|学校$|姓名|人员"
)
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,16}[)\]]|[:*★▲●]")
_FOREIGN = re.compile(r"/?[a-z .]{3,40}$|/$")
_LONGEST = 16
_PLACED = re.compile(r"^(?:经度|纬度|坐标|经纬度|点位(?:名称|位置)?|安装(?:位置|地点|地址))")
"""Columns of a list of where things are to stand: a row of it is a place and no item."""


@lru_cache(maxsize=4096)
def column_of(label: str) -> Column | None:
    """What a column of that name holds; None: something else.

    >>> column_of("规格型号"), column_of("采购数量(台)"), column_of("备注")
    ('model', 'quantity', None)
    """
    key = column_key(label)
    if not 0 < len(key) <= _LONGEST:
        return None
    return next((column for column, pattern in _COLUMNS if pattern.search(key)), None)


def column_key(label: str) -> str:
    """A column's name without brackets, marks and its English translation."""
    return _FOREIGN.sub("", _BRACKETS.sub("", label))


def find_columns(row: Sequence[Cell | None]) -> Columns | None:
    """The columns that a row names, if it is the head of a table of items.

    It has a column of names, and one of quantities or two others.
    """
    places = named_columns(row)
    if not places:
        return None
    if (services := is_service_head(row)) is not None:
        places.setdefault("listed", services)
    if "name" not in places and (place := _unnamed(row, places)) is not None:
        places["name"] = place
    told = [column for column in places if column not in ("lot", "origin", "total", "maker")]
    if "name" not in places or len(told) < 2 or any(c and _PLACED.match(c.plain) for c in row):
        return None
    if "quantity" not in places and "listed" not in places and len(told) < 3:
        return None
    return places


def is_service_head(row: Sequence[Cell | None]) -> int | None:
    """The first of two columns that services have: 服务范围, 服务标准."""
    found = [n for n, cell in enumerate(row) if cell and _SERVICE.match(column_key(cell.plain))]
    return found[0] if len(found) > 1 else None


def named_columns(row: Sequence[Cell | None]) -> dict[Column, int]:
    """The columns of a row of names by what they hold; of two alike the first, but 采购标的."""
    places: dict[Column, int] = {}
    for number, cell in enumerate(row):
        column = column_of(cell.plain) if cell else None
        if column is None or cell is None:
            continue
        if column not in places or (column == "name" and _BETTER.match(cell.plain)):
            places[column] = number
    if "price" in places and _is_of_the_row(row, places["price"]):
        del places["price"]
    return places


def _is_of_the_row(row: Sequence[Cell | None], place: int) -> bool:
    """Whether a bare 最高限价 is that of the whole row: it stands beside the row's budget."""
    cell = row[place]
    if cell is None or not _CEILING.search(column_key(cell.plain)):
        return False
    keys = (column_key(each.plain) for each in row if each)
    return any("预算" in key and "单价" not in key for key in keys)


def _unnamed(row: Sequence[Cell | None], places: Columns) -> int | None:
    """The column of names under a name of its own, such as 设备/软件: that before the others."""
    if "listed" in places:
        found = (n for n, cell in enumerate(row) if cell and _CONTENT.match(column_key(cell.plain)))
        return next(found, None)
    if "quantity" not in places or len(places) < 2 or len(row) > _LONGEST:
        return None
    first = min(n for column, n in places.items() if column != "lot")
    if first == 0:
        return None
    cell = row[first - 1]
    if cell is None or not 1 < len(cell.plain) <= 12 or _NOT_NAMES.search(cell.plain):
        return None
    return first - 1
