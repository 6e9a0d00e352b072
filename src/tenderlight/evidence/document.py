"""The document in a record: what the ledger's `sha256` and `size` of a capture speak of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from tenderlight.evidence.message import LONGEST_HEAD, Stuck, read_head, take_off, to_take_off
from tenderlight.evidence.warc import LARGEST, unpack
from tenderlight.model import BrokenEvidence, Capture


def document_of(record: bytes, capture: Capture) -> bytes:
    """The document, checked. Refuses (BrokenEvidence) one that is not as the ledger says."""
    document = b"".join(_bounded(_pieces(iter((record,)), capture), capture.size))
    if len(document) != capture.size or hashlib.sha256(document).hexdigest() != capture.sha256:
        raise BrokenEvidence("the document is not the one whose digest stands in the ledger")
    return document


def is_document(record: Iterator[bytes], capture: Capture) -> bool:
    """True if a record that comes in pieces holds the document; it is not kept in memory.

    Refuses (BrokenEvidence) a record that cannot be taken apart.
    """
    sha256, size = hashlib.sha256(), 0
    for piece in _bounded(_pieces(record, capture), capture.size):
        sha256.update(piece)
        size += len(piece)
    return size == capture.size and sha256.hexdigest() == capture.sha256


def head_of(record: bytes, capture: Capture) -> bytes:
    """The head of the answer in a record, as it was received; empty where none came."""
    if not _has_answer(capture):
        return b""
    head, _ = _split(unpack(iter((record,)), LARGEST), capture)
    return head


def _has_answer(capture: Capture) -> bool:
    return capture.exchange is not None and capture.exchange.status is not None


def _pieces(record: Iterator[bytes], capture: Capture) -> Iterator[bytes]:
    exchange = capture.exchange
    if exchange is None or exchange.status is None:
        yield from unpack(record, capture.size)
        return
    block = unpack(record, LARGEST)
    start, rest = _split(block, capture)
    head = read_head(start, exchange.method)
    codings = to_take_off(head.codings if head else (), exchange.undecoded)
    try:
        yield from take_off(rest, codings, exchange.truncated is not None)
    except Stuck as error:
        raise BrokenEvidence(f"a coding of the answer cannot be taken off: {error}") from error
    for _ in block:
        pass  # what no coding asked for: the end of the record must be right, too


def _split(block: Iterator[bytes], capture: Capture) -> tuple[bytes, Iterator[bytes]]:
    """The head of an answer, and an iterator over its body."""
    start = b""
    for piece in block:
        start += piece
        if len(start) >= LONGEST_HEAD:
            break
    head = read_head(start, capture.exchange.method if capture.exchange else "GET")
    if head is None:
        raise BrokenEvidence("the record holds no answer over HTTP")
    return start[: head.size], _then(start[head.size :], block)


def _then(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _bounded(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Never more than the ledger says, whatever a record would grow to."""
    left = size
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise BrokenEvidence("the document is longer than the ledger says")
        yield piece
