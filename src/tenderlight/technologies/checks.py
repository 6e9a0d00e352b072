"""Figures of one notice held against each other: what does not agree is shown, never smoothed.

Every check is one small function from what a notice states to the mismatches in it, and stands in
`CHECKS`. A check says nothing where a figure may be about something else: a peak, one server, one
camera, what exists already. Both figures stay as they are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

import msgspec

from tenderlight.model import Fields, Item, Mismatch, Quantity, Reading
from tenderlight.technologies.checks_counts import (
    cameras_by_spots,
    from_to,
    table_by_text,
    two_totals,
)
from tenderlight.technologies.checks_money import price_by_quantity, rows_by_award
from tenderlight.technologies.checks_rates import cameras_by_faces, per_day, storage_by_capacity
from tenderlight.technologies.quantities import LARGEST
from tenderlight.technologies.stated import Stated

MOST_MISMATCHES = 20


class Check(NamedTuple):
    """A check: its name, what it holds against what, and the function."""

    name: str
    en: str
    zh: str
    find: Callable[[Stated], Iterator[Mismatch]]


CHECKS = (
    Check(
        "per-day-per-minute",
        "Faces a day against faces a minute",
        "每日人脸数与每分钟人脸数",
        per_day("faces_per_minute", 1_440, "a minute", "每分钟"),
    ),
    Check(
        "per-day-per-second",
        "Faces a day against faces a second, taken as a peak",
        "每日人脸数与每秒人脸数（按峰值）",
        per_day("faces_per_second", 86_400, "a second", "每秒"),
    ),
    Check(
        "per-day-per-hour",
        "Faces a day against faces an hour",
        "每日人脸数与每小时人脸数",
        per_day("faces_per_hour", 24, "an hour", "每小时"),
    ),
    Check(
        "cameras-by-faces",
        "Cameras times faces of each against faces a day",
        "摄像机数乘每台人脸数与每日人脸数",
        cameras_by_faces,
    ),
    Check(
        "cameras-by-spots",
        "Spots or square kilometres times cameras of each against all cameras",
        "点位数（面积）乘每处摄像机数与摄像机总数",
        cameras_by_spots,
    ),
    Check(
        "table-by-text", "Rows of the table against the text", "清单合计与正文总数", table_by_text
    ),
    Check(
        "storage-by-capacity",
        "Cameras, bit rate and days against storage",
        "摄像机数、码流、天数与存储容量",
        storage_by_capacity,
    ),
    Check(
        "price-by-quantity",
        "Quantity times unit price against the row's total",
        "数量乘单价与总价",
        price_by_quantity,
    ),
    Check("rows-by-award", "Rows of goods against the award", "清单合计与中标金额", rows_by_award),
    Check("from-to", "Growth from one figure to another", "扩容前后", from_to),
    Check("two-totals", "Two totals of one thing", "同一总数的两处表述", two_totals),
)


def find_mismatches(
    reading: Reading,
    plain: str,
    fields: Fields,
    quantities: tuple[Quantity, ...],
    rows: dict[str, list[Item]],
) -> tuple[Mismatch, ...]:
    """What does not agree in a notice, in the order of the text; at most `MOST_MISMATCHES`."""
    stated = Stated(reading=reading, plain=plain, fields=fields, quantities=quantities, rows=rows)
    told = (one for check in CHECKS for one in check.find(stated))
    found = [_rounded(one) for one in told if max(abs(one.stated), abs(one.expected)) < LARGEST]
    found.sort(key=lambda one: (one.at.start, one.check))
    return tuple(found[:MOST_MISMATCHES])


def _rounded(one: Mismatch) -> Mismatch:
    """With four decimals at most, as tables keep them."""
    if one.expected == int(one.expected) and one.stated == int(one.stated):
        return one
    places = Decimal("0.0001")
    return msgspec.structs.replace(
        one, stated=one.stated.quantize(places), expected=one.expected.quantize(places)
    )
