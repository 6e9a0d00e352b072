"""Figures of one's own: put together by clicking, or written in SQL; saved, changed, retired."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import get_args

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tenderlight.asking import (
    Built,
    Saved,
    Written,
    built_question,
    moment,
    own_name,
    read_saved,
    retire_figure,
    save_figure,
    standing,
    written_question,
)
from tenderlight.asking.built import WORDS, About, Measure
from tenderlight.asking.dimensions import DIMENSIONS, ColumnId
from tenderlight.asking.lay_out import ABOUT, MEASURES, title_of
from tenderlight.corpus import Corpus
from tenderlight.figures import Asked
from tenderlight.figures.scope import LIMITS
from tenderlight.model import Refused
from tenderlight.web.figure import FigureView, made, proofs_page, series_of
from tenderlight.web.figure_form import LONGEST, Limit, Option, limits_of
from tenderlight.web.page import Misasked, Page, asked, link
from tenderlight.web.review import name_of, reviewer_of
from tenderlight.web.words import Label, words

BUILD = "/own/build"
NONE = Label("nothing", "无")
KNOWN = (*WORDS, *LIMITS)
"""What a figure is built of: its own words, and those of its scope."""


class OwnView(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of this corpus: those that are listed, and those that were retired."""

    figures: tuple[Saved, ...]
    retired: tuple[Saved, ...]
    may_write: bool
    by: str | None


class SqlView(msgspec.Struct, frozen=True, kw_only=True):
    """The form in which a question is written in SQL; filled in where one is to be changed."""

    line: Saved | None
    may_write: bool
    by: str | None


class BuildView(FigureView, frozen=True, kw_only=True):
    """A figure that is being built, with the form of what it is built of."""

    form: tuple[Limit, ...]
    name: str
    may_write: bool
    by: str | None


def own_page(corpus: Corpus, request: Request) -> Page:
    """The corpus' own figures, and what may be done with them."""
    asked(request, ())
    lines = read_saved(corpus.folder.decisions)
    newest = {line.name: line for line in lines}
    view = OwnView(
        figures=standing(lines),
        retired=tuple(line for line in newest.values() if line.verdict == "retired"),
        may_write=request.app.state.token is not None,
        by=reviewer_of(request),
    )
    return Page(template="own.html", title=words()["interface"]["own_figures"], view=view)


def sql_page(corpus: Corpus, request: Request) -> Page:
    """The form for a question in SQL; `?name=` fills in one that was saved."""
    name = asked(request, ("name",)).get("name")
    lines = standing(read_saved(corpus.folder.decisions))
    line = next((one for one in lines if one.name == name and one.written), None)
    view = SqlView(
        line=line, may_write=request.app.state.token is not None, by=reviewer_of(request)
    )
    return Page(template="own_sql.html", title=words()["interface"]["write_sql"], view=view)


def build_page(corpus: Corpus, request: Request) -> Page:
    """The figure as it is built so far, with the form above it."""
    told = asked(request, (*KNOWN, "series", "name"))
    built = _built(request)
    now = _asked(built)
    figure = made(corpus, now)
    view = BuildView(
        figure=figure,
        path=BUILD,
        rows_at=link(f"{BUILD}/rows", **built.words()),
        series=series_of(figure, told.get("series")),
        fixed=built.words(),
        limits=limits_of(Asked(now.question, now.question.within), corpus.definitions),
        form=_form(corpus, built),
        name=told.get("name", ""),
        may_write=request.app.state.token is not None,
        by=reviewer_of(request),
    )
    return Page(template="own_build.html", title=Label(figure.en, figure.zh), view=view)


def build_rows_page(corpus: Corpus, request: Request) -> Page:
    """The notices behind one number of a figure that is being built."""
    others = asked(request, (*KNOWN, "cell", "page"))
    built = _built(request)
    return proofs_page(corpus, _asked(built), others, BUILD, built.words())


def take_figure(corpus: Corpus, request: Request, form: Mapping[str, str]) -> Response:
    """Save a figure, if it can be made; then show it."""
    line = Saved(
        decided=moment(now()),
        by=_by(request, form),
        name=own_name(form.get("name", "")),
        en=form.get("en", ""),
        zh=form.get("zh", ""),
        question=form.get("question", ""),
        built=None if "sql" in form else _parsed({key: form.get(key, "") for key in KNOWN}),
        written=Written(sql=form["sql"], money=form.get("money") == "1") if "sql" in form else None,
    )
    if line.written is not None:
        made(corpus, Asked(written_question(corpus, line.written, line)))
    saved = save_figure(corpus.folder.decisions, line)
    return RedirectResponse(link(f"/figures/{saved.name}"), 303)


def take_retirement(corpus: Corpus, request: Request, form: Mapping[str, str]) -> Response:
    """Take a figure off the list; then the list."""
    retire_figure(
        corpus.folder.decisions,
        form.get("name", ""),
        _by(request, form),
        form.get("because", ""),
        now(),
    )
    return RedirectResponse("/own", 303)


def now() -> datetime:
    """The moment of a decision."""
    return datetime.now(UTC)  # noqa: TID251 - a door may read the clock; steps may not


def _by(request: Request, form: Mapping[str, str]) -> str:
    by = name_of(form.get("by", "")) or reviewer_of(request)
    if by is None:
        raise Refused("Nobody says who decides.", "Give your name or initials.")
    return by


def _built(request: Request) -> Built:
    """What the address says; ids are ticked as `technology:iris`, and count for what is asked."""
    given = {}
    for key in KNOWN:
        values = [one.strip() for one in request.query_params.getlist(key) if one.strip()]
        given[key] = ",".join(values)
    if any(len(value) > LONGEST for value in given.values()):
        raise Misasked(Label("The question is too long.", "条件过长。"))
    about = given["about"] or "technology"
    ids = (one.rpartition(":") for one in given["ids"].split(",") if one)
    given["ids"] = ",".join(id for kind, _, id in ids if kind in ("", about))
    if given["measure"] != "largest":
        given["quantity"] = ""
    return _parsed(given)


def _parsed(given: dict[str, str]) -> Built:
    try:
        return Built.parse({key: value for key, value in given.items() if value})
    except Refused as refused:
        said = f"{refused.what} {refused.hint}"
        raise Misasked(Label(said, said)) from None


def _asked(built: Built) -> Asked:
    title = title_of(built)
    line = Saved(decided="", by="", name="own-new", en=title.en, zh=title.zh)
    return Asked(built_question(built, line))


def _form(corpus: Corpus, built: Built) -> tuple[Limit, ...]:
    dimensions = {id: Label(one.label.en, one.label.zh) for id, one in DIMENSIONS.items()}
    columns = {id: dimensions.get(id, NONE) for id in get_args(ColumnId)}
    measures = {id: Label(MEASURES[id].en, MEASURES[id].zh) for id in get_args(Measure)}
    about = {id: Label(ABOUT[id].en, ABOUT[id].zh) for id in get_args(About)}
    quantities = {one.id: Label(one.en, one.zh) for one in corpus.definitions.quantity}
    return (
        _one("about", about, built.about),
        *_ids(corpus, built),
        _one("rows", dimensions, built.rows),
        _one("columns", columns, built.columns),
        _one("measure", measures, built.measure),
        _one("quantity", {"": NONE, **quantities}, built.quantity),
    )


def _one(id: str, labels: dict[str, Label], chosen: str) -> Limit:
    options = tuple(
        Option(id=each, label=label, chosen=each == chosen) for each, label in labels.items()
    )
    return Limit(id=id, label=words()["build"][id], kind="one", options=options, value=chosen)


def _ids(corpus: Corpus, built: Built) -> tuple[Limit, ...]:
    defined = getattr(corpus.definitions, built.about, ())
    options = tuple(
        Option(
            id=f"{built.about}:{one.id}",
            label=Label(one.en, one.zh),
            chosen=one.id in built.ids,
        )
        for one in defined
    )
    if not options:
        return ()
    return (Limit(id="ids", label=words()["build"]["ids"], kind="many", options=options),)
