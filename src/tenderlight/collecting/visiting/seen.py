"""Judging a visit while it goes on: is it plain what became of the notice, or is it asked again?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from tenderlight.collecting.crawling.replies import READABLE, headers
from tenderlight.evidence import Store
from tenderlight.fields import find_fields
from tenderlight.model import BrokenEvidence, Capture, Withdrawn
from tenderlight.reading import Reader, read_document
from tenderlight.seen import Verdict
from tenderlight.watching import Look, Page, Reply, Visit, judge, moment, page_of
from tenderlight.watching.page import WORDS

_SENDABLE = re.compile(rb"[\x21-\x7e](?:[\x20-\x7e]{0,998}[\x21-\x7e])?")
"""Whatever a site may state, what is sent back is a plain header line."""


class Sight:
    """What the captures of one run show. Only verdicts leave it, so nothing is masked."""

    def __init__(self, store: Store, run: str, reader: Reader) -> None:
        self._store, self.run, self._reader = store, run, reader

    def verdict(
        self, look: Look, captures: Sequence[Capture], beside: Iterable[Capture]
    ) -> Verdict:
        """What the answers so far say of a notice, beside others of the same host."""
        differs = any(_may_show(c) and c.sha256 != look.last.sha256 for c in captures)
        visit = Visit(
            notice=look.notice,
            run=self.run,
            base=self._reply(look.last, differs),
            replies=tuple(self._later(c, look) for c in captures),
            controls=tuple(self._reply(c, _may_show(c)) for c in _others(look, beside)),
        )
        return judge(visit).event.verdict

    def _later(self, capture: Capture, look: Look) -> Reply:
        reply = self._reply(capture, capture.sha256 != look.last.sha256)
        if reply.exchange.status == 304 and not conditions(look, self._store):
            return msgspec.structs.replace(reply, on_condition=False)
        return reply

    def _reply(self, capture: Capture, read: bool) -> Reply:
        if not read or not 0 < capture.size <= READABLE:
            return Reply(capture=capture)
        try:
            payload = self._store.payload(capture)
        except (Withdrawn, BrokenEvidence):
            return Reply(capture=capture, withdrawn=True)
        page = self._page(payload, capture)
        words = "" if page else payload[:WORDS].decode("utf-8", "replace")
        return Reply(capture=capture, page=page, words=words)

    def _page(self, payload: bytes, capture: Capture) -> Page | None:
        """None for what cannot be read, for whatever reason: the build says which."""
        try:
            reading = read_document(payload, capture.file, reader=self._reader)
            return page_of(reading, find_fields(reading, None), at=moment(capture))
        except Exception:
            return None


def conditions(look: Look, store: Store) -> dict[str, str]:
    """What makes a server say 304 where nothing changed since the notice was seen last.

    Nothing where that was at another address: what is not newer than there says nothing here.
    """
    return _validators(look.last, store) if look.last.url == look.first.url else {}


def _validators(capture: Capture, store: Store) -> dict[str, str]:
    exchange = capture.exchange
    if exchange is None or exchange.status != 200:
        return {}
    try:
        said = headers(store.exchange(capture)[0])
    except (Withdrawn, BrokenEvidence):
        return {}
    named = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
    return {
        name: value.decode("latin-1")
        for name, header in named.items()
        if (value := said.get(header)) and _SENDABLE.fullmatch(value)
    }


def _others(look: Look, beside: Iterable[Capture]) -> list[Capture]:
    """The last few pages of the host that are not this notice."""
    return [capture for capture in beside if capture.of != look.notice][-4:]


def _may_show(capture: Capture) -> bool:
    return capture.exchange is not None and capture.exchange.status in (200, 203)
