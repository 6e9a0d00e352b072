"""Characters of recognised pictures that may not be what is printed: marked, never corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tenderlight.model import Doubt, Stretch
from tenderlight.plain import simplify
from tenderlight.reading.pages.printed import find_numbers, find_separators
from tenderlight.reading.pages.redundancy import SURE, find_agreements

_UNSURE_NUMBER = 90
"""In percent: a number with a character below it is doubted as a whole."""
_UNSURE = 60
"""In percent: any character below it is doubted."""
_STATED = 100


def find_doubts(text: str, stretches: Sequence[Stretch]) -> tuple[Doubt, ...]:
    """What to doubt in a text, by place. Only characters with a confidence are ever doubted.

    >>> text = "2021年13月1日"
    >>> stretch = Stretch(0, 10, 1, 0, 9, (0,) * 20, bytes([98] * 10))
    >>> find_doubts(text, (stretch,))
    (Doubt(start=0, end=10, why='no-date'),)
    """
    guessed = [stretch for stretch in stretches if stretch.confidence]
    if not guessed:
        return ()
    first, last = guessed[0].start, guessed[-1].end
    sure = bytearray([_STATED]) * (last - first)
    for stretch in guessed:
        sure[stretch.start - first : stretch.end - first] = stretch.confidence
    found = _found(text[first:last], bytes(sure))
    return tuple(Doubt(first + doubt.start, first + doubt.end, doubt.why) for doubt in found)


def _found(printed: str, sure: bytes) -> list[Doubt]:
    text = simplify(printed)
    agreements = [
        each for each in find_agreements(text) if min(sure[each.start : each.end]) < _STATED
    ]
    confirmed = {
        place
        for each in agreements
        if each.why == SURE
        for place in range(each.start, each.end)
        if text[place] not in ",."
    }
    confirmed.update(find_separators(printed))
    doubts = [each for each in agreements if each.why != SURE]
    doubts += _unsure_numbers(text, sure, confirmed)
    doubts += _unsure_characters(sure, confirmed)
    return _apart(doubts)


def _unsure_numbers(text: str, sure: bytes, confirmed: set[int]) -> Iterator[Doubt]:
    for number in find_numbers(text):
        places = (place for place in range(number.start, number.end) if place not in confirmed)
        if any(sure[place] < _UNSURE_NUMBER and not text[place].isspace() for place in places):
            yield Doubt(number.start, number.end, "unsure")


def _unsure_characters(sure: bytes, confirmed: set[int]) -> Iterator[Doubt]:
    places = range(len(sure))
    for unsure, run in groupby(places, lambda at: sure[at] < _UNSURE and at not in confirmed):
        if unsure:
            start, *rest = run
            yield Doubt(start, (rest or [start])[-1] + 1, "unsure")


def _apart(doubts: list[Doubt]) -> list[Doubt]:
    """Doubts that overlap as one, with the reason that says most."""
    apart: list[Doubt] = []
    for doubt in sorted(doubts, key=lambda doubt: (doubt.start, -doubt.end)):
        if not apart or doubt.start >= apart[-1].end:
            apart.append(doubt)
            continue
        last = apart[-1]
        why = doubt.why if last.why == "unsure" else last.why
        apart[-1] = Doubt(last.start, max(last.end, doubt.end), why)
    return apart
