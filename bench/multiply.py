"""Many notices out of a few: each copy has its own numbers, so no two have the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

DIGITS = re.compile(rb"\d{3,}")
PER_FOLDER = 1_000


def varied(payload: bytes, copy: int) -> bytes:
    """The same notice with other numbers: every run of three or more digits ends differently.

    Years and dates stay as they are (runs that begin with 19 or 20 and have four digits or eight).
    """

    def other(match: re.Match[bytes]) -> bytes:
        digits = match[0]
        if digits[:2] in (b"19", b"20") and len(digits) in (4, 8):
            return digits
        last = (int(digits[-2:]) + copy) % 100
        return digits[:-2] + b"%02d" % last

    marked = DIGITS.sub(other, payload)
    return marked + b"\n<!-- copy %d -->" % copy


def originals(folder: Path) -> list[tuple[str, bytes]]:
    """The HTML notices to start from."""
    return [(path.stem, path.read_bytes()) for path in sorted(folder.rglob("*.html"))]


def multiplied(folder: Path, count: int) -> Iterator[tuple[str, bytes]]:
    """So many notices, name and bytes."""
    texts = originals(folder)
    for number in range(count):
        stem, payload = texts[number % len(texts)]
        yield f"{number // PER_FOLDER:04}/{number:07}-{stem}.html", varied(payload, number)


def write(folder: Path, count: int, to: Path) -> int:
    """Write them as files; the number of bytes."""
    size = 0
    for name, payload in multiplied(folder, count):
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(payload)
        size += len(payload)
    return size
