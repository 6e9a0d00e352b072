"""The editions that were published, and what became since of the notices that they cite."""

from __future__ import annotations

from urllib.parse import parse_qsl

import msgspec
from duckdb import DuckDBPyConnection
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.corpus.published import (
    PublishedEdition,
    SinceThen,
    published_editions,
    since_then,
)
from tenderlight.web.page import Page, asked, link
from tenderlight.web.words import Label

MOST = 200
"""Notices that one edition's line names; `tenderlight diff` names all."""


class FigureSince(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of an edition: how many notices it cites, and how many are not as they were."""

    name: str
    href: str
    cited: int
    withdrawn: int
    removed: int
    changed: int

    @property
    def is_quiet(self) -> bool:
        """Whether nothing became of any of them."""
        return not (self.withdrawn or self.removed or self.changed)


class EditionView(msgspec.Struct, frozen=True, kw_only=True):
    """One edition, and the notices in it that are not as they were."""

    id: str
    title: str
    as_of: str
    cited: int
    since: SinceThen
    figures: tuple[FigureSince, ...]
    notices: tuple[tuple[str, str, Label], ...]
    """Id, address and what became of it, of the first `MOST`."""


class EditionsView(msgspec.Struct, frozen=True, kw_only=True):
    """All editions, the newest state first."""

    editions: tuple[EditionView, ...]


def editions_page(corpus: Corpus, request: Request) -> Page:
    """Every edition that was published of this corpus."""
    asked(request, ())
    con = corpus.connect()
    found = tuple(_view(con, each) for each in published_editions(corpus.folder))
    title = Label("Editions", "已发布版本")
    return Page(template="editions.html", title=title, view=EditionsView(editions=found))


def _view(con: DuckDBPyConnection, edition: PublishedEdition) -> EditionView:
    cited = frozenset(notice for behind in edition.figures.values() for notice in behind)
    since = since_then(con, tuple(sorted(cited)))
    told = (
        (since.removed, Label("removed by its portal", "已被网站删除")),
        (since.changed, Label("changed by its portal", "已被网站修改")),
    )
    turned = [(id, "/withdrawn", Label("withdrawn", "已撤出")) for id in since.withdrawn]
    turned += [(id, link(f"/notices/{id}"), what) for ids, what in told for id in ids]
    return EditionView(
        id=edition.id,
        title=edition.title,
        as_of=edition.as_of,
        cited=len(cited),
        since=since,
        figures=tuple(_figure(name, set(ids), since) for name, ids in edition.figures.items()),
        notices=tuple(turned[:MOST]),
    )


def _figure(called: str, cited: set[str], since: SinceThen) -> FigureSince:
    name, _, words = called.partition("?")
    return FigureSince(
        name=called,
        href=link(f"/figures/{name}", **dict(parse_qsl(words))),
        cited=len(cited),
        withdrawn=len(cited & set(since.withdrawn)),
        removed=len(cited & set(since.removed)),
        changed=len(cited & set(since.changed)),
    )
