"""The whole made-up corpus: purchases until there are notices enough, their fates, their files."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from bench.planted.further import with_further
from bench.planted.life import Life
from bench.planted.made import make_project, spots
from bench.planted.pages import page
from bench.planted.plan import Draft, Fate, World

UNDATED, BROKEN, GONE = 0.02, 0.004, 0.004
LOOKED_AT: dict[float, Fate] = {0.02: "removed", 0.04: "changed", 0.06: "unchanged"}
"""Below which chance a notice is looked at again, and what it is then."""
APART = 500
"""Days between two purchases of the same thing at one place (docs/purchases.md, what it cannot
know)."""
PER_FOLDER = 1_000
CAPTURED = "2026-01-05T02:00:00Z"


def make_world(notices: int, seed: int) -> World:
    """A little more than so many notices. The same seed makes the same world."""
    chance, world = Random(seed), World()
    at = spots(chance)
    known: dict[tuple[str, str], list[dt.date]] = {}
    number = 0
    while len(world.drafts) < notices:
        number += 1
        project = with_further(make_project(f"p{number}", at, chance), number)
        begun = known.setdefault((project.spot.code, project.thing.name), [])
        if any(abs((project.start - each).days) < APART for each in begun):
            continue  # the same again so soon: nobody can tell one purchase from two
        begun.append(project.start)
        life = Life(project, chance)
        life.live()
        world.drafts += _fated(life.drafts, chance)
        world.sums += life.sums
    _forget_withdrawn(world)
    elsewhere = {draft.same_bytes for draft in world.drafts}
    world.drafts = [_later(draft, draft.id in elsewhere) for draft in world.drafts]
    return world


def _later(draft: Draft, stands_elsewhere: bool) -> Draft:
    """What becomes of a notice after it was preserved, by a chance of its own."""
    if draft.fate or draft.broken or draft.same_bytes:
        return draft
    chance = Random(f"later {draft.id}").random()
    fate = next((LOOKED_AT[n] for n in LOOKED_AT if chance < n), "")
    return replace(draft, fate="moved" if fate == "removed" and stands_elsewhere else fate)


def _fated(drafts: list[Draft], chance: Random) -> list[Draft]:
    """What cannot be read, has no date, was withdrawn: only where it changes no other notice."""
    if len(drafts) == 1 and drafts[0].type == "tender":
        if chance.random() < UNDATED * 5:
            return [replace(drafts[0], date=None)]
        if chance.random() < GONE * 5:
            return [replace(drafts[0], fate="withdrawn")]
    if chance.random() < BROKEN and len(drafts) > 1:
        bad = replace(drafts[0], id=f"{drafts[0].id}-bad", url=drafts[0].url + "?bad", broken=True)
        return [*drafts, bad]
    return drafts


def _forget_withdrawn(world: World) -> None:
    gone = {draft.id for draft in world.drafts if draft.fate == "withdrawn"}
    world.sums = [each for each in world.sums if each.notice not in gone]


def write(world: World, folder: Path) -> Counter[str]:
    """Every notice as a file, with a manifest; how many of each layout."""
    count: Counter[str] = Counter()
    pages: dict[str, tuple[str, bytes]] = {}
    manifest = []
    for place, draft in enumerate(world.drafts):
        ending, payload = pages[draft.same_bytes] if draft.same_bytes else page(draft)
        if not draft.same_bytes:
            pages[draft.id] = ending, payload
        path = folder / f"{place // PER_FOLDER:03}" / f"{place:06}_{draft.id}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(payload)
        name = path.relative_to(folder).as_posix()
        manifest.append({"file": name, "url": draft.url, "captured": CAPTURED})
        count[draft.layout] += 1
    lines = "".join(json.dumps(line) + "\n" for line in manifest)
    (folder / "manifest.jsonl").write_text(lines, encoding="utf-8")
    return count
