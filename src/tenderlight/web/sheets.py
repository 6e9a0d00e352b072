"""One page of a document as a picture, the passage framed, beside the text read from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tenderlight.corpus import Corpus, PageShown, Shown
from tenderlight.model import Refused, TenderlightError, Unreadable
from tenderlight.web.layout import Mark, PageBreak, Sheet, lay_out
from tenderlight.web.page import Misasked, Missing, Page, asked, link, whole
from tenderlight.web.words import Label

WIDTHS = (600, 1_200, 2_000)
"""Pixels of a picture's width that may be asked for; the page itself shows the middle one."""


class SheetView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a document: its picture, what was read there, and the pages around it."""

    notice: str
    title: str
    page: PageShown
    of: int
    """How many pages of the notice and its attachments can be looked at."""
    picture: str
    """The picture's address."""
    large: str
    text: Sheet | None
    passage: str | None
    """The passage that is framed, as printed."""
    doubt: str | None
    back: str
    before: str | None
    after: str | None


def sheet_page(corpus: Corpus, request: Request) -> Page:
    """A page of a notice or its attachments. `?at=120-128` frames the passage there."""
    questions = asked(request, ("at",))
    shown, page = _asked_page(corpus, request)
    id, number = shown.row["id"], page.number
    mark = _passage(shown, questions)
    title = shown.row.get("title") or shown.row["file"]
    at = questions.get("at")
    address = f"/notices/{id}/pages/{number}"
    view = SheetView(
        notice=id,
        title=title,
        page=page,
        of=len(shown.pages),
        picture=link(f"{address}.png", at=at),
        large=link(f"{address}.png", at=at, width=WIDTHS[-1]),
        text=_text(shown, page, mark),
        passage=shown.text[slice(*mark)] if mark else None,
        doubt=_doubt(shown.row, mark) if mark else None,
        back=link(f"/notices/{id}", at=at) + ("#at-asked" if at else ""),
        before=f"/notices/{id}/pages/{number - 1}" if number else None,
        after=f"/notices/{id}/pages/{number + 1}" if number + 1 < len(shown.pages) else None,
    )
    return Page(template="sheet.html", title=Label(title, title), view=view)


def sheet_picture(corpus: Corpus, request: Request) -> Response:
    """The picture of a page, PNG; what must not be shown is black in it."""
    questions = asked(request, ("at", "width"))
    width = whole(questions, "width", WIDTHS[1])
    if width not in WIDTHS:
        choice = ", ".join(map(str, WIDTHS))
        raise Misasked(Label(f"A picture is {choice} wide.", f"图片宽度可为 {choice}。"))
    shown, page = _asked_page(corpus, request)
    mark = _passage(shown, questions)
    marks = [mark] if mark else []
    try:
        png = corpus.page_picture(shown.row["id"], page.number, marks=marks, width=width)
    except Refused:
        raise
    except Unreadable as error:
        raise Refused(error.what, error.hint) from error
    except TenderlightError as error:
        hint = "Run `tenderlight verify`; it says what became of the document."
        raise Refused(str(error), hint) from error
    if png is None:
        raise Missing(_no_page(str(page.number)))
    return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})


def page_links(shown: Shown, start: int | None, end: int | None) -> str | None:
    """The address of the page on which a passage stands, with the passage framed there."""
    if start is None or end is None:
        return None
    number = shown.page_with(start, end)
    if number is None:
        return None
    return link(f"/notices/{shown.row['id']}/pages/{number}", at=f"{start}-{end}")


def _asked_page(corpus: Corpus, request: Request) -> tuple[Shown, PageShown]:
    id, number = request.path_params["id"], request.path_params["number"]
    shown = corpus.notice(id)
    if shown is None:
        raise Missing(Label(f"a notice “{id}”", f"公告“{id}”"))
    if not (number.isascii() and number.isdigit() and len(number) <= 6):
        raise Missing(_no_page(number))
    if int(number) >= len(shown.pages):
        raise Missing(_no_page(number))
    return shown, shown.pages[int(number)]


def _no_page(number: str) -> Label:
    return Label(f"a page “{number}” of this notice", f"该公告的第“{number}”页")


def asked_passage(shown: Shown, at: str) -> tuple[int, int]:
    """The passage that an address points at, `120-128`. Refuses a place outside the text."""
    start, _, end = at.partition("-")
    places = {"start": start, "end": end}
    first, last = whole(places, "start", 0) or 0, whole(places, "end", 0) or 0
    if not first < last <= len(shown.text):
        raise Misasked(Label(f"The text has no passage {at}.", f"正文中没有 {at} 这一段。"))
    return first, last


def _passage(shown: Shown, questions: Mapping[str, str]) -> tuple[int, int] | None:
    return asked_passage(shown, questions["at"]) if "at" in questions else None


def _text(shown: Shown, page: PageShown, mark: tuple[int, int] | None) -> Sheet | None:
    """What was read on this page: the blocks with characters there."""
    stretches = [on for on in shown.on_pages if on.number == page.number]
    blocks = [
        block
        for block in shown.blocks
        if any(on.start < block.end and block.start < on.end for on in stretches)
    ]
    if not blocks:
        return None
    marks = [Mark(id="asked", start=mark[0], end=mark[1])] if mark else []
    sheet = lay_out(shown.text, blocks, marks)
    parts = tuple(part for part in sheet.parts if not isinstance(part, PageBreak))
    return msgspec.structs.replace(sheet, parts=parts)


def _doubt(row: dict[str, Any], mark: tuple[int, int]) -> str | None:
    """Why the passage may be misread, where a value that was read from it says so."""
    for passage in row.get("passages", {}).values():
        if (passage["start"], passage["end"]) == mark and passage.get("doubt"):
            return str(passage["doubt"])
    return None
