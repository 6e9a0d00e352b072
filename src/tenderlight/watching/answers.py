"""What one answer to one look says of the notice, before anything is concluded from it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from tenderlight.model import Capture, Exchange
from tenderlight.watching.address import is_above, is_door, is_home, is_lost, is_same_place
from tenderlight.watching.difference import Difference, difference, likeness
from tenderlight.watching.error_pages import BLOCKED_WORDS, GONE_WORDS, SHORT
from tenderlight.watching.page import Page, seen_at

Kind = Literal["same", "changed", "moved", "gone", "blocked", "failed", "unclear"]

UNANSWERED = "robots-unanswered"
"""The word for a look that was not taken because the site's robots.txt could not be had, however
often it was asked for."""
IMPORTED = "import"
"""The source of what came with an archive that others made (`model.Exchange`)."""
BLOCKED = (401, 403, 407, 412, 429, 451)
"""412 too: a look carries no precondition that could fail, and some guards of sites answer so."""
GONE = (404, 410)
REDIRECTS = (301, 302, 303, 307, 308)
MOST_HOPS = 5
"""Redirects in a row after which a try counts as going nowhere."""
PAUSE = 10.0
"""Seconds after which asking for an address again is not following a redirect to it."""
SAME_LINES = 0.5
"""From this part of its lines on, a page is the notice."""
SOME_LINES = 0.2
"""From this part on it is, if the project number or the title is the same."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One exchange of a visit, and what its document says."""

    capture: Capture
    page: Page | None = None
    """None where there is no document, or where it cannot be read."""
    words: str = ""
    """Where it cannot be read: its beginning as characters (an error in JSON, say)."""
    withdrawn: bool = False
    on_condition: bool = True
    """False where the whole page was asked for: then a 304 says nothing."""

    @property
    def exchange(self) -> Exchange:
        """How it came; a look is always an exchange."""
        return self.capture.exchange or Exchange(source="", run="")

    @property
    def url(self) -> str:
        """The address that was asked."""
        return self.capture.url or ""

    @property
    def at(self) -> str:
        """When it was asked, UTC, RFC 3339."""
        return seen_at(self.capture)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one try says, in words for people, and what of the notice it shows."""

    kind: Kind
    en: str
    zh: str
    replies: tuple[Reply, ...]
    """The try itself: one request, and those that redirects led to."""
    found: Difference = Difference()

    @property
    def end(self) -> Reply:
        """Where the try ended."""
        return self.replies[-1]


def tries(replies: tuple[Reply, ...]) -> list[tuple[Reply, ...]]:
    """The replies of a visit, cut into tries: what a redirect led to belongs to it.

    An address that leads to itself is followed at once; asked for later, it is another try.
    """
    cut: list[list[Reply]] = []
    for reply in replies:
        last = cut[-1] if cut else []
        is_led = bool(last) and last[-1].exchange.location == reply.url
        if is_led and (reply.url != last[0].url or seconds_between(last[-1], reply) < PAUSE):
            last.append(reply)
        else:
            cut.append([reply])
    return [tuple(one) for one in cut]


def answer(
    replies: tuple[Reply, ...], base: Reply, lists: frozenset[str], site: frozenset[str]
) -> Answer:
    """What one try says. `base` is the notice as it was seen last."""
    end = replies[-1]
    kind, en, zh, found = (
        _unanswered(end) or _by_status(replies, base, lists) or _by_page(replies, base, lists, site)
    )
    return Answer(kind=kind, en=en, zh=zh, replies=replies, found=found)


Said = tuple[Kind, str, str, Difference]
NOTHING = Difference()


def _unanswered(end: Reply) -> Said | None:
    error, truncated = end.exchange.error, end.exchange.truncated
    if error == "robots":
        return (
            "blocked",
            "the site asks robots not to fetch it",
            "网站的 robots.txt 不许抓取",
            NOTHING,
        )
    if error == UNANSWERED:
        en = "not asked, for the site's robots.txt was not answered"
        return "failed", en, "网站的 robots.txt 无应答，因此未访问", NOTHING
    if error in ("private-address", "outside"):
        en = f"it was not asked, by our own rules ({error})"
        return "unclear", en, f"按本软件的规则未访问（{error}）", NOTHING
    if error is not None or end.exchange.status is None:
        return (
            "failed",
            f"no answer ({error or 'unknown'})",
            f"无应答（{error or '原因不明'}）",
            NOTHING,
        )
    if truncated is not None:
        return (
            "failed",
            f"the answer was cut off ({truncated})",
            f"应答不完整（{truncated}）",
            NOTHING,
        )
    return None


def _by_status(replies: tuple[Reply, ...], base: Reply, lists: frozenset[str]) -> Said | None:
    end = replies[-1]
    status = end.exchange.status or 0
    en, zh = f"answered {status}", f"应答 {status}"
    if status == 304:
        return _unmodified(replies)
    if status in BLOCKED or (status >= 400 and BLOCKED_WORDS.search(words_of(end))):
        return "blocked", en, zh, NOTHING
    if status in GONE:
        return "gone", en, zh, NOTHING
    if status in REDIRECTS:
        return _endless(end, replies, lists)
    if status >= 500 or status == 408:
        return "failed", en, zh, NOTHING
    if status not in (200, 203):
        return "unclear", en, zh, NOTHING
    return None


def _unmodified(replies: tuple[Reply, ...]) -> Said:
    """That nothing changed is believed of the notice's own address, and where that was asked."""
    if len(replies) > 1:
        en = "it leads to another address, which answers that it was not modified (304)"
        return "unclear", en, "跳转到另一个地址，该地址称未修改（304）", NOTHING
    if not replies[0].on_condition:
        en = "answered “not modified” (304), although the whole page was asked for"
        return "unclear", en, "请求的是完整页面，却应答未修改（304）", NOTHING
    return "same", "not modified since (304)", "自上次以来未修改（304）", NOTHING


def _endless(end: Reply, replies: tuple[Reply, ...], lists: frozenset[str]) -> Said:
    """A redirect that nobody followed to its end: told by where it leads."""
    to = end.exchange.location or ""
    if len(replies) > MOST_HOPS or any(reply.url == to for reply in replies):
        return "failed", "redirects without an end", "重定向没有尽头", NOTHING
    return _by_address(to, replies[0].url, lists) or (
        "unclear",
        "it leads to another address that was not fetched",
        "跳转到另一个未抓取的地址",
        NOTHING,
    )


def _by_address(to: str, notice: str, lists: frozenset[str]) -> Said | None:
    """What an address says to which the notice's own leads, where that is not the notice."""
    if is_door(to):
        return "blocked", "it leads to a login or a verification", "跳转到登录或验证页面", NOTHING
    if is_home(to):
        return "gone", "it leads to the site's home page", "跳转到网站首页", NOTHING
    if to in lists or is_above(to, notice):
        return "gone", "it leads to a list page", "跳转到列表页", NOTHING
    if is_lost(to):
        return "gone", "it leads to an error page", "跳转到错误页面", NOTHING
    return None


def _by_page(
    replies: tuple[Reply, ...], base: Reply, lists: frozenset[str], site: frozenset[str]
) -> Said:
    end, asked = replies[-1], replies[0].url
    is_elsewhere = not is_same_place(end.url, asked)
    if end.capture.sha256 == base.capture.sha256 and end.capture.size:
        return _there(is_elsewhere, NOTHING)
    like = likeness(base.page, end.page) if base.page and end.page else 0.0
    if like < SAME_LINES:
        if said := _by_words(words_of(end), end.page):
            return said
        if is_elsewhere and (said := _by_address(end.url, asked, lists)):
            return said
    if base.page is None or end.page is None:
        return _unreadable(base, end)
    if not is_notice(base.page, end.page, like, is_elsewhere):
        en = "another page stands there, which is not the notice and does not say why"
        return "unclear", en, "该地址现为另一页面，既非原公告，也未说明原因", NOTHING
    return _there(is_elsewhere, difference(base.page, end.page, site))


def _there(is_elsewhere: bool, found: Difference) -> Said:
    if is_elsewhere:
        return (
            "moved",
            "its address leads to the notice at another",
            "原地址跳转到公告的新地址",
            found,
        )
    if not found.is_any:
        return "same", "the notice is there, as it was", "公告仍在，内容未变", found
    count = len(found.changes) + found.more
    en = "one difference" if count == 1 else f"{count} differences"
    return "changed", f"the notice is there, with {en}", f"公告仍在，有 {count} 处不同", found


def _by_words(words: str, page: Page | None) -> Said | None:
    """What a page says of itself: the words of the match are the page's own, and few."""
    if page is not None:
        words = "\n".join((words, *(line.compared for line in page.lines)))
        if sum(len(line.compared) for line in page.lines) > SHORT:
            return None
    if match := BLOCKED_WORDS.search(words):
        return "blocked", f"a page that says “{match[0]}”", f"页面称“{match[0]}”", NOTHING
    if match := GONE_WORDS.search(words):
        return "gone", f"a page that says “{match[0]}”", f"页面称“{match[0]}”", NOTHING
    return None


def _unreadable(base: Reply, end: Reply) -> Said:
    if base.withdrawn or end.withdrawn:
        en = "what it would be compared with was withdrawn from the evidence"
        return "unclear", en, "用于比较的内容已依决定从证据中撤除", NOTHING
    en = "the answer is not the document seen last, and one of the two cannot be read"
    return "unclear", en, "应答与上次所见文件不同，且其中之一无法读取", NOTHING


def is_notice(base: Page, page: Page, like: float, is_elsewhere: bool) -> bool:
    """Whether a page is the notice. At another address a title alone is not enough.

    A correction has the project number of the notice that it corrects and is another notice.
    """
    if like >= SAME_LINES:
        return True
    number = _agree(base, page, "project_number")
    title = _agree(base, page, "title")
    if is_elsewhere:
        return number and title
    return (number and title) or (like >= SOME_LINES and (number or title))


def is_error_page(reply: Reply) -> bool:
    """Whether what came back says that it is no content: an error, a verification."""
    return _by_words(words_of(reply), reply.page) is not None


def seconds_between(one: Reply, other: Reply) -> float:
    """Between two requests; 0 where one of the times is none."""
    try:
        first, last = datetime.fromisoformat(one.at), datetime.fromisoformat(other.at)
        return abs((last - first).total_seconds())
    except (ValueError, TypeError):  # an imported archive may date its records as it likes
        return 0.0


def words_of(reply: Reply) -> str:
    """The beginning of what a reply says, readable as a notice or not."""
    return reply.page.words if reply.page else reply.words


def _agree(one: Page, other: Page, field: str) -> bool:
    mine, theirs = one.values.get(field), other.values.get(field)
    return bool(mine and theirs and len(mine.compared) >= 5 and mine.compared == theirs.compared)
