"""Asking again for attachments that earlier runs did not have: some of them, and one by one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import msgspec

from tenderlight.collecting.crawling.errand import written
from tenderlight.collecting.runs.instead import read_notice
from tenderlight.collecting.runs.lost_files import Lost
from tenderlight.collecting.runs.past import Past
from tenderlight.evidence import Store
from tenderlight.model import Withdrawn
from tenderlight.sources.asking import Answered, Asked, Source

MOST_AGAIN = 300
"""Attachments that one run asks for again; the others are for later runs."""
AGAIN_TRIES = 2
IN_A_ROW = 4
"""After so many failures the others wait for a later run: together with the tries fewer than what
ends a run, so that attachments that are dead for good cannot keep a source from being read."""
MOST_FILES = 200
"""Attachments of one notice."""


class Regain:
    """What a run asks for on behalf of the runs before it. It asks nobody itself."""

    def __init__(self, lost: Sequence[Lost] = (), unasked: Sequence[Asked] = ()) -> None:
        known = {(one.of, one.url) for one in lost}
        self.unasked = tuple(one for one in unasked if (one.of, one.url) not in known)
        """Attachments of notices whose run was cut off: these are asked for like new ones."""
        self._open = deque(lost)
        self._ours = {*known, *((one.of, one.url) for one in self.unasked)}
        self.missing = len(self._ours)
        self.regained = 0
        self._again = self._in_a_row = 0

    @property
    def left(self) -> int:
        """How many a later run has to ask for."""
        return len(self._open)

    def note(self, *, more: bool) -> str:
        """For the report."""
        missing = "more than " * more + f"{self.missing:,}"
        left = f" {self.left:,} are left to a later run." if self.left else ""
        return (
            f"Attachments that earlier runs did not have: {missing} were still missing, "
            f"{self.regained:,} of them are there now.{left}"
        )

    def next(self) -> Asked | None:
        """One to be asked for again; the next one when this has been heard."""
        if not self._open or self._again == MOST_AGAIN or self._in_a_row == IN_A_ROW:
            return None
        self._again += 1
        lost = self._open.popleft()
        return Asked(
            url=lost.url, kind="attachment", of=lost.of, stated=lost.stated, page=lost.page
        )

    def heard(self, asked: Asked, *, came: bool, failed: bool) -> None:
        """Take down what came of one attachment, whoever asked for it."""
        if (asked.of, asked.url) not in self._ours:
            return
        self.regained += came
        self._in_a_row = self._in_a_row + 1 if failed else 0 if came else self._in_a_row


def unasked(source: Source, store: Store, past: Past) -> Iterator[Asked]:
    """The attachments that notices of runs that were cut off name, and that did not come.

    What came in the run that is taken up is named too: the evidence has its answer.
    """
    for notice in past.cut_off:
        capture, exchange = notice.capture, notice.capture.exchange
        if exchange is None or capture.url is None:
            continue
        try:
            head, document = store.exchange(capture)
        except Withdrawn:
            continue
        page = Asked(url=capture.url, kind="notice", stated=capture.stated, page=exchange.page)
        answered = Answered(
            url=capture.url,
            status=exchange.status or 0,
            media_type=exchange.media_type,
            payload=document,
            head=head,
        )
        for file in read_notice(source, page, answered).attachments[:MOST_FILES]:
            url = _written(file.url)
            if notice.had.get(url, past.interrupted) == past.interrupted:
                yield msgspec.structs.replace(file, url=url, of=capture.id)


def _written(url: str) -> str:
    """As it stands in the evidence; what is no address is told as one that leads outside."""
    try:
        return written(url)
    except ValueError:
        return url
