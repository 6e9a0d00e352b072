"""A notice whose steps are done: its rows, its exported form, and what the index is given. Pure."""

from __future__ import annotations

import msgspec

from tenderlight.corpus.derive import Made
from tenderlight.corpus.gathered import Gathered, gather
from tenderlight.corpus.index import Entry
from tenderlight.corpus.notice import notice_row
from tenderlight.corpus.remember import Shelf
from tenderlight.corpus.rows import table_rows
from tenderlight.corpus.rows_specifications import sections_text
from tenderlight.corpus.tables import Row
from tenderlight.model import Capture

JOINED_BY = ("sign", "parties")
"""The steps whose results join notices into purchases, and names into organisations."""


class OneNotice(msgspec.Struct, frozen=True, kw_only=True):
    """All that is written for one notice."""

    shelf: Shelf
    tables: dict[str, list[Row]]
    entry: Entry
    readable: bool


def finish_notice(
    captures: tuple[Capture, ...], batch: int, number: int, made: dict[str, Made]
) -> OneNotice:
    """What is written for a notice; `captures` are its own and those of what is attached to it."""
    gathered = gather(captures[0], made)
    reading = gathered.reading
    row = notice_row(gathered)
    return OneNotice(
        shelf=Shelf(
            number=number,
            id=gathered.capture.id,
            row=msgspec.json.encode(row),
            reading=made["reading"].key if reading else None,
            personal=made["personal"].key if reading else None,
            joining={step: made[step].key for step in JOINED_BY if step in made and reading},
            captures=captures,
        ),
        tables=table_rows(gathered, batch, number, row),
        entry=_entry(gathered, row),
        readable=reading is not None,
    )


def _entry(of: Gathered, row: Row) -> Entry:
    show = of.show
    text = show.whole
    published = row["published"] or ""
    title = row["title"] or ""
    return Entry(
        id=row["id"],
        text=text if title in text else f"{title}\n{text}",
        when=int(published[:10].replace("-", "") or 0),
        year=published[:4],
        province=row["province_code"] or "",
        notice_type=row["notice_type"] or "",
        buyer=row["buyer"] or "",
        technologies=tuple(
            sorted({t["id"] for t in row["technologies"] if t["relation"] == "bought"})
        ),
        specifications=sections_text(of.sections, show),
    )
