"""Encodings: declared rightly, wrongly or not at all, and bytes that are broken."""

from __future__ import annotations

import pytest

from tenderlight.model import Unreadable
from tenderlight.reading import read_document

SIMPLIFIED = "采购单位：某市公安局，预算金额：120万元，采购方式：公开招标，联系电话见公告。"
TRADITIONAL = "採購單位：某市警察局，預算金額：120萬元，採購方式：公開招標，聯絡電話見公告。"


def page(text: str, charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize(
    ("text", "actual", "named"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "gbk", "gb18030"),
    ],
)
def test_the_bytes_decide_and_not_what_the_page_declares(
    text: str, actual: str, named: str, declared: str
) -> None:
    reading = read_document(page(text, declared).encode(actual), "n.html")
    assert (reading.text, reading.encoding, reading.problems) == (text, named, ())


@pytest.mark.parametrize(
    ("text", "actual"), [(SIMPLIFIED, "gbk"), (TRADITIONAL, "big5"), (SIMPLIFIED, "utf-16")]
)
def test_text_that_declares_nothing_comes_out_right(text: str, actual: str) -> None:
    assert read_document(text.encode(actual), "n.txt").text == text


@pytest.mark.parametrize("actual", ["utf-8-sig", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_read_with_and_without_a_mark(actual: str) -> None:
    text = "No. XN-2021-001 budget 120 yuan, " + SIMPLIFIED
    assert read_document(text.encode(actual), "n.txt").text == text


def test_a_short_line_of_gbk_comes_out_right() -> None:
    assert (
        read_document("中标公告：某市公安局".encode("gbk"), "n.txt").text == "中标公告：某市公安局"
    )


@pytest.mark.parametrize(("encoding", "junk"), [("utf-8", b"\xe4\xb8"), ("gbk", b"\xff\xff")])
def test_a_few_broken_bytes_are_replaced_and_reported(encoding: str, junk: bytes) -> None:
    payload = (SIMPLIFIED * 5 + "\n").encode(encoding) + junk + ("\n" + SIMPLIFIED).encode(encoding)
    reading = read_document(payload, "n.txt")
    assert reading.text.startswith(SIMPLIFIED)
    assert reading.text.endswith(SIMPLIFIED)
    assert [problem.code for problem in reading.problems] == ["reading.broken-bytes"]
    assert "\ufffd" in reading.text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_short_page_with_three_broken_places_is_read_in_its_own_encoding(encoding: str) -> None:
    payload = page(SIMPLIFIED * 2, encoding).encode(encoding)
    for word in ("某市", "方式", "见公告"):
        broken = b"\xff" + word[1:].encode(encoding)
        payload = payload.replace(word.encode(encoding), broken, 1)
    reading = read_document(payload, "n.html")
    assert reading.encoding == encoding
    assert "预算金额：120万元" in reading.text
    assert [problem.code for problem in reading.problems] == ["reading.broken-bytes"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_that_is_broken_all_over_is_refused(encoding: str) -> None:
    payload = bytearray((SIMPLIFIED * 20).encode(encoding))
    payload[::9] = b"\xff" * len(payload[::9])
    with pytest.raises(Unreadable) as refused:
        read_document(bytes(payload), "n.txt")
    assert refused.value.code == "reading.unknown-encoding"


def test_bytes_in_no_known_encoding_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(bytes(range(128, 256)) * 40, "n.txt")
    assert refused.value.code in ("reading.unknown-encoding", "reading.unknown-format")


def test_a_replacement_character_that_was_printed_so_is_no_broken_byte() -> None:
    reading = read_document(("\ufffd\n" * 90 + SIMPLIFIED).encode("utf-8-sig"), "n.txt")
    assert reading.problems == ()


@pytest.mark.parametrize("junk", [b"\xff" * 900, b"a\xff" * 500])
def test_bytes_that_would_be_accented_letters_only_are_refused(junk: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(junk, "n.txt")
    assert refused.value.code == "reading.unknown-encoding"


def test_nul_characters_are_left_out_and_reported() -> None:
    reading = read_document(f"采购人\x00：{SIMPLIFIED}".encode(), "n.txt")
    assert reading.text == f"采购人：{SIMPLIFIED}"
    assert [problem.code for problem in reading.problems] == ["reading.nul"]


def test_latin_pages_keep_their_accents() -> None:
    text = "Procédure ouverte : marché de vidéosurveillance, façade de la préfecture. " * 4
    reading = read_document(page(text, "iso-8859-1").encode("latin-1"), "n.html")
    assert reading.text == text.strip()
