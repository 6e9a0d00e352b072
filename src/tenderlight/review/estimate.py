"""From the answers about a sample to how many of all there are. Pure.

*Precision* is the share of what is claimed that is true, *recall* the share of what is true that is
claimed, and the *corrected count* what is true of both: of what was found, and of what was missed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from math import inf

import msgspec

from tenderlight.review.intervals import Interval, added, jeffreys, share_of

Ends = Callable[[float, float], tuple[float, float]]
"""From how many were right of how many: the ends of the share. `bench/` compares several."""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """One stratum: how many there are, and what was seen of those that were looked at."""

    band: str = ""
    """Strata of one band are measured together, bands by themselves."""
    size: int
    right: int
    """Of those looked at: the notice buys the technology."""
    wrong: int
    unknown: int = 0
    """Looked at and not decided: unsure, disputed, or the text has changed."""

    @property
    def looked(self) -> int:
        """How many were looked at."""
        return self.decided + self.unknown

    @property
    def decided(self) -> int:
        """How many were looked at and decided."""
        return self.right + self.wrong


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """The error of one technology, as far as samples say. None: nobody has looked."""

    precision: Interval | None = None
    """The share of the claims that are true."""
    right: Interval | None = None
    """How many of the claims are true."""
    missed: Interval | None = None
    """How many of the notices without the claim should have it."""
    recall: Interval | None = None
    """The share of what is true that is claimed."""
    corrected: Interval | None = None
    """How many there are in truth: right and missed."""


def measure(
    found: Sequence[Looked], unfound: Sequence[Looked] = (), ends: Ends = jeffreys
) -> Measured:
    """Precision from strata of what was found, recall from strata of what was not.

    >>> told = measure([Looked(size=1000, right=95, wrong=5)])
    >>> [round(end) for end in (told.right.low, told.right.value, told.right.high)]
    [897, 950, 980]
    >>> told.recall is None
    True
    """
    right, missed = count_true(found, ends), count_true(unfound, ends)
    size = sum(each.size for each in found)
    if right is None:
        return Measured(missed=missed)
    precision = right.times(1 / size)
    if missed is None:
        return Measured(precision=precision, right=right)
    return Measured(
        precision=precision,
        right=right,
        missed=missed,
        recall=share_of(right, missed),
        corrected=added(right, missed),
    )


def count_true(strata: Sequence[Looked], ends: Ends = jeffreys) -> Interval | None:
    """How many are true in all strata together, with the interval; None where none was looked at.

    >>> count_true([Looked(size=40, right=38, wrong=2)])  # all were looked at
    Interval(value=38.0, low=38.0, high=38.0)

    Each stratum counts by its size; bands are put together as the found and the missed are. What
    nobody could decide is left out of the value, and taken for wrong in the low end and for right
    in the high end: the interval holds whatever it is. A stratum of which nothing was looked at yet
    is taken together with its neighbour.
    """
    bands: dict[str, list[Looked]] = {}
    for each in _together(strata):
        bands.setdefault(each.band, []).append(each)
    counted = [_count_band(known, ends) for known in bands.values()]
    return reduce(added, counted) if counted else None


def _count_band(known: Sequence[Looked], ends: Ends) -> Interval:
    size = sum(each.size for each in known)
    lowest = [(each.size, each.right, each.looked) for each in known]
    highest = [(each.size, each.right + each.unknown, each.looked) for each in known]
    decided = [(each.size, each.right, each.right + each.wrong) for each in known if each.decided]
    low, high = _ends(lowest, ends)[0], _ends(highest, ends)[1]
    fewest = sum(each.right for each in known)
    most = size - sum(each.wrong for each in known)
    low, high = max(low * size, fewest), min(high * size, most)
    middle = _share(decided) * size if decided else (low + high) / 2
    return Interval(min(max(middle, low), high), low, high)


Told = Sequence[tuple[int, int, int]]
"""Of each stratum: its size, how many were right, how many were looked at."""


def _share(strata: Told) -> float:
    size = sum(n for n, _, _ in strata)
    return sum(n / size * right / looked for n, right, looked in strata)


def _ends(strata: Told, ends: Ends) -> tuple[float, float]:
    """The interval of the share: for as many cases as the sample is worth.

    Korn and Graubard (1998), "Confidence intervals for proportions with small expected number of
    positive counts estimated from survey data": a sample in strata is worth as many cases drawn
    from all alike as would give the share with the same variance. More where strata differ or where
    most of a stratum was looked at, less where small strata were looked at more.
    """
    share = _share(strata)
    worth = _worth(strata)
    if worth == inf:
        return share, share
    return ends(round(share * worth, 9), round(worth, 9))


def _worth(strata: Told) -> float:
    """How many cases drawn from all alike the sample is worth.

    The share of a stratum is drawn towards that of all by one case, and that of all towards the
    middle by half a case: else three right ones of three would say that no error can be there. The
    variance of so few is made larger by what that drawing took from it.
    """
    size = sum(n for n, _, _ in strata)
    seen = sum(looked for _, _, looked in strata)
    overall = (_share(strata) * seen + 0.5) / (seen + 1)
    variance = mean = 0.0
    for n, right, looked in strata:
        weight, near = n / size, (right + overall) / (looked + 1)
        few = (looked + 1) ** 2 / (looked**2 + looked + 1)
        rest = (n - looked) / max(n - 1, 1)
        variance += weight**2 * rest * few * near * (1 - near) / looked
        mean += weight * near
    return mean * (1 - mean) / variance if variance > 0 else inf


def _together(strata: Sequence[Looked]) -> list[Looked]:
    """Strata that were looked at, with the neighbours that were not."""
    known: list[Looked] = []
    waiting = 0
    for each in strata:
        if each.looked:
            known.append(msgspec.structs.replace(each, size=each.size + waiting))
            waiting = 0
        elif known:
            known[-1] = msgspec.structs.replace(known[-1], size=known[-1].size + each.size)
        else:
            waiting += each.size
    return known
