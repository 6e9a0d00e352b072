"""What `diff` says."""

from __future__ import annotations

from collections.abc import Iterable

from tenderlight.cli.speak import note, say, say_json
from tenderlight.editions.difference import Change, Difference, FigureChange, NumberChange
from tenderlight.editions.difference.change import CAUSES

LONGEST_TITLE = 60


def difference(found: Difference, limit: int, as_json: bool) -> None:
    """All of it: first what moved, then what may have moved it."""
    if as_json:
        say_json(found)
        return
    say(f"Edition {found.was} ({found.was_as_of}) beside {found.now} ({found.now_as_of})")
    if found.is_same:
        say("No number moved.")
    for figure in found.figures:
        _figure(figure, limit)
    _names("Figures that the later one does not have", found.only_was)
    _names("Figures that the earlier one does not have", found.only_now)
    _changes("Method", found.method)
    _changes("Decisions: lines and digest", found.decisions)
    if found.ledger:
        _changes("Evidence: lines of the ledger and its head", (found.ledger,))
    note(f"{found.collected:,} notices collected since, {len(found.withdrawn):,} withdrawn.")
    _names("Cited and withdrawn since", found.cited_withdrawn)
    _names("Cited and since", (f"{each.now}: {each.name}" for each in found.cited_since))
    if found.is_extended is False:
        say()
        say(
            "THE EVIDENCE IS NOT THAT OF THE EDITION: its ledger's last line is not there any more."
        )
    _names("DECISIONS THAT ARE GONE OR ALTERED, in", found.rewritten)


def _figure(figure: FigureChange, limit: int) -> None:
    if not figure.numbers:
        return
    words = ", ".join(f"{key} {value}" for key, value in figure.words.items())
    say()
    say(f"{figure.en}" + (f" ({words})" if words else ""))
    if figure.counted:
        say("  This figure is counted in another way than then.")
    for number in figure.numbers:
        _number(number, limit)
    say(f"  {figure.same:,} numbers are the same from the same notices.")


def _number(number: NumberChange, limit: int) -> None:
    why = ", ".join(f"{count:,} {CAUSES[cause].en}" for cause, count in number.causes.items())
    moved = f"{number.was or 'nothing'} -> {number.now or 'nothing'}"
    say(f"  {number.row.en} / {number.column.en}: {moved}   ({why})")
    for one in number.moved[:limit]:
        title = (one.title or "")[:LONGEST_TITLE]
        added = f"{one.was or '-'} -> {one.now or '-'}"
        say(f"    {one.notice}  {added}  {CAUSES[one.cause].en}  {title}")
    left = number.notices - len(number.moved[:limit])
    if left:
        say(f"    … and {left:,} more")


def _changes(head: str, changes: tuple[Change, ...]) -> None:
    if not changes:
        return
    say()
    say(head)
    for each in changes:
        say(f"  {each.name}: {each.was or 'not there'} -> {each.now or 'not there'}")


def _names(head: str, names: Iterable[str]) -> None:
    told = tuple(names)
    if told:
        say()
        say(f"{head}: {len(told):,}")
        for name in told:
            say(f"  {name}")
