"""Names of suppliers in a printed value: organisations, never the experts beside them."""

from __future__ import annotations

import re
from functools import lru_cache

from tenderlight.plain import simplify

_ENDING = (
    r"(?:公司|集团|厂|院|中心|店|社|所|部|队|行|站|会|馆|户|局|大学|学校|中学|小学|联合体|工作室|合伙|企业|基地|场|园|铺|坊|"
    r"台|室|超市|商贸|联盟|处|庄|吧|屋|轩|堂|城|股份|inc\.?|ltd\.?|llc|gmbh|co\.|limited|corporation|company)"
)
_ORGANISATION = re.compile(rf".{{2,}}{_ENDING}$|.{{2,}}(?:公司|集团)(?!.*(?:项目|工程|采购|服务)$)")
_NOTE = re.compile(r"\([^()]{0,60}\)$")
_NUMBERING = re.compile(
    r"\s*(?:\d{1,2}\s*[.、)]\s*|\(?[一二三四五六七八九十\d]{1,2}\)\s*|第?[一二三四五六七八九十\d]{1,2}[、名]\s*:?\s*|"
    r"第?(?:包|标段|标包|分包|采购包)?[a-z\d一二三四五]{0,3}(?:包|标段)?\s*:\s*|(?:单位|企业|供应商|公司)?名称\s*:\s*|"
    r"(?:联合体)?(?:主体|牵头人|牵头单位|主办人|成员(?:单位|方)?[\d一二三]?)(?:名称)?\s*:\s*|第.{1,3}(?:中标|成交)?候选人\s*:\s*)?"
)
_NOT_A_NAME = re.compile(
    r"^联合体(?:成员|牵头人|单位)[^:]{0,4}$|详见|附件|见公告|流标|废标|不足|终止|无效|未(?!来)|没有|暂无|取消|如下|名单|公告|公示|供应商$|名称$|单位$|候选人$|投标人$|^地址|"
    r"元整?$|评审|委员会|代理机构|招标文件|有关规定|^[\W\d_]+$|^无|%|得分|合格|电话|联系|项目$|日期|通过|采购$|"
    r"(?:号码?|部门|类别|等级|方式|时间|期限|[工日]期|价格?|金额|总额|负责人|代表|经理|地址?|注册地|所在地|地点|内容|情况|"
    r"理由|原因|代码|说明|要求|备注|编号|名)$"
)
_SPLIT = re.compile(
    r"[\n\t;。|]|(?<=公司)/|(?<=院)/|,(?![^(]{0,40}\)|\s?(?:ltd|inc|llc|limited))|\s{2,}|\s(?=地址|联系|金额|中标|成交|电话|统一|法定|报价|投标)"
)
_CONSORTIUM = re.compile(r"联合体|牵头|\((?:主|成)\)")
_LONGEST = 120
_LONGEST_NAME = 60
_LONGEST_LIST = 2_000
"""Characters of a value in which names are looked for."""


def is_organisation(name: str) -> bool:
    """True where a name, simplified, ends as names of organisations do.

    >>> is_organisation("东湖县安视科技有限公司(牵头人)"), is_organisation("某 某")
    (True, False)
    """
    return len(name) <= 3 * _LONGEST and _is_organisation(name)


@lru_cache(maxsize=1024)
def _is_organisation(name: str) -> bool:
    """Cached because the lines of a lost table are asked again for each of its columns."""
    bare = _NOTE.sub("", name.strip()).strip()
    if not 4 <= len(bare) <= _LONGEST or _NOT_A_NAME.search(bare) or ":" in bare:
        return False
    return _ORGANISATION.search(bare) is not None


def find_suppliers(printed: str, trusted: bool = False) -> list[tuple[int, int]]:
    """The places of the names in a value, in order.

    A consortium is one supplier, as it is printed. `trusted` is for values whose label says that
    the winner stands here: then a name may also end unlike any organisation.

    >>> value = "1、甲城科技有限公司；2、乙城安防工程有限公司"
    >>> [value[start:end] for start, end in find_suppliers(value)]
    ['甲城科技有限公司', '乙城安防工程有限公司']
    """
    folded = simplify(printed[:_LONGEST_LIST])
    found: list[tuple[int, int]] = []
    at = 0
    for cut in [*(match.span() for match in _SPLIT.finditer(folded)), (len(folded), len(folded))]:
        start, end = _trimmed(folded, at, cut[0])
        at = cut[1]
        if start >= end:
            continue
        if not _is_name(folded[start:end], trusted and not found):
            break
        found.append((start, end))
    if len(found) > 1 and _CONSORTIUM.search(folded[: found[-1][1] + 20]):
        return [(found[0][0], found[-1][1])]
    return [part for span in found for part in _enumerated(folded, *span)]


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    match = _NUMBERING.match(folded, start, end)
    start = match.end() if match else start
    while start < end and folded[start] in " \t\n\u3000:、":
        start += 1
    while start < end and folded[end - 1] in " \t\n\u3000:、":
        end -= 1
    if folded[start:end].endswith(("(", "[")):
        end = start + len(folded[start : end - 1].rstrip())
    return start, end


def _is_name(name: str, trusted: bool) -> bool:
    if is_organisation(name):
        return True
    bare = _NOTE.sub("", name)
    return (
        trusted
        and 4 <= len(bare) <= _LONGEST_NAME
        and not (_NOT_A_NAME.search(bare) or ":" in bare or bare[0].isdigit())
    )


def _enumerated(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Three or more full names between 、 are so many winners; two may be a consortium."""
    name = folded[start:end]
    parts = name.split("、")
    if len(parts) < 3 or _CONSORTIUM.search(name) or not all(map(is_organisation, parts)):
        return [(start, end)]
    spans = []
    for part in parts:
        spans.append((start, start + len(part)))
        start += len(part) + 1
    return spans
