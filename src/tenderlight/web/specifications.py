"""The same requirements in purchases of different buyers: the leads, and one with both texts."""

from __future__ import annotations

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.corpus.likeness.read import (
    Lead,
    Opened,
    Place,
    Row,
    Side,
    count_leads,
    leads,
    open_lead,
)
from tenderlight.web.page import PAGE_SIZE, Missing, Page, Pages, asked, link, pages_of, whole
from tenderlight.web.words import Label

MOST_ROWS = 800
"""Lines shown of a lead; a longer text is read in its notice."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A lead in the list."""

    lead: Lead
    href: str
    percent: int
    sides: tuple[tuple[Side, str], ...]
    """Each side with the address of its notice."""


class LeadsView(msgspec.Struct, frozen=True, kw_only=True):
    """All leads, or those of one notice or family, those with the most rare wording first."""

    asked: dict[str, str]
    total: int
    leads: tuple[Told, ...]
    pages: Pages


class LeadView(msgspec.Struct, frozen=True, kw_only=True):
    """One lead: both texts line by line, with what they share marked."""

    told: Told
    places: tuple[Place, Place]
    rows: tuple[Row, ...]
    left_off: int
    family: str
    """The address of all leads that common texts link to this one."""


def specifications_page(corpus: Corpus, request: Request) -> Page:
    """The list; `?notice=` and `?family=` narrow it."""
    questions = asked(request, ("notice", "family", "page"))
    number = whole(questions, "page", 1) or 0
    con = corpus.connect()
    notice, family = questions.get("notice"), questions.get("family")
    total = count_leads(con, notice=notice, family=family)
    pages = pages_of(total, number, "/specifications", questions)
    offset = (number - 1) * PAGE_SIZE
    found = leads(con, notice=notice, family=family, limit=PAGE_SIZE, offset=offset)
    view = LeadsView(asked=questions, total=total, leads=tuple(map(_told, found)), pages=pages)
    return Page(template="specifications.html", title=_TITLE, view=view)


def specification_page(corpus: Corpus, request: Request) -> Page:
    """One lead."""
    asked(request, ())
    id = request.path_params["id"]
    opened = open_lead(corpus.connect(), id)
    if opened is None:
        raise Missing(Label(f"the lead {id}", f"线索 {id}"))
    return Page(template="specification.html", title=_TITLE, view=_view(opened))


_TITLE = Label("Same specifications", "相同技术要求")


def _view(opened: Opened) -> LeadView:
    return LeadView(
        told=_told(opened.lead, opened.places),
        places=opened.places,
        rows=opened.rows[:MOST_ROWS],
        left_off=max(len(opened.rows) - MOST_ROWS, 0),
        family=link("/specifications", family=opened.lead.family),
    )


def _told(lead: Lead, places: tuple[Place, Place] | None = None) -> Told:
    hrefs = []
    for number, side in enumerate((lead.first, lead.second)):
        place = places[number] if places else None
        at = f"{place.start}-{place.end}" if place and place.end > place.start else None
        hrefs.append((side, link(f"/notices/{side.notice}", at=at)))
    return Told(
        lead=lead,
        href=link(f"/specifications/{lead.id}"),
        percent=round(lead.share * 100),
        sides=tuple(hrefs),
    )
