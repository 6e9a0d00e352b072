"""How well invented purchases are joined and counted, read as pages or given as fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bench.purchases.joined import Joined, Score, join, score
from bench.purchases.made import Draft, World
from bench.purchases.printed import page_of, sign_of
from tenderlight.fields import find_fields
from tenderlight.places import find_place
from tenderlight.purchases import Member, Purchase, Sign, find_sign, tell
from tenderlight.reading import read_document


@dataclass(frozen=True)
class Measured:
    """One world, joined."""

    purchases: int
    notices: int
    score: Score
    joined: Joined
    signs: dict[str, Sign]
    whole: int
    """Purchases of which every notice, and no other, is in one group."""
    totals: dict[str, tuple[int, int]]
    """By field: of how many purchases the total is exactly right, of how many there is one."""
    wrong: list[tuple[str, str, Decimal | None, Decimal | None]]
    """Purchase, field, what is true, what we say."""


def measure(world: World, pages: int = 0) -> Measured:
    """Join all notices of a world; so many of its purchases are printed and read as real pages."""
    read = set(list(world.totals)[:pages])
    signs = {
        draft.id: read_sign(draft) if draft.purchase in read else sign_of(draft)
        for draft in world.drafts
    }
    joined, truth = join(signs), world.truth()
    totals, wrong = _count(world, signs)
    return Measured(
        purchases=len(world.totals),
        notices=len(signs),
        score=score(joined.groups, truth),
        joined=joined,
        signs=signs,
        whole=len({tuple(sorted(each)) for each in truth} & set(joined.groups)),
        totals=totals,
        wrong=wrong,
    )


def read_sign(draft: Draft) -> Sign:
    """The sign of a draft that is printed as a page and read like any other."""
    reading = read_document(page_of(draft), f"{draft.id}.html")
    fields = find_fields(reading, None)
    return find_sign(reading, fields, find_place(reading, fields, None))


def told(notices: Iterable[str], signs: Mapping[str, Sign]) -> Purchase:
    """The purchase that these notices tell."""
    return tell([Member(notice=each, order=n, sign=signs[each]) for n, each in enumerate(notices)])


def _count(
    world: World, signs: Mapping[str, Sign]
) -> tuple[dict[str, tuple[int, int]], list[tuple[str, str, Decimal | None, Decimal | None]]]:
    """Sums of the true groups, so that what is measured is the counting and not the joining."""
    right, all_, wrong = Counter[str](), Counter[str](), []
    groups = {signs_of[0].rsplit("-")[0]: signs_of for signs_of in world.truth()}
    for purchase, true in world.totals.items():
        sums = {t.field: t.amount for t in told(groups[purchase], signs).totals if t.sums}
        for field in ("budget", "award", "contract"):
            if field in true or field in sums:
                all_[field] += 1
                right[field] += true.get(field) == sums.get(field)
                if true.get(field) != sums.get(field):
                    wrong.append((purchase, field, true.get(field), sums.get(field)))
    return {field: (right[field], all_[field]) for field in sorted(all_)}, wrong
