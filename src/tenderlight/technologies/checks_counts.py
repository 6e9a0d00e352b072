"""Checks of what is counted: cameras by spot, rows of a table, what grows, totals said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from tenderlight.model import Cited, Item, Mismatch, Passage, Quantity
from tenderlight.technologies.quantities import parse_count
from tenderlight.technologies.stated import (
    MOST_ROWS,
    NUMBER,
    OF_OTHERS,
    Stated,
    agree,
    is_total,
    said,
)

AT_LEAST = ("不少于", "不低于", "至少", "以上")
AROUND = Decimal("0.1")
"""What `about` so many may differ by."""
_LOOSE = re.compile("|".join(AT_LEAST) + "|约|余|左右|平均|近|多")
COUNTED = ("cameras", "face_cameras", "wifi_sniffers", "imsi_catchers")
"""What a table of goods counts as a text does."""
LIBRARIES = ("face_library_size", "watchlist_size", "iris_capacity", "cameras", "dna_samples")
_COUNTING = re.compile(
    r"[\d,.万亿千百\s]|共计?|合计|总计|总共|总数|总量|全部|约|为|安装|采购|建设|新建|新增|购置|部署|布设|建|[台路个套只支份]$"
)
_REUSED = re.compile("利旧|现有|已有|原有|既有|已建|已接入")
_LOT = re.compile(r"标段|标项|分标|第.批|[一二三四五六七八九\d]包|包[一二三四五六七八九\d]")
_SPOT = "点位|监控点|路口|卡口|小区|学校|场所|出入口|行政村|自然村|站点|村|平方公里|平方千米|公里"
_EACH = rf"[^。\n]{{0,60}}?每\s?个?(?P=spot)[^。;\n\d]{{0,12}}?{NUMBER}\s?[台路个只套支]"
_SPOTS_EACH = re.compile(
    rf"{NUMBER}\s?[个处座所]?(?:监控|视频|治安|重点|前端)?(?P<spot>{_SPOT}){_EACH}"
)
_EACH_OF_SPOTS = re.compile(rf"(?P<spot>{_SPOT})(?:共|约)?{NUMBER}\s?[个处座所]{_EACH}")
"""`120个点位，每个点位3台`, `点位120个，每个点位3台`."""
_CAMERA = re.compile("摄像|监控|探头|枪机|球机|枪型|球型|半球|相机|抓拍|镜头|视频|路")
_FROM_TO = re.compile(
    rf"[由从]\s?(?:[^。;,\n\d]{{0,6}}){NUMBER}[^。;,\n\d]{{0,4}}?"
    rf"(?P<up>扩容|扩充|扩展|扩大|扩建|扩|增加|增长|增容|增|提升|提高|升级|升)[^。;,\n\d]{{0,4}}?[至到为]\s?{NUMBER}"
    rf"(?:[^。;\n\d]{{0,10}}?(?:新增|净增|增加)[^。;,\n\d]{{0,6}}{NUMBER})?"
)


def cameras_by_spots(stated: Stated) -> Iterator[Mismatch]:
    """Spots (or square kilometres) times the cameras at each, against the cameras in all."""
    totals = [one for one in stated.of("cameras") if is_total(stated, one)]
    plain = stated.plain
    if not totals or "每" not in plain:
        return
    of_spots = list(_EACH_OF_SPOTS.finditer(plain))[:5]
    found = of_spots or list(_SPOTS_EACH.finditer(plain))[:5]
    for match in found:
        if not _CAMERA.search(stated.plain, match.start(4) - 12, match.end() + 6):
            continue
        spots = parse_count(*match.group(*((2, 3) if of_spots else (1, 2))))
        each = parse_count(match.group(4), match.group(5))
        near = [one for one in totals if 0 <= one.at.end - match.start() <= 200]
        fitting = [one for one in near if one.value not in (each, spots)]
        loose = _LOOSE.search(match.group() + stated.near(fitting[0].at)) if fitting else None
        if not fitting or any(_as_many(one.value, spots * each, loose) for one in fitting):
            continue
        total, spot = fitting[0], match.group("spot")
        yield Mismatch(
            check="cameras-by-spots",
            at=total.at,
            beside=(stated.reading.passage(*match.span()),),
            stated=total.value,
            expected=spots * each,
            en=f"{said(total.value)} cameras in all are stated, but {said(spots)} spots ({spot}) "
            f"with {said(each)} each are {said(spots * each)}.",
            zh=f"文中称共{said(total.value)}台摄像机，但{said(spots)}个{spot}"
            f"每处{said(each)}台合{said(spots * each)}台。",
        )


def _as_many(stated: Decimal, expected: Decimal, loose: re.Match[str] | None) -> bool:
    """Whether counts agree, exactly, but where they are about so many or at least so many."""
    if loose is None:
        return stated == expected
    return stated >= expected if loose.group() in AT_LEAST else agree(stated, expected, AROUND)


def table_by_text(stated: Stated) -> Iterator[Mismatch]:
    """The sum of a table's rows against the total that the text states.

    No mismatch where the text may count one or two rows more or less: then the words, not the
    figures, differ. Nothing is said of tables that hold less than half: they list the main goods.
    """
    for what in COUNTED:
        rows = [row.quantity for row in stated.rows.get(what, ()) if row.quantity]
        totals = [one for one in stated.of(what) if is_total(stated, one)]
        if len(rows) < 2 or len({one.value for one in totals}) != 1:
            continue
        total, added = totals[0], sum((row.value for row in rows), Decimal(0))
        if total.value > 2 * added or added > 2 * total.value:
            continue
        if _REUSED.search(stated.sentence(total.at)):
            continue
        if _explained(total.value - added, rows, stated.fields.items):
            continue
        yield Mismatch(
            check="table-by-text",
            at=total.at,
            beside=tuple(row.at for row in rows[:MOST_ROWS]),
            stated=total.value,
            expected=added,
            en=f"{said(total.value)} in all are stated, but the {len(rows)} rows of the table "
            f"add up to {said(added)}.",
            zh=f"文中称共{said(total.value)}，但清单{len(rows)}行合计{said(added)}。",
        )


def _explained(short: Decimal, rows: list[Cited[Decimal]], items: tuple[Item, ...]) -> bool:
    """Whether up to two rows more, or less, make up for the difference."""
    own = {row.at.start for row in rows}
    others = [item.quantity for item in items if item.quantity]
    parts = rows if short < 0 else [row for row in others if row.at.start not in own]
    values = [part.value for part in parts[:MOST_ROWS]]
    pairs = {one + other for one, other in combinations(values, 2)}
    return short == 0 or abs(short) in values or abs(short) in pairs


def from_to(stated: Stated) -> Iterator[Mismatch]:
    """`From … to …, … more`: an extension that gets smaller, or a sum that does not add up."""
    if not any(one.what in LIBRARIES for one in stated.quantities):
        return
    for match in list(_FROM_TO.finditer(stated.plain))[:20]:
        old, new = parse_count(*match.group(1, 2)), parse_count(*match.group(4, 5))
        if not any(_overlaps(one.at, match) for one in stated.quantities if one.what in LIBRARIES):
            continue
        if not match.group(2) and match.group(5):  # `由500扩至800万`: the unit stands once
            old = parse_count(match.group(1), match.group(5))
        more = parse_count(*match.group(6, 7)) if match.group(6) else None
        expected = new - old if more is not None else old
        shown = more if more is not None else new
        if new >= old and (more is None or agree(more, new - old)):
            continue
        yield Mismatch(
            check="from-to",
            at=stated.reading.passage(match.start(4), match.end(5)),
            beside=(stated.reading.passage(match.start(1), match.end(2)),),
            stated=shown if new >= old else new,
            expected=expected if new >= old else old,
            en=f"It is to grow from {said(old)} to {said(new)}"
            + (f", by {said(more)}." if more is not None else ", which is less."),
            zh=f"文中称由{said(old)}扩至{said(new)}"
            + (f"，新增{said(more)}，与差额不符。" if more is not None else "，反而减少。"),
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
            if is_total(stated, one) and not OF_OTHERS.search(stated.sentence(one.at))
        ]
        if len({one.value for one in totals}) != 2:
            continue
        first = totals[0]
        other = next(one for one in totals if one.value != first.value)
        if _differ_in_kind(stated, first, other):
            continue
        loose = _LOOSE.search(stated.near(first.at) + stated.near(other.at))
        if loose and agree(first.value, other.value, AROUND):
            continue
        yield Mismatch(
            check="two-totals",
            at=other.at,
            beside=(first.at,),
            stated=other.value,
            expected=first.value,
            en=f"{said(first.value)} in all are stated in one place, {said(other.value)} in "
            "another.",
            zh=f"一处称共{said(first.value)}，另一处称共{said(other.value)}。",
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
