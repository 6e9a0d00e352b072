"""What stands on the portal now: notices, where they are, and what each address means to answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes

from .app import App
from .changes import baited
from .feed import Feed
from .ggzy import Ggzy
from .national import National, uuid
from .notices import PER_DAY, Attachment, Notice, invent
from .page import Asked, Moment, Page, Site, as_json, file_page, written
from .spoken import SPOKEN, Scene
from .zfcg import Zfcg


class Board:
    """Notices that are published, edited, moved, removed and brought back."""

    host = "127.0.0.1"
    port: int
    netloc: str
    """Host and port, as a source's card names it among its `hosts`."""
    url: str
    trap: str
    """The address of another host, which listens and which nobody may ask."""
    sites: dict[str, Site]

    def __init__(
        self,
        notices: int = 50,
        *,
        seed: int = 1,
        slowness: float = 0.3,
        retry_after: str = "1",
        crawl_delay: float | None = None,
        disallowed: Iterable[str] = (),
        baits: bool = False,
        per_day: int = PER_DAY,
    ) -> None:
        self.seed, self.slowness, self.retry_after = seed, slowness, retry_after
        self.notices = {number: invent(number, seed, per_day) for number in range(notices)}
        self.disallowed, self.crawl_delay = tuple(disallowed), crawl_delay
        self.baits = baits
        """Pages link to other hosts, to inner addresses and to files among their attachments."""
        self.no_robots = False
        self.shrunk: int | None = None
        """Lists show only so many notices."""
        self.redesigned = False
        """Selectors that matched do not match any more."""
        self.round = 0
        self._moves: dict[int, int] = {}
        self._moved_by: dict[int, str] = {}
        self._removed: dict[int, str] = {}
        self._files: dict[str, Attachment] = {}
        for notice in self.notices.values():
            self._keep_files(notice)

    def _stand(self) -> None:
        """Put up the sites, once the portal's address is known."""
        sites = (National(), Zfcg(), Ggzy(), App(), Feed(self.url))
        self.sites = {site.name: site for site in sites}

    def address(self, number: int, site: str = "national") -> str:
        """Where this notice is now."""
        notice = self.notices[number]
        return self.url + self.sites[site].address(notice, self._moves.get(number, 0))

    def visit(self, number: int) -> None:
        """A later day: the clock is that many days on, tokens are others, requests are marked."""
        self.round = number

    def edit(self, number: int, **values: Any) -> Notice:
        """Other words or another amount in a notice: `edit(3, amount=90_000)`."""
        was = self.notices[number]
        self.notices[number] = replace(was, revision=was.revision + 1, **values)
        self._keep_files(self.notices[number])
        return self.notices[number]

    def move(self, number: int, how: str = "301") -> str:
        """To another address; the old one answers 301 or 302, or, with `404`, nothing of it."""
        self._moves[number] = self._moves.get(number, 0) + 1
        self._moved_by[number] = how
        return self.address(number)

    def remove(self, number: int, how: str = "404") -> None:
        """Gone from the lists, and its address answers `404`, `404_empty`, `410`, `home`, …

        Every fault that is an answer can be said; `soft_404` and `home` are what portals do most.
        """
        if how not in SPOKEN:
            raise ValueError(f"no answer of this name: {how}")
        self._removed[number] = how

    def restore(self, number: int) -> None:
        """Back where it stood first."""
        for kept in (self._removed, self._moves, self._moved_by):
            kept.pop(number, None)  # type: ignore[attr-defined]

    def publish(self, count: int = 1) -> list[int]:
        """So many new notices, at the head of every list; their numbers."""
        first = max(self.notices, default=-1) + 1
        for number in range(first, first + count):
            notice = replace(invent(number, self.seed), published=self._newest())
            self.notices[number] = notice
            self._keep_files(notice)
        return list(range(first, first + count))

    def visible(self) -> list[Notice]:
        """The notices that lists show, newest first."""
        kept = [one for number, one in self.notices.items() if number not in self._removed]
        kept.sort(key=lambda one: (-one.published.toordinal(), one.number))
        return kept if self.shrunk is None else kept[: self.shrunk]

    def attachments(self) -> dict[str, bytes]:
        """Every attachment of the notices that lists show: its key and its bytes."""
        return {file.key: file.payload for one in self.visible() for file in one.attachments}

    def page(self, asked: Asked, moment: Moment) -> Page:
        """What the portal means to answer, before any fault."""
        if asked.path == "/robots.txt":
            return self._robots()
        if asked.path == "/":
            return Page(
                body=written("（样例）首页", "<h1>（样例）采购网首页</h1>", moment).encode()
            )
        if asked.path.startswith("/fault/"):
            return Page(body=written("（样例）", "<p>虚构页面</p>" * 40, moment).encode())
        for site in self.sites.values():
            place = site.find(asked.target)
            if place:
                return self._notice(site, *place, asked, moment)
        found = self._file(asked) or self._list(asked, moment)
        return found or SPOKEN["404"](Page(), self._scene(asked))

    def _list(self, asked: Asked, moment: Moment) -> Page | None:
        visible = self.visible()
        pages = (site.listed(asked, visible, self._moves, moment) for site in self.sites.values())
        return next((page for page in pages if page), None)

    def _notice(self, site: Site, number: int, moves: int, asked: Asked, moment: Moment) -> Page:
        notice, now = self.notices.get(number), self._moves.get(number, 0)
        if notice is None or moves > now:
            return self._missing(site, "404", asked)
        if number in self._removed:
            return self._missing(site, self._removed[number], asked)
        if moves < now and self._moved_by[number] in ("301", "302"):
            headers = (("Location", self.url + site.address(notice, now)),)
            return Page(status=int(self._moved_by[number]), headers=headers)
        if moves < now:
            return self._missing(site, self._moved_by[number], asked)
        page = site.shown(notice, moves, moment)
        return replace(page, body=baited(page.body, self.trap)) if self.baits else page

    def _missing(self, site: Site, how: str, asked: Asked) -> Page:
        if isinstance(site, App) and how in ("404", "soft_404"):
            return as_json({"code": 404, "msg": "该信息已删除", "data": None})
        return SPOKEN[how](Page(), self._scene(asked))

    def _file(self, asked: Asked) -> Page | None:
        raw = unquote_to_bytes(asked.path.rpartition("/")[2])
        uuid_asked = asked.query("uuid")
        for name in (uuid_asked, _decoded(raw, "utf-8"), _decoded(raw, "gbk")):
            found = self._files.get(name)
            if found:
                return file_page(found, _disposition(found) if uuid_asked else None)
        return None

    def _robots(self) -> Page:
        if self.no_robots:
            return SPOKEN["404"](Page(), self._scene(Asked(method="GET", target="/robots.txt")))
        lines = ["User-agent: *", "Disallow: /neibu/"]
        lines += [f"Disallow: {where.removeprefix(self.url)}" for where in self.disallowed]
        if self.crawl_delay is not None:
            lines.append(f"Crawl-delay: {self.crawl_delay:g}")
        lines.append(f"Sitemap: {self.url}/sitemap.xml")
        return Page(body="\n".join([*lines, ""]).encode(), media_type="text/plain")

    def _keep_files(self, notice: Notice) -> None:
        for file in notice.attachments:
            self._files |= {file.key: file, file.name: file, uuid(file): file}

    def _newest(self) -> Any:
        return max(one.published for one in self.notices.values())

    def _scene(self, asked: Asked) -> Scene:
        return Scene(
            target=asked.target,
            trap=self.trap,
            slowness=self.slowness,
            retry_after=self.retry_after,
        )


def _decoded(raw: bytes, encoding: str) -> str:
    return raw.decode(encoding, errors="replace")


def _disposition(file: Attachment) -> str:
    """As many portals send it: the name raw in UTF-8, which no rule allows."""
    return f'attachment; filename="{file.name}"'
