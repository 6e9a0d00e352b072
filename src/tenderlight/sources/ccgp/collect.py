"""Which addresses of the national portal are asked: its search, page by page, for each term."""

from __future__ import annotations

from datetime import date

from tenderlight.model import Refused
from tenderlight.sources.asking import Answered, Asked, Detailed, Listed
from tenderlight.sources.card import Card
from tenderlight.sources.ccgp.parse import parse_notice, parse_results
from tenderlight.sources.paging import counted_page, first_pages, turn_page
from tenderlight.sources.rules import Listing


class NationalPortal:
    """The search and the notices of ccgp.gov.cn."""

    def __init__(self, card: Card, rules: Listing) -> None:
        self.card = card
        self._rules = rules

    def start(self, terms: tuple[str, ...], today: date) -> tuple[Asked, ...]:
        """The first page of results for each term, newest first."""
        return first_pages(self._rules, terms, today)

    def read_list(self, asked: Asked, answered: Answered) -> Listed:
        """A page of results. The site says how many there are."""
        rows, listed = parse_results(asked, answered, self.card.name_zh)
        following = counted_page(self._rules, asked, len(rows) + listed.ignored)
        return turn_page(self._rules, asked, rows, listed, following)

    def read_notice(self, asked: Asked, answered: Answered) -> Detailed:
        """A notice, in the layout of today or that of 2013 to 2016, and its files."""
        return parse_notice(answered)


def source(card: Card) -> NationalPortal:
    """The source that the card beside this file describes."""
    if card.code is None:
        raise Refused("sources/ccgp/source.toml has no table [code].", "Put its lists there.")
    return NationalPortal(card, card.code)
