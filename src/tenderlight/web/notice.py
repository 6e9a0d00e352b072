"""One notice: its text beside everything that was read from it, each value tied to its passage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from starlette.requests import Request

from tenderlight.citing import Source
from tenderlight.corpus import Attachment, Corpus, PageShown, Shown
from tenderlight.model import Problem
from tenderlight.web.citing import notice_cited
from tenderlight.web.layout import Mark, Sheet, lay_out, sheet_ends, sheet_of
from tenderlight.web.listing import division_label
from tenderlight.web.page import Missing, Page, asked, link, whole
from tenderlight.web.review import reviewer_of
from tenderlight.web.reviewed import with_verdicts
from tenderlight.web.sheets import asked_passage, page_links
from tenderlight.web.value import Value
from tenderlight.web.values import values_in
from tenderlight.web.watch import Turn, turn
from tenderlight.web.withdrawn import withdrawn_notice
from tenderlight.web.words import Label, label_of


class Belongs(msgspec.Struct, frozen=True, kw_only=True):
    """The purchase that a notice is part of."""

    href: str
    state: Label
    notices: int
    copies: int


class NoticeView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the page shows: the notice as exported, its values, one sheet of its text."""

    notice: dict[str, Any]
    type: Label
    division: Label
    values: tuple[Value, ...]
    problems: tuple[Problem, ...]
    sheet: Sheet | None
    sheets: tuple[str, ...]
    added: str | None
    leaving: str | None
    """The notice's address where it is one that a browser may be sent to, else None."""
    timeline: tuple[Turn, ...]
    """What later visits showed, oldest first."""
    attachments: tuple[Attachment, ...]
    belongs: Belongs | None = None
    pages: tuple[PageShown, ...] = ()
    """Those that can be looked at as pictures."""
    cited: dict[str, Source] = {}
    """What a citation says, in each language: of the passage asked for, else of the notice."""


class NoticeTwin(msgspec.Struct, frozen=True, kw_only=True):
    """The page for programs: the exported notice, its values, its masked text."""

    notice: dict[str, Any]
    values: tuple[Value, ...]
    text: str
    timeline: tuple[Turn, ...]
    attachments: tuple[Attachment, ...]
    cited: dict[str, Source] = {}


def notice_page(corpus: Corpus, request: Request) -> Page:
    """The page of one notice.

    `?sheet=2` shows the second part of a long text, `?at=120-128` the passage at these characters.
    """
    questions = asked(request, ("sheet", "at"))
    id = request.path_params["id"]
    shown = corpus.notice(id)
    if shown is None and (gone := corpus.withdrawn(id)):
        return withdrawn_notice(id, gone)
    if shown is None:
        raise Missing(Label(f"a notice “{id}”", f"公告“{id}”"))
    number = whole(questions, "sheet", 1) or 1
    read = values_in(corpus, shown)
    values = tuple(with_verdicts(corpus, id, read, reviewer_of(request)))
    if "at" in questions:
        passage = _asked_passage(shown, questions["at"])
        values = (passage, *values)
        number = sheet_of(sheet_ends(shown.blocks), passage.start or 0)
    row = shown.row
    timeline = tuple(map(turn, corpus.timeline(id)))
    attachments = corpus.attachments(id)
    cited = notice_cited(corpus, shown, questions.get("at"))
    sheet = lay_out(shown.text, shown.blocks, _marks(values), number) if shown.blocks else None
    title = row.get("title") or row["file"]
    return Page(
        template="notice.html",
        title=Label(title, title),
        view=NoticeView(
            notice=row,
            type=label_of("type", row["notice_type"]),
            division=division_label(row["county_code"] or row["province_code"]),
            values=values,
            problems=msgspec.convert(row["problems"], tuple[Problem, ...]),
            sheet=sheet,
            sheets=tuple(
                link(f"/notices/{id}", sheet=each if each > 1 else None)
                for each in range(1, (sheet.of if sheet else 0) + 1)
            ),
            added=_added(corpus, id),
            leaving=_leaving(row["url"]),
            timeline=timeline,
            attachments=attachments,
            belongs=_belongs(corpus, row.get("purchase")),
            pages=shown.pages,
            cited=cited,
        ),
        only_json=NoticeTwin(
            notice=row,
            values=values,
            text=shown.text,
            timeline=timeline,
            attachments=attachments,
            cited=cited,
        ),
    )


def _asked_passage(shown: Shown, at: str) -> Value:
    """The passage that an address points at, as the first value. Refuses a place outside."""
    first, last = asked_passage(shown, at)
    return Value(
        id="asked",
        group="asked",
        label=label_of("field", "asked"),
        value=shown.text[first:last],
        printed=shown.text[first:last],
        part=shown.blocks[0].part,
        start=first,
        end=last,
        href="#at-asked",
        picture=page_links(shown, first, last),
    )


def values_of(view: NoticeView, group: str) -> list[Value]:
    """The values of one group, in order; without those that stand under another."""
    return [value for value in view.values if value.group == group and value.under is None]


def values_under(view: NoticeView) -> dict[str, list[Value]]:
    """What is shown at other values, by their ids: what else is stated of them, or their parts."""
    under: dict[str, list[Value]] = {}
    for value in view.values:
        if value.under is not None:
            under.setdefault(value.under, []).append(value)
    return under


def _belongs(corpus: Corpus, purchase: str | None) -> Belongs | None:
    asked = "select state, notices, copies from purchase where id = ?"
    found = corpus.connect().execute(asked, [purchase]).fetchone() if purchase else None
    if found is None:
        return None
    state, notices, copies = found
    return Belongs(
        href=link(f"/purchases/{purchase}"),
        state=label_of("state", state),
        notices=notices,
        copies=copies,
    )


def _leaving(url: str | None) -> str | None:
    """An address as a link, if it is one of the web: `javascript:` and the like are only text.

    >>> _leaving("javascript:alert(1)"), _leaving("http://example.org/1.html")
    (None, 'http://example.org/1.html')
    """
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _added(corpus: Corpus, id: str) -> str | None:
    found = corpus.connect().execute("select added from notice where id = ?", [id]).fetchone()
    return str(found[0]) if found and found[0] else None


def _marks(values: Iterable[Value]) -> list[Mark]:
    return [
        Mark(id=value.id, start=value.start, end=value.end)
        for value in values
        if value.href and value.start is not None and value.end is not None
    ]
