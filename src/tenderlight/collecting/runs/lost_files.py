"""Attachments that no exchange so far has brought, found as the ledger goes by."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container

import msgspec

from tenderlight.evidence.exchange import is_encoded
from tenderlight.model import Capture, Exchange, Statement

HELD = 10_000
"""Attachments that are held in memory as missing; a site may name them without end."""
HELD_NOTICES = 1_000
"""The newest notices of a source, whose attachments may not have been asked for at all: where a run
is cut off these are the last few, for a notice's attachments are asked for before other notices."""
_GONE = (404, 410)
_Name = tuple[str, str]
"""The notice, and the address that its page gives."""


class Lost(msgspec.Struct, kw_only=True):
    """One attachment that was asked for, and did not come."""

    url: str
    of: str
    led: str
    """Where the last exchange went, or was sent."""
    first: str
    """The run that asked first."""
    stated: Statement | None = None
    page: str | None = None
    run: str = ""
    runs: int = 0
    gone: str = ""
    """The run that heard that it is not there, or is too large."""


class HeldNotice(msgspec.Struct, kw_only=True):
    """A notice, and which of its attachments came in which run."""

    capture: Capture
    run: str
    had: dict[str, str] = msgspec.field(default_factory=dict)


class LostFiles:
    """Of one source. What did not come is forgotten when a later exchange brings it."""

    def __init__(self) -> None:
        self.more = False
        """True where more are missing than are held."""
        self._lost: dict[_Name, Lost] = {}
        self._led: dict[_Name, _Name] = {}
        self._regained: tuple[str, list[Lost]] = "", []
        """A run, and what it brought that runs before it could not."""
        self._notices: OrderedDict[str, HeldNotice] = OrderedDict()

    def take(self, capture: Capture, exchange: Exchange) -> None:
        """Take down an exchange, in the order of the ledger."""
        if capture.role == "notice":
            self._notices[capture.id] = HeldNotice(capture=capture, run=exchange.run)
            if len(self._notices) > HELD_NOTICES:
                self._notices.popitem(last=False)
        if capture.role != "attachment" or not capture.of or not capture.url or exchange.asked:
            return
        at = capture.of, capture.url
        name = self._led.get(at, at)
        if _came(exchange):
            self._came(name, exchange.run)
        else:
            self._failed(name, capture, exchange)

    def left(self, interrupted: str | None, withdrawn: Container[str]) -> tuple[Lost, ...]:
        """What is to be asked for again: first what was asked for in the fewest runs.

        What a run that is taken up lacks of its own notices it asks for by itself; what it has
        brought of older ones belongs to it.
        """
        run, regained = self._regained
        found = [one for one in self._lost.values() if one.first != interrupted]
        found = [*(regained if run == interrupted else ()), *found]
        return tuple(sorted((o for o in found if o.of not in withdrawn), key=lambda one: one.runs))

    def cut_off(
        self, interrupted: str | None, finished: str, withdrawn: Container[str]
    ) -> tuple[HeldNotice, ...]:
        """Notices of runs that nobody took up, begun after the last one that came to its end."""
        return tuple(
            one
            for id, one in self._notices.items()
            if finished < one.run != interrupted and id not in withdrawn
        )

    def _came(self, name: _Name, run: str) -> None:
        if (notice := self._notices.get(name[0])) is not None:
            notice.had[name[1]] = run
        lost = self._lost.pop(name, None)
        if lost is None:
            return
        self._led.pop((lost.of, lost.led), None)
        if lost.first != run:
            if self._regained[0] != run:
                self._regained = run, []
            self._regained[1].append(lost)

    def _failed(self, name: _Name, capture: Capture, exchange: Exchange) -> None:
        lost = self._lost.get(name)
        if lost is None and len(self._lost) >= HELD:
            self.more = True
            return
        if lost is None:
            lost = self._lost[name] = Lost(
                url=name[1],
                of=name[0],
                led=name[1],
                first=exchange.run,
                stated=capture.stated,
                page=exchange.page,
            )
        lost.runs += lost.run != exchange.run
        lost.run = exchange.run
        if exchange.location is not None:
            self._led.pop((lost.of, lost.led), None)
            lost.led = exchange.location
            self._led[lost.of, lost.led] = name
        if exchange.status in _GONE or exchange.truncated == "length":
            if lost.gone not in ("", exchange.run):  # a second time: for good
                del self._lost[name]
                self._led.pop((lost.of, lost.led), None)
            lost.gone = exchange.run


def _came(exchange: Exchange) -> bool:
    is_whole = exchange.truncated is None and exchange.error is None
    return exchange.status == 200 and is_whole and not is_encoded(exchange.undecoded)
