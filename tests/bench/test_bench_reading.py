"""The made documents, their truth and their scores: each is tested by breaking it."""

from __future__ import annotations

import hashlib
from functools import cache

import cv2
import msgspec
import numpy as np
import pytest

from bench.reading.run import Job, jobs, read_ours, shown
from bench.reading.scans import WAYS, Page, Scan, bound, corners, make_scan, pinned
from bench.reading.score import score_reading, shown_at
from bench.reading.section import shortcomings
from bench.reading.truth import DOCUMENTS, Notice, Place, load_notices
from tenderlight.model import Doubt, Reading, Sheet
from tenderlight.pictures import straighten
from tenderlight.reading import read_document


@cache
def notices() -> list[Notice]:
    return load_notices()


def test_there_are_at_least_sixty_pages_and_every_format() -> None:
    renditions = [each for notice in notices() for each in notice.renditions.values()]
    assert sum(each.pages for each in renditions if each.file.endswith("reportlab.pdf")) >= 60
    endings = {each.file.partition(".")[2] for each in renditions}
    assert endings >= {"html", "reportlab.pdf", "chromium.pdf", "docx", "doc", "odt", "rtf"}
    assert endings >= {"xlsx", "xls", "ods", "ofd"}


def test_every_document_is_the_one_whose_truth_we_know() -> None:
    for notice in notices():
        for each in notice.renditions.values():
            payload = (DOCUMENTS / each.file).read_bytes()
            assert hashlib.sha256(payload).hexdigest() == each.sha256, each.file


def test_every_value_is_marked_where_it_stands_and_has_a_place_on_its_page() -> None:
    for notice in notices():
        values = [(piece, value) for piece in notice.pieces for value in piece.values]
        assert all(piece.text[value.start : value.end].strip() for piece, value in values)
        for each in notice.renditions.values():
            assert not each.pages or len(each.places) == len(values)
            assert all(0 < place.page <= each.pages for places in each.places for place in places)


def test_every_scan_has_its_digest_pinned() -> None:
    chosen = jobs(["scans"])
    names = {f"{job.notice.name}.reportlab-{job.way}-{job.dpi}" for job in chosen}
    assert names == set(pinned())
    assert {(job.way, job.dpi) for job in chosen} == {(w, d) for w in WAYS for d in (150, 200)}


def test_a_scan_is_the_same_each_time_and_as_pinned() -> None:
    job = jobs(["scans"], names="correction", ways=["worst", "seal", "noisy"])[0]
    file = job.notice.renditions[job.ending].file
    one, other = (make_scan(file, job.way, job.dpi) for _ in range(2))
    assert one.sha256 == other.sha256 == pinned()[one.name]
    assert bound(one) == bound(other)


def dot(turn: int, skew: float) -> tuple[Page, Place, Sheet]:
    """A page with one black spot, laid in wrongly; where it is, and how a reader puts it right."""
    pixels = np.full((842, 596, 3), 255, np.uint8)
    pixels[300:306, 150:170] = 0
    matrix = cv2.getRotationMatrix2D((298, 421), skew, 1.0)
    white = (255, 255, 255)
    laid = np.asarray(cv2.warpAffine(pixels, matrix, (596, 842), borderValue=white), np.uint8)
    page = Page(laid, np.asarray(matrix))
    if turn:
        turned = np.ascontiguousarray(np.rot90(laid, turn // 90))
        over = {90: [[0, 1, 0], [-1, 0, 596]], 180: [[-1, 0, 596], [0, -1, 842]]}[turn]
        page = Page(turned, np.array(over) @ np.vstack([matrix, [0, 0, 1]]))
    return page, Place(1, 150, 300, 170, 306), Sheet("body", 1, 596, 842, turn, skew, True)


@pytest.mark.parametrize(("turn", "skew"), [(0, 0.0), (0, 2.5), (0, -3.0), (90, 1.0), (180, 0.0)])
def test_the_truth_knows_where_a_place_is_on_the_straightened_sheet(turn: int, skew: float) -> None:
    page, place, sheet = dot(turn, skew)
    left, top, right, bottom = shown_at(place, sheet, Scan("dot", 72, (page,)))
    straight = straighten(page.pixels, turn, skew)
    ys, xs = np.nonzero(straight[..., 0] < 128)
    assert abs(xs.min() - left) < 2
    assert abs(xs.max() + 1 - right) < 2
    assert abs(ys.min() - top) < 2
    assert abs(ys.max() + 1 - bottom) < 2
    assert corners(place, page, 72).shape == (4, 2)


@cache
def award() -> tuple[Job, Reading]:
    job = next(job for job in jobs(["digital"], names="award-1", endings=("reportlab.pdf",)))
    return job, read_document(shown(job).payload, "award.pdf")


def scored(reading: Reading) -> tuple[int, int, int, int, int]:
    job, _ = award()
    score = score_reading(job.notice, job.notice.renditions[job.ending], reading)
    return (
        score.wrong,
        score.values_right,
        score.values_doubted,
        score.doubted_in_vain,
        score.values,
    )


def test_a_good_reading_has_nothing_wrong() -> None:
    wrong, right, doubted, in_vain, values = scored(award()[1])
    assert (wrong, right, doubted, in_vain) == (0, values, 0, 0)


def test_a_misread_digit_is_a_wrong_value_unless_it_is_marked() -> None:
    reading = award()[1]
    at = reading.text.index(".38")
    misread = reading.text[: at - 1] + "O" + reading.text[at:]
    bad = msgspec.structs.replace(reading, text=misread)
    wrong, right, doubted, _, values = scored(bad)
    assert (wrong, right, doubted) == (1, values - 1, 0)
    marked = msgspec.structs.replace(bad, doubts=(Doubt(at - 3, at, "unsure"),))
    assert scored(marked)[1:3] == (values - 1, 1)


def test_a_mark_on_what_is_right_is_counted_as_in_vain() -> None:
    reading = award()[1]
    marked = msgspec.structs.replace(reading, doubts=(Doubt(0, len(reading.text), "unsure"),))
    assert scored(marked)[3] == scored(marked)[4]


def test_boxes_that_are_moved_do_not_cover_their_values() -> None:
    job, reading = award()
    rendition = job.notice.renditions[job.ending]
    assert score_reading(job.notice, rendition, reading).boxes_right > 0
    moved = tuple(
        msgspec.structs.replace(s, top=s.top + 120, bottom=s.bottom + 120)
        for s in reading.stretches
    )
    elsewhere = msgspec.structs.replace(reading, stretches=moved)
    assert score_reading(job.notice, rendition, elsewhere).boxes_right == 0


def test_one_notice_in_every_format_is_read_without_a_wrong_character() -> None:
    for job in jobs(["digital"], names=("award-1", "candidates-2")):
        score = read_ours(job, shown(job))
        assert (score.wrong, score.failed) == (0, 0), f"{job.name}: {score.remarks}"


def test_what_is_below_its_floor_is_named() -> None:
    job = next(iter(jobs(["digital"], names="award-1", endings=("docx",))))
    score = read_ours(job, shown(job))
    score.wrong = score.characters // 10
    floors = {
        "wrong_percent_digital": 0.1,
        "cells_percent_flowing": 100.0,
        "scan_values_known_percent": 99.0,
    }
    (named,) = shortcomings({"docx": {"ours": score}}, floors)
    assert named.endswith("% of the characters are wrong")
