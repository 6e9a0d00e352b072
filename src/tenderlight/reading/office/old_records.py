"""The records of binary presentations (MS-PPT): where they lie, and what the plain ones hold."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

DOCUMENT, SLIDE, LISTS, LIST_ENTRY, NOTES_HEAD = 1000, 1006, 4080, 1011, 1009
HEADER, WIDE_TEXT, TEXT, REFERENCE, DIRECTORY, OBJECT = 3999, 4000, 4008, 3998, 6002, 4113
GROUP, SHAPE, TEXTBOX, ANCHOR, CHILD_ANCHOR, MORE = 0xF003, 0xF004, 0xF00D, 0xF010, 0xF00F, 0xF122
CRYPT = 0x2F14
SLIDES, NOTES = 0, 2
"""The lists of slides and of speakers' notes."""
_HEAD = struct.Struct("<HHI")
_MOST = 500_000
"""Records of one presentation that are looked at."""


class Record(NamedTuple):
    """A record: what it is, and where its content lies."""

    kind: int
    instance: int
    begin: int
    end: int
    holds: bool
    """Whether its content is records."""


@dataclass(slots=True)
class RecordFile:
    """The stream of all records, those that later savings replaced included."""

    stream: bytes
    seen: int = 0

    def records(self, begin: int, end: int) -> Iterator[Record]:
        """The records between two places, without those inside them."""
        while begin + 8 <= end and self.seen < _MOST:
            self.seen += 1
            head, kind, length = _HEAD.unpack_from(self.stream, begin)
            stop = min(begin + 8 + length, end)
            yield Record(kind, head >> 4, begin + 8, stop, head & 0xF == 0xF)
            begin = stop

    def record_at(self, place: int | None) -> Record | None:
        """The record that begins at a place."""
        return next(self.records(place, len(self.stream)), None) if place is not None else None

    def places(self) -> dict[int, int]:
        """Where each object of the file lies: later savings override earlier ones."""
        found: dict[int, int] = {}
        for record in self.records(0, len(self.stream)):
            if record.kind != DIRECTORY:
                continue
            at = record.begin
            while at + 4 <= record.end:
                head = struct.unpack_from("<I", self.stream, at)[0]
                first, count = head & 0xFFFFF, head >> 20
                at += 4
                for index in range(min(count, (record.end - at) // 4)):
                    found[first + index] = struct.unpack_from("<I", self.stream, at + 4 * index)[0]
                at += 4 * count
        return found

    def entries(
        self, document: Record, wanted: int
    ) -> Iterator[tuple[int, int, list[tuple[int, str]]]]:
        """Each slide's object, its own number, and the texts that the list holds for it."""
        for part in self.records(document.begin, document.end):
            if part.kind != LISTS or part.instance != wanted:
                continue
            place, name, kind = None, 0, 4
            texts: list[tuple[int, str]] = []
            for record in self.records(part.begin, part.end):
                if record.kind == LIST_ENTRY:
                    if place is not None:
                        yield place, name, texts
                    place, _, _, name = struct.unpack_from("<4I", self.stream, record.begin)
                    texts = []
                elif record.kind == HEADER:
                    kind = struct.unpack_from("<I", self.stream, record.begin)[0]
                elif (text := self.characters(record)) is not None:
                    texts.append((kind, text))
            if place is not None:
                yield place, name, texts

    def characters(self, record: Record) -> str | None:
        """The characters of a record that holds text; None of any other."""
        content = self.stream[record.begin : record.end]
        if record.kind == WIDE_TEXT:
            return content[: len(content) // 2 * 2].decode("utf-16-le", "replace")
        return content.decode("latin-1") if record.kind == TEXT else None

    def anchor(self, record: Record) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in master units, 576 to the inch."""
        size = record.end - record.begin
        if record.kind == CHILD_ANCHOR and size >= 16:
            left, top, right, bottom = struct.unpack_from("<4i", self.stream, record.begin)
        elif size >= 16:
            top, left, right, bottom = struct.unpack_from("<4i", self.stream, record.begin)
        elif size >= 8:
            top, left, right, bottom = struct.unpack_from("<4h", self.stream, record.begin)
        else:
            return 0, 0, 0, 0
        return left, top, right, bottom
