"""Between which numbers the truth lies, and how two such intervals are put together. Pure.

Everywhere 95 %: of a hundred intervals so made, about ninety-five contain the truth. That is
measured, not only claimed: `bench/review_simulation.py`, docs/error.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import hypot

import msgspec

OUTSIDE = 0.05
"""How often the truth may lie outside: half of it on each side."""


class Interval(msgspec.Struct, frozen=True):
    """The best guess, and the two ends between which the truth lies."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> Interval:
        """All three, multiplied.

        >>> Interval(0.5, 0.25, 1.0).times(8)
        Interval(value=4.0, low=2.0, high=8.0)
        """
        return Interval(self.value * factor, self.low * factor, self.high * factor)


@lru_cache(maxsize=4096)
def jeffreys(right: float, looked: float) -> tuple[float, float]:
    """The ends of a share of which `right` of `looked` were seen: Jeffreys' interval.

    >>> [round(end, 3) for end in jeffreys(95, 100)]
    [0.894, 0.981]
    >>> [round(end, 3) for end in jeffreys(100, 100)]
    [0.975, 1.0]

    The quantiles of a beta distribution with a half added to both sides; 0 and 1 themselves where
    nothing else was seen. Brown, Cai and DasGupta (2001), "Interval Estimation for a Binomial
    Proportion", recommend it: its two errors are alike also where the share is near 0 or 1, which
    Wilson's are not, and it is not as wide as Clopper and Pearson's. Numbers need not be whole.
    """
    from scipy.special import betaincinv  # heavy: only where something was measured

    wrong = looked - right
    ends = betaincinv(right + 0.5, wrong + 0.5, [OUTSIDE / 2, 1 - OUTSIDE / 2])
    low = 0.0 if right < 1e-9 else float(ends[0])
    high = 1.0 if wrong < 1e-9 else float(ends[1])
    return low, high


def added(one: Interval, other: Interval) -> Interval:
    """The interval of a sum of two numbers that were measured apart.

    >>> added(Interval(10, 7, 14), Interval(20, 16, 23))
    Interval(value=30, low=25.0, high=35.0)

    Distances to the ends are put together as the sides of a right angle: the method of variance
    estimates recovery, Zou and Donner (2008), "Construction of confidence limits about effect
    measures".
    """
    return Interval(
        one.value + other.value,
        one.value + other.value - hypot(one.value - one.low, other.value - other.low),
        one.value + other.value + hypot(one.high - one.value, other.high - other.value),
    )


def share_of(part: Interval, rest: Interval) -> Interval | None:
    """The interval of `part / (part + rest)`, of two numbers that were measured apart.

    >>> share_of(Interval(90, 90, 90), Interval(10, 10, 10))
    Interval(value=0.9, low=0.9, high=0.9)

    None where both are nothing. An end is the share at which the difference between
    `(1 - share) * part` and `share * rest` may just be nothing, by the same method as `added`.
    """
    if part.value + rest.value <= 0:
        return None

    def highest(share: float) -> float:
        value = (1 - share) * part.value - share * rest.value
        return value + hypot(
            (1 - share) * (part.high - part.value), share * (rest.value - rest.low)
        )

    def lowest(share: float) -> float:
        value = (1 - share) * part.value - share * rest.value
        return value - hypot(
            (1 - share) * (part.value - part.low), share * (rest.high - rest.value)
        )

    value = part.value / (part.value + rest.value)
    low = _crossing(lowest, 0.0, value)
    return Interval(value, low, _crossing(highest, value, 1.0))


def _crossing(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that falls from above to below 0 crosses it, by halving."""
    for _ in range(60):
        middle = (low + high) / 2
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return round((low + high) / 2, 12)
