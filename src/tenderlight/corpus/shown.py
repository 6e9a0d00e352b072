"""Text of a notice as it may be shown: masked, wherever it stands. Pure."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from tenderlight.model import Block, Cited, Mask, Money, Passage, Reading
from tenderlight.personal import find_personal, mask, mask_name
from tenderlight.plain import MASK

Row = dict[str, Any]


class Shown:
    """Text of one notice as it may be shown: masked, at the place where it is printed."""

    def __init__(self, reading: Reading | None, masks: tuple[Mask, ...]) -> None:
        self._printed = reading.text if reading else ""
        self.whole = mask(self._printed, masks)

    def text(self, at: Passage) -> str:
        """What is printed there, masked. A manifest's words count in its own line."""
        return masked(at.text) if at.part == "manifest" else self.whole[at.start : at.end]

    def value(self, cited: Cited[str] | None) -> str | None:
        """The value as understood, masked where its passage is.

        A value may differ from what is printed (white space closed up): then the hidden words of
        the passage are hidden in it too.
        """
        if cited is None:
            return None
        at, shown = cited.at, self.text(cited.at)
        printed = at.text if at.part == "manifest" else self._printed[at.start : at.end]
        if printed == shown:
            return cited.value
        return shown if cited.value == printed else _hidden(cited.value, printed, shown)

    def passage(self, at: Passage) -> Row:
        """A passage for export: text, part, page, start, end, and its cell in a table."""
        row: Row = {
            "text": self.text(at),
            "part": part_name(at.part),
            "page": at.page,
            "start": at.start,
            "end": at.end,
        }
        if at.table is not None:
            row |= {"table": at.table, "row": at.row, "column": at.column}
        if at.doubt is not None:
            row["doubt"] = at.doubt
        return row


def digits(value: Decimal | None) -> str | None:
    """A number as people write it: no exponent, no zeros at its end.

    >>> digits(Decimal("278000.00")), digits(Decimal("1E+3")), digits(Decimal("3150.50"))
    ('278000', '1000', '3150.5')
    """
    if value is None:
        return None
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def yuan(money: Money | None) -> Decimal | None:
    """An amount in yuan; None for another currency, which its passage still shows."""
    return money.amount if money is not None and money.currency == "CNY" else None


def cny(money: Money | None) -> str | None:
    """An amount in yuan as it is exported."""
    return digits(yuan(money))


@lru_cache(maxsize=4096)
def part_name(part: str) -> str:
    """A part's name as it may be shown: names of files are written by people.

    >>> part_name("body")
    'body'
    """
    return part if part in ("body", "head", "manifest") else mask_name(part)


def masked(stated: str) -> str:
    """Words that stand in no reading (a manifest's, a problem's), hidden as in a document."""
    block = Block(0, len(stated), kind="title")
    alone = Reading(text=stated, blocks=(block,), media_type="text/plain")
    return mask(stated, find_personal(alone))


def _hidden(value: str, printed: str, shown: str) -> str:
    """Hide in a value each stretch that is hidden in its passage; all of it if one is not there."""
    for start, end in _stretches(shown, printed):
        stretch = "".join(printed[start:end].split())
        if stretch not in value:
            return MASK * len(value)
        value = value.replace(stretch, MASK * len(stretch))
    return value


def _stretches(shown: str, printed: str) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []
    for place, (was, now) in enumerate(zip(printed, shown, strict=True)):
        if was == now:
            continue
        if stretches and stretches[-1][1] == place:
            stretches[-1] = (stretches[-1][0], place + 1)
        else:
            stretches.append((place, place + 1))
    return stretches
