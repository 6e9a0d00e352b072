"""Files of an edition: written so that the same content gives the same bytes, and listed."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from tenderlight.editions.manifest import FileOf

AT_ONCE = 1 << 20
LEVEL = 9


@contextmanager
def packed(path: Path) -> Iterator[IO[bytes]]:
    """A gzip file to write to, without a name or a time in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        path.open("xb") as raw,
        gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as file,
    ):
        yield cast(IO[bytes], file)


def write_file(path: Path, content: bytes) -> None:
    """A file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


def list_files(folder: Path, progress: Callable[[int, int], None] | None = None) -> list[FileOf]:
    """Every file of a folder with its digest, sorted by path."""
    paths = sorted(
        (path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file()
    )
    found = []
    for number, (name, path) in enumerate(paths, start=1):
        sha256, size = digest_of(path)
        found.append(FileOf(path=name, sha256=sha256, size=size))
        if progress is not None:
            progress(number, len(paths))
    return found


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    sha256, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            sha256.update(piece)
            size += len(piece)
    return sha256.hexdigest(), size
