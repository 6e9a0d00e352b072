"""Signatures of WACZ files hold or do not; whose they are is left to the reader."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from tenderlight.evidence.foreign.signature import check_signature
from tenderlight.model import Refused
from tests.authority.authority import clock, make_authority
from tests.evidence.evidence_archives import listing, package, written
from tests.evidence.test_evidence_foreign_package import read

HASH = "sha256:" + "ab" * 32
FILES = {"archive/data.warc.gz": written()}
DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM
SPKI = serialization.PublicFormat.SubjectPublicKeyInfo
Key = ec.EllipticCurvePrivateKey


def sign(key: Key, text: str = HASH, *, algorithm: Any = None, browser: bool = False) -> str:
    der = key.sign(text.encode(), ec.ECDSA(algorithm or hashes.SHA256()))
    if browser:
        half = (key.key_size + 7) // 8
        first, second = utils.decode_dss_signature(der)
        der = first.to_bytes(half) + second.to_bytes(half)
    return base64.b64encode(der).decode()


def public(key: Key) -> str:
    return base64.b64encode(key.public_key().public_bytes(DER, SPKI)).decode()


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
@pytest.mark.parametrize("algorithm", [hashes.SHA256(), hashes.SHA384(), hashes.SHA512()])
@pytest.mark.parametrize("browser", [True, False])
def test_a_signature_by_a_key_holds(curve: Any, algorithm: Any, browser: bool) -> None:
    key = ec.generate_private_key(curve)
    signature = sign(key, algorithm=algorithm, browser=browser)
    told = check_signature(
        {"hash": HASH, "signature": signature, "publicKey": public(key), "software": "x"}, HASH
    )
    fingerprint = hashlib.sha256(base64.b64decode(public(key))).hexdigest()
    assert fingerprint in told[0]
    assert told[1] == "no time stamp: when it was signed, only the file itself says"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"hash": "sha256:" + "cd" * 32}, "signed for another list"),
        ({"signature": "AAAA"}, "does not hold"),
        ({"signature": "no base64!"}, "does not hold"),
        ({"signature": base64.b64encode(bytes(64)).decode()}, "does not hold"),
        ({"signature": 5}, "cannot be read"),
        ({"signature": "A" * 300_000}, "of more than 256 KB"),
        ({"publicKey": "AAAA"}, "does not hold"),
        ({"publicKey": None}, "neither a key nor a certificate"),
    ],
)
def test_a_signature_that_does_not_fit_is_refused(change: dict[str, Any], what: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    signed = {"hash": HASH, "signature": sign(key), "publicKey": public(key)}
    with pytest.raises(Refused, match=what):
        check_signature({**signed, **change}, HASH)


def test_the_key_of_somebody_else_does_not_fit() -> None:
    one, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    with pytest.raises(Refused, match="not made with that key"):
        check_signature({"hash": HASH, "signature": sign(one), "publicKey": public(other)}, HASH)


def test_a_key_of_another_sort_is_refused() -> None:
    der = rsa.generate_private_key(65537, 2048).public_key().public_bytes(DER, SPKI)
    written_key = base64.b64encode(der).decode()
    signed = {"hash": HASH, "signature": "AAAA", "publicKey": written_key}
    with pytest.raises(Refused, match="not an ECDSA key"):
        check_signature(signed, HASH)


def test_a_signed_package_is_read_and_a_forged_one_is_refused() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    signed = {"signature": sign(key, listing(FILES), browser=True), "publicKey": public(key)}
    count, doubts, notes = read(package(FILES, signed=signed))
    assert (count, doubts) == (1, [])
    assert any(note.startswith("signed with a key whose SHA-256 is") for note in notes)
    other = {"archive/data.warc.gz": written(b"forged")}
    with pytest.raises(Refused, match="not made with that key"):
        read(package(other, signed=signed))


def certify(
    name: str, issuer: tuple[Key, x509.Certificate] | None = None, days: int = 30
) -> tuple[Key, x509.Certificate]:
    """A certificate of an invented domain or authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[1].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock() - timedelta(days=60))
        .not_valid_after(clock() + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    )
    return key, builder.sign(issuer[0] if issuer else key, hashes.SHA256())


def by_domain(tmp_path: Path, **change: Any) -> dict[str, Any]:
    """A signature as an archive's signing server makes it, with a time stamp by OpenSSL."""
    root = certify("Invented root")
    key, certificate = certify("archive.example", root)
    signature = sign(key)
    authority = make_authority(tmp_path / "authority")
    builder = TimestampRequestBuilder().data(signature.encode())
    request = builder.hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True).build()
    chain = (certificate.public_bytes(PEM) + root[1].public_bytes(PEM)).decode()
    folder = authority.folder
    stamping = (folder / "signer.pem").read_text() + (folder / "root.pem").read_text()
    return {
        "hash": HASH,
        "created": clock().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "signature": signature,
        "domain": "archive.example",
        "domainCert": chain,
        "timeSignature": base64.b64encode(authority.answer(request.as_bytes())).decode(),
        "timestampCert": stamping,
        **change,
    }


def test_a_signature_by_a_domain_and_its_time_stamp_hold(tmp_path: Path) -> None:
    signed = by_domain(tmp_path)
    domain, stamped = check_signature(signed, HASH)
    assert domain.startswith("signed for archive.example with a certificate whose chain of 2 came")
    root = x509.load_pem_x509_certificates(signed["domainCert"].encode())[-1]
    assert root.fingerprint(hashes.SHA256()).hex() in domain
    assert stamped.startswith(f"time stamp of {signed['created'][:13]}")


def test_without_a_time_stamp_that_is_said(tmp_path: Path) -> None:
    signed = by_domain(tmp_path, timeSignature=None)
    assert check_signature(signed, HASH)[1].startswith("no time stamp")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"domain": "other.example"}, "is not for 'other.example'"),
        ({"created": "2001-01-01T00:00:00Z"}, "was not valid when"),
        ({"created": "yesterday"}, "does not hold"),
        ({"domainCert": "no certificate"}, "does not hold"),
        ({"timeSignature": "AAAA"}, "no answer of RFC 3161"),
        ({"timestampCert": "no certificate"}, "does not hold"),
        ({"signature": "AAAA"}, "does not hold"),
    ],
)
def test_a_signature_by_a_domain_that_does_not_fit_is_refused(
    tmp_path: Path, change: dict[str, Any], what: str
) -> None:
    with pytest.raises(Refused, match=what):
        check_signature(by_domain(tmp_path, **change), HASH)


def test_a_time_stamp_of_another_signature_or_time_is_refused(tmp_path: Path) -> None:
    other = by_domain(tmp_path / "other")
    stolen = {name: other[name] for name in ("timeSignature", "timestampCert")}
    with pytest.raises(Refused, match="stamps another digest"):
        check_signature(by_domain(tmp_path, **stolen), HASH)
    later = (clock() + timedelta(minutes=20)).isoformat()
    with pytest.raises(Refused, match="the time stamp is of"):
        check_signature(by_domain(tmp_path / "late", created=later), HASH)


def test_a_chain_that_does_not_hold_together_is_refused(tmp_path: Path) -> None:
    stranger = certify("Invented root")[1].public_bytes(PEM).decode()
    signed = by_domain(tmp_path)
    first = signed["domainCert"].partition("-----END CERTIFICATE-----\n")
    with pytest.raises(Refused, match="does not hold"):
        check_signature({**signed, "domainCert": first[0] + first[1] + stranger}, HASH)
    with pytest.raises(Refused, match="more than 10 certificates"):
        check_signature({**signed, "domainCert": stranger * 11}, HASH)
