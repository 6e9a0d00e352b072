"""The level of government on which an organisation stands, by its name and its place."""

from __future__ import annotations

import re
from typing import Literal

from tenderlight.organisations.anatomy import Anatomy, anatomy
from tenderlight.organisations.kinds import find_kind
from tenderlight.organisations.wording import wording
from tenderlight.places.divisions import level_of

Level = Literal["national", "province", "prefecture", "county", "township"]

TOWNSHIP = re.compile(
    r"(?:街道办?|[镇乡](?:政府|党委|[\u4e00-\u9fff]{0,8}[所站院中心]{1,2})?|派出所|居委会|村委会|苏木|警务站|社区)$"
)
NATIONAL = re.compile(r"^(?:中华人民共和国|全国|国家|中央|最高人民|中共中央|中国共产党中央)")
MINISTRY = re.compile(r"^(?:[\u4e00-\u9fff]{2,8}部)(?:$|.{0,12}(?:局|司|所|中心|院|厅|办公室)$)")
RANKS: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"总队$|[公安司法教育民政财政]{2}厅$|厅$|高级法院$|高院$"), "province"),
    (re.compile(r"支队$|中级法院$|中院$"), "prefecture"),
    (re.compile(r"大队$|分局$|^县|中队$"), "county"),
)
"""What the name of an office says of its level where no place does."""


def find_level(name: str, division: str | None = None) -> Level | None:
    """The level of the division that an office serves: its own place, else `division`.

    None for companies and universities: they serve no division. A district of a municipality
    (北京市朝阳区) counts as a county, as its code does. Local offices of the whole state (customs,
    tax) have the level of their place.

    >>> find_level("临沂市沂南坡县公安局"), find_level("河南省公安厅"), find_level("公安部")
    ('county', 'province', 'national')
    >>> find_level("合肥市庐阳岗区枫林街道办事处"), find_level("山东移动")
    ('township', None)
    """
    plain = wording(name).plain
    known = anatomy(plain, division or "")
    if known.form != "office" or find_kind(name) == "university":
        return None
    if TOWNSHIP.search(known.core):
        return "township"
    own = known.spot.said and not (division and "context" in known.rules and not known.spot.local)
    if own:
        return _of_place(known)
    if NATIONAL.search(known.plain) or MINISTRY.match(known.core):
        return "national"
    said = next((level for pattern, level in RANKS if pattern.search(known.core)), None)
    return said or (_of_place(known) if known.spot.said else None)


CORPS = "xpcc"
"""The zone of the Production and Construction Corps; its divisions are `xpcc-1` and so on."""


def _of_place(known: Anatomy) -> Level | None:
    if known.spot.local:
        corps = known.spot.local.partition("-")
        return "county" if corps[0] != CORPS else "prefecture" if corps[1] else "province"
    levels = {level_of(code) for code in known.spot.codes}
    return levels.pop() if len(levels) == 1 else None
