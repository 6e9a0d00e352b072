"""Look-alikes: marks that differ in width alone are chosen by the room they take on the page.

The model tells `（` from `(` and `：` from `:` by guessing, for on its picture of a line they look
alike. On the page they do not: a full-width mark takes as much room as an ideograph, a half-width
one half of it. No letter is changed here but an `O` in a line of figures, and that is then marked
as unsure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from tenderlight.recognising.edges import Edge
from tenderlight.recognising.seen import Seen

BRACKETS = "（）()"
HALF = "(),:;!?¥%~"
FULL = "（），：；！？￥％～"
WIDER = dict(zip(HALF, FULL, strict=True))
NARROWER = dict(zip(FULL, HALF, strict=True))
OPENING = "（《「『【〔〈"
CLOSING = "）》」』】〕〉，。、；："
"""Full-width marks leave one half of their room blank: the opening ones the left half."""
WIDE = 0.82
"""From this share of an ideograph's pitch on, the room between two neighbours held a full-width
bracket: those leave 0.9 to 1.15, half-width ones 0.4 to 0.77 (measured on real and made pages)."""
DASHES = {"-": "－—–", "－": "-", "–": "-"}
LONG = 0.65
"""Of an ideograph's pitch: a hyphen is shorter, a dash longer."""
YEAR = 4
PRESCRIBED = 0.1
"""How likely `〔` and `〕` must be together around a year, where they are what the standard for
official documents (GB/T 9704) prescribes and the model has seldom seen them."""

Line = Sequence[tuple[Seen, Edge]]


def choose(line: Line) -> list[tuple[Seen, Edge]]:
    """A line's characters, the widths of their marks as measured.

    A blank beside a mark that turns out to be full-width is that mark's own, and goes.
    """
    pitch = _pitch(line)
    chosen = list(line)
    if pitch:
        chosen = _without_own_blanks(_measured(line, pitch))
        _agree(chosen)
    _bracket_years(chosen)
    return _noughts(chosen)


def _pitch(line: Line) -> float:
    """How far neighbouring ideographs are apart; 0 where no two stand side by side."""
    middles = [
        after.centre - seen.centre
        for (seen, _), (after, _) in pairwise(line)
        if _is_ideograph(seen.text) and _is_ideograph(after.text)
    ]
    return median(middles) if middles else 0.0


def _measured(line: Line, pitch: float) -> list[tuple[Seen, Edge]]:
    """The line, each mark as wide as its neighbours leave room for; blanks are no neighbours."""
    inked = [index for index, (seen, _) in enumerate(line) if not seen.text.isspace()]
    chosen = list(line)
    for at, index in enumerate(inked):
        seen, edge = line[index]
        if seen.text in DASHES:
            chosen[index] = _dash(seen, (edge[1] - edge[0]) / pitch), edge
        elif 0 < at < len(inked) - 1 and _may_differ(seen):
            before, after = line[inked[at - 1]], line[inked[at + 1]]
            if not _is_squeezed(seen, before[0], after[0]):
                room = (after[1][0] - before[1][1]) / pitch - (after[0].text in OPENING) / 2
                chosen[index] = _as(seen, wide=room >= WIDE), edge
    return chosen


def _may_differ(seen: Seen) -> bool:
    """Whether a mark's width is to be measured: a bracket's always, others' where it is unsure."""
    twin = WIDER.get(seen.text) or NARROWER.get(seen.text)
    return twin is not None and (seen.text in BRACKETS or twin in seen.others)


def _is_squeezed(seen: Seen, before: Seen, after: Seen) -> bool:
    """Whether a bracket's blank half meets another mark: typesetters take it away there."""
    if seen.text in "（(":
        return before.text in CLOSING
    return seen.text in "）)" and after.text in CLOSING + OPENING


def _without_own_blanks(line: Line) -> list[tuple[Seen, Edge]]:
    kept = []
    for index, one in enumerate(line):
        if one[0].text == " ":
            before = line[index - 1][0].text if index else ""
            after = line[index + 1][0].text if index + 1 < len(line) else ""
            if (after and after in OPENING) or (before and before in CLOSING):
                continue
        kept.append(one)
    return kept


def _is_ideograph(text: str) -> bool:
    return "\u3400" <= text <= "\u9fff"


def _as(seen: Seen, *, wide: bool) -> Seen:
    """The same mark, full or half width; as likely as both together."""
    other = (WIDER if wide else NARROWER).get(seen.text)
    twin = other or WIDER.get(seen.text) or NARROWER.get(seen.text, "")
    confidence = min(1.0, seen.confidence + seen.others.get(twin, 0.0))
    return seen._replace(text=other or seen.text, confidence=confidence)


def _dash(seen: Seen, length: float) -> Seen:
    if (length < LONG) == (seen.text == "-"):
        return seen
    likely = {text: seen.others.get(text, 0.0) for text in DASHES[seen.text]}
    other = max(likely, key=lambda text: likely[text])
    return seen._replace(text=other, confidence=min(1.0, seen.confidence + likely[other]))


def _agree(line: list[tuple[Seen, Edge]]) -> None:
    """A bracket whose room cannot be measured is as wide as its partner."""
    opened: list[int] = []
    for index, (seen, edge) in enumerate(line):
        if seen.text in "（(":
            opened.append(index)
        elif seen.text in "）)" and opened:
            start = opened.pop()
            first = line[start]
            if start == 0 or _is_squeezed(first[0], line[start - 1][0], seen):
                line[start] = _as(first[0], wide=seen.text == "）"), first[1]
            elif index == len(line) - 1 or _is_squeezed(seen, first[0], line[index + 1][0]):
                line[index] = _as(seen, wide=first[0].text == "（"), edge


def _bracket_years(line: list[tuple[Seen, Edge]]) -> None:
    for start in range(len(line) - YEAR - 1):
        end = start + YEAR + 1
        opening, closing = line[start][0], line[end][0]
        if opening.text not in "（(〔" or closing.text not in "）)〕":
            continue
        if not all(seen.text.isdecimal() for seen, _ in line[start + 1 : end]):
            continue
        if opening.likely("〔") + closing.likely("〕") >= PRESCRIBED:
            line[start] = opening._replace(text="〔"), line[start][1]
            line[end] = closing._replace(text="〕"), line[end][1]


def _noughts(line: list[tuple[Seen, Edge]]) -> list[tuple[Seen, Edge]]:
    """A line of nothing but noughts and figures is a number: then `O` is 0, and unsure.

    By itself a nought looks like the letter. Beside a letter it is left as the model sees it.
    """
    if not all(seen.text in "0123456789Oo,.%" for seen, _ in line):
        return line
    return [
        (seen._replace(text="0", confidence=min(0.5, seen.others.get("0", 0.0))), edge)
        if seen.text in "Oo"
        else (seen, edge)
        for seen, edge in line
    ]
