"""JSON: the answer of a portal's interface, in which the notice stands as texts and pieces of HTML.

What a program needs and no reader sees (ids, codes, addresses, clocks, switches) is left out: a
server's clock in an answer is no part of the notice.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from tenderlight.model import Problem, Reading, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.encoding import Decoded
from tenderlight.reading.hypertext.html import is_html, read_html
from tenderlight.reading.plain_text import without_nul
from tenderlight.reading.writing import Line, clean, write_reading

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MARKED_UP = re.compile(r"<br\s*/?>|</(?:p|div|span|td|li|font|strong|b)>", re.I)
"""A single one of them makes a text HTML here, where a program wrote it."""
_TITLE = re.compile(r"(?:^|[a-z_])(?<!sub)(?<!sub_)title$|^标题$|公告标题$", re.I)
_PUBLISHED = re.compile(
    r"^(?:pub|publish|published|release|issue)_?(?:date|time|on|at|ed)?|发布(?:时间|日期)", re.I
)
_DAY = re.compile(r"\s*(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
_CLOCK = re.compile(
    r"\s*(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?\s?T?"
    r"(?:\d{1,2}\s?[:：时]\s?\d{1,2}\s?[:：分]?\s?(?:\d{1,2}(?:\.\d{1,9})?\s?秒?)?)?(?:Z|[+-][\d:]{4,5})?\s*"
)
"""A moment and nothing else: without its label, which no reader sees, it says nothing."""
_SAYS_HOW_IT_WENT = frozenset(("msg", "message", "errmsg", "errormsg", "status", "statustext"))
_LINE = re.compile(r"[^\n\r\f\v\u2028\u2029]+")
_PIECES = 5_000
"""Pieces of HTML that are read in one answer; a list of a portal has a hundred."""
_DEPTH = 8
"""Texts that hold JSON that holds texts that hold JSON …; real answers have two such layers."""

_CUT = Problem(
    code="reading.cut-short",
    what=f"The answer holds more than {_PIECES} pieces of HTML; only the first were read.",
    hint="Ask the portal for fewer notices at a time, and add the answers.",
    unread=True,
)
_NO_NOTICE = Problem(
    code="reading.no-body",
    what="The answer holds a title or a message and nothing else: the notice is not in it.",
    hint="Open the notice on the portal, save what it shows, and add that.",
    unread=True,
)


def read_json(decoded: Decoded) -> Reading:
    """The texts of an answer in the order in which they stand, its title and its date first.

    >>> answer = '{"id": "a1", "title": "监控采购公告", "content": "<p>预算：<b>1</b>2万元</p>"}'
    >>> read_json(Decoded(answer, "utf-8")).text
    '监控采购公告\\n预算：12万元'

    A piece of HTML that cannot be read is a Problem; the rest is read.
    """
    text, problems = without_nul(decoded)
    walk = _Walk()
    walk.read(msgspec.json.decode(text))
    lines = [*walk.head(), *walk.lines]
    if lines and all(line.part == "head" or line.furniture for line in lines):
        walk.problems.append(_NO_NOTICE)
    problems = (*problems, *dict.fromkeys(walk.problems))
    return write_reading(lines, "application/json", encoding=decoded.encoding, problems=problems)


class _Walk:
    """One pass over an answer's values, in order."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.problems: list[Problem] = []
        self._title: str | None = None
        self._published: str | None = None
        self._tables = self._pieces = 0

    def read(self, value: object) -> None:
        """Every text in a value."""
        for key, text in _texts(value):
            if len(self.lines) > limits.BLOCKS:
                return
            self._take(key, text)

    def head(self) -> list[Line]:
        """What a page says in its head: the title, and when it was published."""
        said = ((self._title, "title"), (self._published, "text"))
        return [Line(text, kind, "head") for text, kind in said if text]

    def _take(self, key: str, text: str) -> None:
        if "&lt;" in text and is_html(unescaped := html.unescape(text)):
            text = unescaped
        if is_html(text) or _MARKED_UP.search(text):
            self._take_page(text)
        elif self._title is None and _TITLE.search(key) and _is_text(text):
            self._title = clean(_one_line(text)) or None
        elif self._published is None and _PUBLISHED.search(key) and _DAY.match(text):
            self._published = clean(text[:40]) or None
        elif _is_text(text):
            self._take_text(key, text)

    def _take_text(self, key: str, text: str) -> None:
        furniture = key.lower() in _SAYS_HOW_IT_WENT
        for match in _LINE.finditer(html.unescape(text)):
            line = clean(match[0])
            if line and line != self._title and len(self.lines) <= limits.BLOCKS:
                self.lines.append(Line(line, furniture=furniture))

    def _take_page(self, text: str) -> None:
        """A piece of HTML: its blocks, with the numbers of its tables counted on."""
        self._pieces += 1
        if self._pieces > _PIECES:
            self.problems = [*self.problems[:100], _CUT]
            return
        try:
            page = read_html(Decoded(text, "utf-8"))
        except Unreadable as error:
            self.problems.append(
                Problem(code=error.code, what=error.what, hint=error.hint, unread=True)
            )
            return
        self.problems += page.problems
        before = self._tables
        for block in page.blocks:
            line = Line(
                page.text[block.start : block.end],
                block.kind,
                row=block.row,
                column=block.column,
                row_span=block.row_span,
                column_span=block.column_span,
                furniture=block.furniture,
            )
            if block.table is not None:
                line.table = before + block.table
                self._tables = max(self._tables, line.table + 1)
            self.lines.append(line)


def _texts(value: object) -> Iterator[tuple[str, str]]:
    """Every text with the key that it stands under; what is JSON itself is entered."""
    waiting: list[tuple[str, object, int]] = [("", value, 0)]
    while waiting:
        key, each, depth = waiting.pop()
        if isinstance(each, dict):
            waiting.extend((str(k), v, depth) for k, v in reversed(each.items()))
        elif isinstance(each, list):
            waiting.extend((key, v, depth) for v in reversed(each))
        elif isinstance(each, str):
            inner = _inner(each) if depth < _DEPTH else None
            if inner is None:
                yield key, each
            else:
                waiting.append((key, inner, depth + 1))


def _inner(text: str) -> object:
    """What a text holds that is itself an answer in JSON; None for all others."""
    if text[:1] not in ("{", "[") or text[-1:] not in ("}", "]"):
        return None
    try:
        value: object = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None
    return value


def _is_text(text: str) -> bool:
    """Whether a reader would read it: wide characters, or words.

    >>> [_is_text(x) for x in ("a1b2-c3", "https://a.cn/公告", "2026-01-02 10:00", "Face cameras")]
    [False, False, False, True]
    """
    if text.lstrip()[:8].lower().startswith(("http://", "https://", "data:", "/")):
        return False
    if len(text) < 60 and _CLOCK.fullmatch(text):
        return False
    words = (each for each in text[:2_000].split() if _LETTERS.search(each))
    return bool(_WIDE.search(text[:100_000])) or len(list(islice(words, 2))) == 2


def _one_line(text: str) -> str:
    words = re.sub(r"<[^<>]{0,200}>", "", html.unescape(text[: limits.HEAD_CHARACTERS]))
    return " ".join(words.split())
