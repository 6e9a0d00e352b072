"""What a record that others made says: where, when, with what status, and which document."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from ipaddress import ip_address

import msgspec

from tenderlight.evidence.foreign.digest import UnknownDigest, digest_of, read_digest
from tenderlight.evidence.foreign.group import Group
from tenderlight.evidence.foreign.read import Foreign
from tenderlight.evidence.known import IMPORTED, asked_place
from tenderlight.evidence.measure import Received
from tenderlight.evidence.message import (
    LONGEST_HEAD,
    Document,
    Head,
    Stuck,
    absolute,
    measure,
    read_head,
    take_off,
)
from tenderlight.model import Exchange, Refused, Truncated

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z")
_URL = re.compile(r"(https?|ftp)://[^\x00-\x20\x7f-\x9f<>\"]{1,16000}", re.I)
_REQUEST = re.compile(rb"([A-Z]{1,20}) ")
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_TRUNCATED: dict[str, Truncated] = {"length": "length", "time": "time"}
_BROKEN = "Ask whoever made it for a whole copy, or make it again."


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A record, understood. Nothing here is more than its maker says."""

    url: str | None
    captured: str
    """Its WARC-Date, letter by letter."""
    place: str
    document: Document
    exchange: Exchange
    is_good: bool
    """True for a whole answer with status 200 and a document in it."""


def look_at(group: Group, *, run: str) -> Seen:
    """Understand a record and the request beside it.

    Refuses (Refused) one that does not say when it was made: that proves nothing.
    """
    main = group.main
    captured = main.headers.get("warc-date", "")
    if not _DATE.fullmatch(captured):
        raise Refused("does not say when it was made.", _BROKEN)
    uri = main.headers.get("warc-target-uri", "").strip("<>")
    url = uri if _URL.fullmatch(uri) else None
    method, asked = _request(group)
    received = Received(b"", main.block)
    head = _head(main, received, method)
    document = Document(sha256=main.sha256, size=main.size, undecoded=None)
    truncated = _truncated(main, head, received)
    if head is not None:
        document = measure(lambda: received.pieces(head.size), head.codings, truncated is not None)
    exchange = _exchange(main, head, url, document, method, asked, truncated, run)
    received.seek(0)
    return Seen(
        url=url,
        captured=captured,
        place=asked_place(url, asked) if url else _name(main, group.name),
        document=document,
        exchange=exchange,
        is_good=_is_good(main, head, document) and truncated is None,
    )


def _head(main: Foreign, received: Received, method: str) -> Head | None:
    """The head of an answer over HTTP; None where the record holds none."""
    if main.kind != "response" or not _is_http(main):
        return None
    start = b""
    for piece in received.pieces():
        start += piece
        if len(start) >= LONGEST_HEAD:
            break
    return read_head(start, method)


def _is_http(record: Foreign) -> bool:
    return _media_type(record) == "application/http"


def _media_type(record: Foreign) -> str | None:
    stated = record.headers.get("content-type", "").split(";")[0].strip().lower()
    return stated[:100] or None


def _name(record: Foreign, name: str) -> str:
    """What stands for the place of a record that has no address."""
    return record.headers.get("warc-record-id") or name


def _request(group: Group) -> tuple[str, str | None]:
    """The method, and the digest of what was asked in a form."""
    for record in group.beside:
        if record.kind == "request" and _is_http(record):
            raw = record.block.read()
            record.block.seek(0)
            head, _, body = raw.partition(b"\r\n\r\n")
            method = _REQUEST.match(head)
            asked = hashlib.sha256(body).hexdigest() if body else None
            return (method[1].decode() if method else "GET"), asked
    return "GET", None


def _truncated(main: Foreign, head: Head | None, received: Received) -> Truncated | None:
    """As the record says, or as its chunks show."""
    stated = main.headers.get("warc-truncated")
    if stated is not None:
        return _TRUNCATED.get(stated.lower(), "disconnect")
    if head is None or head.complete:
        return None
    return "disconnect"


def _exchange(
    main: Foreign,
    head: Head | None,
    url: str | None,
    document: Document,
    method: str,
    asked: str | None,
    truncated: Truncated | None,
    run: str,
) -> Exchange:
    location = head.location if head is not None and 300 <= head.status < 400 else None
    return Exchange(
        source=IMPORTED,
        run=run,
        status=head.status if head is not None else None,
        media_type=head.media_type if head is not None else _media_type(main),
        location=absolute(url, location) if url else None,
        method=method,
        asked=asked,
        ip=_ip(main.headers.get("warc-ip-address", "")),
        truncated=truncated,
        undecoded=document.undecoded,
    )


def _ip(written: str) -> str | None:
    try:
        return str(ip_address(written))
    except ValueError:
        return None


def _is_good(main: Foreign, head: Head | None, document: Document) -> bool:
    if head is None:
        return main.kind == "resource" and document.size > 0
    return head.status == 200 and document.size > 0


def check_digests(record: Foreign) -> bool:
    """True if the record's own digests fit, False if it has none that can be checked.

    Refuses (Refused) a record whose digest does not fit.
    """
    checked = False
    for name, start in (("warc-block-digest", 0), ("warc-payload-digest", _payload(record))):
        written = record.headers.get(name)
        if written is None or start is None:
            continue
        try:
            algorithm, expected = read_digest(written)
        except UnknownDigest:
            continue
        is_payload = name == "warc-payload-digest"
        if digest_of(record.block, algorithm, start) != expected and not (
            is_payload and expected in _decoded(record, algorithm)
        ):
            raise Refused(f"is not what its own {name} says ({written[:100]}).", _BROKEN)
        checked = True
    return checked


def _payload(record: Foreign) -> int | None:
    """Where the payload begins; None where the record does not hold what its digest is of."""
    if record.kind == "revisit" or "warc-segment-number" in record.headers:
        return None
    if not _is_http(record):
        return 0
    start = record.block.read(LONGEST_HEAD)
    record.block.seek(0)
    end = _EMPTY_LINE.search(start)
    return end.end() if end else None


def _decoded(record: Foreign, algorithm: str) -> list[bytes]:
    """Digests of the payload without its codings: so do some crawlers."""
    received = Received(b"", record.block)
    head = _head(record, received, "GET")
    digests = []
    for count in range(1, len(head.codings) + 1 if head else 1):
        assert head is not None  # noqa: S101 - else the range is empty
        digest = hashlib.new(algorithm, usedforsecurity=False)
        with suppress(Stuck):
            for piece in take_off(received.pieces(head.size), head.codings[:count], is_cut=False):
                digest.update(piece)
            digests.append(digest.digest())
    record.block.seek(0)
    return digests
