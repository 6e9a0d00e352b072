"""What of a printed line stays from one look to the next, when nobody edits the notice.

Counters, clocks and tokens differ each time a page is made. They are cut off before two looks are
compared, and nothing else: a rule here must not swallow what a notice states.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

LONGEST_WITH_COUNTER = 200
"""A line that is longer is prose: a number of visits in it is a requirement, no counter."""
_COUNT = r"[ \u3000]{0,3}[:：][ \u3000]{0,3}\d[\d,]{0,11}[ \u3000]?(?:人次|次|人)?"
_COUNTER = re.compile(
    rf"(?:浏览|点击|阅读|围观|点赞)(?:次数|人次|人数|量|数|率){_COUNT}(?!\d)"
    r"|(?:^|(?<=[^\u3400-\u9fffA-Za-z]))(?:浏览|点击|访问|阅读|查看|收藏|下载)"
    rf"(?:次数|人次|人数|量|数|率)?{_COUNT}(?=$|[\s|】\])）;；,，。])"
)
"""The words of a page's own counters stand anywhere, often joined to the date before them; those
that a requirement could use too (日访问量) only where nothing is written before them."""
_VISITOR = re.compile(
    r"您是第\s{0,3}\d[\d,]{0,11}\s{0,3}位\S{0,6}|(?:当前|在线)(?:在线)?人数\s{0,3}[:：]\s{0,3}\d+"
)
_MOMENT = (
    r"[\d０-９]{2,4}[-/年.][\d０-９]{1,2}[-/月.][\d０-９]{1,2}日?"
    r"(?:[ \u3000]{0,3}(?:星期|周)[一二三四五六日天])?"
    r"(?:[ T\u3000]{0,3}\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}秒?)?)?"
    r"(?:[ \u3000]{0,3}(?:星期|周)[一二三四五六日天])?"
)
_CLOCK = re.compile(
    r"(?:(?:当前|现在|系统|服务器|页面生成|打印|刷新)时间[ \u3000]{0,3}[:：]?"
    r"|今天是[:：]?|现在是[:：]?)"
    rf"[ \u3000]{{0,3}}(?:{_MOMENT}|\d{{1,2}}:\d{{2}}(?::\d{{2}})?)"
)
_TOOK = re.compile(
    r"(?:processed in|页面执行(?:时间)?|执行时间|耗时|用时)\s{0,3}[:：]?\s{0,3}\d+(?:\.\d+)?\s{0,2}"
    r"(?:ms\b|s\b|seconds?(?:\(s\))?|毫秒|秒)",
    re.I,
)
_TOKEN = re.compile(
    r"(?<![A-Za-z])(?:jsessionid|phpsessid|session_?id|csrf[-_]?(?:token)?|x?_?token|nonce|__viewstate"
    r"|trace_?id|request_?id|time_?stamp|server_?time)[\"']?\s{0,2}[=:：]\s{0,2}[\"']?[\w./+=%-]{1,400}",
    re.I,
)
_LONG_NAME = re.compile(r"(?:[0-9a-f]{24,512}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\Z", re.I)
_PRINTED_TIME = re.compile(
    r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?[ T\u3000]{1,3}"
    r"(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?)?"
)
CLOSE = timedelta(minutes=15)
ZONES = (timedelta(0), timedelta(hours=8))
"""Servers print their own time: UTC or China's."""


def steady(line: str) -> str:
    """A line without its counters, clocks and tokens, white space closed up; "" if nothing stays.

    >>> steady("发布时间：2026-03-02  浏览次数：1,204次"), steady("今天是2026年3月9日 星期一")
    ('发布时间：2026-03-02', '')
    >>> steady("2024-12-30浏览次数：125"), steady("系统日访问量：10000次")
    ('2024-12-30', '系统日访问量：10000次')
    """
    if len(line) <= LONGEST_WITH_COUNTER:
        line = _VISITOR.sub("", _COUNTER.sub("", line))
    line = _TOOK.sub("", _CLOCK.sub("", line))
    line = _TOKEN.sub("", line)
    line = " ".join(line.split())
    return "" if _LONG_NAME.match(line) else line


def without_clock(line: str, at: datetime | None) -> str | None:
    """A line without the times that were *now* when it was fetched; None where there is none.

    >>> from datetime import UTC
    >>> without_clock("更新 2026-03-09 14:30:05", datetime(2026, 3, 9, 6, 30, 7, tzinfo=UTC))
    '更新 '
    >>> without_clock("开标 2026-04-01 09:30", datetime(2026, 3, 9, 6, 30, 7, tzinfo=UTC))
    """
    if at is None:
        return None
    found = False

    def cut(match: re.Match[str]) -> str:
        nonlocal found
        is_now = _is_now(match, at)
        found = found or is_now
        return "" if is_now else match[0]

    rest = _PRINTED_TIME.sub(cut, line)
    return rest if found else None


def _is_now(match: re.Match[str], at: datetime) -> bool:
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        printed = datetime(year, month, day, hour, minute, second, tzinfo=at.tzinfo)
        return any(abs(printed - at - zone) <= CLOSE for zone in ZONES)
    except (ValueError, OverflowError):
        return False
