"""A figure as PDF: chart, table, how it was counted, what was searched, and numbered sources.

Typeset by typst, in this process: no file but our template and fonts is read, no network is used.
What documents say is handed over as data, so none of it can be an instruction to the typesetter.
"""

from __future__ import annotations

import tempfile
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from tenderlight.drawings import as_svg, short, specification
from tenderlight.drawings.draw import Lang
from tenderlight.figures.figure import Cell, Column, Coverage, Row, paragraphs
from tenderlight.offprints.gathered import Offprint
from tenderlight.offprints.numbered import Numbered, ranges
from tenderlight.offprints.said import LABELS

MOST_ROWS = 600
"""Lines of the table in print."""
LONGEST = 240
"""Characters of a passage in a cell; the sources have it whole, up to `PASSAGE`."""
PASSAGE = 700
SHARES = {"quote": 3, "notice": 2}
"""Of the width, for columns of longer words."""
REFERRED = 2
"""Stretches of source numbers in a cell; the list behind the table has them all."""


def as_pdf(offprint: Offprint, lang: Lang = "en") -> bytes:
    """The same bytes for the same figure; personal data is masked, as everywhere.

    Chinese passages stand as printed. What is too long for print is told, with its number.
    """
    import typst  # a typesetter of 30 MB: only where a PDF is wanted

    numbered = Numbered(offprint)
    told = msgspec.json.encode(_told(offprint, numbered, lang)).decode()
    with tempfile.TemporaryDirectory() as empty:
        pdf: bytes = typst.compile(
            _template(),
            root=empty,
            package_path=empty,
            package_cache_path=empty,
            font_paths=_fonts(),
            sys_inputs={"told": told},
        )
    return pdf


@cache
def _template() -> bytes:
    return (files(__package__) / "paper.typ").read_bytes()


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(files("pylopdf_fonts_zh_cn"))],
    )


def _told(offprint: Offprint, numbered: Numbered, lang: Lang) -> dict[str, Any]:
    figure = offprint.figure
    words = {key: pair[lang == "zh"] for key, pair in LABELS.items()}
    titles = [figure.en, figure.zh][:: -1 if lang == "zh" else 1]
    rows = figure.rows[:MOST_ROWS]
    cut = len(figure.rows) - len(rows)
    return {
        "lang": lang,
        "words": words,
        "titles": titles,
        "question": figure.question,
        "name": figure.name,
        "method_digest": figure.digest,
        "given": [f"{_in(one, lang)}: {one.value}" for one in figure.given],
        "chart": _chart(offprint, lang),
        "columns": [
            {"name": _in(c, lang), "number": _is_number(c), "share": SHARES.get(c.kind, 1)}
            for c in figure.columns
        ],
        "rows": [_row(row, figure.columns, numbered, lang) for row in rows],
        "cut": words["rows_cut"].format(n=cut) if cut else "",
        "method": paragraphs(figure.method),
        "coverage": _coverage(figure.coverage, lang),
        "errors": _errors(offprint, lang),
        "published": [
            {"source": one.source, "said": _in(one.said, lang), "differs": _in(one.differs, lang)}
            for one in figure.published
        ],
        "index": _index(rows, offprint, numbered, lang),
        "sources": [_source(offprint, number, numbered) for number in range(1, numbered.count + 1)],
        "sources_cut": words["sources_cut"].format(n=numbered.cut) if numbered.cut else "",
    }


def _in(label: Any, lang: Lang) -> str:
    said: str = label.zh if lang == "zh" else label.en
    return said


def _is_number(column: Column) -> bool:
    return column.kind in ("count", "money", "share", "percent", "average")


def _chart(offprint: Offprint, lang: Lang) -> str:
    chart = offprint.figure.chart
    if chart.kind == "none" or not any(each.points for each in chart.series):
        return ""
    return as_svg(specification(offprint.figure, lang)).decode()


def _row(row: Row, columns: tuple[Column, ...], numbered: Numbered, lang: Lang) -> dict[str, Any]:
    return {
        "total": row.total,
        "under": row.under is not None,
        "cells": [
            {"text": text_of(cell, column, lang), "refs": _refs(numbered.of(cell.key))}
            for cell, column in zip(row.cells, columns, strict=True)
        ],
    }


def _refs(numbers: list[int]) -> str:
    stretches = ranges(numbers)
    more = ", …" if len(stretches) > REFERRED else ""
    return f"[{', '.join(stretches[:REFERRED])}{more}]" if stretches else ""


def text_of(cell: Cell, column: Column, lang: Lang = "en") -> str:
    """What a cell says in print.

    >>> text_of(Cell(value=25, of=31), Column(id="d", en="Divisions", zh="省", kind="share"))
    '25 / 31'
    >>> text_of(Cell(), Column(id="m", en="Yuan", zh="元", kind="money"))
    '–'
    """
    if cell.value is None:
        return "–"
    if isinstance(cell.value, str):
        said = cell.zh if lang == "zh" and cell.zh else cell.value
        return said if len(said) <= LONGEST else said[:LONGEST] + "…"
    number = f"{cell.value:,}"
    if column.kind == "percent":
        number += " %"
    return f"{number} / {cell.of:,}" if cell.of is not None else number


def _coverage(lines: tuple[Coverage, ...], lang: Lang) -> list[dict[str, Any]]:
    groups: dict[str, list[list[str]]] = {}
    for line in lines:
        count = f"{line.count:,}" + (f" / {line.of:,}" if line.of is not None else "")
        groups.setdefault(line.group, []).append([_in(line, lang), count])
    return [
        {"name": LABELS[f"group_{group}"][lang == "zh"], "lines": lines_}
        for group, lines_ in groups.items()
    ]


def _errors(offprint: Offprint, lang: Lang) -> list[list[str]]:
    return [
        [
            _in(one, lang),
            f"{one.notices:,}",
            f"{one.found:,}",
            *(_interval(each, 100) for each in (one.precision, one.recall)),
            _interval(one.corrected, 1),
        ]
        for one in offprint.figure.errors
    ]


def _interval(ends: tuple[float, float, float] | None, times: int) -> str:
    """A best guess with the ends of its interval; a dash where nothing was measured.

    >>> _interval((0.95, 0.894, 0.981), 100), _interval(None, 1)
    ('95 % (89–98)', '–')
    """
    if ends is None:
        return "–"
    value, low, high = (f"{round(each * times):,}" for each in ends)
    return f"{value}{' %' if times == 100 else ''} ({low}–{high})"


def _index(
    rows: tuple[Row, ...], offprint: Offprint, numbered: Numbered, lang: Lang
) -> list[list[str]]:
    """Every number with its sources."""
    found = []
    heads = {row.id: text_of(row.cells[0], offprint.figure.columns[0], lang) for row in rows}
    for row in rows:
        head = " › ".join(filter(None, (heads.get(row.under or ""), heads[row.id])))
        for column, cell in zip(offprint.figure.columns[1:], row.cells[1:], strict=True):
            numbers = numbered.of(cell.key)
            if cell.key is None or not numbers:
                continue
            missing = numbered.missing(cell.key)
            more = f" + {short(missing, lang)}" if missing else ""
            found.append(
                [f"{head} · {_in(column, lang)}: {text_of(cell, column, lang)}",
                 f"[{', '.join(ranges(numbers))}]{more}"]
            )  # fmt: skip
    return found


def _source(offprint: Offprint, number: int, numbered: Numbered) -> dict[str, str]:
    proof = numbered.proof(number)
    captured = offprint.captured.get(proof.notice)
    where = [proof.part or "", f"p. {proof.page}" if proof.page else ""]
    if proof.start is not None:
        where.append(f"{proof.start}–{proof.end}")
    return {
        "number": str(number),
        "title": proof.title or "–",
        "buyer": proof.buyer or "–",
        "date": (proof.published or "–")[:10],
        "passage": (proof.text or "")[:PASSAGE],
        "context": (proof.context or "")[:PASSAGE] if proof.context != proof.text else "",
        "where": " · ".join(filter(None, where)),
        "id": proof.notice,
        "url": (captured.url if captured else None) or "",
        "captured": (captured.at if captured else None) or "",
        "sha256": (captured.sha256 if captured else None) or "",
    }
