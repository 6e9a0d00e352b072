"""Broken documents of every kind, and some made to harm: the small version of the benchmark."""

from __future__ import annotations

import io
import struct

import olefile
import pytest

from bench.hostile import whole_documents
from bench.robustness import Robustness, faults, told, try_readers
from tenderlight.apart import Apart, Limits
from tenderlight.apart.sound import is_sound
from tenderlight.apart.words import Found
from tenderlight.model import Unreadable
from tenderlight.reading import read_document
from tenderlight.reading.writing import Ink, Line, write_reading

SLOW = (
    "pdf: forms within forms",
    "pdf: a million lines",
    "pdf: a million pieces of text",
    "pdf: a drawing of zeros",
    "docx: a million paragraphs",
    "zip: zeros, ten files",
    "html: a cell over everything",
    "text: 30 million digits",
    "pdf: a picture of 3.6 gigapixels",
    "png: 4.2 gigapixels",
)
"""Only in the benchmark: they take seconds each to make or to read."""
FLOORS = {
    "longest_seconds": 60,
    "reader_megabytes": 2600,
    "our_megabytes": 1500,
    "crashed_share": 0.0,
}


@pytest.fixture(scope="module")
def found() -> Robustness:
    return try_readers(150, 48, SLOW)


def test_sound_documents_of_every_kind_are_read_apart() -> None:
    refused = {}
    with Apart() as apart:
        for kind, payload in whole_documents().items():
            try:
                assert read_document(payload, kind, reader=apart.read).text
            except Unreadable as error:
                refused[kind] = error.code
    pictures = ("bmp", "gif", "jpeg", "png", "tiff", "webp")
    assert refused == dict.fromkeys(pictures, "reading.scan")  # there is no recogniser here


def test_broken_and_malicious_documents_cost_a_problem_each(found: Robustness) -> None:
    assert faults(found, FLOORS) == []
    assert sum(row.outcomes.total() for row in found.broken.values()) == 150
    assert len(found.broken) > 20
    assert len(found.bombs) > 30


def test_bombs_are_refused_and_not_swallowed(found: Robustness) -> None:
    for name in ("zip: zeros", "gzip: zeros", "xz: zeros", "zip 100-fold", "gzip 100-fold"):
        assert found.bombs[name].outcomes["refused"] == 1, name


def test_the_table_says_what_was_tried(found: Robustness) -> None:
    text = told(found)
    assert "150 documents" in text
    assert "zip: paths that lead out" in text


def test_a_workbook_whose_sectors_bite_their_tail_ends_at_once() -> None:
    payload = bytearray(whole_documents()["xls"])
    with olefile.OleFileIO(io.BytesIO(bytes(payload))) as compound:
        entry = compound.direntries[compound._find("Workbook")]
        assert entry.size < compound.minisectorcutoff  # so that it lies in the small sectors
        table = (compound.first_mini_fat_sector + 1) * compound.sector_size
    struct.pack_into("<I", payload, table + 4 * entry.isectStart, entry.isectStart)
    with Apart(limits=Limits(seconds=20)) as apart, pytest.raises(Unreadable) as error:
        apart.read(bytes(payload), "a")
    assert error.value.code == "reading.damaged"


def test_characters_far_off_their_page_are_brought_nearer() -> None:
    off = Line("x", page=1, ink=[Ink(7e8, -9e9, 8e8, 2.0)])
    reading = write_reading([off], "application/pdf")
    assert reading.stretches[0].edges == (1_000_000, 1_000_000)
    assert is_sound(Found(reading=reading), [])
