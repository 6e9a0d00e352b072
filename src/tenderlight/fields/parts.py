"""What a notice leaves to its attachments: values that its own text does not state.

A page is often a shell around a tender document. What the page states itself always counts first;
an attachment is asked only for what is missing, the first one that states it is believed, and the
rule of the value says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec

from tenderlight.fields.excerpt import excerpt, moved
from tenderlight.model import Block, Cited, Fields, Problem, Reading

Finder = Callable[[Reading], Fields]

FILLED = (
    *("notice_type", "procedure", "title", "project_name", "project_number", "buyer", "agency"),
    *("published", "opening", "budget", "ceiling", "lots"),
)
"""Values of which a notice has one."""
WINNING = frozenset(("award", "candidates", "contract"))
"""Kinds of notices that name winners: elsewhere a table of suppliers in an attachment is a form."""
MOST_CHARACTERS = 1_000_000
"""Of the attachments that are searched for values, from the front; a long tender document has
300,000. Technologies and words are searched in all of them."""


def fill_from_parts(fields: Fields, reading: Reading, find: Finder) -> Fields:
    """The values, and those that only an attachment states.

    An attachment's awards count where the notice announces winners and names none, its items where
    the notice lists none. Problems of an attachment's values come with them.
    """
    beyond: list[str] = []
    searched = 0
    for name, blocks in _parts(reading):
        if not _is_wanting(fields):
            break
        searched += blocks[-1].end - blocks[0].start
        if searched > MOST_CHARACTERS:
            beyond.append(name)
            continue
        part, back = excerpt(reading, blocks)
        fields = _filled(fields, moved(find(part), back), name)
    if beyond:
        return msgspec.structs.replace(fields, problems=(*fields.problems, _beyond(beyond)))
    return fields


def _parts(reading: Reading) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Each part with text: its name and its blocks."""
    names = {part.name for part in reading.parts}
    for name, blocks in groupby(reading.blocks, key=attrgetter("part")):
        if name in names:
            yield name, tuple(blocks)


def _is_wanting(fields: Fields) -> bool:
    if any(getattr(fields, name) is None for name in FILLED):
        return True
    return not fields.items or not fields.awards


def _filled(fields: Fields, found: Fields, part: str) -> Fields:
    changes: dict[str, Any] = {}
    for name in FILLED:
        value = getattr(found, name)
        if getattr(fields, name) is None and value is not None:
            changes[name] = _told(value)
    kind = fields.notice_type or found.notice_type
    if not fields.awards and found.awards and kind is not None and kind.value in WINNING:
        changes["awards"] = found.awards
    if not fields.items and found.items:
        changes["items"] = found.items
    if not changes:
        return fields
    problems = tuple(
        msgspec.structs.replace(
            problem, where=f"{part}, {problem.where}" if problem.where else part
        )
        for problem in found.problems
    )
    return msgspec.structs.replace(fields, **changes, problems=(*fields.problems, *problems))


def _told(value: Cited[Any]) -> Cited[Any]:
    rule = f"{value.rule}, in an attachment" if value.rule else "in an attachment"
    return msgspec.structs.replace(value, rule=rule)


def _beyond(names: list[str]) -> Problem:
    return Problem(
        code="fields.long-attachments",
        what=f"{len(names)} attachments were not searched for the buyer, sums and the like: there "
        f"are more than {MOST_CHARACTERS:,} characters of them. Their words can be searched.",
        hint="Search them for what is missing.",
        where=", ".join(names[:5]),
    )
