"""Write the generated pages anew; the tests fail when one of them is out of date."""

from __future__ import annotations

from pathlib import Path

from tenderlight.corpus.method import method_page
from tenderlight.figures import QUESTIONS
from tenderlight.figures.pages import figure_pages
from tenderlight.sources.load import load_sources
from tenderlight.sources.pages import source_pages
from tenderlight.technologies import definition_pages, load_definitions

ROOT = Path(__file__).resolve().parent.parent


def pages() -> dict[str, str]:
    """Every generated page by its path in the repository."""
    made = {"METHOD.md": method_page()}
    for name, text in definition_pages(load_definitions()).items():
        made[f"docs/technologies/{name}"] = text
    for name, text in figure_pages(QUESTIONS).items():
        made[f"docs/figures/{name}"] = text
    for name, text in source_pages(source.card for source in load_sources().values()).items():
        made[f"docs/sources/{name}"] = text
    return made


def main() -> None:
    """Write them."""
    for name, text in pages().items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
