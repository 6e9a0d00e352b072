"""Labels that portals put together anew from the same parts: 递交比选文件截止时间, 询比采购人名称.

Only asked where no list knows the label (`labels.FIELD_OF`), and only of a whole label: on a line
of its own, in a cell, or before the first colon of a line.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORTEST, _LONGEST = 3, 32
_MANNER = (
    "(?:投标|响应|应答|比选|比价|报价|谈判|磋商|竞价|竞选|参选|遴选|询价|询比|竞标|应标|竞谈|"
    "申请|资格预审申请|预审申请)"
)
_HANDED_IN = "(?:递交|提交|报送|送达|上传|接收|接受|送交)"
_OPENED = "(?:开标|开启|截标|唱标|拆封|启封|解密)"
_WHEN = "(?:时间|日期|期限)"
_AND = "(?:及|和|与|、|暨|/)"
_PLACE = f"(?:{_AND}?(?:开标|截止|{_HANDED_IN})?(?:的)?地点)?"
_PAPERS = "(?:文件|资料|材料|书|标书)"
_FIELDS = {
    "opening": (
        f"(?:首次|最终)?{_HANDED_IN}(?:首次)?{_MANNER}?{_PAPERS}?(?:的)?(?:截止|截至){_WHEN}"
        f"(?:{_AND}{_OPENED}(?:{_WHEN})?)?{_PLACE}",
        f"{_HANDED_IN}(?:首次)?{_MANNER}{_PAPERS}(?:的)?(?:截止|截至)?{_WHEN}{_PLACE}",
        f"(?:首次|最终)?{_MANNER}{_PAPERS}?(?:的)?{_HANDED_IN}?(?:的)?(?:截止|截至|开启|开标)(?:{_WHEN})?"
        f"(?:{_AND}?(?:{_OPENED}|谈判|磋商|比选|评审)(?:{_WHEN})?)?{_PLACE}",
        f"(?:公开|本项目)?{_OPENED}(?:{_AND}?评标)?(?:的)?{_WHEN}(?:{_AND}{_WHEN})?{_PLACE}",
        f"(?:谈判|磋商|比选|询价|竞价|询比|竞谈){_WHEN}{_PLACE}",
    ),
    "buyer": (
        "(?:采购|招标|比选|询价|询比|遴选|竞价|发包|征集|竞选|比价){1,2}"
        "(?:人|单位|方|主体|部门|机关|业主)(?:的)?(?:名称|全称|单位名称)?",
    ),
    "agency": (
        "(?:政府采购|集中采购|采购|招标|比选|委托|受托|受委托|招标采购){0,2}代理(?:服务)?(?:机构|单位|公司)"
        "(?:的)?(?:名称|全称)?",
    ),
    "project_name": (
        "(?:采购|招标|比选|询价|询比|磋商|谈判|竞价|遴选|竞标|竞谈|比价|征集|工程|建设|合同|服务|交易|本){1,3}"
        "项目(?:的)?(?:名称|全称)",
    ),
}
_RULES = tuple((field, re.compile("|".join(forms))) for field, forms in _FIELDS.items())


@lru_cache(maxsize=4096)
def composed_field(key: str) -> str | None:
    """The field that such a label announces; None for every other word.

    >>> composed_field("递交比选文件截止时间"), composed_field("投标有效期")
    ('opening', None)
    >>> composed_field("询比采购人名称")
    'buyer'
    """
    if not _SHORTEST <= len(key) <= _LONGEST:
        return None
    return next((field for field, rule in _RULES if rule.fullmatch(key)), None)
