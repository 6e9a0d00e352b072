"""Which archive bytes are, and where in a program that unpacks itself the archive begins."""

from __future__ import annotations

import struct
import zlib

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")
RAR = b"Rar!\x1a\x07"
SEVENZIP = b"7z\xbc\xaf\x27\x1c"
_PROGRAM = (b"MZ", b"\x7fELF")
_SEARCHED = 4 * 1024 * 1024
"""Of a program, for an archive behind it; the programs of WinRAR and 7-Zip take up to 800 kB."""
_LAST_RECORD = b"PK\x05\x06"


def zip_is_in(payload: bytes) -> bool:
    """Whether this is a ZIP, or a program with one behind it."""
    if payload.startswith(ZIP):
        return True
    return payload.startswith(_PROGRAM) and _last_record(payload) is not None


def is_zip_volume(payload: bytes) -> bool:
    """Whether this is one file of a ZIP that is spread over several."""
    last = _last_record(payload)
    if last is None:
        return payload.startswith(ZIP[2])
    disk, first_disk = struct.unpack_from("<HH", payload, last + 4)
    return any(0 < number < 0xFFFF for number in (disk, first_disk))


def has_end(payload: bytes) -> bool:
    """Whether the list of files is there that stands at the end of a whole ZIP."""
    return _last_record(payload) is not None


def rar_is_in(payload: bytes) -> bool:
    """Whether this is a RAR of any version since 1.5, or a program with one behind it."""
    if payload.startswith(RAR):
        return True
    return payload.startswith(_PROGRAM) and payload.find(RAR, 0, _SEARCHED) > 0


def sevenzip_at(payload: bytes) -> int | None:
    """Where a 7-Zip archive begins; None if there is none.

    >>> sevenzip_at(b"MZ and a program")
    """
    if payload.startswith(SEVENZIP):
        return 0
    start = payload.find(SEVENZIP, 0, _SEARCHED) if payload.startswith(_PROGRAM) else -1
    while start > 0:
        checked = payload[start + 12 : start + 32]
        if payload[start + 8 : start + 12] == struct.pack("<I", zlib.crc32(checked)):
            return start
        start = payload.find(SEVENZIP, start + 1, _SEARCHED)
    return None


def is_tar(start: bytes) -> bool:
    """Whether the first 512 bytes are the head of a tar: its checksum says so (POSIX.1-1988)."""
    if len(start) < 512 or not start[0]:
        return False
    try:
        stated = int(start[148:156].strip(b" \x00").decode("ascii"), 8)
    except ValueError:
        return False
    return stated == sum(start[:148]) + 8 * 32 + sum(start[156:512])


def _last_record(payload: bytes) -> int | None:
    """Where the end record of a ZIP is: in the last 64 kB, before a comment of at most that."""
    at = payload.rfind(_LAST_RECORD, max(0, len(payload) - 22 - 0xFFFF))
    return at if 0 <= at <= len(payload) - 22 else None
