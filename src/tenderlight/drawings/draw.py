"""A figure's chart as drawings: every mark is a link to what is behind its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import msgspec
from markupsafe import Markup

from tenderlight.drawings.bars import bars
from tenderlight.drawings.grids import GridRow, grid
from tenderlight.drawings.maps import (
    WORDS,
    division_map,
    legend,
    point_map,
    small_division_map,
    small_point_map,
    unplaced,
)
from tenderlight.drawings.marks import Bar
from tenderlight.drawings.networks import Edge, End, network
from tenderlight.drawings.numbers import short
from tenderlight.drawings.timelines import Dated, Lane, timeline
from tenderlight.figures.figure import Chart, Label, Node, Point, Series

Lang = Literal["en", "zh"]
Opens = Callable[[str], str | None]
"""From the key of a number, or the id of an organisation, to the address of its page."""

ONE_AT_A_TIME = frozenset({"map", "points"})
"""Kinds of charts of which one series is shown at a time."""


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of a chart, its heading, and what has to be said below it."""

    id: str
    en: str
    zh: str
    """Its heading: that of its series, where a chart has several pictures."""
    svg: str
    """Safe to put into a page: what documents said is escaped. It needs `STYLE`, no script."""
    legend: str = ""
    """What its shades mean, as an HTML list."""
    note: Label | None = None
    """What it does not show."""


def draw(
    chart: Chart,
    title: Label,
    lang: Lang,
    opens: Opens,
    *,
    series: str | None = None,
    about: Opens | None = None,
) -> tuple[Drawing, ...]:
    """The pictures of a chart: one for each series of bars, one of anything else; of none, none.

    `opens` leads from the key of a number to its proofs, `about` from an organisation to its page.
    Of a map or of points, `series` names the one that is shown; without it `first_shown` does.
    """
    if chart.kind == "none" or not chart.series:
        return ()
    if chart.kind == "bars":
        most = largest(chart)
        return tuple(_bars(each, lang, opens, most) for each in chart.series if each.points)
    if chart.kind in ONE_AT_A_TIME:
        by_id = {each.id: each for each in chart.series}
        return (_map(chart, by_id[series or first_shown(chart)], lang, opens),)
    if chart.kind == "timeline":
        drawn = timeline(_lanes(chart, lang, opens), named(title, lang))
    elif chart.kind == "network":
        drawn = _network(chart, title, lang, opens, about)
    else:
        drawn = grid(*_grid(chart, lang, opens), named(title, lang))
    return (Drawing(id=chart.kind, en=title.en, zh=title.zh, svg=drawn),)


def draw_each(chart: Chart, lang: Lang, opens: Opens) -> tuple[Drawing, ...]:
    """A small picture of each series, where `draw` shows only one; none where there is only one.

    They draw the outlines of `ground`, which must stand on the same page, once.
    """
    if chart.kind not in ONE_AT_A_TIME or len(chart.series) < 2:
        return ()
    return tuple(_small(chart, each, lang, opens) for each in chart.series if each.points)


def first_shown(chart: Chart) -> str:
    """The series that is shown first where one is shown at a time: the one with most points."""
    return max(chart.series, key=lambda each: len(each.points)).id


def largest(chart: Chart) -> float:
    """The largest number of a chart: its series have one scale, so that they can be compared."""
    return float(max((point.value for each in chart.series for point in each.points), default=0))


def named(label: Label | Point | Series | Node, lang: Lang) -> str:
    """What it is called in a language."""
    return label.zh if lang == "zh" else label.en


def second_name(label: Label | Point | Series | Node, lang: Lang) -> str:
    """What it is called in the other one; empty where that is the same."""
    other = label.en if lang == "zh" else label.zh
    return "" if other == named(label, lang) else other


def _bar(point: Point, lang: Lang, opens: Opens) -> Bar:
    return Bar(
        label=named(point, lang),
        other=second_name(point, lang),
        value=float(point.value),
        shown=short(point.value, lang),
        href=opens(point.key) if point.key else None,
    )


def _bars(series: Series, lang: Lang, opens: Opens, most: float) -> Drawing:
    rows = [_bar(point, lang, opens) for point in series.points]
    drawn = bars(rows, named(series, lang), most)
    return Drawing(id=series.id, en=series.en, zh=series.zh, svg=drawn)


def _map(chart: Chart, series: Series, lang: Lang, opens: Opens) -> Drawing:
    rows = {point.x: _bar(point, lang, opens) for point in series.points}
    name = named(series, lang)
    if chart.kind == "points":
        drawn, shades = point_map(rows, name, lang), Markup("")
        note = _not_drawn(unplaced(rows))
    else:
        most = max((row.value for row in rows.values()), default=0)
        drawn, note = division_map(rows, name, lang, chart.searched), None
        shades = legend(most, lang, unsearched=chart.searched is not None)
    return Drawing(
        id=series.id, en=series.en, zh=series.zh, svg=drawn, legend=shades, note=note
    )  # fmt: skip


def _small(chart: Chart, series: Series, lang: Lang, opens: Opens) -> Drawing:
    rows = {point.x: _bar(point, lang, opens) for point in series.points}
    name = named(series, lang)
    if chart.kind == "points":
        drawn = small_point_map(rows, name, lang)
    else:
        drawn = small_division_map(rows, name, lang, chart.searched)
    most = max((point.value for point in series.points), default=0)
    note = Label(en=f"darkest: {short(most)}", zh=f"最深：{short(most, 'zh')}")
    if chart.kind == "points":
        note = Label(en=f"largest: {short(most)}", zh=f"最大：{short(most, 'zh')}")
    return Drawing(id=series.id, en=series.en, zh=series.zh, svg=drawn, note=note)


def _not_drawn(codes: list[str]) -> Label | None:
    if not codes:
        return None
    return Label(
        en=WORDS["off"]["en"].format(n=len(codes)), zh=WORDS["off"]["zh"].format(n=len(codes))
    )


def _lanes(chart: Chart, lang: Lang, opens: Opens) -> list[Lane]:
    return [
        Lane(
            named(series, lang),
            [Dated(point.x, _bar(point, lang, opens)) for point in series.points],
        )
        for series in chart.series
    ]


def _network(chart: Chart, title: Label, lang: Lang, opens: Opens, about: Opens | None) -> Markup:
    nodes = {node.id: node for node in chart.nodes}
    edges = [
        Edge(point.x, point.to or "", _edge_bar(point, nodes, lang, opens))
        for series in chart.series
        for point in series.points
    ]
    sides = {
        side: [_end(node, lang, about) for node in chart.nodes if node.side == side]
        for side in ("from", "to")
    }
    left, right = (named(head, lang) for head in sides_of(chart))
    return network(sides["from"], sides["to"], edges, (left, right), named(title, lang))


def sides_of(chart: Chart) -> tuple[Label, Label]:
    """What stands on the two sides of a network: buyers and suppliers, where it does not say."""
    if chart.x and chart.y:
        return chart.x, chart.y
    return Label(en="Buyers", zh="采购人"), Label(en="Suppliers", zh="供应商")


def _edge_bar(point: Point, nodes: dict[str, Node], lang: Lang, opens: Opens) -> Bar:
    """The words of an edge: from whom to whom."""
    ends = (nodes.get(point.x), nodes.get(point.to or ""))
    words = " → ".join(named(end, lang) for end in ends if end)
    return msgspec.structs.replace(_bar(point, lang, opens), label=words, other="")


def _end(node: Node, lang: Lang, about: Opens | None) -> End:
    href = about(node.organisation) if about and node.organisation else None
    return End(node.id, named(node, lang), href)


def _grid(chart: Chart, lang: Lang, opens: Opens) -> tuple[list[GridRow], list[str]]:
    """All series as rows, under the x values that any of them has."""
    heads = sorted({point.x for series in chart.series for point in series.points})
    called = {point.x: named(point, lang) for each in chart.series for point in each.points}
    return [_grid_row(series, heads, lang, opens) for series in chart.series], [
        called[head] for head in heads
    ]


def _grid_row(series: Series, heads: Iterable[str], lang: Lang, opens: Opens) -> GridRow:
    found = {point.x: _bar(point, lang, opens) for point in series.points}
    name = named(series, lang)
    cells = tuple(
        msgspec.structs.replace(cell, label=f"{name}, {cell.label}", other="") if cell else None
        for cell in map(found.get, heads)
    )
    return GridRow(label=name, other=second_name(series, lang), cells=cells)
