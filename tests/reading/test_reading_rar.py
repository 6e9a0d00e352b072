"""RAR: old and new, solid and not, locked, spread over volumes, behind a program, damaged."""

from __future__ import annotations

import contextlib
import os
import struct
import zlib
from functools import cache
from pathlib import Path

import pytest
import rars
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.model import Unreadable
from tenderlight.reading import limits, read_document
from tenderlight.reading.alone import read_alone

NOTICE = "采购公告\n预算金额：12万元".encode()
"""Invented, as everything here."""
FILES = {"招标文件/公告.txt": NOTICE, "清单.csv": b"camera,3\n" * 40, "说明.txt": NOTICE * 3}


@cache
def rar_of(version: str, *, solid: bool = False, password: str | None = None) -> bytes:
    builder = rars.RarBuilder(format=version, solid=solid, password=password)
    for name, payload in FILES.items():
        builder.add_bytes(payload, name)
    return bytes(builder.to_bytes())


def stored_rar(names: list[bytes], flags: int = 0, main_flags: int = 0) -> bytes:
    """A RAR 4 put together byte by byte: files of NOTICE, stored, named in some old set."""

    def block(kind: int, flags: int, body: bytes) -> bytes:
        head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head

    archive = b"Rar!\x1a\x07\x00" + block(0x73, main_flags, bytes(6))
    for name in names:
        size, check = len(NOTICE), zlib.crc32(NOTICE)
        body = struct.pack("<IIBIIBBHI", size, size, 2, check, 0, 20, 0x30, len(name), 0x20)
        archive += block(0x74, 0x8000 | flags, body + name) + NOTICE
    return archive + block(0x7B, 0x4000, b"")


def taken_out(payload: bytes) -> dict[str, bytes]:
    members = read_alone(payload, "附件").members
    assert [member.problem for member in members if member.problem] == []
    return {member.name: member.payload for member in members}


def refusal(payload: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_document(payload, "附件")
    return refused.value


@pytest.mark.parametrize("solid", [False, True])
@pytest.mark.parametrize("version", [rars.RAR15, rars.RAR20, rars.RAR29, rars.RAR50, rars.RAR70])
def test_every_document_of_a_rar_comes_out_byte_for_byte(version: str, solid: bool) -> None:
    assert taken_out(rar_of(version, solid=solid)) == FILES


def test_a_rar_of_stored_files_named_in_gbk_is_read() -> None:
    names = ["招标文件\\采购清单.txt", "公告.txt"]
    assert taken_out(stored_rar([name.encode("gbk") for name in names])) == {
        "招标文件/采购清单.txt": NOTICE,
        "公告.txt": NOTICE,
    }


def test_the_text_of_documents_in_a_rar_says_where_it_stands() -> None:
    reading = read_document(rar_of(rars.RAR50), "附件.rar")
    assert reading.media_type == "application/vnd.rar"
    assert reading.passage(0, 4).part == "招标文件/公告.txt"


@pytest.mark.parametrize("version", [rars.RAR29, rars.RAR50])
def test_locked_documents_of_a_rar_are_refused_by_name(version: str) -> None:
    assert refusal(rar_of(version, password="geheim")).code == "reading.encrypted"


def test_a_rar_whose_list_of_files_is_locked_is_refused_by_name() -> None:
    head = struct.pack("<BHH", 0x73, 0x80, 13) + bytes(6)
    locked = b"Rar!\x1a\x07\x00" + struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head
    refused = refusal(locked + os.urandom(200))
    assert refused.code == "reading.encrypted"


def test_documents_spread_over_several_volumes_are_refused_by_name() -> None:
    part = stored_rar(["公告.txt".encode("gbk")], flags=0x02, main_flags=0x01)
    assert refusal(part).code == "reading.volume"


def test_a_program_with_a_rar_behind_it_is_a_rar() -> None:
    program = b"MZ" + bytes(90_000)
    assert taken_out(program + rar_of(rars.RAR29)) == FILES
    assert taken_out(program + rar_of(rars.RAR50)) == FILES


@pytest.mark.parametrize(("version", "solid"), [(rars.RAR29, False), (rars.RAR50, True)])
def test_a_rar_that_breaks_off_gives_the_documents_before(version: str, solid: bool) -> None:
    whole = rar_of(version, solid=solid)
    got = read_alone(whole[: len(whole) - 60], "附件")
    taken = {member.name: member.payload for member in got.members if not member.problem}
    assert taken
    assert taken.items() <= FILES.items()
    assert "reading.ends-early" in {problem.code for problem in got.reading.problems}


@pytest.mark.parametrize("solid", [False, True])
def test_a_rar_that_unpacks_to_too_much_is_told(
    monkeypatch: pytest.MonkeyPatch, solid: bool
) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 380)
    members = read_alone(rar_of(rars.RAR50, solid=solid), "附件").members
    codes = [member.problem.code if member.problem else None for member in members]
    assert codes == [None, "reading.over-limit", None]


def test_links_in_a_rar_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"never read")
    builder = rars.RarBuilder(format=rars.RAR50)
    builder.add_bytes(NOTICE, "公告.txt")
    builder.add_unix_symlink("link", str(tmp_path / "secret.txt"))
    got = read_alone(bytes(builder.to_bytes()), "附件")
    assert [member.name for member in got.members] == ["公告.txt"]
    assert [problem.code for problem in got.reading.problems] == ["reading.link"]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([rars.RAR15, rars.RAR29, rars.RAR50]),
    st.booleans(),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8),
    st.floats(0, 1),
)
def test_a_damaged_rar_is_read_or_refused_and_nothing_else(
    version: str, solid: bool, changes: list[tuple[float, int]], kept: float
) -> None:
    payload = bytearray(rar_of(version, solid=solid))
    for place, value in changes:
        payload[int(place * (len(payload) - 1))] = value
    with contextlib.suppress(Unreadable):
        read_alone(bytes(payload[: 8 + int(kept * len(payload))]), "附件")
