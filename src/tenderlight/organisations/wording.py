"""How a name is written, folded away: width, script, blanks, brackets, remarks. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from tenderlight.plain import fold, simplify

LONGEST = 120
"""No organisation has a longer name; what is longer is cut here."""
HAN = re.compile(r"[\u3400-\u9fff]")
BRACKETS = str.maketrans({
    "（": "(", "〔": "(", "［": "(", "[": "(", "【": "(", "〈": "(", "<": "(", "{": "(",
    "）": ")", "〕": ")", "］": ")", "]": ")", "】": ")", "〉": ")", ">": ")", "}": ")",
})  # fmt: skip
REMARK = re.compile(
    r"\((?:本部|本级|机关|公章|盖章|签章|盖单位章|章|甲方|乙方|买方|卖方|采购人|采购单位|招标人|供应商|"
    r"主|成员|主体|牵头人?|牵头方|牵头单位|联合体(?:牵头人|牵头方|牵头单位|成员|主体|主办方|成员单位|各方)?"
    r"|联合体成员[一二三四五1-5]|以下简称[^()]{1,30}|简称[^()]{1,30}|小微企业|中小企业|小型企业|微型企业"
    r"|中型企业|大型企业|监狱企业|(?:特殊)?普通合伙|有限合伙|个人独资|个体工商户"
    r"|统一社会信用代码[^()]{0,30})\)"
)
"""What is said of an organisation in this notice, and is no part of its name."""
PART = re.compile(
    r"\s*[(（〔［\[【](?:联合体|(?:联合体)?(?:牵头人?|牵头方|牵头单位|主体|主办[人方]|成员(?:单位|方)?[一二三四五1-5]?|各方)"
    r"|主|公章|盖章|签章|盖单位章|甲方|乙方|买方|卖方|采购人|采购单位|招标人|供应商)[)）〕］\]】]\s*$"
)
"""Which part it takes in this purchase, after its name."""
FORMER = re.compile(r"\((?:原名?|曾用名|原名称|原称|更名前|变更前)[:：为是]{0,2}([^()]{4,60})\)")
BESIDE = re.compile(
    r"\(([^()]{5,40}(?:医院|保健院|研究院|学院|[学校所局馆会]|中心|有限公司|有限责任公司))\)$"
)
"""A second name of the same body: 某县体育中心（某县体育学校）."""
NOISE = re.compile(r"[\"'“”‘’「」『』《》`*#_·•・‧|]|^[\s:：,，.。、;；)-]+|[\s:：,，.。、;；(-]+$")
LABEL = re.compile(
    r"^(?:供应商|采购人|采购单位|招标人|中标人|中标供应商|成交供应商|单位|(?:采购)?代理机构"
    r"|第[一二三](?:名|中标候选人|成交候选人|候选人))(?:名称|全称)?:"
)
NUMBERED = re.compile(r"第([1-9][0-9]?)(?![0-9])")
DIGITS = "零一二三四五六七八九"
LATIN_FORMS = (
    (re.compile(r"\b(?:company|co)\b"), "co"),
    (re.compile(r"\b(?:limited|ltd)\b"), "ltd"),
    (re.compile(r"\b(?:corporation|corp)\b"), "corp"),
    (re.compile(r"\b(?:incorporated|inc)\b"), "inc"),
    (re.compile(r"\b(?:the|and|of|for)\b"), " "),
)


class Wording(msgspec.Struct, frozen=True):
    """A name made comparable, and other names of the same body that are printed with it."""

    plain: str
    former: str = ""
    beside: str = ""


@lru_cache(maxsize=16_384)
def wording(printed: str) -> Wording:
    """A printed name without all that does not tell two organisations apart.

    >>> wording("临沂市　沂南坡縣公安局（本級）").plain
    '临沂市沂南坡县公安局'
    >>> wording("XN新视科技有限公司（原XN旧视电子有限公司）")
    Wording(plain='xn新视科技有限公司', former='xn旧视电子有限公司', beside='')
    """
    text = simplify(printed[:LONGEST]).translate(BRACKETS)
    if not HAN.search(text):
        return Wording(_latin(text))
    text = re.sub(r"\s+", "", text)
    text = LABEL.sub("", NUMBERED.sub(_in_words, text))
    former = FORMER.search(text)
    text = REMARK.sub("", FORMER.sub("", text) if former else text)
    beside = BESIDE.search(text)
    text = BESIDE.sub("", text) if beside else text
    return Wording(
        NOISE.sub("", text), *(NOISE.sub("", m[1]) if m else "" for m in (former, beside))
    )


def spelled(printed: str) -> str:
    """A name as it is told apart from others: width, case and blanks folded, script kept.

    >>> spelled("ＸＮ 科技（集团）有限公司"), spelled("XN Vision  Co., Ltd.")
    ('xn科技(集团)有限公司', 'xn vision co., ltd.')
    """
    text = fold(printed[:LONGEST]).translate(BRACKETS).strip()
    return re.sub(r"\s+", "" if HAN.search(text) else " ", text)


def _in_words(match: re.Match[str]) -> str:
    """A number in a name as it is mostly written: 第12中学 is 第十二中学."""
    tens, ones = divmod(int(match[1]), 10)
    ten = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return f"第{ten}{DIGITS[ones] if ones else ''}"


def _latin(text: str) -> str:
    """Words of a name in another script: `XN Vision Co., Ltd.` is `xn vision co ltd`."""
    text = re.sub(r"[^\w]+", " ", text)
    for pattern, short in LATIN_FORMS:
        text = pattern.sub(short, text)
    return " ".join(text.split())
