"""One run through a source: lists, the notices that they name, and what those link to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

import msgspec

from tenderlight.collecting.crawling.errand import Errand, Leave, Returned
from tenderlight.collecting.runs.errand_for import (
    AGAIN,
    LIST,
    NOTICE,
    errand_for,
    file_errand,
    key_of,
)
from tenderlight.collecting.runs.instead import is_refusal, read_notice, sight
from tenderlight.collecting.runs.progress import SoFar
from tenderlight.collecting.runs.regain import AGAIN_TRIES, MOST_FILES, Regain
from tenderlight.collecting.runs.tally import Tally
from tenderlight.collecting.runs.was_known import WasKnown
from tenderlight.model import Capture
from tenderlight.sources.asking import Answered, Asked, Listed, Source

MOST_LISTS = 1_000
"""Lists that lists lead to, in one run."""
MOST_NEW = 50_000
"""Notices that one run fetches: what one sitemap may name. A site that names addresses without end
must not fill the memory; the next run goes on behind these, for they are known then."""
HELD = 32 * 2**20
"""Characters of their lists' own words that wait with the notices. Above that the words are left to
the list, which is preserved whole."""
MOST_DOORS = 5
"""Pages in a row that ask to prove that one is human, until the site is left alone."""
DEEPEST = 3
"""Pages within pages until the notice itself."""
MANY = 5
"""Notices that robots.txt forbids, which tell of a rule for all of them."""
NAMED = 3
"""Addresses that a note names."""


class Collection:
    """What a run has seen so far, and what it asks next. It asks nobody itself."""

    def __init__(
        self,
        source: Source,
        terms: tuple[str, ...],
        today: date,
        was_known: WasKnown,
        *,
        limit: int | None = None,
        regain: Regain | None = None,
    ) -> None:
        self.regain = regain or Regain()
        self._source, self._was_known, self._limit = source, was_known, limit
        self._first = source.start(terms, today)
        asked_for = terms if source.card.searches else (None,)
        self.tallies = {term: Tally(term) for term in asked_for}
        self.counts: Counter[str] = Counter()
        self.named: set[tuple[str, bytes]] = set()
        """Every notice that a list has named."""
        self.shapes = 0
        self.shape = ""
        self.limited = False
        self.led_out: list[str] = []
        """The first notices that were asked for, and led outside."""
        self._lists: set[tuple[str, bytes]] = set()
        self._wanted = self._held = 0
        self._doors = 0

    def first(self) -> Iterator[Errand]:
        """The first page of every list, and what earlier runs did not have."""
        for asked in self._first:
            yield from self._list(asked)
        for file in self.regain.unasked:
            yield file_errand(file)
        yield from self._again()

    def heard(self, returned: Returned) -> Iterator[Errand]:
        """What comes after an answer, or after its failure."""
        asked: Asked = returned.errand.about
        if asked.kind == "list":
            yield from self._heard_list(asked, returned)
        elif asked.kind == "notice":
            yield from self._heard_notice(asked, returned)
        else:
            yield from self._heard_file(asked, returned)

    @property
    def forbidden(self) -> str:
        """What a site's robots.txt forbids so that nothing is left to collect; else empty.

        One forbidden notice among many that are known is no more than that.
        """
        lists, notices = self.counts["lists_forbidden"], self.counts["forbidden"]
        if lists and lists == len(self._lists):
            return "every list"
        is_all = notices and notices == self._wanted
        if is_all and (notices >= MANY or not self.counts["known"]):
            return f"every notice that was to be fetched ({notices:,})"
        return ""

    def so_far(self) -> SoFar:
        """For whoever looks on."""
        return SoFar(
            source=self._source.card.id,
            named=len(self.named),
            new=self.counts["new"],
            known=self.counts["known"],
            attachments=self.counts["attachments"],
            failed=self.counts["failed"],
        )

    def _heard_file(self, asked: Asked, returned: Returned) -> Iterator[Errand]:
        is_lost = not returned.is_good
        is_lost = is_lost and returned.result not in ("robots", "outside", "repeated")
        self.counts["attachments"] += returned.is_good
        self.counts["lost"] += is_lost
        self.regain.heard(asked, came=returned.is_good, failed=is_lost)
        if returned.errand.priority == AGAIN:
            yield from self._again()

    def _again(self) -> Iterator[Errand]:
        if (asked := self.regain.next()) is not None:
            yield file_errand(asked, priority=AGAIN, tries=AGAIN_TRIES)

    def _heard_list(self, asked: Asked, returned: Returned) -> Iterator[Errand]:
        tally = self._tally(asked)
        tally.open -= 1
        tally.heard(returned.captures)
        if returned.result == "repeated" or tally.is_behind_the_last(asked.number, returned.status):
            return
        if not returned.is_good:
            self._without_list(tally, returned)
            return
        if self._wanted >= MOST_NEW:
            tally.unread += 1
            self.counts["beyond"] += 1
            return
        listed = _read_list(self._source, asked, returned.answered)
        named = {key_of(entry): entry for entry in listed.entries}
        tally.read(named, listed.stated)
        self.counts["older"] += listed.older
        self.counts["cut"] += listed.cut
        empty = not named and not listed.older
        if listed.problem is not None or (empty and listed.stated and tally.pages == 1):
            tally.odd += 1
            if is_refusal(asked.url, returned.answered):
                self._in_the_way(returned, True)
            else:
                problem = listed.problem or "It names none of the notices that it counts"
                self._odd(returned.url, problem)
        yield from self._entries(named)
        yield from self._more_lists(tally, asked, listed, returned.url)

    def _without_list(self, tally: Tally, returned: Returned) -> None:
        is_unread = returned.result in ("robots", "outside")
        tally.unread += is_unread
        tally.failed += not is_unread
        self.counts["lists_forbidden"] += returned.result == "robots"
        if not is_unread and is_refusal(returned.errand.url, returned.answered):
            self.counts["lists_refused"] += 1

    def _more_lists(self, tally: Tally, asked: Asked, listed: Listed, url: str) -> Iterator[Errand]:
        for other in listed.lists:
            if len(self._lists) == MOST_LISTS:
                self._odd(url, f"It leads to more than {MOST_LISTS:,} lists")
                break
            yield from self._list(other)
        if listed.next is None or self.limited:
            return
        if tally.goes_on:
            yield from self._list(listed.next)
        else:
            tally.odd += 1
            self._odd(url, "The list does not end: it repeats itself, or has too many pages")

    def _list(self, asked: Asked) -> Iterator[Errand]:
        if key_of(asked) in self._lists:
            return
        self._lists.add(key_of(asked))
        self._tally(asked).open += 1
        yield errand_for(asked, role="list", priority=LIST)

    def _entries(self, named: dict[tuple[str, bytes], Asked]) -> Iterator[Errand]:
        for key, entry in named.items():
            if key in self.named:
                continue
            self.named.add(key)
            if self._was_known.is_known(entry):
                self.counts["known"] += 1
            elif self._limit is not None and self._wanted >= self._limit:
                self.limited = True
            elif self._wanted >= MOST_NEW:
                self.counts["beyond"] += 1
            else:
                self._wanted += 1
                yield self._notice(entry)

    def _notice(self, asked: Asked) -> Errand:
        words = len(asked.stated.line) if asked.stated else 0
        if asked.stated and self._held + words > HELD:
            stated = msgspec.structs.replace(asked.stated, line="")
            asked, words = msgspec.structs.replace(asked, stated=stated), 0
        self._held += words
        seen = partial(sight, self._source, asked)
        return errand_for(asked, role="notice", priority=NOTICE, sight=seen)

    def _heard_notice(self, asked: Asked, returned: Returned) -> Iterator[Errand]:
        self._held -= len(asked.stated.line) if asked.stated else 0
        capture = returned.capture
        if returned.result == "known" or (capture is not None and capture.role == "visit"):
            self.counts["known"] += 1
        elif returned.is_good and capture is not None:
            yield from self._heard_page(asked, returned, capture)
        elif returned.result in ("answered", "failed"):
            self.counts["failed"] += 1
        elif returned.result == "robots":
            self.counts["forbidden"] += 1
        elif returned.result == "outside" and capture is not None:
            self.counts["failed"] += 1
            self._led_out(asked.url)

    def _led_out(self, url: str) -> None:
        """Take down a notice that was asked for, and that lies where we may not go."""
        self.counts["led_out"] += 1
        if len(self.led_out) < NAMED:
            self.led_out.append(url)

    def _heard_page(self, asked: Asked, returned: Returned, capture: Capture) -> Iterator[Errand]:
        seen = sight(self._source, asked, returned.answered)
        detailed = read_notice(self._source, asked, returned.answered)
        if seen == "frame" and asked.number < DEEPEST:
            yield from self._inner(asked, detailed.follow)
            return
        if capture.role != "notice":
            self.counts["failed"] += 1
            self._in_the_way(returned, seen == "blocked")
            return
        self._doors = 0
        self.counts["new"] += 1
        if detailed.problem is not None:
            self._odd(returned.url, detailed.problem)
        self.counts["lost"] += max(len(detailed.attachments) - MOST_FILES, 0)
        for file in detailed.attachments[:MOST_FILES]:
            yield file_errand(file, of=capture.id)

    def _inner(self, asked: Asked, follow: Iterable[Asked]) -> Iterator[Errand]:
        """The pages within a frame. It is the frame that a person opens, and that a list names."""
        for inner in follow:
            page = asked.page if asked.number > 1 else key_of(asked)[0]
            deeper = asked.number + 1
            yield self._notice(msgspec.structs.replace(inner, page=page, number=deeper))

    def _in_the_way(self, returned: Returned, is_door: bool) -> None:
        """Count pages that ask to prove that one is human; leave where nothing else comes."""
        self.counts["in_the_way"] += is_door
        self._doors = self._doors + 1 if is_door else 0
        if self._doors == MOST_DOORS:
            raise Leave(f"{returned.url} and others before it ask to prove that one is human.")

    def _tally(self, asked: Asked) -> Tally:
        return self.tallies.setdefault(asked.term, Tally(asked.term))

    def _odd(self, url: str, problem: str) -> None:
        self.shapes += 1
        self.shape = self.shape or f"{url}: {problem}"


def _read_list(source: Source, asked: Asked, answered: Answered) -> Listed:
    try:
        return source.read_list(asked, answered)
    except Exception as error:  # a hostile page
        return Listed(problem=f"Reading it failed: {type(error).__name__}: {str(error)[:200]}")
