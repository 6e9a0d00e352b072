"""What the commands about definitions say."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tenderlight.cli.speak import note, say, say_json, table
from tenderlight.model import Problem
from tenderlight.technologies import Definition
from tenderlight.technologies.check import TALLIED, Checked, Sighting
from tenderlight.technologies.pages import word_lists

LEFT = "left"


def listed(definitions: Sequence[Definition], as_json: bool) -> None:
    """Every definition on a line."""
    if as_json:
        say_json(definitions)
        return
    table(
        [("kind", LEFT), ("id", LEFT), ("English", LEFT), ("中文", LEFT), ("meaning", LEFT)],
        [[one.kind, one.id, one.en, one.zh, one.meaning_en] for one in definitions],
    )
    note(f"{len(definitions):,} definitions")


def shown(definitions: Sequence[Definition], as_json: bool) -> None:
    """Definitions in full."""
    if as_json:
        say_json(definitions)
        return
    for number, one in enumerate(definitions):
        if number:
            say()
        say(f"{one.kind}/{one.id}  {one.en} · {one.zh}")
        say(one.meaning_en)
        say(one.meaning_zh)
        for heading, words in word_lists(one):
            say(f"\n{heading}\n  {' · '.join(words)}")
        say("\nExamples")
        for example in one.examples:
            say(f"  {example.found}: {' / '.join(filter(None, (example.title, example.text)))}")
        for source in one.sources:
            say(f"Source: {source}")


def checked(
    notices: int,
    told: Sequence[Checked],
    problems: Sequence[Problem],
    limit: int,
    as_json: bool,
) -> None:
    """What came of trying definitions: files, examples, notices."""
    if as_json:
        kept = [msgspec.structs.replace(one, **_cut(one, limit)) for one in told]
        say_json({"notices": notices, "definitions": kept, "problems": problems})
        return
    for problem in problems:
        say(f"not understood: {problem.what} {problem.hint}")
    for one in told:
        _told(one, limit)
    note(f"{len(told):,} definitions tried on {notices:,} notices; nothing was changed.")


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


__all__ = ["Checked", "checked", "listed", "shown"]
