"""What was read held against what was put in: right, missed, marked or wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from bench.layouts.truth import Made, Truth
from bench.score import bare
from tenderlight.fields import find_fields
from tenderlight.model import Cited, Fields, Reading
from tenderlight.plain import simplify
from tenderlight.reading import Attached, read_document

Outcome = Literal["right", "guessed", "missed", "marked", "wrong"]
TEXTS = ("notice_type", "procedure", "title", "project_name", "project_number", "buyer", "agency")
MOMENTS = ("published", "opening")
SUMS = ("budget", "ceiling")
FIELDS = (*TEXTS, *MOMENTS, *SUMS, "winners", "award_amounts", "items", "item_details", "lots")


class Verdict(NamedTuple):
    """How one value of one field came out."""

    field: str
    outcome: Outcome
    truth: str
    read: str
    rule: str = ""


def read(made: Made) -> Reading:
    """The notice as our readers give it, its attachment with it."""
    attached = [
        Attached(name, hashlib.sha256(payload).hexdigest(), len(payload), lambda p=payload: p)
        for name, payload in made.attached
    ]
    return read_document(made.payload, made.file, attached)


def judge(made: Made) -> list[Verdict]:
    """Every field of a notice; none for what is neither printed nor read."""
    return list(verdicts(made.truth, find_fields(read(made), None)))


def verdicts(truth: Truth, fields: Fields) -> Iterator[Verdict]:
    """Each field of two statements of one notice."""
    for field in (*TEXTS, *MOMENTS, *SUMS):
        put_in = getattr(truth, field)
        cited: Cited[object] | None = getattr(fields, field)
        if put_in is None and cited is None:
            continue
        out = cited.value if cited is not None else None
        rule = cited.rule if cited is not None else ""
        outcome = _outcome(truth, field, put_in, out, fields)
        yield Verdict(field, outcome, str(put_in), _shown(out), rule)
    yield from _counted("winners", *_winners(truth, fields), fields)
    yield from _counted("award_amounts", *_amounts(truth, fields), fields)
    for amount in sorted((_unsure(truth) & _read_amounts(fields)).elements()):
        yield Verdict("award_amounts", "guessed", "-", amount)
    yield from _counted("items", *_items(truth, fields), fields)
    yield from _details(truth, fields)
    if (truth.lots or 1) != (fields.lots.value if fields.lots else 1):
        outcome = "wrong" if fields.lots else "missed"
        yield Verdict("lots", outcome, str(truth.lots), _shown(fields.lots and fields.lots.value))
    elif truth.lots:
        yield Verdict("lots", "right", str(truth.lots), str(truth.lots))


def _outcome(truth: Truth, field: str, put_in: object, out: object, fields: Fields) -> Outcome:
    if out is None:
        return "missed"
    if field in truth.disputed and _same(field, put_in, out):
        return "right" if _is_marked(field, fields) else "missed"
    if field in truth.unsure and _same(field, truth.unsure[field], out):
        return "guessed"
    if put_in is not None and _same(field, put_in, out):
        return "right"
    return "marked" if _is_marked(field, fields) else "wrong"


def _same(field: str, put_in: object, out: object) -> bool:
    if field in SUMS:
        return bool(
            getattr(out, "amount", None) == put_in and getattr(out, "currency", "") == "CNY"
        )
    if field in MOMENTS:
        printed, said = str(put_in), str(out)
        return printed[:10] == said[:10] and said[10:] in (
            "",
            printed[10:],
            said[10:] * (not printed[10:]),
        )
    if field == "project_name":  # a title does not tell `门禁采购` from the 采购 of `采购公告`
        return _bare(put_in).removesuffix("采购") == _bare(out).removesuffix("采购")
    return _bare(put_in) == _bare(out)


def _bare(value: object) -> str:
    return bare(simplify(str(value)))


def _is_marked(field: str, fields: Fields) -> bool:
    """A Problem names the field; for awards and items also its parts."""
    name = field.replace("_", "-")
    group = {"award_amounts": "awards", "winners": "awards", "item_details": "items"}.get(field)
    return any(
        problem.code == f"fields.{name}-disagree"
        or (problem.where or "").split(".")[0] in (field, group)
        for problem in fields.problems
    )


def _counted(
    field: str, put_in: Counter[str], out: Counter[str], fields: Fields
) -> Iterator[Verdict]:
    for value in (put_in & out).elements():
        yield Verdict(field, "right", value, value)
    extra, missed = sorted((out - put_in).elements()), sorted((put_in - out).elements())
    for place, value in enumerate(extra):
        outcome: Outcome = "marked" if _is_marked(field, fields) else "wrong"
        yield Verdict(field, outcome, missed[place] if place < len(missed) else "-", value)
    for value in missed[len(extra) :]:
        yield Verdict(field, "missed", value, "-")


def _winners(truth: Truth, fields: Fields) -> tuple[Counter[str], Counter[str]]:
    put_in = Counter(_bare(win.supplier) for win in truth.awards)
    return put_in, Counter(_bare(award.supplier.value) for award in fields.awards)


def _amounts(truth: Truth, fields: Fields) -> tuple[Counter[str], Counter[str]]:
    put_in = Counter(
        f"{_bare(win.supplier)} {win.amount.normalize():f}"
        for win in truth.awards
        if win.amount is not None
    )
    return put_in, _read_amounts(fields) - _unsure(truth)


def _read_amounts(fields: Fields) -> Counter[str]:
    return Counter(
        f"{_bare(award.supplier.value)} {award.amount.amount.normalize():f}"
        for award in fields.awards
        if award.amount is not None
    )


def _unsure(truth: Truth) -> Counter[str]:
    return Counter(
        f"{_bare(win.supplier)} {win.unsure.normalize():f}"
        for win in truth.awards
        if win.unsure is not None
    )


def _items(truth: Truth, fields: Fields) -> tuple[Counter[str], Counter[str]]:
    put_in = Counter(f"{_bare(thing.name)} {thing.quantity}" for thing in truth.items)
    out = Counter(
        f"{_bare(item.name.value)} {_number(item.quantity.value if item.quantity else None)}"
        for item in fields.items
    )
    return put_in, out


def _details(truth: Truth, fields: Fields) -> Iterator[Verdict]:
    """Brand, model, unit and unit price of items that were found by name."""
    things = {_bare(thing.name): thing for thing in truth.items}
    for item in fields.items:
        thing = things.get(_bare(item.name.value))
        if thing is None:
            continue
        price = item.unit_price.value.amount if item.unit_price else None
        for name, put_in, out in (
            ("brand", thing.brand, item.brand and item.brand.value),
            ("model", thing.model, item.model and item.model.value),
            ("unit", thing.unit, item.unit and item.unit.value),
            ("price", _number(thing.price), _number(price)),
        ):
            if put_in is None and out is None:
                continue
            same = put_in is not None and out is not None and _bare(put_in) == _bare(out)
            outcome: Outcome = "right" if same else "missed" if out is None else "wrong"
            yield Verdict("item_details", outcome, f"{name} {put_in}", f"{name} {out}")


def _number(value: Decimal | int | None) -> str | None:
    return None if value is None else f"{Decimal(value).normalize():f}"


def _shown(value: object) -> str:
    amount = getattr(value, "amount", None)
    return str(value) if amount is None else f"{amount} {getattr(value, 'currency', '')}"
