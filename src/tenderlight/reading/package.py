"""Documents that are ZIP files full of XML (Office Open XML, OpenDocument, OFD), part by part.

Nothing is unpacked to disk, no part is larger in memory than the limits say, and XML is read
without entities, document types or a network.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from tenderlight.model import Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Document

Element = etree._Element
_DIGITS = 9
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
"""What the standard library raises on a broken or unheard-of ZIP member."""


def local_name(element: Element) -> str:
    """The name of an element without its namespace; nothing for a comment.

    >>> local_name(etree.fromstring('<a:b xmlns:a="urn:x"/>'))
    'b'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def whole_number(text: str | None) -> int | None:
    """The number that an attribute states; None where it is none, or one of more than 9 digits.

    >>> whole_number("12"), whole_number("1e9"), whole_number("9" * 5000), whole_number(None)
    (12, None, None, None)
    """
    return int(text) if text and len(text) <= _DIGITS and text.isdecimal() else None


def elements(root: Element, *names: str) -> Iterator[Element]:
    """All elements of these names below `root`, of whatever namespace, in their order.

    >>> [e.text for e in elements(etree.fromstring('<a><b>1</b><c><b>2</b></c></a>'), "b")]
    ['1', '2']
    """
    return root.iter(*(f"{{*}}{name}" for name in names))


class Package:
    """The parts of a ZIP-based document.

    Names are found whatever their case, slashes or leading dots, as programs differ in them.
    Raises Unreadable: `reading.damaged`, `reading.encrypted`, `reading.over-limit`.
    """

    def __init__(self, document: Document) -> None:
        self._left = limits.PACKAGE_BYTES
        self._again = limits.PACKAGE_AGAIN_BYTES
        self._taken: set[str] = set()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(document.payload))
            infos = self._archive.infolist()
        except DAMAGE as error:
            raise damaged("its list of parts cannot be read") from error
        self._infos = {part_name(_name(info)): info for info in infos}

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._infos

    def names(self) -> list[str]:
        """The names of all parts as the ZIP has them."""
        return [_name(info) for info in self._infos.values()]

    def read(self, name: str, most: int | None = None) -> bytes | None:
        """A part's bytes; None if there is no such part. `most` bytes at most."""
        info = self._infos.get(part_name(name))
        if info is None:
            return None
        known = info.filename in self._taken
        left = self._again if known else self._left
        most = min(limits.PACKAGE_PART_BYTES if most is None else most, left)
        try:
            with self._open(info) as stream:
                payload = stream.read(most + 1)
        except DAMAGE as error:
            raise damaged(f"its part {info.filename} cannot be unpacked") from error
        if len(payload) > most:
            raise _too_much(info.filename)
        self._left -= 0 if known else len(payload)
        self._again -= len(payload) if known else 0
        self._taken.add(info.filename)
        return payload

    def xml(self, name: str) -> Element | None:
        """A part as a tree of XML; None if there is no such part."""
        payload = self.read(name)
        if payload is None:
            return None
        try:
            return etree.fromstring(payload, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise damaged(f"its part {name} is no proper XML") from error

    def stream(self, name: str) -> IO[bytes] | None:
        """A part to be read piece by piece, for those too large for a tree. The caller stops."""
        info = self._infos.get(part_name(name))
        if info is None:
            return None
        try:
            return self._open(info)
        except DAMAGE as error:
            raise damaged(f"its part {info.filename} cannot be unpacked") from error

    def _open(self, info: zipfile.ZipInfo) -> IO[bytes]:
        if info.flag_bits & 1:
            raise Unreadable(
                "reading.encrypted",
                "The document is locked with a password.",
                "Open it with its password, save it without one, and add that.",
            )
        return self._archive.open(info)


def _name(info: zipfile.ZipInfo) -> str:
    """A part's name; programs of Chinese systems write it in their own code and do not say so."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def each(stream: IO[bytes], *names: str) -> Iterator[Element]:
    """Elements of these names as they end, one by one; what was handed out is forgotten after.

    Raises Unreadable `reading.damaged` where the XML breaks off.
    """
    tags = tuple(f"{{*}}{name}" for name in names)
    options: dict[str, Any] = _SAFE | {"events": ("end",), "tag": tags}
    try:
        for _, element in etree.iterparse(stream, **options):
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None and (parent := element.getparent()) is not None:
                del parent[0]
    except (etree.XMLSyntaxError, *DAMAGE) as error:
        raise damaged("a part of it breaks off or is no proper XML") from error


_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def part_name(name: str) -> str:
    """A part's name in one spelling: programs write `xl\\Workbook.xml` and `/xl/workbook.xml`.

    >>> part_name("/Doc_0\\\\./Pages/../Document.xml")
    'doc_0/document.xml'
    """
    steps: list[str] = []
    for step in name.replace("\\", "/").casefold().split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def beside(part: str, target: str) -> str:
    """The name of what `part` points to: relative to its folder, or from the root.

    >>> beside("xl/workbook.xml", "worksheets/sheet1.xml"), beside("a/b.xml", "/c.xml")
    ('xl/worksheets/sheet1.xml', 'c.xml')
    """
    if target.startswith(("/", "\\")):
        return part_name(target)
    return part_name(f"{part.replace(chr(92), '/').rpartition('/')[0]}/{target}")


def damaged(why: str) -> Unreadable:
    """The refusal `reading.damaged`."""
    return Unreadable(
        "reading.damaged",
        f"The document is damaged: {why}.",
        "Download it again and add it once more.",
    )


def _too_much(name: str) -> Unreadable:
    return Unreadable(
        "reading.over-limit",
        f"The document unpacks to more than is read of one document (at {name}).",
        "Split it and add its parts.",
    )
