"""Archives: every document inside is taken out, nothing else happens, and limits hold."""

from __future__ import annotations

import bz2
import contextlib
import ctypes
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.model import Unreadable
from tenderlight.reading import limits, read_document
from tenderlight.reading.alone import read_alone
from tenderlight.reading.containers import libarchive
from tenderlight.reading.containers.names import decoded_names, tidy
from tenderlight.reading.document import Opened

NOTICE = "采购公告\n预算金额：12万元".encode()
"""Invented, as everything here."""
FILES = {"招标文件/公告.txt": NOTICE, "招标文件/清单.csv": "品目,数量\n摄像机,3\n".encode("gbk")}


class RawName(zipfile.ZipInfo):
    """A file in a ZIP whose name is written in an old character set, without saying in which."""

    charset = "gbk"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(self.charset), self.flag_bits & ~0x800


def zip_of(files: dict[str, bytes], charset: str = "", **how: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, payload in files.items():
            info = RawName(name) if charset else zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if isinstance(info, RawName):
                info.charset = charset
            archive.writestr(info, payload)
    return buffer.getvalue()


def tar_of(files: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, payload in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(payload)
            archive.addfile(info, io.BytesIO(payload))
    return buffer.getvalue()


def seven_zip_of(files: dict[str, bytes], compression: bytes = b"lzma2") -> bytes:
    """By libarchive itself, which can write what it reads."""
    lib, void, text = libarchive._LIB, ctypes.c_void_p, ctypes.c_char_p
    lib.archive_write_new.restype = lib.archive_entry_new.restype = void
    archive = void(lib.archive_write_new())
    lib.archive_write_set_format_7zip(archive)
    assert lib.archive_write_set_options(archive, text(b"compression=" + compression)) == 0
    room = ctypes.create_string_buffer(1 << 20)
    used = ctypes.c_size_t()
    lib.archive_write_open_memory(archive, room, ctypes.c_size_t(len(room)), ctypes.byref(used))
    for name, payload in files.items():
        entry = void(lib.archive_entry_new())
        lib.archive_entry_update_pathname_utf8(entry, text(name.encode()))
        lib.archive_entry_set_filetype(entry, 0o100000)
        lib.archive_entry_set_size(entry, ctypes.c_int64(len(payload)))
        with libarchive._all_characters():
            assert lib.archive_write_header(archive, entry) == 0
        lib.archive_write_data(archive, payload, ctypes.c_size_t(len(payload)))
        lib.archive_entry_free(entry)
    assert lib.archive_write_close(archive) == 0
    lib.archive_write_free(archive)
    return room.raw[: used.value]


def opened(payload: bytes) -> Opened:
    return read_alone(payload, "附件")


def taken_out(payload: bytes) -> dict[str, bytes]:
    members = opened(payload).members
    assert [member.problem for member in members if member.problem] == []
    return {member.name: member.payload for member in members}


def refusal(payload: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        opened(payload)
    return refused.value


ARCHIVES = {
    "zip": zip_of(FILES),
    "zip-gbk": zip_of(FILES, "gbk"),
    "tar": tar_of(FILES),
    "tar.gz": tar_of(FILES, "w:gz"),
    "tar.bz2": tar_of(FILES, "w:bz2"),
    "tar.xz": tar_of(FILES, "w:xz"),
    "7z": seven_zip_of(FILES),
    "7z-ppmd": seven_zip_of(FILES, b"ppmd"),
    "7z-zstd": seven_zip_of(FILES, b"zstd"),
}


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"


@pytest.mark.parametrize("make", [zip_of, tar_of])
def test_an_archive_that_begins_with_an_unpacked_pdf_is_an_archive(make: Any) -> None:
    assert taken_out(make({"a.pdf": PDF})) == {"a.pdf": PDF}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_every_document_of_an_archive_comes_out_byte_for_byte(kind: str) -> None:
    assert taken_out(ARCHIVES[kind]) == FILES


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_cut_off_anywhere_is_read_as_far_as_it_goes_or_refused(kind: str) -> None:
    whole = ARCHIVES[kind]
    for end in range(1, len(whole), max(1, len(whole) // 40)):
        try:
            got = opened(whole[:end])
        except Unreadable:
            continue
        for member in got.members:
            assert member.problem or member.payload in FILES.values() or len(got.members) == 1


def test_the_text_of_documents_in_archives_follows_and_says_where_it_stands() -> None:
    inner = zip_of({"公告.txt": NOTICE})
    reading = read_document(zip_of({"第一包.zip": inner, "说明.txt": "见附件".encode()}), "n.zip")
    assert reading.text == "采购公告\n预算金额：12万元\n见附件"
    assert [part.name for part in reading.parts] == [
        "第一包.zip", "第一包.zip/公告.txt", "说明.txt",
    ]  # fmt: skip
    assert reading.passage(5, 9).part == "第一包.zip/公告.txt"


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("采购需求及技术参数.docx", "gbk"),
        ("附件1：报价一览表（第二包）.xls", "gb18030"),
        ("招標文件及附件清單.doc", "big5"),
        ("Приложение к договору.doc", "cp866"),
        ("Angebot für Kamerasysteme.pdf", "cp437"),
        ("公告①—最终版.pdf", "gbk"),
        ("公告.pdf", "utf-8"),
        ("视频监控😀.pdf", "utf-8"),
    ],
)
def test_names_in_old_character_sets_are_read(name: str, charset: str) -> None:
    assert decoded_names([name.encode(charset)]) == [name]
    assert list(taken_out(zip_of({name: b"x"}, charset))) == [name]


def test_a_name_beside_its_unicode_field_is_taken_from_that() -> None:
    raw = b"????.txt"
    field = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + "公告.txt".encode()
    info = RawName("????.txt")
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, NOTICE)
    assert taken_out(buffer.getvalue()) == {"公告.txt": NOTICE}


@given(st.text(max_size=300))
def test_a_tidy_name_leads_nowhere_and_is_tidy(name: str) -> None:
    kept = tidy(name)
    assert tidy(kept) == kept
    assert not kept.startswith("/")
    steps = kept.split("/")
    assert not {"", ".", ".."} & set(steps)
    assert "\\" not in kept
    assert max(map(len, steps)) <= 200


def test_names_that_lead_elsewhere_are_names_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    away = str(tmp_path / "away.txt")
    files = {"../up.txt": b"1", away: b"2", "..\\..\\win.txt": b"3", "C:\\x\\drive.txt": b"4"}
    for payload in (zip_of(files), tar_of(files), seven_zip_of(files)):
        names = list(taken_out(payload))
        assert names == ["up.txt", away.lstrip("/"), "win.txt", "x/drive.txt"]
    assert os.listdir(tmp_path) == []


def test_links_and_devices_hold_no_document_and_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"never read")
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("a", tarfile.SYMTYPE), ("b", tarfile.LNKTYPE), ("c", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, str(secret)
            archive.addfile(info)
        info = tarfile.TarInfo("公告.txt")
        info.size = len(NOTICE)
        archive.addfile(info, io.BytesIO(NOTICE))
    got = opened(buffer.getvalue())
    assert [member.name for member in got.members] == ["公告.txt"]
    assert [problem.code for problem in got.reading.problems] == ["reading.link"]
    assert "3 entries" in got.reading.problems[0].what


def test_a_link_in_a_zip_is_not_followed_either() -> None:
    info = zipfile.ZipInfo("link")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("公告.txt", NOTICE)
    got = opened(buffer.getvalue())
    assert [member.name for member in got.members] == ["公告.txt"]
    assert got.reading.problems[0].code == "reading.link"


def test_what_file_managers_leave_behind_is_no_document() -> None:
    rubbish = {"__MACOSX/._a.doc": b"x", "图/Thumbs.db": b"x", ".DS_Store": b"x", "~$a.doc": b"x"}
    assert taken_out(zip_of({**rubbish, "desktop.ini": b"x", "公告.txt": NOTICE})) == {
        "公告.txt": NOTICE
    }
    assert refusal(zip_of(rubbish)).code == "reading.no-text"


def test_a_locked_document_is_named_and_the_others_are_read() -> None:
    payload = bytearray(zip_of({"locked.txt": b"x" * 50, "公告.txt": NOTICE}))
    payload[6] |= 1
    central = payload.rindex(b"PK\x01\x02", 0, payload.rindex(b"PK\x01\x02"))
    payload[central + 8] |= 1
    locked, notice = opened(bytes(payload)).members
    assert locked.problem is not None
    assert (locked.problem.code, locked.problem.unread) == ("reading.encrypted", True)
    assert notice.payload == NOTICE


def test_a_document_that_does_not_come_out_whole_is_named_damaged() -> None:
    payload = bytearray(zip_of({"a.txt": os.urandom(400), "公告.txt": NOTICE}))
    payload[60] ^= 0xFF
    damaged, notice = opened(bytes(payload)).members
    assert damaged.problem is not None
    assert damaged.problem.code == "reading.damaged"
    assert notice.payload == NOTICE


def test_an_archive_without_its_end_gives_the_documents_before() -> None:
    many = {f"{n}.txt": os.urandom(2000) for n in range(9)}
    got = opened(zip_of(many)[:15000])
    whole = [member for member in got.members if member.problem is None]
    assert 6 <= len(whole) < 9
    assert all(member.payload == many[member.name] for member in whole)
    assert "reading.ends-early" in {problem.code for problem in got.reading.problems}


def test_an_archive_cut_off_between_two_documents_says_so_too() -> None:
    payload = zip_of(FILES)
    got = opened(payload[: payload.index(b"PK\x01\x02")])
    assert len(got.members) == 2
    assert [problem.code for problem in got.reading.problems] == ["reading.ends-early"]
    packed = tar_of(FILES, "w:gz")
    got = opened(packed[:-4])
    assert len(got.members) == 2
    assert [problem.code for problem in got.reading.problems] == ["reading.ends-early"]


def bomb(size: int) -> bytes:
    return zip_of({"bomb.txt": bytes(size), "公告.txt": NOTICE}, compresslevel=9)


def test_a_bomb_is_named_and_its_neighbours_are_read() -> None:
    payload = bomb(80_000_000)
    assert len(payload) < 100_000
    bombed, notice = opened(payload).members
    assert bombed.problem is not None
    assert bombed.problem.code == "reading.over-limit"
    assert notice.payload == NOTICE


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 1_000_000)
    for packed in (gzip.compress(bytes(9_000_000)), bz2.compress(bytes(9_000_000))):
        (member,) = opened(packed).members
        assert member.problem is not None
        assert member.problem.code == "reading.over-limit"
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 10_000_000)
    assert len(opened(gzip.compress(bytes(9_000_000))).members[0].payload) == 9_000_000


def test_a_packed_tar_that_is_too_large_is_read_as_far_as_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 400_000)
    got = opened(tar_of({"公告.txt": NOTICE, "big.bin": bytes(900_000)}, "w:gz"))
    assert got.members[0].payload == NOTICE
    assert "reading.over-limit" in {problem.code for problem in got.reading.problems}


def test_the_ratio_is_of_the_whole_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_FREE", 0)
    twice = zip_of({"a.txt": b"a" * 40_000, "b.txt": b"b" * 40_000})
    assert [bool(member.problem) for member in opened(twice).members] == [False, True]
    monkeypatch.setattr(limits, "RATIO", 2_000)
    assert [bool(member.problem) for member in opened(twice).members] == [False, False]


def test_more_documents_than_are_taken_on_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", 3)
    for payload in (
        zip_of({f"{n}.txt": NOTICE for n in range(5)}),
        tar_of(dict.fromkeys("abcde", NOTICE)),
    ):
        got = opened(payload)
        assert len(got.members) == 3
        assert got.reading.problems[0].code == "reading.over-limit"
        assert got.reading.problems[0].unread


def test_passing_over_what_is_too_large_has_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 50_000)
    monkeypatch.setattr(limits, "SKIPPED_BYTES", 100_000)
    files = {f"{n}.txt": bytes(60_000) for n in range(9)}
    got = opened(seven_zip_of(files))
    assert len(got.members) == 2
    assert got.reading.problems[0].code == "reading.over-limit"


def test_one_file_of_a_zip_that_is_spread_over_several_is_refused_by_name() -> None:
    payload = bytearray(zip_of(FILES))
    end = payload.rindex(b"PK\x05\x06")
    payload[end + 4 : end + 8] = b"\x01\x00\x01\x00"
    assert refusal(bytes(payload)).code == "reading.volume"


def test_a_program_that_unpacks_itself_is_an_archive() -> None:
    program = b"MZ" + os.urandom(40_000)
    assert taken_out(program + zip_of(FILES)) == FILES
    assert taken_out(program + seven_zip_of(FILES)) == FILES
    assert refusal(program).code == "reading.unknown-format"


@pytest.mark.parametrize(
    "first",
    [
        {"[Content_Types].xml": b"<Types/>"},
        {"mimetype": b"application/vnd.oasis.opendocument.graphics"},
        {"OFD.xml": b"<ofd:OFD/>"},
    ],
)
def test_office_packages_that_are_damaged_or_unknown_are_not_taken_apart(
    first: dict[str, bytes],
) -> None:
    payload = zip_of({**first, "visio/document.xml": b"<a/>"})
    refused = refusal(payload[: payload.index(b"PK\x01\x02")])
    assert refused.code == "reading.unknown-format"
    assert "office document" in refused.what


def test_packed_single_documents_keep_their_name_where_it_is_said() -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile("notice.txt", "wb", fileobj=buffer, mtime=0) as packed:
        packed.write(NOTICE)
    assert taken_out(buffer.getvalue()) == {"notice.txt": NOTICE}
    for payload in (gzip.compress(NOTICE), bz2.compress(NOTICE), lzma.compress(NOTICE)):
        assert taken_out(payload) == {"content": NOTICE}
        assert taken_out(payload + payload) == {"content": NOTICE + NOTICE}
        assert read_document(payload, "x").text == "采购公告\n预算金额：12万元"


def test_zeros_or_rubbish_behind_a_packed_document_are_not_part_of_it() -> None:
    for rest in (bytes(600), b"rubbish"):
        assert taken_out(gzip.compress(NOTICE) + rest) == {"content": NOTICE}


def test_a_packed_document_that_breaks_off_is_damaged() -> None:
    packed = gzip.compress(os.urandom(5000))
    (member,) = opened(packed[:3000]).members
    assert member.problem is not None
    assert member.problem.code == "reading.damaged"


def test_zip_in_zip_in_zip_ends_at_the_limit() -> None:
    payload = zip_of({"公告.txt": NOTICE})
    for _ in range(100):
        payload = zip_of({"a.zip": payload, "说明.txt": b"x"})
    reading = read_document(payload, "n")
    assert [problem.code for problem in reading.problems] == ["reading.over-limit"] * 2
    assert reading.text.count("x") == limits.DEPTH


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text("公告采购abc12", min_size=1, max_size=20),
        st.binary(max_size=3000),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([zip_of, tar_of, seven_zip_of]),
)
def test_taking_out_is_the_inverse_of_packing(files: dict[str, bytes], pack) -> None:  # type: ignore[no-untyped-def]
    assert taken_out(pack(files)) == files


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(ARCHIVES)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_damaged_archive_is_read_or_refused_and_nothing_else(
    kind: str, changes: list[tuple[float, int]]
) -> None:
    payload = bytearray(ARCHIVES[kind])
    for place, value in changes:
        payload[int(place * (len(payload) - 1))] = value
    with contextlib.suppress(Unreadable):
        opened(bytes(payload))
