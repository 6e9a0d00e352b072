"""What `specifications` says: leads, and one lead with both texts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tenderlight.cli.speak import note, say, say_json
from tenderlight.corpus.likeness.read import Lead, Opened, Piece, Side


class Leads(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for programs."""

    total: int
    leads: tuple[Lead, ...]


def listed(found: tuple[Lead, ...], total: int, as_json: bool) -> None:
    """Leads, those with the most rare wording first."""
    if as_json:
        say_json(Leads(total=total, leads=found))
        return
    for lead in found:
        _lead(lead)
    more = "" if total <= len(found) else f", the first {len(found):,} shown"
    say(f"{total:,} leads{more}")
    if found:
        note("Open one: --lead ID shows both texts side by side.")


def opened(found: Opened, as_json: bool) -> None:
    """One lead: each line of the first text, and below it what stands beside it in the second."""
    if as_json:
        say_json(found)
        return
    _lead(found.lead)
    say("What only one of them has stands in 【…】.")
    for row in found.rows:
        say(f"1  {_line(row.first)}")
        say(f"2  {_line(row.second)}")


def _lead(lead: Lead) -> None:
    share = f"{lead.share * 100:.0f} % of the shorter text"
    say(f"{lead.id}  {lead.shared:,} letters in common, {share}")
    for side in (lead.first, lead.second):
        _side(side)
    if lead.buyers > 2:
        note(f"    {lead.buyers} buyers have texts of this family ({lead.family})")
    if lead.same_supplier:
        say("    one supplier won both")
    if lead.same_agency:
        note("    one agency wrote both: the text may be the agency's")


def _side(side: Side) -> None:
    said = [side.published, side.buyer, side.title, side.heading]
    say(f"    {side.notice}  " + " · ".join(part for part in said if part))
    if side.suppliers:
        note("        won by " + ", ".join(side.suppliers))


def _line(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text if piece.shared else f"【{piece.text}】" for piece in pieces)
