"""A name taken apart: its place, what it is called there, its legal form, its branch. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

from tenderlight.organisations.alias_file import aliases, families, office_words
from tenderlight.organisations.spots import Spot, is_within, take_place
from tenderlight.organisations.wording import HAN, wording
from tenderlight.places.divisions import MUNICIPALITIES, level_of, prefecture_of
from tenderlight.places.divisions import division as find_division

Form = Literal["company", "family", "office", "foreign"]

COMPANY = re.compile(
    r"(?P<head>.{2,70}?)(?P<legal>股份有限责任公司|股份有限公司|有限责任公司|有限公司|股份公司|公司)"
    r"(?P<tail>.{0,50})"
)
LEGAL = {
    "股份有限责任公司": "joint-stock",
    "股份有限公司": "joint-stock",
    "股份公司": "joint-stock",
    "有限责任公司": "limited",
    "有限公司": "limited",
    "公司": "company",
}
IN_BRACKETS = re.compile(r"\(([^()]{2,12})\)")
BRANCH = re.compile(
    r"(?:分公司|支公司|子公司|分行|支行|营业部|分理处|分店|分部|分院|分所|支局|分局)$"
)
FAMILY = re.compile(
    r"移动|电信|联通|联合|铁塔|电网|电力|供电|国网|邮政|银行|[工农中建]行|保|铁路|国铁"
)
"""One of these is in every name of a family: most names need not be looked up."""
STATE = re.compile(r"^(?:中华人民共和国|中国共产党|中共)")
UNDER_POLICE = re.compile(
    r"^公安(?:局|厅|分局)(?:分局)?(?=.{0,12}(?:交警|特警|刑侦|巡警|网安|禁毒|经侦|治安|交管|看守所|拘留所|派出所"
    r"|警务站|支队|总队|大队|检查站))"
)
RULES = (
    (re.compile(r"^(?:党委|地?委员会|地?委)$"), "党委"),
    (re.compile(r"^(?:党委|地?委员会|地?委)(?=.)"), ""),
    (re.compile(r"^国家税务总局(?=税务局)"), ""),
    (re.compile(r"村(?=村委会$)|社区(?=社区居委会$)"), ""),
    (re.compile(r"^公安$"), "公安局"),
    (re.compile(r"(?:支队|总队)(?=(?:.{0,8})大队$)"), ""),
    (re.compile(r"^公安(?=交管局)"), ""),
    (re.compile(r"^政府(?=.{1,12}(?:街道办|[镇乡]政府|街道)$)"), ""),
    (re.compile(r"^政府(?!采购|办|服务|性)(?=.{2,12}(?:委|局|办|中心)$)"), ""),
    (re.compile(r"^(?:中国人民)?解放军(?=.{0,6}(?:人武部|军分区|警备区)$)"), ""),
    (re.compile(r"办公[室厅]$"), "办"),
    (re.compile(r"(?<=..)委员会$"), "委"),
    (re.compile(r"(?<=街道)$"), "办"),
    (re.compile(r"(?<=[中小]学)校$"), ""),
    (re.compile(r"(?<=[局厅院委])(?:机关|本级|本部)$"), ""),
)
"""Ways to name one office, once its places and its words are folded: 公安分局 of a district."""


PROVINCIAL = re.compile(r"厅|总队|高级|省")
"""An office that is none of these is not that of a province of which no finer place is known."""
OF_DISTRICT = (
    (re.compile(r"^公安(?:局)?分局$"), "公安局"),
    (re.compile(r"^(.{2,12}局)分局$"), r"\1"),
)
"""The office of a district is a branch of its city's; 某市公安分局 without a district is not it."""
OWN = re.compile(
    r"[本我]?([县市区州旗省])(?=公安|教育|卫|财政|人民|政府|委|检察|法院|司法|民政|信访|住建)"
)
"""An office as its own town calls it: 县公安局."""


class Anatomy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an organisation's name says, part by part."""

    plain: str
    form: Form
    core: str
    """What tells it apart in its place: `鸿华建筑安装工程`, `公安局`, `china-mobile`."""
    spot: Spot = Spot()
    legal: str = ""
    branch: str = ""
    """What kind of branch it is, `分公司`; empty for the company itself."""
    branch_spot: Spot = Spot()
    bracketed: bool = False
    """Whether the place stands in brackets: XN科技（北京）有限公司."""
    rules: tuple[str, ...] = ()
    """What was needed to read it so: `words`, `former`, `brand`, `english`, `short`."""


@lru_cache(maxsize=32_768)
def anatomy(plain: str, division: str = "") -> Anatomy:
    """A folded name, taken apart; a name of the alias file as the name of today.

    `division` is where the organisation is said to be: it settles names of places that several
    divisions share, and stands in where an office names no place; then `context` is in the rules.

    >>> a = anatomy("上海市公安局奉贤分局")
    >>> a.form, a.spot.codes, a.core
    ('office', ('310120',), '公安局')
    >>> b = anatomy("山东移动济南分公司")
    >>> b.form, b.spot.codes, b.core
    ('family', ('370100',), 'china-mobile')
    """
    alias = aliases().get(plain)
    if alias is not None:
        today = anatomy(wording(alias.name).plain)
        if today.plain != plain:
            rules = tuple(dict.fromkeys((*today.rules, alias.kind)))
            return msgspec.structs.replace(today, rules=rules)
    if not HAN.search(plain):
        return Anatomy(plain=plain, form="foreign", core=plain)
    company = _company(plain) if not FAMILY.search(plain) else None
    if company is not None:
        return company
    name = STATE.sub("", plain)
    spot, rest = take_place(name)
    if not rest:
        return Anatomy(plain=plain, form="office", core=name, spot=spot)
    found = _family(plain, spot, rest) or _company(plain)
    return found or _office(plain, *_settled(name, spot, rest, division))


def _settled(name: str, spot: Spot, rest: str, division: str) -> tuple[Spot, str, bool]:
    """An office's place in the light of where it is said to be, and whether that was needed."""
    if not division or (len(spot.codes) == 1 and not spot.local):
        return spot, rest, False
    if spot.codes:
        near = tuple(code for code in spot.codes if is_within(code, division))
        return (Spot(near, spot.local) if near else spot), rest, bool(near) and near != spot.codes
    if spot.local:
        return Spot((division,), spot.local), rest, True
    for around in (prefecture_of(division), f"{division[:2]}0000"):
        inner, without = take_place(name, (around,))
        if inner.codes != (around,):
            return inner, without, True
    bare = OWN.match(rest)
    if bare is None:
        known = division[2:] != "0000" or division[:2] in MUNICIPALITIES or PROVINCIAL.search(rest)
        return (Spot((division,)) if known else Spot()), rest, True
    fits = _ending(division) == bare[1]
    return (Spot((division,)) if fits else Spot()), rest[bare.end() :], True


def _ending(division: str) -> str:
    """How its people call a division: `县` for 371321."""
    known = find_division(division)
    return known.zh[-1] if known else "-"


def _family(plain: str, spot: Spot, rest: str) -> Anatomy | None:
    """A group's branch: what remains without its place is one of the group's names."""
    rest = re.sub(r"[()省]", "", rest)
    words = BRANCH.sub("", rest) or rest
    known = families().get(rest) or families().get(words)
    if known is None or (known.bare and not spot.said):
        return None
    rules = ("brand",) if known.bare or "有限公司" not in words else ()
    return Anatomy(plain=plain, form="family", core=known.id, spot=spot, rules=rules)


def _company(plain: str) -> Anatomy | None:
    match = COMPANY.fullmatch(plain)
    if match is None:
        return None
    bracketed = next((m for m in IN_BRACKETS.finditer(match["head"]) if _is_place(m[1])), None)
    spot, core = take_place(match["head"])
    within = spot.codes if len(spot.codes) == 1 else ()
    branch_spot, branch = take_place(match["tail"], within) if match["tail"] else (Spot(), "")
    return Anatomy(
        plain=plain,
        form="company",
        core=re.sub(r"[()]", "", core),
        spot=spot,
        legal=LEGAL[match["legal"]],
        branch=re.sub(r"[()]|^第(?=[一二三四五六七八九十])", "", branch),
        branch_spot=branch_spot,
        bracketed=bracketed is not None and match["head"].index(bracketed[0]) > 0,
    )


def _is_place(words: str) -> bool:
    spot, rest = take_place(words)
    return spot.said and not rest


def _office(plain: str, spot: Spot, rest: str, context: bool) -> Anatomy:
    rest = re.sub(r"[()]", "", rest)
    pattern, meanings = office_words()
    rules: dict[str, None] = {"context": None} if context else {}

    def meant(match: re.Match[str]) -> str:
        word, kind = meanings[match[0]]
        rules["words" if kind == "short" else kind] = None
        return word

    core = pattern.sub(meant, rest)
    district = bool(spot.local) or all(level_of(code) == "county" for code in spot.codes)
    own = OF_DISTRICT if district and spot.said else ()
    for rule, instead in ((UNDER_POLICE, ""), *RULES, *own):
        shorter = rule.sub(instead, core)
        if shorter != core and shorter:
            core, rules["words"] = shorter, None
    return Anatomy(plain=plain, form="office", core=core, spot=spot, rules=tuple(rules))
