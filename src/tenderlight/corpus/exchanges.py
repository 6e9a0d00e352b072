"""Rows of what is in the evidence beside the notices: visits, attachments, runs, withdrawals."""

from __future__ import annotations

import msgspec

from tenderlight.corpus.shown import masked
from tenderlight.corpus.tables import Row, Tables
from tenderlight.evidence import Line, Store
from tenderlight.model import BrokenEvidence, Capture, Exchange, Withdrawal, Withdrawn
from tenderlight.personal import mask_name
from tenderlight.seen import Run
from tenderlight.watching import seen_at

BESIDE = ("visit", "attachment", "run", "withdrawn")
"""The tables that are not about what stands in a notice."""


def exchange_rows(line: Line, capture: Capture, store: Store) -> Tables:
    """The rows of one capture that is no notice, and a notice's own exchange.

    A list, a robots.txt or an answer that belongs to nothing has none: it is in its run's report.
    """
    if capture.role == "run":
        return {"run": _run(capture, store)}
    exchange = capture.exchange
    if capture.role == "attachment":
        return {"attachment": [_attachment(capture, exchange)]}
    if exchange is None:
        return {}
    if capture.role == "notice" or capture.of is not None:
        return {"visit": [_visit(line, capture, exchange)]}
    return {}


def withdrawn_row(capture: Capture, withdrawal: Withdrawal) -> Row:
    """What is still said of a document that was taken out."""
    return {
        "id": capture.id,
        "line": withdrawal.line,
        "role": capture.role,
        "notice": capture.of or capture.id,
        "decided": withdrawal.decided,
        "decided_by": withdrawal.by,
        "reason": withdrawal.reason,
    }


def _visit(line: Line, capture: Capture, exchange: Exchange) -> Row:
    return {
        "notice": capture.of or capture.id,
        "capture": capture.id,
        "line": line.number,
        "role": capture.role,
        "run": exchange.run,
        "source": exchange.source,
        "seen_at": seen_at(capture),
        "url": capture.url,
        "status": exchange.status,
        "error": exchange.error,
        "location": exchange.location,
        "media_type": exchange.media_type,
        "sha256": capture.sha256,
        "size": capture.size,
        "truncated": exchange.truncated,
    }


def _attachment(capture: Capture, exchange: Exchange | None) -> Row:
    """Of one that was added by hand no status is known: it is there."""
    return {
        "notice": capture.of,
        "capture": capture.id,
        "file": mask_name(capture.file),
        "url": capture.url,
        "media_type": exchange.media_type if exchange else None,
        "size": capture.size,
        "sha256": capture.sha256,
        "status": exchange.status if exchange else 200,
        "error": exchange.error if exchange else None,
        "seen_at": seen_at(capture) if exchange else capture.added,
    }


def _run(capture: Capture, store: Store) -> list[Row]:
    """The report of a run. Nothing where it was withdrawn; damage is for `verify` to tell."""
    try:
        report = store.payload(capture)
        run = _masked(msgspec.json.decode(report, type=Run))
    except (Withdrawn, BrokenEvidence, msgspec.DecodeError):
        return []
    row = {name: getattr(run, name) for name in RUN}
    return [{**row, "report": msgspec.json.encode(run).decode()}]


def _masked(run: Run) -> Run:
    """A report as it may be shown: alarms and notes may quote what a page says."""
    alarms = (msgspec.structs.replace(alarm, what=masked(alarm.what)) for alarm in run.alarms)
    notes = (masked(note) for note in run.notes)
    return msgspec.structs.replace(run, alarms=tuple(alarms), notes=tuple(notes))


RUN = (
    *("id", "source", "kind", "started", "ended", "finished", "requests", "new", "known"),
    *("attachments", "failed"),
)
