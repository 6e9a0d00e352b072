"""The label words of awards: who won, for how much, which lot, which rank.

Told by their parts and not by a list, because every portal makes up its own: a supplier's label
holds 中标, 成交, 供应 … and ends in 人, 商, 单位, 名称 …; `中标人地址` and `中标人得分` are none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

WINNER, CANDIDATE, BIDDER = 3, 2, 1
"""How much a supplier's label says: 中标人, 中标候选人, 投标人 or 供应商."""
SETTLED, OFFERED, WEIGHED, WHOLE = 4, 3, 2, 1
"""What a price's label says: the agreed price, an offer, a price made for scoring, a total."""


class Role(NamedTuple):
    """What a label announces, how strongly, and the rank that it names itself."""

    kind: Literal["supplier", "price", "lot", "rank"]
    level: int = 0
    rank: int | None = None


_LONGEST = 26
_NO_ROLE = re.compile(
    r"地址|代码|联系|电话|得分|评分|分数|性质|类型|规模|业绩|资质|编号|法定|代表|负责|经理|日期|时间|理由|原因|否决|未中标|"
    r"未成交|落标|失败|无效|预算|限价|控制价|估算|保证金|服务费|代理|收费|方式|有效期|资格|要求|条件|说明|数量|情况|须知|证书|"
    r"通知|公告|公示|户名|账号|开户|邮|传真|承诺函|文件|范围|内容|工期|质量|信誉|采购人|招标人|采购单位|所在|注册|项目名称|"
    r"性别|产地|国别|规格|型号|品牌|标准|依据|是否|评审委员|家数|顺序号|机构信息|标的|简称|信息|份额"
)
_SUPPLIER = re.compile(
    r"(?:中标|成交|中选|中签|入围|竞得|受让|定标|供应|供货|投标|候选|承包|承接|承建|响应|报价|竞价|承租|竞买|首选|推荐|排名第.)"
    r"(?!.*有限)[^:;。]{0,10}(?:人|商|单位|方|名称|者|客商|全称)$|"
    r"^(?:中标|成交|中选|入围|预中标|拟中标)(?:公司|企业|机构|厂商)(?:名称)?$|"
    r"^(?:得标|决标)(?:厂商|商)(?:名称)?$|^(?:承办商|承判商|获判给(?:者|人|公司|实体))$|"
    r"^(?:服务|施工|设计|监理|勘察|检测)(?:单位|方|商|机构)(?:名称)?$|"
    r"^(?:乙方|卖方|供方|供应商|承包商|承包方|服务商|供货商|中标商|成交商|中标|成交)(?:名称|单位|全称)?$"
)
_WINNER = re.compile(
    r"中标|成交|中选|中签|入围|竞得|受让|定标|得标|决标|获判给|承办商|承判商|^首选"
)
_CANDIDATE = re.compile(r"候选|第[一二三四五六七八九十\d]{1,2}(?:名|顺位)|^排名第")
_GENERIC = re.compile(r"^(?:单位|企业|公司|机构|供应商|投标人|投标单位|候选人)(?:名称|全称)$")
_PRICE = re.compile(
    r"(?:金额|总额|总价|价格?|报价|总计|合计|价款|下浮率|费率|优惠率|折扣率?|比例)"
    r"(?:大写|小写|承诺|元|万元|及单位|大小写|人民币)?$"
)
_SETTLED = re.compile(r"中标|成交|中选|合同|签约|竞得|入围|定标|决标|合约|判给")
_OFFERED = re.compile(r"投标|报价|响应|最终|最后|磋商|谈判|询价|^金额$|^总价$|^价格$|^总金额$")
_WEIGHED = re.compile(r"评标|评审|评分|修正|基准")
_WHOLE = re.compile(r"^总(?:中标|成交|金额|合同)|^(?:合计|总计)")
_ENGLISH = {
    "supplier": re.compile(
        r"(?:nameof(?:the)?)?(?:winning|successful|selected|awarded)?"
        r"(?:supplier|bidder|contractor|tenderer|vendor|winner)(?:name)?"
    ),
    "price": re.compile(r"(?:contract|award|winning|bid|total)?(?:price|amount|value|sum)"),
    "lot": re.compile(r"lot(?:no\.?|number)?"),
}
_ENGLISH_SURE = re.compile(r"winning|successful|selected|award|winner|contract")
_LOT = re.compile(
    r"^(?:采购|合同|所投|投标)?(?:包号|包|标段|标包|分包|标项|包组|包件|子包|分标|包别|标段包|标段号|合同包|标段序号)(?:号|编号|序号|组|别)?$"
)
_RANK = re.compile(r"排名|名次|排序|位次|^推荐顺序|顺位")
_NAMED_RANK = re.compile(
    r"第([一二三四五六七八九十]|\d{1,2})(?:名|中标|成交|候选|顺位|中选|推荐)|排名第([一二三四五六七八九十])"
)
_FOLLOWED = re.compile(
    r"[(\[][^()\[\]]{0,20}[)\]]|[:\s]|(?<=名称)[、及和与](?:联系)?(?:地址|方式|电话)"
)
_NUMERALS = {char: n for n, char in enumerate("一二三四五六七八九十", 1)}


@lru_cache(maxsize=4096)
def find_role(label: str) -> Role | None:
    """What a label, simplified, announces for an award; None for all other labels.

    >>> find_role("中标(成交)供应商名称:")
    Role(kind='supplier', level=3, rank=None)
    >>> find_role("第二中标候选人").rank, find_role("中标人地址")
    (2, None)
    """
    key = _FOLLOWED.sub("", label)
    if not 1 < len(key) <= _LONGEST:
        return Role("lot") if key == "包" else None
    if key.isascii():
        return _english(key)
    rank = named_rank(key)
    if rank and _is_only_rank(key):
        return Role("supplier", CANDIDATE, rank)
    if _LOT.match(key):
        return Role("lot")
    if _NO_ROLE.search(key):
        return None
    if _PRICE.search(key) and not key.endswith("单位"):
        return Role("price", _price_level(key), rank)
    if _RANK.search(key) and not key.endswith(("名称", "单位")):
        return Role("rank")
    if _SUPPLIER.search(key) or _GENERIC.match(key):
        return Role("supplier", _supplier_level(key), rank)
    return None


def _english(key: str) -> Role | None:
    """The same of a label in English, without its spaces: `contractprice`."""
    sure = _ENGLISH_SURE.search(key) is not None
    if _ENGLISH["supplier"].fullmatch(key):
        return Role("supplier", WINNER if sure and key != "contractor" else BIDDER)
    if _ENGLISH["price"].fullmatch(key):
        return Role("price", SETTLED if sure else OFFERED)
    return Role("lot") if _ENGLISH["lot"].fullmatch(key) else None


def named_rank(label: str) -> int | None:
    """The rank that a label or a cell names: 第一名, 第2中标候选人, 排名第三.

    >>> named_rank("第三中标候选人")
    3
    """
    match = _NAMED_RANK.search(label)
    if match is None:
        return None
    numeral = match.group(1) or match.group(2)
    return int(numeral) if numeral.isdecimal() else _NUMERALS[numeral]


def _is_only_rank(key: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:排名)?第.{1,2}(?:(?:名|顺位)(?:单位|名称)?|(?:中标|成交|中选|推荐)?候选(?:人|单位|供应商)(?:名称|单位)?)?",
            key,
        )
    )


def _supplier_level(key: str) -> int:
    if _CANDIDATE.search(key):
        return CANDIDATE
    return WINNER if _WINNER.search(key) else BIDDER


def _price_level(key: str) -> int:
    if "单价" in key:
        return 0
    for pattern, level in (
        (_WHOLE, WHOLE),
        (_WEIGHED, WEIGHED),
        (_SETTLED, SETTLED),
        (_OFFERED, OFFERED),
    ):
        if pattern.search(key):
            return level
    return WEIGHED
