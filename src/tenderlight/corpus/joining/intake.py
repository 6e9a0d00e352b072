"""Batches that are new or changed: their nodes and keys go into the file, old ones go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tenderlight.corpus.joining.file import JoinFile, key_digest
from tenderlight.corpus.joining.kind import Kind
from tenderlight.corpus.remember import BatchFile

encode = msgspec.msgpack.Encoder(order="deterministic").encode


def take_in(file: JoinFile, kind: Kind, batches: Mapping[int, tuple[str, Path]]) -> int:
    """Make the file hold what these batches hold, by number: key and file. How many were not so.

    A batch with the key that was taken in before is not opened.
    """
    taken = file.taken()
    gone = [batch for batch in taken if batch not in batches]
    stale = [batch for batch, (key, _) in batches.items() if taken.get(batch) != key]
    for batch in gone:
        _replace(file, kind, batch, {})
        file.db.execute("delete from taken where batch = ?", (batch,))
        file.commit()
    for batch in stale:
        key, path = batches[batch]
        _replace(file, kind, batch, _nodes_in(kind, path))
        file.db.execute("insert or replace into taken values (?, ?)", (batch, key))
        file.commit()
    return len(gone) + len(stale)


def settle_crowds(file: JoinFile, crowd: int) -> None:
    """Enter which keys too many nodes share; what such a key joined, or will, is paired anew."""
    file.db.executescript(
        f"""
        create temp table crowd as
            select key from touched join key using (key)
            group by key having count(*) > {int(crowd)};
        create temp table turned as
            select key from crowd where key not in (select key from crowded) union
            select key from crowded where key in (select key from touched)
                and key not in (select key from crowd);
        """  # noqa: S608
    )
    found = file.db.execute("select distinct node from turned join key using (key)")
    turned = [node for (node,) in found]
    _pair_anew(file, turned)
    file.db.executescript(
        """
        delete from crowded where key in (select key from turned);
        insert into crowded select key from turned join crowd using (key);
        delete from touched; drop table turned; drop table crowd;
        """
    )
    file.commit()


def _nodes_in(kind: Kind, path: Path) -> dict[str, tuple[int, bytes]]:
    """The nodes of a batch: where each is first seen in it, and its content."""
    nodes: dict[str, tuple[int, bytes]] = {}
    with BatchFile(path) as batch:
        for place, notice, result in batch.joining(kind.step):
            said = msgspec.msgpack.decode(result, type=kind.result)
            if said is None:
                continue
            for id, content in kind.nodes(notice, said):
                nodes.setdefault(id, (place, encode(content)))
    return nodes


def _replace(
    file: JoinFile, kind: Kind, batch: int, nodes: Mapping[str, tuple[int, bytes]]
) -> None:
    before = file.ids_in(batch)
    for id, (number, _) in before.items():
        if id not in nodes:
            file.db.execute("delete from seen where node = ? and batch = ?", (number, batch))
            _see_again(file, kind, number)
    for id, (place, content) in nodes.items():
        known = file.find(id)
        if known is None:
            number = _add(file, kind, id, content)
        else:
            number = known.number
            if known.content != content and not kind.varies:
                _change(file, kind, number, content)
            elif before.get(id) == (number, place) and not kind.varies:
                continue
        said = content if kind.varies else None
        file.db.execute(
            "insert or replace into seen values (?, ?, ?, ?)", (number, batch, place, said)
        )
        _see_again(file, kind, number)


def _see_again(file: JoinFile, kind: Kind, number: int) -> None:
    """Enter where a node is first seen now, and as what; one that is seen nowhere goes."""
    asked = "select place, content from seen where node = ? order by place limit 1"
    found = file.db.execute(asked, (number,)).fetchone()
    if found is None:
        _remove(file, number)
        return
    first, content = found
    if content is not None and content != file.node(number).content:
        _change(file, kind, number, content)
    changed = file.db.execute(
        "update node set first = ? where number = ? and first is not ?", (first, number, first)
    )
    if changed.rowcount:
        file.wait("ungrouped", [number])


def _add(file: JoinFile, kind: Kind, id: str, content: bytes) -> int:
    added = file.db.execute("insert into node (id, content) values (?, ?)", (id, content))
    number = int(added.lastrowid or 0)
    _enter_keys(file, kind, number, content)
    file.wait("unpaired", [number])
    return number


def _change(file: JoinFile, kind: Kind, number: int, content: bytes) -> None:
    file.db.execute("update node set content = ? where number = ?", (content, number))
    _drop_keys(file, number)
    _enter_keys(file, kind, number, content)
    _pair_anew(file, [number])


def _remove(file: JoinFile, number: int) -> None:
    _pair_anew(file, [number])
    _drop_keys(file, number)
    head = file.head_of(number)
    if head is not None:
        file.wait("ungrouped", (node.number for node in file.members(head)))
        file.wait("untold", [head])
    for table in ("unpaired", "ungrouped", "grouped"):
        file.db.execute(f"delete from {table} where node = ?", (number,))  # noqa: S608
    file.db.execute("delete from node where number = ?", (number,))


def _pair_anew(file: JoinFile, numbers: Iterable[int]) -> None:
    """Forget the pairs of these nodes; who was in them is grouped again."""
    for number in numbers:
        file.db.execute(
            "insert or ignore into ungrouped select second from pair where first = ? "
            "union select first from pair where second = ?",
            (number, number),
        )
        file.db.execute("delete from pair where first = ? or second = ?", (number, number))
        file.wait("unpaired", [number])


def _enter_keys(file: JoinFile, kind: Kind, number: int, content: bytes) -> None:
    said: Any = msgspec.msgpack.decode(content, type=kind.content)
    digests = [(key_digest(key), number) for key in kind.keys(said)]
    file.db.executemany("insert or ignore into key values (?, ?)", digests)
    file.db.executemany(
        "insert or ignore into touched values (?)", [(digest,) for digest, _ in digests]
    )


def _drop_keys(file: JoinFile, number: int) -> None:
    file.db.execute("insert or ignore into touched select key from key where node = ?", (number,))
    file.db.execute("delete from key where node = ?", (number,))
