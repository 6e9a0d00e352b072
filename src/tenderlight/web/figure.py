"""A figure as a page: a chart in which every mark is a link, the table, how it was counted.

And the page behind each of its numbers: the notices that add up to it, each with its sentence.
"""

from __future__ import annotations

from decimal import Decimal
from weakref import WeakKeyDictionary

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.figures import (
    Cell,
    Coverage,
    Figure,
    FigureCard,
    Proof,
    figures,
    make_figure,
    open_cell,
)
from tenderlight.model import Refused
from tenderlight.web.page import PAGE_SIZE, Missing, Page, Pages, asked, link, pages_of, whole
from tenderlight.web.words import Label


class FiguresView(msgspec.Struct, frozen=True, kw_only=True):
    """All figures, each with the question that it answers."""

    figures: tuple[FigureCard, ...]


class FigureView(msgspec.Struct, frozen=True, kw_only=True):
    """A figure, and which series of it the chart shows, where it shows one at a time."""

    figure: Figure
    rows_at: str
    """The address of the proofs, to which a cell's key is added."""
    series: str | None


class ProofsView(msgspec.Struct, frozen=True, kw_only=True):
    """The notices behind one number. `total` is what they add up to: the number in the cell."""

    figure: FigureCard
    cell: str
    column: Label | None
    row: Label | None
    total: Decimal
    count: int
    money: bool
    proofs: tuple[Proof, ...]
    pages: Pages


Batches = tuple[tuple[int, str], ...]
MADE: WeakKeyDictionary[Corpus, dict[str, tuple[Batches, Figure]]] = WeakKeyDictionary()
"""The figures of each open corpus, with the state that they were made from."""


def figures_page(corpus: Corpus, request: Request) -> Page:
    """The list of figures."""
    asked(request, ())
    title = Label("Figures", "统计")
    return Page(template="figures.html", title=title, view=FiguresView(figures=figures()))


def figure_page(corpus: Corpus, request: Request) -> Page:
    """One figure. `?series=` chooses what a map shows."""
    questions = asked(request, ("series",))
    card = _card(request)
    figure = _made(corpus, card.name)
    chosen = questions.get("series")
    if chosen is not None and chosen not in {one.id for one in figure.chart.series}:
        raise Missing(Label(f"a series “{chosen}”", f"系列“{chosen}”"))
    if chosen is None and figure.chart.kind == "map" and figure.chart.series:
        chosen = max(figure.chart.series, key=lambda one: len(one.points)).id
    view = FigureView(figure=figure, rows_at=link(f"/figures/{card.name}/rows"), series=chosen)
    return Page(template="figure.html", title=Label(figure.en, figure.zh), view=view)


def rows_page(corpus: Corpus, request: Request) -> Page:
    """The notices behind one number of a figure."""
    questions = asked(request, ("cell", "page"))
    card = _card(request)
    key = questions.get("cell")
    if key is None:
        raise Missing(Label("a cell: the address names none", "单元格：地址中未注明"))
    con = corpus.connect()
    try:
        proofs = open_cell(con, card.name, key)
    except Refused:
        raise Missing(Label(f"a number “{key}”", f"数字“{key}”")) from None
    number = whole(questions, "page", 1) or 0
    pages = pages_of(len(proofs), number, f"/figures/{card.name}/rows", questions)
    row, column, money = _named(_made(corpus, card.name), key)
    view = ProofsView(
        figure=card,
        cell=key,
        row=row,
        column=column,
        money=money,
        total=sum((Decimal(proof.value) for proof in proofs), Decimal(0)),
        count=len({proof.notice for proof in proofs}),
        proofs=tuple(proofs)[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        pages=pages,
    )
    title = Label(f"Behind one number: {card.en}", f"数字的依据：{card.zh}")
    return Page(template="rows.html", title=title, view=view)


def _made(corpus: Corpus, name: str) -> Figure:
    """The figure, made once for each state of the corpus: its many pages of proofs need it too."""
    state = corpus.state()
    batches = tuple(sorted((batch, one.key) for batch, one in state.batches.items()))
    batches += tuple(enumerate(sorted(state.joined.values())))
    kept = MADE.setdefault(corpus, {})
    if name not in kept or kept[name][0] != batches:
        kept[name] = (batches, make_figure(corpus.connect(), name, corpus.definitions))
    return kept[name][1]


def _card(request: Request) -> FigureCard:
    name = request.path_params["name"]
    for card in figures():
        if card.name == name:
            return card
    raise Missing(Label(f"a figure “{name}”", f"统计“{name}”"))


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


def cell_href(view: FigureView, cell: Cell | Coverage) -> str | None:
    """Where a cell leads: to its proofs, or to the notice that it was read from."""
    if cell.key is not None:
        return link(view.rows_at, cell=cell.key)
    if isinstance(cell, Coverage):
        return link(cell.page) if cell.page else None
    return link(f"/notices/{cell.notice}") if cell.notice else None


def proof_href(proof: Proof) -> str:
    """The passage in its notice; the notice, where the proof is not part of its text."""
    path = f"/notices/{proof.notice}"
    if proof.start is None or proof.end is None or proof.part in (None, "manifest"):
        return link(path)
    return link(path, at=f"{proof.start}-{proof.end}") + "#at-asked"
