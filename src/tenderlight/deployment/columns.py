"""What the columns of a list of places are called, and which row names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

Column = Literal[
    "place", "spot", "category", "area", "longitude", "latitude", "coordinates", "devices", "what"
]

_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,16}[)\]]|[:*★▲\s]")
_DEVICE = (
    r"摄像机|摄像头|探头|球机|枪机|球型机|半球|抓拍机?|监控|卡口|人脸|人像|车牌|微卡|门禁|道闸|全景|云台|拾音器?|探针|嗅探|"
    r"围栏|侦码|感知|视频|高清|鹰眼|热成像|布控球|电子警察|一体机|采集终端|采集设备|喇叭|音柱|报警柱|RFID|无人机"
)
DEVICE = re.compile(_DEVICE, re.IGNORECASE)
"""Equipment that watches: a list of places is one of such equipment."""
_OWNED = r"(?:拟|计划|新建|新增|改造|现有|原)?"
_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("longitude", re.compile(r"^(?:东经|经度|longitude|lng|lon|x坐标|坐标x)$")),
    ("latitude", re.compile(r"^(?:北纬|纬度|latitude|lat|y坐标|坐标y)$")),
    ("coordinates", re.compile(r"经纬度|^(?:gps)?坐标(?:位置)?$|^地理坐标$|^gps$|^gps位置$")),
    (
        "devices",
        re.compile(
            rf"^{_OWNED}(?:安装|建设|设备|前端|点位|布设|需求|{_DEVICE})*(?:数量|台数|路数|个数|数目|点数|套数|总数)$"
            rf"|^{_OWNED}(?:点位|设备|前端|{_DEVICE})+数$|^数量及单位$|^[小合总]计$"
        ),
    ),
    (
        "place",
        re.compile(
            rf"^{_OWNED}(?:安装|点位|布点|布控|部署|布设|架设|装设|前端|设备|采集|{_DEVICE})+"
            r"(?:点位?|位置|地点|地址|场所|部位)(?:名称?|描述|说明|位置|地点|地址)?$|^点位(?:名称?|描述)?$"
        ),
    ),
    (
        "category",
        re.compile(
            r"^(?:场所|点位|位置|区域|地点|单位|部位|所属|建设|小区)?(?:类别|类型|性质|分类|种类|属性)$|^行业(?:类别)?$|^场所分类$"
        ),
    ),
    (
        "what",
        re.compile(
            rf"^(?:{_DEVICE}|前端|相机|设备|安装设备)+(?:类型|种类|类别|型式|名称|形式|配置|型号类型)?$|^(?:设备|安装设备|设备配置|前端设备|相机类型|配置)$"
        ),
    ),
    (
        "area",
        re.compile(
            r"^(?:所属|所在|管辖|归属)?(?:辖区|派出所|分局|乡镇|镇街|街道|乡镇街道|镇乡|县区|区县|县市区|市县|区域|行政区|社区|片区|村居|地区|中队|大队)"
            r"(?:名称)?$|^(?:所属|管辖|责任|辖区)单位$|^所属$"
        ),
    ),
    (
        "spot",
        re.compile(
            r"^(?:详细|具体|所在)?(?:位置|地点|地址|方位)(?:描述|名称)?$|^(?:场所|小区|学校|路口|路段|村庄?|行政村|宾馆|酒店|医院|企业|商户|单位)名称?$|^名称$"
        ),
    ),
)
_NOT_PLACES = re.compile(
    r"单价|总价|合价|金额|报价|品牌|规格|参数|型号(?!类型)|预算|限价|价格|付款|比例|联系人|联系电话|供应商|中标|投标|得分|评分|开标|交货|送货|合同|工期|税"
)
"""Where a column is called so, the table lists goods, sums or firms."""
_LONGEST_LABEL = 20
_MOST_COLUMNS = 24


class Head(NamedTuple):
    """What the columns of a list hold."""

    places: Mapping[Column, int]
    kinds: tuple[int, ...] = ()
    """Columns named after equipment, with its number in each row: 球机 | 枪机."""
    width: int = 0


def label_key(label: str) -> str:
    """A column's name as it is compared."""
    return _BRACKETS.sub("", label)


@lru_cache(maxsize=4096)
def column_of(label: str) -> Column | None:
    """What a column of that name holds; None: something else.

    >>> column_of("点位名称"), column_of("安装位置"), column_of("摄像机类型"), column_of("备注")
    ('place', 'place', 'what', None)
    """
    key = label_key(label)
    if not 0 < len(key) <= _LONGEST_LABEL:
        return None
    return next((column for column, pattern in _COLUMNS if pattern.search(key)), None)


def find_head(labels: Sequence[str]) -> Head | None:
    """The columns that a row of simplified labels names, if it is the head of a list of places.

    A column of places (点位, 安装位置) goes with one of coordinates, numbers, equipment, categories
    or areas; a mere 位置 or 名称 only with coordinates or equipment. A list with prices, brands or
    models is one of goods.

    >>> find_head(("序号", "点位名称", "经度", "纬度", "数量")) is not None
    True
    >>> find_head(("序号", "设备名称", "型号", "数量", "安装位置")) is None
    True
    """
    if not 2 <= len(labels) <= _MOST_COLUMNS or any(map(_NOT_PLACES.search, labels)):
        return None
    places: dict[Column, int] = {}
    kinds: list[int] = []
    for number, label in enumerate(labels):
        column = column_of(label)
        if _is_kind(label, column):
            kinds.append(number)
        elif column is not None and column not in places:
            places[column] = number
    counted = len(kinds) == 1 and column_of(labels[kinds[0]]) == "devices"
    if counted and "devices" not in places:
        places["devices"] = kinds.pop()
    return _settled(places, tuple(kinds), len(labels), counted)


def _is_kind(label: str, column: Column | None) -> bool:
    """Whether a column is named after one kind of equipment, of which it gives the number."""
    key = label_key(label)
    if column == "devices":
        return DEVICE.search(key) is not None
    return column == "what" and not re.search(r"类型|种类|类别|型式|名称|形式|配置|设备$", key)


def _settled(
    places: dict[Column, int], kinds: tuple[int, ...], width: int, counted: bool
) -> Head | None:
    known = set(places)
    located = bool(known & {"coordinates"}) or {"longitude", "latitude"} <= known
    told = known & {"devices", "category", "area"}
    equipped = bool(kinds) or counted or bool("what" in known and told)
    if "place" in known and (located or told or kinds or "what" in known):
        return Head(places, kinds, width)
    if "spot" in known and "place" not in known and (located or equipped):
        places["place"] = places.pop("spot")
        return Head(places, kinds, width)
    return None
