"""Looking at notices again: politely, twice where in doubt, and everything preserved.

A round asks each address once. Where the answer does not show the notice it is asked again after a
pause, up to three times in all, and in that time another page of the same host is asked for too:
what that answers tells a notice that is gone from a host that is. What it all means is said by
`watching.judge`, here for the report, and again from the evidence whenever the corpus is built.
"""

from __future__ import annotations

import io
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from tenderlight.apart import Apart
from tenderlight.collecting.crawling.crawl import Ended, crawl
from tenderlight.collecting.crawling.errand import Errand, Returned
from tenderlight.collecting.runs.past import report_file, run_id
from tenderlight.collecting.visiting.parties import WATCH, Party, find_parties
from tenderlight.collecting.visiting.seen import Sight, conditions
from tenderlight.evidence import Answer, Keeping, Store
from tenderlight.model import Capture
from tenderlight.seen import Alarm, Run, Verdict
from tenderlight.sources.card import Card
from tenderlight.watching import Look, host_of
from tenderlight.watching.answers import UNANSWERED

TRIES = 3
WAIT = 60.0
"""Seconds at least between two tries of one address."""
SHOWN: tuple[Verdict, ...] = ("unchanged", "changed", "moved")

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


def visit(
    evidence: Path,
    looks: Sequence[Look],
    cards: Mapping[str, Card],
    *,
    contact: str,
    now: Clock,
    wait: float = WAIT,
    progress: Progress | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Run:
    """One round of visits; its report, which is in the evidence too.

    Each notice is asked for where it was first found, at the pace of its source's card, and on its
    hosts only; one without a card every five seconds, on its own host, never at a private address.
    Ctrl-C ends the round cleanly: what was asked is judged, the rest is `unchecked`. Refuses
    (Refused) a contact that nobody could write to.
    """
    began = now()
    store = Store(evidence)
    parties = list(find_parties(looks, cards, contact))
    with store.keeping(now) as keeping, Apart() as apart:
        sight = Sight(store, run_id(WATCH, began), apart.read)
        going = _Round(keeping, store, sight, now, len(looks), progress)
        for number in range(TRIES):
            parties = going.once(parties, number)
            if not parties or number == TRIES - 1:
                break
            try:
                sleep(wait)
            except KeyboardInterrupt:
                going.is_stopped = True
                break
        run = going.report(looks, began)
        keeping.keep(io.BytesIO(msgspec.json.encode(run)), file=report_file(run.id), role="run")
        keeping.commit()
    return run


class _Round:
    """A round of visits under way."""

    def __init__(
        self,
        keeping: Keeping,
        store: Store,
        sight: Sight,
        now: Clock,
        total: int,
        progress: Progress | None,
    ) -> None:
        self._keeping, self._store, self._run, self._now = keeping, store, sight.run, now
        self._progress, self._total = progress, total
        self._sight = sight
        self._seen: dict[str, list[Capture]] = defaultdict(list)
        self._beside: dict[str, list[Capture]] = defaultdict(list)
        """Pages of a host that were answered, or not: beside which a notice's answer is judged."""
        self._verdicts: dict[str, Verdict] = {}
        self._ended: list[Ended] = []
        self._alarms: list[Alarm] = []
        self._source = WATCH
        self._first_line = store.head().count + 1
        self.is_stopped = False

    def once(self, parties: Iterable[Party], number: int) -> list[Party]:
        """Ask everything once; what has to be asked again."""
        again = []
        for party in parties:
            errands = [_errand(look, self._store) for look in party.looks]
            ended = self._crawl(party, [*(_controls(party) if number else ()), *errands])
            self._judge(party.looks)
            if not number and ended.why is None and self._has_changed(party):
                ended = self._crawl(party, _controls(party))
            if ended.why == "stopped":
                self.is_stopped = True
                return []
            if ended.why == "unreachable" and number < TRIES - 1:
                again.append(party)  # a host that is down for a minute has not gone
                continue
            if ended.why is not None:
                self._alarm(party, ended)
                continue
            if looks := tuple(look for look in party.looks if self._is_open(look, number)):
                again.append(msgspec.structs.replace(party, looks=looks))
        return again

    def report(self, looks: Sequence[Look], began: datetime) -> Run:
        """What the round did. Notices that nobody looked at are `unchecked`."""
        verdicts = Counter[Verdict](self._verdicts.get(one.notice, "unchecked") for one in looks)
        if self.is_stopped:
            what = "The round was stopped before its end."
            hint = "Run it again: notices that were not looked at keep their turn."
            self._alarms.append(Alarm(kind="unfinished", what=what, hint=hint))
        return Run(
            id=self._run,
            source=WATCH,
            kind="watch",
            started=_rfc3339(began),
            ended=_rfc3339(self._now()),
            finished=not self.is_stopped and all(one.finished for one in self._ended),
            requests=sum(one.requests for one in self._ended),
            robots=sum(one.robots for one in self._ended),
            outside=sum(one.outside for one in self._ended),
            alarms=tuple(self._alarms),
            verdicts=dict(sorted(verdicts.items())),
        )

    def _crawl(self, party: Party, errands: list[Errand]) -> Ended:
        self._source = party.source
        ended = crawl(
            self._keeping,
            self._store,
            party.manners,
            errands,
            self._heard,
            source=party.source,
            run=self._run,
            now=self._now,
        )
        self._ended.append(ended)
        return ended

    def _has_changed(self, party: Party) -> bool:
        """Then another page of the site is looked at too: news that both show is no change."""
        return any(self._verdicts.get(look.notice) == "changed" for look in party.looks)

    def _heard(self, returned: Returned) -> tuple[Errand, ...]:
        errand, captures = returned.errand, returned.captures
        if returned.result == "robots":
            captures = (*captures, self._not_asked(errand, "robots"))
        if errand.of is None:
            self._beside[host_of(errand.url)] += captures
            return ()
        if returned.is_good:
            self._beside[host_of(errand.url)] += captures[-1:]
        self._seen[errand.of] += captures
        if self._progress:
            self._progress(len(self._seen), self._total)
        return ()

    def _not_asked(self, errand: Errand, error: str) -> Capture:
        """Why a look was not taken is preserved as what came of it."""
        answer = Answer(url=errand.url, when=self._now(), error=error)
        kept = self._keeping.keep_exchange(
            answer, role=errand.role, source=self._source, run=self._run, of=errand.of
        )
        self._keeping.commit()
        return kept

    def _silent(self, party: Party) -> None:
        """A host that does not even give its robots.txt is out of reach, and so are its notices."""
        silent: set[str] = set()
        for capture in self._store.captures(self._first_line):
            if (capture.url or "").endswith("/robots.txt") and capture.exchange:
                status = capture.exchange.status
                is_ours = capture.exchange.error == "private-address"
                is_silent = not is_ours and (status is None or status >= 500 or status == 429)
                (silent.add if is_silent else silent.discard)(host_of(capture.url))
        for look in party.looks:
            if look.notice not in self._seen and host_of(look.first.url) in silent:
                errand = _errand(look, self._store)
                self._seen[look.notice].append(self._not_asked(errand, UNANSWERED))
        self._judge(party.looks)

    def _judge(self, looks: Iterable[Look]) -> None:
        for look in looks:
            if captures := self._seen.get(look.notice):
                beside = self._beside.get(host_of(look.first.url), [])
                self._verdicts[look.notice] = self._sight.verdict(look, captures, beside)

    def _is_open(self, look: Look, number: int) -> bool:
        """Whether to ask again: one answer that does not show the notice is not enough."""
        captures, verdict = self._seen.get(look.notice), self._verdicts.get(look.notice)
        if not captures or verdict in SHOWN:
            return False
        last = captures[-1].exchange
        if last is not None and last.error in ("robots", "private-address"):
            return False
        return number == 0 or verdict == "unchecked"

    def _alarm(self, party: Party, ended: Ended) -> None:
        if ended.why == "unreachable":
            self._silent(party)
        if ended.why in ("blocked", "unreachable"):
            kind: Literal["blocked", "unreachable"] = ended.why
            hint = "Its other notices were not asked for; they keep their turn."
            self._alarms.append(Alarm(kind=kind, what=ended.what, hint=hint))


def _errand(look: Look, store: Store) -> Errand:
    """The same request as the one that showed the notice, on condition that something changed."""
    return Errand(
        url=look.first.url or "",
        role="visit",
        headers=conditions(look, store),
        of=look.notice,
        page=look.first.exchange.page if look.first.exchange else None,
        reads=False,
        again=True,
        revisits=True,
        tries=1,
    )


def _controls(party: Party) -> list[Errand]:
    """A page of each host that is to be asked again: its home."""
    homes = {host_of(party.home): party.home}
    for look in party.looks:
        url = look.first.url or ""
        homes.setdefault(host_of(url), f"{url.partition('://')[0]}://{host_of(url)}/")
    asked = {host_of(look.first.url) for look in party.looks}
    return [
        Errand(url=url, role="other", again=True, reads=False, tries=1, priority=1)
        for host, url in homes.items()
        if host in asked
    ]


def _rfc3339(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
