"""Signing an edition: Ed25519 (RFC 8032) over the bytes of `edition.json`, for OpenSSL to check.

The same key gives the same signature each time. Who holds the key, a signature does not say: tell
its fingerprint by another way than the edition.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from tenderlight.editions.files import write_file
from tenderlight.editions.manifest import MANIFEST
from tenderlight.model import Refused

SIGNATURE = f"{MANIFEST}.sig"
PUBLIC_KEY = f"{MANIFEST}.pub"
LARGEST_KEY = 1 << 16
MAKE = "Make one: openssl genpkey -algorithm ed25519 -out FILE."


def load_private_key(path: Path, ask: Callable[[], str]) -> Ed25519PrivateKey:
    """A private key out of a PEM file; `ask` gives its password, where it has one.

    Refuses (Refused) any other file, any other kind of key, and a wrong password.
    """
    with path.open("rb") as file:
        pem = file.read(LARGEST_KEY)
    try:
        try:
            key = load_pem_private_key(pem, None)
        except TypeError:  # it is encrypted
            key = load_pem_private_key(pem, ask().encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Refused(f"{path} is no private key, or its password is another.", MAKE) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused(f"{path} is a key of another kind than Ed25519.", MAKE)
    return key


def write_signature(folder: Path, key: Ed25519PrivateKey, encoded: bytes) -> None:
    """Write the signature over the manifest, 64 bytes, and the public key, PEM, beside it."""
    write_file(folder / SIGNATURE, key.sign(encoded))
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    write_file(folder / PUBLIC_KEY, pem)


def parse_public_key(pem: bytes) -> Ed25519PublicKey | None:
    """The key in a PEM file; None where there is none that we know."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def is_signed(key: Ed25519PublicKey, signature: bytes, encoded: bytes) -> bool:
    """Whether the key's owner signed this."""
    try:
        key.verify(signature, encoded)
    except InvalidSignature:
        return False
    return True


def fingerprint(key: Ed25519PublicKey) -> str:
    """What a key is called: SHA-256 of its DER, as `openssl pkey -pubin -outform DER` has it.

    >>> fingerprint(Ed25519PublicKey.from_public_bytes(bytes(32)))[:16]
    '722abd12e99a5367'
    """
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()
