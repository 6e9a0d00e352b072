"""Collecting from sources: discover what they list, preserve what is new, report what happened."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from tenderlight import __version__
from tenderlight.collecting.crawling.errand import manners_of
from tenderlight.collecting.runs.past import Past, find_past
from tenderlight.collecting.runs.progress import Progress
from tenderlight.collecting.runs.run import Clock, Running
from tenderlight.evidence import Store
from tenderlight.seen import Run
from tenderlight.sources.asking import Source
from tenderlight.sources.card import Card


def collect(
    evidence: Path,
    sources: Sequence[Source],
    *,
    terms: tuple[str, ...],
    contact: str,
    now: Clock,
    progress: Progress | None = None,
    limit: int | None = None,
    usual: bool = True,
) -> tuple[Run, ...]:
    """Ask sources one after another for what they list, and preserve it with every answer.

    Gives a report for each run; it is kept in the evidence too. A run that was interrupted in the
    last 7 days is taken up again: what it has had answered is not asked for again. Notices that
    are known are not fetched: `watch` looks at them. `limit` ends each run after so many notices
    that are not known; `usual=False` says that these are not the words that are always searched
    for, so that few notices are no alarm.

    Refuses (Refused) a contact that nobody could write to, and what the evidence refuses. Ctrl-C
    ends the run under way with its report, and then is passed on (KeyboardInterrupt).
    """
    store = Store(evidence)
    manners = [manners_of(source.card, contact, __version__) for source in sources]
    framing = {source.card.id for source in sources if _has_frames(source.card)}
    runs: list[Run] = []
    asked_until: dict[str, float] = {}
    with store.keeping(now) as keeping:
        past = find_past(store, [source.card.id for source in sources], now(), framing)
        for source, manner in zip(sources, manners, strict=True):
            running = Running(keeping, store, source, manner, now, progress)
            taken_up: Past | None = past[source.card.id]
            while taken_up is not None:
                _pause(source.card, asked_until)
                run, taken_up = running.run(taken_up, terms, limit, usual)
                runs.append(run)
                asked_until.update(dict.fromkeys(manner.hosts, time.monotonic()))
    return tuple(runs)


def _has_frames(card: Card) -> bool:
    """True where a notice's page may only frame the page that holds it."""
    rules = card.selectors or card.json or card.feed
    return card.kind == "code" or bool(getattr(rules, "frame", None))


def _pause(card: Card, asked_until: dict[str, float]) -> None:
    """Between two runs that ask the same host, the pace holds too."""
    last = max((asked_until.get(host, 0.0) for host in card.hosts), default=0.0)
    time.sleep(max(0.0, last + card.pace - time.monotonic()) if last else 0.0)
