"""The pages of an edition as HTML: the front, one for each figure, and those that scripts fill."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from tenderlight.citing import forms
from tenderlight.drawings import Drawing, draw, draw_each, ground
from tenderlight.editions.manifest import FigureOf, Manifest
from tenderlight.editions.printed import PrintedCell
from tenderlight.editions.site.kept import PrintedFigure
from tenderlight.editions.site.words import for_scripts, in_lang, say
from tenderlight.figures.figure import Column, Label, paragraphs

MOST_ROWS = 5_000
"""Rows of a figure on its page; the rest is in its data, and the page says so."""
FILLED = ("rows", "notice", "search", "check")
"""Pages beside the figures'."""
GROUPS = ("collected", "read", "left-out", "used", "since", "checked")
NUMBERS = ("count", "money", "share", "percent", "average")


class Slugged(msgspec.Struct, frozen=True):
    """A figure, and what its page is called."""

    slug: str
    of: FigureOf
    figure: PrintedFigure


class Pages:
    """Writes the pages of one edition."""

    def __init__(
        self, out: Path, manifest: Manifest, figures: tuple[Slugged, ...], originals: bool
    ) -> None:
        self._out, self._manifest, self._figures = out, manifest, figures
        self._originals = originals

    def write(self, lang: str) -> None:
        """All pages in one language."""
        folder = self._out / "site" / lang
        folder.mkdir()
        front = self._out / "index.html" if lang == "en" else folder / "index.html"
        self._write(front, "index.html", lang)
        for name in FILLED:
            self._write(folder / f"{name}.html", f"{name}.html", lang)
        for one in self._figures:
            self._write(folder / f"figure-{one.slug}.html", "figure.html", lang, shown=one)
        (folder / "words.js").write_bytes(self._words(lang))

    def _write(self, path: Path, template: str, lang: str, **values: Any) -> None:
        at = Address("" if path.parent == self._out else "../../", lang)
        html = (
            _templates()
            .get_template(template)
            .render(
                at=at,
                lang=lang,
                other="zh" if lang == "en" else "en",
                same=path.name,
                t=lambda key, **told: say(key, lang, **told),
                edition=self._manifest,
                figures=self._figures,
                originals=self._originals,
                **values,
            )
        )
        path.write_bytes(html.encode("utf-8", "replace"))

    def _words(self, lang: str) -> bytes:
        """What the scripts need to know; as a text in a script, parsed there as JSON."""
        told = for_scripts(lang) | {
            "title": self._manifest.title,
            "corpus": self._manifest.corpus,
            "as_of": self._manifest.as_of,
            "originals": self._originals,
            "forms": forms(lang),
            "figures": [
                [one.slug, in_lang(one.figure, lang), one.figure.en, one.figure.zh]
                for one in self._figures
            ],
        }
        encoded = json.dumps(msgspec.to_builtins(told))  # ASCII: nothing in it ends a line
        return f"globalThis.WORDS = {encoded};\n".encode("ascii")


class Address(msgspec.Struct, frozen=True):
    """Where things are, seen from one page."""

    up: str
    """From the page to the edition's folder."""
    lang: str

    def file(self, path: str) -> str:
        """A file of the edition."""
        return self.up + quote(path)

    def page(self, name: str, lang: str | None = None) -> str:
        """A page in a language; the front page is `index`."""
        lang = lang or self.lang
        if name == "index" and lang == "en":
            return f"{self.up}index.html"
        if self.up and lang == self.lang:
            return f"{quote(name)}.html"
        return f"{self.up}site/{lang}/{quote(name)}.html"

    def rows(self, slug: str, key: str) -> str:
        """What is behind a number."""
        return f"{self.page('rows')}#{slug}/{quote(key, safe='')}"

    def notice(self, id: str) -> str:
        """A cited notice."""
        return f"{self.page('notice')}#{quote(id)}"


def drawings(shown: Slugged, lang: Literal["en", "zh"], at: Address) -> tuple[Drawing, ...]:
    """The figure's chart, each mark a link to what is behind it."""
    figure = shown.figure
    title = Label(en=figure.en, zh=figure.zh)
    return draw(figure.chart, title, lang, lambda key: at.rows(shown.slug, key))


def each_drawn(shown: Slugged, lang: Literal["en", "zh"], at: Address) -> tuple[Drawing, ...]:
    """Of a map, each of its series by itself, small."""
    return draw_each(shown.figure.chart, lang, lambda key: at.rows(shown.slug, key))


def number(value: str | int | None) -> str:
    """A number with thousands separated; what is none, as it is.

    >>> number(12500), number("2318600.50"), number("2017")
    ('12,500', '2,318,600.50', '2017')
    """
    if isinstance(value, int):
        return f"{value:,}"
    try:
        exact = Decimal(value or "")
    except ArithmeticError:
        return value or ""
    return f"{exact:,f}" if exact.is_finite() and abs(exact) >= 10_000 else str(value)


def shown_as(cell: PrintedCell, column: Column) -> str:
    """A cell's words, yuan with their sign.

    >>> shown_as(PrintedCell(value="2318600.5"), Column(id="a", en="A", zh="A", kind="money"))
    '¥2,318,600.5'
    """
    if column.kind == "text" and isinstance(cell.value, str):
        return cell.value
    return ("¥" if column.kind == "money" else "") + number(cell.value)


def percent(share: float) -> str:
    """A share as per cent.

    >>> percent(0.934)
    '93.4 %'
    """
    return f"{share * 100:.1f} %"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("tenderlight.editions.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=number, percent=percent, paragraphs=paragraphs, inlang=in_lang
    )
    environment.globals.update(
        drawings=drawings,
        each_drawn=each_drawn,
        ground=ground,
        shown_as=shown_as,
        MOST_ROWS=MOST_ROWS,
        NUMBERS=NUMBERS,
        GROUPS=GROUPS,
    )
    return environment
