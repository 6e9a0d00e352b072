"""The pages on which values stand: a masked picture of each, every cited passage framed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tenderlight.corpus import Corpus, PageShown, Shown
from tenderlight.exports.handover.words import words_for
from tenderlight.model import Unreadable, Withdrawn

Row = Mapping[str, Any]

MOST = 40
"""Pages of one notice whose pictures are handed over; the rest is named."""
MOST_IN_ALL = 2_000
"""Pages of all notices: a picture takes a third of a second and 200 KB."""
WIDTH = 1_200
FOLDER = "pages"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One value on a page."""

    en: str
    zh: str
    value: str
    text: str
    """As printed or recognised, masked."""
    start: int
    end: int
    doubt: str | None


class Pictured(msgspec.Struct, frozen=True, kw_only=True):
    """One page on which values stand."""

    number: int
    """Its place among the pages of its notice, as the desk counts them, from 0."""
    part: str
    page: int
    recognised: bool
    values: tuple[Value, ...]
    file: str | None
    """The picture; None where it is not handed over."""
    why: tuple[str, str] | None = None
    """In both languages, why it is not."""


class OnPages(msgspec.Struct, frozen=True, kw_only=True):
    """A notice's pages with values, and what belongs to it."""

    id: str
    title: str
    pages: tuple[Pictured, ...]
    attachments: tuple[Row, ...]

    def picture_of(self, at: Row) -> str | None:
        """The picture on which a passage stands; None where there is none."""
        if at["part"] == "manifest":
            return None
        for page in self.pages:
            if any((each.start, each.end) == (at["start"], at["end"]) for each in page.values):
                return page.file
        return None


class Pictures:
    """Draws the pages of one notice after another, up to `MOST_IN_ALL`."""

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        self.drawn: list[OnPages] = []
        self._corpus, self._folder, self._left = corpus, folder, MOST_IN_ALL

    def draw(self, shown: Shown) -> OnPages:
        """The pages of one notice on which values stand.

        Raises BrokenEvidence where the document is not what the ledger says.
        """
        cited = _cited(shown)
        drawn = OnPages(
            id=shown.row["id"],
            title=shown.row.get("title") or shown.row["file"],
            pages=tuple(
                self._page(shown, shown.pages[number], values, place)
                for place, (number, values) in enumerate(sorted(cited.items()))
            ),
            attachments=tuple(shown.row.get("attachments", ())),
        )
        if drawn.pages or drawn.attachments:
            self.drawn.append(drawn)
        return drawn

    def _page(
        self, shown: Shown, page: PageShown, values: tuple[Value, ...], place: int
    ) -> Pictured:
        id = shown.row["id"]
        file, why = None, _too_many(place, self._left)
        if why is None:
            self._left -= 1
            file, why = self._picture(id, page, values)
        return Pictured(
            number=page.number,
            part=page.part,
            page=page.page,
            recognised=page.recognised,
            values=values,
            file=file,
            why=why,
        )

    def _picture(
        self, id: str, page: PageShown, values: tuple[Value, ...]
    ) -> tuple[str | None, tuple[str, str] | None]:
        marks = sorted({(value.start, value.end) for value in values})
        try:
            png = self._corpus.page_picture(id, page.number, marks=marks, width=WIDTH)
        except Unreadable as error:
            return None, (f"it cannot be drawn: {error.what}", f"无法绘制：{error.what}")
        except Withdrawn:
            return None, ("its document was withdrawn.", "其文件已撤下。")
        if png is None:
            return None, ("it is not there any more.", "该页已不存在。")
        name = f"{FOLDER}/{id}-{page.number}.png"
        (self._folder / FOLDER).mkdir(exist_ok=True)
        with (self._folder / name).open("xb") as file:
            file.write(png)
        return name, None


def _too_many(place: int, left: int) -> tuple[str, str] | None:
    if place >= MOST:
        return f"at most {MOST} pages of a notice are pictured.", f"每份公告最多附 {MOST} 页图片。"
    if left <= 0:
        return (
            f"at most {MOST_IN_ALL:,} pages are pictured in one folder.",
            f"每个文件夹最多附 {MOST_IN_ALL:,} 页图片。",
        )
    return None


def _cited(shown: Shown) -> dict[int, tuple[Value, ...]]:
    """By number of the page, the values that stand on it; one over two pages is on both."""
    found: dict[int, list[Value]] = {}
    for field, at in shown.row["passages"].items():
        if at["part"] != "manifest":
            for number in dict.fromkeys(_pages_with(shown, at["start"], at["end"])):
                found.setdefault(number, []).append(_value(shown.row, field, at))
    return {number: tuple(values) for number, values in found.items()}


def _pages_with(shown: Shown, start: int, end: int) -> Iterator[int]:
    return (on.number for on in shown.on_pages if on.start < end and start < on.end)


def _value(row: Row, field: str, at: Row) -> Value:
    en, zh = words_for(field)
    value = value_of(row, field)
    return Value(
        en=en,
        zh=zh,
        value="" if value is None else str(value),
        text=at["text"],
        start=at["start"],
        end=at["end"],
        doubt=at.get("doubt"),
    )


def value_of(row: Row, field: str) -> Any:
    """The value that a passage's key names: `buyer`, `awards.0.supplier`, `technologies.1`."""
    value: Any = row
    for part in field.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    if isinstance(value, dict):  # a technology, a target, a site or a quantity, whole
        said = (value.get(name) for name in ("id", "what", "relation", "value", "unit"))
        return " ".join(str(part) for part in said if part is not None)
    return ("false", "true")[value] if isinstance(value, bool) else value
