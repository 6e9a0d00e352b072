"""The chain of custody: what came when from where, what became of it, and what vouches for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from tenderlight.corpus import Corpus
from tenderlight.evidence import Line
from tenderlight.evidence.decisions import read_decisions
from tenderlight.evidence.known import IMPORTED
from tenderlight.exports.handover.captures import Given
from tenderlight.exports.handover.chosen import Chosen
from tenderlight.exports.handover.rows import write_table
from tenderlight.model import Capture, Exchange
from tenderlight.personal import mask_name


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the chain of custody. What does not apply is None."""

    line: int
    """Of the ledger."""
    what: str
    """`added`, `fetched`, `no answer`, `imported`, `report` (of an import), `withdrawn`."""
    notice: str
    capture: str
    role: str
    at: str | None
    """When it was asked for; of an added file, as whoever added it stated."""
    preserved: str
    """When it was written down here, UTC."""
    program: str | None = None
    """What began the WARC file that it lies in."""
    url: str | None = None
    file: str | None = None
    """The name under which it was added; of what was imported, the archive and which record."""
    method: str | None = None
    status: int | None = None
    error: str | None = None
    location: str | None = None
    """Where a redirect leads."""
    page: str | None = None
    """The address at which a person reads what an API answered."""
    truncated: str | None = None
    """Why less came than was announced."""
    undecoded: str | None = None
    media_type: str | None = None
    ip: str | None = None
    certificate: str | None = None
    source: str | None = None
    run: str | None = None
    size: int | None = None
    sha256: str | None = None
    original: str | None = None
    archive: str | None = None
    archive_offset: int | None = None
    record_length: int | None = None
    record_sha256: str | None = None
    ledger_file: str | None = None
    ledger_place: int | None = None
    stamped_by: str | None = None
    stamped: str | None = None
    decided_by: str | None = None
    reason: str | None = None


ANSWERED = (
    *("method", "status", "error", "location", "page", "truncated", "undecoded", "media_type"),
    *("ip", "certificate", "source", "run"),
)
"""What is told of an exchange over HTTP."""


def events(
    chosen: Chosen, given: Mapping[int, Given], programs: Mapping[str, str]
) -> Iterator[Event]:
    """Everything that happened to these notices, in the order of the ledger."""
    happened = [(line.number, line, line) for line in chosen.lines]
    by_number = {line.number: line for line in chosen.lines}
    for about, line in chosen.withdrawals.items():
        happened.append((line.number, line, by_number[about]))
    for number, line, captured in sorted(happened, key=lambda each: each[0]):
        capture = captured.capture
        if capture is None:
            continue
        if line.withdrawal is not None:
            yield _withdrawn(chosen, line, capture)
        else:
            yield _seen(chosen, line, capture, given.get(number, Given()), programs)


def write_custody(all_events: tuple[Event, ...], folder: Path) -> None:
    """The chain of custody as a table for spreadsheets; the page for readers is `pages.py`."""
    names = Event.__struct_fields__
    with (folder / "chain-of-custody.csv").open("xb") as file:
        write_table(names, ([getattr(e, name) for name in names] for e in all_events), file)


def write_decisions(corpus: Corpus, chosen: Chosen, folder: Path) -> None:
    """What people decided to take out of this, as they wrote it down; no file where nothing was."""
    ids = {line.capture.id for line in chosen.lines if line.capture is not None}
    taken = [d for d in read_decisions(corpus.folder.decisions) if ids.intersection(d.captures)]
    if taken:
        lines = [msgspec.json.encode(decision) + b"\n" for decision in taken]
        (folder / "decisions.jsonl").write_bytes(b"".join(lines))


def _seen(
    chosen: Chosen, line: Line, capture: Capture, given: Given, programs: Mapping[str, str]
) -> Event:
    event = Event(
        line=line.number,
        what="report" if capture.role == "run" else _what(capture.exchange),
        notice=capture.of or capture.id,
        capture=capture.id,
        role=capture.role,
        at=capture.captured,
        preserved=capture.added,
        program=programs.get(capture.warc),
        url=capture.url,
        file=mask_name(capture.file),
        size=capture.size,
        sha256=capture.sha256,
        original=given.original,
        archive=given.archive,
        archive_offset=given.offset,
        record_length=capture.length,
        record_sha256=capture.record_sha256,
    )
    return _proven(chosen, _answered(event, capture.exchange))


def _what(exchange: Exchange | None) -> str:
    if exchange is None:
        return "added"
    if exchange.source == IMPORTED:
        return "imported"
    return "fetched" if exchange.status is not None else "no answer"


def _answered(event: Event, exchange: Exchange | None) -> Event:
    """What is known of the exchange over HTTP, where there was one."""
    if exchange is None:
        return event
    return msgspec.structs.replace(event, **{name: getattr(exchange, name) for name in ANSWERED})


def _withdrawn(chosen: Chosen, line: Line, capture: Capture) -> Event:
    taken = line.withdrawal
    assert taken is not None  # noqa: S101 - the caller saw it
    event = Event(
        line=line.number,
        what="withdrawn",
        notice=capture.of or capture.id,
        capture=capture.id,
        role=capture.role,
        at=taken.decided,
        preserved=taken.decided,
        record_sha256=taken.record_sha256,
        decided_by=taken.by,
        reason=taken.reason,
    )
    return _proven(chosen, event)


def _proven(chosen: Chosen, event: Event) -> Event:
    """Where the ledger's line lies in the hand-over, and the first stamp over it."""
    file, place = chosen.place(event.line)
    stamp = chosen.stamp_over(event.line)
    return msgspec.structs.replace(
        event,
        ledger_file=file,
        ledger_place=place,
        stamped_by=stamp.authority if stamp else None,
        stamped=stamp.stamped if stamp else None,
    )
