"""Figures of one notice held against each other: what does not agree is shown, never smoothed.

Every check is one small function from what a notice states to the mismatches in it, and stands in
`CHECKS`. A check says nothing where a figure may be about something else: a peak, one server, one
camera, what exists already. Both figures stay as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

import msgspec

from tenderlight.model import Cited, Fields, Item, Mismatch, Passage, Quantity, Reading
from tenderlight.technologies.quantities import parse_count

SLACK = Decimal("0.01")
"""What two figures may differ by beside their rounding: the words `about` and `nearly` are free."""
MOST_ROUNDING = Decimal("0.05")
"""A round number (`300`) is taken for exact to a twentieth, not to its last digit."""
STORAGE_FACTOR = 3
"""Storage depends on codec and scene: only a threefold difference says anything."""
MOST_MISMATCHES = 20
MOST_ROWS = 40
"""Rows of a table that are tried as the ones which the text does not count."""

_PEAK = re.compile("峰值|高峰|最高|最大|瞬时|并发|极限")
_ONE = re.compile("单台|每台|单路|每路|单节点|每节点|单机|每套|单套|单个|每个|单卡|单芯|单颗")
_OTHERS = re.compile("现有|已有|原有|既有|已建|已接入|利旧|一期|二期|三期|其中|此前|目前|累计")
_TOTAL = re.compile("共计?|合计|总计|总共|总数|总量|总规模|全部")
_NUMBER = (
    r"((?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,4})?|[一二两三四五六七八九十百千零]{1,7})([万亿]?)"
)
_COUNTING = re.compile(
    r"[\d,.万亿千百\s]|共计?|合计|总计|总共|总数|总量|全部|约|为|[台路个套只支份]$"
)
_LOT = re.compile(r"标段|标项|分标|第.批|[一二三四五六七八九\d]包|包[一二三四五六七八九\d]")
_PER_TIME = re.compile("每年|/年|每月|/月|租期|服务期|年租|月租|按年|按月|每季")
_SPOT = "点位|监控点|路口|卡口|小区|学校|场所|出入口|行政村|自然村|站点|村|平方公里|平方千米|公里"
_EACH_SPOT = re.compile(
    rf"{_NUMBER}\s?[个处座所]?(?:监控|视频|治安|重点|前端)?(?P<spot>{_SPOT})[^。\n]{{0,60}}?每\s?个?(?P=spot)[^。;\n\d]{{0,12}}?{_NUMBER}\s?[台路个只套支]"
)
_CAMERA = re.compile("摄像|监控|探头|枪机|球机|枪型|球型|半球|相机|抓拍|镜头|视频|路")
_EACH_CAMERA = re.compile(
    rf"(?:每[路台个]|单[路台个])[^。;\n\d]{{0,14}}?(?:每日|每天|日均|单日|日)[^。;\n\d]{{0,10}}?{_NUMBER}\s?[张人次条]"
)
_FROM_TO = re.compile(
    rf"[由从]\s?(?:[^。;,\n\d]{{0,6}}){_NUMBER}[^。;,\n\d]{{0,4}}?"
    rf"(?P<up>扩容|扩充|扩展|扩大|扩建|扩|增加|增长|增容|增|提升|提高|升级|升)[^。;,\n\d]{{0,4}}?[至到为]\s?{_NUMBER}"
    rf"(?:[^。;\n\d]{{0,10}}?(?:新增|净增|增加)[^。;,\n\d]{{0,6}}{_NUMBER})?"
)


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks look at: a notice that is read, its fields and its quantities."""

    reading: Reading
    plain: str
    fields: Fields
    quantities: tuple[Quantity, ...]

    rows: dict[str, list[Item]] = {}
    """By measure, the rows of the table of goods that count what it counts."""

    def of(self, what: str) -> list[Quantity]:
        """The figures of one measure that stand in sentences, not in the table of goods."""
        rows = {row.quantity.at.start for row in self.rows.get(what, ()) if row.quantity}
        return [one for one in self.quantities if one.what == what and one.at.start not in rows]

    def sentence(self, at: Passage) -> str:
        """The sentence around a figure, at most 60 characters to either side."""
        before = re.split(r"[。;\n]", self.plain[max(at.start - 60, 0) : at.start])[-1]
        after = re.split(r"[。;\n]", self.plain[at.end : at.end + 60])[0]
        return before + self.plain[at.start : at.end] + after

    def near(self, at: Passage) -> str:
        """The clause around a figure: what qualifies it stands there."""
        before = re.split(r"[。;,\n]", self.plain[max(at.start - 30, 0) : at.start])[-1]
        after = re.split(r"[。;,\n]", self.plain[at.end : at.end + 20])[0]
        return before + self.plain[at.start : at.end] + after


class Check(NamedTuple):
    """A check: its name, what it holds against what, and the function."""

    name: str
    en: str
    zh: str
    find: Callable[[Stated], Iterator[Mismatch]]


def agree(stated: Decimal, expected: Decimal, slack: Decimal = SLACK) -> bool:
    """Whether two figures agree within their rounding and a little more.

    A figure is rounded to its last digit that is not 0, at most to a twentieth.

    >>> agree(Decimal(25920000), Decimal(18000) * 1440)
    True
    >>> agree(Decimal(25900000), Decimal(18860) * 1440)
    False
    """
    share = slack + _rounding(stated) + _rounding(expected)
    return abs(stated - expected) <= share * max(abs(stated), abs(expected))


def _rounding(value: Decimal) -> Decimal:
    if value == 0:
        return Decimal(0)
    exponent = value.normalize().as_tuple().exponent
    half = Decimal(5).scaleb(int(exponent) - 1)
    return min(half / abs(value), MOST_ROUNDING)


def find_mismatches(
    reading: Reading,
    plain: str,
    fields: Fields,
    quantities: tuple[Quantity, ...],
    rows: dict[str, list[Item]],
) -> tuple[Mismatch, ...]:
    """What does not agree in a notice, in the order of the text; at most `MOST_MISMATCHES`."""
    stated = Stated(reading=reading, plain=plain, fields=fields, quantities=quantities, rows=rows)
    found = [one for check in CHECKS for one in check.find(stated)]
    found.sort(key=lambda one: (one.at.start, one.check))
    return tuple(found[:MOST_MISMATCHES])


def _per_day(what: str, times: int, en: str, zh: str) -> Callable[[Stated], Iterator[Mismatch]]:
    name = f"per-day-{what.removeprefix('faces_').replace('_', '-')}"

    def find(stated: Stated) -> Iterator[Mismatch]:
        days = [one for one in stated.of("faces_per_day") if not _of_one(stated, one.at)]
        rates = [one for one in stated.of(what) if not _of_one(stated, one.at)]
        if not days or not rates:
            return
        for day in days:
            for rate in rates:
                expected = rate.value * times
                peak = what == "faces_per_second" or _PEAK.search(stated.near(rate.at))
                if agree(day.value, expected) or (peak and day.value < expected):
                    continue
                if any(agree(other.value, expected) for other in days):
                    continue
                yield Mismatch(
                    check=name,
                    at=day.at,
                    beside=(rate.at,),
                    stated=day.value,
                    expected=expected,
                    en=f"{_said(day.value)} faces a day are stated, but {_said(rate.value)} {en} "
                    f"are {_said(expected)} a day.",
                    zh=f"文中称每日{_said(day.value)}张人脸，但{zh}{_said(rate.value)}张"
                    f"合每日{_said(expected)}张。",
                )

    return find


def _of_one(stated: Stated, at: Passage) -> bool:
    return _ONE.search(stated.near(at)) is not None


def _said(value: Decimal) -> str:
    """A figure as readers write it, with at most two decimals.

    >>> _said(Decimal("27158400.00"))
    '27,158,400'
    """
    rounded = value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value
    return f"{rounded.normalize():,f}"


def cameras_by_faces(stated: Stated) -> Iterator[Mismatch]:
    """Face cameras times the faces that each one catches a day, against the faces a day."""
    days = [one for one in stated.of("faces_per_day") if not _of_one(stated, one.at)]
    cameras = stated.of("face_cameras") or stated.of("cameras")
    if len(days) != 1 or len({one.value for one in cameras}) != 1:
        return
    for match in list(_EACH_CAMERA.finditer(stated.plain))[:3]:
        day, count = days[0], cameras[0]
        each = parse_count(match.group(1), match.group(2))
        expected = count.value * each
        if day.at.start < match.end() and match.start() < day.at.end:
            continue
        if not agree(day.value, expected, Decimal("0.1")):
            yield Mismatch(
                check="cameras-by-faces",
                at=day.at,
                beside=(count.at, stated.reading.passage(*match.span())),
                stated=day.value,
                expected=expected,
                en=f"{_said(day.value)} faces a day are stated, but {_said(count.value)} cameras "
                f"with {_said(each)} each are {_said(expected)}.",
                zh=f"文中称每日{_said(day.value)}张人脸，但{_said(count.value)}台摄像机"
                f"每台{_said(each)}张合{_said(expected)}张。",
            )


def cameras_by_spots(stated: Stated) -> Iterator[Mismatch]:
    """Spots (or square kilometres) times the cameras at each, against the cameras in all."""
    totals = [one for one in stated.of("cameras") if _is_total(stated, one)]
    for match in list(_EACH_SPOT.finditer(stated.plain))[:5]:
        if not _CAMERA.search(stated.plain, match.start(4) - 12, match.end() + 6):
            continue
        spots = parse_count(match.group(1), match.group(2))
        each = parse_count(match.group(4), match.group(5))
        near = [one for one in totals if 0 <= one.at.end - match.start() <= 200]
        said = [one for one in near if one.value not in (each, spots)]
        if not said or any(agree(one.value, spots * each, Decimal(0)) for one in said):
            continue
        total, spot = said[0], match.group("spot")
        yield Mismatch(
            check="cameras-by-spots",
            at=total.at,
            beside=(stated.reading.passage(*match.span()),),
            stated=total.value,
            expected=spots * each,
            en=f"{_said(total.value)} cameras in all are stated, but {_said(spots)} spots ({spot}) "
            f"with {_said(each)} each are {_said(spots * each)}.",
            zh=f"文中称共{_said(total.value)}台摄像机，但{_said(spots)}个{spot}"
            f"每处{_said(each)}台合{_said(spots * each)}台。",
        )


def _is_total(stated: Stated, one: Quantity) -> bool:
    near = stated.near(one.at)
    return _TOTAL.search(near) is not None and _OTHERS.search(near) is None


COUNTED = ("cameras", "face_cameras", "wifi_sniffers", "imsi_catchers")
"""What a table of goods counts as a text does."""


def table_by_text(stated: Stated) -> Iterator[Mismatch]:
    """The sum of a table's rows against the total that the text states.

    No mismatch where the text may count one or two rows more or less: then the words, not the
    figures, differ. Nothing is said of tables that hold less than half: they list the main goods.
    """
    for what in COUNTED:
        rows = [row.quantity for row in stated.rows.get(what, ()) if row.quantity]
        totals = [one for one in stated.of(what) if _is_total(stated, one)]
        if len(rows) < 2 or len({one.value for one in totals}) != 1:
            continue
        total, added = totals[0], sum((row.value for row in rows), Decimal(0))
        if total.value > 2 * added or added > 2 * total.value:
            continue
        if _explained(total.value - added, rows, stated.fields.items):
            continue
        yield Mismatch(
            check="table-by-text",
            at=total.at,
            beside=tuple(row.at for row in rows[:MOST_ROWS]),
            stated=total.value,
            expected=added,
            en=f"{_said(total.value)} in all are stated, but the {len(rows)} rows of the table "
            f"add up to {_said(added)}.",
            zh=f"文中称共{_said(total.value)}，但清单{len(rows)}行合计{_said(added)}。",
        )


def _explained(short: Decimal, rows: list[Cited[Decimal]], items: tuple[Item, ...]) -> bool:
    """Whether up to two rows more, or less, make up for the difference."""
    own = {row.at.start for row in rows}
    others = [item.quantity for item in items if item.quantity]
    parts = rows if short < 0 else [row for row in others if row.at.start not in own]
    values = [part.value for part in parts[:MOST_ROWS]]
    pairs = {one + other for one, other in combinations(values, 2)}
    return short == 0 or abs(short) in values or abs(short) in pairs


def storage_by_capacity(stated: Stated) -> Iterator[Mismatch]:
    """Cameras, their bit rate and the days of storage against the storage that is bought."""
    sets = [stated.of(what) for what in ("storage_tb", "cameras", "stream_kbps", "storage_days")]
    if any(len({one.value for one in found}) != 1 for found in sets):
        return
    space, cameras, stream, days = (found[0] for found in sets)
    seconds = days.value * 86_400
    expected = cameras.value * stream.value * seconds / 8 / 10**9
    if expected <= STORAGE_FACTOR * space.value and space.value <= STORAGE_FACTOR * expected:
        return
    yield Mismatch(
        check="storage-by-capacity",
        at=space.at,
        beside=(cameras.at, stream.at, days.at),
        stated=space.value,
        expected=expected.quantize(Decimal(1)),
        en=f"{_said(space.value)} TB are stated, but {_said(cameras.value)} cameras at "
        f"{_said(stream.value)} kbit/s fill about {_said(expected.quantize(Decimal(1)))} TB in "
        f"{_said(days.value)} days.",
        zh=f"文中称存储{_said(space.value)}TB，但{_said(cameras.value)}路摄像机按"
        f"{_said(stream.value)}kbps存{_said(days.value)}天约需"
        f"{_said(expected.quantize(Decimal(1)))}TB。",
    )


def price_by_quantity(stated: Stated) -> Iterator[Mismatch]:
    """Quantity times unit price against the row's total.

    Nothing is said where they differ by a power of ten: the unit of a column was then misread, or
    is not printed.
    """
    for item in stated.fields.items:
        if not (item.quantity and item.unit_price and item.total):
            continue
        price, total = item.unit_price.value, item.total.value
        expected = item.quantity.value * price.amount
        if not expected or not total.amount or price.currency != total.currency:
            continue
        cents = Decimal("0.01") * item.quantity.value + Decimal(1)
        if (
            abs(expected - total.amount) <= max(cents, total.amount / 1000)
            or _tens(expected / total.amount)
            or _for_years(stated, total.amount / expected)
        ):
            continue
        yield Mismatch(
            check="price-by-quantity",
            at=item.total.at,
            beside=(item.quantity.at, item.unit_price.at),
            stated=total.amount,
            expected=expected,
            en=f"{_said(total.amount)} is stated for the row, but {_said(item.quantity.value)} at "
            f"{_said(price.amount)} are {_said(expected)}.",
            zh=f"该行总价为{_said(total.amount)}，但{_said(item.quantity.value)}件"
            f"单价{_said(price.amount)}合{_said(expected)}。",
        )


def _for_years(stated: Stated, ratio: Decimal) -> bool:
    """Whether the total may be for several of the years or months that the price is for."""
    return ratio == ratio.to_integral_value() and _PER_TIME.search(stated.plain) is not None


def _tens(ratio: Decimal) -> bool:
    ratio = ratio if ratio >= 1 else 1 / ratio
    return any(abs(ratio / 10**power - 1) < Decimal("0.01") for power in range(1, 9))


LIBRARIES = ("face_library_size", "watchlist_size", "iris_capacity", "cameras", "dna_samples")


def from_to(stated: Stated) -> Iterator[Mismatch]:
    """`From … to …, … more`: an extension that gets smaller, or a sum that does not add up."""
    for match in list(_FROM_TO.finditer(stated.plain))[:20]:
        old, new = parse_count(*match.group(1, 2)), parse_count(*match.group(4, 5))
        if not any(_overlaps(one.at, match) for one in stated.quantities if one.what in LIBRARIES):
            continue
        if not match.group(2) and match.group(5):  # `由500扩至800万`: the unit stands once
            old = parse_count(match.group(1), match.group(5))
        more = parse_count(*match.group(6, 7)) if match.group(6) else None
        expected = new - old if more is not None else old
        said = more if more is not None else new
        if new >= old and (more is None or agree(more, new - old)):
            continue
        yield Mismatch(
            check="from-to",
            at=stated.reading.passage(match.start(4), match.end(5)),
            beside=(stated.reading.passage(match.start(1), match.end(2)),),
            stated=said if new >= old else new,
            expected=expected if new >= old else old,
            en=f"It is to grow from {_said(old)} to {_said(new)}"
            + (f", by {_said(more)}." if more is not None else ", which is less."),
            zh=f"文中称由{_said(old)}扩至{_said(new)}"
            + (f"，新增{_said(more)}，与差额不符。" if more is not None else "，反而减少。"),
        )


def _overlaps(at: Passage, match: re.Match[str]) -> bool:
    return at.part != "manifest" and at.start < match.end() and match.start() < at.end


def two_totals(stated: Stated) -> Iterator[Mismatch]:
    """Two totals of one thing in one notice that differ; corrections state two on purpose."""
    kind = stated.fields.notice_type
    if kind is not None and kind.value == "correction":
        return
    for what in (*COUNTED, "dna_samples"):
        totals = [
            one
            for one in stated.of(what)
            if _is_total(stated, one) and not _OTHERS.search(stated.sentence(one.at))
        ]
        if len({one.value for one in totals}) != 2:
            continue
        first = totals[0]
        other = next(one for one in totals if one.value != first.value)
        if agree(first.value, other.value, Decimal(0)) or _differ_in_kind(stated, first, other):
            continue
        yield Mismatch(
            check="two-totals",
            at=other.at,
            beside=(first.at,),
            stated=other.value,
            expected=first.value,
            en=f"{_said(first.value)} in all are stated in one place, {_said(other.value)} in "
            "another.",
            zh=f"一处称共{_said(first.value)}，另一处称共{_said(other.value)}。",
        )


def _differ_in_kind(stated: Stated, one: Quantity, other: Quantity) -> bool:
    """Whether the words beside the totals name other things: other lots, areas or makes."""
    near = [re.split(":", stated.near(at.at))[-1] for at in (one, other)]
    words = [_COUNTING.sub("", said) for said in near]
    return (
        min(map(len, words)) < 3
        or any(_LOT.search(said) for said in near)
        or (words[0] not in words[1] and words[1] not in words[0])
    )


CHECKS = (
    Check(
        "per-day-per-minute",
        "Faces a day against faces a minute",
        "每日人脸数与每分钟人脸数",
        _per_day("faces_per_minute", 1_440, "a minute", "每分钟"),
    ),
    Check(
        "per-day-per-second",
        "Faces a day against faces a second, taken as a peak",
        "每日人脸数与每秒人脸数（按峰值）",
        _per_day("faces_per_second", 86_400, "a second", "每秒"),
    ),
    Check(
        "per-day-per-hour",
        "Faces a day against faces an hour",
        "每日人脸数与每小时人脸数",
        _per_day("faces_per_hour", 24, "an hour", "每小时"),
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
    Check("from-to", "Growth from one figure to another", "扩容前后", from_to),
    Check("two-totals", "Two totals of one thing", "同一总数的两处表述", two_totals),
)
