"""How a source's answers are read, as its card says: the tables [selectors], [json] and [feed]."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from tenderlight.sources.page import wrong_selector
from tenderlight.sources.template import has_place, wrong_places

Wrong = tuple[str, str]
"""What is wrong, and what to do."""
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=8000)]

_HEADERS = frozenset(("accept", "accept-language", "content-type", "referer", "x-requested-with"))
"""What a card may set: nothing that says who we are, where we ask, or how much."""


_SELECTED = (
    *("item", "link", "title", "date", "region", "region_code", "next", "total", "last"),
    *("none_found", "content", "attachments", "frame"),
)


class Listing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the lists are, and how far they are read: the same for every kind."""

    lists: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1, max_length=50)]
    """Addresses with places: {page}, {offset}, {term}, {since}, {today}."""
    first: tuple[Text, ...] = ()
    """The first page of each list, where its address is not made like the others'."""
    first_number: int = 1
    """The number of the first page: many interfaces count from 0."""
    size: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 20
    """Entries of a page, for {offset}."""
    pages: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 50
    """Pages of one list that are read at most in one run."""
    days: Annotated[int, msgspec.Meta(ge=1, le=40_000)] | None = None
    """How far back; None for as far as the list goes."""
    newest_first: bool = True
    """True where reading may stop at the first page whose entries are all older than `days`."""
    method: Literal["GET", "POST"] = "GET"
    body: Text | None = None
    """The body of the question, with places; what JSON or a form needs is escaped in them."""
    body_kind: Literal["form", "json"] = "form"
    headers: dict[str, Annotated[str, msgspec.Meta(max_length=500)]] = {}
    term_charset: str = "utf-8"
    """In which the site wants search words in an address: `gbk`."""

    def wrong(self, searches: bool) -> Wrong | None:
        """What the types cannot say; None where all is well."""
        for template in self._templates():
            if said := wrong_places(template):
                return f"has a template with a mistake: {said}", "Correct the word in the braces."
        for address in (*self.lists, *self.first):
            if not address.startswith(("http://", "https://")):
                return f"names {address[:80]!r}, which is no address", "Begin it with https://."
        for header, value in self.headers.items():
            if header.lower() not in _HEADERS or not value.isprintable():
                return f"sets the header {header[:40]!r}", f"Only: {', '.join(sorted(_HEADERS))}."
        if self.body and self.method != "POST":
            return "has a `body` and method GET", "Say method = 'POST', or leave the body out."
        if self.first and len(self.first) != len(self.lists):
            return (
                "names other numbers of `first` and `lists`",
                "Give one first page for each list.",
            )
        try:
            "公告 A".encode(self.term_charset, "xmlcharrefreplace")
        except (LookupError, ValueError):
            what = f"names the charset {self.term_charset[:40]!r}"
            return what, "Name one that text can be written in: gbk, utf-8."
        return self._wrong_term(searches)

    def _templates(self) -> tuple[str, ...]:
        return (*self.lists, *self.first, *((self.body,) if self.body else ()))

    def _wrong_term(self, searches: bool) -> Wrong | None:
        searched = any(has_place(template, "term") for template in self._templates())
        if searches and not searched:
            return "says searches = true and has no {term}", "Write {term} where the words go."
        if searched and not searches:
            return "has {term} and searches = false", "Say searches = true, or leave {term} out."
        return None


class Selectors(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """List pages and detail pages in HTML, read by CSS selectors.

    `a` is the text of the first link in a row, `a@href` its attribute, `@onclick` one of the row
    itself. Of an attribute that is a script, the first quoted text is taken.
    """

    item: Text
    """One row of the list."""
    link: Text = "a@href"
    address: Text | None = None
    """Where the link gives only an id: the address with {id}."""
    title: Text | None = None
    """Without it, the words of the row's first link. What is named here must be in the rows."""
    date: Text | None = None
    region: Text | None = None
    region_code: Text | None = None
    next: Text | None = None
    """The link to the next page; without it, {page} or {offset} counts on."""
    total: Text | None = None
    """Where the page says how many entries there are: the first number in it."""
    last: Text | None = None
    """Where it says how many pages there are: the first number in it."""
    none_found: Text | None = None
    """What is only there where nothing was found: `div.empty`."""
    none_words: Text | None = None
    """Words that the page only says where nothing was found."""
    content: Text
    """The notice in its page; where it is missing, the page has changed its shape."""
    attachments: Text | None = None
    """Links to files: `.files a`."""
    attachment: Text | None = None
    """Where those links give only an id: the address with {id}."""
    frame: Text | None = None
    """The page that holds the notice, where this one is only a frame: `iframe#content@src`."""

    def _templates(self) -> tuple[str, ...]:
        return (*super()._templates(), *_given(self.address, self.attachment))

    def wrong(self, searches: bool) -> Wrong | None:
        """Also: selectors that cannot be read, templates without their {id}."""
        for name in _SELECTED:
            value = getattr(self, name)
            if value and (said := wrong_selector(value)):
                return (
                    f"has a `{name}` that cannot be used: {said}",
                    "Write it as in a style sheet.",
                )
        return _without_id(self, "address", "attachment") or super().wrong(searches)


class Api(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A portal whose pages are filled by a script from an interface that answers in JSON.

    Paths are names and numbers with dots between them: `data.records`, `files.0.url`. Where a path
    goes on in a text, that text is read as JSON.
    """

    rows: Text
    good: Text | None = None
    """What a good answer says, `code=200`: a path and the value there."""
    total: Text | None = None
    link: Text | None = None
    """The path of the notice's address or id in a row."""
    address: Text | None = None
    """The address of the notice, or of the interface that answers with it, with {id}."""
    page: Text | None = None
    """The address at which a person reads it, with {id}, where that is another."""
    replace: tuple[tuple[str, str], ...] = ()
    """Parts of the link to write otherwise, `[["/html/a/", "/html/b/"]]`; a person reads the link
    as it was."""
    title: Text | None = None
    date: Text | None = None
    region: Text | None = None
    region_code: Text | None = None
    content: Text
    """The notice in its answer: a path, or a selector where the address answers with a page."""
    detail: Literal["json", "page"] = "json"
    attachments: Text | None = None
    """The path of the list of files, or a selector."""
    attachment_link: Text = "url"
    """The path of a file's address or id in that list."""
    attachment_title: Text = "name"
    attachment: Text | None = None
    """Where that is only an id: the address with {id}."""

    def _templates(self) -> tuple[str, ...]:
        return (*super()._templates(), *_given(self.address, self.page, self.attachment))

    def wrong(self, searches: bool) -> Wrong | None:
        """Also: no way to an address, headers that a card may not set."""
        if not self.link:
            return "has no `link`", "Name the path of the notice's address or id in a row."
        if self.page and not self.page.startswith(("http://", "https://")):
            return "has a `page` that is no address", "Begin it with https://."
        if self.detail == "page":
            for value in (self.content, self.attachments):
                if value and (said := wrong_selector(value)):
                    return f"has a selector that cannot be used: {said}", "Correct it."
        return _without_id(self, "address", "page", "attachment") or super().wrong(searches)


class Feed(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """RSS, Atom, or a sitemap; an index of sitemaps is followed."""

    only: tuple[Text, ...] = ()
    """Parts of an address of which an entry has one: a sitemap names the whole site."""
    content: Text | None = None
    """The notice in its page, a selector."""
    attachments: Text | None = None

    def wrong(self, searches: bool) -> Wrong | None:
        """Also: selectors that cannot be read."""
        for value in (self.content, self.attachments):
            if value and (said := wrong_selector(value)):
                return f"has a selector that cannot be used: {said}", "Correct it."
        return super().wrong(searches)


def _without_id(rules: Listing, *names: str) -> Wrong | None:
    """A template that would make the same address of every id."""
    for name in names:
        if (value := getattr(rules, name)) and not has_place(value, "id"):
            return f"has an `{name}` without {{id}}", "Write {id} where the id goes."
    return None


def _given(*templates: str | None) -> tuple[str, ...]:
    return tuple(template for template in templates if template)
