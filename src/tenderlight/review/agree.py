"""How far reviewers who did not see each other agree, beyond what chance would give. Pure.

Cohen's kappa for two reviewers (Cohen 1960); Krippendorff's alpha for any number of them, with
answers missing (Krippendorff, Content Analysis, ch. 11; nominal data). 1: they always agree; 0: as
often as chance; below 0: less often.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from tenderlight.review.decided import Pair, Reviewed, standing
from tenderlight.review.settle import TRUTH, latest

Ratings = Mapping[str, str]
"""Of one case: who said what."""


class Between(msgspec.Struct, frozen=True, kw_only=True):
    """Two reviewers, over the cases that both answered."""

    one: str
    other: str
    cases: int
    same: int
    kappa: float | None
    """None where both always said one and the same thing: then chance explains all of it."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Of one technology, or of all."""

    subject: str
    """Empty: of all."""
    cases: int
    """Answered by two or more who did not see each other."""
    reviewers: int
    same: int
    """Cases in which all of them said the same."""
    alpha: float | None
    between: tuple[Between, ...]


def agreement(lines: Iterable[Reviewed]) -> tuple[Agreement, ...]:
    """Of each technology with two or more answers on one case; of all of them first.

    Of each reviewer the newest answer counts that was not given in sight of the others. Compared is
    what they say about "the notice buys it": bought, not bought, unsure.
    """
    by_pair: dict[Pair, list[Reviewed]] = defaultdict(list)
    for line in standing(lines):
        if not line.resolves:
            by_pair[line.pair].append(line)
    rated: dict[str, list[Ratings]] = defaultdict(list)
    for pair in sorted(by_pair):
        told = {each.by: said(each) for each in latest(by_pair[pair])}
        if len(told) > 1:
            rated[pair.subject].append(told)
    everything = [told for each in rated.values() for told in each]
    named = [("", everything)] if len(rated) > 1 else []
    return tuple(_agreed(name, cases) for name, cases in [*named, *sorted(rated.items())])


def said(line: Reviewed) -> str:
    """What an answer says about "the notice buys it"."""
    truth = TRUTH.get(line.answer)
    return "unsure" if truth is None else "bought" if truth else "not bought"


def cohen_kappa(answers: Sequence[tuple[str, str]]) -> float | None:
    """Kappa of two reviewers, a tuple for each case; None where it is not defined.

    >>> grants = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    >>> round(cohen_kappa(grants), 3)
    0.4
    """
    if not answers:
        return None
    size = len(answers)
    same = sum(1 for one, other in answers if one == other) / size
    ones, others = Counter(one for one, _ in answers), Counter(other for _, other in answers)
    chance = sum(count * others[what] for what, count in ones.items()) / size**2
    return None if chance == 1 else (same - chance) / (1 - chance)


def krippendorff_alpha(cases: Iterable[Ratings]) -> float | None:
    """Alpha for nominal data; cases with one answer say nothing. None where it is not defined.

    >>> two = zip("0100000010", "1110010000")
    >>> round(krippendorff_alpha({"a": one, "b": other} for one, other in two), 3)
    0.095
    """
    counts = [Counter(told.values()) for told in cases if len(told) > 1]
    totals: Counter[str] = Counter()
    apart = 0.0
    for each in counts:
        size = each.total()
        totals += each
        apart += (size**2 - sum(count**2 for count in each.values())) / (size - 1)
    size = totals.total()
    by_chance = size**2 - sum(count**2 for count in totals.values())
    return None if by_chance == 0 else 1 - (size - 1) * apart / by_chance


def _agreed(subject: str, cases: Sequence[Ratings]) -> Agreement:
    names = sorted({name for told in cases for name in told})
    return Agreement(
        subject=subject,
        cases=len(cases),
        reviewers=len(names),
        same=sum(1 for told in cases if len(set(told.values())) == 1),
        alpha=krippendorff_alpha(cases),
        between=tuple(
            found for one, other in combinations(names, 2) if (found := _between(one, other, cases))
        ),
    )


def _between(one: str, other: str, cases: Sequence[Ratings]) -> Between | None:
    both = [(told[one], told[other]) for told in cases if one in told and other in told]
    if not both:
        return None
    same = sum(1 for mine, its in both if mine == its)
    return Between(one=one, other=other, cases=len(both), same=same, kappa=cohen_kappa(both))
