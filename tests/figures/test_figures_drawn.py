"""Every figure of the sample has a picture that is valid, and a table that says the same."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import msgspec
import pypdfium2
import pytest

from tenderlight.corpus import Corpus
from tenderlight.drawings import as_svg, specification
from tenderlight.figures import QUESTIONS, Asked, Figure, Proof
from tenderlight.figures.answer import answer
from tenderlight.figures.figure import Cell, Chart, Column, Point, Row, Series
from tenderlight.figures.question import Question
from tenderlight.offprints import Behind, Offprint, as_csv, as_pdf, as_sources_csv, gather
from tests.drawings.test_drawings_kinds import schema

EVIL = '#panic("no") $x$ =HYPERLINK("x") *strong* @ref <label> \\u{202e} 中文'


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_figure_is_drawn_and_its_table_says_the_same(corpus: Corpus, question: Question) -> None:
    figure = answer(corpus.connect(), Asked.of(question, {}), corpus.definitions)
    keys = {cell.key for row in figure.rows for cell in row.cells}
    points = [(each, point) for each in figure.chart.series for point in each.points]
    for series, point in points:
        assert point.key in keys or in_parts(figure, series, point) == point.value
    if figure.chart.kind != "none" and points:
        spec = specification(figure)
        assert schema().is_valid(spec)
        assert as_svg(spec).startswith(b"<svg")


def in_parts(figure: Figure, series: Series, point: Point) -> int | None:
    """What the lines of the divisions within a point's add up to: a map sums them by province."""
    if point.key is None:
        return int(point.value)
    column = [each.id for each in figure.columns].index(point.key.rpartition("/")[2])
    return sum(
        int(str(row.cells[column].value))
        for row in figure.rows
        if row.under == series.id and row.id.rpartition(":")[2].startswith(point.x[:2])
    )


@pytest.fixture(scope="module")
def printed(corpus: Corpus) -> Offprint:
    question = next(each for each in QUESTIONS if each.name == "money")
    return gather(corpus, Asked.of(question, {}))


def rows_of(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_the_csv_has_every_number_with_its_key_its_notices_and_the_way_back(
    printed: Offprint,
) -> None:
    rows = rows_of(as_csv(printed, "http://desk.example"))
    cells = {cell.key: cell for row in printed.figure.rows for cell in row.cells if cell.key}
    assert {row["key"] for row in rows} >= set(cells)
    for row in rows:
        if row["key"] in cells:
            assert Decimal(row["value"]) == cells[row["key"]].value
            assert len(row["notice_ids"].split()) == int(row["notices"])
            assert row["link"].startswith("http://desk.example/figures/money/rows?cell=cell%2F")


def test_the_sources_of_a_number_add_up_to_it_and_name_what_was_captured(
    printed: Offprint,
) -> None:
    sums: dict[str, Decimal] = {}
    for row in rows_of(as_sources_csv(printed)):
        sums[row["key"]] = sums.get(row["key"], Decimal(0)) + Decimal(row["adds"])
        assert len(row["sha256"]) == 64
    told = {cell.key: cell.value for row in printed.figure.rows for cell in row.cells if cell.key}
    assert sums == told


def test_the_pdf_numbers_its_sources_and_is_the_same_twice(printed: Offprint) -> None:
    pdf = as_pdf(printed)
    assert pdf == as_pdf(printed)
    text = text_of(pdf)
    source = next(iter(printed.behind.values())).proofs[0]
    captured = printed.captured[source.notice]
    assert "[1]" in text
    assert "Sources" in text
    assert captured.sha256
    assert captured.sha256[:30] in text
    assert all(line.en.split(",")[0] in text for line in printed.figure.coverage)


def test_words_of_documents_are_neither_markup_nor_formulas() -> None:
    proof = Proof(notice="a", title=EVIL, buyer=EVIL, published="2019-01-01", value=1, text=EVIL,
                  context=EVIL, part="body", page=1, start=0, end=5)  # fmt: skip
    cells = (Cell(value=EVIL), Cell(value=1, key="cell/a/n"))
    columns = (Column(id="a", en=EVIL, zh=EVIL), Column(id="n", en="N", zh="数", kind="count"))
    figure = Figure(name="invented", en=EVIL, zh=EVIL, question=EVIL, columns=columns,
                    rows=(Row(id="a", cells=cells),), method=EVIL, coverage=(),
                    chart=Chart(kind="none"))  # fmt: skip
    offprint = Offprint(figure, {}, {"cell/a/n": Behind.of((proof,))}, {})
    assert '#panic("no") $x$' in text_of(as_pdf(offprint)).replace("“", '"').replace("”", '"')
    evil = Offprint(figure, {}, {"cell/a/n": Behind.of((proof_with(proof, "=1+1"),))}, {})
    assert rows_of(as_sources_csv(evil))[0]["passage"] == "'=1+1"


def proof_with(proof: Proof, text: str) -> Proof:
    return msgspec.structs.replace(proof, text=text)


def text_of(pdf: bytes) -> Any:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace(
        "\r\n", "\n"
    )
