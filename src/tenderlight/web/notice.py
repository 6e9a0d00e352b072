"""One notice: its text beside everything that was read from it, each value tied to its passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Attachment, Corpus, PageShown, Shown
from tenderlight.model import Problem
from tenderlight.web.about import definition_href
from tenderlight.web.layout import Mark, Sheet, lay_out, sheet_of
from tenderlight.web.listing import division_label
from tenderlight.web.page import Missing, Page, asked, link, whole
from tenderlight.web.sheets import asked_passage, page_links
from tenderlight.web.watch import Turn, turn
from tenderlight.web.withdrawn import withdrawn_notice
from tenderlight.web.words import MONEY, Label, finding_label, label_of

FIELDS = (
    "title", "notice_type", "procedure", "project_name", "project_number", "buyer", "agency",
    "published", "opening", "province_code", "county_code", "budget_cny", "ceiling_cny", "lots",
)  # fmt: skip


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was read: what it is called, as understood, as printed, and by which rule."""

    id: str
    """Names the value on the page: `buyer`, `awards.0.supplier`, `finding-3`."""
    group: str
    label: Label
    value: str
    """As understood. An amount is in yuan."""
    meaning: Label | None = None
    """The value in both languages, where it is one of our words: a type, a division."""
    printed: str | None = None
    rule: str | None = None
    relation: str | None = None
    about: str | None = None
    """The page that says what it means."""
    money: bool = False
    part: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    href: str | None = None
    """The passage on this page or another sheet; None where it is not part of the text."""
    picture: str | None = None
    """The page on which it is printed, as a picture; None where the document has no pages."""
    doubt: str | None = None
    """Why recognised characters may not be what is printed."""


class NoticeView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the page shows: the notice as exported, its values, one sheet of its text."""

    notice: dict[str, Any]
    type: Label
    division: Label
    values: tuple[Value, ...]
    problems: tuple[Problem, ...]
    sheet: Sheet | None
    sheets: tuple[str, ...]
    added: str | None
    leaving: str | None
    """The notice's address where it is one that a browser may be sent to, else None."""
    timeline: tuple[Turn, ...]
    """What later visits showed, oldest first."""
    attachments: tuple[Attachment, ...]
    pages: tuple[PageShown, ...] = ()
    """Those that can be looked at as pictures."""


class NoticeTwin(msgspec.Struct, frozen=True, kw_only=True):
    """The page for programs: the exported notice, its values, its masked text."""

    notice: dict[str, Any]
    values: tuple[Value, ...]
    text: str
    timeline: tuple[Turn, ...]
    attachments: tuple[Attachment, ...]


def notice_page(corpus: Corpus, request: Request) -> Page:
    """The page of one notice.

    `?sheet=2` shows the second part of a long text, `?at=120-128` the passage at these characters.
    """
    questions = asked(request, ("sheet", "at"))
    id = request.path_params["id"]
    shown = corpus.notice(id)
    if shown is None and (gone := corpus.withdrawn(id)):
        return withdrawn_notice(id, gone)
    if shown is None:
        raise Missing(Label(f"a notice “{id}”", f"公告“{id}”"))
    number = whole(questions, "sheet", 1) or 1
    values = tuple(_values(corpus, shown))
    if "at" in questions:
        passage = _asked_passage(shown, questions["at"])
        values = (passage, *values)
        number = sheet_of(shown.blocks, passage.start or 0)
    row = shown.row
    timeline = tuple(map(turn, corpus.timeline(id)))
    attachments = corpus.attachments(id)
    sheet = lay_out(shown.text, shown.blocks, _marks(values), number) if shown.blocks else None
    title = row.get("title") or row["file"]
    return Page(
        template="notice.html",
        title=Label(title, title),
        view=NoticeView(
            notice=row,
            type=label_of("type", row["notice_type"]),
            division=division_label(row["county_code"] or row["province_code"]),
            values=values,
            problems=msgspec.convert(row["problems"], tuple[Problem, ...]),
            sheet=sheet,
            sheets=tuple(
                link(f"/notices/{id}", sheet=each if each > 1 else None)
                for each in range(1, (sheet.of if sheet else 0) + 1)
            ),
            added=_added(corpus, id),
            leaving=_leaving(row["url"]),
            timeline=timeline,
            attachments=attachments,
            pages=shown.pages,
        ),
        only_json=NoticeTwin(
            notice=row,
            values=values,
            text=shown.text,
            timeline=timeline,
            attachments=attachments,
        ),
    )


def _asked_passage(shown: Shown, at: str) -> Value:
    """The passage that an address points at, as the first value. Refuses a place outside."""
    first, last = asked_passage(shown, at)
    return Value(
        id="asked",
        group="asked",
        label=label_of("field", "asked"),
        value=shown.text[first:last],
        printed=shown.text[first:last],
        part=shown.blocks[0].part,
        start=first,
        end=last,
        href="#at-asked",
        picture=page_links(shown, first, last),
    )


def values_of(view: NoticeView, group: str) -> list[Value]:
    """The values of one group, in order."""
    return [value for value in view.values if value.group == group]


def _leaving(url: str | None) -> str | None:
    """An address as a link, if it is one of the web: `javascript:` and the like are only text.

    >>> _leaving("javascript:alert(1)"), _leaving("http://example.org/1.html")
    (None, 'http://example.org/1.html')
    """
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _added(corpus: Corpus, id: str) -> str | None:
    found = corpus.connect().execute("select added from notice where id = ?", [id]).fetchone()
    return str(found[0]) if found and found[0] else None


def _marks(values: Iterable[Value]) -> list[Mark]:
    return [
        Mark(id=value.id, start=value.start, end=value.end)
        for value in values
        if value.href and value.start is not None and value.end is not None
    ]


def _values(corpus: Corpus, shown: Shown) -> Iterator[Value]:
    con = corpus.connect()
    id = shown.row["id"]
    rules = dict(con.execute("select field, rule from passage where notice = ?", [id]).fetchall())
    place = _Place(shown)
    yield from _field_values(shown.row, rules, place)
    yield from _award_values(shown.row, place)
    yield from _finding_values(corpus, con, id, place)
    yield from _quantity_values(corpus, con, id, place)
    yield from _item_values(shown.row, place)


class _Place:
    """Says where a passage stands, and on which sheet its link leads."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.passages: Mapping[str, Mapping[str, Any]] = shown.row.get("passages", {})

    def of(self, key: str, id: str) -> dict[str, Any]:
        """The keyword values of a passage that is exported under `key`; empty if there is none."""
        passage = self.passages.get(key)
        return {} if passage is None else self.at(id, passage)

    def at(self, id: str, passage: Mapping[str, Any]) -> dict[str, Any]:
        """The keyword values of a passage of a `Value`."""
        start, end, part = passage["start"], passage["end"], passage["part"]
        inside = part != "manifest" and 0 <= start < end <= len(self.shown.text)
        sheet = sheet_of(self.shown.blocks, start) if inside else 1
        path = link(f"/notices/{self.shown.row['id']}", sheet=sheet if sheet > 1 else None)
        return {
            "printed": passage["text"],
            "part": part,
            "page": passage.get("page"),
            "start": start,
            "end": end,
            "href": f"{path}#at-{id}" if inside else None,
            "picture": page_links(self.shown, start, end) if inside else None,
            "doubt": passage.get("doubt"),
        }


def _field_values(
    row: Mapping[str, Any], rules: Mapping[str, str], place: _Place
) -> Iterator[Value]:
    for field in FIELDS:
        value = row.get(field)
        passage = place.of(field, field)
        if value is None or (field == "lots" and not passage):
            continue
        yield Value(
            id=field,
            group="fields",
            label=label_of("field", field),
            value=str(value),
            meaning=_meaning(field, value),
            rule=rules.get(field) or None,
            money=field in MONEY,
            **passage,
        )
    passage = place.of("surveillance_purchase", "surveillance_purchase")
    if row.get("surveillance_purchase") and passage:
        yield Value(
            id="surveillance_purchase",
            group="fields",
            label=label_of("field", "surveillance_purchase"),
            value="yes",
            meaning=Label("yes", "是"),
            **passage,
        )


def _meaning(field: str, value: Any) -> Label | None:
    if field == "notice_type":
        return label_of("type", value)
    if field == "procedure":
        return label_of("procedure", value)
    if field in ("province_code", "county_code"):
        return division_label(value)
    return None


def _award_values(row: Mapping[str, Any], place: _Place) -> Iterator[Value]:
    for number, award in enumerate(row["awards"]):
        lot = f" · {award['lot']}" if award.get("lot") else ""
        for field in ("supplier", "amount_cny"):
            id = f"awards.{number}.{field}"
            printed = award.get("amount_printed") if field == "amount_cny" else None
            value = award.get(field) or printed
            if value is None:
                continue
            known = label_of("field", field)
            label = Label(known.en + lot, known.zh + lot)
            money = field == "amount_cny" and award.get(field) is not None
            passage = place.of(id, id)
            yield Value(
                id=id, group="awards", label=label, value=str(value), money=money, **passage
            )


def _finding_values(corpus: Corpus, con: Any, id: str, place: _Place) -> Iterator[Value]:
    found = con.execute(
        "select number, kind, id, relation, rule, text, part, page, start_at, end_at from finding"
        " where notice = ? order by kind = 'site', kind = 'target', relation,"
        " min(number) over (partition by kind, relation, id), number",
        [id],
    ).fetchall()
    groups = {"technology": "technologies", "target": "targets", "site": "sites"}
    for number, kind, name, relation, rule, text, part, page, start, end in found:
        passage = {"text": text, "part": part, "page": page, "start": start, "end": end}
        label = finding_label(corpus.definitions, kind, name)
        mark = f"finding-{number}"
        yield Value(
            id=mark,
            group=groups[kind],
            label=label,
            value=name,
            meaning=label,
            relation=relation,
            rule=rule or None,
            about=definition_href(kind, name),
            **place.at(mark, passage),
        )


def _quantity_values(corpus: Corpus, con: Any, id: str, place: _Place) -> Iterator[Value]:
    found = con.execute(
        "select number, what, value, unit, text, part, page, start_at, end_at from quantity"
        " where notice = ? order by number",
        [id],
    ).fetchall()
    for number, what, value, unit, text, part, page, start, end in found:
        passage = {"text": text, "part": part, "page": page, "start": start, "end": end}
        shown = f"{value.normalize():,f}" + (f" {unit}" if unit else "")
        mark = f"quantity-{number}"
        yield Value(
            id=mark,
            group="quantities",
            label=finding_label(corpus.definitions, "quantity", what),
            value=shown,
            about=definition_href("quantity", what),
            **place.at(mark, passage),
        )


def _item_values(row: Mapping[str, Any], place: _Place) -> Iterator[Value]:
    for number, item in enumerate(row["items"]):
        said = [item.get("brand"), item.get("model")]
        amount = f"{item['quantity']} {item.get('unit') or ''}" if item.get("quantity") else None
        price = f"¥{item['unit_price_cny']}" if item.get("unit_price_cny") else None
        id = f"items.{number}.name"
        passage = place.of(id, id) or place.of(f"items.{number}", id)
        yield Value(
            id=id,
            group="items",
            label=label_of("field", "item"),
            value=" · ".join(str(part) for part in (item["name"], *said, amount, price) if part),
            **passage,
        )
