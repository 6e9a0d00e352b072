"""How a notice is laid out: its lines, sections, tables, and every label with its value.

`find_layout` is called once per notice; the fields then choose among its pairs. Nothing here knows
a portal: only label words (labels.py), the geometry of tables, and numbered headings.
"""

from __future__ import annotations

from operator import attrgetter

from tenderlight.fields.flat_tables import find_flat_tables
from tenderlight.fields.grids import find_tables, table_pairs
from tenderlight.fields.line_pairs import line_pairs
from tenderlight.fields.sections import find_lines
from tenderlight.fields.shapes import Cell, Grid, Layout, Line, Pair, Section
from tenderlight.model import Reading
from tenderlight.plain import simplify

__all__ = ["Cell", "Grid", "Layout", "Line", "Pair", "Section", "find_layout"]


def find_layout(reading: Reading) -> Layout:
    """Find lines, sections, tables, and labels with their values.

    >>> from tenderlight.model import Block
    >>> blocks = (Block(0, 10), Block(11, 19))
    >>> layout = find_layout(Reading(text="一、采购人：东湖县局\\n联系人：某 先生", blocks=blocks,
    ...     media_type="text/plain"))
    >>> [(pair.key, pair.value, pair.field) for pair in layout.pairs]
    [('采购人', '东湖县局', 'buyer'), ('联系人', '某 先生', '')]
    """
    plain = simplify(reading.text)
    sections, lines = find_lines(reading, plain)
    tables = find_tables(reading, plain, lines)
    flat = find_flat_tables(reading.text, plain, lines, len(tables))
    pairs = [
        *table_pairs((*tables, *flat), sections),
        *line_pairs(reading.text, plain, lines, sections, flat),
    ]
    pairs.sort(key=attrgetter("label_start"))
    by_field: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_field.setdefault(pair.field, []).append(pair)
    return Layout(
        text=reading.text,
        plain=plain,
        lines=tuple(lines),
        sections=tuple(sections),
        tables=(*tables, *flat),
        pairs=tuple(pairs),
        by_field={field: tuple(found) for field, found in by_field.items()},
    )
