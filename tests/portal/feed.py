"""RSS of the newest, Atom in pages, and a sitemap of everything behind a sitemap index."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime

from .notices import Notice
from .page import Asked, Moment, Page, id_of, number_of, pages_of, slice_of, views, written

RSS = 20
ATOM = 25
SITEMAP = 100
DETAIL = re.compile(r"/gonggao/(\d+)\.html")
SITEMAPS = re.compile(r"/sitemap-(\d+)\.xml")


class Feed:
    """`/rss.xml`, `/atom.xml?page=1`, `/sitemap.xml` and `/gonggao/100001.html`."""

    name = "feed"

    def __init__(self, url: str) -> None:
        self.url = url

    def address(self, notice: Notice, moves: int) -> str:
        return f"/gonggao/{id_of(notice, moves)}.html"

    def find(self, target: str) -> tuple[int, int] | None:
        match = DETAIL.fullmatch(target.partition("?")[0])
        return number_of(match[1]) if match else None

    def listed(
        self, request: Asked, notices: Sequence[Notice], places: dict[int, int], moment: Moment
    ) -> Page | None:
        sitemap = SITEMAPS.fullmatch(request.path)
        if sitemap:
            return self._sitemap(int(sitemap[1]), notices, places)
        if request.path == "/sitemap.xml":
            return self._index(notices)
        if request.path == "/rss.xml":
            return self._rss(notices[:RSS], places, moment)
        if request.path == "/atom.xml":
            return self._atom(request.page("page"), notices, places)
        return None

    def shown(self, notice: Notice, moves: int, moment: Moment) -> Page:
        paragraphs = "".join(f"<p>{html.escape(one)}</p>" for one in notice.paragraphs())
        links = "".join(
            f'<a class="file" href="files/{one.key}">{one.name}</a>' for one in notice.attachments
        )
        body = (
            f"<article><h1>{html.escape(notice.title)}</h1><time>{notice.stamp}</time>"
            f"{views(notice, moment)}<div class='text'>{paragraphs}</div>{links}</article>"
        )
        return Page(body=written(notice.title, body, moment).encode())

    def _rss(self, notices: Sequence[Notice], places: dict[int, int], moment: Moment) -> Page:
        items = "".join(
            f"<item><title>{html.escape(one.title)}</title><link>{self._at(one, places)}</link>"
            f"<guid isPermaLink='false'>{one.project_number}-{one.type}</guid>"
            f"<description><![CDATA[<p>{one.needs}</p>]]></description>"
            f"<pubDate>{format_datetime(_morning(one))}</pubDate></item>\n"
            for one in notices
        )
        channel = f"<title>（样例）公告</title><link>{self.url}/</link><ttl>{moment.request}</ttl>"
        text = f'<rss version="2.0"><channel>{channel}\n{items}</channel></rss>'
        return _xml(text, "application/rss+xml; charset=utf-8")

    def _atom(self, page: int, notices: Sequence[Notice], places: dict[int, int]) -> Page:
        entries = "".join(
            f"<entry><title>{html.escape(one.title)}</title><id>urn:xn:{one.number}</id>"
            f"<link rel='alternate' href='{self._at(one, places)}'/>"
            f"<updated>{_morning(one).isoformat()}</updated>"
            f"<summary>{html.escape(one.needs)}</summary></entry>\n"
            for one in slice_of(notices, page, ATOM)
        )
        more = f"<link rel='next' href='{self.url}/atom.xml?page={page + 1}'/>"
        head = f"<title>（样例）公告</title><id>{self.url}/atom.xml</id>"
        head += more if page < pages_of(notices, ATOM) else ""
        text = f'<feed xmlns="http://www.w3.org/2005/Atom">{head}\n{entries}</feed>'
        return _xml(text, "application/atom+xml")

    def _index(self, notices: Sequence[Notice]) -> Page:
        files = "".join(
            f"<sitemap><loc>{self.url}/sitemap-{number}.xml</loc></sitemap>\n"
            for number in range(1, pages_of(notices, SITEMAP) + 1)
        )
        return _xml(f'<sitemapindex xmlns="{NAMESPACE}">{files}</sitemapindex>', "text/xml")

    def _sitemap(
        self, number: int, notices: Sequence[Notice], places: dict[int, int]
    ) -> Page | None:
        entries = "".join(
            f"<url><loc>{self._at(one, places)}</loc><lastmod>{one.stamp}</lastmod></url>\n"
            for one in slice_of(notices, number, SITEMAP)
        )
        return (
            _xml(f'<urlset xmlns="{NAMESPACE}">{entries}</urlset>', "text/xml") if entries else None
        )

    def _at(self, notice: Notice, places: dict[int, int]) -> str:
        return self.url + self.address(notice, places.get(notice.number, 0))


NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _morning(notice: Notice) -> datetime:
    return datetime.combine(notice.published, time(1, 30), UTC)


def _xml(text: str, media_type: str) -> Page:
    whole = f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- invented sample -->\n{text}\n'
    return Page(body=whole.encode(), media_type=media_type)
