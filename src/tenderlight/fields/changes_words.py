"""The words with which labels and columns tell what was from what is now."""

from __future__ import annotations

import re

_STAGE = r"(?:更正|变更|修改|调整|更改|修正|修订|澄清|延期|顺延|推迟|补遗)"

BEFORE = re.compile(
    rf"(?:{_STAGE}之?前|原(?:内容|公告|文|条款|文件|招标|采购|来|信息|要求|定|表述|为)?"
    r"(?:$|的|内容|公告|文件)).{0,12}$"
)
"""The name of a column, or a line of its own, of what was: `更正前内容`, `原公告内容`."""
AFTER = re.compile(
    rf"(?:{_STAGE}之?后|现(?:内容|为|文|更正|变更|修改|条款|改|要求|表述)|{_STAGE}为|"
    rf"{_STAGE}后?的?内容为).{{0,12}}$"
)
"""The same of what is now: `更正后内容`, `现内容`, `变更为`."""

NOW = re.compile(
    rf"(?:{_STAGE}后|现(?=开标|投标|预算|最高|提交|递交|响应|招标|采购|项目))的?(?:新的)?"
    r"(?P<what>.{2,30})$"
)
"""A label of what is now of a thing that it names: `更正后的开标时间`."""
WAS = re.compile(
    rf"(?:{_STAGE}前|原(?:定|公告中?的?|招标文件中?的?|采购文件中?的?)?)的?(?P<what>.{{2,30}})$"
)
"""A label of what was: `更正前的开标时间`, `原开标时间`."""

AHEAD = re.compile(rf"(?:{_STAGE}后|{_STAGE}前|现|原)的?(?:新的)?(?=.{{2}})")
"""Such words ahead of the name of the thing."""
ENDING = re.compile(
    rf"[\s,;。、]{{0,4}}(?:[(（]?[\d一二三四五六七八九十]{{1,3}}[)）、.]\s{{0,2}})?(?P<stage>{_STAGE}前|{_STAGE}后|(?<![\u4e00-\u9fff])原)的?\Z"
)
"""Such words at the end of a stretch, where the label behind them was told without them."""
