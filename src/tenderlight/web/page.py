"""A page is a value: what it says, and which template says it. Its `.json` twin is the same value.

So a page cannot show a number that its twin does not carry, and can be tested without a browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from starlette.requests import Request

from tenderlight.web.words import Label

PAGE_SIZE = 20


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A template's name, the page's title in both languages, and everything it shows."""

    template: str
    title: Label
    view: Any
    only_json: Any = None
    """What the twin says, where that is not the view itself."""
    status: int = 200

    @property
    def twin(self) -> Any:
        """What the page's JSON twin says."""
        return self.view if self.only_json is None else self.only_json


class Missing(Exception):
    """There is no such page. `what` says what was looked for."""

    def __init__(self, what: Label) -> None:
        super().__init__(what.en)
        self.what = what


class Misasked(Exception):
    """The address asks for something that makes no sense; `what` says which part and why."""

    def __init__(self, what: Label) -> None:
        super().__init__(what.en)
        self.what = what


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A number and the page that opens it."""

    id: str
    label: Label
    count: int
    href: str


class Pages(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a long list we are, and the addresses before and after."""

    number: int
    of: int
    before: str | None
    after: str | None


def asked(request: Request, allowed: tuple[str, ...]) -> dict[str, str]:
    """The questions in an address, blanks left out. Refuses one that this page does not know.

    A misspelled filter that is passed over in silence would give a wrong number.
    """
    unknown = [key for key in request.query_params if key not in (*allowed, "lang")]
    if unknown:
        known = ", ".join(allowed) or "–"
        raise Misasked(
            Label(
                f"This page does not know “{unknown[0]}”. It knows: {known}.",
                f"本页不支持“{unknown[0]}”，可用的条件为：{known}。",
            )
        )
    given = {key: request.query_params.get(key, "").strip() for key in allowed}
    return {key: value for key, value in given.items() if value}


def whole(questions: Mapping[str, str], key: str, default: int | None = None) -> int | None:
    """A whole number from an address, at most eight digits. Refuses anything else."""
    value = questions.get(key)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and len(value) <= 8):
        raise Misasked(
            Label(f"“{key}” must be a whole number, not “{value}”.", f"“{key}”应为整数。")
        )
    return int(value)


def link(path: str, **questions: str | int | list[str] | None) -> str:
    """An address of the desk, with what is asked of it; a list asks the same several times.

    >>> link("/search", q="人脸", year=2019, buyer=None)
    '/search?q=%E4%BA%BA%E8%84%B8&year=2019'
    """
    kept = {key: value for key, value in questions.items() if value not in (None, "")}
    return quote(path) + ("?" + urlencode(kept, doseq=True) if kept else "")


def pages_of(total: int, number: int, path: str, questions: Mapping[str, str]) -> Pages:
    """The list's pages. Refuses a page beyond the last one."""
    of = max(-(-total // PAGE_SIZE), 1)
    if not 1 <= number <= of:
        raise Misasked(
            Label(f"There is no page {number}: the list has {of}.", f"没有第{number}页，共{of}页。")
        )
    others = {key: value for key, value in questions.items() if key != "page"}
    return Pages(
        number=number,
        of=of,
        before=link(path, **others, page=number - 1 if number > 2 else None)
        if number > 1
        else None,
        after=link(path, **others, page=number + 1) if number < of else None,
    )
