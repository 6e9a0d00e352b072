"""A page of documentation for each figure, from its own file: `docs/figures/<name>.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tenderlight.figures.coverage import told_of
from tenderlight.figures.question import Question

SECTIONS = ("Method", "Exclusions", "Assumptions")
"""What every figure's docstring must say, in this order."""


def figure_pages(questions: Iterable[Question]) -> dict[str, str]:
    """Each page's file name and text."""
    return {f"{question.name}.md": _page(question) for question in questions}


def _page(question: Question) -> str:
    summary, *paragraphs = question.method.split("\n\n")
    return "\n\n".join(
        (
            f"# {question.en} · {question.zh}",
            question.question,
            f"    tenderlight figure CORPUS {question.name}",
            f"![Its page in the desk, made from the invented sample]"
            f"(../pictures/figures/{question.name}.png)",
            summary,
            *(_with_heading(paragraph) for paragraph in paragraphs),
            "## Stated with it",
            "\n".join(f"- {told.en} · {told.zh}" for told in told_of(question)),
            "<!-- written from the figure's own file: change it there -->\n",
        )
    )


def _with_heading(paragraph: str) -> str:
    return re.sub(rf"^({'|'.join(SECTIONS)}): ", r"## \1\n\n", paragraph)
