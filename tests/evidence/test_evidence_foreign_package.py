"""WACZ files: their lists are checked, and nothing in them can hurt."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.evidence.foreign.archive import Archive, Doubt, archive_kind
from tenderlight.model import Refused
from tests.evidence.evidence_archives import Crawl, package, sha256, written, zipped

WARC = "archive/data.warc.gz"


def read(raw: bytes) -> tuple[int, list[tuple[str, str]], list[str]]:
    """How many groups, the doubts, and the notes."""
    archive, count, doubts = Archive(io.BytesIO(raw), "x.wacz"), 0, []
    for each in archive.groups():
        if isinstance(each, Doubt):
            doubts.append((each.where, each.what))
        else:
            count += 1
    return count, doubts, archive.notes


def test_a_sound_package_is_read() -> None:
    raw = package({WARC: Crawl().answer().raw, "archive/more.warc": written(packed=False)})
    assert archive_kind(io.BytesIO(raw)) == "wacz"
    count, doubts, notes = read(raw)
    assert (count, doubts) == (2, [])
    assert notes == [
        "x.wacz: a WACZ file",
        "datapackage.json is the one that datapackage-digest.json names",
        "it is not signed",
        "2 files are as datapackage.json lists them",
        "2 records fit their own digests, 1 have none that can be checked",
    ]


def test_a_package_without_a_digest_is_read_and_said_to_be_so() -> None:
    count, doubts, notes = read(package({WARC: written()}, digest=False))
    assert (count, doubts) == (1, [])
    assert "no datapackage-digest.json: nobody signed it, and its list could be another" in notes


def test_a_file_that_was_changed_is_refused_by_name() -> None:
    raw = package({WARC: written(), "archive/b.warc": written()}, change={WARC: written(b"y")})
    count, doubts, _ = read(raw)
    assert count == 1
    assert doubts == [
        (
            f"x.wacz/{WARC}",
            "is not the file that datapackage.json lists: its digest or size differs.",
        )
    ]


def test_files_that_are_added_or_missing_are_named() -> None:
    raw = package({WARC: written()}, change={"archive/new.warc": written()})
    assert read(raw)[:2] == (
        1,
        [("x.wacz/archive/new.warc", "is not listed, with a hash, in datapackage.json.")],
    )
    listed = package({WARC: written(), "indexes/index.cdx.gz": b"x"})
    with zipfile.ZipFile(io.BytesIO(listed)) as packed:
        files = {name: packed.read(name) for name in packed.namelist() if "index" not in name}
    assert read(zipped(files))[1] == [
        ("x.wacz/indexes/index.cdx.gz", "is listed and is not there.")
    ]


def test_a_hash_that_cannot_be_checked_lets_nothing_in() -> None:
    count, doubts, _ = read(package({WARC: written()}, listed={WARC: "crc32:00000000"}))
    assert (count, len(doubts)) == (0, 1)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"datapackage.json": b"{}"}, "that is not the one in"),
        ({"datapackage.json": b"[]"}, "that cannot be read"),
        ({"datapackage.json": b"\xff"}, "that cannot be read"),
        ({"datapackage-digest.json": b"{}"}, "that cannot be read"),
        ({"datapackage-digest.json": b'{"hash": "sha256:1"}'}, "that cannot be read"),
        ({"datapackage-digest.json": b"[" * 100_000}, "that cannot be read"),
        ({"datapackage.json": b" " * (17 * 2**20)}, "of more than 16 MB"),
    ],
)
def test_a_list_that_is_not_the_one_that_was_digested_ends_it(
    change: dict[str, bytes], what: str
) -> None:
    with pytest.raises(Refused, match=what):
        read(package({WARC: written()}, change=change))


def test_names_in_a_package_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["archive/../../../out.warc", "archive/" + "a" * 60_000 + ".warc", "/etc/x"]
    raw = package({name: written() for name in names} | {WARC: written()})
    count, doubts, _ = read(raw)
    assert (count, doubts, list(tmp_path.iterdir())) == (3, [], [])


def test_packages_in_packages_and_other_files_are_not_opened() -> None:
    inner = package({WARC: written()})
    count, doubts, _ = read(package({WARC: written(), "archive/inner.wacz": inner}))
    assert (count, doubts) == (1, [])


def _zip(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    raw = _zip({"datapackage.json": b"{}", "archive/bomb.warc": b"\0" * 200_000_000})
    with pytest.raises(Refused, match="unpacks to 190 MB"):
        read(raw)


def test_files_that_lie_over_each_other_are_refused() -> None:
    """As in the bomb of David Fifield: one stretch of bytes, named many times."""
    raw = bytearray(_zip({"datapackage.json": b"{}", "archive/a.warc": b"x" * 40_000}, 0))
    at = raw.rfind(b"PK\x01\x02")
    end = raw.rfind(b"PK\x05\x06")
    entry = bytes(raw[at:end])
    more = b"".join(entry.replace(b"a.warc", b"%c.warc" % letter) for letter in b"bcdefgh")
    tail = bytearray(raw[end:])
    struct.pack_into("<HHI", tail, 8, 9, 9, len(raw[:end]) - _directory(raw) + len(more))
    with pytest.raises(Refused, match="lie over each other"):
        read(bytes(raw[:end]) + more + bytes(tail))


def _directory(raw: bytes) -> int:
    return int(struct.unpack_from("<I", raw, raw.rfind(b"PK\x05\x06") + 16)[0])


def test_two_files_of_one_name_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("datapackage.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("datapackage.json", b"{} ")
        packed.writestr("archive/a.warc", b"")
    with pytest.raises(Refused, match="two files of one name"):
        read(out.getvalue())


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_nobody_uses_are_refused(kind: int) -> None:
    with pytest.raises(Refused, match="packed in a way"):
        read(_zip({"datapackage.json": b"{}", "archive/a.warc": b"x" * 999}, kind))


def test_more_files_than_anybody_needs_are_not_listed() -> None:
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 60_000, 60_000, 3_000_000, 0, 0)
    raw = b"PK\x03\x04" + b"\0" * 3_000_000 + end
    assert archive_kind(io.BytesIO(raw)) is None


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_whatever_is_flipped_nothing_else_gets_in(at: int, noise: bytes) -> None:
    whole = package({WARC: Crawl().answer().raw, "pages/pages.jsonl": b'{"url": "x"}\n'})
    raw = whole[:at] + noise + whole[at + len(noise) :]
    if archive_kind(io.BytesIO(raw)) != "wacz":
        return
    archive = Archive(io.BytesIO(raw), "x")
    try:
        blocks = [each.main.sha256 for each in archive.groups() if not isinstance(each, Doubt)]
    except Refused:
        return
    sound = [
        each.main.sha256
        for each in Archive(io.BytesIO(whole), "x").groups()
        if not isinstance(each, Doubt)
    ]
    assert blocks in ([], sound)


def test_a_listed_size_counts_too() -> None:
    raw = package({WARC: written()}, digest=False)
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files["datapackage.json"] = files["datapackage.json"].replace(
        b'"bytes": %d' % len(written()), b'"bytes": 1'
    )
    assert sha256(written()).encode() in files["datapackage.json"]
    assert read(zipped(files))[0] == 0
