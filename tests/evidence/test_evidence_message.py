"""Heads and codings: taken off whatever way the bytes come, and never without end."""

import gzip
import time
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.evidence.message import (
    LONGEST_HEAD,
    Stuck,
    absolute,
    is_cut_off,
    measure,
    read_head,
    take_off,
)

PACK = {
    "gzip": gzip.compress,
    "x-gzip": lambda raw: gzip.compress(raw[:9]) + gzip.compress(raw[9:]),
    "deflate": lambda raw: zlib.compress(raw, wbits=-15 if len(raw) % 2 else 15),
}


def chunked(raw: bytes, size: int, end: bytes = b"\r\n", trailer: bytes = b"") -> bytes:
    parts = [raw[at : at + size] for at in range(0, len(raw), size)]
    told = b"".join(b"%X;x=1%b%b%b" % (len(part), end, part, end) for part in parts)
    return told + b"0" + end + trailer + end


def split(raw: bytes, sizes: list[int]) -> Iterator[bytes]:
    at = 0
    while at < len(raw):
        size = sizes[at % len(sizes)]
        yield raw[at : at + size]
        at += size


@settings(max_examples=200, deadline=None)
@given(
    raw=st.binary(max_size=3000),
    coding=st.sampled_from(sorted(PACK)),
    size=st.integers(1, 700),
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=5),
    end=st.sampled_from([b"\r\n", b"\n"]),
    trailer=st.sampled_from([b"", b"X: y\r\n", b"A: b\nC: d\n"]),
)
def test_what_was_coded_comes_out_whatever_pieces_it_comes_in(
    raw: bytes, coding: str, size: int, sizes: list[int], end: bytes, trailer: bytes
) -> None:
    body = chunked(PACK[coding](raw), size, end, trailer)
    assert b"".join(take_off(split(body, sizes), ("chunked", coding), is_cut=False)) == raw
    assert not is_cut_off(split(body, sizes), ("chunked",))


@settings(max_examples=200, deadline=None)
@given(raw=st.binary(min_size=1, max_size=500), cut=st.integers(1, 40), size=st.integers(1, 90))
def test_what_breaks_off_gives_what_came_if_that_is_known_and_nothing_else(
    raw: bytes, cut: int, size: int
) -> None:
    body = chunked(raw, size)
    body = body[: max(0, len(body) - cut)]
    assert is_cut_off(iter((body,)), ("chunked",))
    assert raw.startswith(b"".join(take_off(iter((body,)), ("chunked",), is_cut=True)))
    with pytest.raises(Stuck):
        list(take_off(iter((body,)), ("chunked",), is_cut=False))


@settings(max_examples=300, deadline=None)
@given(
    body=st.binary(max_size=300),
    codings=st.lists(st.sampled_from(["chunked", "gzip", "deflate", "br"]), max_size=3),
    is_cut=st.booleans(),
)
def test_any_bytes_give_a_document_that_is_the_same_when_it_is_read_again(
    body: bytes, codings: list[str], is_cut: bool
) -> None:
    told = measure(lambda: iter((body,)), tuple(codings), is_cut)
    assert told == measure(lambda: split(body, [1, 3]), tuple(codings), is_cut)


@pytest.mark.parametrize(
    "said",
    [b"-1\r\nx\r\n", b"0x3\r\nabc\r\n", b"\r\nabc", b"3\r\nabcd\r\n", b"9" * 5000, b"1_0\r\n"],
)
def test_what_is_no_chunk_is_no_chunk(said: bytes) -> None:
    with pytest.raises(Stuck):
        list(take_off(iter((said,)), ("chunked",), is_cut=False))


def test_hostile_heads_and_chunks_take_no_time() -> None:
    begun = time.process_time()
    for line in (b"content-type:\n", b"\t\n", b":\n", b"\r", b"x", b"a: b\n\t\n", b"\n "):
        read_head(b"HTTP/1.1 200 OK\n" + line * (LONGEST_HEAD // len(line)))
    tiny = b"1\r\nx\r\n" * 170_000
    assert is_cut_off(iter((tiny,)), ("chunked",))
    assert is_cut_off(split(tiny, [16_384]), ("chunked",))
    assert time.process_time() - begun < 8


def test_a_head_says_what_it_says_first() -> None:
    head = read_head(
        b"HTTP/1.1 301 Moved\r\nLOCATION: /a\r\nlocation: /b\r\nContent-Type:TEXT/HTML ; x\r\n"
        b"Content-Encoding: gzip\r\nContent-Encoding: br\r\nTransfer-Encoding:\r\n\tchunked\r\n\r\n"
    )
    assert head is not None
    assert (head.location, head.media_type) == ("/a", "text/html")
    assert head.codings == ("chunked", "gzip, br")


@pytest.mark.parametrize(
    ("status", "method"), [(204, "GET"), (304, "GET"), (101, "GET"), (200, "HEAD")]
)
def test_an_answer_that_has_no_body_has_no_codings(status: int, method: str) -> None:
    head = read_head(b"HTTP/1.1 %d X\r\nTransfer-Encoding: chunked\r\n\r\n" % status, method)
    assert head is not None
    assert head.codings == ()


def test_no_place_that_is_no_address_is_led_to() -> None:
    assert absolute("http://a.example/", None) is None
    assert absolute("http://a.example/", "") is None
    assert absolute("http://a.example/", "b\r\nX: y") is None
    assert absolute("http://a.example/", "app:open") == "app:open"
