"""Charts: every mark a link, every word escaped, nothing that needs a script or an inline style."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.drawings import Bar, GridRow, bars, columns, division_map, grid, shade

CODES = ("110000", "650000")
EVIL = '<script>alert(1)</script>"><b onload=x'


def bar(number: int, label: str = "DNA") -> Bar:
    return Bar(label=label, other="基因", value=number, shown=str(number), href=f"/n?x={number}")


class Reader(HTMLParser):
    def __init__(self, svg: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(svg)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def links(self) -> list[str | None]:
        return [attrs.get("href") for tag, attrs in self.tags if tag == "a"]


def drawings(rows: list[Bar]) -> list[str]:
    cells = tuple(rows)
    return [
        bars(rows, "t"),
        columns(rows, "t"),
        grid([GridRow(label=row.label, cells=cells) for row in rows], ["x"] * len(rows), "t"),
        division_map(dict(zip(CODES, rows, strict=False)), "t"),
    ]  # fmt: skip


def test_every_mark_is_a_link_with_a_name() -> None:
    rows = [bar(3), bar(1)]
    for svg in drawings(rows):
        read = Reader(svg)
        assert set(read.links()) == {"/n?x=3", "/n?x=1"}
        assert len(re.findall(r"<a [^>]*><title>[^<]+: \d+</title>", str(svg))) == len(read.links())


def test_words_of_a_document_cannot_become_markup() -> None:
    for svg in drawings([bar(3, EVIL)]):
        read = Reader(svg)
        assert not {"script", "b"} & {tag for tag, _ in read.tags}
        assert "style" not in {name for _, attrs in read.tags for name in attrs}
        assert "onload" not in {name for _, attrs in read.tags for name in attrs}


def test_charts_of_nothing_are_drawn() -> None:
    for svg in drawings([]):
        assert Reader(svg).links() == []
    assert Reader(bars([bar(0)], "t")).tags


def test_a_number_without_a_page_is_no_link() -> None:
    row = Bar(label="x", value=2, shown="2", href=None)
    assert Reader(bars([row], "t")).links() == []


def test_the_longest_bar_fills_the_width() -> None:
    widths = [
        attrs["width"]
        for tag, attrs in Reader(bars([bar(8), bar(2)], "t")).tags
        if attrs.get("class") == "bar"
    ]
    assert widths == ["100.0%", "25.0%"]


@given(st.floats(min_value=0, max_value=1e12), st.floats(min_value=0.001, max_value=1e12))
def test_a_shade_is_one_of_six(value: float, most: float) -> None:
    assert 0 <= shade(value, most) <= 5


@pytest.mark.parametrize(("value", "level"), [(0, 0), (0.001, 1), (1, 5)])
def test_only_nothing_is_unshaded(value: float, level: int) -> None:
    assert shade(value, 1) == level
