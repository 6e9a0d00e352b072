"""Names of divisions in a short text: `浙江省公安厅`, `青岛`, `长阳县`, `兵团第八师`.

A name is *full* with its ending (青岛市) and *short* without (青岛). Short names are believed only
where what follows does not make another name of them: 长宁垭县 is not 长宁, 南京路 not 南京.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from tenderlight.places.divisions import (
    Division,
    Level,
    divisions,
    level_of,
    lineage,
    table,
)
from tenderlight.plain import simplify


class Named(NamedTuple):
    """A name in a text and the divisions that it may mean."""

    start: int
    end: int
    codes: frozenset[str]
    full: bool


class Meaning(NamedTuple):
    """One division that a name may mean, and when."""

    code: str
    full: bool
    first: int
    last: int


ENDING = re.compile(
    r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治[区州县旗]|[省市县区旗盟州]|地区|林区|特区)$"
)
NATIONS = re.compile(
    r"(?:(?:蒙古|藏|维吾尔|回|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|"
    r"纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|"
    r"德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族?)+$"
)
SPOKEN = {
    "150000": "内蒙", "152500": "锡盟", "152900": "阿盟", "152200": "兴安盟",
    "522300": "黔西南州", "522600": "黔东南州", "522700": "黔南州", "433100": "湘西州",
    "532800": "西双版纳州", "222400": "延边州", "422800": "恩施州", "632800": "海西州",
    "652700": "博州", "652800": "巴州", "652300": "昌吉州", "653000": "克州", "654000": "伊犁州",
    "150926": "察右前旗", "150927": "察右中旗", "150928": "察右后旗", "152221": "科右前旗",
    "152222": "科右中旗", "150521": "科左中旗", "150522": "科左后旗", "310115": "浦东",
}  # fmt: skip
"""Names in daily use that no rule gives."""
TOO_COMMON = {
    "城关", "城中", "市中", "新城", "新华", "和平", "解放", "中心", "高新", "开发", "郊区",
    "城区", "矿区", "新区", "东区", "西区", "中区", "市区", "建设", "工业", "前进", "东风",
    "胜利", "向阳", "红旗", "文化", "桥东", "桥西", "路南", "路北", "河东", "河西", "河北",
    "江南", "江北", "江东", "江西", "湖北", "海南", "长江", "东方", "长安", "朝阳", "新建",
    "友谊", "光明", "民主", "五一", "平安", "安全", "城北", "城东", "城西", "城南", "中原",
    "西湖", "东湖", "南湖", "黄河", "黄山", "泰山", "华山", "南山", "东山", "西山", "青山",
    "振兴", "永定", "中站", "中方", "大安", "安定", "共和", "互助", "民和", "同心", "信息",
    "管城", "龙城", "金城", "通道", "站前", "山城", "海港", "秀山", "工农", "南部", "公安",
    "资源", "动力", "合作", "港口", "比如", "延长", "灯塔", "路桥", "太平", "三元", "安居", "复兴",
    "富民", "富裕", "天桥", "前锋", "康乐", "宏伟", "吉利", "四方", "回民", "爱民", "方正", "无极",
    "明光", "新兴", "新星", "新民", "友好", "钟楼", "鼓楼", "长寿", "滨江", "滨湖", "凤凰", "麒麟",
    "芙蓉", "牡丹", "莲花", "白云", "海棠", "红星", "绿园", "运河", "商城", "七星", "云龙", "龙泉",
    "大方", "正定", "高明", "金牛", "翠云", "上街", "高台", "名山", "武功", "江山",
}  # fmt: skip
"""County names that without their ending are words, or other places: never believed short."""
ROAD = r"(?:大?[路街道巷桥]|大[道街厦]|[南北东西中][一二三四五六七八九]?[路街]|高速|牌)"
NOT_A_PLACE_AFTER = re.compile(
    rf"{ROAD}|"
    r"[^县区市旗省州盟]{0,2}(?<![城新开校园片景社小库老山灌矿林港厂街地辖牧湖院范验作护能])[县区市旗](?!级)"
)
NOT_A_PROVINCE_AFTER = re.compile(rf"{ROAD}|[县区市旗州]")
"""湖北柏溪县 is in Hubei, though 长宁垭县 is not in 长宁."""
NEVER = re.compile(
    r"(?:中山(?:大学|医|纪念|舰|公园)|长江|东方电|北京时间|西安区?路|大同小异|海南岛|广东话)"
)
INNER = re.compile("[^省][县区市旗]|.[城山新矿林]区")
GLUED = re.compile(r"[\u4e00-\u9fff](?<![省市州盟县区局年于购施在对的共])$")
"""What stands before a name of which the end is a word by itself, so that it may not be a name."""


def read_names(text: str, year: int | None = None) -> list[Named]:
    """Names of divisions in a short text, from left to right, without overlaps.

    >>> [sorted(named.codes) for named in read_names("青岛市黄岛区教育局")]
    [['370200'], ['370211']]
    >>> [sorted(named.codes) for named in read_names("朝阳区公安分局")]
    [['110105', '220104']]
    >>> read_names("遵义路12号")
    []
    """
    plain = simplify(text)
    automaton, patterns = _index()
    found: list[Named] = []
    for index, start, end in automaton.find_matches_as_indexes(plain):
        named = _believed(plain, start, end, patterns[index], found, year)
        if named:
            found.append(named)
    return found


def _believed(
    plain: str,
    start: int,
    end: int,
    meanings: tuple[Meaning, ...],
    before: list[Named],
    year: int | None,
) -> Named | None:
    """A match as a name, or None where the text around it says that it is part of another word."""
    full = any(each.full for each in meanings)
    follows = bool(before) and before[-1].end == start
    alone = full and not follows and INNER.fullmatch(plain, start, end)
    if alone and GLUED.search(plain[max(0, start - 8) : start]):
        return None  # 江县 within 甲江县: no place of that name is meant
    if plain[start] == "第" and "兵团" not in plain:
        return None  # 第八师 of the Corps, not of an army
    if not full and (_goes_on(plain, end, meanings) or NEVER.match(plain, start)):
        return None
    chosen = [each for each in meanings if each.full == full]
    if not full and not follows and GLUED.search(plain[max(0, start - 8) : start]):
        chosen = [each for each in chosen if level_of(each.code) != "county"]
    if not chosen:
        return None  # 资源 within 公共资源交易中心, not the county
    return Named(start, end, _valid(chosen, year), full)


def _goes_on(plain: str, end: int, meanings: tuple[Meaning, ...]) -> bool:
    """Whether what follows a short name makes another name of it."""
    province = all(level_of(each.code) == "province" for each in meanings)
    return bool((NOT_A_PROVINCE_AFTER if province else NOT_A_PLACE_AFTER).match(plain, end))


def _valid(meanings: list[Meaning], year: int | None) -> frozenset[str]:
    """The codes that the name had in that year; the newest where it had none or none is known."""
    if year is not None:
        then = [each for each in meanings if each.first <= max(year, 2000) <= each.last]
        if then:
            return frozenset(each.code for each in then)
    newest = max(each.last for each in meanings)
    return frozenset(each.code for each in meanings if each.last == newest)


@cache
def _index() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[Meaning, ...]]]:
    names: dict[str, dict[Meaning, None]] = {}
    for each in divisions():
        for name, full in _spellings(each):
            meaning = Meaning(each.code, full, each.first, each.last or 9999)
            names.setdefault(simplify(name), {})[meaning] = None
    for row in table("apart.tsv"):
        names.setdefault(row["name"], {})[Meaning(row["code"], True, 2000, 9999)] = None
    automaton = ahocorasick_rs.AhoCorasick(
        list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return automaton, [tuple(meanings) for meanings in names.values()]


def _spellings(each: Division) -> list[tuple[str, bool]]:
    """How a division is written: `长阳土家族自治县` also as `长阳县` and `长阳`."""
    if len(each.zh) < 2:
        return []
    spellings = [(each.zh, True)]
    stem = ENDING.sub("", each.zh)
    ending = each.zh[len(stem) :]
    bare = (NATIONS.sub("", stem) or stem.removesuffix("族")) if "自治" in ending else stem
    if "自治" in ending and len(bare) >= 2:
        spellings.append((bare + ending[-1], True))
    if each.code in SPOKEN:
        spellings.append((SPOKEN[each.code], True))
    if len(bare) >= 2 and (each.level == "province" or _stands_alone(bare, each.level)):
        spellings.append((bare, False))
    return spellings


def _stands_alone(name: str, level: Level) -> bool:
    """True where a prefecture's or county's name without its ending is still a name."""
    provinces = {row["short"] for row in table("provinces.tsv")}
    return name not in provinces and (level == "prefecture" or name not in TOO_COMMON)


def narrow(codes: frozenset[str], within: frozenset[str]) -> frozenset[str]:
    """Those codes that lie in one of the divisions `within`, or are one of them."""
    return frozenset(code for code in codes if within.intersection(lineage(code)))


def settle(names: list[Named], last: bool = False) -> Named | None:
    """The one place that a text names: finer names narrow, full names win over short ones.

    Of two places of equal standing the first is taken, with `last` the last of two short ones:
    北京大学深圳医院 is in Shenzhen.

    >>> sorted(settle(read_names("北京市朝阳区")).codes), sorted(settle(read_names("恩施")).codes)
    (['110105'], ['422800'])
    """
    best: Named | None = None
    for named in names:
        best = named if best is None else _together(best, named, last)
    return best and best._replace(codes=_highest(best.codes, best.full))


def _together(best: Named, named: Named, last: bool) -> Named:
    inner = narrow(named.codes, best.codes)
    if inner:
        return Named(best.start, named.end, inner, best.full or named.full)
    outer = narrow(best.codes, named.codes)
    if outer:
        return Named(best.start, best.end, outer, best.full or named.full)
    later = last and not best.full and not named.full
    return named if later or named.full > best.full else best


def _highest(codes: frozenset[str], full: bool) -> frozenset[str]:
    """Without divisions that lie within another of the set; a short name means a prefecture first.

    西安 is the prefecture 610100, not one of the two districts 西安区.
    """
    if not full and any(code.endswith("00") for code in codes):
        codes = frozenset(code for code in codes if code.endswith("00"))
    return frozenset(code for code in codes if not codes.intersection(lineage(code)[:-1]))
