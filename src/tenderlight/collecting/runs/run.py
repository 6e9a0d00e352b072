"""One run through one source, from what is known of it to its report."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from tenderlight.collecting.crawling.crawl import Ended, crawl
from tenderlight.collecting.crawling.errand import Errand, Manners, Returned
from tenderlight.collecting.fetching.fetch import is_in_reach
from tenderlight.collecting.runs.alarm import Facts, alarms
from tenderlight.collecting.runs.collection import MOST_NEW, Collection
from tenderlight.collecting.runs.past import Past, began_at, report_file, run_id
from tenderlight.collecting.runs.progress import Progress
from tenderlight.collecting.runs.regain import Regain, unasked
from tenderlight.collecting.runs.was_known import WasKnown
from tenderlight.evidence import Keeping, Store
from tenderlight.seen import Run
from tenderlight.sources.asking import Source

Clock = Callable[[], datetime]
LONG_AGO = timedelta(days=1)
"""A run taken up again goes on with the lists that it read then. Where that is longer ago, a new
run follows at once, so that what was published since is not missed."""


class Running:
    """What all runs through one source need."""

    def __init__(
        self,
        keeping: Keeping,
        store: Store,
        source: Source,
        manners: Manners,
        now: Clock,
        progress: Progress | None,
    ) -> None:
        self._keeping, self._store, self._source = keeping, store, source
        self._manners, self._now, self._progress = manners, now, progress

    def run(
        self, past: Past, terms: tuple[str, ...], limit: int | None, usual: bool
    ) -> tuple[Run, Past | None]:
        """Run once. Gives the report, and what to run with again where one run is not enough."""
        began = (began_at(past.interrupted) if past.interrupted else None) or self._now()
        id = past.interrupted or self._new_id(past, began)
        was_known = WasKnown(self._keeping, past.earlier, past.leading)
        reach = self._manners.reach(attachment=True)
        lost = [one for one in past.lost if is_in_reach(one.led, reach)]
        regain = Regain(lost, tuple(unasked(self._source, self._store, past)))
        collection = Collection(
            self._source, terms, began.date(), was_known, limit=limit, regain=regain
        )
        ended = self._crawl(collection, past, id)
        run = self._report(collection, ended, past, id, began, usual)
        document = io.BytesIO(msgspec.json.format(msgspec.json.encode(run), indent=1))
        self._keeping.keep(document, file=report_file(id), role="run")
        self._keeping.commit()
        if ended.why == "stopped":
            raise KeyboardInterrupt
        if past.interrupted and run.finished and self._now() - began > LONG_AGO:
            return run, Past(finished=(run, *past.finished), last=run, leading=past.leading)
        return run, None

    def _new_id(self, past: Past, began: datetime) -> str:
        """A name that no run has: two of them may begin within a second."""
        source = self._source.card.id
        while past.last is not None and run_id(source, began) <= past.last.id:
            began += timedelta(seconds=1)
        return run_id(source, began)

    def _crawl(self, collection: Collection, past: Past, id: str) -> Ended:
        def heard(returned: Returned) -> Iterator[Errand]:
            yield from collection.heard(returned)
            if self._progress is not None:
                self._progress(collection.so_far())

        return crawl(
            self._keeping,
            self._store,
            self._manners,
            collection.first(),
            heard,
            source=self._source.card.id,
            run=id,
            now=self._now,
            earlier=past.earlier,
        )

    def _report(
        self,
        collection: Collection,
        ended: Ended,
        past: Past,
        id: str,
        began: datetime,
        usual: bool,
    ) -> Run:
        counts = collection.counts
        facts = _facts(collection, ended, usual or not self._source.card.searches)
        return Run(
            id=id,
            source=self._source.card.id,
            kind="collect",
            started=_rfc3339(began),
            ended=_rfc3339(self._now()),
            finished=ended.finished,
            requests=past.earlier.requests + ended.requests,
            new=counts["new"],
            known=counts["known"],
            attachments=counts["attachments"],
            failed=counts["failed"],
            robots=ended.robots,
            outside=ended.outside,
            searched=facts.searched,
            alarms=alarms(facts, self._source.card.expected, past.finished),
            notes=tuple(_notes(collection, ended, past)),
        )


def _facts(collection: Collection, ended: Ended, usual: bool) -> Facts:
    tallies = collection.tallies.values()
    return Facts(
        finished=ended.finished,
        why=ended.why,
        what=ended.what,
        usual=usual and not collection.limited,
        named=len(collection.named),
        searched=tuple(tally.searched() for tally in tallies),
        lists_failed=sum(tally.failed for tally in tallies),
        lists_refused=collection.counts["lists_refused"],
        forbidden=collection.forbidden,
        shapes=collection.shapes,
        shape=collection.shape,
        in_the_way=collection.counts["in_the_way"],
        statuses=ended.statuses,
    )


def _notes(collection: Collection, ended: Ended, past: Past) -> Iterator[str]:
    if past.interrupted:
        yield "Interrupted, and taken up again."
    if collection.limited:
        yield "It was told to stop after so many notices; the lists name more."
    if collection.counts["beyond"]:
        yield f"More than {MOST_NEW:,} new notices are named; run it again for the rest."
    if cut := collection.counts["cut"]:
        yield f"Lists that go on behind the last page that the card reads (`pages`): {cut:,}."
    if older := collection.counts["older"]:
        yield f"Entries that are older than the card wants (`days`): {older:,}."
    if collection.counts["lost"]:
        yield f"{collection.counts['lost']:,} attachments could not be had."
    if collection.regain.missing:
        yield collection.regain.note(more=past.lost_more)
    if led_out := collection.counts["led_out"]:
        named = ", ".join(collection.led_out) + ", …" * (led_out > len(collection.led_out))
        yield f"Notices that lead outside the card's hosts, and failed: {led_out:,} ({named})."
    if ended.statuses:
        answers = ", ".join(f"{name} {count:,}" for name, count in ended.statuses.items())
        yield f"Answers: {answers}."


def _rfc3339(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
