"""The cited notices for the pages: newest first, in pieces, each with what vouches for it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from tenderlight.editions.site.kept import BLOCKS, TEXT, First, Listed
from tenderlight.editions.site.pairs import Pairs, folds
from tenderlight.editions.site.shards import Shards
from tenderlight.exports.handover.pictures import value_of
from tenderlight.model import Block, Refused
from tenderlight.web.listing import division_label
from tenderlight.web.words import label_of

PIECE = 64
"""Notices in one piece, unless their texts are long."""
PIECE_TEXT = 300_000
HEADS = 1_000
LONGEST_VALUE = 300
USUAL = msgspec.to_builtins(Block(0, 0))


class Cited:
    """The notices in their order. Kept packed: a hundred thousand fit a laptop's memory.

    Those that only the coverage counts have numbers behind the cited ones.
    """

    def __init__(self, rows: Iterable[dict[str, Any]], listed: Sequence[Listed] = ()) -> None:
        packed: dict[str, tuple[str, bytes]] = {}
        for row in rows:
            if row["id"] in packed:
                raise Refused(f"The notice {row['id']} is there twice.", "Publish it again.")
            packed[row["id"]] = (
                row.get("published") or "",
                zlib.compress(msgspec.json.encode(row), 6),
            )
        self._packed = {id: row for id, (_, row) in packed.items()}
        order = sorted(packed)
        order.sort(key=lambda id: packed[id][0], reverse=True)
        self.ids = tuple(order)
        self.beside = [one for one in listed if one.id not in packed]
        self.beside.sort(key=lambda one: (one.published or "", one.id), reverse=True)
        every = (*order, *(one.id for one in self.beside))
        self.numbers = {id: number for number, id in enumerate(every)}
        self.listed = [self.numbers[one.id] for one in listed]
        """By line of `kept.LISTED`, the notice's number."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for id in self.ids:
            row: dict[str, Any] = msgspec.json.decode(zlib.decompress(self._packed[id]))
            yield row


def write_notices(
    cited: Cited,
    firsts: Mapping[str, First],
    pictures: Mapping[str, list[int]],
    used: Mapping[str, list[int]],
    shards: Shards,
    step: Callable[[], None],
) -> None:
    """Write `notices-0` …, `heads-0` …, `pairs-0` …, and `index`, which leads to them.

    `used` has for each notice the numbers of the figures that rest on it.
    """
    starts: list[int] = []
    heads: list[list[Any]] = []
    pairs = Pairs()
    for piece in _pieces(cited):
        starts.append(len(heads))
        told = [_notice(row, firsts, pictures, used) for row in piece]
        shards.write(f"notices-{len(starts) - 1}", told)
        pairs.add(len(starts) - 1, [row[TEXT] for row in piece])
        heads += [_head(row) for row in piece]
        for _ in piece:
            step()
    heads += [[one.title or one.id, one.buyer, one.published] for one in cited.beside]
    for first in range(0, len(heads), HEADS):
        shards.write(f"heads-{first // HEADS}", heads[first : first + HEADS])
    for number, found in pairs.buckets():
        shards.write(f"pairs-{number}", found)
    shards.write("index", {"ids": cited.ids, "starts": starts, "folds": folds()})


def _pieces(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    piece: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        long = len(row[TEXT])
        if piece and (len(piece) == PIECE or size + long > PIECE_TEXT):
            yield piece
            piece, size = [], 0
        piece.append(row)
        size += long
    if piece:
        yield piece


def _head(row: Mapping[str, Any]) -> list[Any]:
    """Title, buyer, day, digest of the document, moment of the capture, address, language."""
    evidence = row.get("evidence") or {}
    title = row.get("title") or row["file"]
    return [
        title, row.get("buyer"), row.get("published"), evidence.get("sha256"),
        evidence.get("captured"), row.get("url"), row.get("language"),
    ]  # fmt: skip


def _notice(
    row: Mapping[str, Any],
    firsts: Mapping[str, First],
    pictures: Mapping[str, list[int]],
    used: Mapping[str, list[int]],
) -> dict[str, Any]:
    place = division_label(row.get("county_code") or row.get("province_code"))
    kind = label_of("type", row.get("notice_type"))
    told = {
        "text": row[TEXT],
        "blocks": [_short(block) for block in row.get(BLOCKS, ())],
        "values": list(_values(row)),
        "place": [place.en, place.zh],
        "type": [kind.en, kind.zh],
        "file": row["file"],
        "source": row.get("source"),
        "first": firsts.get(row["id"]),
        "pictures": pictures.get(row["id"]),
        "figures": used.get(row["id"]),
        "watch": row.get("watch"),
    }
    return {name: value for name, value in told.items() if value}


def _short(block: list[Any]) -> list[Any]:
    """A block without what every block is unless it says otherwise (`model.Block`)."""
    last = len(block)
    while last > 2 and block[last - 1] == USUAL[last - 1]:
        last -= 1
    return block[:last]


def _values(row: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Each value: its field, itself (None: as printed), first and last character.

    >>> at = {"text": "12万元", "part": "body", "start": 4, "end": 8}
    >>> list(_values({"budget_cny": "120000", "passages": {"budget_cny": at}}))
    [['budget_cny', '120000', 4, 8]]
    """
    for field, at in row.get("passages", {}).items():
        if at["part"] == "manifest":
            continue
        value = str(value_of(row, field))[:LONGEST_VALUE]
        yield [field, None if value == at["text"] else value, at["start"], at["end"]]
