"""Every figure says how it is counted, and has its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenderlight.figures import QUESTIONS, figures
from tenderlight.figures.pages import SECTIONS, figure_pages
from tenderlight.figures.question import Question

PAGES = Path(__file__).resolve().parent.parent.parent / "docs" / "figures"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_figure_states_method_exclusions_and_assumptions(question: Question) -> None:
    paragraphs = question.method.split("\n\n")
    assert [each.partition(":")[0] for each in paragraphs[1:]] == list(SECTIONS)


def test_every_figure_has_a_page_that_is_up_to_date(request: pytest.FixtureRequest) -> None:
    pages = figure_pages(QUESTIONS)
    if request.config.getoption("--accept"):
        for name, text in pages.items():
            (PAGES / name).write_text(text, encoding="utf-8")
    written = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    assert written == pages, "run `pytest tests/figures/test_figures_pages.py --accept`"


def test_figures_have_different_names_and_each_asks_a_question() -> None:
    names = [card.name for card in figures()]
    assert len(set(names)) == len(names)
    assert all(card.question.endswith("?") and card.zh for card in figures())
