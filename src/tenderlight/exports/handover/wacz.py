"""A web archive in one file (WACZ 1.1.1): WARC files, their index, a list of pages, digests.

The records are the evidence's own, byte for byte; each WARC file begins with the record that began
it there, so it has the name that the ledger gives it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import msgspec

from tenderlight import __version__
from tenderlight.exports.handover.cdx import Entry, index

VERSION = "1.1.1"
ARCHIVE = "archive"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """An address with which a reader may begin."""

    id: str
    url: str
    ts: str
    title: str


class Wacz:
    """A WACZ file that is being written: records in the order of the evidence, then the rest."""

    def __init__(self, path: Path, created: datetime) -> None:
        self._zip = ZipFile(path, "x", ZIP_STORED)
        self._created = created.astimezone(UTC)
        self._resources: list[dict[str, Any]] = []
        self._name = ""
        self._file: IO[bytes] | None = None
        self._offset, self._digest = 0, hashlib.sha256()

    def __enter__(self) -> Wacz:
        """Open until the block ends."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; where the block failed it is not whole, and not to be used."""
        with suppress(ValueError):  # a file inside that is still open, after an error
            if self._file is not None:
                self._file.close()
        self._zip.close()

    def begin(self, name: str, opening: bytes) -> None:
        """Begin a WARC file with its warcinfo record."""
        self._end()
        self._name = name
        self._file = self._zip.open(self._info(f"{ARCHIVE}/{name}"), "w", force_zip64=True)
        self._offset, self._digest = 0, hashlib.sha256()
        self.add(opening)

    def add(self, record: bytes) -> int:
        """Append a record as it is; gives the place at which it lies in its WARC file."""
        if self._file is None:
            raise ValueError("no WARC file was begun")
        place = self._offset
        self._file.write(record)
        self._digest.update(record)
        self._offset += len(record)
        return place

    def finish(self, entries: Iterable[Entry], pages: Iterable[Page], title: str) -> None:
        """Write index, pages and digests: then the file is whole."""
        self._end()
        blocks, table = index(entries)
        self._put("indexes/index.cdx.gz", blocks)
        self._put("indexes/index.idx", table)
        heading = {"format": "json-pages-1.0", "id": "pages", "title": title}
        lines = [msgspec.json.encode(one) + b"\n" for one in (heading, *pages)]
        self._put("pages/pages.jsonl", b"".join(lines))
        package = {
            "profile": "data-package",
            "resources": self._resources,
            "title": title,
            "created": self._created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "wacz_version": VERSION,
            "software": f"Tenderlight {__version__}",
        }
        raw = _pretty(package)
        self._write("datapackage.json", raw)
        digest = f"sha256:{hashlib.sha256(raw).hexdigest()}"
        self._write(
            "datapackage-digest.json", _pretty({"path": "datapackage.json", "hash": digest})
        )

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._list(f"{ARCHIVE}/{self._name}", self._digest.hexdigest(), self._offset)
            self._file = None

    def _put(self, path: str, content: bytes) -> None:
        self._write(path, content)
        self._list(path, hashlib.sha256(content).hexdigest(), len(content))

    def _list(self, path: str, sha256: str, size: int) -> None:
        name = path.rpartition("/")[2]
        self._resources.append(
            {"name": name, "path": path, "hash": f"sha256:{sha256}", "bytes": size}
        )

    def _write(self, path: str, content: bytes) -> None:
        self._zip.writestr(self._info(path), content)

    def _info(self, path: str) -> ZipInfo:
        info = ZipInfo(path, self._created.timetuple()[:6])
        info.external_attr = 0o100644 << 16
        return info


def _pretty(value: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
