"""What an interrupted run has had answered already: read from the evidence, not asked again."""

from __future__ import annotations

import hashlib

from tenderlight.evidence.exchange import is_encoded
from tenderlight.model import Capture
from tenderlight.watching.address import is_door, is_home, is_lost

DEFINITE = frozenset({200, 301, 302, 303, 307, 308, 404, 410})
"""Answers that one more request would not change within a run."""
NOWHERE = (is_door, is_home, is_lost)


class Earlier:
    """The good answers of one run, by what was asked for."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str, str | None], Capture] = {}
        self.requests = 0
        """Exchanges of that run, good or not."""

    def add(self, capture: Capture) -> None:
        """Take down an exchange of the run."""
        exchange = capture.exchange
        if exchange is None or capture.url is None:
            return
        self.requests += 1
        if exchange.location is not None and any(leads(exchange.location) for leads in NOWHERE):
            return  # the way to the notice may be open again
        is_whole = exchange.truncated is None and exchange.error is None
        if exchange.status in DEFINITE and is_whole and not is_encoded(exchange.undecoded):
            self._answers[exchange.method, capture.url, exchange.asked] = capture

    def find(self, method: str, url: str, body: bytes) -> Capture | None:
        """The answer to this request, where the run has one."""
        asked = hashlib.sha256(body).hexdigest() if body else None
        return self._answers.get((method, url, asked))
