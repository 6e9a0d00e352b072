"""Private people in lists of places: whose door a camera is to watch, and where they live."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from tenderlight.model import Block, Mask, Reading
from tenderlight.personal.names import HAN, is_dotted, is_name

TRIGGER = re.compile(
    "点位|对象|患者|安装(?:位置|地点|地址)|监控点|布点|布控|住址|(?:家庭|居住|户籍)地址|户籍地|户口所在地|居住地"
)
PLACES = re.compile(
    r"^.{0,8}(?:点位|监控点|布点|布控点)(?:名称?|描述|位置|地址)?$|^(?:具体|详细)?(?:位置|地点)(?:描述|名称)?$|^(?:具体|详细)地址$"
    r"|^.{0,10}(?:安装|布控|摄像机|摄像头|探头|设备|监控|建设|部署|布设)(?:位置|地点|地址|场所|部位|点)(?:名称|描述)?$"
    r"|^(?:所属|所在|管辖|归属)?(?:辖区|区域|社区|行政村|村居|村组|片区|乡镇|街道)(?:名称)?$"
)
DWELLINGS = re.compile(
    r"^.{0,6}(?:住址|(?:家庭|居住|户籍|常住|现居)地址|户籍地|户口所在地|居住地|现住地).{0,4}$"
)
PEOPLE = re.compile(
    r"^.{0,6}(?:管控|监护|关注|重点|帮教|帮扶|稳控|布控)?(?:对象|人员|患者)(?:姓名|名称|名单)?$|^患者$|^户名$"
)
"""Heads of columns: of places, of where people live, of the people themselves."""
DWELLING_LABEL = re.compile(
    r"(?<!公司)(?<!企业)(?<!单位)(?<!商)(?:家庭住址|家庭地址|现住址|居住地址|户籍地址|户口所在地|户籍所在地|住址|居住地)"
    r"[ \u3000]{0,4}[:：][ \u3000]{0,4}([^\n:：,，;；]{2,60})"
)
_WATCHED = "患者|病人|住户|户主|吸毒者|访民|上访户|肇事者|低保户|五保户|矫正者"
OF_THE_WATCHED = re.compile(rf"(?:{_WATCHED})[ \u3000:：(（“\"]{{0,3}}([{HAN}·]{{2,10}})")
OF_A_GROUP = re.compile(
    rf"(?:{_WATCHED}|人员|对象|村民|居民)[ \u3000:：(（“\"]{{0,3}}([{HAN}·]{{2,10}})"
)
AT_HOME = re.compile(
    rf"([{HAN}·]{{2,10}}?)(?:家(?!具|电|属|园|庭|居|政|乐|坝|湾|庄|村|沟|坪|坡|河|营|寨|桥|畈|岗|台|堡|屯|洼|店|集|巷|路|街|山|窑|渡|浜|冲|塘|铺|岭|峪|院子|嘴|渠|川|梁|咀|墩|荡|宅|楼|圩|港|场|窝|垸|埠|界|滩|边|塬|槽|堰)"
    rf"|宅(?!基|院)|住宅|住处|住房|户(?=门|院|$|[\s,，、;；(（]))"
)
HOME = re.compile(
    r"[\dA-Za-z一二三四五六七八九十]{1,4}(?:组|社|队)\s?\d{1,4}号(?!楼|院|路|井|桥|门|杆|线)"
    r"|\d{1,4}(?:号楼|栋|幢|座)(?:[\dA-Za-z一二三四五六七八九十]{1,2}单元)?\s?[-—]?\s?\d{2,4}(?:室|户|号)?(?![\d米层楼台个路套处只人])"
)
OFFICE = re.compile("地址[:：]|办公|公司|大厦|购买|递交|获取|机关")
"""Homes are not looked for in a line that gives an organisation's address, or below one."""
_BEFORE = "村组号社队屯区庄里巷路街幢栋室户人者象民"
_AFTER = "家户宅住门房屋等处的和及与"
"""What may stand beside a name without being a part of it."""
_NO_PERSON = re.compile(
    r"[村组社区路街口门站店馆校院厂厦所场园城桥楼房厅局寺庙观堂殿阁亭塔]|[国专大商厂全独公]$"
)
LONGEST_HEAD = 20
_EMPTY = 2
"""So many columns at the right edge of a page may have nothing but empty cells."""
PIECE = re.compile(r"(?<!\S)\S{3,40}(?!\S)")
"""A line, or what stands between wide spaces in one: longer ones are prose."""


def find_residents(text: str, reading: Reading) -> Iterator[Mask]:
    """Names and homes in columns of places, and addresses where people live.

    The names of public places stay: 王家湾小学门口 is no person, 王小明家门口 is one.
    """
    if not TRIGGER.search(text):
        return
    for match in DWELLING_LABEL.finditer(text):
        if re.search(f"[{HAN}]", match[1]):
            yield Mask(match.start(1), match.start(1) + len(match[1].rstrip()), "address")
    yield from _in_tables(text, reading)
    yield from _in_lines(text, reading)


def _in_tables(text: str, reading: Reading) -> Iterator[Mask]:
    """Of a table without heads that is as wide as the one before, the columns are the same."""
    blocks = (block for block in reading.blocks if block.table is not None)
    before: dict[int | None, str] = {}
    width = 0
    for _, members in groupby(blocks, key=lambda block: (block.part, block.table)):
        table = list(members)
        last = max(block.column or 0 for block in table)
        heads = {b.column: kind for b in reversed(table) if (kind := _head_of(text, b))}
        if not heads and width - _EMPTY <= last <= width:
            heads = before
        before, width = heads, last
        for block in table if heads else ():
            kind = heads.get(block.column, "")
            if kind and not _head_of(text, block):
                yield from _in_cell(text, block, kind)


def _head_of(text: str, block: Block) -> str:
    """What stands below a cell, if it is a head."""
    word = "".join(text[block.start : block.end].split())
    return _kind_of_head(word) if len(word) <= LONGEST_HEAD else ""


def _kind_of_head(word: str) -> str:
    for kind, pattern in (("dwellings", DWELLINGS), ("people", PEOPLE), ("places", PLACES)):
        if pattern.match(word):
            return kind
    return ""


def _in_cell(text: str, block: Block, kind: str) -> Iterator[Mask]:
    if kind == "places":
        yield from _in_place(text, block.start, block.end, alone=True)
    elif kind == "dwellings":
        yield Mask(block.start, block.end, "address")
    else:
        word = text[block.start : block.end].strip()
        if is_name(word) or is_dotted(word):
            start = text.find(word, block.start)
            yield Mask(start, start + len(word), "person")


def _in_lines(text: str, reading: Reading) -> Iterator[Mask]:
    """The same in lists that have lost their cells: only short lines, as their cells were."""
    for block in reading.blocks:
        if block.table is None:
            for piece in PIECE.finditer(text, block.start, block.end):
                yield from _in_place(text, piece.start(), piece.end(), alone=False)


def _in_place(text: str, start: int, end: int, alone: bool) -> Iterator[Mask]:
    """`alone`: the text is a cell of a column of places, not a line of anything."""
    office = not alone and OFFICE.search(text, max(0, start - 12), end)
    for match in () if office else HOME.finditer(text, start, end):
        yield Mask(match.start(), match.end(), "address")
    for match in (OF_A_GROUP if alone else OF_THE_WATCHED).finditer(text, start, end):
        yield from _name_in(match.start(1), match[1], from_left=True)
    for match in AT_HOME.finditer(text, start, end):
        yield from _name_in(match.start(1), match[1], from_left=False)


def _name_in(start: int, words: str, from_left: bool) -> Iterator[Mask]:
    """The name at the beginning or the end of some words, where it is no part of another word."""
    for length in (3, 2):
        at = 0 if from_left else len(words) - length
        name = words[max(at, 0) : max(at, 0) + length]
        if at < 0 or len(name) < length or not is_name(name) or _NO_PERSON.search(name):
            continue
        beside = words[length : length + 1] if from_left else words[:at][-1:]
        if not beside or beside in (_AFTER if from_left else _BEFORE):
            yield Mask(start + at, start + at + length, "person")
            return
    if is_dotted(words):
        yield Mask(start, start + len(words), "person")
