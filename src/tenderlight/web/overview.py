"""The first page: what the corpus holds and what was found in it."""

from __future__ import annotations

import duckdb
import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.figures import FigureCard, figures
from tenderlight.places import PROVINCES
from tenderlight.web.listing import (
    Entry,
    by_technology,
    count,
    counted,
    division_label,
    entries,
)
from tenderlight.web.page import Counted, Page, asked, link
from tenderlight.web.words import Label, label_of

NEWEST = 6


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """Every number of the first page, each with the address that opens it."""

    name: str
    documents: Counted
    read: Counted
    unread: Counted
    problems: Counted
    surveillance: Counted
    watch: tuple[Counted, ...]
    """Notices that are not as they were on their portal, by verdict; none where nobody looked."""
    first_year: str | None
    last_year: str | None
    sources: tuple[Counted, ...]
    types: tuple[Counted, ...]
    technologies: tuple[Counted, ...]
    years: tuple[Counted, ...]
    undated: Counted
    divisions: tuple[Counted, ...]
    divisions_found: int
    """How many of the 31: Hong Kong, Macau and Taiwan are not among them."""
    divisions_of: int
    newest: tuple[Entry, ...]
    figures: tuple[FigureCard, ...]


def overview_page(corpus: Corpus, request: Request) -> Page:
    """The first page."""
    asked(request, ())
    con = corpus.connect()
    years = {year: number for year, number in counted(con, "year", {}) if year != "none"}
    watching = {"surveillance": "yes"}
    bought_in = counted(con, "province_code", watching)
    counted_divisions = {one.code for one in PROVINCES if one.counts}
    view = Overview(
        name=corpus.name,
        documents=_total(con, "documents"),
        read=_total(con, "read", read="yes"),
        unread=_total(con, "unread", read="no"),
        problems=_problems(con),
        surveillance=_total(con, "surveillance", surveillance="yes"),
        watch=_watch(corpus),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        sources=_by(con, "source"),
        types=_by(con, "type", "notice_type"),
        technologies=by_technology(con, corpus),
        years=_years(con),
        undated=_total(con, "undated", surveillance="yes", year="none"),
        divisions=tuple(
            Counted(
                id=code,
                label=division_label(code),
                count=number,
                href=link("/notices", surveillance="yes", province=code),
            )
            for code, number in bought_in
        ),
        divisions_found=len(counted_divisions & {code for code, _ in bought_in}),
        divisions_of=len(counted_divisions),
        newest=entries(con, corpus, watching, limit=NEWEST),
        figures=figures(),
    )
    return Page(template="overview.html", title=Label("Overview", "概览"), view=view)


def _total(con: duckdb.DuckDBPyConnection, id: str, **questions: str) -> Counted:
    return Counted(
        id=id,
        label=Label(id, id),
        count=count(con, questions),
        href=link("/notices", **questions),
    )


def _watch(corpus: Corpus) -> tuple[Counted, ...]:
    now = corpus.watched()
    return tuple(
        Counted(
            id=verdict,
            label=label_of("verdict", verdict),
            count=now[verdict],
            href=link("/notices", watch=verdict),
        )
        for verdict in ("removed", "changed", "moved")
        if now.get(verdict)
    )


def _problems(con: duckdb.DuckDBPyConnection) -> Counted:
    found = con.execute("select count(*) from problem").fetchone()
    number = int(found[0]) if found else 0
    return Counted(id="problems", label=Label("problems", "问题"), count=number, href="/problems")


def _by(con: duckdb.DuckDBPyConnection, key: str, column: str | None = None) -> tuple[Counted, ...]:
    return tuple(
        Counted(
            id=id,
            label=label_of("type", None if id == "none" else id),
            count=number,
            href=link("/notices", **{key: id}),
        )
        for id, number in counted(con, column or key, {})
    )


def _years(con: duckdb.DuckDBPyConnection) -> tuple[Counted, ...]:
    """Surveillance notices by year; a year between two others with none of them counts 0."""
    found = dict(counted(con, "year", {"surveillance": "yes"}))
    numbers = sorted(int(year) for year in found if year != "none")
    if not numbers:
        return ()
    span = range(numbers[0], numbers[-1] + 1)
    shown = [str(year) for year in span] if len(span) <= 60 else [str(n) for n in numbers]
    return tuple(
        Counted(
            id=year,
            label=Label(year, year),
            count=found.get(year, 0),
            href=link("/notices", surveillance="yes", year=year),
        )
        for year in shown
    )
