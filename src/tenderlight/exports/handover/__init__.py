"""A folder for an editor, a lawyer or a court, who check it without us.

FOLDER, a bag (BagIt, RFC 8493):

    README.html, README.txt   one page: what this proves, what it does not, how to check it
    data/originals/           each document as published
    data/evidence.wacz        the WARC records as they lie in the evidence, to be replayed
    data/records.txt          where each of them lies in there
    data/text/                each notice's text, personal data masked
    data/notices.jsonl, .csv  what was read in each notice
    data/passages.csv         each value, and where it is printed
    data/pages.html, pages/   the pages on which values stand, as pictures, masked
    data/attachments.csv      the documents beside and inside the notices, read or why not
    data/testimony.jsonl      what recognisers of pictures answered
    data/ledger/              the lines of the ledger that prove all this, and its head
    data/stamps/              the time stamps over them
    data/timeline.csv         what became of each notice since, look by look
    data/chain-of-custody     .csv and .html: what came when from where, and what became of it
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from tenderlight.corpus import Corpus
from tenderlight.evidence import Store
from tenderlight.evidence.opening import read_opening, software_of
from tenderlight.exports.handover.captures import Captures
from tenderlight.exports.handover.chosen import MOST_CAPTURES, Chosen, Progress, choose
from tenderlight.exports.handover.custody import events, write_custody, write_decisions
from tenderlight.exports.handover.folder import bag, new_folder, refuse_folder, seal
from tenderlight.exports.handover.ids import LONGEST, MOST, checked_ids, parse_ids
from tenderlight.exports.handover.ledger import write_ledger
from tenderlight.exports.handover.pages import (
    Told,
    write_custody_page,
    write_readme,
    write_sheets_page,
)
from tenderlight.exports.handover.rows import Row, write_rows
from tenderlight.exports.handover.stamps import write_stamps
from tenderlight.exports.handover.testimony import write_testimony
from tenderlight.exports.handover.timeline import write_timeline
from tenderlight.exports.handover.wacz import Wacz

__all__ = (
    "LONGEST",
    "MOST",
    "MOST_CAPTURES",
    "Contents",
    "HandedOver",
    "checked_ids",
    "hand_over",
    "look_up",
    "parse_ids",
)


TITLE = "Preserved procurement notices"


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a hand-over will hold, before anything is written."""

    notices: int
    captures: int
    """Visits and attachments too."""
    withdrawn: int
    size: int
    """Bytes that the folder takes, about."""
    ledger_lines: int
    others: int
    """Captures of other notices that the ledger's lines name."""
    stamps: int
    unproven: int
    """Captures that no time stamp vouches for."""


class HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """A hand-over that was written."""

    folder: str
    notices: int
    captures: int
    originals: int
    withdrawn: int
    unread: int
    """Notices without text and values: not built yet, or withdrawn."""
    stamps: int
    pages: int
    """Pictures of pages on which values stand."""
    testimony: int
    """Answers of recognisers of pictures."""
    size: int
    digest: str
    """SHA-256 of its `tagmanifest-sha256.txt`, which names the digest of everything in it."""


def look_up(
    corpus: Corpus,
    ids: Collection[str],
    progress: Progress | None = None,
    most: int = MOST_CAPTURES,
) -> tuple[Chosen, Contents]:
    """What the evidence holds about these notices, and how much that is.

    Refuses (Refused) what `choose` refuses.
    """
    chosen = choose(Store(corpus.folder.evidence), ids, progress, most)
    return chosen, Contents(
        notices=len(chosen.ids),
        captures=len(chosen.lines),
        withdrawn=len(chosen.withdrawals),
        size=_size(chosen),
        ledger_lines=sum(each.last - each.first + 1 for each in chosen.stretches),
        others=sum(each.others for each in chosen.stretches),
        stamps=len(chosen.stamps),
        unproven=sum(chosen.stamp_over(line.number) is None for line in chosen.lines),
    )


def hand_over(
    corpus: Corpus,
    chosen: Chosen,
    out: Path,
    now: Callable[[], datetime],
    *,
    originals: bool = True,
    progress: Progress | None = None,
) -> HandedOver:
    """Write the folder, whole or not at all; without originals there is no archive either.

    Refuses (Refused) a place that is not free, see `folder.py`; raises BrokenEvidence where a
    record, a line or a stamp is not what the ledger says: that is never handed over.
    """
    refuse_folder(out, corpus.folder.root, _size(chosen) if originals else 0)
    step = _Steps(len(chosen.lines) * originals + len(chosen.shown), progress)
    made = now()
    with new_folder(out) as folder:
        told = _fill(corpus, chosen, folder, made, originals, step)
        bag(folder, made, f"Notices: {len(chosen.ids)}, from the corpus {corpus.name}")
        write_readme(told, folder)
        digest = seal(folder)
    return _handed_over(out, told, digest)


def _fill(
    corpus: Corpus,
    chosen: Chosen,
    folder: Path,
    made: datetime,
    originals: bool,
    step: Callable[[], None],
) -> Told:
    """Write all that will be in `data/`; gives what there is to tell of it."""
    store = Store(corpus.folder.evidence)
    digests = write_ledger(store, chosen, folder)
    stamps = write_stamps(store, chosen, digests, folder)
    written = write_rows(corpus, chosen.shown, chosen.taken, folder, step)
    rows = written.rows
    engines = write_testimony(corpus, rows.values(), folder) if originals else {}
    write_timeline(corpus, chosen, folder)
    write_decisions(corpus, chosen, folder)
    captures = _write_captures(store, chosen, folder, rows, made, step) if originals else None
    given = captures.given if captures else {}
    happened = tuple(events(chosen, given, _programs(store, chosen)))
    write_custody(happened, folder)
    write_custody_page(happened, rows, folder)
    write_sheets_page(written.pages, engines, folder)
    return Told(
        corpus=corpus.name,
        now=made,
        chosen=chosen,
        events=happened,
        stamps=stamps,
        rows=rows,
        pages=written.pages,
        engines=engines,
        originals=originals,
    )


def _write_captures(
    store: Store,
    chosen: Chosen,
    folder: Path,
    rows: Mapping[str, Row],
    now: datetime,
    step: Callable[[], None],
) -> Captures:
    with Wacz(folder / "evidence.wacz", now) as wacz:
        captures = Captures(store, chosen, folder, wacz)
        for line in chosen.lines:
            if line.capture is not None:
                captures.write(line, line.capture)
            step()
        captures.finish()
        titles = {id: row["title"] for id, row in rows.items() if row["title"]}
        wacz.finish(captures.entries(), captures.pages(titles), TITLE)
    return captures


def _programs(store: Store, chosen: Chosen) -> dict[str, str]:
    """By WARC file, the program that began it."""
    found = {}
    for name, line in chosen.openings.items():
        found[name] = software_of(read_opening(store.folder, line)) or "unknown"
    return found


def _size(chosen: Chosen) -> int:
    """Documents, records and ledger lines: about what the folder takes."""
    captures = (line.capture for line in chosen.lines)
    documents = sum(each.size + each.length for each in captures if each is not None)
    beside = sum(each.length for line in chosen.lines for each in line.beside)
    return documents + beside + sum(each.size for each in chosen.stretches)


class _Steps:
    """Moves the progress bar by one for each capture and each notice."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def __call__(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _handed_over(out: Path, told: Told, digest: str) -> HandedOver:
    return HandedOver(
        folder=str(out),
        notices=len(told.chosen.ids),
        captures=len(told.chosen.lines),
        originals=len({event.original for event in told.events if event.original}),
        withdrawn=len(told.chosen.withdrawals),
        unread=len(told.chosen.ids) - len(told.rows),
        stamps=len(told.stamps),
        pages=sum(page.file is not None for each in told.pages for page in each.pages),
        testimony=sum(told.engines.values()),
        size=sum(path.stat().st_size for path in out.rglob("*") if path.is_file()),
        digest=digest,
    )
