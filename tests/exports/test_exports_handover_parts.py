"""The parts of a hand-over: which ids, which ledger lines, which names, which addresses."""

from __future__ import annotations

import gzip
import json
import string

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.evidence import Line
from tenderlight.exports.handover.cdx import BLOCK, Entry, index, key
from tenderlight.exports.handover.explanation import on_one_line
from tenderlight.exports.handover.ids import MOST, checked_ids, parse_ids
from tenderlight.exports.handover.kinds import KNOWN, ending
from tenderlight.exports.handover.stretches import Stretches
from tenderlight.model import Capture, Refused, Stamp

ids = st.text("0123456789abcdef", min_size=16, max_size=16)


@given(st.lists(ids, min_size=1))
def test_ids_are_read_back_from_every_form_of_list(named: list[str]) -> None:
    wanted = tuple(named)
    assert parse_ids("\n".join(named).encode(), "ids.txt") == wanted
    assert parse_ids("\r\n\r\n".join(["", *named, ""]).encode("utf-8-sig"), "ids.txt") == wanted
    proofs = [{"notice": id, "value": 1} for id in named]
    assert parse_ids(json.dumps(proofs).encode(), "rows.json") == wanted
    hits = {"total": len(named), "hits": [{"row": {"id": id}} for id in named]}
    assert parse_ids(json.dumps(hits).encode(), "hits.json") == wanted
    assert set(checked_ids(wanted)) == set(named)


@pytest.mark.parametrize(
    "raw",
    [
        b"0123456789abcdef\nxyz\n",
        b"../../../../etc/passwd",
        b"\xff\xfe\x00",
        b"[1]",
        b'[{"notice":7}]',
        b'{"hits":[{"row":{}}]}',
        b'{"rows":[]}',
        b"[" * 100_000,
    ],
)
def test_a_file_of_anything_else_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused):
        parse_ids(raw, "ids.txt")


def test_too_many_none_and_strange_ids_are_refused() -> None:
    for some in ([], ["short"], ["0123456789ABCDEF"], [f"{n:016x}" for n in range(MOST + 1)]):
        with pytest.raises(Refused):
            checked_ids(some)


def capture(number: int) -> Capture:
    return Capture(
        id=f"{number:016x}",
        file="x",
        sha256="0" * 64,
        size=1,
        added="",
        warc="",
        offset=0,
        length=1,
        record_sha256="0" * 64,
    )


def stamp(line: int, authority: str = "invented") -> Stamp:
    nothing = dict.fromkeys(("url", "sha256", "stamped", "file", "file_sha256", "roots"), "")
    return Stamp(authority=authority, line=line, roots_sha256="", **nothing)


@given(st.lists(st.sampled_from(["wanted", "other", "stamp", "stamp before"]), max_size=40))
def test_every_chosen_line_comes_with_all_lines_up_to_its_stamp(kinds: list[str]) -> None:
    stretches, stamped = Stretches(), dict[int, int]()
    for number, kind in enumerate(kinds, start=1):
        line = Line(after="", number=number)
        if kind.startswith("stamp"):
            stamped[number] = max(number - (1 if kind == "stamp" else 2), 1)
            line = msgspec.structs.replace(line, stamp=stamp(stamped[number]))
        else:
            line = msgspec.structs.replace(line, capture=capture(number))
        stretches.see(line, 10, kind == "wanted")
    found = stretches.finish(len(kinds))
    for number, kind in enumerate(kinds, start=1):
        here = [each for each in found if each.first <= number <= each.last]
        assert len(here) <= 1
        if kind == "wanted":
            (stretch,) = here
            later = [at for at, line in stamped.items() if line >= number]
            assert stretch.last >= (min(later) if later else len(kinds))
            assert later or stretch.covered is None
    for each in found:
        inside = kinds[each.first - 1 : each.last]
        assert inside[0] == "wanted"
        assert each.size == 10 * len(inside)
        assert each.others == inside.count("other")
    told = {line.number for line in stretches.stamps}
    assert all(any(e.first <= at <= e.last for e in found) for at in told)


def test_lines_between_a_stamp_and_the_next_chosen_one_stay_at_home() -> None:
    stretches = Stretches()
    plan = ["wanted", "other", 2, 2, 4, "other", "wanted", 7, "other"]
    for number, kind in enumerate(plan, start=1):
        line = Line(after="", number=number)
        more: dict[str, object] = {"capture": capture(number)}
        if isinstance(kind, int):
            more = {"stamp": stamp(kind, "second" if number == 4 else "first")}
        stretches.see(msgspec.structs.replace(line, **more), 1, kind == "wanted")
    found = stretches.finish(len(plan))
    assert [(each.first, each.last, each.covered) for each in found] == [(1, 4, 2), (7, 8, 7)]
    assert [line.number for line in stretches.stamps] == [3, 4, 8]


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (b"MZ" + bytes(100), "bin"),
        (b"\x7fELF" + bytes(100), "bin"),
        (b"#!/bin/sh\nrm -rf /\n", "txt"),
        (b"PK\x03\x04" + bytes(40) + b"word/document.xml", "docx"),
        (b"PK\x03\x04" + bytes(40), "zip"),
        ("<!DOCTYPE html><p>公告".encode("gbk"), "html"),
        (b"\xef\xbb\xbf{}", "json"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (b"{\\rtf1 x}", "rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "doc"),
        (b"", "txt"),
    ],
)
def test_a_name_ends_as_the_content_says(document: bytes, name: str) -> None:
    assert ending(document) == name


@given(st.binary(max_size=400))
def test_no_document_gets_a_name_that_a_system_runs(document: bytes) -> None:
    assert ending(document) in KNOWN | {"bin"}


@given(st.text(max_size=60))
def test_any_address_has_a_key_of_one_line(url: str) -> None:
    assert not set(key(f"http://{url}")) & set(" \n\r")
    assert key("https://www.a.example/x?b=1&a=2") == key("http://A.example/X?a=2&b=1")


def test_a_large_index_is_in_blocks_that_are_read_alone() -> None:
    entry = {
        "when": "2026-11-22T12:00:00Z",
        "mime": "text/html",
        "status": 200,
        "digest": "sha256:",
    }
    entries = [
        Entry(url=f"http://a.example/{n}", filename="a", offset=n, length=1, **entry)
        for n in range(BLOCK + 5)
    ]
    blocks, named = index(entries)
    assert len(gzip.decompress(blocks).splitlines()) == BLOCK + 5
    meta, *places = named.decode().splitlines()
    assert meta.startswith("!meta 0 ")
    for place, count in zip(places, (BLOCK, 5), strict=True):
        said = json.loads(place[place.index("{") :])
        block = blocks[said["offset"] : said["offset"] + said["length"]]
        lines = gzip.decompress(block).decode().splitlines()
        assert len(lines) == count
        assert lines[0].startswith(place.partition(" {")[0])


@given(st.text(string.printable + "\u202e\u2028公", max_size=60))
def test_a_documents_words_begin_no_line_of_their_own(text: str) -> None:
    assert len(on_one_line(text).splitlines()) <= 1
    assert on_one_line(text).isprintable()
