"""What a notice leaves out by name: exclusions, struck items, empty boxes."""

from __future__ import annotations

import re

REACH = 80
"""How far a sentence is followed to either side; longer ones are lists, whose ends say little."""
FURNISHED = "the name of a place that is furnished"
LEFT_OUT = "left out or forbidden"
REMOVED = "left out or removed"
OTHERS = "others see to it"
REPLACED = "replaced by the correction"
EXCLUDING = (LEFT_OUT, REMOVED, OTHERS, REPLACED)
"""Rules that say the thing is not part of the purchase."""

_EXCLUDED_BEFORE = re.compile(
    "不包[含括]|未包[含括]|不含(?!税|增值)|不涉及|不需要?(?!求)|无需|无须|毋需|禁止|严禁|不采用|不使用|不提供"
    "|不得(?!少于|低于|小于|高于|超过|大于|晚于|超出)|不再|不建|不设|不予|未采用|未使用|剔除|删除|删去|取消|核减|扣除|排除|去掉"
)
_NOT_THIS = re.compile(
    "(?:^|[(、])(?:非|不是)(?!法|接触|现场|经|公|标)[^,。;]{0,4}$|(?:而非|并非)[^,。;]{0,4}$"
)
_EXCLUDED_AFTER = re.compile(
    r"^[^,。;\n]{0,10}?(?:取消|删除|删去|剔除|核减|除外|不在本次|不属于本|不纳入|另行采购|另行招标|另行建设|利旧|不在本|不属本|不列入|暂不|不再|[(](?:本期|本次)不|[(]不建)"
)
_BOX = re.compile("[□☐▢☑■☒√✓✔]")
_TICKED = re.compile("[☑■☒√✓✔]")
_FURNISHED = re.compile(
    "^[^,。;、:\\n]{0,8}?(?:空调|家具|桌椅|装修|装饰|物业|保洁|绿化|食堂|食材|被装|服装|办公用品|防水|电梯|供暖|外墙|土建|用房)"
)
"""What is bought for a place that is named after the technology."""
_REPLACED_AFTER = re.compile(r"^[^。;\n]{0,24}?(?:更正|变更|修改|调整|更换|改)[为成]")


def left_out(clause: str, after: str, correction: bool) -> str:
    """Why a word names what is not part of the purchase; empty where nothing says so."""
    if _EXCLUDED_BEFORE.search(clause[-40:]) or _NOT_THIS.search(clause):
        return LEFT_OUT
    if _EXCLUDED_AFTER.search(after):
        return REMOVED
    if correction and _REPLACED_AFTER.search(after):
        return REPLACED
    if _FURNISHED.search(after):
        return FURNISHED
    return ""


def not_ticked(plain: str, start: int, end: int) -> str:
    """A form prints what it could ask for with empty boxes, and ticks what it asks for."""
    line = max(plain.rfind("\n", 0, start) + 1, start - REACH)
    boxes = _BOX.findall(plain, line, start)
    if not boxes or _TICKED.match(boxes[-1]):
        return ""
    ticked = _TICKED.search(plain, max(start - 4 * REACH, 0), end + 4 * REACH)
    return LEFT_OUT if ticked else ""
