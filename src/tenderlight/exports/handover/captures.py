"""The captures themselves: each document as published, and the records as they lie in the WARC."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from tenderlight.evidence import Line, Store
from tenderlight.evidence.burial import tombstone_of
from tenderlight.evidence.ledger import digest, room
from tenderlight.evidence.opening import read_opening
from tenderlight.evidence.warc import target_uri
from tenderlight.exports.handover.cdx import Entry
from tenderlight.exports.handover.chosen import Chosen
from tenderlight.exports.handover.ids import ID
from tenderlight.exports.handover.kinds import MIME, ending
from tenderlight.exports.handover.wacz import Page, Wacz
from tenderlight.model import BrokenEvidence, Capture

ORIGINALS = "originals"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """Where the parts of one capture lie in the hand-over; None for what is not handed over."""

    original: str | None = None
    """The file with the document."""
    archive: str | None = None
    """The WARC file inside the WACZ, and there the place of its record and how long it is."""
    offset: int | None = None
    length: int | None = None
    entry: Entry | None = None


class Captures:
    """Writes documents and records in the order of the ledger, each record checked on the way."""

    def __init__(self, store: Store, chosen: Chosen, folder: Path, wacz: Wacz) -> None:
        self.given: dict[int, Given] = {}
        self._store, self._chosen, self._folder, self._wacz = store, chosen, folder, wacz
        self._warc = ""
        self._written: dict[str, str] = {}
        self._records: list[str] = []
        (folder / ORIGINALS).mkdir()

    def write(self, line: Line, capture: Capture) -> None:
        """One capture: its records into the archive, its document into a file of its own.

        Of a withdrawn one there is only the tombstone, as the ledger announces it: not what may
        have come back to its place since. Raises BrokenEvidence for records that are not what the
        ledger says of them.
        """
        if not ID.fullmatch(capture.id):
            raise BrokenEvidence(f"Ledger line {line.number} has an id that we never write.")
        if capture.warc != self._warc:
            self._warc = capture.warc
            first = self._chosen.openings[self._warc]
            self._wacz.begin(self._warc, read_opening(self._store.folder, first))
        if line.number in self._chosen.withdrawals:
            self.given[line.number] = self._tombstone(line)
            return
        records = self._store.records(line)
        offset, *_ = [self._add(record) for record in records]
        given = Given(archive=self._warc, offset=offset, length=len(records[0]))
        document = self._document(capture)
        if document is not None:
            kind = ending(document)
            given = msgspec.structs.replace(
                given,
                original=self._original(capture, document, kind),
                entry=_entry(capture, kind, offset, len(records[0])),
            )
        self.given[line.number] = given

    def finish(self) -> None:
        """Write `records.txt`: each record's digest, and where it lies in the archive."""
        (self._folder / "records.txt").write_text("".join(self._records), encoding="ascii")

    def entries(self) -> Iterator[Entry]:
        """What the archive's index lists."""
        return (given.entry for given in self.given.values() if given.entry is not None)

    def pages(self, titles: dict[str, str]) -> Iterator[Page]:
        """The notices' own pages, by their titles."""
        ids = frozenset(self._chosen.ids)
        for line in self._chosen.lines:
            capture, given = line.capture, self.given.get(line.number)
            if capture is None or given is None or given.entry is None:
                continue
            if capture.id not in ids:
                continue
            title = titles.get(capture.id) or capture.file
            yield Page(id=capture.id, url=given.entry.url, ts=given.entry.when, title=title)

    def _tombstone(self, line: Line) -> Given:
        stone = tombstone_of(line, self._chosen.withdrawals[line.number])
        offset, *_ = [self._wacz.add(piece) for piece in stone.pieces()]
        length = room(line)
        self._records.append(f"{stone.sha256} {self._warc} {offset} {length}\n")
        return Given(archive=self._warc, offset=offset, length=length)

    def _add(self, record: bytes) -> int:
        offset = self._wacz.add(record)
        self._records.append(f"{digest(record)} {self._warc} {offset} {len(record)}\n")
        return offset

    def _document(self, capture: Capture) -> bytes | None:
        """What was published; None where nothing was answered."""
        exchange = capture.exchange
        if exchange is not None and exchange.status is None and exchange.error is not None:
            return None  # then it is our note of that, in the archive
        return self._store.payload(capture)

    def _original(self, capture: Capture, document: bytes, kind: str) -> str | None:
        """Write a document, once where several captures brought the same; None if it is empty."""
        if document and capture.sha256 not in self._written:
            name = f"{ORIGINALS}/{capture.id}.{kind}"
            with (self._folder / name).open("xb") as file:
                file.write(document)
            self._written[capture.sha256] = name
        return self._written.get(capture.sha256)


def _entry(capture: Capture, kind: str, offset: int, length: int) -> Entry:
    exchange = capture.exchange
    return Entry(
        url=target_uri(capture.file, capture.url),
        when=(capture.captured if exchange and capture.captured else capture.added),
        mime=(exchange and exchange.media_type) or MIME.get(kind, "application/octet-stream"),
        status=(exchange and exchange.status) or 200,
        digest=f"sha256:{capture.sha256}",
        filename=capture.warc,
        offset=offset,
        length=length,
    )
