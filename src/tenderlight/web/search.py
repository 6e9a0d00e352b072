"""Search: the notices that hold some words, with the words in place, narrowed by facets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus, Snippet
from tenderlight.model import Refused
from tenderlight.web.listing import CONDITIONS, Entry, count, division_label, entries, entries_of
from tenderlight.web.page import PAGE_SIZE, Misasked, Page, Pages, asked, link, pages_of, whole
from tenderlight.web.words import Label, finding_label, label_of

ASKED = ("q", "in", "province", "year", "technology", "buyer", "type", "page")
WITHIN = "specifications"
"""What `in` may name: passages of technical requirements."""
FACETS = {
    "technology": "technology",
    "province": "province",
    "year": "year",
    "type": "notice_type",
    "buyer": "buyer",
}
"""Facets as the address names them, and as the corpus does."""
MOST = 12
"""Values of a facet shown; the rest is what the search box is for."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A notice and the places in it that hold the words."""

    entry: Entry
    snippets: tuple[tuple[Stretch, ...], ...]


class Stretch(msgspec.Struct, frozen=True):
    """Part of a snippet; `hit` where it is what was looked for."""

    text: str
    hit: bool = False


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a facet: a link that narrows, or, where it is chosen, widens again."""

    label: Label
    count: int | None
    href: str
    chosen: bool = False


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """The values that the answers have, most frequent first."""

    id: str
    choices: tuple[Choice, ...]
    left_off: int = 0


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked, how many notices answer, a page of them, and how to narrow them."""

    asked: dict[str, str]
    total: int
    answers: tuple[Answer, ...]
    facets: tuple[Facet, ...]
    within: str
    """The address of the same search in requirements alone, or, where it is that, in all text."""
    pages: Pages


def search_page(corpus: Corpus, request: Request) -> Page:
    """The answers to `?q=`; without words, all notices."""
    questions = asked(request, ASKED)
    number = whole(questions, "page", 1) or 0
    whole(questions, "year")
    if questions.get("in", WITHIN) != WITHIN:
        raise Misasked(Label(f"“in” is {WITHIN}.", f"“in”只能是 {WITHIN}。"))
    if number > 500:
        raise Misasked(Label("Narrow the search: the list ends at page 500.", "请缩小搜索范围。"))
    try:
        hits = corpus.search(
            questions.get("q", ""),
            province=questions.get("province"),
            year=questions.get("year"),
            technology=questions.get("technology"),
            buyer=questions.get("buyer"),
            notice_type=questions.get("type"),
            within=questions.get("in"),
            limit=PAGE_SIZE,
            offset=(max(number, 1) - 1) * PAGE_SIZE,
        )
    except Refused as refused:
        raise Misasked(Label(str(refused), str(refused))) from None
    pages = pages_of(hits.total, number, "/search", questions)
    found = {hit.row["id"]: hit.snippets for hit in hits.hits}
    listed = entries_of(corpus.connect(), corpus, list(found), questions.get("technology"))
    view = SearchView(
        asked=questions,
        total=hits.total,
        answers=tuple(
            Answer(entry=entry, snippets=tuple(map(_stretches, found[entry.id])))
            for entry in listed
        ),
        facets=tuple(_facet(corpus, key, hits.facets, questions) for key in FACETS),
        pages=pages,
        within=_within(questions),
    )
    return Page(template="search.html", title=Label("Search", "搜索"), view=view)


def _within(questions: Mapping[str, str]) -> str:
    others = {name: value for name, value in questions.items() if name not in ("in", "page")}
    return link("/search", **others, **({} if "in" in questions else {"in": WITHIN}))


def _stretches(snippet: Snippet) -> tuple[Stretch, ...]:
    out, place = [], 0
    for start, end in snippet.spans:
        out += [Stretch(snippet.text[place:start]), Stretch(snippet.text[start:end], True)]
        place = end
    out.append(Stretch(snippet.text[place:]))
    return tuple(stretch for stretch in out if stretch.text)


def _facet(
    corpus: Corpus, key: str, facets: dict[str, list[tuple[str, int]]], questions: Mapping[str, str]
) -> Facet:
    others = {name: value for name, value in questions.items() if name not in (key, "page")}
    found = facets.get(FACETS[key], [])
    if key == "year":
        found = sorted(found, reverse=True)
    chosen = questions.get(key)
    choices = [
        Choice(
            label=_label(corpus, key, value),
            count=number,
            href=link("/search", **others) if value == chosen else _with(others, key, value),
            chosen=value == chosen,
        )
        for value, number in found[:MOST]
    ]
    if chosen and not any(choice.chosen for choice in choices):
        label = _label(corpus, key, chosen)
        widen = Choice(label=label, count=None, href=link("/search", **others), chosen=True)
        choices.insert(0, widen)
    return Facet(id=key, choices=tuple(choices), left_off=max(len(found) - MOST, 0))


def _with(others: Mapping[str, str], key: str, value: str) -> str:
    return link("/search", **{**others, key: value})


def _label(corpus: Corpus, key: str, value: str) -> Label:
    if key == "technology":
        return finding_label(corpus.definitions, "technology", value)
    if key == "province":
        return division_label(value)
    if key in ("type", "watch"):
        return label_of("verdict" if key == "watch" else "type", value)
    return Label(value, value)


class ListView(msgspec.Struct, frozen=True, kw_only=True):
    """The notices behind a number, and the conditions that they all meet."""

    asked: dict[str, str]
    conditions: tuple[Condition, ...]
    total: int
    entries: tuple[Entry, ...]
    pages: Pages


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """One condition in words, and the list without it."""

    id: str
    label: Label
    without: str


def list_page(corpus: Corpus, request: Request) -> Page:
    """The notices that meet the conditions of the address, newest first."""
    questions = asked(request, (*CONDITIONS, "page"))
    number = whole(questions, "page", 1) or 0
    con = corpus.connect()
    conditions = {key: value for key, value in questions.items() if key != "page"}
    total = count(con, conditions)
    pages = pages_of(total, number, "/notices", questions)
    offset = (number - 1) * PAGE_SIZE
    view = ListView(
        asked=questions,
        conditions=tuple(_condition(corpus, conditions, key) for key in conditions),
        total=total,
        entries=entries(con, corpus, conditions, limit=PAGE_SIZE, offset=offset),
        pages=pages,
    )
    return Page(template="list.html", title=Label("Notices", "公告"), view=view)


def _condition(corpus: Corpus, conditions: Mapping[str, str], key: str) -> Condition:
    others: dict[str, Any] = {name: value for name, value in conditions.items() if name != key}
    label = _condition_label(corpus, key, conditions[key])
    return Condition(id=key, label=label, without=link("/notices", **others))


def _condition_label(corpus: Corpus, key: str, value: str) -> Label:
    kinds = {"bought": "technology", "named": "technology", "target": "target", "site": "site"}
    kinds |= {"quantity": "quantity", "purpose": "purpose", "rule": "rule"}
    if key in kinds:
        return finding_label(corpus.definitions, kinds[key], value)
    if key == "province":
        return division_label(value)
    if key in ("surveillance", "read"):
        return Label(value, "是" if value == "yes" else "否")
    if value == "none":
        return label_of("type", None)
    return label_of("type", value) if key == "type" else Label(value, value)
