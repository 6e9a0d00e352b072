"""Telling a site's own text (menus, breadcrumbs, footers) from the notice.

Nothing is left out: a block is only marked. A wrong mark hides part of a notice from every later
step, so a block is marked only for what it says itself, or where the page's mark-up says so and
nothing in the block speaks against it.
"""

from __future__ import annotations

import re

from tenderlight.reading.writing import Line

_STRONG = re.compile(
    r"bread|crumb|current_?loc|deail_currentloc|copyright|(?:^|[\s_-])(?:nav|navbar|navigation|navi"
    r"|menu|footer|foot|sidebar|toolbar|share|bdsharebuttonbox|pagination|pager|login|location"
    r"|weizhi|dqwz|friendlink|links)(?:$|[\s_-])",
    re.I,
)
_WEAK = re.compile(
    r"(?:^|[\s_-])(?:top|header|head|hd|tool|tools|bar|bottom|search|related|prev|next|btn|buttons?"
    r"|qr|code|friend|print|position|tips?)(?:$|[\s_-])",
    re.I,
)
_STATES = re.compile(r"[：:]\s*\S|\d{4}\s*[-年/.]\s*\d|[￥¥]|万元|有限公司")
"""A label with a value, a date, money or a company: a notice speaks like that, a menu does not."""
_PATH = re.compile(
    r"^(?:您?的?(?:当前|现在的?|所在的?)位置\s*[：:]?.{0,20}(?:[>»→＞›/]|首页)|首页\s*[>»→＞›/\\-])"
)
_SITE_WORDS = re.compile(
    r"^(?:[【\[(（]?\s*(?:打印|打印本页|打印此页|我要打印|关闭|关闭窗口|关闭本页|返回|返回顶部|返回首页"
    r"|返回列表|回到首页|分享|分享到|收藏|收藏本站|加入收藏|设为首页|网站地图|网站首页|首页|登录|注册|退出"
    r"|联系我们|关于我们|扫一扫.{0,20}|微信|微博|繁體|繁体|简体|无障碍|无障碍浏览|全文下载|显示公告概要"
    r"|字[号体]\s*[：:]?\s*[\[【]?\s*大\s*中\s*小|上一[页篇条]|下一[页篇条]|帮助中心|搜索|查询)"
    r"\s*[】\])）]?[\s|:：、丨]*){1,12}$"
)
_SITE_LINES = re.compile(
    r"^(?:上一[篇条]|下一[篇条])\s*[：:]|版权所有|^copyright\b|^©|ICP备\s*[\d０-９]{4,}号?|公网安备\s*\d"
    r"|^技术支持\s*[：:].{0,30}(?:公司|中心|\d{7})|网站标识码\s*[：:]|^免责声明\s*[：:]?$|^本页面提供的内容是按照|^建议使用.{0,40}浏览器"
    r"|^(?:浏览|点击|阅读|访问)(?:次数|数|量)\s*[：:]?\s*\d*\s*次?$|^您是第\s*\d",
    re.I,
)
_LOST_SOURCE = re.compile(
    r"^\s*(?:var\s+\w+\s*=|function\s*\w*\(|\$\(|document\.|window\.|if\s*\(|\}\s*(?:else|catch)?\s*[({;]?$"
    r"|//\s|/\*|[.#]?[\w.#\s:,-]{1,60}\{[^}]*[:;][^}]*\}?\s*$|@(?:media|import|font-face)\b"
    r"|[a-z-]{2,30}\s*:\s*[^，。；]{1,60};\s*$)",
    re.A,
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar|7z|wps|ofd|jpe?g|png|txt)\b|附件|下载", re.I)
_FURNITURE_LENGTH = 300
_MENU_LENGTH = 16
_MENU_RUN = 4


def hint_of(names: str) -> int:
    """How strongly an element's class and id name site furniture: 0, 1 or 2.

    >>> hint_of("vF_deail_currentloc"), hint_of("vF_detail_header"), hint_of("content")
    (2, 1, 0)
    """
    if _STRONG.search(names):
        return 2
    return 1 if _WEAK.search(names) else 0


def mark_furniture(lines: list[Line]) -> None:
    """Mark, in place, the lines that are site text."""
    for line in lines:
        if line.part == "body" and _is_furniture(line):
            line.furniture = True
    _mark_menus(lines)


def forgive(lines: list[Line]) -> None:
    """Take back the hint of an element that turned out to hold the notice itself.

    A page may call anything `header` or `nav`: much text that is not links is no furniture.
    """
    characters = sum(len(line.text) for line in lines)
    linked = sum(line.linked for line in lines)
    if characters > _FURNITURE_LENGTH and linked < characters * 0.5:
        for line in lines:
            line.hint = 0


def _is_furniture(line: Line) -> bool:
    text = line.text
    mostly_links = line.linked > len(text) * 0.8
    if len(text) > _FURNITURE_LENGTH:
        return line.hint == 2 and mostly_links
    if _says_so(line, mostly_links):
        return True
    if not line.hint:
        return line.table is None and bool(_LOST_SOURCE.match(text))
    if line.kind in ("title", "heading"):
        return False
    if _STATES.search(text):
        return line.hint == 2 and mostly_links
    return line.hint == 2 or line.linked > len(text) * 0.5


def _says_so(line: Line, mostly_links: bool) -> bool:
    """Whether the words are those of a site. In a table they may be the functions of a system."""
    if _PATH.match(line.text) or _SITE_LINES.search(line.text):
        return True
    may_be_function = line.table is not None and not mostly_links
    return not may_be_function and bool(_SITE_WORDS.match(line.text))


def _mark_menus(lines: list[Line]) -> None:
    """Mark runs of short lines that are nothing but links, such as the menu of a portal."""
    run: list[Line] = []
    for line in lines:
        if _is_menu_entry(line):
            run.append(line)
            continue
        _mark_run(run)
        run = []
    _mark_run(run)


def _mark_run(run: list[Line]) -> None:
    if len(run) >= _MENU_RUN:
        for line in run:
            line.furniture = True


def _is_menu_entry(line: Line) -> bool:
    return (
        line.part == "body"
        and 0 < len(line.text) <= _MENU_LENGTH
        and line.linked >= len(line.text) * 0.8
        and not _FILE.search(line.text)
    )
