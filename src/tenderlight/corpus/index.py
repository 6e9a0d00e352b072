"""The search index: tantivy over pairs of neighbouring characters, with their positions.

Chinese has no spaces, and the words that matter here are in no dictionary, so nothing is split
into words. A text of n characters becomes n pairs; the last one ends with an end mark. A query of
two characters is one pair, a longer one is a phrase of pairs, a single character is looked up in
the set of characters of the text. That finds exactly what a scan for the substring would find
(measured in docs/benchmarks.md). Upper case, full width and kinds of space make no difference.

The index is a cache: it can be deleted and is rebuilt.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import tantivy
from numpy.typing import NDArray

from tenderlight.model import Refused
from tenderlight.plain import fold, translator

SPACE, LINE, END = "\ue000", "\ue001", "\ue002"
"""Private-use characters that stand for a space, a line break and the end, which tantivy's
white-space tokenizer would split at. A text's own private-use characters in this range are rare
symbols of fonts; they are taken for a space."""
WHITE = {code: SPACE for code in range(0x3001) if chr(code).isspace()}
MARKS = WHITE | {ord("\n"): LINE} | dict.fromkeys(map(ord, (SPACE, LINE, END)), SPACE)
_mark = translator(MARKS)
_PLANE = 0x10000
"""Characters beyond the first plane are what they are, folded and marked."""
Codes = NDArray[np.uint32]
QUERY_MARKS = MARKS | {ord("\n"): SPACE}

VERSION = "2"
HEAP = 128_000_000
"""Bytes that tantivy may use before it writes a segment: small enough for a laptop."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What the index knows of one notice. The text is masked already."""

    id: str
    text: str
    when: int = 0
    """The day of publication as a number, 20220613; 0 where it is not known."""
    province: str = ""
    year: str = ""
    notice_type: str = ""
    buyer: str = ""
    technologies: tuple[str, ...] = ()
    specifications: str = ""
    """Its passages of technical requirements, one below the other."""


def schema() -> tantivy.Schema:
    """The index's fields; a change here needs a new VERSION."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("batch", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("characters", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("buyer_pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("spec_pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("holds", tokenizer_name="raw", index_option="basic")
    for facet in ("province", "year", "notice_type", "technology", "buyer"):
        builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("when", fast=True)
    return builder.build()


def pairs(text: str) -> str:
    """The pairs of a text, with a space between them.

    >>> pairs("Y库 A").replace(SPACE, "_").replace(END, "$")
    'y库 库_ _a a$'
    """
    codes = _codes(text)
    shown = np.full(max(3 * len(codes) - 1, 0), ord(" "), codes.dtype)
    shown[0::3], shown[1:-1:3], shown[-1:] = codes, codes[1:], ord(END)
    return _text(shown)


def characters(text: str) -> str:
    """Each character of a text once, for queries of a single character."""
    codes = _once(_codes(text))
    shown = np.full(max(2 * len(codes) - 1, 0), ord(" "), codes.dtype)
    shown[0::2] = codes
    return _text(shown)


def _codes(text: str) -> Codes:
    """The numbers of its characters, folded and marked: as numbers all are moved at once."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    marked = _table().take(codes, mode="clip")
    return np.where(codes < _PLANE, marked, codes) if codes.max(initial=0) >= _PLANE else marked


@cache
def _table() -> Codes:
    plane = "".join(map(chr, range(_PLANE)))
    return np.frombuffer(_marked(plane).encode("utf-32-le", "surrogatepass"), "<u4")


def _once(codes: Codes) -> Codes:
    """In order: `np.unique` would sort them all."""
    held = np.zeros(int(codes.max(initial=0)) + 1, bool)
    held[codes] = True
    return np.flatnonzero(held).astype(codes.dtype)


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _marked(text: str) -> str:
    return _mark(fold(text))


def has_index(folder: Path) -> bool:
    """Whether there is an index that this version can read."""
    mark = folder / "version"
    return mark.exists() and mark.read_text() == VERSION


def open_index(folder: Path) -> tantivy.Index:
    """The index in a folder, made anew where there is none or one of another version."""
    if has_index(folder):
        return tantivy.Index.open(str(folder))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    index = tantivy.Index(schema(), path=str(folder))
    (folder / "version").write_text(VERSION)
    return index


def damaged(folder: Path, error: ValueError) -> Refused:
    """What to say where tantivy cannot open an index."""
    return Refused(
        f"The search index in {folder} cannot be opened: {error}.",
        f"Delete {folder} and build again: it is rebuilt from the evidence.",
    )


class IndexWriter:
    """Puts batches into the index. What is not committed is forgotten when the process dies."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = open_index(folder)
        except ValueError as error:
            raise damaged(folder, error) from None
        self._writer = self._index.writer(HEAP, 1)

    def replace(self, batch: int, entries: Iterable[Entry]) -> None:
        """A batch's notices in place of those that the index has for it."""
        self._writer.delete_documents_by_term("batch", str(batch))
        for entry in entries:
            self._writer.add_document(_document(batch, entry))

    def commit(self) -> None:
        """Make everything so far durable, and visible to readers."""
        self._writer.commit()

    def close(self) -> None:
        """Commit, and wait until tantivy has tidied up."""
        self._writer.commit()
        self._writer.wait_merging_threads()


def _document(batch: int, entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", entry.id)
    document.add_text("batch", str(batch))
    document.add_text("pairs", pairs(entry.text))
    document.add_text("characters", characters(entry.text))
    document.add_integer("when", entry.when)
    if entry.buyer:
        document.add_text("buyer", entry.buyer)
        document.add_text("buyer_pairs", pairs(entry.buyer))
    if entry.specifications:
        document.add_text("spec_pairs", pairs(entry.specifications))
        document.add_text("holds", "specifications")
    for facet in ("province", "year", "notice_type"):
        if value := getattr(entry, facet):
            document.add_text(facet, value)
    for technology in entry.technologies:
        document.add_text("technology", technology)
    return document
