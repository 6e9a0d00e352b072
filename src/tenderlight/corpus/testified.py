"""What recognisers said, put side by side: how sure each was, and where two of them disagree.

Texts in it are masked. A stretch in which either of two answers has something hidden is hidden in
both: what one engine misread may be somebody's number in the other's answer.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations, groupby

import msgspec

from tenderlight.evidence.testimony import Testified
from tenderlight.model import Block, BrokenEvidence, Reading
from tenderlight.personal import find_personal, mask
from tenderlight.pictures import Recognised
from tenderlight.plain import MASK

UNSURE = 80
"""Percent: lines of which an engine is less sure on the whole are counted."""
WORST = 20
"""Pages on which two engines differ most that are shown."""
EXAMPLES = 5
"""Stretches in which they differ that are shown of each."""
_LONGEST = 60
"""Characters of such a stretch."""
_MOST = 20_000
"""Characters of a page that are compared; a full page has 3,000."""


class Engine(msgspec.Struct, frozen=True, kw_only=True):
    """What one recogniser answered, in all."""

    engine: str
    pages: int
    characters: int
    confidence: float | None
    """The mean over all characters, 0 to 1; None where nothing was read."""
    unsure_lines: int
    """Lines whose mean is under 0.8."""


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """What each of two engines read in one place, masked."""

    first: str
    second: str


class Differing(msgspec.Struct, frozen=True, kw_only=True):
    """A page that two engines did not read alike."""

    subject: str
    notice: str
    characters: int
    differing: int
    examples: tuple[Stretch, ...]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Two engines, over the pages that both were asked about."""

    engines: tuple[str, str]
    pages: int
    differing_pages: int
    characters: int
    differing: int
    """Characters that the one has otherwise than the other."""
    worst: tuple[Differing, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """All testimony of a corpus."""

    engines: tuple[Engine, ...]
    compared: tuple[Compared, ...]
    damaged: int
    """Answers that are not as they were kept: `verify` names them."""


class _Answer(msgspec.Struct, frozen=True):
    engine: str
    notice: str
    lines: tuple[str, ...]


class _Engine:
    def __init__(self) -> None:
        self.pages = self.characters = self.sure = self.unsure = 0

    def add(self, seen: Recognised) -> None:
        self.pages += 1
        for line in seen.lines:
            self.characters += len(line.confidence)
            self.sure += sum(line.confidence)
            self.unsure += sum(line.confidence) < UNSURE * len(line.confidence)

    def told(self, engine: str) -> Engine:
        mean = round(self.sure / self.characters / 100, 4) if self.characters else None
        return Engine(
            engine=engine,
            pages=self.pages,
            characters=self.characters,
            confidence=mean,
            unsure_lines=self.unsure,
        )


class _Pair:
    def __init__(self) -> None:
        self.pages = self.differing_pages = self.characters = self.differing = 0
        self.worst: list[tuple[int, int, Differing]] = []

    def add(self, page: Differing) -> None:
        self.pages += 1
        self.characters += page.characters
        self.differing += page.differing
        if page.differing:
            self.differing_pages += 1
            heapq.heappush(self.worst, (page.differing, -self.pages, page))
            if len(self.worst) > WORST:
                heapq.heappop(self.worst)

    def told(self, engines: tuple[str, str]) -> Compared:
        return Compared(
            engines=engines,
            pages=self.pages,
            differing_pages=self.differing_pages,
            characters=self.characters,
            differing=self.differing,
            worst=tuple(page for _, _, page in sorted(self.worst, reverse=True)),
        )


def tell_testimony(answers: Iterable[Testified | BrokenEvidence]) -> Told:
    """What all answers (by subject) come to. One that is damaged is counted, and left out."""
    engines: dict[str, _Engine] = {}
    pairs: dict[tuple[str, str], _Pair] = {}
    damaged = 0

    def whole() -> Iterator[tuple[str, _Answer]]:
        nonlocal damaged
        for one in answers:
            seen = None if isinstance(one, BrokenEvidence) else _seen(one.answer)
            if isinstance(one, BrokenEvidence) or seen is None:
                damaged += 1
                continue
            engines.setdefault(one.engine, _Engine()).add(seen)
            lines = tuple(line.text for line in seen.lines)
            yield one.subject, _Answer(one.engine, one.notice, lines)

    for subject, group in groupby(whole(), key=lambda each: each[0]):
        for (_, first), (_, second) in combinations(group, 2):
            pair = pairs.setdefault((first.engine, second.engine), _Pair())
            pair.add(_compared(subject, first, second))
    return Told(
        engines=tuple(engines[name].told(name) for name in sorted(engines)),
        compared=tuple(pairs[names].told(names) for names in sorted(pairs)),
        damaged=damaged,
    )


def _seen(answer: bytes) -> Recognised | None:
    try:
        return msgspec.json.decode(answer, type=Recognised)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _compared(subject: str, first: _Answer, second: _Answer) -> Differing:
    one, other = ("\n".join(answer.lines)[:_MOST] for answer in (first, second))
    places = list(_differences(one, other))
    shown = _masked(one), _masked(other)
    return Differing(
        subject=subject,
        notice=first.notice,
        characters=max(len(one), len(other)),
        differing=sum(max(b - a, d - c) for a, b, c, d in places),
        examples=tuple(_example(*shown, place) for place in places[:EXAMPLES]),
    )


def _differences(one: str, other: str) -> Iterator[tuple[int, int, int, int]]:
    """Where two texts differ: lines are put side by side first, then characters within them."""
    rows, others = one.splitlines(keepends=True), other.splitlines(keepends=True)
    start = _starts(rows), _starts(others)
    for tag, a, b, c, d in SequenceMatcher(None, rows, others, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left, right = "".join(rows[a:b]), "".join(others[c:d])
        within = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        for kind, p, q, r, s in within:
            if kind != "equal":
                at, there = start[0][a], start[1][c]
                yield at + p, at + q, there + r, there + s


def _starts(rows: list[str]) -> list[int]:
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    return starts


def _masked(text: str) -> str:
    """A page's text with personal data hidden, line by line as it was read."""
    starts = _starts(text.split("\n"))
    blocks = tuple(
        Block(start + number, start + number + len(row))
        for number, (start, row) in enumerate(zip(starts, text.split("\n"), strict=False))
    )
    return mask(text, find_personal(Reading(text=text, blocks=blocks, media_type="text/plain")))


def _example(one: str, other: str, place: tuple[int, int, int, int]) -> Stretch:
    a, b, c, d = place
    first, second = one[a:b], other[c:d]
    around = one[max(a - 1, 0) : b + 1] + other[max(c - 1, 0) : d + 1]
    if MASK in around:
        first, second = MASK * len(first), MASK * len(second)
    return Stretch(first=first[:_LONGEST], second=second[:_LONGEST])
