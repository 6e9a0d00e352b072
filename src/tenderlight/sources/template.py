"""Addresses with places to fill in: `https://…/list?page={page}&kw={term}&from={since:%Y-%m-%d}`.

Only the names in `NAMES` are places; every other brace stays as it is, so a JSON body needs no
escapes. There are no expressions: a card from a stranger can say what to fill in, and no more.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Literal
from urllib.parse import quote

NAMES = ("page", "offset", "term", "since", "today", "id")
_PLACE = re.compile(r"\{(page|offset|term|since|today|id)(?::([^{}]{1,40}))?\}")
_LOOKS_LIKE_ONE = re.compile(r"\{[a-z_]+(?::[^{}\"]*)?\}")
_DAY = re.compile(r"(?:%[YmdHMS]|[^%])+")

Writing = Literal["address", "form", "json"]


def wrong_places(template: str) -> str | None:
    """What a template's writer got wrong; None where it can be filled in.

    >>> wrong_places("https://a.cn/?kw={trem}")
    '{trem} is no place to fill in; there are page, offset, term, since, today, id'
    """
    for match in _LOOKS_LIKE_ONE.finditer(template):
        place = _PLACE.fullmatch(match[0])
        if place is None:
            return f"{match[0]} is no place to fill in; there are {', '.join(NAMES)}"
        if place[2] and (place[1] not in ("since", "today") or not _DAY.fullmatch(place[2])):
            return f"{match[0]}: only a day can be written otherwise, with %Y %m %d %H %M %S"
    return None


def has_place(template: str, name: str) -> bool:
    """Whether a name is to be filled in."""
    return any(match[1] == name for match in _PLACE.finditer(template))


def fill(template: str, places: dict[str, str], writing: Writing, charset: str = "utf-8") -> str:
    """A template with its places filled in, each value so that it cannot leave its place.

    >>> fill("https://a.cn/?kw={term}&d={since:%Y:%m:%d}", {"term": "天网&", "since": "2026-01-02"},
    ...      "address", "gbk")
    'https://a.cn/?kw=%CC%EC%CD%F8%26&d=2026%3A01%3A02'
    >>> fill('{"wd": "{term}", "time": {}}', {"term": 'a"b'}, "json")
    '{"wd": "a\\\\"b", "time": {}}'
    """

    def value(match: re.Match[str]) -> str:
        text = places.get(match[1], "")
        if match[2] and text:
            text = date.fromisoformat(text).strftime(match[2])
        if writing == "json":
            return json.dumps(text, ensure_ascii=False)[1:-1]
        return quote(text, safe="", encoding=charset, errors="xmlcharrefreplace")

    return _PLACE.sub(value, template)
