"""Finding documents: every file once, nothing from outside, and each refusal is told."""

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Refused
from tenderlight.sources import Found, RefusedFile, find_documents
from tenderlight.sources.folder import open_document
from tenderlight.sources.manifest import parse_line


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    folder = tmp_path / "notices"
    for name in ("b.html", "a.txt", "宜昌/x.html", "宜昌/deep/y.pdf", ".DS_Store", ".git/config"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def manifest(folder: Path, *lines: Any) -> None:
    text = "".join(
        (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n"
        for line in lines
    )
    (folder / "manifest.jsonl").write_text(text, encoding="utf-8")


def found(*paths: Path, leave_out: Path | None = None) -> list[Found]:
    return [each for each in find_documents(paths, leave_out) if isinstance(each, Found)]


def refused(*paths: Path, leave_out: Path | None = None) -> list[RefusedFile]:
    return [each for each in find_documents(paths, leave_out) if isinstance(each, RefusedFile)]


def test_a_folder_gives_all_its_files_sorted_under_names_relative_to_it(notices: Path) -> None:
    names = ["a.txt", "b.html", "宜昌/deep/y.pdf", "宜昌/x.html"]
    assert [each.file for each in found(notices)] == names
    assert [each.path.read_bytes().decode() for each in found(notices)] == names
    assert refused(notices) == []


def test_a_single_file_goes_by_its_name(notices: Path) -> None:
    (each,) = found(notices / "宜昌/deep/y.pdf")
    assert (each.file, each.url, each.stated) == ("y.pdf", None, None)


def test_what_is_not_there_or_no_file_is_refused_and_the_rest_goes_on(
    notices: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    paths = [tmp_path / "nowhere", Path("/dev/zero"), tmp_path / "pipe", notices / "a.txt"]
    assert [each.file for each in found(*paths)] == ["a.txt"]
    whats = [each.what for each in refused(*paths, Path("nul\0"))]
    assert whats[:3] == ["is not there.", *["is neither a file nor a folder."] * 2]
    assert len(whats) == 4


def test_a_manifest_states_and_its_line_is_kept_verbatim(notices: Path) -> None:
    stated = {
        "file": "x.html",
        "url": "https://例子.cn/公告?id=1",
        "captured": "2025-03-24 08:00",
        "title": "视频监控",
        "publish_time": "2025-03-24",
        "region": "兴山县",
        "region_code": 420526,
        "source_platform": "某市交易网",
        "colour": ["kept", "too"],
    }
    manifest(notices / "宜昌", stated, "", {"file": "deep/y.pdf", "url": None, "title": ""})
    x, y = found(notices)[2:]
    assert (x.file, y.file) == ("宜昌/x.html", "宜昌/deep/y.pdf")
    assert (x.url, x.captured) == (stated["url"], stated["captured"])
    assert x.stated is not None
    assert x.stated.line == json.dumps(stated, ensure_ascii=False)
    assert (x.stated.title, x.stated.date) == ("视频监控", "2025-03-24")
    assert (x.stated.region, x.stated.region_code) == ("兴山县", "420526")
    assert x.stated.source == "某市交易网"
    assert y.stated is not None
    assert (y.url, y.captured, y.stated.title) == (None, None, None)


def test_files_that_the_manifest_does_not_name_are_added_too(notices: Path) -> None:
    manifest(notices, {"file": "b.html", "title": "B"})
    assert [(each.file, each.stated is None) for each in found(notices)] == [
        ("b.html", False),
        ("a.txt", True),
        ("宜昌/deep/y.pdf", True),
        ("宜昌/x.html", True),
    ]


def test_a_hostile_manifest_is_refused_line_by_line(notices: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (notices / "out.html").symlink_to(tmp_path / "secret.txt")
    (notices / "up").symlink_to(tmp_path)
    lines = [
        "not json",
        '["a list"]',
        '{"file": "../secret.txt"}',
        json.dumps({"file": str(tmp_path / "secret.txt")}),
        {"file": "宜昌/../../secret.txt"},
        {"file": "out.html"},
        {"file": "up/secret.txt"},
        {"file": "gone.html"},
        {"file": 7},
        {"title": "no file"},
        {"file": "宜昌"},
        {"file": "manifest.jsonl"},
        {"file": "nul\0.html"},
        '{"file": "\\ud800.html"}',
        "[" * 100_000,
        '{"file": "a.txt", "note": "' + "x" * 2_000_000 + '"}',
        {"file": "n" * 5000},
        {"file": "./b.html"},
        {"file": "b.html", "url": "http://example.com/again"},
        {"file": "a.txt", "url": "javascript:alert(1)"},
    ]
    manifest(notices, *lines)
    told = {each.file: each for each in refused(notices)}
    wrong = [number for number in range(1, 21) if number != 18]
    assert [f"manifest.jsonl line {n}" in told for n in wrong] == [True] * len(wrong)
    assert "manifest.jsonl line 18" not in told
    for number, what in {
        1: "is not a JSON object",
        3: "outside its folder",
        6: "leads out of its folder",
        7: "leads out of its folder",
        8: "names 'gone.html', which is not there",
        9: "names no file",
        11: "is a folder",
        16: "longer than 1 MB",
        19: "was named before",
        20: "as address, which was not taken over; the file itself was",
    }.items():
        assert what in told[f"manifest.jsonl line {number}"].what
    assert all(each.hint for each in told.values())
    assert {"out.html", "up"} <= set(told), "the links themselves are refused where they stand"
    names = [each.file for each in found(notices)]
    assert names == ["b.html", "a.txt", "宜昌/deep/y.pdf", "宜昌/x.html"]
    assert all(each.url is None for each in found(notices))
    assert not any("secret" in each.path.read_text() for each in found(notices))


@given(st.binary(max_size=200))
def test_any_bytes_as_a_line_are_read_or_refused(raw: bytes) -> None:
    try:
        named = parse_line(raw, 1)
    except Refused:
        return
    assert ".." not in named.file.parts
    assert not named.file.is_absolute()


@given(st.dictionaries(st.sampled_from(["file", "url", "title", "date"]), st.text() | st.none()))
def test_any_values_in_a_line_are_read_or_refused(keys: dict[str, str | None]) -> None:
    line = json.dumps(keys)
    try:
        named = parse_line(line.encode(), 1)
    except Refused:
        return
    assert named.stated.line == line
    assert named.stated.title in (keys.get("title"), None)
    named.stated.line.encode()
    str(named.file).encode()


def test_devices_pipes_and_sockets_in_a_folder_are_never_opened(
    notices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(notices)  # the path of a socket may have some hundred bytes only
    os.mkfifo(notices / "pipe")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind("plug")
        told = {each.file: each.what for each in refused(notices)}
    assert told == dict.fromkeys(("pipe", "plug"), "is a device, pipe or socket.")
    assert len(found(notices)) == 4


def test_links_inside_the_folder_are_followed_and_circles_are_not(notices: Path) -> None:
    (notices / "same.html").symlink_to("b.html")
    (notices / "宜昌/round").symlink_to("..")
    (notices / "itself").symlink_to("itself")
    assert "same.html" in [each.file for each in found(notices)]
    assert len(found(notices)) == 5
    assert {each.file for each in refused(notices)} == {"宜昌/round", "itself"}


def test_the_corpus_itself_is_never_added(notices: Path) -> None:
    evidence = notices / "corpus/evidence"
    evidence.mkdir(parents=True)
    (evidence / "ledger.jsonl").write_text("{}")
    (notices / "peek").symlink_to("corpus/evidence/ledger.jsonl")
    corpus = notices / "corpus"
    told = {each.file: each.what for each in refused(notices, leave_out=corpus)}
    assert told == {"corpus": "is the corpus itself.", "peek": "lies in the corpus itself."}
    assert len(found(notices, leave_out=corpus)) == 4
    assert found(evidence / "ledger.jsonl", leave_out=corpus) == []


def test_a_folder_inside_the_corpus_is_refused_too(notices: Path) -> None:
    evidence = notices / "corpus/evidence"
    evidence.mkdir(parents=True)
    (evidence / "ledger.jsonl").write_text("{}")
    assert found(evidence, leave_out=notices / "corpus") == []
    assert refused(evidence, leave_out=notices / "corpus")


def test_a_name_that_is_not_text_is_refused_and_can_be_printed(notices: Path) -> None:
    Path(os.fsdecode(os.fsencode(notices) + b"/\xd5\xd0\xb1\xea\x1b[2J.html")).write_bytes(b"x")
    (each,) = refused(notices)
    assert each.what == "has a name that is not UTF-8."
    assert each.file.isprintable()
    each.file.encode()


def test_a_file_that_vanishes_or_turns_into_something_else_is_refused(notices: Path) -> None:
    a, b, x, _ = found(notices)
    a.path.unlink()
    b.path.unlink()
    os.mkfifo(b.path)
    x.path.unlink()
    x.path.symlink_to("/etc/hostname")
    for each, what in ((a, "is not there"), (b, "not a regular file any more"), (x, "cannot be")):
        with pytest.raises(Refused, match=what):
            open_document(each)


def test_what_may_not_be_read_is_refused_with_the_reason(
    notices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    each = found(notices)[0]
    with monkeypatch.context() as patch:
        patch.setattr("tenderlight.sources.folder.os.open", closed)
        with pytest.raises(Refused, match="may not be read by you"):
            open_document(each)
        patch.setattr("tenderlight.sources.folder.os.scandir", closed)
        assert [told.what for told in refused(notices)] == ["may not be read by you."]
