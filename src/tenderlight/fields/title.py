"""The notice's title: the page's own, the first line that reads like one, or the manifest's."""

from __future__ import annotations

import re

from tenderlight.fields.agreement import cite_statement
from tenderlight.fields.awards_words import find_role
from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Reading, Statement
from tenderlight.plain import simplify

TYPE_WORD = re.compile(
    r"公告|公示|意向|招标|采购|磋商|谈判|询价|中标|成交|候选人|更正|变更|澄清|废标|流标|终止|合同|验收|"
    r"单一来源|预审|邀请函|比选|结果|决标|批出|\b(?:tender|bids?|award|procurement|quotations?|prequalification)\b"
)
_NOTICE_END = re.compile(
    r"(?:公告|公示|公开|意向|通知|邀请函|邀请书|公示表|公告书|招标文件|采购文件|磋商文件|谈判文件|结果|合同|表)"
    r"\s*(?:[(（\[【].{0,12}[)）\]】]|[一二三四五\d]|[。.])*$"
)
_SITE = re.compile(
    r"^.{0,16}(?:采购网|交易网|交易平台|服务平台|交易中心|采购中心|政府网|门户网站|信息网|投标网|招标网|首页)$"
)
_GENERIC = re.compile(
    r"^(?:第[一二三四五\d]+[章部分]+|[\d.、]+)?\s*(?:[^\s]{0,12}(?:采购|交易|招标|投标)(?:服务|交易|信息|公共)?(?:平台|网)|.{2,6}[省市县区])?"
    r"(?:政府采购|采购|项目|招标|投标|中标|成交|拟|预|结果|比选|候选人|合同|竞争性|公开|磋商|谈判|询价|工程|基本|[、()\s]|邀请)*"
    r"(?:公告|公示|公示表|文件|邀请函|通知书?|信息|项目)?$"
)
"""A heading that names no purchase: `中标结果公示表`, `第一章 招标公告`."""
BARE_ENGLISH = re.compile(
    r"(?:(?:open |public |contract )?(?:tender|award|procurement|invitation|request)"
    r"(?: (?:notice|announcement|(?:for|to) (?:bids?|tender|quotations?|proposals?)))?"
    r"(?: of award)?"
    r"|notice of [a-z ]{4,20})(?:\s?\([a-z]{2,5}\))?[\s.]*$"
)
"""An English heading that names no purchase: `Notice of Contract Award`."""
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、|\d{1,2}[.、]")
_LABEL = re.compile(r"^.{1,12}[:]")
MENU = re.compile(r"首页|(?:当前|您的|所在)\s{0,2}位置|[|>»›→].{1,24}[|>»›→]|^欢迎|访问量|今天是")
"""A line of a site's menu or of the path to the page: no heading of a notice."""
_LISTED = re.compile(
    r"[^。;:\n]{8,90}(?:公告|公示|邀请函?|通知|书)"
    r"\s{0,8}[\[(]?\d{4}[\-/.年]\d{1,2}[\-/.月]\d{1,2}日?[\])]?$"
)
_OPENING = re.compile(
    r"(?P<title>[^\s。;:,]{8,100}(?:公告|公示|邀请函))(?:\([^()]{1,8}\))?\s{1,4}[\u4e00-\u9fff]{2,8}:"
)
_SHARED = 6
_LINES_READ = 12
_LONGEST = 160


def find_title(reading: Reading, layout: Layout, stated: Statement | None) -> Cited[str] | None:
    """The title as printed, without line breaks.

    Asked in this order: a title of the page's head that ends like a notice's or names a purchase;
    a label `公告标题`; one of the first lines that ends like a notice's title; the manifest; a
    head's title or a heading of any wording. A site's name is no title.
    """
    page = _from_head(reading, layout) or _from_label(reading, layout)
    page = page or _from_lines(reading, layout) or _opens_paragraph(reading, layout)
    manifest = _from_manifest(stated)
    if page is not None and manifest is not None and manifest.value.endswith(page.value):
        return manifest
    return page or manifest or _first_heading(reading, layout)


def settle_title(title: Cited[str] | None, project_name: Cited[str] | None) -> Cited[str] | None:
    """The project's name in place of a title that names no purchase."""
    if project_name is None or (title is not None and not _names_nothing(title)):
        return title
    return Cited(value=project_name.value, at=project_name.at, rule="project name")


def names_purchase(title: Cited[str]) -> bool:
    """False for a site's name and for headings such as `招标项目基本信息`."""
    words = simplify(title.value)
    return not any(rule.match(words) for rule in (_GENERIC, _SITE, BARE_ENGLISH))


def is_of_another(layout: Layout, index: int, title: Cited[str] | None) -> bool:
    """True for a line of a site's list of other notices, which have nothing of this one's title.

    Two lines of such a list, each with its day, are told without a title.
    """
    words = [layout.plain[line.start : line.end] for line in layout.lines[max(0, index - 1) :][:3]]
    own = words[min(index, 1)]
    if sum(_LISTED.match(each) is not None for each in words) > 1 and _LISTED.match(own):
        return True
    if title is None or not names_purchase(title):
        return False
    known = "".join(simplify(title.value).split())
    names = [part for part in TYPE_WORD.split("".join(own.split())) if len(part) >= _SHARED]
    return bool(names) and not any(
        name[at : at + _SHARED] in known
        for name in names
        for at in range(min(len(name), _LONGEST) - _SHARED + 1)
    )


def _names_nothing(title: Cited[str]) -> bool:
    words = simplify(title.value)
    if title.rule not in ("first heading", "first line"):
        return False
    return not TYPE_WORD.search(words) or any(
        rule.match(words) for rule in (_GENERIC, _SITE, _NUMBERED, BARE_ENGLISH)
    )


def _from_head(reading: Reading, layout: Layout) -> Cited[str] | None:
    best: tuple[int, int, int] | None = None
    for block in reading.blocks:
        if block.part != "head":
            break
        if block.kind != "title":
            continue
        start, end = _without_site(layout.plain, block.start, block.end)
        words = layout.plain[start:end]
        if _SITE.match(words) or not TYPE_WORD.search(words):
            continue
        rank = 2 if _NOTICE_END.search(words) else 1
        if best is None or rank > best[0]:
            best = (rank, start, end)
    return _cited(reading, best[1], best[2], "head") if best else None


def _without_site(plain: str, start: int, end: int) -> tuple[int, int]:
    """A page's title without the site's name after a dash or a bar."""
    for mark in ("_", "|", " - ", "--"):
        place = plain.find(mark, start, end)
        if place > start + 6 and TYPE_WORD.search(plain, start, place):
            return start, place
    place = plain.rfind("-", start, end)
    if place > start + 6 and _SITE.match(plain[place + 1 : end].strip()):
        return start, place
    return start, end


def _from_label(reading: Reading, layout: Layout) -> Cited[str] | None:
    for pair in layout.of("title"):
        if 6 <= len(pair.value) <= _LONGEST:
            return _cited(reading, pair.start, pair.end, f"label {pair.label}")
    return None


def _from_lines(reading: Reading, layout: Layout) -> Cited[str] | None:
    for index, line in enumerate(layout.lines[:_LINES_READ]):
        words = layout.plain[line.start : line.end]
        if is_of_another(layout, index, None):
            continue
        if not 8 <= len(words) <= _LONGEST or _LABEL.match(words) or "。" in words:
            continue
        if _GENERIC.match(words) or _NUMBERED.match(words) or MENU.search(words):
            continue
        if _NOTICE_END.search(words) and TYPE_WORD.search(words):
            return _cited(reading, line.start, line.end, "first line")
    return None


def _opens_paragraph(reading: Reading, layout: Layout) -> Cited[str] | None:
    """The title of a notice of one paragraph: `东湖县门禁采购成交公告 项目编号：…`."""
    line = layout.lines[0] if layout.lines else None
    match = _OPENING.match(layout.plain, line.start, line.end) if line else None
    return _cited(reading, *match.span("title"), "first words") if match else None


def _from_manifest(stated: Statement | None) -> Cited[str] | None:
    if stated is None or not stated.title:
        return None
    return cite_statement(stated, " ".join(stated.title.split()), stated.title, "manifest")


def _first_heading(reading: Reading, layout: Layout) -> Cited[str] | None:
    for line in layout.lines[:_LINES_READ]:
        words = layout.plain[line.start : line.end]
        if line.block.kind in ("heading", "title") and len(words) >= 6 and not _LABEL.match(words):
            return _cited(reading, line.start, line.end, "first heading")
    labelled = {at for pair in layout.pairs[:20] for at in (pair.label_start, pair.start)}
    for index, line in enumerate(layout.lines[:3]):
        words = layout.plain[line.start : line.end]
        if MENU.search(words) or _LABEL.match(words) or line.start in labelled:
            continue
        label = find_role("".join(words[:40].split())) or field_of(plain_key(words[:40]))
        if label or is_of_another(layout, index, None):
            continue
        if 8 <= len(words) <= 80 and "," not in words:
            return _cited(reading, line.start, line.end, "first line")
    return None


def _cited(reading: Reading, start: int, end: int, rule: str) -> Cited[str]:
    passage = reading.passage(start, end)
    return Cited(value=" ".join(passage.text.split()), at=passage, rule=rule)
