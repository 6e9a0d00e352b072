"""Signatures of WACZ files ("WACZ Signing and Verification" 0.1.0): checked, never trusted for you.

A signature says that whoever had a key had this list. Whose key that is, no file can say of
itself: we tell its fingerprint, and the certificates that came with it.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from tenderlight.evidence.token import Unfit, check_answer, rfc3339
from tenderlight.model import Refused

_MOST_CERTIFICATES = 10
_LARGEST = 1 << 18
_APART = timedelta(minutes=10)
"""Between the stated creation and the time stamp, at most (the specification, "Verification")."""
_DIGESTS: tuple[hashes.HashAlgorithm, ...] = (hashes.SHA256(), hashes.SHA384(), hashes.SHA512())
_ASK = "Ask whoever signed it."


class _Signed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    hash: str
    signature: str
    created: str = ""
    public_key: str | None = None
    domain: str | None = None
    domain_cert: str | None = None
    time_signature: str | None = None
    timestamp_cert: str | None = None


def check_signature(signed_data: dict[str, object], digest: str) -> list[str]:
    """What the signature over a package's digest proves, in sentences.

    Refuses (Refused) one that does not fit: then the package is not what was signed.
    """
    try:
        signed = msgspec.convert(signed_data, _Signed)
    except msgspec.ValidationError as error:
        raise Refused(f"has a signature that cannot be read ({error}).", _ASK) from error
    if max(len(str(value)) for value in signed_data.values()) > _LARGEST:
        raise Refused("has a signature of more than 256 KB.", _ASK)
    if signed.hash != digest:
        raise Refused("is signed for another list of files.", _ASK)
    try:
        if signed.domain_cert is not None:
            notes = _check_domain(signed, signed.domain_cert)
        elif signed.public_key is not None:
            notes = _check_key(signed, signed.public_key)
        else:
            raise Unfit("it names neither a key nor a certificate")
        return notes + _check_time(signed)
    except Exception as error:  # hostile DER: its parser has a dozen ways to refuse it
        what = str(error) or "the signature does not fit"
        raise Refused(f"has a signature that does not hold: {what}.", _ASK) from error


def _check_key(signed: _Signed, written: str) -> list[str]:
    """An anonymous signature: the key is in the file itself."""
    der = base64.b64decode(written, validate=True)
    _check(signed, serialization.load_der_public_key(der))
    fingerprint = hashlib.sha256(der).hexdigest()
    return [
        f"signed with a key whose SHA-256 is {fingerprint}; whose key it is, the file cannot say"
    ]


def _check_domain(signed: _Signed, pem: str) -> list[str]:
    """A signature by the certificate of a domain, and the chain above it."""
    chain = _chain(pem)
    _check(signed, chain[0].public_key())
    names = _names(chain[0])
    if signed.domain not in names:
        raise Unfit(f"the certificate is not for {signed.domain!r} but for {names!r}")
    created = _moment(signed.created)
    first, last = chain[0].not_valid_before_utc, chain[0].not_valid_after_utc
    if not first <= created <= last:
        raise Unfit("the certificate was not valid when the file says that it was made")
    root = chain[-1].fingerprint(hashes.SHA256()).hex()
    return [
        f"signed for {signed.domain} with a certificate whose chain of {len(chain)} came with it; "
        f"its last certificate has the SHA-256 {root}: compare it with one that you trust"
    ]


def _check(signed: _Signed, key: object) -> None:
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise Unfit("its key is not an ECDSA key")
    given = base64.b64decode(signed.signature, validate=True)
    half = (key.key_size + 7) // 8
    forms = [given]
    if len(given) == 2 * half:  # as browsers write it: the two numbers, one behind the other
        numbers = int.from_bytes(given[:half]), int.from_bytes(given[half:])
        forms.append(utils.encode_dss_signature(*numbers))
    for form in forms:
        for algorithm in _DIGESTS:
            try:
                key.verify(form, signed.hash.encode(), ec.ECDSA(algorithm))
            except InvalidSignature:
                continue
            return
    raise Unfit("it was not made with that key over that list")


def _check_time(signed: _Signed) -> list[str]:
    """The time stamp over the signature."""
    if signed.time_signature is None or signed.timestamp_cert is None:
        return ["no time stamp: when it was signed, only the file itself says"]
    roots = _pem(_chain(signed.timestamp_cert)[-1])
    sha256 = hashlib.sha256(signed.signature.encode()).hexdigest()
    answer = base64.b64decode(signed.time_signature, validate=True)
    stamped = check_answer(answer, sha256, roots)
    if signed.created and abs(_moment(signed.created) - stamped) > _APART:
        raise Unfit(f"the time stamp is of {rfc3339(stamped)}, not of {signed.created[:40]}")
    fingerprint = x509.load_pem_x509_certificate(roots).fingerprint(hashes.SHA256()).hex()
    return [
        f"time stamp of {rfc3339(stamped)}; its authority's root, which came with it, has the "
        f"SHA-256 {fingerprint}: compare it with one that you trust"
    ]


def _chain(pem: str) -> list[x509.Certificate]:
    """Certificates of which each was issued by the next."""
    chain = x509.load_pem_x509_certificates(pem.encode())
    if len(chain) > _MOST_CERTIFICATES:
        raise Unfit(f"more than {_MOST_CERTIFICATES} certificates came with it")
    for certificate, issuer in pairwise(chain):
        certificate.verify_directly_issued_by(issuer)
    return chain


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        names = found.value.get_values_for_type(x509.DNSName)
    except x509.ExtensionNotFound:
        names = []
    common = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return names + [str(each.value) for each in common]


def _moment(written: str) -> datetime:
    time = datetime.fromisoformat(written)
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)
