"""Lists, page by page: the first questions, the next one, and what is too old to be wanted."""

from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec

from tenderlight.model import Statement
from tenderlight.sources.asking import Asked, Listed
from tenderlight.sources.rules import Listing
from tenderlight.sources.template import Writing, fill, has_place

LINE = 65_536
"""Bytes of a row's own words that are kept beside the notice; the list itself is kept whole."""
_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.:年]\s?(?P<m>\d{1,2})\s?[-/.:月]\s?(?P<d>\d{1,2})(?!\d)日?"
    r"(?:[T ]?\s?\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2})?秒?)?"
)
_FORMS = {"form": "application/x-www-form-urlencoded", "json": "application/json"}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a list, before it is decided whether it is wanted."""

    asked: Asked
    day: date | None = None


def first_pages(rules: Listing, terms: tuple[str, ...], today: date) -> tuple[Asked, ...]:
    """The first page of every list, for each term where the lists are searched."""
    searched = any(
        has_place(each, "term") for each in (*rules.lists, *rules.first, rules.body or "")
    )
    since = (today - timedelta(days=rules.days)).isoformat() if rules.days else None
    asked = []
    for term in dict.fromkeys(terms) if searched and terms else (None,):
        for number in range(len(rules.lists)):
            seed = Asked(
                url="", kind="list", term=term, list=number, since=since, today=today.isoformat()
            )
            asked.append(_filled(rules, seed))
    return tuple(asked)


def counted_page(rules: Listing, asked: Asked, named: int) -> Asked | None:
    """The question for the page after this one, which named so many entries.

    None where the card's addresses do not count pages.
    """
    templates = rules.lists[asked.list] + (rules.body or "")
    if not any(has_place(templates, name) for name in ("page", "offset")):
        return None
    return _filled(rules, _after(asked, named))


def linked_page(asked: Asked, named: int, link: str) -> Asked:
    """The question for the page after this one, which names its address."""
    return msgspec.structs.replace(
        _after(asked, named), url=link, method="GET", body=b"", headers={}
    )


def _after(asked: Asked, named: int) -> Asked:
    return msgspec.structs.replace(asked, number=asked.number + 1, before=asked.before + named)


def _filled(rules: Listing, seed: Asked) -> Asked:
    places = {
        "page": str(rules.first_number + seed.number - 1),
        "offset": str((seed.number - 1) * rules.size),
        "term": seed.term or "",
        "since": seed.since or "",
        "today": seed.today or "",
    }
    template = rules.lists[seed.list]
    if rules.first and seed.number == 1:
        template = rules.first[seed.list]
    writing: Writing = rules.body_kind
    body = fill(rules.body or "", places, writing, rules.term_charset)
    headers = dict(rules.headers)
    if rules.method == "POST" and "content-type" not in {name.lower() for name in headers}:
        headers["Content-Type"] = _FORMS[rules.body_kind]
    return msgspec.structs.replace(
        seed,
        url=fill(template, places, "address", rules.term_charset),
        method=rules.method,
        body=body.encode(),
        headers=headers,
    )


def turn_page(
    rules: Listing, asked: Asked, rows: list[Row], listed: Listed, following: Asked | None
) -> Listed:
    """A page of a list, complete: what is wanted of its rows, and whether to turn the page.

    `listed` says what the page itself says, `following` where its next page would be.
    """
    wanted = [row for row in rows if not _is_older(row, asked.since)]
    older = len(rows) - len(wanted)
    listed = msgspec.structs.replace(listed, entries=_unique(wanted), older=older)
    named = asked.before + len(rows) + listed.ignored
    if not rows or following is None or (listed.stated is not None and named >= listed.stated):
        return listed
    if rules.newest_first and older == len(rows):
        return listed
    if asked.number >= rules.pages:
        return msgspec.structs.replace(listed, cut=True)
    return msgspec.structs.replace(listed, next=following)


def _is_older(row: Row, since: str | None) -> bool:
    return since is not None and row.day is not None and row.day < date.fromisoformat(since)


def _unique(rows: list[Row]) -> tuple[Asked, ...]:
    return tuple({(row.asked.url, row.asked.body): row.asked for row in rows}.values())


def find_day(text: str | None) -> tuple[str, date] | None:
    """The first day in a text, as printed with its time, and as a date.

    >>> find_day("发布时间：2026.03.21 10:22:33 | 采购人")
    ('2026.03.21 10:22:33', datetime.date(2026, 3, 21))
    """
    for match in _DAY.finditer((text or "")[:2000]):
        try:
            return match[0].strip(), date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            continue
    return None


def statement(
    line: str,
    source: str,
    title: str | None,
    printed: str | None,
    region: str | None,
    region_code: str | None,
) -> Statement:
    """What a row of a list states of its notice; its words are cut at `LINE` bytes."""
    code = region_code if region_code and re.fullmatch("[0-9]{6}", region_code) else None
    return Statement(
        line=line.encode("utf-8", "replace")[:LINE].decode("utf-8", "ignore"),
        title=title,
        date=printed,
        region=region,
        region_code=code,
        source=source,
    )
