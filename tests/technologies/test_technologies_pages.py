"""The pages in docs/technologies are those of the definitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenderlight.technologies import definition_pages, load_definitions

PAGES = Path(__file__).resolve().parents[2] / "docs" / "technologies"


def test_the_committed_pages_are_up_to_date(request: pytest.FixtureRequest) -> None:
    """Run with `--accept` to write them anew."""
    pages = definition_pages(load_definitions())
    if request.config.getoption("--accept"):
        for path, text in pages.items():
            (PAGES / path).parent.mkdir(parents=True, exist_ok=True)
            (PAGES / path).write_text(text, encoding="utf-8")
    for path, text in pages.items():
        assert (PAGES / path).read_text(encoding="utf-8") == text, f"{path}: pytest --accept"
    committed = {str(path.relative_to(PAGES)) for path in PAGES.rglob("*.md")}
    assert committed == {*pages, "writing.md"}


def test_a_page_shows_meaning_words_false_friends_and_examples() -> None:
    page = definition_pages(load_definitions())["technology/dna.md"]
    for printed in ("`dna数据库`", "`dna指纹`", "## Examples", "| bought |", "| nothing |"):
        assert printed in page
