"""Whether two names of projects, or of buyers, can be the same: equal, near, other, or unknown."""

from __future__ import annotations

import enum
import re
from difflib import SequenceMatcher
from functools import lru_cache

LONG = 8
"""Characters from which a name may have a misprint and still be known."""
_PLACE_END = re.compile(r"(?:[省市县区旗州盟师团镇乡]|自治区|地区|中共|中国共产党)$")
_IN_PLACE = re.compile(r"[^省市县区旗州镇乡]?[省市县区旗州镇乡]")
"""What follows a character inside a place's name: 玉屿县 is not 兴屿县 with a misprint."""
_NAMED_PLACE = re.compile(r".[省市县区旗州盟](?!域|块|间)|[局院校厅委]|中学|小学|大学|街道|[乡镇]")
_UNIT_END = re.compile(r"[省市县区旗州盟局院校会所队处委厅室部站中心学]+$")
_TELLING = re.compile(
    r"[0-9a-z一二三四五六七八九十东西南北中上下左右前后内外新老大小甲乙丙丁男女省市县区旗州镇乡]"
)
"""Characters that tell siblings apart: 第一中学 and 第二中学, 东湖县 and 西湖县."""
_OTHER_THING = re.compile(
    r"监理|设计|勘察|勘测|检测|审计|造价|预算编制|运维|维护|维保|培训|评估|咨询|论证|测评|保险|监测|验收|租赁|扩容|升级|补充"
    r"|软件|硬件|土建|装修|配套|追加|增补|续|编制|研究|报告|规划|方案|评审|代理"
)
"""Words of which one name has more than the other: then they are two purchases of one matter."""

_THING = re.compile(
    r"声纹|指纹|掌纹|虹膜|人脸|足迹|笔迹|步态|雪亮|天网|平安|电子警察|电子围栏|电子眼"
)
"""Words that are a character or two apart and no misprints of each other: names that share none of
theirs are of two things."""


class Alike(enum.IntEnum):
    """How two values of one field stand to each other."""

    OTHER = 0
    UNKNOWN = 1
    PART = 2
    """One is the other with pieces left out: says something only beside a sum or a number."""
    NEAR = 3
    """A misprint, or an office of the same buyer."""
    SAME = 4


def same_buyer(one: str, other: str) -> Alike:
    """Whether two folded names are of one buyer.

    >>> same_buyer("宜昌市青渡县公安局", "青渡县公安局").name
    'SAME'
    >>> same_buyer("东湖县公安局", "西湖县公安局").name
    'OTHER'
    """
    if not one or not other:
        return Alike.UNKNOWN
    if one == other:
        return Alike.SAME
    short, long = sorted((one, other), key=len)
    if long.endswith(short) and len(short) >= 4 and _PLACE_END.search(long[: -len(short)]):
        return Alike.SAME
    if long.startswith(short) and len(short) >= 5:
        return Alike.NEAR
    return _misprinted(one, other)


def same_name(one: str, other: str, buyer: str = "") -> Alike:
    """Whether two cores of project names mean one thing; the buyer's name may stand before it.

    >>> same_name("青渡县公安局虹膜采集设备", "虹膜采集设备", "宜昌市青渡县公安局").name
    'SAME'
    >>> same_name("青渡县雪亮工程建设", "青渡县雪亮工程建设监理").name
    'OTHER'
    >>> same_name("青渡县指纹采集设备", "青渡县声纹采集设备").name
    'OTHER'
    """
    if not one or not other:
        return Alike.UNKNOWN
    if one == other:
        return Alike.SAME
    a, b = bare(one, buyer), bare(other, buyer)
    if a == b and len(a) >= 4:
        return Alike.SAME
    if set(_OTHER_THING.findall(a)) != set(_OTHER_THING.findall(b)):
        return Alike.OTHER
    if _misprinted(one, other) is not Alike.NEAR:
        return _shortened(a, b)
    mine, theirs = set(_THING.findall(a)), set(_THING.findall(b))
    return Alike.OTHER if mine and theirs and not mine & theirs else Alike.NEAR


def names_place(core: str) -> bool:
    """Whether a name says where or for whom: others have the same 视频监控系统.

    >>> names_place("青渡县虹膜采集设备"), names_place("视频监控系统")
    (True, False)
    """
    return _NAMED_PLACE.search(core) is not None or len(core) >= 20


@lru_cache(maxsize=16384)
def near_enough(one: str, other: str) -> bool:
    """Whether names have so much in common that, beside a common number, they are one.

    >>> near_enough("智慧防小区", "智慧安防小区"), near_enough("智慧安防小区", "指挥中心大屏")
    (True, False)
    """
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.6


@lru_cache(maxsize=8192)
def bare(core: str, buyer: str) -> str:
    """A name without the place or the buyer before it, as far as the buyer's own name shows it.

    >>> bare("青渡县虹膜采集设备", "宜昌市青渡县公安局")
    '虹膜采集设备'
    """
    end = 0
    while end < len(core) and core[: end + 1] in buyer:
        end += 1
    while end and not _UNIT_END.search(core[:end]):
        end -= 1
    return core[end:] if end >= 2 and len(core) - end >= 3 else core


@lru_cache(maxsize=16384)
def _misprinted(one: str, other: str) -> Alike:
    """NEAR where at most two characters differ, and none that tells siblings apart."""
    if min(len(one), len(other)) < LONG or abs(len(one) - len(other)) > 2:
        return Alike.OTHER
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.quick_ratio() < 0.8:
        return Alike.OTHER
    changed, told = 0, False
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            changed += max(b - a, d - c)
            told = told or bool(_TELLING.search(one[a:b] + other[c:d]))
            told = told or (tag == "replace" and bool(_IN_PLACE.match(one, b)))
    few = changed <= (2 if min(len(one), len(other)) >= 14 else 1)
    return Alike.NEAR if few and not told else Alike.OTHER


@lru_cache(maxsize=16384)
def _shortened(one: str, other: str) -> Alike:
    """PART where the shorter name is the longer one with pieces left out: nothing else in it."""
    short, long = sorted((one, other), key=len)
    if len(short) < 6 or len(short) * 3 < len(long):
        return Alike.OTHER
    left = iter(long)
    return Alike.PART if all(char in left for char in short) else Alike.OTHER
