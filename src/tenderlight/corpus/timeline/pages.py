"""From places in the ledger to what stood there: captures, and pages with masked words."""

from __future__ import annotations

import re
import zlib
from collections import OrderedDict
from typing import Any

import msgspec

from tenderlight.corpus.derive import Made, Step, derive, given
from tenderlight.corpus.path import PATH
from tenderlight.corpus.timeline.lines import At
from tenderlight.corpus.witness import read_without_pictures
from tenderlight.evidence import Store
from tenderlight.model import BrokenEvidence, Capture, Fields, Mask, Reading, Withdrawn
from tenderlight.personal import mask
from tenderlight.watching import Page, Reply, moment, page_of
from tenderlight.watching.page import WORDS

STEPS: tuple[Step, ...] = tuple(s for s in PATH if s.name in ("reading", "personal", "fields"))
"""The steps of the path that make a page comparable."""
LARGEST = 32 * 2**20
"""Bytes of a document beyond which a later look at it is not read."""
REMEMBERED = 8
"""Pages kept in memory: a notice's last look, and the site's pages beside it."""

LONGEST_REQUEST = 1 << 17
CONDITION = re.compile(rb"\r?\n(?:if-none-match|if-modified-since)[ \t]*:", re.I)


class Pages:
    """Captures and pages of one evidence folder, the last few remembered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pages: OrderedDict[str, tuple[Page | None, str]] = OrderedDict()

    def capture(self, at: At) -> Capture:
        """The capture of a line. Refuses (BrokenEvidence) a line that is not the one meant."""
        for line in self._store.entries_at(at.place, 1, at.digest):
            if line.capture is not None:
                return line.capture
        raise BrokenEvidence(f"Line {at.line} of the ledger holds no capture.")

    def is_on_condition(self, at: At) -> bool:
        """Whether the request, as it is preserved, asked only for what is newer than something."""
        for line in self._store.entries_at(at.place, 1, at.digest):
            try:
                records = self._store.records(line)[1:]
            except (Withdrawn, BrokenEvidence):
                return False
            for beside, record in zip(line.beside, records, strict=True):
                if beside.kind == "request":
                    return CONDITION.search(_start_of(record)) is not None
        return False

    def reply(self, capture: Capture, *, withdrawn: bool, read: bool) -> Reply:
        """A capture as the judge takes it; its page is read only if wanted, and masked."""
        if withdrawn or not read or not 0 < capture.size <= LARGEST:
            return Reply(capture=capture, withdrawn=withdrawn)
        try:
            page, words = self._page(capture)
        except Withdrawn:
            return Reply(capture=capture, withdrawn=True)
        except BrokenEvidence:  # `verify` names the place; here it is a page that cannot be read
            return Reply(capture=capture)
        at = moment(capture)
        if page is not None and page.at != at:
            page = msgspec.structs.replace(page, at=at)
        return Reply(capture=capture, page=page, words=words)

    def _page(self, capture: Capture) -> tuple[Page | None, str]:
        known = self._pages.get(capture.sha256)
        if known is None:
            known = _read(self._store.payload(capture), capture)
            self._pages[capture.sha256] = known
            if len(self._pages) > REMEMBERED:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(capture.sha256)
        return known


def _start_of(record: bytes) -> bytes:
    """The beginning of a gzip member, as far as a request's head may reach."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(record, LONGEST_REQUEST)
    except zlib.error:
        return b""


class _Nothing:
    """A memory that keeps nothing: what is remembered is the event, not the steps to it."""

    def get(self, key: bytes) -> bytes | None:
        """Nothing."""
        return None

    def put(self, key: bytes, value: bytes) -> None:
        """Forget it."""


def _read(payload: bytes, capture: Capture) -> tuple[Page | None, str]:
    known: dict[str, Any] = {
        "payload": Made(digest=capture.sha256, value=payload),
        "file": given(capture.file),
        "stated": given(None),
        "attached": given(()),
        "reader": Made(digest="", value=read_without_pictures),
    }
    made = derive(STEPS, known, _Nothing())
    reading: Reading | None = made["reading"].get()
    masks: tuple[Mask, ...] | None = made["personal"].get()
    if reading is None or masks is None:  # what cannot be masked is not shown
        return None, payload[:WORDS].decode("utf-8", "replace")
    fields: Fields = made["fields"].get() or Fields()
    return page_of(reading, fields, shown=mask(reading.text, masks)), ""
