"""Time stamps of RFC 3161: the request for one, and whether an answer is what it should be.

Nothing here opens a file or asks anybody. What is stamped is the SHA-256 of a ledger line with
its line break, so that `openssl ts -verify -data` on that line says the same as we do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

LARGEST_ANSWER = 1 << 20
"""An answer is a few kilobytes: a signature and some certificates."""
_CERTIFICATES = 0xA0
"""The tag of the certificates in signed data (RFC 5652, 5.1)."""
_FIRST_YEAR, _LAST_YEAR = 2001, 9000
"""RFC 3161 is of 2001; a time that one cannot reckon with is no time."""
_SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")


class Unfit(Exception):
    """An answer that does not prove what it should; the text says why."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent to an authority."""

    der: bytes
    sha256: str
    nonce: int
    """Chance, so that an old answer cannot be passed off as this one."""


def ask_for(line: bytes) -> Question:
    """The request for a time stamp over a ledger line, with its line break.

    >>> ask_for(b"line\\n").sha256[:8]
    'c73b73af'
    """
    builder = TimestampRequestBuilder().data(line).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    assert request.nonce is not None  # noqa: S101 - we just asked for one
    sha256 = hashlib.sha256(line).hexdigest()
    return Question(der=request.as_bytes(), sha256=sha256, nonce=request.nonce)


def read_roots(pem: bytes) -> list[x509.Certificate]:
    """The certificates in a PEM file, at least one. Refuses (Unfit) anything else."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise Unfit("the trusted certificates are no PEM file") from error


def check_answer(answer: bytes, sha256: str, roots: bytes, nonce: int | None = None) -> datetime:
    """The time in an authority's answer, once it is clear that it stamps this digest.

    Refuses (Unfit) an answer that was not granted, stamps another digest or another request, is
    not signed by a certificate for time stamping whose chain ends in `roots`, each valid at the
    time in it. Whether a certificate was revoked since, nobody is asked.
    """
    trusted = read_roots(roots)
    try:
        decoded = decode_timestamp_response(_in_order(answer))
        _check_granted(decoded.status, decoded.status_string)
        imprint = decoded.tst_info.message_imprint
        if imprint.hash_algorithm != _SHA256 or imprint.message != bytes.fromhex(sha256):
            raise Unfit("it stamps another digest")
        _check_certificates(decoded.signed_data.certificates)
        VerifierBuilder(roots=trusted, nonce=nonce).build().verify(decoded, bytes.fromhex(sha256))
        stamped: datetime = decoded.tst_info.gen_time
        if not _FIRST_YEAR <= stamped.year <= _LAST_YEAR:
            raise Unfit(f"it says that it is the year {stamped.year}")
    except (Unfit, VerificationError) as error:
        raise Unfit(_first_line(error)) from error
    except Exception as error:  # hostile DER: the two parsers have a dozen ways to refuse it
        raise Unfit(f"it is no answer of RFC 3161: {_first_line(error)}") from error
    return stamped


def rfc3339(time: datetime) -> str:
    """A token's time as the ledger has it, to the precision of the token.

    >>> rfc3339(datetime(2026, 11, 22, 7, 0, 5, tzinfo=UTC))
    '2026-11-22T07:00:05Z'
    """
    return time.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _check_granted(status: int, words: list[str]) -> None:
    if status != PKIStatus.GRANTED:
        said = f": {'; '.join(words)}" if words else ""
        raise Unfit(f"the authority did not grant it (status {status}{said})")


def _check_certificates(certificates: set[bytes]) -> None:
    """Two of one issuer and number: one could have signed, and the other be for time stamping."""
    parsed = [x509.load_der_x509_certificate(each) for each in certificates]
    if len({(each.issuer, each.serial_number) for each in parsed}) < len(parsed):
        raise Unfit("two certificates in it bear the same name and number")


def _first_line(error: Exception) -> str:
    """Why, in one line; of OpenSSL's whole stack only what it says itself."""
    if said := re.search(r'Verify error: ?([^"]*)"', str(error)):
        return f"its signature does not hold: {said[1]}"
    return (str(error).splitlines() or ["no reason given"])[0][:300]


def _in_order(answer: bytes) -> bytes:
    """The answer with the certificates in it sorted, as DER wants the elements of a set.

    OpenSSL's responder, and the authorities that run it, send them in the order of the chain,
    which the strict parser refuses. Their order is under no signature. An answer of any other
    form is left as it is: the parser then says what it thinks of it.
    """
    try:
        start, end = 0, len(answer)
        for step in (0, 1, 1, 0):  # the answer, its token, the token's content, the signed data
            start, end = list(_elements(answer, start, end))[step][1:]
        sets = [each for each in _elements(answer, start, end) if answer[each[0]] == _CERTIFICATES]
        ((_, start, end),) = sets
        each = sorted(answer[first:last] for first, _, last in _elements(answer, start, end))
    except (ValueError, IndexError):
        return answer
    return answer[:start] + b"".join(each) + answer[end:]


def _elements(der: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The elements in a stretch of DER: where each begins, where its content, where it ends."""
    while start < end:
        length, content = der[start + 1], start + 2
        if length > 0x80:
            content += length - 0x80
            length = int.from_bytes(der[start + 2 : content])
        elif length == 0x80:
            raise ValueError("no length is given: that is not DER")
        if content + length > end:
            raise ValueError("an element is longer than what holds it")
        yield start, content, content + length
        start = content + length
