"""The proofs of a figure for its pages: each passage once, and by key of a number which of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from tenderlight.editions.runs import numbers_of, runs
from tenderlight.editions.site.kept import PrintedFigure, Proofs
from tenderlight.editions.site.notices import Cited
from tenderlight.editions.site.shards import Shards
from tenderlight.figures.figure import Proof

CHUNK = 1_000
"""Passages in one script."""
LONG = 2_000
"""Numbers of a list that stands among the keys; a longer one is a script of its own."""


def write_proofs(
    figure: PrintedFigure,
    proofs: Iterable[Proofs],
    slug: str,
    notices: Cited,
    shards: Shards,
) -> set[str]:
    """Write `proofs.SLUG.keys` and `proofs.SLUG.0`, …; gives the notices behind its numbers.

    What a line of the coverage counts is told by the numbers of notices; a long list of them is
    a script of its own, `proofs.SLUG.listed-N`.
    """
    places: dict[tuple[Any, ...], int] = {}
    names, keys = named(figure), dict[str, Any]()
    cited: set[str] = set()
    for line in proofs:
        head = names.get(line.key, ([], [], 0))
        if line.listed:
            keys[line.key] = [*head, *_counted(line, notices, f"{slug}.listed-{len(keys)}", shards)]
            continue
        passages = [_passage(one, notices.numbers) for one in line.proofs]
        which = [places.setdefault(passage, len(places)) for passage in passages]
        keys[line.key] = [*head, *_added(line), which]
        cited.update(one.notice for one in line.proofs)
    shards.write(f"proofs.{slug}.keys", keys)
    every = list(places)
    for chunk in range(0, len(every), CHUNK):
        shards.write(f"proofs.{slug}.{chunk // CHUNK}", every[chunk : chunk + CHUNK])
    return cited


def _counted(line: Proofs, notices: Cited, name: str, shards: Shards) -> list[Any]:
    """How many notices, no values, no passages, and which notices: `runs`, or the script's name."""
    counted = [notices.listed[at] for at in numbers_of(line.listed, len(notices.listed))]
    held = runs(sorted(counted))
    if len(held) <= LONG:
        return [len(counted), None, None, held]
    shards.write(f"proofs.{name}", held)
    return [len(counted), None, None, name]


def _added(line: Proofs) -> list[Any]:
    """The number, and what each passage adds to it; None where each adds 1."""
    values = [_value(one.value) for one in line.proofs]
    total = sum((Decimal(one.value) for one in line.proofs), Decimal(0))
    return [_value(total), None if all(value == 1 for value in values) else values]


def _passage(proof: Proof, numbers: Mapping[str, int]) -> tuple[Any, ...]:
    """Number of the notice, part, page, first and last character, text, context.

    A notice without a number is none of the edition's: its own words stand in for it.
    """
    at = numbers.get(proof.notice, proof.title or proof.notice)
    context = None if proof.context == proof.text else proof.context
    return (at, proof.part, proof.page, proof.start, proof.end, proof.text, context)


def _value(value: int | Decimal) -> int | str:
    """Whole numbers as they are, others as text: a script's numbers have 53 bits."""
    exact = Decimal(value)
    whole = exact == exact.to_integral_value() and abs(exact) < 2**53
    return int(exact) if whole else f"{exact.normalize():f}"


def named(figure: PrintedFigure) -> dict[str, tuple[list[str], list[str], int]]:
    """By key, what stands at the head of its row and of its column, and whether it is yuan."""
    found: dict[str, tuple[list[str], list[str], int]] = {}
    for key, row, column, money in _keys(figure):
        found.setdefault(key, (list(row), list(column), money))
    return found


def _keys(figure: PrintedFigure) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...], int]]:
    for row in figure.rows:
        head = row.cells[0] if row.cells else None
        name = str(head.value) if head and head.value is not None else row.id
        labels = (name, (head.zh if head else None) or name)
        for column, cell in zip(figure.columns, row.cells, strict=False):
            if cell.key is not None and column.kind != "percent":
                yield cell.key, labels, (column.en, column.zh), int(column.kind == "money")
    for one in figure.coverage:
        if one.key is not None:
            yield one.key, (one.en, one.zh), (), 0
    for series in figure.chart.series:
        for point in series.points:
            if point.key is not None:
                yield point.key, (point.en, point.zh), (series.en, series.zh), 0
