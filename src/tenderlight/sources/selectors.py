"""Sources whose lists and notices are pages, read by the selectors of their card alone."""

from __future__ import annotations

from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tenderlight.model import Statement
from tenderlight.sources.asking import Answered, Asked, Detailed, Listed
from tenderlight.sources.card import Card
from tenderlight.sources.page import (
    first_number,
    join_address,
    open_page,
    pick,
    quoted,
    split_selector,
)
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
from tenderlight.sources.template import fill

MOST_ROWS = 2_000
"""Entries of one page of a list, and attachments of one notice, that are looked at."""


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
        page = open_page(answered.payload)
        if isinstance(page, str):
            return Listed(problem=f"The list cannot be read: {page}.")
        items = page.css(self._rules.item)
        rows = [row for item in items[:MOST_ROWS] if (row := self._row(asked, item, answered.url))]
        listed = self._said(asked, page, len(items), rows)
        return turn_page(
            self._rules, asked, rows, listed, self._following(asked, page, answered, len(items))
        )

    def _said(self, asked: Asked, page: LexborHTMLParser, items: int, rows: list[Row]) -> Listed:
        """What the page says of itself, and whether its shape is the card's."""
        rules = self._rules
        none_found = items == 0 and _says_none(rules, page)
        stated = first_number(pick_on(page, rules.total))
        return Listed(
            stated=0 if none_found and asked.number == 1 and stated is None else stated,
            ignored=items - len(rows),
            none_found=none_found,
            problem=_wrong_list(rules, asked, items, rows, stated, none_found),
        )

    def _row(self, asked: Asked, item: LexborNode, base: str) -> Row | None:
        """One entry; None for a row that leads nowhere."""
        rules = self._rules
        url = address_of(base, pick(item, rules.link), rules.link, rules.address)
        if url is None:
            return None
        printed, day = find_day(pick(item, rules.date) if rules.date else None) or (None, None)
        stated = statement(
            item.html or "",
            self.card.name_zh,
            title=pick(item, rules.title),
            printed=printed,
            region=pick(item, rules.region) if rules.region else None,
            region_code=pick(item, rules.region_code) if rules.region_code else None,
        )
        return Row(asked=Asked(url=url, kind="notice", term=asked.term, stated=stated), day=day)

    def _following(
        self, asked: Asked, page: LexborHTMLParser, answered: Answered, named: int
    ) -> Asked | None:
        if self._rules.next is None:
            return counted_page(self._rules, asked, named)
        link = pick_on(page, self._rules.next)
        url = address_of(answered.url, link, self._rules.next, None)
        return linked_page(asked, named, url) if url and url != answered.url else None

    def read_notice(self, asked: Asked, answered: Answered) -> Detailed:
        """The files that the notice links to; a page without `content` has changed its shape."""
        rules = self._rules
        return read_page(
            answered, rules.content, rules.attachments, rules.attachment, rules.frame, asked.stated
        )


def read_page(
    answered: Answered,
    content: str | None,
    attachments: str | None,
    attachment: str | None = None,
    frame: str | None = None,
    stated: Statement | None = None,
) -> Detailed:
    """A notice's page by its selectors: where the notice stands, and the links to its files."""
    page = open_page(answered.payload)
    if isinstance(page, str):
        return Detailed(problem=f"The notice's page cannot be read: {page}.")
    framed = address_of(answered.url, pick_on(page, frame), frame or "", None)
    if content and pick_on(page, content) is None and framed is None:
        return Detailed(problem=f"The notice's page has nothing at {content!r}.")
    links = page.css(split_selector(attachments)[0])[:MOST_ROWS] if attachments else []
    files = (_file(answered.url, link, attachments or "", attachment) for link in links)
    return Detailed(
        attachments=tuple({each.url: each for each in files if each}.values()),
        follow=(Asked(url=framed, kind="notice", stated=stated),) if framed else (),
    )


def _file(base: str, link: LexborNode, selector: str, template: str | None) -> Asked | None:
    attribute = split_selector(selector)[1] or "href"
    url = address_of(base, pick(link, f"@{attribute}"), f"@{attribute}", template)
    if url is None:
        return None
    words = Statement(line=(link.html or "")[:2000], title=pick(link, "") or None)
    return Asked(url=url, kind="attachment", stated=words)


def address_of(base: str, found: str | None, selector: str, template: str | None) -> str | None:
    """The address that a link's value means: itself, the quoted part of a script, or an id."""
    if found is None:
        return None
    attribute = split_selector(selector)[1] or ""
    if attribute.startswith("on"):
        found = quoted(found)
    if template is not None and found:
        found = fill(template, {"id": found}, "address")
    return join_address(base, found) if found else None


def pick_on(page: LexborHTMLParser, selector: str | None) -> str | None:
    """What a selector picks on a whole page; `""` where the element is there and says nothing."""
    if selector is None or page.root is None:
        return None
    css, attribute = split_selector(selector)
    found = page.css_first(css) if css else None
    if found is None:
        return None
    return (found.attributes.get(attribute) if attribute else found.text()) or ""


def _says_none(rules: Selectors, page: LexborHTMLParser) -> bool:
    if rules.none_found and page.css_first(rules.none_found) is not None:
        return True
    words = page.body.text() if rules.none_words and page.body else ""
    return bool(rules.none_words) and (rules.none_words or "") in words


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
