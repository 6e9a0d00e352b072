"""WACZ files: what is in them, and whether it is what their own list says.

Nothing is unpacked to a name of theirs. A name is only ever compared and shown.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

import msgspec

from tenderlight.evidence.foreign.digest import UnknownDigest, read_digest
from tenderlight.evidence.foreign.read import Doubt
from tenderlight.evidence.foreign.signature import check_signature
from tenderlight.model import Refused

PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
_LARGEST_LIST = 16 * 2**20
_LARGEST_DIRECTORY = 16 * 2**20
_MOST_FILES = 20_000
_MOST_PAGES = 200_000
_LONGEST_PAGE = 1 << 20
_CHUNK = 1 << 20
_MOST_TIMES, _MOST_BESIDE = 200, 64 * 2**20
_END, _END64, _AT64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_WHOLE = "Ask whoever made it for a whole copy, or make it again."


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """A file as `datapackage.json` lists it."""

    path: str
    hash: str = ""
    bytes: int = -1


class _Package(msgspec.Struct, frozen=True, kw_only=True):
    resources: list[Resource] = []


class _Digest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    hash: str = ""
    signed_data: dict[str, object] | None = None


class _Page(msgspec.Struct, frozen=True, kw_only=True):
    url: str = ""


class Package:
    """A WACZ file, opened. Refuses (Refused) what is no zip file, or one that would not be safe.

    `doubts` names what is not as the package says it is, `notes` what was checked and what not.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name, self.notes = name, [f"{name}: a WACZ file"]
        self.doubts: list[Doubt] = []
        check_directory(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Refused(f"is no zip file that can be read ({error}).", _WHOLE) from error
        file.seek(0, 2)
        self._files = _check_files(self._zip.infolist(), file.tell())
        self._sound: set[str] = set()

    def close(self) -> None:
        """Let the file go."""
        self._zip.close()

    def documents(self) -> Iterator[tuple[str, bytes]]:
        """The list and its digest, letter by letter."""
        for path in (PACKAGE, DIGEST):
            if path in self._files:
                yield path, self._read(path)

    def check(self) -> None:
        """Whether every file is the one that was listed and, if so, signed.

        Refuses (Refused) a package whose list is not the one that was digested or signed.
        """
        if PACKAGE not in self._files:
            raise Refused(f"has no {PACKAGE}.", _WHOLE)
        raw = self._read(PACKAGE)
        try:
            package = msgspec.json.decode(raw, type=_Package)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refused(f"has a {PACKAGE} that cannot be read ({error}).", _WHOLE) from error
        self._check_digest(raw)
        listed = {resource.path: resource for resource in package.resources}
        for path, info in sorted(self._files.items()):
            if path in (PACKAGE, DIGEST) or info.is_dir():
                continue
            self._check_file(path, listed.get(path))
        for path in sorted(set(listed) - set(self._files)):
            self._doubt(path, "is listed and is not there.")
        self.notes.append(f"{len(self._sound)} files are as {PACKAGE} lists them")

    def warcs(self) -> Iterator[tuple[str, int, BinaryIO]]:
        """The WARC files that are as they were listed: name, size, content."""
        for path in sorted(self._sound):
            if path.startswith("archive/") and path.endswith((".warc", ".warc.gz")):
                with self._zip.open(path) as file:
                    yield f"{self.name}/{path}", self._files[path].file_size, cast(BinaryIO, file)

    def pages(self) -> frozenset[str]:
        """The addresses that the package names as pages: what somebody looked at."""
        found: set[str] = set()
        for path in sorted(self._sound):
            if path.startswith("pages/") and path.endswith(".jsonl"):
                with self._zip.open(path) as file:
                    while (line := file.readline(_LONGEST_PAGE)) and len(found) < _MOST_PAGES:
                        found.add(_page(line))
        return frozenset(found - {""})

    def _check_digest(self, package: bytes) -> None:
        if DIGEST not in self._files:
            self.notes.append(f"no {DIGEST}: nobody signed it, and its list could be another")
            return
        try:
            digest = msgspec.json.decode(self._read(DIGEST), type=_Digest)
            algorithm, expected = read_digest(digest.hash)
        except (msgspec.DecodeError, UnicodeDecodeError, UnknownDigest) as error:
            raise Refused(f"has a {DIGEST} that cannot be read ({error}).", _WHOLE) from error
        if hashlib.new(algorithm, package, usedforsecurity=False).digest() != expected:
            raise Refused(f"has a {PACKAGE} that is not the one in {DIGEST}.", _WHOLE)
        self.notes.append(f"{PACKAGE} is the one that {DIGEST} names")
        if digest.signed_data is None:
            self.notes.append("it is not signed")
            return
        self.notes.extend(check_signature(digest.signed_data, digest.hash))

    def _check_file(self, path: str, listed: Resource | None) -> None:
        if listed is None or not listed.hash:
            self._doubt(path, f"is not listed, with a hash, in {PACKAGE}.")
            return
        try:
            algorithm, expected = read_digest(listed.hash)
            digest = hashlib.new(algorithm, usedforsecurity=False)
            with self._zip.open(path) as file:
                while piece := file.read(_CHUNK):
                    digest.update(piece)
        except (UnknownDigest, zipfile.BadZipFile, OSError, EOFError) as error:
            self._doubt(path, f"cannot be checked: {error}.")
            return
        if digest.digest() != expected or listed.bytes not in (-1, self._files[path].file_size):
            self._doubt(path, f"is not the file that {PACKAGE} lists: its digest or size differs.")
            return
        self._sound.add(path)

    def _doubt(self, path: str, what: str) -> None:
        self.doubts.append(Doubt(where=f"{self.name}/{path[:300]}", what=what, hint=_WHOLE))

    def _read(self, path: str) -> bytes:
        if self._files[path].file_size > _LARGEST_LIST:
            raise Refused(f"has a {path} of more than {_LARGEST_LIST >> 20} MB.", _WHOLE)
        try:
            return self._zip.read(path)
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise Refused(f"has a {path} that cannot be read ({error}).", _WHOLE) from error


def _page(line: bytes) -> str:
    try:
        return msgspec.json.decode(line, type=_Page).url
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""  # the first line is a title; another that cannot be read marks no page


def check_directory(file: BinaryIO) -> None:
    """A zip file's directory is read whole: refuses one that would not fit into memory."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 65_557))
    end = file.read()
    at = end.rfind(_END)
    if at < 0 or len(end) < at + 22:
        raise Refused("is no zip file.", _WHOLE)
    files = int.from_bytes(end[at + 10 : at + 12], "little")
    length = int.from_bytes(end[at + 12 : at + 16], "little")
    if at >= 20 and end[at - 20 : at - 16] == _AT64:
        file.seek(min(size, int.from_bytes(end[at - 12 : at - 4], "little")))
        larger = file.read(56)
        if larger[:4] != _END64:
            raise Refused("is no zip file that can be read.", _WHOLE)
        files = int.from_bytes(larger[32:40], "little")
        length = int.from_bytes(larger[40:48], "little")
    file.seek(0)
    if files > _MOST_FILES or length > _LARGEST_DIRECTORY:
        raise Refused(f"holds more than {_MOST_FILES} files.", "Split it.")


def _check_files(infos: list[zipfile.ZipInfo], size: int) -> dict[str, zipfile.ZipInfo]:
    """By path. Refuses bombs, files that share their bytes, hidden and doubled ones."""
    files = {info.filename: info for info in infos}
    if len(files) < len(infos):
        raise Refused("holds two files of one name.", _WHOLE)
    if sum(info.compress_size for info in infos) > size:
        raise Refused("holds files that lie over each other: it was made to fill a disk.", _WHOLE)
    for info in infos:
        if info.file_size > info.compress_size * _MOST_TIMES + _MOST_BESIDE:
            raise Refused(f"holds a file that unpacks to {info.file_size >> 20} MB.", _WHOLE)
        if info.flag_bits & 1 or info.compress_type not in (0, zipfile.ZIP_DEFLATED):
            raise Refused("is encrypted, or packed in a way we do not read.", _WHOLE)
    return files
