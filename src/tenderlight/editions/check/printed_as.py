"""Pages of another version, read: every number, passage and title in them is looked up in the data.

What no version may change, so that this can be done: a figure's table has the class
`figure-table`, a number is a link to `rows.html#FIGURE/KEY`, and the pieces that hold the
notices and the passages are written as `editions.site` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from tenderlight.editions.check.opening import Contents
from tenderlight.editions.check.pieces import Pieces
from tenderlight.editions.manifest import Manifest
from tenderlight.editions.printed import Printed, PrintedCell

LARGEST_PAGE = 64 << 20
LANGUAGES = ("en", "zh")
VOID = frozenset({"br", "img", "input", "link", "meta", "rect", "line", "circle", "path"})
ROWS = re.compile(r"rows\.html#[^/]*/(.+)")


class PrintedAs:
    """The pages of an edition beside its data."""

    def __init__(self, manifest: Manifest, contents: Contents) -> None:
        self.manifest, self.contents = manifest, contents

    def check(self, move: Callable[[int, int], None]) -> int:
        """Every figure's pages and every piece; how many of them are as the data say."""
        before, looked = len(self.contents.findings.wrong), 0
        for number, one in enumerate(self.manifest.figures, start=1):
            figure = self.contents.decode(one.figure, Printed)
            for lang in LANGUAGES:
                page = f"site/{lang}/figure-{Path(one.figure).stem}.html"
                looked += 1
                if figure is not None:
                    self._page(page, figure)
            move(number, len(self.manifest.figures))
        looked += Pieces(self.manifest, self.contents).check()
        wrong = {one.file for one in self.contents.findings.wrong[before:]}
        return max(0, looked - len(wrong))

    def _page(self, page: str, figure: Printed) -> None:
        raw = self.contents.read(page, LARGEST_PAGE)
        if raw is None:
            return
        read = Read()
        read.feed(raw.decode("utf-8", "replace"))
        read.close()
        for what in (*_rows(read, figure), *_links(read, figure)):
            self.contents.findings.add(page, what)


class Read(HTMLParser):
    """Of a page, the rows of its figure's table, and the words of each link to a number."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.links: list[tuple[str, str]] = []
        self._table = self._body = False
        self._key: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Where a row, a cell or a link begins."""
        told = dict(attrs)
        if tag == "table":
            self._table = "figure-table" in (told.get("class") or "").split()
        elif tag == "tbody":
            self._body = self._table
        elif tag == "tr" and self._body:
            self.rows.append([])
        elif tag in ("td", "th") and self._body and self.rows:
            self.rows[-1].append("")
        elif tag == "a" and (match := ROWS.search(told.get("href") or "")):
            self._key = unquote(match[1])
            self.links.append((self._key, told.get("aria-label") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Where they end."""
        if tag == "a":
            self._key = None
        elif tag == "tbody":
            self._body = False

    def handle_data(self, data: str) -> None:
        """The words in a cell, and those of a link that has no name of its own."""
        if self._body and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
        if self._key is not None and self.links:
            key, said = self.links[-1]
            self.links[-1] = (key, said + data)


def _rows(read: Read, figure: Printed) -> Iterator[str]:
    """What in the table is not what the figure says."""
    rows = [row for row in read.rows if len(row) == len(figure.columns)]
    if len(rows) > len(figure.rows) or (figure.rows and not rows):
        yield f"its table has {len(rows)} rows, and the figure {len(figure.rows)}"
    for told, row in zip(rows, figure.rows, strict=False):
        for said, column, cell in zip(told, figure.columns, row.cells, strict=False):
            if _bare(said) not in _as_told(cell, column.kind):
                yield f"{column.id} of {row.id} says {_bare(said)[:80]!r}, and the figure does not"


def _links(read: Read, figure: Printed) -> Iterator[str]:
    """What a link leads to that the figure does not have, or has as another number."""
    numbers: dict[str, set[str]] = {}
    for row in figure.rows:
        for column, cell in zip(figure.columns, row.cells, strict=False):
            if cell.key is not None:
                numbers.setdefault(cell.key, set()).update(_as_told(cell, column.kind))
    for line in figure.coverage:
        if line.key is not None:
            numbers.setdefault(line.key, set()).add(str(line.count))
    marks = {point.key for series in figure.chart.series for point in series.points}
    for key, said in read.links:
        if key not in numbers and key not in marks:
            yield f"it leads to {key[:80]}, and the figure has no such number"
        elif key.startswith("coverage/") and _bare(said) not in numbers[key]:
            yield f"{key[:80]} says {_bare(said)[:80]!r}, and the figure does not"


def _as_told(cell: PrintedCell, kind: str) -> set[str]:
    """How a cell may read, without spaces and signs: in English, in Chinese, in both."""
    value = "" if cell.value is None else str(cell.value)
    if kind == "money" and re.fullmatch(r"-?\d+\.\d+", value):
        value = value.rstrip("0").rstrip(".")
    names = {value, cell.zh or value, value + (cell.zh or "")}
    of = f"/{cell.of}" if cell.of else ""
    return {_bare(name + of + (cell.more or "")) for name in names} | {
        _bare(name + (cell.more or "")) for name in names
    }


def _bare(said: str) -> str:
    """Words as they are compared: no space, no sign of yuan or per cent, no thousands.

    >>> _bare(" ¥2,318,600.50 "), _bare("12.0 %"), _bare("25 / 31")
    ('2318600.5', '12', '25/31')
    """
    bare = re.sub(r"[\s¥%]|(?<=\d),(?=\d{3})", "", said)
    return re.sub(r"(?<=\d)\.(\d*?)0+(?!\d)", lambda m: f".{m[1]}" if m[1] else "", bare)
