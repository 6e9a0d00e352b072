"""A tombstone fills exactly the room of what it replaces, for every reader of WARC files."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from tenderlight.evidence import Store
from tenderlight.evidence.tombstone import make_tombstone
from tenderlight.model import Refused

DECIDED = "2026-11-22T07:00:00Z"


def stone(length: int, reason: str = "judgment of an invented court", number: int = 12) -> bytes:
    made = make_tombstone(
        id="0123456789abcdef", number=number, reason=reason, decided=DECIDED, length=length
    )
    return b"".join(made.pieces())


@settings(max_examples=300, deadline=None)
@given(
    length=st.integers(265, 200_000),
    reason=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=400),
    number=st.integers(1, 10**9),
)
def test_any_room_is_filled_to_the_byte(length: int, reason: str, number: int) -> None:
    raw = stone(length, reason, number)
    assert len(raw) == length
    (record,) = [
        (each.rec_type, each.rec_headers.get_header("WARC-Date"), each.content_stream().read())
        for each in ArchiveIterator(io.BytesIO(raw))
    ]
    assert record[:2] == ("metadata", DECIDED)
    told = f"withdrawn: 0123456789abcdef\r\nledger: {number}\r\n"
    assert record[2].decode().startswith(told)
    if length > 265 + 4 * len(reason) + 20 and reason:
        assert record[2].decode() == f"{told}reason: {reason}\r\n"
    assert gzip.decompress(raw).endswith(b"\r\n\r\n")


def test_hundreds_of_megabytes_are_made_in_pieces() -> None:
    made = make_tombstone(id="0" * 16, number=1, reason="x", decided=DECIDED, length=300_000_007)
    sizes = [len(piece) for piece in made.pieces()]
    assert sum(sizes) == 300_000_007
    assert max(sizes) <= 1_000_000


def test_the_smallest_record_that_we_write_has_room(tmp_path: Path) -> None:
    with Store(tmp_path).keeping(lambda: datetime(2026, 1, 1, tzinfo=UTC)) as session:
        for url in (None, "http://a.cn"):
            capture = session.keep(io.BytesIO(b"1"), file="a", url=url)
            assert capture is not None
            assert len(stone(capture.length)) == capture.length


def test_a_long_reason_is_cut_and_says_so() -> None:
    assert "…" in gzip.decompress(stone(500, "reason " * 90)).decode()


def test_less_room_is_refused() -> None:
    with pytest.raises(Refused, match="too few for a tombstone"):
        stone(200)


def test_the_same_line_gives_the_same_bytes() -> None:
    assert stone(1000) == stone(1000)
    assert stone(1000) != stone(1000, number=13)
