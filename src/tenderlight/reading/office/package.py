"""Packages of office documents: a ZIP with XML in it, or the same written flat as one XML file.

Unlike `reading.package`, which spreadsheets and OFD share, what is left of a package that was cut
off is read: its text comes early in it, its directory last.
"""

from __future__ import annotations

import base64
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from tenderlight.model import Problem, Reading, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Member, Opened
from tenderlight.reading.office.tree import Element, all_of, child_of, damaged, parse_xml, value_of
from tenderlight.reading.package import DAMAGE, beside, part_name

FLAT = b"schemas.microsoft.com/office/2006/xmlPackage"
"""The namespace of a package written as one XML file."""
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
"""A ZIP's header before each of its members."""
Unpack = Callable[[int], bytes]


@dataclass(slots=True)
class Package:
    """The parts of a package by name. Nothing is written, and no more is unpacked than is allowed.

    >>> package = Package({"word/document.xml": lambda most: b"<w/>"})
    >>> package.read("/Word/document.xml"), package.read("word/styles.xml")
    (b'<w/>', None)
    """

    parts: dict[str, Unpack]
    whole: bool = True
    """False if its directory is lost, or one of its parts is broken."""
    taken: int = 0
    spelled: dict[str, str] = field(default_factory=dict)
    """The name as it lies in the package, for each in the one spelling of `part_name`."""

    def __post_init__(self) -> None:
        self.spelled = {part_name(name): name for name in reversed(self.parts)}

    def read(self, name: str | None) -> bytes | None:
        """The bytes of a part; None if there is none of that name, or it is broken.

        Raises Unreadable `reading.over-limit` where a part is too large.
        """
        found = self.spelled.get(part_name(name or ""))
        if found is None:
            return None
        most = min(limits.PACKAGE_PART_BYTES, limits.PACKAGE_BYTES - self.taken)
        try:
            payload = self.parts[found](most + 1)
        except DAMAGE:
            self.whole = False
            return None
        if len(payload) > most:
            raise _over(f"its part {found} is larger than {most >> 20} MB unpacked")
        self.taken += len(payload)
        return payload

    def tree(self, name: str | None) -> Element | None:
        """The root of a part that is XML; None if there is none, or it is broken.

        Raises Unreadable `reading.too-large` where it has too many tags.
        """
        payload = self.read(name)
        if not payload:
            return None
        try:
            root, whole = parse_xml(payload)
        except Unreadable as error:
            if error.code != "reading.damaged":
                raise
            self.whole = False
            return None
        self.whole = self.whole and whole
        return root

    def relations(self, name: str) -> dict[str, str]:
        """What the relationships of a part lead to: other parts, never addresses outside."""
        return {key: target for key, target, _ in self._relations(name)}

    def related(self, name: str, kind: str) -> str | None:
        """The part that a part names as its `styles`, `numbering` …"""
        return next((target for _, target, type_ in self._relations(name) if type_ == kind), None)

    def main_part(self, usual: str) -> str:
        """The name of the main part: as the package says, else as it usually is."""
        found = self.related("", "officeDocument")
        return found if found in self.spelled else usual

    def opened(self, reading: Reading, members: Sequence[Member]) -> Opened:
        """What was read out of the package, unless it is broken and nothing was.

        Raises Unreadable `reading.damaged`.
        """
        if not self.whole and not reading.blocks and not members:
            raise damaged("Nothing of its text is left.")
        return Opened(reading=reading, members=tuple(members))

    def problems(self) -> tuple[Problem, ...]:
        """A Problem if parts of the package are broken or lost."""
        return () if self.whole else (BROKEN,)

    def _relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        for each in root if root is not None else ():
            target, key = value_of(each, "Target"), value_of(each, "Id")
            if target and key and value_of(each, "TargetMode") != "External":
                kind = (value_of(each, "Type") or "").rpartition("/")[2]
                yield key, beside(name, target), kind


BROKEN = Problem(
    code="reading.ends-early",
    what="The document is damaged: what is left of it was read, the rest is lost.",
    hint="Download it again, or open it in an office program and see what that can save.",
    unread=True,
)


def open_package(payload: bytes) -> Package:
    """The parts of a ZIP; of one whose end is lost, those that are still there.

    Raises Unreadable: `reading.damaged`, `reading.encrypted`, `reading.over-limit`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(payload))
        infos = archive.infolist()
    except DAMAGE:
        return _without_directory(payload)
    if len(infos) > limits.OFFICE_PARTS:
        raise _over(f"it has more than {limits.OFFICE_PARTS} parts")
    if any(info.flag_bits & 1 for info in infos):
        raise locked()
    return Package({info.filename: _unpacking(archive, info) for info in infos})


def open_flat(payload: bytes) -> Package:
    """The parts of a package that is written flat, as one XML file (`pkg:package`)."""
    root, whole = parse_xml(payload)
    parts: dict[str, Unpack] = {}
    for part in all_of(root, "part"):
        content, binary = child_of(part, "xmlData"), child_of(part, "binaryData")
        if content is not None and len(content):
            parts[value_of(part, "name") or ""] = _writing(content[0])
        elif binary is not None:
            parts[value_of(part, "name") or ""] = _decoding(binary.text or "")
    return Package(parts, whole)


def locked() -> Unreadable:
    """The refusal of a document that needs a password."""
    return Unreadable(
        "reading.encrypted",
        "The document is encrypted with a password.",
        "Open it with its password in an office program, save it without one, and add that.",
    )


def _unpacking(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Unpack:
    def unpack(most: int) -> bytes:
        with archive.open(info) as stream:
            return stream.read(most)

    return unpack


def _writing(content: Element) -> Unpack:
    return lambda most: bytes(etree.tostring(content))[:most]


def _decoding(text: str) -> Unpack:
    return lambda most: base64.b64decode(text[: most * 2])[:most]


def _without_directory(payload: bytes) -> Package:
    """A ZIP whose end is lost: its parts by the headers that stand before each of them."""
    parts: dict[str, Unpack] = {}
    at = payload.find(b"PK\x03\x04")
    while 0 <= at <= len(payload) - _LOCAL.size and len(parts) < limits.OFFICE_PARTS:
        _, _, flags, method, _, _, _, size, _, named, extra = _LOCAL.unpack_from(payload, at)
        begin = at + _LOCAL.size + named + extra
        name = payload[at + _LOCAL.size : at + _LOCAL.size + named].decode("utf-8", "replace")
        if method in (0, 8) and not flags & 1:
            parts[name] = _inflating(payload, begin, size, method)
        at = payload.find(b"PK\x03\x04", begin + (0 if flags & 8 else size))
    if not parts:
        raise damaged("It is a ZIP without anything in it that can be read.")
    return Package(parts, whole=False)


def _inflating(payload: bytes, begin: int, size: int, method: int) -> Unpack:
    def inflate(most: int) -> bytes:
        if method == 0:
            return payload[begin : begin + min(size, most)]
        try:
            return zlib.decompressobj(-15).decompress(payload[begin:], most)
        except zlib.error as error:
            raise EOFError from error

    return inflate


def _over(why: str) -> Unreadable:
    return Unreadable(
        "reading.over-limit",
        f"The document was not read: {why}.",
        "Open it in an office program, take out what makes it so large, and add that.",
    )
