"""The pieces of data that an edition's pages open, read back: `keep("NAME","…");` and no more."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from binascii import Error
from pathlib import PurePosixPath

PIECE = re.compile(rb'keep\("([A-Za-z0-9._-]{1,200})","([A-Za-z0-9+/=]*)"\);\n')
MOST = 512 << 20
"""Bytes of a piece, unpacked."""
GZIP = 31
"""That zlib is to expect gzip's head and tail."""


def opened(script: bytes, path: str) -> bytes | None:
    """What a piece holds, as JSON; None where the script is anything else than one of ours.

    >>> from tenderlight.editions.site.shards import shard
    >>> opened(shard("heads-0", ["甲"]), "site/data/heads-0.js").decode()
    '["甲"]'
    >>> opened(b"alert(1)", "site/data/heads-0.js") is None
    True
    """
    match = PIECE.fullmatch(script)
    if match is None or match[1].decode() != PurePosixPath(path).stem:
        return None
    try:
        packed = zlib.decompressobj(GZIP)
        told = packed.decompress(b64decode(match[2], validate=True), MOST)
    except (Error, zlib.error):
        return None
    return told if packed.eof and not packed.unused_data else None
