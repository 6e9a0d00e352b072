"""What the evidence knows of a source's runs: which was interrupted, and how the last ones went."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from tenderlight.collecting.crawling.earlier import Earlier
from tenderlight.collecting.runs.lost_files import HeldNotice, Lost, LostFiles
from tenderlight.evidence import Store
from tenderlight.model import Capture, Exchange, Withdrawn
from tenderlight.seen import Run

TAKEN_UP = timedelta(days=7)
"""An interrupted run that began longer ago is left alone: its lists are too old to go on with."""
COMPARED = 5
"""Finished runs that a new one is compared with."""
_TIME = "%Y%m%dT%H%M%SZ"


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """The earlier runs of one source."""

    interrupted: str | None = None
    """The run to take up again."""
    earlier: Earlier = msgspec.field(default_factory=Earlier)
    """What it has had answered."""
    finished: tuple[Run, ...] = ()
    """The last finished collections, newest first."""
    last: Run | None = None
    """The newest report of a collection, finished or not."""
    leading: frozenset[int] = frozenset()
    """Hashes of addresses that lead to a known notice: by a redirect, or as a frame around it."""
    lost: tuple[Lost, ...] = ()
    """Attachments that earlier runs could not have."""
    lost_more: bool = False
    """True where more are missing than are held here."""
    cut_off: tuple[HeldNotice, ...] = ()
    """Notices of runs that were left as they are: their attachments may not have been asked for."""


def run_id(source: str, began: datetime) -> str:
    """The name of a run.

    >>> run_id("ccgp", datetime(2026, 11, 22, 6, 46, 33, tzinfo=UTC))
    '20261122T064633Z-ccgp'
    """
    return f"{began.astimezone(UTC):{_TIME}}-{source}"


def began_at(run: str) -> datetime | None:
    """When a run began, by its name; None for a name of another form."""
    try:
        return datetime.strptime(run.partition("-")[0], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None


def report_file(run: str) -> str:
    """The name under which a run's report is kept.

    >>> report_file("20261122T064633Z-ccgp")
    'runs/20261122T064633Z-ccgp.json'
    """
    return f"runs/{run}.json"


def find_past(
    store: Store, sources: Iterable[str], now: datetime, framing: Container[str] = ()
) -> dict[str, Past]:
    """The earlier runs of these sources, from one walk through the ledger.

    `framing` are those whose notices may lie in pages within pages.

    Refuses (BrokenEvidence) a ledger that is not the acknowledged one.
    """
    walk = {source: _Walk(source, now - TAKEN_UP, source in framing) for source in sources}
    reports: dict[str, Capture] = {}
    for capture in store.captures():
        if capture.role == "run":
            reports[capture.file] = capture
        elif capture.exchange is not None and capture.exchange.source in walk:
            walk[capture.exchange.source].take(capture)
    return {source: _past(each, reports, store) for source, each in walk.items()}


class _Walk:
    """Of one source: its newest run that read lists, as the ledger goes by."""

    def __init__(self, source: str, since: datetime, has_frames: bool) -> None:
        self.source, self._since, self._has_frames = source, since, has_frames
        self.run: str | None = None
        self.earlier = Earlier()
        self.leading: set[int] = set()
        self.files = LostFiles()
        self._redirects: dict[str, list[int]] = {}
        """Where redirects lead, with hashes of the addresses that they began at."""
        self._before: tuple[str, Earlier] = "", Earlier()
        """A run of which only robots.txt was asked so far. A round of visits reads no lists."""

    def take(self, capture: Capture) -> None:
        assert capture.exchange is not None  # noqa: S101 - find_past looked
        self._follow(capture, capture.exchange)
        self.files.take(capture, capture.exchange)
        run = capture.exchange.run
        if run == self.run:
            self.earlier.add(capture)
            return
        began = began_at(run)
        if began is None or began < self._since or capture.role == "visit":
            return
        if run != self._before[0]:
            self._before = run, Earlier()
        self._before[1].add(capture)
        if capture.role == "list":
            self.run, self.earlier = self._before

    def _follow(self, capture: Capture, exchange: Exchange) -> None:
        url = capture.url or ""
        if exchange.location is not None:
            began = [hash(url), *self._redirects.pop(url, ())]
            self._redirects.setdefault(exchange.location, []).extend(began)
        elif capture.role == "notice":
            self.leading.update(self._redirects.pop(url, ()))
            if self._has_frames and exchange.page:
                self.leading.add(hash(exchange.page))


def _past(walk: _Walk, reports: dict[str, Capture], store: Store) -> Past:
    ours = sorted((name for name in reports if name.endswith(f"-{walk.source}.json")), reverse=True)
    finished: list[Run] = []
    last = None
    for name in ours:
        run = _report(reports[name], store)
        if run is None or run.source != walk.source or run.kind != "collect":
            continue
        last = last or run
        if run.finished:
            finished.append(run)
        if len(finished) == COMPARED:
            break
    is_open = walk.run is not None and all(run.id != walk.run for run in finished)
    interrupted = walk.run if is_open else None
    until = finished[0].id if finished else ""
    withdrawn = {one.id for one in store.withdrawn().values()}
    return Past(
        interrupted=interrupted,
        earlier=walk.earlier if is_open else Earlier(),
        finished=tuple(finished),
        last=last,
        leading=frozenset(walk.leading),
        lost=walk.files.left(interrupted, withdrawn),
        lost_more=walk.files.more,
        cut_off=walk.files.cut_off(interrupted, until, withdrawn),
    )


def _report(capture: Capture, store: Store) -> Run | None:
    """None for a report that was withdrawn, or is of a later version that says more."""
    try:
        return msgspec.json.decode(store.payload(capture), type=Run)
    except (Withdrawn, msgspec.DecodeError):
        return None
