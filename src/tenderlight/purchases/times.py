"""When the notices of one purchase can follow each other. All limits are in days."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from tenderlight.model import NoticeType

STAGES: dict[NoticeType, int] = {
    "intention": 0,
    "other": 1,
    "prequalification": 1,
    "tender": 2,
    "single_source": 2,
    "correction": 3,
    "candidates": 4,
    "award": 5,
    "termination": 5,
    "contract": 6,
    "acceptance": 7,
}
_STARTS = (0, 90, 180, 200, 260, 300, 400, 1200)
"""The day by which a stage is reached at the latest, counted from an intention: a judgement, held
against `bench/purchases` (seeds 1 and 2); wide, since a date alone never joins two notices."""
REPOST = 21
"""A portal prints again within these days what another one has printed."""
AGAIN = 240
"""A purchase that failed is tried again within these days."""
LONGEST = 300
"""Notices of one round of one purchase, up to its contract, are not further apart than this."""
EARLIEST = -4
"""A later stage can be printed a few days before an earlier one: portals are slow."""


@lru_cache(maxsize=8192)
def _ordinal(day: str) -> int | None:
    try:
        return dt.date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def days_between(first: str, second: str) -> int | None:
    """From one day to another; None where one of them is not known.

    >>> days_between("2022-06-13", "2022-07-13"), days_between("", "2022-07-13")
    (30, None)
    """
    if not first or not second:
        return None
    one, other = _ordinal(first), _ordinal(second)
    return None if one is None or other is None else other - one


def may_follow(earlier: NoticeType, later: NoticeType, days: int) -> bool:
    """Whether notices of these types, so many days apart, can be of one round of one purchase.

    >>> may_follow("tender", "award", 40), may_follow("award", "tender", 40)
    (True, False)
    """
    one, other = STAGES[earlier], STAGES[later]
    if one > other:
        return may_follow(later, earlier, -days)
    if "correction" in (earlier, later):
        return (-120 if other > 3 else EARLIEST) <= days <= (150 if one else 300)
    if earlier == later:
        return abs(days) <= (REPOST if other < 6 else 60)
    if one == other:
        return abs(days) <= 60
    return EARLIEST <= days <= _reach(one, other)


def cannot_follow(earlier: NoticeType, later: NoticeType, days: int) -> bool:
    """Whether they are too far apart for any purchase: the same is bought again a year later.

    >>> cannot_follow("tender", "award", 400), cannot_follow("tender", "award", 200)
    (True, False)
    """
    if STAGES[earlier] > STAGES[later]:
        return cannot_follow(later, earlier, -days)
    if {earlier, later} <= {"contract", "acceptance"}:
        return False
    most = {"contract": 420, "acceptance": 1200}.get(later, LONGEST)
    if {earlier, later} & {"correction", "termination"} or earlier == later:
        return abs(days) > most
    return days < -LONGEST // 5 or days > most + 120 * (earlier == "intention")


def _reach(one: int, other: int) -> int:
    """Within how many days of stage one the other is reached: at least five months."""
    return max(_STARTS[other] - _STARTS[one], 150)
