"""How far what was read is from what is printed: characters, cells, values, boxes.

Characters are compared without white space and after NFKC, so `：` and `:` are one. Everything
else counts: `—` for `一`, `O` for `0`, a line in the wrong place.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple


class Folded(NamedTuple):
    """A text as it is compared, and where each of its characters stands in the original."""

    text: str
    at: list[int]


def fold(text: str) -> Folded:
    """Without white space, after NFKC.

    >>> fold("预算：１ 2\\n㎡").text
    '预算:12m2'
    """
    characters, at = [], []
    for place, character in enumerate(text):
        for each in unicodedata.normalize("NFKC", character):
            if not each.isspace() and each not in "\u200b\ufeff\u00ad":
                characters.append(each)
                at.append(place)
    return Folded("".join(characters), at)


def distance(one: str, other: str) -> int:
    """The least number of characters to change, put in or take out (Levenshtein).

    Hyyrö's form of Myers' algorithm: a column of the table in one whole number.

    >>> distance("采购人名称", "采购入名称："), distance("", "ab")
    (2, 2)
    """
    if not one:
        return len(other)
    masks: dict[str, int] = defaultdict(int)
    for place, character in enumerate(one):
        masks[character] |= 1 << place
    full, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    plus, minus, score = full, 0, len(one)
    for character in other:
        mask = masks.get(character, 0)
        zero = (((mask & plus) + plus) ^ plus) | mask | minus
        up = minus | (~(zero | plus) & full)
        down = plus & zero
        score += bool(up & last) - bool(down & last)
        up = (up << 1) | 1
        plus = ((down << 1) | ~(zero | up)) & full
        minus = up & zero & full
    return score


def out_of_order(truth: str, read: str) -> int:
    """The least errors if lines may stand in any order: characters missing, or too many."""
    ours, theirs = Counter(truth), Counter(read)
    return max((ours - theirs).total(), (theirs - ours).total())


def without(text: str, furniture: Iterable[str], pages: int) -> str:
    """A text without the lines that stand at the head and foot of its pages, if they are there.

    `#` in them stands for the number of the page. Lines that are misread a little go too.
    """
    lines = text.split("\n")
    for page in range(1, max(pages, 1) + 1):
        for draft in furniture:
            wanted = fold(draft.replace("#", str(page))).text
            line = _nearest(lines, wanted)
            if line is not None:
                del lines[line]
                continue
            for number, each in enumerate(lines):
                folded = fold(each)
                at = folded.text.find(wanted)
                if at >= 0:
                    end = folded.at[at + len(wanted) - 1] + 1
                    lines[number] = each[: folded.at[at]] + " " + each[end:]
                    break
    return "\n".join(lines)


def _nearest(lines: list[str], wanted: str) -> int | None:
    best, found = len(wanted) // 3 + 1, None
    for number, line in enumerate(lines):
        if abs(len(line) - len(wanted)) > len(wanted) + 4:
            continue
        text = fold(line).text
        if text and (far := distance(wanted, text)) < best:
            best, found = far, number
    return found


def aligned(truth: str, read: str) -> list[int]:
    """For each place between characters of `truth` (and its end) the place in `read`."""
    places = [0] * (len(truth) + 1)
    matcher = SequenceMatcher(None, truth, read, autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        for i in range(i1, i2):
            places[i] = min(j1 + (i - i1), j2) if i2 - i1 else j1
    places[len(truth)] = len(read)
    return places


class Cell(NamedTuple):
    """A cell as it is compared."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


def right_cells(
    truth: Sequence[Cell], read: Sequence[Sequence[Cell]], *, spans: bool = True
) -> int:
    """How many cells of a table are exactly right in the table read that has most of them.

    A cell is right with the same text, column and spans, in a row that lies between the rows that
    its neighbours were found in. Rows that repeat the head overleaf, or a row too many, cost
    nothing but themselves; a table in two parts has only one of them right.
    """
    return max((_right(truth, table, spans) for table in read), default=0)


def _right(truth: Sequence[Cell], read: Sequence[Cell], spans: bool) -> int:
    wanted = [{_key(cell, spans) for cell in row} for row in _rows(truth)]
    found = [{_key(cell, spans) for cell in row} for row in _rows(read)]
    best = [0] * (len(found) + 1)
    for row in wanted:
        before = best[:]
        for n, other in enumerate(found, 1):
            best[n] = max(best[n - 1], before[n], before[n - 1] + len(row & other))
    return best[-1]


def _key(cell: Cell, spans: bool) -> tuple[int, ...] | tuple[object, ...]:
    return (cell.column, cell.text, *((cell.row_span, cell.column_span) if spans else ()))


def _rows(cells: Sequence[Cell]) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    return [rows[row] for row in sorted(rows)]


def differences(truth: str, read: str, around: int = 6) -> list[str]:
    """What differs, as `前文[truth→read]后文`, for people who look for the reason."""
    found = []
    matcher = SequenceMatcher(None, truth, read, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found.append(
                f"{truth[max(0, i1 - around) : i1]}[{truth[i1:i2]}→{read[j1:j2]}]"
                f"{truth[i2 : i2 + around]}"
            )
    return found


def covers(
    boxes: Sequence[tuple[float, float, float, float]],
    wanted: Sequence[tuple[float, float, float, float]],
) -> bool:
    """Whether boxes cover all that is wanted, and are not much larger.

    Every wanted box has to lie in one of them, or in two that touch; each of them has to be less
    than three times as high as the highest wanted, and no wider than the widest by its height
    twice on either side.
    """
    if not boxes or not wanted:
        return False
    high = max(bottom - top for _, top, _, bottom in wanted)
    wide = max(right - left for left, _, right, _ in wanted)
    if any(b - t > 3.4 * high + 2 or r - x > wide + 6 * high for x, t, r, b in boxes):
        return False
    return all(_covered(box, boxes) for box in wanted)


def _covered(
    box: tuple[float, float, float, float], by: Sequence[tuple[float, float, float, float]]
) -> bool:
    left, top, right, bottom = box
    slack = 0.15 * (bottom - top)
    spans = sorted((x, r) for x, t, r, b in by if t <= top + slack and b >= bottom - slack)
    for (_, end), (begin, _) in pairwise(spans):
        if begin > end + (bottom - top):
            spans = [span for span in spans if span[1] > left]
            break
    if not spans or spans[0][0] > left + slack:
        return False
    reach = spans[0][1]
    for begin, end in spans[1:]:
        if begin <= reach + (bottom - top) * 0.6:
            reach = max(reach, end)
    return reach >= right - slack
