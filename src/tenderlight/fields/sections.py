"""Lines and numbered headings of a notice."""

from __future__ import annotations

import re
from itertools import pairwise

from tenderlight.fields.labels import plain_key
from tenderlight.fields.parties import ABOUT_A_PARTY, CONTEXTUAL
from tenderlight.fields.shapes import Line, Section
from tenderlight.model import Block, Reading

_HEADING = re.compile(
    r"(?P<one>第?[一二三四五六七八九十]{1,3}(?:章|部分)?\s*[、.:])\s*(?=\S)|"
    r"(?P<two>\([一二三四五六七八九十]{1,3}\)|\d{1,2}\s*[.、](?!\d))\s*(?=\S)"
)
_UNNUMBERED = re.compile(
    r"(?:采购人|采购单位|招标人|招标单位|建设单位|业主|[^:\s]{0,4}代理机构|代理单位|供应商|项目|监督部门)"
    r"[^:\s]{0,2}(?:信息|情况|联系方式)\s*:?$"
)
_BROKEN = re.compile(
    r"\d{1,2}\s*[.、]?\s*(?P<title>(?:采购人|采购单位|招标人|(?:采购|招标)?代理机构|项目联系)\s*"
    r"(?:信息|情况|方式|联系方式))\s*:?\s*\n"
)
_INLINE_HEADING = re.compile(
    r"(?<=[\s。;)])(?=[一二三四五六七八九十]{1,3}、\S)|(?<=\s)(?=\([一二三四五六七八九十]{1,3}\)\S)"
)
_OF_A_PARTY = CONTEXTUAL | ABOUT_A_PARTY
"""Labels that stand below a party's heading, with their values on the next line: `1.名称：`."""
_LONGEST_TITLE = 40
_SPLIT_ABOVE = 30
"""Only blocks longer than this can be a whole notice in one paragraph."""


def find_lines(reading: Reading, plain: str) -> tuple[list[Section], list[Line]]:
    """Cut the body into lines, each with the section it lies in.

    Site furniture and meta tags are left out. A long block is cut before each `一、` inside it.
    """
    sections: list[Section] = []
    lines: list[Line] = []
    current = -1
    for block in reading.blocks:
        if block.furniture or block.part == "head":
            continue
        for start, end in _cut(plain, block):
            section = _section_at(plain, start, end, sections, current)
            section = section or _broken_heading(plain, start, end, sections, current)
            if section is not None:
                sections.append(section)
                current = len(sections) - 1
            lines.append(Line(start, end, current, block))
    return sections, lines


def _cut(plain: str, block: Block) -> list[tuple[int, int]]:
    """The trimmed pieces of a block, without the empty ones."""
    start, end = block.start, block.end
    edges = [start, end]
    if end - start > _SPLIT_ABOVE:
        edges[1:1] = [m.start() for m in _INLINE_HEADING.finditer(plain, start, end)]
    elif start < end and not (plain[start].isspace() or plain[end - 1].isspace()):
        return [(start, end)]
    pieces = []
    for start, end in pairwise(edges):
        while start < end and plain[start].isspace():
            start += 1
        while end > start and plain[end - 1].isspace():
            end -= 1
        if start < end:
            pieces.append((start, end))
    return pieces


def _section_at(
    plain: str, start: int, end: int, sections: list[Section], current: int
) -> Section | None:
    heading = _HEADING.match(plain, start, end)
    if heading is None:
        if end - start > _LONGEST_TITLE or not _UNNUMBERED.match(plain, start, end):
            return None
        return Section(_title(plain[start:end]), start, 3, _parent(sections, current, 3))
    level = 1 if heading["one"] else 2
    body = plain[heading.end() : end]
    title = _title(body)
    if len(title) > _LONGEST_TITLE or "。" in title or (level == 2 and not _is_bare(body)):
        return None
    if title in _OF_A_PARTY and body.rstrip().endswith(":"):
        return None
    return Section(title, start, level, _parent(sections, current, level))


def _broken_heading(
    plain: str, start: int, end: int, sections: list[Section], current: int
) -> Section | None:
    """A heading that lost tags have spread over lines: `1`, `.采购人`, `信息`."""
    match = _BROKEN.match(plain, start, end + 24) if end - start <= 3 else None
    if match is None:
        return None
    return Section(plain_key(match["title"]), start, 2, _parent(sections, current, 2))


def _is_bare(body: str) -> bool:
    """True for a heading that only opens a section: what follows a colon is a value."""
    before, colon, after = body.partition(":")
    return not after.strip() and (bool(colon) or len(before) <= _LONGEST_TITLE // 2)


def _title(body: str) -> str:
    return plain_key(body.partition(":")[0])


def _parent(sections: list[Section], current: int, level: int) -> int:
    while current >= 0 and sections[current].level >= level:
        current = sections[current].parent
    return current
