"""The figures of the sample corpus, counted again from its exported rows by other code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest

from tenderlight.corpus import Corpus
from tenderlight.figures import Figure, make_figure

Rows = list[dict[str, Any]]
Counts = dict[tuple[str, str], set[str]]


@pytest.fixture(scope="module")
def rows(corpus: Corpus) -> Rows:
    first = {row["evidence"]["sha256"]: row for row in reversed(list(corpus.rows()))}
    read = [row for row in first.values() if row["language"] is not None]
    assert len(read) >= 50
    return read


def bought(row: dict[str, Any]) -> Iterable[str]:
    return (each["id"] for each in row["technologies"] if each["relation"] == "bought")


def numbers(figure: Figure, column: str) -> dict[str, Any]:
    place = [each.id for each in figure.columns].index(column)
    return {row.id: row.cells[place].value for row in figure.rows if row.cells[place].value}


def lengths(counts: dict[str, set[str]]) -> dict[str, int]:
    return {name: len(found) for name, found in counts.items()}


def earliest(rows: Rows) -> dict[tuple[str, str], dict[str, Any]]:
    """For each technology, and any, and each purchase the earliest notice that buys it."""
    first: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["published"] or "9"):
        for name in (*bought(row), *("*" for _ in list(bought(row))[:1])):
            first.setdefault((name, row["purchase"]), row)
    return first


def test_technologies_by_year(corpus: Corpus, rows: Rows) -> None:
    figure = make_figure(corpus.connect(), "technologies-by-year", corpus.definitions)
    counts: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (name, purchase), row in earliest(rows).items():
        counts[row["published"][:4] if row["published"] else "undated"][name].add(purchase)
        counts["all"][name].add(purchase)
    for row in rows:
        for name in bought(row):
            counts["notices"][name].add(row["id"])
            counts["notices"]["*"].add(row["id"])
    assert counts["all"]["*"]
    for column, by_line in counts.items():
        assert numbers(figure, column) == lengths(by_line)


def test_divisions(corpus: Corpus, rows: Rows) -> None:
    figure = make_figure(corpus.connect(), "divisions", corpus.definitions)
    counts: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        place = row["province_code"]
        if place and place[:2] not in ("71", "81", "82") and row["notice_type"] != "termination":
            for name in bought(row):
                counts[name].add(place)
                counts["*"].add(place)
    assert numbers(figure, "divisions") == lengths(counts)


def test_targets_and_buyers(corpus: Corpus, rows: Rows) -> None:
    con = corpus.connect()
    targets: defaultdict[str, set[str]] = defaultdict(set)
    buyers: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["surveillance_purchase"]:
            for each in row["targets"]:
                targets[each["id"]].add(row["id"])
            if row["buyer"]:
                buyers[row["organisation"] or row["buyer"]].add(row["id"])
    assert numbers(make_figure(con, "targets"), "notices") == lengths(targets)
    assert numbers(make_figure(con, "buyers"), "notices") == lengths(buyers)
