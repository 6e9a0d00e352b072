"""What was taken out of the evidence by decision: a list, and what stands in a notice's place."""

from __future__ import annotations

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus, TakenOut
from tenderlight.web.page import Page, asked
from tenderlight.web.words import Label

GONE = 410
"""It was here, and will not come back (RFC 9110, 15.5.11)."""


class WithdrawnView(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that were withdrawn, each with who decided, when and why."""

    notice: str | None
    """The notice that was asked for; None where all are listed."""
    documents: tuple[TakenOut, ...]


def withdrawn_page(corpus: Corpus, request: Request) -> Page:
    """Everything that was withdrawn, the newest decision first."""
    asked(request, ())
    return _page(None, corpus.withdrawn())


def withdrawn_notice(id: str, documents: tuple[TakenOut, ...]) -> Page:
    """The page of a notice that was withdrawn: what still may be said of it."""
    return msgspec.structs.replace(_page(id, documents), status=GONE)


def _page(notice: str | None, documents: tuple[TakenOut, ...]) -> Page:
    return Page(
        template="withdrawn.html",
        title=Label("Withdrawn", "已撤出"),
        view=WithdrawnView(notice=notice, documents=documents),
    )
