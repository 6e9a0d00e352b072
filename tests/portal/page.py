"""What the sites have in common: an answer, a moment, and the furniture around every page."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from .notices import Attachment, Notice

FIRST_ID = 100_000
PER_MOVE = 1_000_000
OPENED = datetime(2025, 1, 6, 9, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Page:
    """An answer as the portal means it, before any fault."""

    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    version: str | None = None
    """Of a page that the server can say "not modified" of: what its ETag is made of."""
    modified: date | None = None


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When a page is asked for: everything on it that changes though the notice does not."""

    seed: int
    visit: int
    request: int
    """The how-manieth request this is."""

    @property
    def token(self) -> str:
        """A hidden form token, another one each time."""
        return sha256(f"{self.seed}:{self.visit}:{self.request}".encode()).hexdigest()[:32]

    @property
    def clock(self) -> str:
        """The portal's own clock: a day for each visit, a second for each request."""
        now = OPENED + timedelta(days=self.visit, seconds=self.request)
        return now.strftime("%Y年%m月%d日 %H:%M:%S")


class Site(Protocol):
    """One of the sites: how it lists notices, where it keeps them, how it shows them."""

    name: str

    def address(self, notice: Notice, moves: int) -> str:
        """Path and query of a notice that was moved so often."""

    def find(self, target: str) -> tuple[int, int] | None:
        """The number and the moves of the notice at this address; None: no notice's address."""

    def listed(
        self, request: Asked, notices: Sequence[Notice], places: dict[int, int], moment: Moment
    ) -> Page | None:
        """The answer of a list page, None for others; `places` tells moved notices."""

    def shown(self, notice: Notice, moves: int, moment: Moment) -> Page:
        """The notice's page."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request, taken apart."""

    method: str
    target: str
    body: bytes = b""

    @property
    def path(self) -> str:
        """Without the query."""
        return urlsplit(self.target).path

    def query(self, name: str, default: str = "") -> str:
        """One value of the query."""
        return parse_qs(urlsplit(self.target).query).get(name, [default])[0]

    def page(self, name: str) -> int:
        """A page number of the query, from 1; 0 where it is none."""
        written = self.query(name, "1")
        return int(written) if written.isdecimal() else 0


def id_of(notice: Notice, moves: int) -> int:
    """The number in an address: another one after each move."""
    return moves * PER_MOVE + FIRST_ID + notice.number


def number_of(written: str) -> tuple[int, int]:
    """Back: the notice's number, and how often it had moved."""
    moves, number = divmod(int(written), PER_MOVE)
    return number - FIRST_ID, moves


def slice_of(notices: Sequence[Notice], page: int, size: int) -> Sequence[Notice]:
    """The notices of a page of a list, pages counted from 1."""
    return notices[(page - 1) * size : page * size] if page > 0 else ()


def pages_of(notices: Sequence[Notice], size: int) -> int:
    """How many pages such a list has; one even when it is empty."""
    return max(1, -(-len(notices) // size))


def written(
    title: str, body: str, moment: Moment, *, meta: str = "", charset: str = "utf-8"
) -> str:
    """A whole page: menu, hidden token, clock, content, foot."""
    return (
        "<!DOCTYPE html>\n<!-- 虚构样本 invented sample -->\n"
        f'<html><head><meta charset="{charset}">{meta}<title>{html.escape(title)}</title>'
        f'<script>var visitToken="{moment.token}";</script></head>\n<body>'
        '<div class="head"><a href="/">首页</a> <a href="/bxsearch">搜索</a>'
        f'<span class="clock">当前时间：{moment.clock}</span></div>\n'
        f'<form action="/login" method="post"><input type="hidden" name="csrf" '
        f'value="{moment.token}"></form>\n{body}\n'
        f'<div class="foot">（样例）门户网站主办　网站标识码 {moment.token[:10]}</div>'
        "</body></html>\n"
    )


def views(notice: Notice, moment: Moment) -> str:
    """The counter that every look moves on."""
    return f'<span class="views">浏览次数：{100 + notice.number % 50 + moment.request}</span>'


def as_json(value: Any, status: int = 200) -> Page:
    """JSON as such portals write it."""
    payload = json.dumps(value, ensure_ascii=False).encode()
    return Page(body=payload, media_type="application/json;charset=UTF-8", status=status)


def file_page(attachment: Attachment, header: str | None = None) -> Page:
    """An attachment as a download."""
    named = () if header is None else (("Content-Disposition", header),)
    return Page(
        body=attachment.payload,
        media_type=attachment.media_type,
        headers=named,
        version=attachment.key,
        modified=date(2024, 1, 2),
    )


def http_date(day: date) -> str:
    """`Tue, 02 Jan 2024 00:00:00 GMT`."""
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)
