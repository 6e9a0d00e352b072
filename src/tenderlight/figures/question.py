"""What a figure's file defines: a question, the query that answers it, and how to lay it out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container
from inspect import cleandoc

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.figures.counted import SHARED
from tenderlight.figures.figure import Chart, Column, FigureCard, Parameter, Published, Row
from tenderlight.figures.names import Names
from tenderlight.figures.scope import Scope
from tenderlight.figures.tallies import Tallies


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Notices that a figure does not count, and why. `notices` is a query of their ids."""

    id: str
    en: str
    zh: str
    notices: str


NAMES_NONE = LeftOut(
    id="none",
    en="notices that name no technology",
    zh="未涉及任何所列技术的公告",
    notices="""select id from counted
        where id not in (select notice from finding where kind = 'technology')""",
)


BUYS_NONE = LeftOut(
    id="none",
    en="notices that buy no technology",
    zh="未采购任何所列技术的公告",
    notices="select id from counted where id not in (select notice from bought)",
)
TERMINATED = LeftOut(
    id="termination",
    en="notices of termination",
    zh="废标、终止公告",
    notices="""select id from counted
                where notice_type = 'termination' and id in (select notice from bought)""",
)
"""What failed proves no division; what figures of divisions leave out alike."""


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A figure's table and chart, before its name, method and coverage are added."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    chart: Chart


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One figure, as its file defines it."""

    name: str
    en: str
    zh: str
    question: str
    docstring: str | None
    """Of the figure's file: Method, Exclusions, Assumptions. Printed under the figure."""
    facts: str
    """A query of row_id, column_id, notice, measure, text, context, part, page, start_at, end_at.

    Each of its rows says that one notice adds `measure` to one cell, with the passage that says
    so. It may read the tables and the named queries of `counted`.
    """
    lay_out: Callable[[Tallies, Names], Layout]
    left_out: tuple[LeftOut, ...] = ()
    labels: str | None = None
    """A query of what its lines are called: id and name. None: their ids say it."""
    money: Container[str] = frozenset()
    """The columns whose measure is yuan."""
    parameters: tuple[Parameter, ...] = ()
    """What a reader may choose, beside the scope that every figure has."""
    published: tuple[Published, ...] = ()
    """What others published of the same question."""
    maps: bool = False
    """Whether it needs to know of which divisions the corpus holds notices (`Tallies.searched`)."""
    within: Scope = Scope()
    """A scope that holds always; who asks can only narrow it further."""
    prepare: Callable[[DuckDBPyConnection], str] | None = None
    """For a question whose facts cannot be asked of the tables as they are: what makes them ready
    there, and gives the query that reads them. `facts` is then what its author wrote."""
    counted_as: str | None = None
    """The digest of what its author wrote, once `facts` is the query that reads it."""

    def ready(self, con: DuckDBPyConnection) -> Question:
        """The same question with a query that this database can answer."""
        if self.prepare is None:
            return self
        written = msgspec.structs.replace(self, prepare=None, counted_as=self.digest)
        return msgspec.structs.replace(written, facts=self.prepare(con))

    @property
    def card(self) -> FigureCard:
        """The name and the question, for a list of figures."""
        return FigureCard(
            name=self.name,
            en=self.en,
            zh=self.zh,
            question=self.question,
            parameters=self.parameters,
        )

    @property
    def digest(self) -> str:
        """Of how it is counted: another digest, another method."""
        if self.counted_as is not None:
            return self.counted_as
        left_out = (part for left in self.left_out for part in (left.id, left.notices))
        within = (f"{key}={value}" for key, value in self.within.words().items())
        parts = (SHARED, self.facts, self.method, *left_out, *within)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def method(self) -> str:
        """The docstring without its indentation."""
        return cleandoc(self.docstring or "")
