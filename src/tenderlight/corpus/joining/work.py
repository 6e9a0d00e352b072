"""Pairs for nodes that have none yet, groups where pairs changed, rows where groups changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from tenderlight.corpus.joining.file import JoinFile, Node
from tenderlight.corpus.joining.kind import Kind, Seen
from tenderlight.grouping import Reason, group

encode = msgspec.msgpack.Encoder(order="deterministic").encode
AT_ONCE = 500
"""Nodes or groups between two commits: what a killed build may have to do again."""
BUCKET = 20_000
"""Groups whose first nodes lie within so many lines of the ledger share the files of a table."""


def make_pairs(file: JoinFile, kind: Kind) -> Iterator[int]:
    """Hold every node that waits against those that share a key; gives how many were, in steps."""
    contents = _contents(file, kind)
    waiting = {n for n in file.queue("unpaired", -1)}
    while numbers := file.queue("unpaired", AT_ONCE):
        rows = []
        for number in numbers:
            # A later node that waits too meets this one when its turn comes.
            others = [o for o in _beside(file, number) if not (o > number and o in waiting)]
            for other in others:
                if row := _held(kind, contents, min(number, other), max(number, other)):
                    rows.append(row)
            waiting.discard(number)
        file.db.executemany("insert or replace into pair values (?, ?, ?, ?, ?)", rows)
        file.wait("ungrouped", numbers)
        file.done("unpaired", numbers)
        file.commit()
        yield len(numbers)


def make_groups(file: JoinFile) -> Iterator[int]:
    """Group every node that waits anew, with all that pairs lead to from it."""
    decided = file.is_decided()
    while numbers := file.queue("ungrouped", AT_ONCE):
        left = set(numbers)
        while left:
            nodes = _reached(file, left.pop(), decided)
            left -= nodes.keys()
            _regroup(file, nodes)
            file.done("ungrouped", nodes)
        file.commit()
        yield len(numbers)


def tell_groups(file: JoinFile, kind: Kind) -> Iterator[int]:
    """The rows of every group that changed."""
    while heads := file.queue("untold", AT_ONCE):
        for head in heads:
            _tell(file, kind, head)
        file.done("untold", heads)
        file.commit()
        yield len(heads)


def _contents(file: JoinFile, kind: Kind) -> Any:
    decode = msgspec.msgpack.Decoder(kind.content).decode

    @lru_cache(maxsize=20_000)
    def content(number: int) -> tuple[str, Any]:
        node = file.node(number)
        return node.id, decode(node.content)

    return content


def _beside(file: JoinFile, number: int) -> list[int]:
    found = file.db.execute(
        "select distinct other.node from key mine join key other using (key) "
        "where mine.node = ? and other.node <> mine.node "
        "and not exists (select 1 from crowded where crowded.key = mine.key)",
        (number,),
    )
    return [other for (other,) in found]


def _held(kind: Kind, contents: Any, first: int, second: int) -> tuple[Any, ...] | None:
    """Two nodes held against each other, as a row of `pair`; None where nothing tells."""
    (one, said), (other, also) = contents(first), contents(second)
    found = kind.compare(one, said, other, also)
    if found is None:
        return None
    reasons = found.reasons
    if found.first != one:  # reasons are kept in the order of the numbers
        reasons = tuple(Reason(rule=r.rule, first=r.second, second=r.first) for r in reasons)
    return (first, second, found.same, found.strength, encode(reasons))


def _reached(file: JoinFile, start: int, decided: bool) -> dict[int, Node]:
    """A node, and every node that pairs saying "same" lead to from it, by number."""
    nodes = {start: file.node(start)}
    waiting = [start]
    while waiting:
        number = waiting.pop()
        for other in file.same_as(number, nodes[number].id, decided=decided):
            if other not in nodes:
                nodes[other] = file.node(other)
                waiting.append(other)
    return nodes


def _regroup(file: JoinFile, nodes: dict[int, Node]) -> None:
    """Put these nodes, which nothing outside is paired with, into their groups."""
    ids = {number: node.id for number, node in nodes.items()}
    by_id = {node.id: node for node in nodes.values()}
    before = {head for number in nodes if (head := file.head_of(number)) is not None}
    # Who shared a group with one of these before is here too, or waits to be grouped itself.
    now = set()
    for group_ids in group(by_id, file.pairs_among(ids, why=False)):
        members = sorted((by_id[id] for id in group_ids), key=_first_seen)
        now.add(members[0].number)
        file.db.executemany(
            "insert or replace into grouped values (?, ?)",
            [(node.number, members[0].number) for node in members],
        )
    file.wait("untold", before | now)


def _first_seen(node: Node) -> tuple[int, str]:
    return (node.first, node.id)


def _tell(file: JoinFile, kind: Kind, head: int) -> None:
    """Tell a group anew; its bucket is written again only if that says something else."""
    asked = "select bucket, rows from told where head = ?"
    before = file.db.execute(asked, (head,)).fetchone()
    members = file.members(head)
    now = None
    if members:
        rows = encode(kind.tell([_seen(kind, node) for node in members]))
        now = (members[0].first // BUCKET, rows)
    if now == before:
        return
    file.db.execute("delete from told where head = ?", (head,))
    if now is not None:
        file.db.execute("insert into told values (?, ?, ?)", (head, *now))
    file.wait("unwritten", (bucket for bucket, _ in filter(None, (before, now))))


def _seen(kind: Kind, node: Any) -> Seen:
    said = msgspec.msgpack.decode(node.content, type=kind.content)
    return Seen(id=node.id, place=node.first, content=said)
