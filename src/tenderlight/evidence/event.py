"""The records that preserve one exchange: the answer, the request, and what else is known of it."""

from __future__ import annotations

import ssl
from typing import Literal

import msgspec

from tenderlight.evidence.answered import NOTE, Block, Understood, block_of
from tenderlight.evidence.exchange import Answer
from tenderlight.evidence.warc import target_uri
from tenderlight.evidence.write import Record, record_id
from tenderlight.model import Exchange

_RAW = "application/octet-stream"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The records of one exchange, in the order in which they are written."""

    main: Record
    beside: tuple[tuple[Literal["request", "metadata"], Record], ...]


def event(answer: Answer, understood: Understood, number: int, *, with_certificate: bool) -> Event:
    """The records that preserve an answer; `number` is that of its ledger line."""
    uri, when = target_uri("", answer.url), understood.when
    main_id = record_id("exchange", uri, when, understood.main.sha256, str(number))
    beside = tuple(
        (
            kind,
            _record(
                kind,
                block,
                content_type,
                id=record_id(main_id, str(place)),
                date=when,
                uri=uri,
                headers=(("WARC-Concurrent-To", main_id),),
            ),
        )
        for place, (kind, content_type, block) in enumerate(
            _beside(answer, understood, with_certificate=with_certificate)
        )
    )
    has_answer = understood.exchange.status is not None
    main = _record(
        "response" if has_answer else "metadata",
        understood.main,
        "application/http;msgtype=response" if has_answer else NOTE,
        id=main_id,
        date=when,
        uri=uri,
        headers=_headers(understood.exchange, tuple(record.id for _, record in beside)),
    )
    return Event(main=main, beside=beside)


def _record(
    kind: Literal["response", "request", "metadata"],
    block: Block,
    content_type: str,
    *,
    id: str,
    date: str,
    uri: str,
    headers: tuple[tuple[str, str], ...],
) -> Record:
    return Record(
        kind=kind,
        id=id,
        date=date,
        uri=uri,
        headers=headers,
        content_type=content_type,
        block=block.bytes_again,
        size=block.size,
        sha256=block.sha256,
        payload_sha256=block.payload_sha256,
    )


def _headers(exchange: Exchange, beside: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    ip = () if exchange.ip is None else (("WARC-IP-Address", exchange.ip),)
    truncated = () if exchange.truncated is None else (("WARC-Truncated", exchange.truncated),)
    return (*ip, *truncated, *(("WARC-Concurrent-To", each) for each in beside))


def _beside(
    answer: Answer, understood: Understood, *, with_certificate: bool
) -> list[tuple[Literal["request", "metadata"], str, Block]]:
    found: list[tuple[Literal["request", "metadata"], str, Block]] = []
    if answer.request:
        found.append(("request", "application/http;msgtype=request", block_of(answer.request)))
    if known := _fields(answer, understood.exchange):
        found.append(("metadata", "application/warc-fields", block_of(known)))
    if answer.certificate and with_certificate:
        pem = ssl.DER_cert_to_PEM_cert(answer.certificate).encode()
        found.append(("metadata", "application/pem-certificate-chain", block_of(pem)))
    if answer.before:
        interim = block_of(answer.before)
        found.append(("metadata", "application/http;msgtype=response", interim))
    if understood.received is not None:
        found.append(("metadata", _RAW, understood.received))
    return found


def _fields(answer: Answer, exchange: Exchange) -> bytes:
    """What is known of an exchange beyond what went over the wire."""
    known = {
        "tls": answer.tls,
        "certificate-sha256": exchange.certificate,
        "error": exchange.error,
        "why": answer.why,
        "truncated": exchange.truncated,
    }
    lines = [f"{name}: {' '.join(value.split())}\r\n" for name, value in known.items() if value]
    return "".join(lines).encode(errors="replace")
