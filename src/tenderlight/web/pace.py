"""How far a reviewer is and how fast she goes: kept in memory while the desk runs."""

from __future__ import annotations

import time
from collections import deque
from weakref import WeakKeyDictionary

import msgspec

from tenderlight.corpus import Corpus
from tenderlight.web.words import say

LAST = 30
"""Answers that the pace is told from: a minute or two of work."""
FEWEST = 5
REST = 300.0
"""Seconds after which a pause is no part of the work."""

_MOMENTS: WeakKeyDictionary[Corpus, dict[str, deque[float]]] = WeakKeyDictionary()


class ProgressView(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the queue this reviewer has behind her, and how fast she goes."""

    done: int
    total: int
    pace: int | None
    """Answers an hour, by the last of them here; None before there are enough."""


def answered(corpus: Corpus, by: str) -> None:
    """Take down that an answer was given just now."""
    moments = _MOMENTS.setdefault(corpus, {}).setdefault(by, deque(maxlen=LAST))
    now = time.monotonic()
    if moments and now - moments[-1] > REST:
        moments.clear()
    moments.append(now)


def pace_of(corpus: Corpus, by: str) -> int | None:
    """Answers an hour, by the last thirty; None before there are five."""
    moments = _MOMENTS.get(corpus, {}).get(by)
    return None if moments is None else pace(list(moments))


def pace(moments: list[float]) -> int | None:
    """Answers an hour, from the seconds at which they were given.

    >>> pace([0, 3, 6, 9, 12]), pace([0, 3])
    (1200, None)
    """
    if len(moments) < FEWEST or moments[-1] <= moments[0]:
        return None
    return round((len(moments) - 1) * 3600 / (moments[-1] - moments[0]))


def progress_words(progress: ProgressView, lang: str) -> str:
    """How far, in words.

    >>> progress_words(ProgressView(done=12, total=340, pace=1100), "en")
    '12 of 340 answered · 1,100 an hour'
    """
    told = say("n_of_n", lang, done=f"{progress.done:,}", total=f"{progress.total:,}")
    if not progress.pace:
        return told
    return f"{told} · " + say("pace", lang, n=f"{progress.pace:,}")
