"""Where equipment is to stand: the rows of lists of places, counted by category and county."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from tenderlight.deployment.columns import DEVICE, Column
from tenderlight.deployment.coordinates import Spot, find_spot
from tenderlight.deployment.deployed import Deployed
from tenderlight.deployment.lists import MOST_ROWS, TRIGGER, Cell, List, Row, find_lists
from tenderlight.deployment.sites import find_site
from tenderlight.model import Cited, Place, Reading
from tenderlight.places import division_in
from tenderlight.technologies import Definitions

_NO_PLACE = re.compile(
    r"(?:合计|总计|共计|小计|汇总|备注|注:|说明|单位:|序号|填表|制表|以上|/$|-+$|无$|[\d.]+$|…)"
)
_COUNT = re.compile(r"(\d{1,5})(?:[台个路套只支部处枚樘](?:套)?)?$")
_KINDS = re.compile(
    r"([^\d、,;:+×xX*()]{1,16})[:×xX*]?(\d{1,4})(?:[台个路套只支部处枚樘])?(?:[、,;+]|和|及|$)"
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,10}?(?:街道|镇|乡|苏木)(?!卫生院|小学|中学|政府|街)")
_DIVISION = re.compile(r"[县區区市旗州盟]$")
_LONGEST_PLACE = 160
_MOST_DEVICES = 5_000
"""A larger number in a row is a code, a telephone number or a sum of all rows."""


def find_deployment(
    reading: Reading, definitions: Definitions, place: Place | None = None
) -> tuple[Deployed, ...]:
    """Every row of every list of places of equipment that watches, in the order of the text.

    `| 长途汽车站出站口 | 119.8832 | 43.6127 | 球机 | 4 |` under `| 点位名称 | 经度 | 纬度 | 类型 |
    数量 |` is one place of the category `station` with four devices, near 119.9, 43.6. The place of
    the notice's buyer settles which of several counties of one name a row means. A list that is
    printed twice counts once. Refuses nothing.
    """
    if TRIGGER.search(reading.text) is None:
        return ()
    found: list[Deployed] = []
    seen: set[tuple[str, ...]] = set()
    for each in find_lists(reading):
        rows = list(_Reader(reading, definitions, place, each).rows())
        names = tuple(row.at.text for row in rows)
        if rows and names not in seen:
            seen.add(names)
            found += rows
    return tuple(sorted(found, key=lambda row: row.at.start)[:MOST_ROWS])


class _Counted(NamedTuple):
    devices: Cited[Decimal] | None = None
    what: Cited[str] | None = None


class _Reader:
    """Reads the rows of one list."""

    def __init__(
        self, reading: Reading, definitions: Definitions, place: Place | None, list_: List
    ) -> None:
        self._reading = reading
        self._definitions = definitions
        self._list = list_
        self._context = None
        if place is not None:
            self._context = (place.county or place.province).value

    def rows(self) -> Iterator[Deployed]:
        above: Cell | None = None
        for row in self._list.rows:
            only = _only(row)
            if only is not None:
                above = only
                continue
            at = self._cell(row, "place")
            if at is None or _NO_PLACE.match(at.plain) or len(at.plain) > _LONGEST_PLACE:
                continue
            yield self._deployed(row, at, above)

    def _deployed(self, row: Row, at: Cell, above: Cell | None) -> Deployed:
        counted = self._counted(row)
        spot = self._spot(row)
        area = self._cell(row, "area")
        return Deployed(
            at=self._reading.passage(at.start, at.end),
            category=self._category(row, at, above),
            devices=counted.devices,
            what=counted.what,
            area=self._cited(area) if area else self._town(at),
            county=self._county(area, at),
            has_coordinates=spot is not None,
            longitude=spot.longitude if spot else None,
            latitude=spot.latitude if spot else None,
        )

    def _cell(self, row: Row, column: Column) -> Cell | None:
        place = self._list.head.places.get(column, -1)
        cell = row[place] if 0 <= place < len(row) else None
        return cell if cell and cell.plain else None

    def _cited(self, cell: Cell, rule: str = "column") -> Cited[str]:
        at = self._reading.passage(cell.start, cell.end)
        return Cited(value=" ".join(at.text.split()), at=at, rule=rule)

    def _category(self, row: Row, at: Cell, above: Cell | None) -> Cited[str] | None:
        """From the column of categories, the place itself, or the heading above its rows."""
        named = self._cell(row, "category")
        for cell, rule in ((named, "category"), (at, "place"), (above, "heading")):
            if cell is None:
                continue
            text = self._reading.text[cell.start : cell.end]
            if site := find_site(text, self._definitions):
                passage = self._reading.passage(cell.start + site.start, cell.start + site.end)
                return Cited(value=site.id, at=passage, rule=rule)
        return None

    def _counted(self, row: Row) -> _Counted:
        """How many of what: a column of numbers, columns of kinds, or a cell that lists both."""
        kinds = self._kinds(row)
        what = self._cell(row, "what")
        number = self._cell(row, "devices")
        if number is not None and (match := _COUNT.match(number.plain)):
            named = self._cited(what) if what and DEVICE.search(what.plain) else kinds.what
            return _Counted(self._count(int(match[1]), number), named or self._type(what))
        if kinds.devices is not None or what is None:
            return kinds
        listed = list(_KINDS.finditer(what.plain))
        if listed and sum(len(match[0]) for match in listed) == len(what.plain):
            total = sum(int(match[2]) for match in listed)
            return _Counted(self._count(total, what), self._cited(what))
        return _Counted(None, self._cited(what))

    def _type(self, what: Cell | None) -> Cited[str] | None:
        return self._cited(what) if what and not what.plain.isdigit() else None

    def _kinds(self, row: Row) -> _Counted:
        """The sum over columns that are named after equipment."""
        total, cells = 0, []
        for column in self._list.head.kinds:
            cell = row[column] if column < len(row) else None
            match = _COUNT.match(cell.plain) if cell else None
            label = self._list.labels[column]
            if match and cell and label and int(match[1]):
                total += int(match[1])
                cells.append((cell, label))
        if not cells:
            return _Counted()
        named = self._cited(cells[0][1], "column head")
        names = "、".join(label.plain for _, label in cells)
        return _Counted(
            self._count(total, cells[0][0]), Cited(value=names, at=named.at, rule=named.rule)
        )

    def _count(self, number: int, cell: Cell) -> Cited[Decimal] | None:
        if number > _MOST_DEVICES:
            return None
        at = self._reading.passage(cell.start, cell.end)
        return Cited(value=Decimal(number), at=at, rule="column")

    def _spot(self, row: Row) -> Spot | None:
        columns: tuple[Column, ...] = ("longitude", "latitude", "coordinates")
        cells = [self._cell(row, column) for column in columns]
        return find_spot(*(self._reading.text[cell.start : cell.end] for cell in cells if cell))

    def _town(self, at: Cell) -> Cited[str] | None:
        """The township that begins a place's name: `城关镇东门口`."""
        match = _TOWN.match(self._reading.text, at.start, at.end)
        if match is None:
            return None
        passage = self._reading.passage(match.start(), match.end())
        return Cited(value=passage.text, at=passage, rule="place")

    def _county(self, area: Cell | None, at: Cell) -> Cited[str] | None:
        """The division that the row names, its area before its place."""
        for cell in (area, at):
            text = self._reading.text[cell.start : cell.end] if cell else ""
            within = division_in(text, context=self._context) if cell else None
            if cell is None or within is None or within.kind == "province":
                continue
            if _DIVISION.search(text[within.start : within.end]):  # 朝阳小区 is no county
                passage = self._reading.passage(cell.start + within.start, cell.start + within.end)
                return Cited(value=within.code, at=passage, rule="row")
        return None


def _only(row: Row) -> Cell | None:
    """The only cell of a row: a heading inside the list."""
    cells = {cell.start: cell for cell in row if cell and cell.plain}
    return next(iter(cells.values())) if len(cells) == 1 and len(row) > 2 else None
