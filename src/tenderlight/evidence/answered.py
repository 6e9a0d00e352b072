"""From an answer to the records that preserve it: what was asked, what came, what else is known."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime

import msgspec
from warcio.recordloader import ArcWarcRecordLoader

from tenderlight.evidence.exchange import Answer, is_encoded
from tenderlight.evidence.known import asked_place
from tenderlight.evidence.measure import Again, Received, too_large
from tenderlight.evidence.message import (
    LONGEST_HEAD,
    Document,
    Head,
    absolute,
    is_cut_off,
    measure,
    read_head,
)
from tenderlight.evidence.warc import CHUNK, LARGEST, target_uri
from tenderlight.model import Exchange, Truncated

NOTE = "application/json"


class Note(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept in place of an answer that did not come, or that was no HTTP."""

    error: str
    url: str
    method: str
    when: str
    ip: str | None = None
    why: str | None = None
    received: int = 0
    """Bytes that came nevertheless; they lie beside this note."""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that a record is to hold, measured, and here once more."""

    bytes_again: Again | io.BytesIO
    size: int
    sha256: str
    payload_sha256: str | None


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """An answer, looked at once from end to end."""

    exchange: Exchange
    document: Document
    main: Block
    received: Block | None
    """What came and is no HTTP."""
    is_good: bool
    """True for a whole answer with status 200, and with all codings off."""
    when: str
    place: str


def understand(answer: Answer, *, source: str, run: str, page: str | None) -> Understood:
    """Read an answer to its end: its head, its digests, and its document without codings.

    Refuses (Refused) one that cannot be read, changes meanwhile, or is above 512 MB.
    """
    received = Received(answer.head, answer.body)
    start = _start(received)
    head = read_head(start, answer.method)
    exchange = _exchange(answer, source, run, page)
    if head is None:
        return _without_answer(answer, received, start, exchange)
    block = _block(received, head.size, has_payload=_warcio_agrees(start[: head.size], answer.url))
    truncated = answer.truncated or _broke_off(head, received)
    document = measure(lambda: received.pieces(head.size), head.codings, truncated is not None)
    is_whole = truncated is None and answer.error is None
    exchange = msgspec.structs.replace(
        exchange,
        status=head.status,
        error=answer.error,
        media_type=head.media_type,
        location=absolute(answer.url, head.location) if 300 <= head.status < 400 else None,
        truncated=truncated,
        undecoded=document.undecoded,
    )
    return Understood(
        exchange=exchange,
        document=document,
        main=block,
        received=None,
        is_good=head.status == 200 and is_whole and not is_encoded(document.undecoded),
        when=rfc3339(answer.when, "milliseconds"),
        place=asked_place(answer.url, exchange.asked),
    )


def _start(received: Received) -> bytes:
    start = b""
    for piece in received.pieces():
        start += piece
        if len(start) >= LONGEST_HEAD:
            break
    return start


def _exchange(answer: Answer, source: str, run: str, page: str | None) -> Exchange:
    certificate = answer.certificate
    return Exchange(
        source=source,
        run=run,
        method=answer.method,
        asked=hashlib.sha256(answer.asked).hexdigest() if answer.asked else None,
        page=page,
        ip=answer.ip,
        certificate=hashlib.sha256(certificate).hexdigest() if certificate else None,
    )


def _broke_off(head: Head, received: Received) -> Truncated | None:
    """An answer that ends before its own head or chunks do, whoever noticed."""
    if head.complete and not is_cut_off(received.pieces(head.size), head.codings):
        return None
    return "disconnect"


def _without_answer(
    answer: Answer, received: Received, start: bytes, exchange: Exchange
) -> Understood:
    """Nothing came, or nothing that is HTTP: our note of that is the document."""
    raw = _block(received, 0, has_payload=False) if start else None
    error = answer.error or ("protocol" if start else "reset")
    when = rfc3339(answer.when, "milliseconds")
    note = msgspec.json.encode(
        Note(
            error=error,
            url=answer.url,
            method=answer.method,
            when=when,
            ip=answer.ip,
            why=answer.why,
            received=raw.size if raw else 0,
        )
    )
    exchange = msgspec.structs.replace(exchange, error=error, truncated=answer.truncated)
    sha256 = hashlib.sha256(note).hexdigest()
    return Understood(
        exchange=exchange,
        document=Document(sha256=sha256, size=len(note), undecoded=None),
        main=block_of(note, sha256),
        received=raw,
        is_good=False,
        when=when,
        place=asked_place(answer.url, exchange.asked),
    )


def _block(received: Received, head_size: int, *, has_payload: bool) -> Block:
    block, payload, size, whole = hashlib.sha256(), hashlib.sha256(), 0, b""
    for piece in received.pieces():
        block.update(piece)
        payload.update(piece[max(head_size - size, 0) :])
        size += len(piece)
        whole = whole + piece if size <= CHUNK else b""
        if size > LARGEST:
            raise too_large("the answer")
    sha256 = block.hexdigest()
    again = io.BytesIO(whole) if size <= CHUNK else Again(received, size, sha256, "the answer")
    payload_sha256 = payload.hexdigest() if has_payload else None
    return Block(bytes_again=again, size=size, sha256=sha256, payload_sha256=payload_sha256)


def block_of(raw: bytes, payload_sha256: str | None = None) -> Block:
    """Bytes that are all here, as the block of a record."""
    sha256 = hashlib.sha256(raw).hexdigest()
    again = io.BytesIO(raw)
    return Block(bytes_again=again, size=len(raw), sha256=sha256, payload_sha256=payload_sha256)


def _warcio_agrees(head: bytes, url: str) -> bool:
    """True if WARC tools see the head end where it ends.

    They take a line of blanks for the end of it. Where they do not agree the digest of the payload
    is left out of the record: theirs would be another.
    """
    stream = io.BytesIO(head)
    uri = target_uri("", url)
    parsed = ArcWarcRecordLoader().load_http_headers("response", uri, stream, len(head))
    return parsed is not None and stream.tell() == len(head)


def rfc3339(time: datetime, timespec: str = "seconds") -> str:
    """A time in UTC as RFC 3339 prints it. Refuses a time without its zone.

    >>> rfc3339(datetime(2026, 11, 22, 12, tzinfo=UTC), "milliseconds")
    '2026-11-22T12:00:00.000Z'
    """
    if time.tzinfo is None:
        raise ValueError("a time without its zone could be any hour of the day")
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=timespec) + "Z"
