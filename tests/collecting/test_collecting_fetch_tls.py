"""TLS with certificates made here: what is valid is recorded, what is not ends the exchange."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tenderlight.collecting.fetching.fetch import Limits, Reach, fetch
from tenderlight.evidence import Answer
from tenderlight.model import Refused

NOW = datetime(2026, 11, 22, 6, 46, 33, tzinfo=UTC)
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority (invented)")])


class Authority:
    """Roots that nobody but these tests trusts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.root = self._sign(NAME, self.key, x509.BasicConstraints(True, None), None, 10)
        self.trust = ssl.create_default_context(
            cadata=self.root.public_bytes(serialization.Encoding.PEM).decode()
        )

    def _sign(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        constraints: x509.BasicConstraints,
        address: str | None,
        days: int,
    ) -> x509.Certificate:
        today = datetime.now(UTC)  # noqa: TID251 - what TLS compares with
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(NAME)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(today - timedelta(days=30))
            .not_valid_after(today + timedelta(days=days))
            .add_extension(constraints, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False
            )
        )
        if address is not None:
            names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
            builder = builder.add_extension(names, critical=False)
        else:
            usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
            builder = builder.add_extension(usage, critical=True)
        return builder.sign(self.key, hashes.SHA256())

    def server(self, address: str, days: int) -> tuple[ssl.SSLContext, bytes]:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a portal (invented)")])
        certificate = self._sign(name, key, x509.BasicConstraints(False, None), address, days)
        pem = self.folder / "server.pem"
        pem.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(pem)
        return context, certificate.public_bytes(serialization.Encoding.DER)


def ask(served: ssl.SSLContext | None, trust: ssl.SSLContext | None) -> Answer:
    under_way = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        under_way.append(asyncio.current_task())
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            await writer.drain()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def both() -> Answer:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=served)
        place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        reach = Reach(hosts=frozenset({place}), private=True)
        try:
            return await fetch(
                f"https://{place}/",
                reach=reach,
                limits=Limits(connect=1, seconds=5),
                now=lambda: NOW,
                tls=trust,
            )
        finally:
            server.close()
            await server.wait_closed()
            await asyncio.gather(*under_way)

    return asyncio.run(both())


def test_the_certificate_and_the_protocol_are_recorded(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    served, certificate = authority.server("127.0.0.1", 10)
    answer = ask(served, authority.trust)
    assert answer.body is not None
    with answer.body as body:
        assert body.read() == b"hello"
    assert (answer.certificate, answer.error, answer.truncated) == (certificate, None, None)
    assert answer.tls is not None
    assert answer.tls.startswith("TLSv1.3 TLS_")


@pytest.mark.parametrize(
    ("address", "days", "why"),
    [("127.0.0.2", 10, "IP address mismatch"), ("127.0.0.1", -1, "certificate has expired")],
)
def test_a_certificate_that_is_not_valid_ends_it(
    tmp_path: Path, address: str, days: int, why: str
) -> None:
    authority = Authority(tmp_path)
    answer = ask(authority.server(address, days)[0], authority.trust)
    assert (answer.error, answer.head, answer.request, answer.body) == ("tls", b"", b"", None)
    assert why in (answer.why or "")


def test_roots_that_this_computer_does_not_know_end_it(tmp_path: Path) -> None:
    answer = ask(Authority(tmp_path).server("127.0.0.1", 10)[0], None)
    assert (answer.error, answer.head) == ("tls", b"")


def test_a_server_without_tls_ends_it(tmp_path: Path) -> None:
    assert ask(None, Authority(tmp_path).trust).error in ("tls", "timeout", "reset")


def test_nobody_can_ask_without_checking_certificates() -> None:
    for name, value in (("check_hostname", False), ("verify_mode", ssl.CERT_OPTIONAL)):
        trust = ssl.create_default_context()
        setattr(trust, name, value)
        with pytest.raises(Refused):
            ask(None, trust)
