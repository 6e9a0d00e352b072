"""How the numbers come about: the steps with their versions, and what each definition counts."""

from __future__ import annotations

import duckdb
import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.corpus.path import PATH
from tenderlight.technologies.definition import KINDS, Definition, Definitions, Example
from tenderlight.web.listing import FIRST, count
from tenderlight.web.measured import (
    MeasuredView,
    SearchedView,
    measured_of,
    measured_views,
    searched,
)
from tenderlight.web.page import Counted, Missing, Page, asked, link
from tenderlight.web.words import Label, words

ROOMS = {
    "technology": "technologies",
    "target": "targets",
    "site": "sites",
    "purpose": "purposes",
    "quantity": "quantities",
    "rule": "rules",
}
"""Where the pages of each kind lie."""


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the path: its version, what it takes, and what it does in a sentence."""

    name: str
    version: int
    takes: tuple[str, ...]
    does: str


class KindView(msgspec.Struct, frozen=True, kw_only=True):
    """The definitions of one kind, with the notices in which each was found."""

    kind: str
    label: Label
    definitions: tuple[Counted, ...]


class MethodView(msgspec.Struct, frozen=True, kw_only=True):
    """The path of a notice and all definitions."""

    steps: tuple[StepView, ...]
    measured: tuple[MeasuredView, ...]
    """How often each technology is wrong, as far as people have checked it."""
    searched: tuple[SearchedView, ...]
    """What portals were asked for; none where every document was added from files."""
    kinds: tuple[KindView, ...]


class DefinitionView(msgspec.Struct, frozen=True, kw_only=True):
    """One definition as its file gives it, and how often it was found here."""

    kind: str
    kind_label: Label
    id: str
    label: Label
    meaning: Label
    words: tuple[str, ...]
    lists: dict[str, tuple[str, ...]]
    """The other lists of words that the file may hold, under the file's own names."""
    examples: tuple[Example, ...]
    sources: tuple[str, ...]
    """Where it is known from: standards, laws, published investigations."""
    bought: Counted | None
    found: Counted
    measured: MeasuredView | None
    """Of a technology, how often it is wrong."""
    searched: tuple[SearchedView, ...]
    """Searches of portals that can have found it."""


def definition_href(kind: str, id: str) -> str:
    """The page of a definition.

    >>> definition_href("technology", "y-dna")
    '/technologies/y-dna'
    """
    return link(f"/{ROOMS[kind]}/{id}")


def method_page(corpus: Corpus, request: Request) -> Page:
    """The path and the definitions."""
    asked(request, ())
    con = corpus.connect()
    steps = tuple(
        StepView(
            name=step.name,
            version=step.version,
            takes=tuple(step.takes),
            does=(step.run.__doc__ or "").strip().partition("\n\n")[0],
        )
        for step in PATH
    )
    kinds = tuple(_kind(con, corpus.definitions, kind) for kind in KINDS)
    view = MethodView(
        steps=steps, measured=measured_views(corpus, con), searched=searched(corpus), kinds=kinds
    )
    return Page(template="method.html", title=Label("Method", "方法"), view=view)


def _kind(con: duckdb.DuckDBPyConnection, definitions: Definitions, kind: str) -> KindView:
    found = _found(con, kind)
    return KindView(
        kind=kind,
        label=words()["group"][ROOMS[kind]],
        definitions=tuple(
            Counted(
                id=one.id,
                label=Label(one.en, one.zh),
                count=found.get(one.id, 0),
                href=definition_href(kind, one.id),
            )
            for one in definitions.all()
            if one.kind == kind
        ),
    )


def _found(con: duckdb.DuckDBPyConnection, kind: str) -> dict[str, int]:
    named = "select id as name, notice from finding where kind = ?"
    if kind == "quantity":
        named = "select what as name, notice from quantity where 'quantity' = ?"
    if kind == "rule":
        named = "select id as name, notice from condition where 'rule' = ?"
    sql = (
        f"select name, count(distinct notice) from ({named})"  # noqa: S608
        f" where notice in (select id from notice where {FIRST}) group by 1"
    )
    return dict(con.execute(sql, [kind]).fetchall())


def definition_page(corpus: Corpus, request: Request) -> Page:
    """One technology, target, site or quantity."""
    asked(request, ())
    room, id = request.url.path.split("/")[1], request.path_params["id"]
    kind = next(kind for kind, name in ROOMS.items() if name == room)
    one = corpus.definitions.get(kind, id)
    if one is None:
        raise Missing(Label(f"a definition “{id}”", f"定义“{id}”"))
    con = corpus.connect()
    label = Label(one.en, one.zh)
    view = DefinitionView(
        kind=kind,
        kind_label=words()["kind"][kind],
        id=id,
        label=label,
        meaning=Label(one.meaning_en, one.meaning_zh),
        words=one.words,
        lists=_lists(one),
        examples=one.examples,
        sources=one.sources,
        bought=_bought(con, id, label) if kind == "technology" else None,
        found=Counted(
            id=id,
            label=label,
            count=_found(con, kind).get(id, 0),
            href=link("/notices", **{_question(kind): id}),
        ),
        measured=measured_of(corpus, con, id) if kind == "technology" else None,
        searched=searched(corpus, one) if kind == "technology" else (),
    )
    return Page(template="definition.html", title=label, view=view)


def _question(kind: str) -> str:
    return "named" if kind == "technology" else kind


def _lists(one: Definition) -> dict[str, tuple[str, ...]]:
    names = ("looked_past", "weak", "company", "mention", "not_with", "not_watching", "units")
    return {name: tuple(found) for name in names if (found := getattr(one, name, ()))}


def _bought(con: duckdb.DuckDBPyConnection, id: str, label: Label) -> Counted:
    number = count(con, {"bought": id})
    return Counted(id=id, label=label, count=number, href=link("/notices", bought=id))
