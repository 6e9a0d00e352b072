"""What a page says, in the form in which two looks at a notice are compared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from tenderlight.model import Capture, Cited, Fields, Money, Passage, Reading
from tenderlight.watching.steady import steady

WORDS = 4_000
"""Characters of a page in which an error page says that it is one."""


class Said(msgspec.Struct, frozen=True, array_like=True):
    """Something that a page says: as it is compared, and as it may be shown."""

    compared: str
    shown: str
    in_table: bool = False


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One document that came back: its lines without the site's own, and what it states."""

    lines: tuple[Said, ...] = ()
    values: dict[str, Said] = {}
    """By field id. Several suppliers or amounts are one value, in their order."""
    words: str = ""
    """The beginning of the whole text, site text too: an error page is nothing but site text."""
    at: datetime | None = None
    """When it was asked for."""


def page_of(
    reading: Reading, fields: Fields, *, shown: str | None = None, at: datetime | None = None
) -> Page:
    """A document's reading and fields as a page.

    `shown` is the reading's text with personal data masked, of the same length: without it
    nothing of the page may be told to anybody.

    >>> from tenderlight.model import Block
    >>> reading = Reading(text="采购人：东湖县", blocks=(Block(0, 7),), media_type="text/plain")
    >>> page_of(reading, Fields()).lines
    (Said(compared='采购人：东湖县', shown='采购人：东湖县', in_table=False),)
    """
    text = reading.text
    show = text if shown is None else shown
    lines = []
    for block in reading.blocks:
        if block.furniture or block.part == "head":
            continue
        if compared := steady(text[block.start : block.end]):
            table = block.table is not None
            lines.append(Said(compared, show[block.start : block.end].strip(), table))
    return Page(
        lines=tuple(lines),
        values=_values(fields, text, show),
        words=text[:WORDS],
        at=at,
    )


def seen_at(capture: Capture) -> str:
    """When a page was asked for, RFC 3339. Never later than it was preserved here.

    An archive of others may date its records as it likes; a look from the year 9999 would have the
    last word for ever.
    """
    return min(capture.captured or capture.added, capture.added)


def moment(capture: Capture) -> datetime | None:
    """When a page was asked for; None where that is no time with its zone."""
    try:
        time = datetime.fromisoformat(capture.captured or capture.added)
    except ValueError:
        return None
    return time if time.tzinfo else None


def _values(fields: Fields, text: str, show: str) -> dict[str, Said]:
    values = {
        name: _said(cited.value, cited.at, text, show)
        for name in (
            *("notice_type", "procedure", "title", "project_name", "project_number"),
            *("buyer", "agency", "published", "opening", "lots"),
        )
        if (cited := getattr(fields, name)) is not None
    }
    for name, money in (("budget_cny", fields.budget), ("ceiling_cny", fields.ceiling)):
        if money is not None:
            values[name] = _amount(money)
    suppliers = [_said(a.supplier.value, a.supplier.at, text, show) for a in fields.awards]
    prices = [_said(a.printed.text, a.printed, text, show) for a in fields.awards if a.printed]
    for name, several in (("supplier", suppliers), ("amount_printed", prices)):
        if several:
            values[name] = Said(
                "；".join(one.compared for one in several), "；".join(one.shown for one in several)
            )
    return values


def _said(value: Any, at: Passage, text: str, show: str) -> Said:
    """A value, and the masked passage in its place where anything in that is masked."""
    is_masked = show[at.start : at.end] != text[at.start : at.end]
    return Said(str(value), show[at.start : at.end] if is_masked else str(value))


def _amount(cited: Cited[Money]) -> Said:
    amount = f"{cited.value.amount.normalize():f}"
    if cited.value.currency != "CNY":
        amount += f" {cited.value.currency}"
    return Said(amount, amount)
