"""Awards: who won which lot for how much, or ranked in a notice of candidates.

Read from tables, from labels and from sentences, in this order of trust. Bidders, scores and past
contracts are not awards; neither is the supplier whom a single-source notice intends. A notice of
a contract or of an acceptance holds the contractor. A price that is a rate, a unit price or a gap
keeps its print and has no amount.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from tenderlight.fields.awards_codes import find_codes
from tenderlight.fields.awards_labels import find_labelled
from tenderlight.fields.awards_lines import find_across, find_spaced
from tenderlight.fields.awards_prices import find_prices, price_unit
from tenderlight.fields.awards_prose import find_told
from tenderlight.fields.awards_records import Printed, Record, find_records
from tenderlight.fields.awards_stacked import find_stacked
from tenderlight.fields.awards_words import BIDDER, CANDIDATE, WINNER
from tenderlight.fields.lots import LINE_LOT, LOT, lot_key
from tenderlight.fields.money import Price
from tenderlight.fields.money_amounts import find_amounts
from tenderlight.fields.shapes import Layout
from tenderlight.model import Award, Cited, Problem, Reading, Rival
from tenderlight.plain import simplify

_HOLDS_AWARDS = ("candidates", "award", "contract", "acceptance")
_MAY_REPEAT = ("correction", "other", None)
_LOT_REACH = 600
"""How far, in characters, below the name of its lot a winner may stand."""
_BRACKETS = re.compile(r"[\s()\[\]{}《》“”\"'·,.、;:\-—_]+")


class FoundAwards(NamedTuple):
    """The awards of a notice, and what speaks against them."""

    awards: tuple[Award, ...] = ()
    problems: tuple[Problem, ...] = ()
    rivals: tuple[Rival, ...] = ()


def find_awards(reading: Reading, layout: Layout, notice_type: str | None) -> FoundAwards:
    """The awards of a notice in its order, and what was not certain about their prices.

    A notice without type, or a correction, gives only what stands under a winner's own label.
    """
    if notice_type not in _HOLDS_AWARDS and notice_type not in _MAY_REPEAT:
        return FoundAwards()
    records = _all_records(layout)
    if notice_type == "correction":
        records = [record for record in records if not _is_replaced(layout, record)]
    chosen = _choose(records, notice_type)
    if not chosen and notice_type in _HOLDS_AWARDS:
        chosen = find_told(layout, candidates=notice_type == "candidates")
    merged = _merge(layout, _with_lots(layout, _with_own_prices(layout, chosen)))
    return _told(reading, layout, merged)


def _told(reading: Reading, layout: Layout, records: Sequence[Record]) -> FoundAwards:
    """The awards that the records make, with their codes and what their prices leave open."""
    prices = find_prices(reading, layout, records)
    places = [(record.supplier.start, record.supplier.end) for record in records]
    codes, code_problems = find_codes(reading, layout, places)
    awards = tuple(
        _award(reading, record, priced, codes.get(record.supplier.start))
        for record, priced in zip(records, prices.each, strict=True)
    )
    return FoundAwards(awards, (*prices.problems, *code_problems), prices.rivals)


def _all_records(layout: Layout) -> list[Record]:
    """Records of tables and labels, in the order of the text.

    A line that is the row of a table printed in lines is not a label with its value.
    """
    rows = [*find_spaced(layout), *find_across(layout)]
    placed = {record.supplier.start for record in rows if record.price}
    labelled = [r for r in find_labelled(layout) if r.supplier.start not in placed]
    records = [*find_records(layout), *labelled, *find_stacked(layout), *rows]
    return sorted(records, key=lambda record: record.supplier.start)


def _is_replaced(layout: Layout, record: Record) -> bool:
    """True for a winner that a correction names as what was printed before."""
    ahead = layout.plain[max(0, record.supplier.start - 30) : record.supplier.start]
    return max(ahead.rfind(w) for w in ("原", "更正前")) > max(ahead.rfind(w) for w in ("现", "后"))


def _choose(records: Sequence[Record], notice_type: str | None) -> list[Record]:
    winners = [record for record in records if record.level == WINNER]
    if notice_type == "candidates":
        sure = [record for record in records if record.level >= CANDIDATE or record.rank]
        return sure if _names_several(sure) else list(records)
    if notice_type in ("award", "contract", "acceptance"):
        first = [r for r in winners if r.rank in (None, 1)]
        if first:
            return first
        others = [r for r in records if r.level == CANDIDATE and r.rank in (None, 1)]
        bidders = [r for r in records if r.level == BIDDER and r.rank in (None, 1)]
        return others or _sole(bidders)
    return winners


def _names_several(records: Sequence[Record]) -> bool:
    return len({record.supplier for record in records}) > 1


def _sole(bidders: Sequence[Record]) -> list[Record]:
    """Mere bidders are winners only where there are no more of them than lots."""
    ranked = [record for record in bidders if record.rank == 1]
    return ranked or list(bidders)


def _name(layout: Layout, record: Record) -> str:
    return _BRACKETS.sub("", layout.plain[record.supplier.start : record.supplier.end])


def _with_lots(layout: Layout, records: Sequence[Record]) -> list[Record]:
    """Records with the lot whose name opens a line above them, where there is more than one."""
    markers = [match.span("lot") for match in LINE_LOT.finditer(layout.plain)]
    ends = [end for _, end in markers]
    found: list[Record] = []
    for record in records:
        place = bisect_right(ends, record.supplier.start) - 1
        near = place >= 0 and record.supplier.start - ends[place] < _LOT_REACH
        lot = Printed(*markers[place]) if near else None
        named = record.lot and _is_lot(_text(layout, record.lot))
        found.append(record if named else record._replace(lot=lot))
    lots = {lot_key(layout.plain[r.lot.start : r.lot.end]) for r in found if r.lot}
    if len(lots) > 1:
        return found
    return [r if r.lot and _is_lot(_text(layout, r.lot)) else r._replace(lot=None) for r in records]


def _is_lot(printed: str) -> bool:
    """True for a lot's name or number; codes and names of projects are none."""
    folded = simplify(printed).strip()
    return len(folded) <= 16 and bool(LOT.search(folded) or (folded.isalnum() and len(folded) <= 3))


def _with_own_prices(layout: Layout, records: Sequence[Record]) -> list[Record]:
    """Names that share one value and one price: a consortium, or so many prices as names.

    Where neither fits, no name is given the price.
    """
    found: list[Record] = []
    for _, group in groupby(records, key=lambda record: record.price or record.supplier):
        together = list(group)
        price = together[0].price
        if price is None or len(together) == 1 or _is_spread(layout, together):
            found += together
            continue
        sums = [a for a in find_amounts(_text(layout, price), price_unit(price.label)) if a.value]
        if len(sums) == 1:
            supplier = Printed(together[0].supplier.start, together[-1].supplier.end)
            found.append(together[0]._replace(supplier=supplier))
        elif len(sums) == len(together):
            found += [
                _priced(r, price, a.start, a.end) for r, a in zip(together, sums, strict=True)
            ]
        else:
            found += [record._replace(price=None) for record in together]
    return found


def _priced(record: Record, price: Printed, start: int, end: int) -> Record:
    return record._replace(price=price._replace(start=price.start + start, end=price.start + end))


def _is_spread(layout: Layout, records: Sequence[Record]) -> bool:
    """True for names that do not stand in one value, as in rows below a cell that spans them."""
    pairs = pairwise(records)
    return any(two.supplier.start - one.supplier.end > 30 for one, two in pairs)


def _merge(layout: Layout, records: Iterable[Record]) -> list[Record]:
    """One record per supplier and lot: notices say the same in a summary and in a table."""
    merged: list[Record] = []
    places: dict[str, list[int]] = {}
    for record in records:
        known = places.setdefault(_name(layout, record), [])
        same = next((i for i in known if _is_same(layout, merged[i], record)), None)
        if same is None:
            known.append(len(merged))
            merged.append(record)
            continue
        first = merged[same]
        better = first.price is None or (
            record.price is not None and record.price.level > first.price.level
        )
        beside = first.price if better else record.price
        merged[same] = first._replace(
            price=record.price if better and record.price else first.price,
            lot=first.lot or record.lot,
            rank=first.rank or record.rank,
            others=(*first.others, *record.others, *([beside] if beside else [])),
        )
    return merged


def _is_same(layout: Layout, one: Record, other: Record) -> bool:
    """True for two records of one name that do not differ in lot, or in price within a table."""
    if one.lot and other.lot:
        return _lot(layout, one.lot) == _lot(layout, other.lot)
    if one.rule == other.rule == "column" and one.price and other.price:
        return _text(layout, one.price) == _text(layout, other.price)
    return True


def _lot(layout: Layout, lot: Printed) -> str:
    printed = _text(layout, lot)
    return lot_key(printed) or printed


def _text(layout: Layout, printed: Printed) -> str:
    return layout.text[printed.start : printed.end]


def _award(reading: Reading, record: Record, price: Price | None, code: Cited[str] | None) -> Award:
    supplier = reading.passage(record.supplier.start, record.supplier.end)
    printed = None
    if price is not None and price.end > price.start:
        printed = reading.passage(price.start, price.end)
    lot = record.lot
    at = reading.passage(lot.start, lot.end) if lot else None
    return Award(
        supplier=Cited(value=" ".join(supplier.text.split()), at=supplier, rule=record.rule),
        lot=Cited(value=" ".join(at.text.split()), at=at) if at else None,
        printed=printed,
        amount=price.money if price else None,
        why=price.why if price else None,
        code=code,
        rank=record.rank,
    )
