"""Sources whose pages are shells: lists, and mostly notices, come from an interface in JSON."""

from __future__ import annotations

from datetime import date

import msgspec

from tenderlight.model import Statement
from tenderlight.sources.asking import Answered, Asked, Detailed, Listed
from tenderlight.sources.card import Card
from tenderlight.sources.detail import MOST_FILES, read_page
from tenderlight.sources.json_path import decode_answer, raw_at, rows_at, text_at, words_of
from tenderlight.sources.page import first_number, join_address
from tenderlight.sources.paging import (
    Row,
    counted_page,
    find_day,
    first_pages,
    statement,
    turn_page,
)
from tenderlight.sources.rules import Api
from tenderlight.sources.template import fill

MOST_ROWS = 2_000
LONGEST_TOLD = 40
"""Characters of what an answer says that a report quotes."""


class ApiSource:
    """A source of kind `json`: a list in JSON, and notices in JSON or as pages."""

    def __init__(self, card: Card, rules: Api) -> None:
        self.card = card
        self._rules = rules

    def start(self, terms: tuple[str, ...], today: date) -> tuple[Asked, ...]:
        """The first page of every list, for each term where the card says that it searches."""
        return first_pages(self._rules, terms if self.card.searches else (), today)

    def read_list(self, asked: Asked, answered: Answered) -> Listed:
        """The rows at the card's path, and the next page."""
        answer = decode_answer(answered.payload)
        if isinstance(answer, str):
            return Listed(problem=f"The list cannot be read: {answer}.")
        rules = self._rules
        items = rows_at(answer, rules.rows)
        stated = first_number(text_at(answer, rules.total))
        if bad := self._not_good(answer):
            return Listed(problem=bad)
        if items is None and stated != 0:
            return Listed(problem=f"The answer has no list at {rules.rows!r}.")
        items = items or []
        rows = [row for item in items[:MOST_ROWS] if (row := self._row(asked, item, answered.url))]
        listed = Listed(
            stated=stated,
            ignored=len(items) - len(rows),
            none_found=not items and asked.number == 1 and not stated,
            problem=_wrong_list(rules, asked, len(items), rows, stated),
        )
        return turn_page(rules, asked, rows, listed, counted_page(rules, asked, len(items)))

    def read_notice(self, asked: Asked, answered: Answered) -> Detailed:
        """The files that a notice's answer names, or its page links to."""
        rules = self._rules
        if rules.detail == "page":
            return read_page(asked, answered, rules.content, rules.attachments, rules.attachment)
        answer = decode_answer(answered.payload)
        if isinstance(answer, str):
            return Detailed(problem=f"The notice's answer cannot be read: {answer}.")
        if bad := self._not_good(answer):
            return Detailed(problem=bad)
        if raw_at(answer, rules.content) is None:
            return Detailed(problem=f"The notice's answer has nothing at {rules.content!r}.")
        files = rows_at(answer, rules.attachments) if rules.attachments else None
        named = (self._file(file, answered.url) for file in (files or [])[:MOST_FILES])
        return Detailed(attachments=tuple({each.url: each for each in named if each}.values()))

    def _not_good(self, answer: msgspec.Raw) -> str | None:
        """Why an answer is none, as it says itself: `{"code": 829}` with status 200."""
        if self._rules.good is None:
            return None
        path, _, value = self._rules.good.partition("=")
        said = text_at(answer, path.strip())
        if said == value.strip():
            return None
        told = said if said is None or len(said) <= LONGEST_TOLD else f"{said[:LONGEST_TOLD]}…"
        return f"The answer says {path.strip()}={told}, and not {self._rules.good}."

    def _row(self, asked: Asked, item: msgspec.Raw, base: str) -> Row | None:
        """One entry; None for a row without an address."""
        rules = self._rules
        id = text_at(item, rules.link)
        url = _address(base, _rewritten(id, rules.replace), rules.address)
        if id is None or url is None:
            return None
        printed = text_at(item, rules.date)
        found = find_day(printed)
        stated = statement(
            words_of(item),
            self.card.name_zh,
            title=text_at(item, rules.title),
            printed=found[0] if found else printed,
            region=text_at(item, rules.region),
            region_code=text_at(item, rules.region_code),
        )
        return Row(
            asked=Asked(
                url=url,
                kind="notice",
                term=asked.term,
                stated=stated,
                page=_page(base, id, rules),
            ),
            day=found[1] if found else None,
        )

    def _file(self, file: msgspec.Raw, base: str) -> Asked | None:
        rules = self._rules
        alone = bytes(file).lstrip()[:1] == b'"'
        link = (
            msgspec.json.decode(file, type=str) if alone else text_at(file, rules.attachment_link)
        )
        url = _address(base, link, rules.attachment)
        if url is None:
            return None
        title = None if alone else text_at(file, rules.attachment_title)
        stated = Statement(line=words_of(file)[:2000], title=title)
        return Asked(url=url, kind="attachment", stated=stated)


def _address(base: str, found: str | None, template: str | None) -> str | None:
    """An address from a link or an id; None where there is neither."""
    if found and template is not None:
        found = fill(template, {"id": found}, "address")
    return join_address(base, found) if found else None


def _page(base: str, id: str, rules: Api) -> str | None:
    """Where a person reads it, with the part behind `#` that its scripts go by."""
    if rules.page:
        return fill(rules.page, {"id": id}, "address")
    return _address(base, id, None) if rules.replace else None


def _rewritten(link: str | None, replace: tuple[tuple[str, str], ...]) -> str | None:
    for was, now in replace if link else ():
        link = (link or "").replace(was, now)
    return link


def _wrong_list(
    rules: Api, asked: Asked, items: int, rows: list[Row], stated: int | None
) -> str | None:
    """How an answer differs from what the card says of lists; None where it does not."""
    if items == 0:
        if stated is not None and stated > asked.before:
            return f"It says that there are {stated} entries, and none is at {rules.rows!r}."
        return None
    if not rows:
        return f"None of the {items} rows has an address at {rules.link!r}."
    for name in ("title", "date", "region"):
        path = getattr(rules, name)
        if path and all(getattr(row.asked.stated, name) is None for row in rows):
            return f"None of the {len(rows)} rows has a {name} at {path!r}."
    return None
