"""Records of others are read letter by letter; what is wrong with one costs that one."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import tracemalloc
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.evidence.foreign.archive import Archive, Doubt, Group, archive_kind
from tenderlight.evidence.foreign.digest import UnknownDigest, read_digest
from tenderlight.model import Refused
from tests.evidence.evidence_archives import BODY, PAGE, Crawl, written

HEAD = (
    b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
    b"WARC-Record-ID: <urn:uuid:1>\r\n"
)


def read(raw: bytes) -> tuple[list[bytes], list[tuple[str, str]], list[str]]:
    """Blocks, doubts and notes of an archive."""
    archive = Archive(io.BytesIO(raw), "x.warc")
    blocks, doubts = [], []
    for each in archive.groups():
        if isinstance(each, Doubt):
            doubts.append((each.where, each.what))
        else:
            blocks.append(each.main.block.read())
    return blocks, doubts, archive.notes


def groups(raw: bytes) -> Iterator[list[str]]:
    """The numbers of the records in each group."""
    for each in Archive(io.BytesIO(raw), "x").groups():
        assert isinstance(each, Group)
        yield [f"{record.kind} {record.number}" for record in (each.main, *each.beside)]


@pytest.mark.parametrize("packed", [True, False])
def test_head_and_block_are_all_there_is_of_a_record(packed: bool) -> None:
    crawl = Crawl(packed=packed).answer().answer(PAGE + "x", b"")
    kept = b""
    for group in Archive(io.BytesIO(crawl.raw), "x").groups():
        assert isinstance(group, Group)
        for record in (group.main, *group.beside):
            kept += record.head + record.block.read() + b"\r\n\r\n"
    assert kept == (gzip.decompress(crawl.raw) if packed else crawl.raw)


@given(st.lists(st.binary(max_size=200), max_size=6), st.sampled_from(["each", "all", "none"]))
@settings(max_examples=60)
def test_it_does_not_matter_how_a_file_is_packed(blocks: list[bytes], packed: str) -> None:
    records = [written(block, packed=packed == "each") for block in blocks]
    raw = b"".join(records)
    if packed == "all":
        raw = gzip.compress(raw)
    assert read(raw)[:2] == (blocks, [])


def test_records_that_name_each_other_stand_together() -> None:
    after, before = "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n", []
    for kind, number, other in [
        ("request", 1, 2),
        ("response", 2, 0),
        ("metadata", 3, 2),
        ("request", 4, 9),
        ("request", 5, 6),
        ("response", 6, 0),
        ("metadata", 7, 2),
        ("metadata", 8, 8),
    ]:
        head = (
            after.format(kind) + f"WARC-Record-ID: <{number}>\r\nWARC-Concurrent-To: <{other}>\r\n"
        )
        before.append(written(b"", head=head.encode()))
    assert list(groups(b"".join(before))) == [
        ["response 2", "request 1", "metadata 3"],
        ["request 4"],
        ["response 6", "request 5"],
        ["metadata 7"],
        ["metadata 8"],
    ]


def test_only_few_records_are_ever_held() -> None:
    raw = b"".join(
        written(b"", head=HEAD.replace(b"resource", b"request") + b"X: %d\r\n" % number)
        for number in range(50)
    )
    assert len(list(groups(raw))) == 50


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (written(b"abc", length=2), "does not end where it says."),
        (written(b"abc", length=9), "is shorter than it says."),
        (written(b"abc", end=b"\r\n"), "does not end where it says."),
        (written(length="many"), "states no length."),
        (written(length=-1), "states no length."),
        (written(length="1" * 30), "states no length."),
        (written(length=2**30), "is larger than 512 MB."),
        (written(head=b"WARC/1.1\r\nno field\r\n"), "has a header line that is none: 'no field'."),
        (written(head=b"WARC/1.1\r\nA: \xff\r\n"), "has a header that is not UTF-8."),
        (written(head=b"WARC/1.1\r\nA: b\r\n c\r\n"), "has a header line that is none: ' c'."),
        (
            written(head=b"WARC/1.1\r\n" + b"A: b\r\n" * 20_000),
            "has no header, or one of more than 64 KB.",
        ),
        (gzip.compress(b"garbage"), "does not begin like a record of WARC 1.0 or 1.1."),
    ],
)
def test_a_record_that_is_wrong_costs_that_one(raw: bytes, what: str) -> None:
    blocks, doubts, _ = read(written(b"before") + raw + written(b"after"))
    assert (blocks, doubts) == ([b"before", b"after"], [("x.warc record 2", what)])


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (written(b"abc")[:-8] + b"12345678", "it cannot be unpacked (Error -3"),
        (b"\x1f\x8bgarbage" * 9, "it cannot be unpacked (Error -3"),
        (b"garbage", "it cannot be unpacked (Error -3"),
        (written(b"abc" * 99)[:20] + b"\0" * 99, "it cannot be unpacked (Error -3"),
    ],
)
def test_where_packing_breaks_the_rest_is_one_doubt(raw: bytes, what: str) -> None:
    blocks, doubts, _ = read(written(b"before") + raw + written(b"after"))
    ((where, told),) = doubts
    assert (blocks, where) == ([b"before"], "x.warc from record 2 on")
    assert told.startswith(what)


def test_a_file_that_was_cut_off_is_told() -> None:
    blocks, doubts, _ = read(written(b"before") + written(b"abc")[:-9])
    assert blocks == [b"before"]
    assert doubts == [("x.warc from record 2 on", "it ends in the middle of a record.")]


def test_a_plain_file_ends_at_its_first_broken_record() -> None:
    raws = [written(b"abc", packed=False), written(length=9, packed=False), written(packed=False)]
    blocks, doubts, _ = read(b"".join(raws))
    assert (blocks, len(doubts)) == ([b"abc"], 1)


def test_padding_behind_a_member_is_forgiven() -> None:
    blocks, doubts, _ = read(written(b"a") + b"\0" * 40_000 + written(b"b") + b"\0" * 5)
    assert (blocks, doubts) == ([b"a", b"b"], [])


def test_a_bomb_is_broken_off_and_takes_no_memory() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    bomb = packer.compress(written(length=400_000_000, packed=False)[:-5])
    zeros = b"\0" * 2**20
    bomb += b"".join(packer.compress(zeros) for _ in range(400)) + packer.flush()
    tracemalloc.start()
    blocks, doubts, _ = read(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert blocks == []
    assert doubts == [("x.warc from record 1 on", "it unpacks to more than 200 times its size.")]
    assert peak < 8 * 2**20


def test_many_tiny_records_take_no_memory() -> None:
    raw = written(b"x") * 30_000
    tracemalloc.start()
    archive = Archive(io.BytesIO(raw), "x.warc")
    count = sum(isinstance(each, Group) for each in archive.groups())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_000
    assert peak < 4 * 2**20


@given(st.binary(max_size=400), st.integers(0, 600), st.integers(0, 10))
@settings(max_examples=200)
def test_nothing_breaks_the_reader(noise: bytes, at: int, cut: int) -> None:
    raw = written(b"one") + written(b"two", packed=False) + written(b"three")
    for broken in (raw[:at] + noise + raw[at + cut :], noise, b"\x1f\x8b\x08\0" + noise):
        read(broken)


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha384", "sha512"])
def test_digests_are_read_in_every_way_they_are_written(algorithm: str) -> None:
    digest = hashlib.new(algorithm, b"x").digest()
    ways = [
        digest.hex(),
        digest.hex().upper(),
        base64.b32encode(digest).decode(),
        base64.b32encode(digest).decode().rstrip("="),
        base64.b32encode(digest).decode().lower(),
        base64.b64encode(digest).decode(),
        base64.urlsafe_b64encode(digest).decode(),
    ]
    for way in ways:
        assert read_digest(f"{algorithm.upper()}:{way}") == (algorithm, digest)


@pytest.mark.parametrize(
    "text", ["", "x", "sha1:", "sha1:abc", "crc32:00000000", "sha1:" + "g" * 40]
)
def test_what_is_no_digest_is_refused(text: str) -> None:
    with pytest.raises(UnknownDigest):
        read_digest(text)


def digests(**named: str) -> bytes:
    return HEAD + b"".join(
        f"{name.replace('_', '-')}: {value}\r\n".encode() for name, value in named.items()
    )


def test_records_are_checked_against_their_own_digests() -> None:
    right, wrong = (f"sha256:{hashlib.sha256(data).hexdigest()}" for data in (b"x", b"y"))
    raw = b"".join(
        written(b"x", head=head)
        for head in (
            digests(WARC_Block_Digest=right),
            digests(WARC_Block_Digest=wrong),
            digests(WARC_Payload_Digest=right),
            digests(WARC_Payload_Digest=wrong),
            digests(WARC_Block_Digest=right, WARC_Payload_Digest=wrong),
            digests(WARC_Block_Digest="blake7:unheard"),
            digests(),
        )
    )
    blocks, doubts, notes = read(raw)
    assert (len(blocks), [where for where, _ in doubts]) == (
        4,
        ["x.warc/record-2", "x.warc/record-4", "x.warc/record-5"],
    )
    assert notes[-1].startswith("2 records fit their own digests, 2 have none")


@pytest.mark.parametrize("of", ["as sent", "without chunks", "without codings", "something else"])
def test_a_payload_may_be_digested_before_or_after_decoding(of: str) -> None:
    packed = gzip.compress(BODY, mtime=0)
    sent = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    payload = {"as sent": sent, "without chunks": packed, "without codings": BODY}.get(of, b"")
    head = digests(
        WARC_Payload_Digest=f"sha1:{hashlib.sha1(payload).hexdigest()}",
        Content_Type="application/http; msgtype=response",
    )
    http = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    blocks, doubts, _ = read(written(http + sent, head=head.replace(b"resource", b"response")))
    assert (len(blocks), len(doubts)) == ((0, 1) if of == "something else" else (1, 0))


def test_a_request_that_does_not_fit_costs_its_answer_too() -> None:
    crawl = Crawl().answer(asked=None).raw
    answer_id = next(line for line in gzip.decompress(crawl).split(b"\r\n") if b"Record-ID" in line)
    head = digests(WARC_Block_Digest="sha1:" + "A" * 32).replace(b"resource", b"request")
    concurrent = b"WARC-Concurrent-To:" + answer_id.partition(b":")[2] + b"\r\n"
    blocks, doubts, _ = read(crawl + written(b"GET / HTTP/1.1\r\n\r\n", head=head + concurrent))
    assert (blocks, [where for where, _ in doubts]) == ([], ["x.warc/record-1"])


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (written(), "warc"),
        (written(packed=False), "warc"),
        (b"", None),
        (b"WARC", None),
        (b"<html>WARC/1.1", None),
        (gzip.compress(b"<html>"), None),
        (b"\x1f\x8b\x08\0\0\0\0\0garbage", None),
        (b"PK\x03\x04garbage", None),
        (b"PK\x05\x06" + b"\0" * 18, None),
    ],
)
def test_an_archive_is_known_by_its_content(raw: bytes, kind: Any) -> None:
    file = io.BytesIO(raw)
    file.seek(0, 2)
    assert (archive_kind(file), file.tell()) == (kind, 0)


def test_a_record_without_its_time_proves_nothing() -> None:
    from tenderlight.evidence.foreign.archive import look_at

    raw = written(head=b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Date: yesterday\r\n")
    (group,) = (each for each in Archive(io.BytesIO(raw), "x").groups() if isinstance(each, Group))
    with pytest.raises(Refused, match="does not say when it was made"):
        look_at(group, run="r")
