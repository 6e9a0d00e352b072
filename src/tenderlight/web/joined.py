"""Purchases and organisations: lists, and one of each with every reason why it is one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.corpus.joined import (
    Held,
    OrganisationRow,
    OrganisationShown,
    PurchaseRow,
    PurchaseShown,
)
from tenderlight.organisations import Own, kinds
from tenderlight.places import PROVINCES, display_name
from tenderlight.web.life import Event, day_of
from tenderlight.web.listing import division_label
from tenderlight.web.page import PAGE_SIZE, Missing, Page, Pages, asked, link, pages_of, whole
from tenderlight.web.words import Label, label_of, words

SUMS = ("budget", "ceiling", "award", "contract")
PURCHASES = ("name", "state", "province", "year", "surveillance", "organisation", "supplier")
ORGANISATIONS = ("name", "kind", "level", "province")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One value that a list can be narrowed to."""

    id: str
    label: Label
    chosen: bool


class SumOf(msgspec.Struct, frozen=True, kw_only=True):
    """One sum of a purchase: the certain amount, and what is not in it."""

    field: str
    label: Label
    amount_cny: Decimal | None
    unsure: int
    """Sums that would count and are not certain."""
    foreign: int
    """Sums that count, in other currencies."""


class PurchaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """One purchase as it is listed."""

    row: PurchaseRow
    href: str
    state: Label
    division: Label
    sums: tuple[SumOf, ...]


class PurchasesView(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, how many there are, and a page of them."""

    asked: dict[str, str]
    about: Label | None
    """The organisation whose purchases these are, where one was asked for."""
    total: int
    states: tuple[Choice, ...]
    provinces: tuple[Choice, ...]
    lines: tuple[PurchaseLine, ...]
    pages: Pages


class PurchaseView(msgspec.Struct, frozen=True, kw_only=True):
    """One purchase."""

    line: PurchaseLine
    told: PurchaseShown
    counts: tuple[Label, ...]
    """For each of its sums whether it counts, or why not."""
    stated_in: tuple[StatedIn, ...]
    """For each of its sums the notice that states it."""
    undated: int
    """Notices that have no place in the picture."""
    held: tuple[Pairing, ...]
    rejoin: str
    """The command by which a notice is parted from it."""


class StatedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of the history: its number there, from 1, and its type."""

    number: int
    type: Label


class Pairing(msgspec.Struct, frozen=True, kw_only=True):
    """Two notices, or two names, held against each other."""

    held: Held
    first: str
    second: str
    why: tuple[Label, ...]
    decided: bool


class OrganisationLine(msgspec.Struct, frozen=True, kw_only=True):
    """One organisation as it is listed."""

    row: OrganisationRow
    href: str
    kind: Label
    level: Label
    division: Label


class OrganisationsView(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, how many there are, and a page of them."""

    asked: dict[str, str]
    total: int
    kinds: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    provinces: tuple[Choice, ...]
    lines: tuple[OrganisationLine, ...]
    pages: Pages


class OrganisationView(msgspec.Struct, frozen=True, kw_only=True):
    """One organisation."""

    line: OrganisationLine
    told: OrganisationShown
    buys: int
    """Purchases that it is the buyer of."""
    wins: int
    buying: tuple[PurchaseLine, ...]
    winning: tuple[PurchaseLine, ...]
    held: tuple[Pairing, ...]
    rejoin: str


def purchases_page(corpus: Corpus, request: Request) -> Page:
    """Purchases, the newest first: `?name=`, `?state=`, `?province=`, `?year=`, `?surveillance=1`,
    or those of one buyer (`?organisation=`) or winner (`?supplier=`).
    """
    questions = asked(request, (*PURCHASES, "page"))
    number = whole(questions, "page", 1) or 0
    year = whole(questions, "year")
    total, rows = corpus.purchases(
        limit=PAGE_SIZE,
        offset=max(number - 1, 0) * PAGE_SIZE,
        words=questions.get("name"),
        state=questions.get("state"),
        province=questions.get("province"),
        year=year,
        surveillance="surveillance" in questions,
        organisation=questions.get("organisation"),
        supplier=questions.get("supplier"),
    )
    view = PurchasesView(
        asked=questions,
        about=_about(corpus, questions),
        total=total,
        states=_choices("state", questions.get("state")),
        provinces=_provinces(questions.get("province")),
        lines=tuple(map(_purchase, rows)),
        pages=pages_of(total, number, "/purchases", questions),
    )
    return Page(template="purchases.html", title=words()["interface"]["purchases"], view=view)


def purchase_page(corpus: Corpus, request: Request) -> Page:
    """One purchase: its life, every sum and whether it counts, and why its notices are one."""
    asked(request, ())
    id = request.path_params["id"]
    told = corpus.purchase(id)
    if told is None:
        raise Missing(Label(f"a purchase “{id}”", f"采购项目“{id}”"))
    name = told.row.name or told.row.id
    titles = {step.notice: step.title or step.notice for step in told.history}
    stated = {
        step.notice: StatedIn(number=place, type=label_of("type", step.notice_type))
        for place, step in enumerate(told.history, 1)
    }
    view = PurchaseView(
        line=_purchase(told.row),
        told=told,
        counts=tuple(
            label_of("counts", "yes" if each.counts else each.why_not) for each in told.sums
        ),
        stated_in=tuple(stated[each.notice] for each in told.sums),
        undated=sum(day_of(step.published) is None for step in told.history),
        held=tuple(_pairing(each, titles) for each in told.held),
        rejoin=f"tenderlight apart CORPUS NOTICE {told.row.id} --because … --by …",
    )
    return Page(template="purchase.html", title=Label(name, name), view=view, only_json=told)


def organisations_page(corpus: Corpus, request: Request) -> Page:
    """Organisations, those in most notices first: `?name=`, `?kind=`, `?level=`, `?province=`."""
    questions = asked(request, (*ORGANISATIONS, "page"))
    number = whole(questions, "page", 1) or 0
    total, rows = corpus.organisations(
        limit=PAGE_SIZE,
        offset=max(number - 1, 0) * PAGE_SIZE,
        words=questions.get("name"),
        kind=questions.get("kind"),
        level=questions.get("level"),
        province=questions.get("province"),
    )
    view = OrganisationsView(
        asked=questions,
        total=total,
        kinds=tuple(
            Choice(
                id=each.id, label=Label(each.en, each.zh), chosen=each.id == questions.get("kind")
            )
            for each in kinds(corpus.definitions.buyer).values()
        ),
        levels=_choices("level", questions.get("level")),
        provinces=_provinces(questions.get("province")),
        lines=tuple(_organisation(row, corpus.definitions.buyer) for row in rows),
        pages=pages_of(total, number, "/organisations", questions),
    )
    title = words()["interface"]["organisations"]
    return Page(template="organisations.html", title=title, view=view)


def organisation_page(corpus: Corpus, request: Request) -> Page:
    """One organisation: its names as written, what it buys and wins, and why the names are one."""
    asked(request, ())
    id = request.path_params["id"]
    told = corpus.organisation(id)
    if told is None:
        raise Missing(Label(f"an organisation “{id}”", f"机构“{id}”"))
    buys, buying = corpus.purchases(limit=10, organisation=told.row.id)
    wins, winning = corpus.purchases(limit=10, supplier=told.row.id)
    names = dict(zip(told.nodes, told.names, strict=True))
    view = OrganisationView(
        line=_organisation(told.row, corpus.definitions.buyer),
        told=told,
        buys=buys,
        wins=wins,
        buying=tuple(map(_purchase, buying)),
        winning=tuple(map(_purchase, winning)),
        held=tuple(_pairing(each, names) for each in told.held),
        rejoin=f"tenderlight apart CORPUS NAME {told.row.id} --because … --by …",
    )
    title = Label(told.row.name_en or told.row.name, told.row.name)
    return Page(template="organisation.html", title=title, view=view, only_json=told)


def events_of(view: PurchaseView, lang: str) -> list[Event]:
    """Its notices for the picture, numbered as in the list."""
    return [
        Event(
            number=place,
            kind=step.notice_type,
            day=step.published,
            label=label_of("type", step.notice_type).first(lang),
            href=f"#step-{step.notice}",
            copy=step.copy_of is not None,
        )
        for place, step in enumerate(view.told.history, 1)
    ]


def sums_of(row: PurchaseRow) -> tuple[SumOf, ...]:
    """Budget, ceiling, award and contract of a purchase, side by side, where any is stated."""
    told = (
        SumOf(
            field=field,
            label=label_of("sum", field),
            amount_cny=getattr(row, f"{field}_cny"),
            unsure=getattr(row, f"{field}_unsure"),
            foreign=getattr(row, f"{field}_foreign"),
        )
        for field in SUMS
    )
    return tuple(
        each for each in told if each.amount_cny is not None or each.unsure or each.foreign
    )


def _purchase(row: PurchaseRow) -> PurchaseLine:
    return PurchaseLine(
        row=row,
        href=link(f"/purchases/{row.id}"),
        state=label_of("state", row.state),
        division=division_label(row.county_code or row.province_code),
        sums=sums_of(row),
    )


def _organisation(row: OrganisationRow, own: Own) -> OrganisationLine:
    known = {each.id: Label(each.en, each.zh) for each in kinds(own).values()}
    code = row.county_code or row.province_code
    return OrganisationLine(
        row=row,
        href=link(f"/organisations/{row.id}"),
        kind=known.get(row.kind or "", label_of("level", None)),
        level=label_of("level", row.level),
        division=Label(display_name(code, "en"), display_name(code)) if code else Label("", ""),
    )


def _pairing(held: Held, names: Mapping[str, str]) -> Pairing:
    rules = dict.fromkeys(reason.rule for reason in held.reasons)
    return Pairing(
        held=held,
        first=names.get(held.first, held.first),
        second=names.get(held.second, held.second),
        why=tuple(label_of("reason", rule) for rule in rules),
        decided=held.strength > 100,
    )


def _choices(section: str, chosen: str | None) -> tuple[Choice, ...]:
    return tuple(
        Choice(id=id, label=label, chosen=id == chosen) for id, label in words()[section].items()
    )


def _provinces(chosen: str | None) -> tuple[Choice, ...]:
    return tuple(
        Choice(id=each.code, label=Label(each.en, each.zh), chosen=each.code == chosen)
        for each in PROVINCES
    )


def _about(corpus: Corpus, questions: Mapping[str, str]) -> Label | None:
    id = questions.get("organisation") or questions.get("supplier")
    if id is None:
        return None
    told = corpus.organisation(id)
    if told is None:
        raise Missing(Label(f"an organisation “{id}”", f"机构“{id}”"))
    return Label(told.row.name_en or told.row.name, told.row.name)
