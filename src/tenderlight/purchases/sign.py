"""All that says which purchase a notice is about, and what it says that it costs. A step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import msgspec

from tenderlight.model import Award, Fields, Money, NoticeType, Place, Reading, Statement
from tenderlight.plain import simplify
from tenderlight.purchases.marks import ProjectName, read_lot, read_name
from tenderlight.purchases.numbers import Known, read_numbers
from tenderlight.purchases.wording import fingerprint

SumField = Literal["budget", "ceiling", "award", "contract"]
MOST_NUMBERS = 8
MOST_SUMS = 200
"""Sums of one notice that are taken: longer tables of awards are price lists."""
SURE = 50
"""The confidence from which a place counts."""
_NOISE = re.compile(r"[\W_]+")
_OFFICE = re.compile(r"[(（](?:本级|机关|本部|局机关|本院)[)）]")
_DAY = re.compile(r"20\d\d-\d\d-\d\d")


class Stated(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sum as one notice states it."""

    field: SumField
    number: int = -1
    """Of an award or a contract its index in `Fields.awards`; of a lot's budget or ceiling its
    index in `Fields.by_lot`; -1: of the whole notice."""
    lot: str = ""
    """Made comparable by `marks.read_lot`; empty: of no lot in particular."""
    supplier: str = ""
    """Folded. As printed it stands in the table `award`, masked, under `number`."""
    amount: Decimal | None = None
    """None where what is printed is no certain sum."""
    currency: str = "CNY"
    why: str = ""
    """Why there is no certain sum: a word of `model.Why`, or `not-stated`."""
    rank: int | None = None


class Sign(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which purchase a notice is about, as it can be told from the notice alone."""

    type: NoticeType | None = None
    date: str = ""
    """The day of publication, `2022-06-13`; empty: not known."""
    opening: str = ""
    """The day on which bids are opened."""
    signed: str = ""
    numbers: tuple[Known, ...] = ()
    name: ProjectName = ProjectName()
    buyer: str = ""
    """Folded: `青渡县公安局`."""
    buyer_code: str = ""
    agency: str = ""
    division: str = ""
    """The finest division that is known for sure, `420500`."""
    portal: str = ""
    """The source, where a manifest names it."""
    suppliers: tuple[str, ...] = ()
    """All that are named: they win, rank or are proposed."""
    sums: tuple[Stated, ...] = ()
    lines: tuple[int, ...] = ()
    """Digests that stand for its sentences: `wording.fingerprint`."""


def find_sign(
    reading: Reading, fields: Fields, place: Place | None, stated: Statement | None = None
) -> Sign:
    """What a notice says of the purchase it belongs to: its numbers, its name without phase, year,
    lot and round, who buys, when, for how much and from whom, and digests of its sentences.
    """
    name = _name(fields)
    return Sign(
        type=fields.notice_type.value if fields.notice_type else None,
        date=_day(fields.published.value if fields.published else ""),
        opening=_day(fields.opening.value if fields.opening else ""),
        signed=_day(fields.signed.value if fields.signed else ""),
        numbers=_numbers(fields),
        name=name,
        buyer=fold_name(fields.buyer.value) if fields.buyer else "",
        buyer_code=fields.buyer_code.value if fields.buyer_code else "",
        agency=fold_name(fields.agency.value) if fields.agency else "",
        division=_division(place),
        portal=(stated.source or "") if stated else "",
        suppliers=_suppliers(fields),
        sums=tuple(_sums(fields, name))[:MOST_SUMS],
        lines=fingerprint(reading),
    )


def fold_name(printed: str) -> str:
    """An organisation's name made comparable: script, width, spaces and brackets folded away.

    >>> fold_name("青渡縣公安局（本级）")
    '青渡县公安局'
    """
    return _NOISE.sub("", simplify(_OFFICE.sub("", printed[:100])))


def round_of(sign: Sign) -> int:
    """The round that a notice states in its title, name or number; 0: none."""
    return max(sign.name.round, *(number.round for number in sign.numbers), 0)


def _name(fields: Fields) -> ProjectName:
    """What the project's name says, and which lot and round the title adds to it."""
    title = read_name(fields.title.value) if fields.title else ProjectName()
    if fields.project_name is None:
        return title
    name = read_name(fields.project_name.value)
    return msgspec.structs.replace(
        name,
        lots=name.lots or title.lots,
        round=max(name.round, title.round),
        years=name.years or title.years,
        parts=name.parts or title.parts,
    )


def _numbers(fields: Fields) -> tuple[Known, ...]:
    found: dict[str, Known] = {}
    if fields.project_number is not None:
        for known in read_numbers(fields.project_number.value):
            found.setdefault(known.core, known)
    for number in fields.numbers:
        if number.kind in ("lot", "record"):
            continue
        for known in read_numbers(number.number.value, number.kind):
            found.setdefault(known.core, known)
    return tuple(found.values())[:MOST_NUMBERS]


def _day(printed: str) -> str:
    return printed[:10] if _DAY.match(printed) else ""


def _division(place: Place | None) -> str:
    """Where the buyer sits. A place that only an agency's name speaks for says nothing here."""
    if place is None or 0 < place.confidence < SURE:
        return ""
    return place.county.value if place.county else place.province.value


def _suppliers(fields: Fields) -> tuple[str, ...]:
    named = [award.supplier.value for award in fields.awards]
    named += [each.value for each in fields.proposed]
    return tuple(dict.fromkeys(fold_name(each) for each in named if each))[:MOST_SUMS]


def _sums(fields: Fields, name: ProjectName) -> Iterator[Stated]:
    lot = name.lots[0] if len(name.lots) == 1 else ""
    unsettled = {each.field: each.why for each in fields.unsettled}
    if fields.budget is not None:
        yield _of(fields.budget.value, "budget", lot)
    elif why := unsettled.get("budget", unsettled.get("planned", "")):
        yield Stated(field="budget", lot=lot, why=why)
    if fields.ceiling is not None:
        yield _of(fields.ceiling.value, "ceiling", lot)
    elif why := unsettled.get("ceiling", ""):
        yield Stated(field="ceiling", lot=lot, why=why)
    for number, each in enumerate(fields.by_lot):
        of = read_lot(each.name.value)
        if each.budget is not None:
            yield _of(each.budget.value, "budget", of, number)
        if each.ceiling is not None:
            yield _of(each.ceiling.value, "ceiling", of, number)
    kind = fields.notice_type.value if fields.notice_type else None
    field: SumField = "contract" if kind in ("contract", "acceptance") else "award"
    for number, award in enumerate(fields.awards):
        yield _award(award, field, number, lot)


def _of(money: Money, field: SumField, lot: str, number: int = -1) -> Stated:
    return Stated(field=field, number=number, lot=lot, amount=money.amount, currency=money.currency)


def _award(award: Award, field: SumField, number: int, lot: str) -> Stated:
    money = award.amount
    return Stated(
        field=field,
        number=number,
        lot=read_lot(award.lot.value) if award.lot else lot,
        supplier=fold_name(award.supplier.value),
        amount=money.amount if money else None,
        currency=money.currency if money else "CNY",
        why="" if money else award.why or ("unclear" if award.printed else "not-stated"),
        rank=award.rank,
    )
