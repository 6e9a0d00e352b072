"""A two-sided network: who buys stands left, who sells right, and a line for what joins them.

The order is worked out, not thrown: the same edges give the same drawing everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from tenderlight.drawings.marks import Bar, link, rounded, svg

STEP, HEAD = 28, 30
SWEEPS = 8
"""Times that each side is put in order by the other; after four the bench's drawings rested."""
LONGEST = 20
"""Characters of a name that fit beside the lines, a Chinese one counting as one, others as half."""
THICKEST = 9.0


class End(NamedTuple):
    """One node: its id, its name, and the page about it."""

    id: str
    label: str
    href: str | None = None


class Edge(NamedTuple):
    """One line, from a node on the left to one on the right."""

    source: str
    target: str
    bar: Bar


def network(
    left: Sequence[End], right: Sequence[End], edges: Sequence[Edge], heads: tuple[str, str],
    title: str,
) -> Markup:  # fmt: skip
    """The drawing. Nodes without an edge, and edges without both nodes, are left out."""
    names = {end.id for end in left} & {edge.source for edge in edges}
    known = {end.id for end in right} & {edge.target for edge in edges}
    kept = [edge for edge in edges if edge.source in names and edge.target in known]
    places = arranged([(edge.source, edge.target, edge.bar.value) for edge in kept])
    most = max((edge.bar.value for edge in kept), default=0) or 1
    height = HEAD + STEP * max(len(places[0]), len(places[1]), 1)
    lines = Markup("").join(_edge(edge, places, most, height) for edge in _thin_last(kept))
    drawn = Markup(
        '<svg x="34%" y="0" width="32%" height="{0}" viewBox="0 0 100 {0}" '
        'preserveAspectRatio="none">{1}</svg>'
    ).format(height, lines)
    ends = _ends(left, places[0], height, 33, "end") + _ends(right, places[1], height, 67, "start")
    heads_drawn = Markup(
        '<text class="tick side-end" x="33%" y="14">{}</text>'
        '<text class="tick side-start" x="67%" y="14">{}</text>'
    ).format(*heads)
    return svg("network", height, title, heads_drawn + drawn + ends)


Places = tuple[Mapping[str, int], Mapping[str, int]]


def arranged(edges: Sequence[tuple[str, str, float]]) -> Places:
    """The place of each node on its side: near the middle of its neighbours, so that few lines
    cross; the heaviest first where they tie.

    >>> arranged([("a", "x", 5), ("b", "y", 3), ("b", "x", 1)])
    ({'a': 0, 'b': 1}, {'x': 0, 'y': 1})
    """
    weights: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for source, target, value in edges:
        for side, node in ((0, source), (1, target)):
            weights[side][node] = weights[side].get(node, 0) + value
    orders = [sorted(side, key=lambda node: (-side[node], node)) for side in weights]
    for sweep in range(SWEEPS):
        side = 1 - sweep % 2
        orders[side] = _ordered(orders[side], orders[1 - side], edges, side)
    left, right = ({node: place for place, node in enumerate(order)} for order in orders)
    return left, right


def _ordered(
    nodes: list[str], others: list[str], edges: Sequence[tuple[str, str, float]], side: int
) -> list[str]:
    place = {node: rounded(number / max(len(others) - 1, 1)) for number, node in enumerate(others)}
    sums = dict.fromkeys(nodes, (0.0, 0.0))
    for edge in edges:
        weight, total = sums[str(edge[side])]
        sums[str(edge[side])] = weight + edge[2], total + edge[2] * place[str(edge[1 - side])]
    middle = {node: round(total / (weight or 1), 6) for node, (weight, total) in sums.items()}
    return sorted(nodes, key=lambda node: (middle[node], nodes.index(node)))


def node_y(place: int, count: int, height: float) -> float:
    """Where a node stands: the shorter side is spread over the height of the longer one."""
    return rounded(HEAD + (height - HEAD) * (place + 0.5) / max(count, 1))


def thickness(value: float, most: float) -> float:
    """Of a line, by its part of the heaviest."""
    return max(1.2, rounded(THICKEST * max(value, 0) / most))


def _thin_last(edges: Sequence[Edge]) -> list[Edge]:
    return sorted(edges, key=lambda edge: (-edge.bar.value, edge.source, edge.target))


def _edge(edge: Edge, places: Places, most: float, height: float) -> Markup:
    begins = node_y(places[0][edge.source], len(places[0]), height)
    ends = node_y(places[1][edge.target], len(places[1]), height)
    path = f"M0 {begins}C45 {begins} 55 {ends} 100 {ends}"
    drawn = Markup(
        '<path class="reach" d="{0}"/><path class="edge" d="{0}" stroke-width="{1}"/>'
    ).format(path, thickness(edge.bar.value, most))
    return link(edge.bar, drawn)


def _ends(
    ends: Sequence[End], places: Mapping[str, int], height: float, x: int, anchor: str
) -> Markup:
    return Markup("").join(
        _end(end, node_y(places[end.id], len(places), height), x, anchor)
        for end in ends
        if end.id in places
    )


def _end(end: End, y: float, x: int, anchor: str) -> Markup:
    text = Markup('<text class="label side-{}" x="{}%" y="{}"><title>{}</title>{}</text>').format(
        anchor, x, rounded(y + 5), end.label, fitted(end.label)
    )
    if end.href is None:
        return text
    return Markup('<a href="{}"><title>{}</title>{}</a>').format(end.href, end.label, text)


def fitted(name: str, longest: float = LONGEST) -> str:
    """As much of a name as there is room for.

    >>> fitted("西山市公安局"), fitted("A firm whose name is far too long to be drawn", 8)
    ('西山市公安局', 'A firm whose na…')
    """
    width = 0.0
    for place, char in enumerate(name):
        width += 1 if char > "\u2e7f" else 0.5
        if width > longest:
            return name[: place - 1].rstrip() + "…"
    return name
