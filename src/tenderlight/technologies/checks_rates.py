"""Checks of what a system reads in a time, and of what it stores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from tenderlight.model import Mismatch
from tenderlight.technologies.quantities import parse_count
from tenderlight.technologies.stated import NUMBER, Stated, agree, of_one, said

STORAGE_FACTOR = 3
"""Storage depends on codec and scene: only a threefold difference says anything."""
_PEAK = re.compile("峰值|高峰|最高|最大|瞬时|并发|极限")
_EACH_CAMERA = re.compile(
    rf"(?:每[路台个]|单[路台个])[^。;\n\d]{{0,14}}?(?:每日|每天|日均|单日|日)[^。;\n\d]{{0,10}}?{NUMBER}\s?[张人次条]"
)


def per_day(what: str, times: int, en: str, zh: str) -> Callable[[Stated], Iterator[Mismatch]]:
    """A check of the faces a day against those of a shorter time, `times` of which are a day.

    Faces a second are a peak, and others where they say so: then only a day that they could not
    fill does not agree.
    """
    name = f"per-day-{what.removeprefix('faces_').replace('_', '-')}"

    def find(stated: Stated) -> Iterator[Mismatch]:
        days = [one for one in stated.of("faces_per_day") if not of_one(stated, one.at)]
        if not days:
            return
        rates = [one for one in stated.of(what) if not of_one(stated, one.at)]
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
                    en=f"{said(day.value)} faces a day are stated, but {said(rate.value)} {en} "
                    f"are {said(expected)} a day.",
                    zh=f"文中称每日{said(day.value)}张人脸，但{zh}{said(rate.value)}张"
                    f"合每日{said(expected)}张。",
                )

    return find


def cameras_by_faces(stated: Stated) -> Iterator[Mismatch]:
    """Face cameras times the faces that each one catches a day, against the faces a day."""
    days = [one for one in stated.of("faces_per_day") if not of_one(stated, one.at)]
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
                en=f"{said(day.value)} faces a day are stated, but {said(count.value)} cameras "
                f"with {said(each)} each are {said(expected)}.",
                zh=f"文中称每日{said(day.value)}张人脸，但{said(count.value)}台摄像机"
                f"每台{said(each)}张合{said(expected)}张。",
            )


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
        expected=Decimal(int(expected)),
        en=f"{said(space.value)} TB are stated, but {said(cameras.value)} cameras at "
        f"{said(stream.value)} kbit/s fill about {said(Decimal(int(expected)))} TB in "
        f"{said(days.value)} days.",
        zh=f"文中称存储{said(space.value)}TB，但{said(cameras.value)}路摄像机按"
        f"{said(stream.value)}kbps存{said(days.value)}天约需"
        f"{said(Decimal(int(expected)))}TB。",
    )
