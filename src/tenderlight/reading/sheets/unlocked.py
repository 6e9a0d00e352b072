"""Workbooks before 2007 that Excel locked with its own password, which nobody has to know.

Who protects the structure of a workbook makes Excel encrypt it with the password
`VelvetSweatshop`; any spreadsheet program opens it without asking ([MS-OFFCRYPTO] §2.3.6, [MS-XLS]
§2.2.10). Other passwords are not tried.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from itertools import islice

_PASSWORD = "VelvetSweatshop"  # noqa: S105 - published, and the same for all
_LOCK = 0x2F
_UNKNOWN = 0x0862
"""A record that no reader looks at: what becomes of the lock."""
_PLAIN = frozenset((0x0809, _LOCK, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138))
"""Records whose content is never encrypted."""
_SHEET = 0x85
"""Of this record the first four bytes, the place of the sheet, are never encrypted."""
_BLOCK = 1024


def unlocked(workbook: bytes) -> bytes | None:
    """The records of a workbook without Excel's own lock; None if it is locked in another way."""
    lock = next((body for kind, _, body in _records(workbook) if kind == _LOCK), b"")
    if len(lock) != 54 or struct.unpack_from("<HHH", lock) != (1, 1, 1):
        return None
    key = _key(lock[6:22])
    stream = _stream(key, 0)
    verifier = _xor(lock[22:38], bytes(islice(stream, 16)))
    stated = _xor(lock[38:54], bytes(islice(stream, 16)))
    if hashlib.md5(verifier, usedforsecurity=False).digest() != stated:
        return None
    opened = bytearray(_xor(workbook, _pad(key, len(workbook))))
    for kind, at, body in _records(workbook):
        opened[at - 4 : at] = workbook[at - 4 : at]
        if kind in _PLAIN:
            opened[at : at + len(body)] = body
        elif kind == _SHEET:
            opened[at : at + 4] = body[:4]
        if kind == _LOCK:
            struct.pack_into("<H", opened, at - 4, _UNKNOWN)
    return bytes(opened)


def _records(workbook: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The kind of each record, where its content begins, and the content."""
    at = 0
    while at + 4 <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, at)
        yield kind, at + 4, workbook[at + 4 : at + 4 + size]
        at += 4 + size


def _key(salt: bytes) -> bytes:
    """Five bytes from the password and the workbook's salt."""
    first = hashlib.md5(_PASSWORD.encode("utf-16-le"), usedforsecurity=False).digest()[:5]
    return hashlib.md5((first + salt) * 16, usedforsecurity=False).digest()[:5]


def _pad(key: bytes, length: int) -> bytes:
    """What all bytes of the workbook were combined with: begun anew every 1,024 bytes."""
    pad = bytearray()
    for block in range(-(-length // _BLOCK)):
        pad += bytes(islice(_stream(key, block), _BLOCK))
    return bytes(pad[:length])


def _stream(key: bytes, block: int) -> Iterator[int]:
    """RC4 with the key of a block."""
    secret = hashlib.md5(key + struct.pack("<I", block), usedforsecurity=False).digest()
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + secret[i % 16]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    while True:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        yield state[(state[i] + state[j]) & 255]


def _xor(one: bytes, other: bytes) -> bytes:
    size = len(one)
    return (int.from_bytes(one, "big") ^ int.from_bytes(other[:size], "big")).to_bytes(size, "big")
