"""A figure as a page: a chart in which every mark is a link, the table, how it was counted.

And the page behind each of its numbers: the notices that add up to it, each with its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from weakref import WeakKeyDictionary

import msgspec
from starlette.requests import Request

from tenderlight.asking import questions_of, stamp_of
from tenderlight.citing import Source
from tenderlight.corpus import Corpus
from tenderlight.drawings import ONE_AT_A_TIME, first_shown
from tenderlight.figures import (
    Asked,
    Behind,
    Cell,
    Coverage,
    Figure,
    FigureCard,
    Given,
    Proof,
    Question,
    figures,
    find_question,
    open_page,
)
from tenderlight.figures.kept import kept_figure
from tenderlight.model import Refused
from tenderlight.web.citing import figure_cited, number_cited
from tenderlight.web.figure_form import Limit, limits_of, value_label, words_asked
from tenderlight.web.figure_told import beside, covered_groups, error_views
from tenderlight.web.figure_turned import editions_shaken, lines_turned, marks_of
from tenderlight.web.page import PAGE_SIZE, Missing, Page, Pages, asked, link, pages_of, whole
from tenderlight.web.words import Label


class FiguresView(msgspec.Struct, frozen=True, kw_only=True):
    """All figures, each with the question that it answers."""

    figures: tuple[FigureCard, ...]
    own: tuple[FigureCard, ...] = ()
    """The corpus' own."""


class FigureView(msgspec.Struct, frozen=True, kw_only=True):
    """A figure, and which series of it the chart shows, where it shows one at a time."""

    figure: Figure
    rows_at: str
    """The address of the proofs, to which a cell's key is added."""
    series: str | None
    path: str
    """The address of the figure itself."""
    words: dict[str, str] = {}
    """What it was asked with: scope and parameters, where they are not the usual ones."""
    fixed: dict[str, str] = {}
    """Of a figure that is being built: what it is built of."""
    limits: tuple[Limit, ...] = ()
    """The form in which that is chosen."""
    shaken: dict[str, int] = {}
    """Editions in which it cites notices that were withdrawn since, and how many."""

    cited: dict[str, Source] = {}
    """What a citation of it says, in each language."""

    def at(self, ending: str = "", **more: str) -> str:
        """An address of this figure with its words: `view.at(".csv")`, `view.at(series="dna")`."""
        return link(f"{self.path}{ending}", **self.fixed, **self.words, **more)


class ProofsView(msgspec.Struct, frozen=True, kw_only=True):
    """The notices behind one number. `total` is what they add up to: the number in the cell."""

    figure: FigureCard
    figure_at: str
    cell: str
    column: Label | None
    row: Label | None
    total: Decimal
    count: int
    money: bool
    proofs: tuple[Proof, ...]
    pages: Pages
    marks: dict[str, Label] = {}
    """Notices that their portal removed or changed since."""
    cited: dict[str, Source] = {}
    """How the number is cited; nothing where the figure was not saved, for it has no address."""


__all__ = ("beside", "covered_groups", "error_views", "lines_turned")
NUMBERS = frozenset({"count", "money", "share", "percent", "average"})
"""Kinds of columns that are set flush right."""
Stamp = tuple[object, ...]
KEPT = 40
"""Figures of a corpus that are kept in memory: those asked for last."""
MADE: WeakKeyDictionary[Corpus, dict[Stamp, Figure]] = WeakKeyDictionary()
"""The figures of each open corpus, by the state and the words that they were made from."""


def figures_page(corpus: Corpus, request: Request) -> Page:
    """The list of figures."""
    asked(request, ())
    title = Label("Figures", "统计")
    own = tuple(question.card for question in questions_of(corpus))
    return Page(template="figures.html", title=title, view=FiguresView(figures=figures(), own=own))


def figure_page(corpus: Corpus, request: Request) -> Page:
    """One figure, within the limits that are asked. `?series=` chooses what a map shows."""
    now, others = words_asked(request, question_of(corpus, request), corpus.definitions, "series")
    figure = made(corpus, now)
    chosen = series_of(figure, others.get("series"))
    view = FigureView(
        figure=figure,
        path=f"/figures/{figure.name}",
        rows_at=link(f"/figures/{figure.name}/rows", **now.words()),
        series=chosen,
        words=now.words(),
        limits=limits_of(now, corpus.definitions),
        shaken=editions_shaken(corpus, figure.name, now.words()),
        cited=figure_cited(corpus, figure, now.words()),
    )
    return Page(template="figure.html", title=Label(figure.en, figure.zh), view=view)


def series_of(figure: Figure, chosen: str | None) -> str | None:
    """Which series of a map is shown: the one asked for, else the one with most in it."""
    if chosen is not None and chosen not in {one.id for one in figure.chart.series}:
        raise Missing(Label(f"a series “{chosen}”", f"系列“{chosen}”"))
    if chosen is None and figure.chart.kind in ONE_AT_A_TIME and figure.chart.series:
        return first_shown(figure.chart)
    return chosen


def rows_page(corpus: Corpus, request: Request) -> Page:
    """The notices behind one number of a figure."""
    question = question_of(corpus, request)
    now, others = words_asked(request, question, corpus.definitions, "cell", "page")
    return proofs_page(corpus, now, others, f"/figures/{question.name}", {})


def proofs_page(
    corpus: Corpus,
    now: Asked,
    others: Mapping[str, str],
    path: str,
    fixed: Mapping[str, str],
) -> Page:
    """The notices behind the number `cell` of a figure that lies at `path`."""
    question, key = now.question, others.get("cell")
    if key is None:
        raise Missing(Label("a cell: the address names none", "单元格：地址中未注明"))
    number = whole(others, "page", 1) or 0
    behind = _behind(corpus, now, key, number)
    figure = made(corpus, now)
    row, column, money = _named(figure, key)
    asked_with = {**fixed, **now.words()}
    view = ProofsView(
        figure=question.card,
        figure_at=link(path, **asked_with),
        cell=key,
        row=row,
        column=column,
        money=money,
        total=Decimal(behind.total),
        count=behind.notices,
        proofs=behind.proofs,
        pages=pages_of(behind.facts, number, f"{path}/rows", asked_with | {"cell": key}),
        marks=marks_of(corpus, (proof.notice for proof in behind.proofs)),
        cited={} if fixed else number_cited(corpus, figure, now.words(), key),
    )
    title = Label(f"Behind one number: {question.en}", f"数字的依据：{question.zh}")
    return Page(template="rows.html", title=title, view=view)


def _behind(corpus: Corpus, now: Asked, key: str, number: int) -> Behind:
    """The page of that number of what is behind a number of a figure."""
    question, offset = now.question, max(number - 1, 0) * PAGE_SIZE
    con, words, own = corpus.connect(), now.words(), (now.question,)
    try:
        return open_page(con, question.name, key, words, own=own, limit=PAGE_SIZE, offset=offset)
    except Refused:
        raise Missing(Label(f"a number “{key}”", f"数字“{key}”")) from None


def made(corpus: Corpus, now: Asked) -> Figure:
    """The figure, made once for each state of the corpus: its many pages of proofs need it too."""
    stamp = (now.question.name, now.question.digest, tuple(now.words().items()), stamp_of(corpus))
    kept = MADE.setdefault(corpus, {})
    figure = kept.pop(stamp, None)
    if figure is None:
        figure = kept_figure(corpus, now.question.name, now.words(), (now.question,))
    kept[stamp] = figure
    for oldest in list(kept)[:-KEPT]:
        kept.pop(oldest, None)
    return figure


def question_of(corpus: Corpus, request: Request) -> Question:
    """The question that an address names: one of ours, or of the corpus' own."""
    name = request.path_params["name"]
    try:
        return find_question(name, questions_of(corpus))
    except Refused:
        raise Missing(Label(f"a figure “{name}”", f"统计“{name}”")) from None


def _named(figure: Figure, key: str) -> tuple[Label | None, Label | None, bool]:
    """What stands at the head of a cell's row and column; of a number in a chart, its point."""
    for row in figure.rows:
        for column, cell in zip(figure.columns, row.cells, strict=True):
            if cell.key == key:
                head = row.cells[0]
                text = str(head.value)
                name = Label(text, head.zh or text)
                return name, Label(column.en, column.zh), column.kind == "money"
    for coverage in figure.coverage:
        if coverage.key == key:
            return Label(coverage.en, coverage.zh), None, False
    for series in figure.chart.series:
        for point in series.points:
            if point.key == key:
                return Label(point.en, point.zh), Label(series.en, series.zh), False
    return None, None, False


def given_label(view: FigureView, given: Given) -> Label:
    """What was asked for, as people call it: of `440000` Guangdong."""
    return value_label(view.limits, given.id, given.value)


def key_href(view: FigureView, key: str) -> str:
    """The address of the notices behind a number."""
    return view.at("/rows", cell=key)


def cell_href(view: FigureView, cell: Cell | Coverage) -> str | None:
    """Where a cell leads: to its proofs, or to the notice that it was read from."""
    if cell.key is not None:
        return key_href(view, cell.key)
    if isinstance(cell, Coverage):
        return link(cell.page) if cell.page else None
    return link(f"/notices/{cell.notice}") if cell.notice else None


def proof_href(proof: Proof) -> str:
    """The passage in its notice; the notice, where the proof is not part of its text."""
    path = f"/notices/{proof.notice}"
    if proof.start is None or proof.end is None or proof.part in (None, "manifest"):
        return link(path)
    return link(path, at=f"{proof.start}-{proof.end}") + "#at-asked"
