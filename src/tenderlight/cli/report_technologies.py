"""What the commands about definitions say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from tenderlight.cli.speak import note, say, say_json, table
from tenderlight.corpus.trying_kinds import CHANGES, KindTried, NameTried
from tenderlight.model import Problem
from tenderlight.technologies import BuyerKind, Definition
from tenderlight.technologies.check import TALLIED, Checked, Sighting
from tenderlight.technologies.files import BUYERS
from tenderlight.technologies.pages import word_lists

LEFT = "left"


class Tried(NamedTuple):
    """What came of trying definitions on so many notices."""

    notices: int
    definitions: tuple[Checked, ...]
    buyers: tuple[KindTried, ...]

    @property
    def right(self) -> bool:
        """Whether every example of every definition is met."""
        met = (each.right for one in self.definitions for each in one.examples)
        return all(met) and all(one.right for one in self.buyers)


def listed(definitions: Sequence[Definition | BuyerKind], as_json: bool) -> None:
    """Every definition on a line."""
    if as_json:
        say_json(definitions)
        return
    table(
        [("kind", LEFT), ("id", LEFT), ("English", LEFT), ("中文", LEFT), ("meaning", LEFT)],
        [[_kind(one), one.id, one.en, one.zh, one.meaning_en] for one in definitions],
    )
    note(f"{len(definitions):,} definitions")


def _kind(one: Definition | BuyerKind) -> str:
    return one.kind if isinstance(one, Definition) else BUYERS


def shown(definitions: Sequence[Definition | BuyerKind], as_json: bool) -> None:
    """Definitions in full."""
    if as_json:
        say_json(definitions)
        return
    for number, one in enumerate(definitions):
        if number:
            say()
        say(f"{_kind(one)}/{one.id}  {one.en} · {one.zh}")
        say(one.meaning_en)
        say(one.meaning_zh)
        for heading, words in word_lists(one):
            say(f"\n{heading}\n  {' · '.join(words)}")
        say("\nExamples")
        for example in _examples(one):
            say(f"  {example}")
        for source in one.sources:
            say(f"Source: {source}")


def _examples(one: Definition | BuyerKind) -> list[str]:
    if isinstance(one, BuyerKind):
        return [f"{each.kind or 'nothing'}: {each.name}" for each in one.examples]
    return [
        f"{each.found}: {' / '.join(filter(None, (each.title, each.text)))}"
        for each in one.examples
    ]


def checked(tried: Tried, problems: Sequence[Problem], limit: int, as_json: bool) -> None:
    """What came of trying definitions: files, examples, notices, names."""
    if as_json:
        kept = [msgspec.structs.replace(one, **_cut(one, limit)) for one in tried.definitions]
        named = [msgspec.structs.replace(one, names=_few(one, limit)) for one in tried.buyers]
        told = {"notices": tried.notices, "definitions": kept, "buyers": named}
        say_json(told | {"problems": problems})
        return
    for problem in problems:
        say(f"not understood: {problem.what} {problem.hint}")
    for one in tried.definitions:
        _told(one, limit)
    for kind in tried.buyers:
        _named(kind, limit)
    count = len(tried.definitions) + len(tried.buyers)
    note(f"{count:,} definitions tried on {tried.notices:,} notices; nothing was changed.")


def _few(kind: KindTried, limit: int) -> tuple[NameTried, ...]:
    """Of each change as many names as are wanted."""
    return tuple(
        one
        for holds in CHANGES.values()
        for one in [each for each in kind.names if holds(each, kind.id)][:limit]
    )


def _named(kind: KindTried, limit: int) -> None:
    say(f"\n{BUYERS}/{kind.id}  {kind.en} · {kind.zh}")
    wrong = [one for one in kind.examples if one.wanted != one.found]
    say(f"  examples: {len(kind.examples) - len(wrong)} of {len(kind.examples)} are met")
    for one in wrong:
        say(f"    wanted {one.wanted or 'nothing'}, found {one.found or 'nothing'}: {one.name}")
    say("  names: " + ", ".join(f"{count:,} {change}" for change, count in kind.counts.items()))
    for name in _few(kind, limit):
        became = name.now or "nothing"
        was = f" (was {name.was or 'nothing'})" if name.was != name.now else ""
        say(f"    {became}{was}: {name.name}, in {name.notices:,} notices")


def _cut(one: Checked, limit: int) -> dict[str, object]:
    """Of each change, and of what is left out, as many as are wanted."""
    sightings = [each for change in TALLIED for each in _of(one, change)[:limit]]
    return {"sightings": tuple(sightings), "left_out": one.left_out[:limit]}


def _of(one: Checked, change: str) -> list[Sighting]:
    return [each for each in one.sightings if each.change == change]


def _told(one: Checked, limit: int) -> None:
    say(f"\n{one.kind}/{one.id}  {one.en} · {one.zh}")
    wrong = [each for each in one.examples if not each.right]
    say(f"  examples: {len(one.examples) - len(wrong)} of {len(one.examples)} are met")
    for each in wrong:
        text = " / ".join(filter(None, (each.title, each.text)))
        say(f"    wanted {each.wanted}, found {each.found}: {text}")
    counts = ", ".join(f"{one.counts[change]:,} {change}" for change in TALLIED)
    found = ", ".join(f"{count:,} {said}" for said, count in sorted(one.relations.items()))
    say(f"  notices: {counts}" + (f" ({found})" if found else ""))
    for change in TALLIED:
        for sighting in _of(one, change)[:limit]:
            _sighted(sighting)
    if one.company:
        say(f"  near by: {_counted(one.company)}")
    if one.beside:
        say(f"  in the same notices: {_counted(one.beside)}")
    if one.left_out_count:
        say(f"  left out in {one.left_out_count:,} notices:")
    for left in one.left_out[:limit]:
        say(f"    {left.notice} “{left.word}”: {left.why}\n      {left.sentence}")


def _sighted(sighting: Sighting) -> None:
    was = f" (was {sighting.was})" if sighting.change in ("changed", "gone") else ""
    why = f": {sighting.rule}" if sighting.rule else ""
    say(f"    {sighting.change} {sighting.notice} {sighting.now}{was}{why}")
    say(f"      “{sighting.word}”  {sighting.sentence or sighting.title}")


def _counted(words: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{word} {count:,}" for word, count in words)


__all__ = ["Checked", "Tried", "checked", "listed", "shown"]
