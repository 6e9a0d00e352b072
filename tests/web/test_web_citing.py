"""The desk's pages say how they are cited: in every form, in both languages, without a script."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser as Html

from tenderlight.citing import FORMS, cite
from tenderlight.corpus import Corpus
from tenderlight.corpus.published import published_editions
from tenderlight.offprints.cited import cite_notice


def forms(home: str, at: str) -> dict[str, str]:
    page = Html(httpx.get(home + at).text)
    found = {form: page.css_first(f".citing pre#cite-{form}") for form in FORMS}
    return {form: node.text(deep=True) for form, node in found.items() if node is not None}


def test_a_notice_and_a_passage_are_cited_as_the_command_line_does(
    home: str, corpus: Corpus, ids: dict[str, str]
) -> None:
    id = ids["notice-0.html"]
    shown, editions = corpus.notice(id), published_editions(corpus.folder)
    assert shown is not None
    for at, place in ((f"/notices/{id}", None), (f"/notices/{id}?at=3-9", (3, 9))):
        told = forms(home, at)
        source = cite_notice(shown, editions, place)
        assert told == {form: cite(source, form) for form in FORMS}
    assert f"site/en/notice.html#{id}@3-9" in told["text"]
    chinese = forms(home, f"/notices/{id}?at=3-9&lang=zh")["text"]
    assert "原文：“" in chinese
    assert f"site/zh/notice.html#{id}@3-9" in chinese


def test_a_figure_is_cited_as_it_was_asked(home: str) -> None:
    held, asked = forms(home, "/figures/money"), forms(home, "/figures/money?since=2016")
    assert "Tenderlight edition 0123456789abcdef, site/en/figure-money.html" in held["text"]
    assert "edition" not in asked["text"]
    assert "/figures/money?since=2016" in asked["text"]


def test_a_number_is_cited_with_its_row_and_column_at_its_address(home: str) -> None:
    page = Html(httpx.get(f"{home}/figures/technologies-by-year").text)
    link = page.css_first(".figure-table td a")
    assert link is not None
    told = forms(home, link.attributes["href"] or "")
    assert "/figures/technologies-by-year/rows?cell=" in told["text"]
    assert f": {link.text(strip=True)}. " in told["text"]
    assert "edition" not in told["text"]


@pytest.mark.browser
def test_a_citation_is_copied_by_keyboard_and_that_is_said(
    browser: Browser, home: str, ids: dict[str, str]
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{home}/notices/{ids['notice-0.html']}")
    page.locator(".citing summary").focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Copy BibTeX")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".citing [role=status]:text('Copied.')")
    assert page.evaluate("navigator.clipboard.readText()") == page.text_content("#cite-bibtex")
    context.close()
