"""Names of organisations as values: cut where the name ends, refused where it is no name."""

from __future__ import annotations

import re
from typing import NamedTuple

from tenderlight.plain import simplify

_END = re.compile(
    r"[;；。|]|\s{2,}|\t|[,，]\s*(?=[^有责股])|\s*(?:联系(?:人|方式|电话|地址)|地\s*址\s*[:：]|电\s*话|"
    r"统一社会信用代码|法定代表人|邮\s*编|传\s*真)|\s+(?=(?:项目|采购|招标|日期|联系|地址)[^\s]{0,6}[:：])"
)
_REMARK = re.compile(
    r"\s*[(（](?:盖\s*章|公\s*章|单位公章|签\s*章|印章|甲方|乙方|以下简称.*|联系.*)[)）].*$"
)
_STAMP = re.compile(r"\s*(&{2,})[^&\n]{0,20}\1")
"""A mark that a portal leaves where a seal is to be printed."""
_QUOTES = "“”\"'‘’《》「」『』 \t\u3000:：、.,，*_-"
_NO_NAME = re.compile(
    r"^(?:无|/|—|-|\\|详见.*|见.*|同上|略|暂无|名称|采购人|采购单位|采购代理机构|代理机构|招标人|信息|"
    r"联系.*|地址.*|.{0,4}(?:公告|公示|文件|原文).*|[\d\s.:\-]*|自行(?:招标|采购|组织).*|\*+)$"
)
_GAP = re.compile(r"\s{1,4}")
_FIRM = re.compile(r"公司$")
_BRANCH = re.compile(
    r"[(（]|[^\u4e00-\u9fff]|[^\s公]{0,12}(?:分公司|支公司|事业部|办事处|营业部|分部|[院所厂队])$"
)
_STREET = re.compile(r"(?:路|街|道|巷|弄)\d{1,5}(?:-\d{1,4})?号")
"""An address in a name's place."""
_PROSE = re.compile(
    r"[?？!！=]|应当|不得|可以|投标人|按照|根据|负责|进行|委托|提供|要求|受理|签订|以下"
)
_ORGANISATION_LATIN = re.compile(
    r"\b(?:bureau|department|office|ministry|authority|commission|committee|council|government|university|college|"
    r"school|hospital|institute|center|centre|company|corporation|co\.?,? ?ltd\.?|limited|"
    r"ltd\.?|inc\.?|gmbh|group|"
    r"agency|court|police|administration|association|bank|service|brigade|station|board)\b\.?"
)
_ORGANISATION = re.compile(
    r"(?:公司|局|院|学校|大学|中学|小学|幼儿园|中心|委员会|政府|办公室|办事处|厅|部|队|站|所|馆|处|会|"
    r"集团|厂|社|行|园|室|监狱|学院|机关|支队|大队|总队|办|委|基地|宫|团|军|店|企业|法院|检察院|署|街道|"
    r"场|基金会|联社|段|库|协会|军区|银行|医院|分局|党校|政法委|宣传部|组织部)$"
)
_AGENCY = re.compile(
    r"招标|咨询|项目管理|工程管理|代理|采购中心|交易中心|造价|监理|采购有限|采购服务|采购科技|招投标|政府采购办|"
    r"项目顾问|采购办公室|集中采购|采购与?招标"
)
_LATIN_END = re.compile(
    r"[;|]|\s{2,}|\t|,(?!\s*(?:co|ltd|inc|llc|limited|the|government|and)\b)|\s*[(（](?=[^()]*(?:the|hereinafter))"
)
"""What ends a name in Latin letters, which may hold commas itself, `… Co., Ltd.`, but no place."""
_LATIN = re.compile(r"[a-z&.,'’()/\-\s\d]+")
_LONGEST, _LONGEST_LATIN = 60, 120


class Name(NamedTuple):
    """A name and its place in the text."""

    value: str
    start: int
    end: int


def find_name(text: str, start: int, end: int) -> Name | None:
    """The organisation that a value starts with; None where it states none.

    >>> find_name("东湖县水利局（盖章）  联系人：某", 0, 18).value
    '东湖县水利局'
    >>> find_name("详见招标文件", 0, 6) is None
    True
    """
    if stamp := _STAMP.match(text, start, end):
        start = stamp.end()
    while start < end and text[start] in _QUOTES + "\n":
        start += 1
    printed = text[start : min(end, start + 3 * _LONGEST)]
    latin = _LATIN.fullmatch(simplify(printed)) is not None
    if cut := (_LATIN_END if latin else _END).search(simplify(printed)):
        printed = printed[: cut.start()]
    if remark := _REMARK.search(simplify(printed)):
        printed = printed[: remark.start()]
    closed = ".," if latin and printed.rstrip().endswith(("td.", "nc.", "o.")) else ""
    printed = _balanced(printed.rstrip((_QUOTES + "\n").translate(dict.fromkeys(map(ord, closed)))))
    printed = _first_of_several(printed)
    value = "".join(printed.split()) if _is_han(printed) else " ".join(printed.split())
    plain = simplify(value)
    if (
        not 2 <= len(value) <= (_LONGEST_LATIN if latin else _LONGEST)
        or _NO_NAME.match(plain)
        or _PROSE.search(plain)
    ):
        return None
    if _STREET.search(plain) and not looks_like_organisation(value):
        return None
    if not any("\u3400" <= char <= "\u9fff" or char.isalpha() for char in value):
        return None
    return Name(value, start, start + len(printed))


def looks_like_organisation(name: str) -> bool:
    """True for a name that ends the way organisations' names end."""
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", simplify(name))
    if bare.isascii():
        return bool(_ORGANISATION_LATIN.search(bare))
    return bool(_ORGANISATION.search(bare))


def looks_like_agency(name: str) -> bool:
    """True for firms and centres that run purchases for others."""
    plain = simplify(name)
    return bool(_AGENCY.search(plain) or re.search(r"\b(?:tendering|bidding)\b", plain))


def _first_of_several(printed: str) -> str:
    """What stands before other words of the line, in cells that have lost their borders.

    `甲有限公司 乙有限公司` is two names, `甲有限公司 湖心分公司` one.
    """
    for gap in _GAP.finditer(printed):
        if _FIRM.search(printed, 0, gap.start()) and not _BRANCH.match(printed, gap.end()):
            return printed[: gap.start()]
    return printed


def _balanced(printed: str) -> str:
    """Without an opened bracket that nothing closes, or a closing one that nothing opened."""
    opened = max(printed.rfind("("), printed.rfind("（"))
    closed = max(printed.rfind(")"), printed.rfind("）"))
    if opened > closed:
        return printed[:opened].rstrip()
    if closed >= 0 and opened < 0:
        return printed[:closed].rstrip()
    return printed


def _is_han(printed: str) -> bool:
    return sum("\u3400" <= char <= "\u9fff" for char in printed) * 2 > len(printed)
