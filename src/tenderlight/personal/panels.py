"""Members of panels, named in a sentence: `评审小组由王小明、李某组成`, `专家一：王小明`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.model import Mask
from tenderlight.personal.names import HAN, SURNAME, is_name

PANEL = re.compile(
    r"(?:小组|委员会|专家组|评委会|专家|评委|成员)(?:成员|组长|名单|人员)?"
    r"(?:由以下[^\n：:]{0,6}组成)?(?:[ \u3000]{0,4}[:：]|分别[由为是]|由|为|有|是)\s{0,4}"
)
NUMBERED = re.compile(r"(?:专家|评委|成员)[一二三四五六七八九十\d]{1,2}[ \u3000]{0,2}[:：]\s{0,3}")
REMARK = r"(?:[(（][^)）\n]{0,16}[)）])?"
MEMBER = re.compile(
    rf"{REMARK}((?:{SURNAME})[{HAN}]{{1,2}}?)"
    rf"(?=[、，,；;。\s和及与(（]|等?[一二三四五六七八九十\d]{{0,2}}[名位人]?组成|等|共|$)"
)
BETWEEN = re.compile(rf"[ \u3000]{{0,2}}{REMARK}[、，,；; \u3000和及与]{{1,3}}")
LEAST = 2
"""One word after 小组由 may be anything; two that look like names are names."""
MOST = 40


def find_panels(text: str) -> Iterator[Mask]:
    """The names of those who judged offers, where they stand in a sentence."""
    for match in PANEL.finditer(text):
        members = _members(text, match.end())
        if len(members) >= LEAST:
            yield from members
    for match in NUMBERED.finditer(text):
        yield from _members(text, match.end())[:1]


def _members(text: str, at: int) -> list[Mask]:
    """The names that follow one another from here on."""
    members: list[Mask] = []
    while len(members) < MOST:
        member = MEMBER.match(text, at)
        if member is None or not is_name(member[1]):
            break
        members.append(Mask(member.start(1), member.end(1), "person"))
        between = BETWEEN.match(text, member.end())
        if between is None:
            break
        at = between.end()
    return members
