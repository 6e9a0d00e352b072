"""XML of office documents: parsed without entities, DTDs or network, and looked at by local names.

The namespaces of the transitional and the strict standard (ISO/IEC 29500), and of Word 2003,
differ; the local names are the same.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from tenderlight.model import Unreadable
from tenderlight.reading import limits

Element = etree._Element


class _LocalNames(dict[object, str]):
    """The local name of each tag that was met; comments and the like have none."""

    def __missing__(self, tag: object) -> str:
        name = self[tag] = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        return name


class _InAnySpace(dict[str, str]):
    """The name of an element in whatever namespace, as lxml looks for it."""

    def __missing__(self, name: str) -> str:
        found = self[name] = f"{{*}}{name}"
        return found


_NAMES = _LocalNames()
_ANY = _InAnySpace()


def parse_xml(payload: bytes) -> tuple[Element, bool]:
    """The root of an XML document, and whether it is whole; one that is cut off is read so far.

    >>> root, whole = parse_xml(b"<a><b>1</b><b>")
    >>> name_of(root), whole
    ('a', False)

    Raises Unreadable: `reading.too-large`, `reading.damaged`.
    """
    if len(payload) > limits.PACKAGE_PART_BYTES:
        most = limits.PACKAGE_PART_BYTES >> 20
        raise Unreadable(
            "reading.too-large",
            f"A text of {len(payload) >> 20} MB; at most {most} MB are read.",
            "Split the document and add its parts.",
        )
    if payload.count(b"<") + payload.count(b"=") > limits.OFFICE_MARKS:
        raise Unreadable(
            "reading.too-large",
            f"Its mark-up has more than {limits.OFFICE_MARKS} tags and attributes.",
            "Split the document and add its parts.",
        )
    try:
        return etree.fromstring(payload, _parser(recover=False)), True
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        root = etree.fromstring(payload, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise damaged("Its text is no XML.")
    return root, False


def damaged(what: str) -> Unreadable:
    """The refusal of a document that is broken."""
    return Unreadable(
        "reading.damaged",
        f"The document is damaged. {what}",
        "Download it again; if it opens in an office program, save it anew there and add that.",
    )


BREAKS = (struct.error, IndexError, KeyError, ValueError, OverflowError, RecursionError)
"""What walking through a broken binary file raises: places beyond its end, numbers out of range."""


@contextmanager
def refusing_breaks() -> Iterator[None]:
    """A walk in which whatever a broken file leads to is the refusal `reading.damaged`.

    >>> with refusing_breaks():
    ...     struct.unpack("<I", b"")
    Traceback (most recent call last):
    tenderlight.model.trouble.Unreadable: The document is damaged. It breaks off, or points \
beyond its end.
    """
    try:
        yield
    except BREAKS as error:
        raise damaged("It breaks off, or points beyond its end.") from error


def name_of(element: Element) -> str:
    """The local name of an element: `p` of `w:p`; empty for a comment."""
    return _NAMES[element.tag]


def value_of(element: Element | None, name: str = "val") -> str | None:
    """An attribute by its local name; None where it, or the element, is not there."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if _NAMES[key] == name:
            return str(value)
    return None


def relation_of(element: Element, name: str = "id") -> str | None:
    """An attribute that names a relationship: `r:id`, `r:embed`."""
    for key, value in element.attrib.items():
        if _NAMES[key] == name and "relationships" in str(key):
            return str(value)
    return None


def number_of(element: Element | None, name: str = "val") -> int | None:
    """An attribute as a whole number; None where it is none."""
    text = (value_of(element, name) or "").strip()
    digits = text[1:] if text.startswith("-") else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def child_of(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and the first of the next name in it, and so on."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(_ANY[name]), None)
    return element


def is_on(element: Element | None) -> bool | None:
    """Whether a switch such as `w:vanish` is on; None where it is not there."""
    if element is None:
        return None
    return (value_of(element) or "true").lower() not in ("0", "false", "off", "none")


def all_of(element: Element, name: str) -> Iterator[Element]:
    """Every element of that local name inside, at any depth."""
    return element.iter(_ANY[name])


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
