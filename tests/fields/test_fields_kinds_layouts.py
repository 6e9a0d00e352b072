"""Notices of each kind in every layout of the generator: what was put in comes out."""

from collections.abc import Callable

import pytest

from bench.layouts.making import make
from bench.layouts.truth import Made
from tenderlight.fields import find_fields
from tenderlight.model import Fields
from tenderlight.plain import simplify
from tenderlight.reading import Attached, read_document

SEEDS = 20
REASONS = ("有效投标人不足三家", "因重大变故,采购任务取消", "符合条件的供应商不足三家,本项目废标")


def fields_of(made: Made) -> Fields:
    beside = [
        Attached(name, "", len(payload), lambda payload=payload: payload)
        for name, payload in made.attached
    ]
    return find_fields(read_document(made.payload, made.file, beside), None)


def moves_the_opening(made: Made, fields: Fields) -> bool:
    if made.truth.opening is None:
        return all("截止" not in change.what.value for change in fields.changes)
    return any(change.was and change.now for change in fields.changes)


def says_why_it_failed(made: Made, fields: Fields) -> bool:
    return fields.why is not None and any(
        reason in simplify(fields.why.value) and len(fields.why.value) < len(reason) + 20
        for reason in REASONS
    )


def says_why_one_supplier(made: Made, fields: Fields) -> bool:
    return fields.why is not None and "原厂商" in simplify(fields.why.value)


def is_signed_under_a_number(made: Made, fields: Fields) -> bool:
    kinds = [number.kind for number in fields.numbers]
    return fields.signed is not None and kinds.count("contract") == 1


CASES: list[tuple[str, Callable[[Made, Fields], bool]]] = [
    ("correction", moves_the_opening),
    ("termination", says_why_it_failed),
    ("single_source", says_why_one_supplier),
    ("single_source", lambda made, fields: len(fields.proposed) == 1),
    ("contract", is_signed_under_a_number),
    (
        "intention",
        lambda made, fields: fields.planned is not None and fields.planned.value[5:] == "12",
    ),
    (
        "acceptance",
        lambda made, fields: fields.accepted is not None and fields.accepted.value[:2] == "合格",
    ),
    (
        "tender",
        lambda made, fields: not (fields.changes or fields.proposed or fields.why or fields.signed),
    ),
]


@pytest.mark.parametrize("mix", ["mainstream", "hard"])
@pytest.mark.parametrize(("kind", "holds"), CASES)
def test_what_a_kind_of_notice_states_is_read_in_every_layout(
    mix: str, kind: str, holds: Callable[[Made, Fields], bool]
) -> None:
    wrong = []
    for seed in range(SEEDS):
        made = make(mix, seed, kind=kind)
        if not holds(made, fields_of(made)):
            wrong.append((seed, made.recipe["layout"]))
    assert wrong == []
