"""Frames between processes, and answers that cannot be: whatever comes, nothing here gives way."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.apart.channel import Channel, Gone, TooLate, TooMuch
from tenderlight.apart.sound import is_picture, is_recognised, is_refusal, is_sound
from tenderlight.apart.words import Asked, Failed, Found, encode, from_child
from tenderlight.model import Block, Doubt, Part, Problem, Reading, Sheet, Stretch
from tenderlight.pictures import Recognised, Written

BROKEN_OFF = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
READING = Reading(
    text="预算\n12万",
    blocks=(Block(0, 2), Block(3, 6, "cell", page=1, table=0, row=0, column=1)),
    media_type="application/pdf",
    sheets=(Sheet("body", 1, 595.0, 842.0, covered=((0.0, 0.0, 9.0, 9.0),)),),
    stretches=(Stretch(0, 2, 1, 10, 20, (0, 5, 5, 10)), Stretch(3, 6, 1, 1, 2, (0,) * 6, b"abc")),
    doubts=(Doubt(3, 5, "unsure"),),
)


@pytest.fixture
def ends() -> Iterator[tuple[Channel, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


@given(head=st.binary(max_size=99), blobs=st.lists(st.binary(max_size=99), max_size=5))
def test_what_is_sent_is_received(head: bytes, blobs: list[bytes]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Channel(ours).send(head, blobs)
        assert Channel(theirs).receive(99, 5, 500) == (head, blobs)


@given(noise=st.binary(max_size=200))
def test_noise_is_refused_before_anything_is_taken(noise: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(noise)
        theirs.close()
        try:
            head, blobs = Channel(ours).receive(100, 3, 100)
        except (Gone, TooMuch):
            return
        assert len(head) <= 100
        assert sum(map(len, blobs)) <= 100


@pytest.mark.parametrize(
    ("head", "blobs"), [(b"x" * 11, []), (b"x", [b""] * 3), (b"x", [b"12345", b"123456"])]
)
def test_a_frame_beyond_what_is_taken_is_refused_by_its_lengths(
    ends: tuple[Channel, socket.socket], head: bytes, blobs: list[bytes]
) -> None:
    channel, theirs = ends
    Channel(theirs).send(head, blobs)
    with pytest.raises(TooMuch):
        channel.receive(10, 2, 10)


def test_one_byte_now_and_then_does_not_put_off_the_end(
    ends: tuple[Channel, socket.socket],
) -> None:
    channel, theirs = ends
    theirs.sendall(b"\x00" * 7)
    began = time.monotonic()
    with pytest.raises(TooLate):
        channel.receive(10, 0, 0, until=began + 0.2)
    assert time.monotonic() - began < 5
    with pytest.raises(TooLate):
        channel.receive(10, 0, 0, until=began)


def test_who_does_not_listen_does_not_hold_us(ends: tuple[Channel, socket.socket]) -> None:
    channel, _ = ends
    with pytest.raises(TooLate):
        channel.send(b"x", [bytes(8 << 20)], until=time.monotonic() + 0.2)


def test_who_has_hung_up_is_gone(ends: tuple[Channel, socket.socket]) -> None:
    channel, theirs = ends
    theirs.close()
    with pytest.raises(Gone):
        channel.receive(10, 0, 0)
    with pytest.raises(Gone):
        channel.send(b"x")


@given(noise=st.binary(max_size=300))
def test_a_message_that_is_none_is_refused(noise: bytes) -> None:
    try:
        from_child.decode(noise)
    except BROKEN_OFF:
        return


@pytest.mark.parametrize(
    "bomb",
    [
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\x81\xa4type" + b"\x91" * 100_000,
        b"\x82\xa4type\xa5Found\xa1x" + b"\x91" * 100_000,
        b"\x82\xa4type\xa5Found\xa7members\xdd\xff\xff\xff\xff",
    ],
)
def test_a_message_that_promises_too_much_is_refused(bomb: bytes) -> None:
    with pytest.raises(BROKEN_OFF):
        from_child.decode(bomb)


def test_a_reading_that_hangs_together_passes_and_comes_back_the_same() -> None:
    found = Found(reading=READING, members=(("a", None), ("b", None)))
    assert from_child.decode(encode(found)) == found
    assert is_sound(found, [b"", b"x"])
    assert is_sound(Found(reading=Reading(text="", blocks=(), media_type="x")), [])


@pytest.mark.parametrize(
    "change",
    [
        {"text": "预算\n12万元"},
        {"blocks": ()},
        {"blocks": (Block(0, 2), Block(2, 6))},
        {"blocks": (Block(0, 9),)},
        {"blocks": (Block(0, -1), Block(0, 6))},
        {"blocks": (Block(0, 2), Block(3, 6, table=-1))},
        {"blocks": (Block(0, 2), Block(3, 6, table=0, row_span=0))},
        {"blocks": (Block(0, 2), Block(3, 6, table=0, row=1 << 40))},
        {"blocks": (Block(0, 2), Block(3, 6, page=-1))},
        {"sheets": (Sheet("body", 1, float("nan"), 1.0),)},
        {"sheets": (Sheet("body", 1, 1.0, float("inf")),)},
        {"sheets": (Sheet("body", 0, 1.0, 1.0),)},
        {"sheets": (Sheet("body", 1, 1.0, 1.0, turn=45),)},
        {"sheets": (Sheet("body", 1, 1.0, 1.0, covered=((0, 0, 1, float("nan")),)),)},
        {"stretches": (Stretch(0, 2, 1, 0, 1, (1,)),)},
        {"stretches": (Stretch(0, 2, 1, 0, 1, (1,) * 4, b"a"),)},
        {"stretches": (Stretch(4, 7, 1, 0, 1, (1,) * 6),)},
        {"stretches": (Stretch(3, 4, 1, 0, 1, (1, 1)), Stretch(0, 1, 1, 0, 1, (1, 1)))},
        {"stretches": (Stretch(0, 1, 1, 0, 1, (1, 1 << 50)),)},
        {"doubts": (Doubt(3, 99, "unsure"),)},
        {"parts": (Part(name="x", sha256="", size=1),)},
        {"problems": (Problem(code="fields.x", what="", hint=""),)},
        {"problems": (Problem(code="reading.x", what="x" * 5000, hint=""),)},
    ],
)
def test_a_reading_that_cannot_be_does_not_pass(change: dict[str, object]) -> None:
    assert not is_sound(Found(reading=msgspec.structs.replace(READING, **change)), [])


def test_members_without_their_bytes_do_not_pass() -> None:
    assert not is_sound(Found(reading=READING, members=(("a", None),)), [])
    assert not is_sound(Found(reading=READING, members=(("a" * 5000, None),)), [b""])


def test_a_refusal_in_no_reader_s_words_does_not_pass() -> None:
    assert is_refusal(Failed(code="reading.no-text", what="x", hint="y"))
    assert not is_refusal(Failed(code="evidence.broken", what="x", hint="y"))
    assert not is_refusal(Failed(code="reading.no-text\n", what="x", hint="y"))
    assert not is_refusal(Failed(code="reading.no-text", what="x" * 5000, hint="y"))


def test_a_picture_is_of_its_document_and_has_as_many_pixels_as_it_says() -> None:
    good = Asked(name="9f86#page=1", width=2, height=1, dpi=200)
    assert is_picture(good, b"abcdef", "9f86")
    assert not is_picture(good, b"abcdef", "9f8")
    assert not is_picture(good, b"abcdef", "0000")
    for change in ({"height": 2}, {"width": -2, "height": -1}, {"dpi": 0}, {"name": "9f86"}):
        assert not is_picture(msgspec.structs.replace(good, **change), b"abcdef", "9f86")


def test_what_was_recognised_has_a_place_for_every_character() -> None:
    good = Written("ab", 0, 0, 9, 9, (0, 4, 4, 9), b"dd")
    assert is_recognised(Recognised(engine="x", lines=(good,)))
    for bad in (
        Written("abc", 0, 0, 9, 9, (0, 4, 4, 9), b"dd"),
        Written("ab", 0, 0, 9, 9, (0, 4, 4, float("nan")), b"dd"),
        Written("ab", 0, 0, 9, float("inf"), (0, 4, 4, 9), b"dd"),
    ):
        assert not is_recognised(Recognised(engine="x", lines=(bad,)))
    assert not is_recognised(Recognised(engine="x", turn=1))
    assert not is_recognised(Recognised(engine="x", skew=float("nan")))
