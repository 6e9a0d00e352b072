"""From pages with characters at places to a Reading: for PDF, OFD and recognised pictures alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderlight.model import Problem, Reading, Sheet
from tenderlight.reading.grid import number_tables
from tenderlight.reading.pages import layout
from tenderlight.reading.pages.alignment import find_aligned
from tenderlight.reading.pages.grids import find_grids
from tenderlight.reading.pages.lines import page_lines
from tenderlight.reading.pages.page import Page
from tenderlight.reading.pages.undrawn import part_rows
from tenderlight.reading.writing import write_reading


def write_pages(
    pages: Sequence[Page], media_type: str, problems: tuple[Problem, ...] = ()
) -> Reading:
    """The text of pages in reading order: paragraphs, tables, headers and footers as furniture.

    >>> from tenderlight.reading.pages.page import Character
    >>> one, two = Character("预", 70, 50, 82, 62, False), Character("算", 82, 50, 94, 62, False)
    >>> reading = write_pages([Page(1, 595, 842, (one, two), (), False, False)], "application/pdf")
    >>> reading.text, reading.boxes(1, 2)
    ('预算', (Box(part='body', page=1, left=82.0, top=50.0, right=94.0, bottom=62.0),))

    Every page becomes a `Sheet`, also one on which nothing stands.
    """
    lines = layout.lay_out(list(_laid_out(pages)))
    number_tables(lines)
    sheets = tuple(_sheet(page) for page in pages)
    return write_reading(lines, media_type, problems=problems, sheets=sheets)


def _laid_out(pages: Sequence[Page]) -> Iterator[layout.Sheet]:
    """Each page read by itself, but for where its columns of prose are looked for first."""
    before: float | None = None
    for page in pages:
        ruled = tuple(part_rows(page, grid) for grid in find_grids(page.rulings))
        aligned = find_aligned(page, ruled, before)
        grids = (*ruled, *aligned.tables)
        grids = tuple(sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0])))
        lines = page_lines(page, grids, tuple(columns.grid for columns in aligned.columns))
        before = aligned.columns[-1].start if aligned.columns else None
        yield layout.Sheet(page.number, page.height, grids, lines)


def _sheet(page: Page) -> Sheet:
    return Sheet(
        "body",
        page.number,
        page.width,
        page.height,
        page.turn,
        page.skew,
        page.recognised,
        page.covered,
    )
