"""What happened between two editions, beside their numbers: what came, went and was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from tenderlight.editions.difference.change import Change
from tenderlight.editions.difference.contents import Contents

DOCUMENTS = "coverage/documents"
TURNED = {"coverage/removed": "removed", "coverage/changed": "changed"}


class Since(msgspec.Struct, frozen=True, kw_only=True):
    """For each cause of a difference the notices that it is true of."""

    known_was: frozenset[str]
    """All notices of the earlier corpus, cited or not."""
    known_now: frozenset[str]
    knows_all: bool
    """False where an edition lists only the notices that it cites: too many stand beside them."""
    cited: frozenset[str]
    """Those behind a number of the earlier edition."""
    withdrawn: frozenset[str]
    decided: frozenset[str]
    joined: frozenset[str]
    turned: dict[str, str]
    """Cited notices that their portal removed or changed since, and which of the two."""
    rewritten: tuple[str, ...]
    is_read_anew: bool
    """Whether a step's version or a definition changed."""


def since(was: Contents, now: Contents) -> Since:
    """What happened in between."""
    one, other = _notices(was), _notices(now)
    before, after = was.manifest.method, now.manifest.method
    later = {name: _later(was, now, name) for name in _files(was, now)}
    return Since(
        known_was=one.known,
        known_now=other.known,
        knows_all=one.is_listed and other.is_listed,
        cited=one.cited,
        withdrawn=frozenset(_named(later.get("withdrawals.jsonl", ()), "id", "captures")),
        decided=frozenset(_named(later.get("reviews.jsonl", ()), "notice")),
        joined=frozenset(_named(later.get("joins.jsonl", ()), "one", "other")),
        turned={
            notice: verdict
            for notice, verdict in other.turned.items()
            if notice in one.cited and one.turned.get(notice) != verdict
        },
        rewritten=tuple(name for name in _files(was, now) if _is_rewritten(was, now, name)),
        is_read_anew=(before.steps, before.definitions) != (after.steps, after.definitions),
    )


def changes(was: Mapping[str, str], now: Mapping[str, str]) -> tuple[Change, ...]:
    """What two lists of named things do not have in common.

    >>> [(each.name, each.was, each.now) for each in changes({"a": "1"}, {"a": "2", "b": "3"})]
    [('a', '1', '2'), ('b', None, '3')]
    """
    return tuple(
        Change(name=name, was=was.get(name), now=now.get(name))
        for name in sorted({*was, *now})
        if was.get(name) != now.get(name)
    )


class _Notices(NamedTuple):
    known: frozenset[str]
    is_listed: bool
    cited: frozenset[str]
    turned: dict[str, str]


def _notices(of: Contents) -> _Notices:
    """All notices; those behind a number; and those that their portal removed or changed."""
    known: set[str] = set()
    cited: set[str] = set()
    turned: dict[str, str] = {}
    is_listed = False
    for figure in of.manifest.figures:
        for behind in of.behind(figure):
            ids = {one.notice for one in behind.proofs}
            if behind.key == DOCUMENTS:
                known |= ids
                is_listed = True
            elif behind.key in TURNED:
                turned |= dict.fromkeys(ids, TURNED[behind.key])
            elif not behind.key.startswith("coverage/"):
                cited |= ids
    return _Notices(frozenset(known | cited), is_listed, frozenset(cited), turned)


def _files(was: Contents, now: Contents) -> list[str]:
    return sorted({each.name for each in (*was.manifest.decisions, *now.manifest.decisions)})


def _later(was: Contents, now: Contents, name: str) -> list[dict[str, Any]]:
    """The decisions that the later edition has and the earlier one has not, in any order."""
    before = set(was.decisions(name))
    return [
        decoded for line in now.decisions(name) if line not in before and (decoded := _line(line))
    ]


def _is_rewritten(was: Contents, now: Contents, name: str) -> bool:
    """Whether a line is gone. A withdrawal takes the words out of lines about it: these stay."""
    kept = [_bare(line) for line in now.decisions(name)]
    left = dict.fromkeys(kept)
    return any(_bare(line) not in left for line in was.decisions(name))


def _bare(line: bytes) -> str:
    """What a line keeps when a withdrawal takes its words: when and by whom it was decided."""
    told = _line(line)
    return f"{told.get('decided')} {told.get('made')} {told.get('by')}" if told else ""


def _line(line: bytes) -> dict[str, Any]:
    try:
        decoded = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _named(lines: Iterable[Mapping[str, Any]], *keys: str) -> Iterable[str]:
    for line in lines:
        for key in keys:
            value = line.get(key)
            found = value if isinstance(value, list) else [value]
            yield from (each for each in found if isinstance(each, str))
