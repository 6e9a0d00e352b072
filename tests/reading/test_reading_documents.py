"""Any bytes at all: recognised by content, placed character by character, or refused by name."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.model import Reading, Unreadable
from tenderlight.reading import limits, read_document

TAGS = "<p>|</p>|<table>|<tr>|<td>|<td rowspan=3>|<td colspan=2>|</table>|<pre>|</pre>|<br>|<h2>"
MORE = "<div hidden>|</div>|<b>|</b>|<!--|-->|<a href=#>|</a>|<input value=9>|<select><option>"
TEXT = "预算|12|万元| |\n|　|\x0b|\u2028|\u200b|&nbsp;|&#8232;|&#0;"
PIECES = st.sampled_from(f"{TAGS}|{MORE}|{TEXT}".split("|"))


def refusal(payload: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_document(payload, "notice")
    return refused.value


def assert_every_character_has_its_block(reading: Reading) -> None:
    end = -1
    for block in reading.blocks:
        assert block.start == end + 1
        end = block.end
        text = reading.text[block.start : block.end]
        assert text
        assert text == text.strip()
        assert "\n" not in text
        assert reading.passage(block.start, block.end).text == text
    assert end == len(reading.text)


def read_or_refused(payload: bytes) -> Reading | None:
    """What reading gives, after checking that it is whole, or that its refusal is."""
    try:
        reading = read_document(payload, "notice")
    except Unreadable as error:
        refused = error
    else:
        assert_every_character_has_its_block(reading)
        return reading
    assert refused.code.startswith("reading.")
    assert refused.what
    assert refused.hint
    return None


@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_character_of_a_page_is_in_exactly_one_block(page: str) -> None:
    payload = f"<html>{page}".encode()
    assert read_or_refused(payload) == read_or_refused(payload)


@given(st.text(min_size=1))
def test_any_text_is_read_with_every_character_in_its_block(text: str) -> None:
    read_or_refused(text.encode("utf-8", "ignore"))


@given(st.binary(max_size=4096))
def test_arbitrary_bytes_are_read_or_refused_and_nothing_else(payload: bytes) -> None:
    read_or_refused(payload)


@settings(max_examples=50)
@given(
    st.binary(max_size=600),
    st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"{\\rtf1", b"\xff\xfe"]),
)
def test_junk_behind_a_known_beginning_is_read_or_refused(payload: bytes, start: bytes) -> None:
    read_or_refused(start + payload)


def zip_of(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 100)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("payload", "code", "word"),
    [
        (b"", "reading.empty", "empty"),
        (b" \r\n\t\x0c", "reading.empty", "empty"),
        (b"\xef\xbb\xbf", "reading.no-text", "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "reading.damaged", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(60), "reading.damaged", "picture"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(1, 60)), "reading.unknown-format", "elf"),
        (bytes(range(256)) * 20, "reading.unknown-format", "neither"),
        (b'<?xml version="1.0"?><TED_EXPORT><a>1</a></TED_EXPORT>', "reading.not-yet", "XML"),
        (b'{"code": 200, "data": null}', "reading.no-text", "no text"),
    ],
)
def test_what_is_no_notice_is_refused_by_name(payload: bytes, code: str, word: str) -> None:
    refused = refusal(payload)
    assert refused.code == code
    assert word in refused.what
    assert refused.hint


def test_text_that_begins_like_a_picture_is_still_text() -> None:
    assert read_document("BM25采购公告".encode(), "n").text == "BM25采购公告"


def test_html_in_a_text_file_and_text_in_an_html_file_are_told_apart() -> None:
    page = read_document("采购公告<p>预算</p><p>12万元</p>".encode(), "n.txt")
    text = read_document("采购公告\n预算 < 12 万元 <br> 换行".encode(), "n.html")
    assert (page.media_type, page.text) == ("text/html", "采购公告\n预算\n12万元")
    assert (text.media_type, len(text.blocks)) == ("text/plain", 2)


def test_an_xhtml_page_is_a_page() -> None:
    page = '<?xml version="1.0"?><!DOCTYPE html><html><body><p>采购公告</p></body></html>'
    assert read_document(page.encode(), "n").text == "采购公告"


def test_a_text_keeps_its_lines_and_tabs_and_drops_blank_ones() -> None:
    reading = read_document("序号\t名称\r\n\r\n 1\t路灯 \rA\x0cB".encode(), "n.txt")
    assert reading.text.split("\n") == ["序号\t名称", "1\t路灯", "A", "B"]


def test_a_text_of_200_megabytes_is_refused_at_once() -> None:
    refused = refusal("招标公告内容\n".encode() * 11_000_000)
    assert refused.code == "reading.too-large"
    assert str(limits.TEXT_BYTES >> 20) in refused.what


@pytest.mark.parametrize("line", ["a\n", "\n", "<pre>a\n"])
def test_thirty_megabytes_of_one_line_are_read_in_seconds(line: str) -> None:
    payload = line.encode() * (30_000_000 // len(line.encode())) + b"x"
    with contextlib.suppress(Unreadable):
        assert len(read_document(payload, "n").text) <= limits.CHARACTERS


def test_what_lies_beyond_the_limits_is_named_as_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BLOCKS", 3)
    reading = read_document("甲\n乙\n丙\n丁\n戊".encode(), "n.txt")
    assert reading.text == "甲\n乙\n丙"
    assert [(problem.code, problem.unread) for problem in reading.problems] == [
        ("reading.cut-short", True)
    ]
    assert "first 3 whole lines" in reading.problems[0].what


def test_one_endless_line_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHARACTERS", 10)
    reading = read_document("采购公告\n一二三四五六七八九".encode(), "n.txt")
    assert reading.text == "采购公告\n一二三四五"
    assert [problem.code for problem in reading.problems] == ["reading.cut-short"]
