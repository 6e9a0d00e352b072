"""Sources whose lists and notices are pages, read by the selectors of their card alone."""

from __future__ import annotations

from datetime import date

from selectolax.lexbor import LexborNode

from tenderlight.sources.asking import Answered, Asked, Detailed, Listed
from tenderlight.sources.card import Card
from tenderlight.sources.detail import read_page
from tenderlight.sources.page import Page, first_number, open_page, pick
from tenderlight.sources.paging import (
    Row,
    counted_page,
    find_day,
    first_pages,
    linked_page,
    statement,
    turn_page,
)
from tenderlight.sources.rules import Selectors

MOST_ROWS = 2_000
"""Entries of one page of a list that are looked at."""


class SelectorSource:
    """A source of kind `selectors`: list page, detail page, attachments."""

    def __init__(self, card: Card, rules: Selectors) -> None:
        self.card = card
        self._rules = rules

    def start(self, terms: tuple[str, ...], today: date) -> tuple[Asked, ...]:
        """The first page of every list, for each term where the card says that it searches."""
        return first_pages(self._rules, terms if self.card.searches else (), today)

    def read_list(self, asked: Asked, answered: Answered) -> Listed:
        """The rows that `item` selects, and the next page."""
        page = open_page(answered.payload, answered.url)
        if isinstance(page, str):
            return Listed(problem=f"The list cannot be read. {page}")
        items = page.select(self._rules.item)
        rows = [row for item in items[:MOST_ROWS] if (row := self._row(asked, item, page))]
        listed = self._said(asked, page, len(items), rows)
        following = self._following(asked, page, answered.url, len(items))
        return turn_page(self._rules, asked, rows, listed, following)

    def read_notice(self, asked: Asked, answered: Answered) -> Detailed:
        """The files that the notice links to; a page without `content` has changed its shape."""
        rules = self._rules
        return read_page(
            asked, answered, rules.content, rules.attachments, rules.attachment, rules.frame
        )

    def _said(self, asked: Asked, page: Page, items: int, rows: list[Row]) -> Listed:
        """What the page says of itself, and whether its shape is the card's."""
        rules = self._rules
        stated = first_number(page.pick(rules.total))
        none_found = items == 0 and (stated == 0 or _says_none(rules, page))
        return Listed(
            stated=0 if none_found and asked.number == 1 and stated is None else stated,
            ignored=items - len(rows),
            none_found=none_found,
            problem=_wrong_list(rules, asked, items, rows, stated, none_found),
        )

    def _row(self, asked: Asked, item: LexborNode, page: Page) -> Row | None:
        """One entry; None for a row that leads nowhere."""
        rules = self._rules
        url = page.address(pick(item, rules.link), rules.link, rules.address)
        if url is None:
            return None
        printed, day = find_day(pick(item, rules.date) if rules.date else None) or (None, None)
        stated = statement(
            item.html or "",
            self.card.name_zh,
            title=pick(item, rules.title or "a"),
            printed=printed,
            region=pick(item, rules.region) if rules.region else None,
            region_code=pick(item, rules.region_code) if rules.region_code else None,
        )
        return Row(asked=Asked(url=url, kind="notice", term=asked.term, stated=stated), day=day)

    def _following(self, asked: Asked, page: Page, url: str, named: int) -> Asked | None:
        """Where the next page would be."""
        rules = self._rules
        last = first_number(page.pick(rules.last))
        if last is not None and asked.number >= last:
            return None
        if rules.next is None:
            return counted_page(rules, asked, named)
        link = page.address(page.pick(rules.next), rules.next)
        return linked_page(asked, named, link) if link and link != url else None


def _says_none(rules: Selectors, page: Page) -> bool:
    if page.has(rules.none_found):
        return True
    return bool(rules.none_words) and (rules.none_words or "") in (page.pick("body") or "")


def _wrong_list(
    rules: Selectors,
    asked: Asked,
    items: int,
    rows: list[Row],
    stated: int | None,
    none_found: bool,
) -> str | None:
    """How a page differs from what the card says of lists; None where it does not."""
    if items == 0:
        return _wrong_empty(rules, asked, stated, none_found)
    if not rows:
        return f"None of the {items} rows has an address at {rules.link!r}."
    for name in ("title", "date", "region"):
        selector = getattr(rules, name)
        if selector and all(getattr(row.asked.stated, name) is None for row in rows):
            return f"None of the {len(rows)} rows has a {name} at {selector!r}."
    return None


def _wrong_empty(
    rules: Selectors, asked: Asked, stated: int | None, none_found: bool
) -> str | None:
    """A page without rows: the end of the list, nothing found, or another shape."""
    if stated is not None:
        if stated > asked.before:
            return f"It says that there are {stated} entries, and none is at {rules.item!r}."
        return None
    if none_found or (asked.number > 1 and not (rules.none_found or rules.none_words)):
        return None
    return f"There is nothing at {rules.item!r}, and nothing says that none was found."
