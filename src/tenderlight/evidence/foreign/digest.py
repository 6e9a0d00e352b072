"""The digests that others wrote beside what they kept."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import BinaryIO

_ALGORITHMS = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha384": "sha384"}
_ALGORITHMS |= {"sha512": "sha512"}
_CHUNK = 1 << 20
_WRITTEN = re.compile(r"([A-Za-z0-9-]{3,10}):([A-Za-z0-9+/=_-]{16,128})")


class UnknownDigest(ValueError):
    """A digest in words that we cannot check."""


def read_digest(written: str) -> tuple[str, bytes]:
    """The algorithm and the digest, as WARC and WACZ files write them.

    >>> read_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")[1].hex()
    'da39a3ee5e6b4b0d3255bfef95601890afd80709'

    Hexadecimal, base32 and base64 are told apart by their length. Refuses (UnknownDigest) all else.
    """
    match = _WRITTEN.fullmatch(written.strip())
    algorithm = _ALGORITHMS.get(match[1].lower().replace("-", "")) if match else None
    if match is None or algorithm is None:
        raise UnknownDigest(f"{written[:60]!r} is no digest that can be checked")
    size, value = hashlib.new(algorithm, usedforsecurity=False).digest_size, match[2]
    bare = value.rstrip("=")
    try:
        if len(bare) == 2 * size:
            return algorithm, bytes.fromhex(bare)
        if len(bare) == -(-size * 8 // 5):
            return algorithm, base64.b32decode(bare.upper() + "=" * (-len(bare) % 8))
        if len(bare) == -(-size * 8 // 6):
            plain = bare.replace("-", "+").replace("_", "/")
            return algorithm, base64.b64decode(plain + "=" * (-len(bare) % 4), validate=True)
    except (ValueError, binascii.Error) as error:
        raise UnknownDigest(f"{written[:60]!r} is no digest that can be checked") from error
    raise UnknownDigest(f"{written[:60]!r} is no digest that can be checked")


def digest_of(file: BinaryIO, algorithm: str, start: int = 0) -> bytes:
    """The digest of a file from one place on. Leaves it at its start."""
    digest = hashlib.new(algorithm, usedforsecurity=False)
    file.seek(start)
    while piece := file.read(_CHUNK):
        digest.update(piece)
    file.seek(0)
    return digest.digest()
