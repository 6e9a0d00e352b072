"""A time-stamping authority for the tests: keys made here, answers made by OpenSSL, on loopback.

`openssl ts -reply` is what small authorities run; our side was written by others. Use the fixture
`authority` of the tests, or `make_authority(folder)` and `with authority.serving() as url:`.
"""

from __future__ import annotations

import datetime
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SETTINGS = """
[tsa]
default_tsa = answering
[answering]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
{chain}
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
"""
YEAR = datetime.timedelta(days=365)


def clock() -> datetime.datetime:
    """The real one: what OpenSSL stamps with cannot be set."""
    return datetime.datetime.now(datetime.UTC)  # noqa: TID251


class Authority:
    """Its root, its signer, and what it answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.roots = folder / "root.pem"
        self.asked: list[bytes] = []
        self._one_by_one = threading.Lock()

    def answer(self, query: bytes) -> bytes:
        """What OpenSSL's responder says to a request."""
        asked, answered = self.folder / "query.tsq", self.folder / "answer.tsr"
        settings = str(self.folder / "settings.cnf")
        command = ["ts", "-reply", "-config", settings, "-queryfile", str(asked)]
        with self._one_by_one:
            asked.write_bytes(query)
            run_openssl(*command, "-out", str(answered))
            return answered.read_bytes()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """A server on loopback that answers as RFC 3161 has it over HTTP; gives its address.

        By its path it misbehaves: `/refuse`, `/html`, `/cut`, `/large`, `/other` (stamps another
        digest), `/old` (answers the first request for ever).
        """
        server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(self))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def make_authority(
    folder: Path,
    *,
    usage: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.TIME_STAMPING,
    ended: bool = False,
    chain: bool = False,
) -> Authority:
    """Keys and certificates of an invented authority.

    `usage` is what its signer may be used for, `ended` makes its certificate one that has expired,
    and with `chain` there is an intermediate certificate, which is in the answers.
    """
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine")
    folder.mkdir(parents=True, exist_ok=True)
    root_key, root = _certify("Invented root", None, None, is_authority=True)
    issuer_key, issuer = root_key, root
    if chain:
        issuer_key, issuer = _certify("Invented middle", root_key, root, is_authority=True)
    key, signer = _certify("Invented signer", issuer_key, issuer, usage=usage, ended=ended)
    _save(folder / "root.pem", root)
    _save(folder / "middle.pem", issuer)
    _save(folder / "signer.pem", signer)
    (folder / "signer.key").write_bytes(_pem(key))
    (folder / "issuer.key").write_bytes(_pem(issuer_key))
    (folder / "serial").write_text("01\n")
    certs = f"certs = {folder}/middle.pem" if chain else ""
    (folder / "settings.cnf").write_text(SETTINGS.format(folder=folder, chain=certs))
    return Authority(folder)


def name_authority(root: Path, url: str, roots: str = "authority/root.pem") -> None:
    """Add an authority on loopback to a corpus' card."""
    with (root / "corpus.toml").open("a") as card:
        card.write(f'[[authority]]\nname = "invented"\nurl = "{url}"\nprivate = true\n')
        card.write(f'roots = "{roots}"\n')


def run_openssl(*arguments: str) -> str:
    """What an OpenSSL command prints; fails if it fails."""
    command = [shutil.which("openssl") or "openssl", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def certify_again(authority: Authority, usage: x509.ObjectIdentifier) -> bytes:
    """A certificate with the signer's name and number for another use, signed by nobody's key."""
    signer = x509.load_pem_x509_certificate((authority.folder / "signer.pem").read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateBuilder(
        signer.issuer, signer.subject, key.public_key(), signer.serial_number
    )
    builder = builder.not_valid_before(signer.not_valid_before_utc)
    builder = builder.not_valid_after(signer.not_valid_after_utc)
    builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _certify(
    name: str,
    issuer_key: ec.EllipticCurvePrivateKey | None,
    issuer: x509.Certificate | None,
    *,
    is_authority: bool = False,
    usage: x509.ObjectIdentifier | None = None,
    ended: bool = False,
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock()
    builder = x509.CertificateBuilder(
        issuer.subject if issuer else named, named, key.public_key(), x509.random_serial_number()
    )
    builder = builder.not_valid_before(now - 9 * YEAR)
    builder = builder.not_valid_after(now - YEAR if ended else now + 9 * YEAR)
    builder = builder.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return key, builder.sign(issuer_key or key, hashes.SHA256())


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _save(path: Path, certificate: x509.Certificate) -> None:
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _answering(authority: Authority) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked.append(query)
            status, body = _behave(authority, self.path, query)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body) + (self.path == "/cut")))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Answering


def _behave(authority: Authority, path: str, query: bytes) -> tuple[int, bytes]:
    match path:
        case "/refuse":
            return 503, b"later"
        case "/html":
            return 200, b"<html>Please log in</html>"
        case "/large":
            return 200, bytes(2 << 20)
        case "/other":
            other = authority.folder / "other"
            other.write_bytes(b"another line\n")
            asked = authority.folder / "other.tsq"
            run_openssl("ts", "-query", "-sha256", "-cert", "-data", str(other), "-out", str(asked))
            return 200, authority.answer(asked.read_bytes())
        case "/old":
            return 200, authority.answer(authority.asked[0])
    return 200, authority.answer(query)
