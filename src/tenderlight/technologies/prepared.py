"""One notice made ready for the matcher: its text, what it is about, and its rows of goods."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from operator import attrgetter

import msgspec

from tenderlight.model import Change, Fields, Item, Reading
from tenderlight.plain import simplify
from tenderlight.technologies.sieve import Hit
from tenderlight.technologies.standing import Sections

_OF_GOODS = re.compile("需求|内容|清单|参数|标的|货物|数量|技术|范围|规格|功能|设备|产品")
_START = attrgetter("start")
_FIRM = re.compile(
    "^[^由为与和的,。;:、\n\\d]{0,10}?(?:有限责任公司|有限公司|股份公司|集团公司|公司|事务所|研究院|协会|学会)"
)


class Prepared(msgspec.Struct, frozen=True):
    """What the matcher needs to know of a notice, made once."""

    reading: Reading
    plain: str
    fields: Fields
    frame: str
    """Title, project name and buyer, simplified: what the notice is about."""
    naming: tuple[tuple[int, int, str], ...]
    """Where the title and the project's name stand, and what to call that place."""
    names: tuple[str, ...]
    """The title and the project's name as they may be printed again, simplified."""
    organisations: tuple[str, ...]
    sections: Sections
    rows: tuple[tuple[int, int, int], ...]
    """From where to where each row of goods is printed, and which item it is; in their order."""
    replaced: tuple[tuple[int, int], ...]
    """What a correction says was asked for before: from where to where."""

    def is_a(self, notice_type: str) -> bool:
        """Whether the notice is of that type."""
        stated = self.fields.notice_type
        return stated is not None and stated.value == notice_type

    def item_at(self, place: int) -> int | None:
        """Which item's row a place lies in; None outside the rows of goods."""
        index = bisect.bisect_right(self.rows, (place, 1 << 60, 0)) - 1
        if index < 0 or self.rows[index][1] <= place:
            return None
        return self.rows[index][2]

    def is_replaced(self, place: int) -> bool:
        """Whether a correction prints there what it takes the place of."""
        return any(start <= place < end for start, end in self.replaced)

    def in_an_organisation(self, hit: Hit) -> bool:
        """Whether a word is part of the name of a buyer, an agency or a firm."""
        if self._printed(self.organisations, hit):
            return True
        return _FIRM.match(self.plain[hit.end : hit.end + 20]) is not None

    def repeats_a_name(self, hit: Hit) -> bool:
        """Whether a word stands where the title or the project's name is printed once more."""
        return self._printed(self.names, hit)

    def _printed(self, names: tuple[str, ...], hit: Hit) -> bool:
        word = self.plain[hit.start : hit.end]
        for name in names:
            if word not in name:
                continue
            place = self.plain.find(name, max(hit.end - len(name), 0), hit.start + len(name))
            if 0 <= place <= hit.start and hit.end <= place + len(name):
                return True
        return False


def prepare(reading: Reading, fields: Fields) -> Prepared:
    """The notice made ready."""
    titles = [block for block in reading.blocks if block.kind == "title" and not block.furniture]
    naming = [(block.start, block.end, "in the title") for block in titles]
    for field, name in ((fields.title, "in the title"), (fields.project_name, "in the name")):
        if field is not None and field.at.part != "manifest":
            naming.append((field.at.start, field.at.end, name))
    about = [field.value for field in (fields.title, fields.project_name) if field]
    about = about or [reading.text[block.start : block.end] for block in titles[:1]]
    organisations = [field.value for field in (fields.buyer, fields.agency) if field]
    organisations += [award.supplier.value for award in fields.awards[:20]]
    plain = simplify(reading.text)
    return Prepared(
        reading=reading,
        plain=plain,
        fields=fields,
        frame=simplify("\n".join(about + organisations[: 1 if fields.buyer else 0])),
        naming=tuple(naming),
        names=tuple(simplify(name) for name in about if len(name) > 3),
        organisations=tuple(simplify(name) for name in organisations if len(name) > 3),
        sections=Sections(plain),
        rows=_rows(reading, fields.items),
        replaced=tuple(_replaced(fields.changes)),
    )


def _rows(reading: Reading, items: tuple[Item, ...]) -> tuple[tuple[int, int, int], ...]:
    """Each row from its name to its last cell, or to the end of its line or paragraph."""
    named = sorted(
        (item.name.at.start, number)
        for number, item in enumerate(items)
        if item.name.at.part != "manifest"
    )
    rows = []
    for place, (start, number) in enumerate(named):
        following = named[place + 1][0] if place + 1 < len(named) else len(reading.text)
        rows.append((start, min(_row_end(reading, items[number], start), following), number))
    return tuple(rows)


def _replaced(changes: tuple[Change, ...]) -> Iterator[tuple[int, int]]:
    """Where goods and needs stand as they were; a sum or a day that changes strikes out nothing."""
    for change in changes:
        if change.was is None or change.now is None or change.was.at.part == "manifest":
            continue
        if _OF_GOODS.search(simplify(change.what.value)):
            yield change.was.at.start, change.was.at.end


MOST_CELLS = 16
"""Cells of a row that are looked at: tables of goods have a dozen columns at most."""


def _row_end(reading: Reading, item: Item, start: int) -> int:
    stated = (item.brand, item.model, item.quantity, item.unit, item.unit_price, item.total)
    end = max(
        [item.name.at.end, *(value.at.end for value in stated if value and value.at.start >= start)]
    )
    place = max(bisect.bisect_right(reading.blocks, start, key=_START) - 1, 0)
    first = reading.blocks[place]
    for block in reading.blocks[place : place + MOST_CELLS]:
        if block.table is None and block is not first:
            break
        if (block.table, block.row) != (first.table, first.row):
            break
        end = max(end, block.end)
    return end
