"""The phase of a build after its batches: join what is new, and only what that touches."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from tenderlight.corpus.derive import digest
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joining.decisions import Joins, decided_pairs, read_joins
from tenderlight.corpus.joining.file import JoinFile
from tenderlight.corpus.joining.intake import settle_crowds, take_in
from tenderlight.corpus.joining.kind import Kind
from tenderlight.corpus.joining.work import encode, make_groups, make_pairs, tell_groups
from tenderlight.corpus.joining.write import (
    bucket_name,
    joined_parts,
    sweep_joined,
    write_buckets,
)
from tenderlight.corpus.schemas import JOINED
from tenderlight.corpus.state import State, load_state, save_state
from tenderlight.evidence.files import how_to_read

VERSION = 1
"""Raise it whenever the same pairs could now give other groups, or the file another shape."""

Ticks = Callable[[int], None]


def update_joining(
    folder: Folder, kinds: Mapping[Joins, Kind], tick: Ticks | None = None
) -> dict[str, int]:
    """Bring the joins up to the batches in place; gives how many groups of each kind there are.

    Can be killed at any moment: the next build goes on.

    `tick` is told of nodes and groups as they are done.
    """
    state = load_state(folder.state)
    batches = {
        number: (one.key, folder.batch(number)) for number, one in sorted(state.batches.items())
    }
    joined = dict(state.joined)
    counts: dict[str, int] = {}
    for about, kind in kinds.items():
        counts[about] = _update(folder, about, kind, batches, joined, tick)
    if joined != state.joined:
        state.joined = dict(sorted(joined.items()))
        save_state(folder.state, state)
    sweep_joined(folder, state.joined)
    for about in kinds:
        _written(folder, about)
    return counts


def _update(
    folder: Folder,
    about: Joins,
    kind: Kind,
    batches: Mapping[int, tuple[str, Path]],
    joined: dict[str, str],
    tick: Ticks | None,
) -> int:
    file = _open(folder.joining(about), kind)
    try:
        take_in(file, kind, batches)
        settle_crowds(file, kind.crowd)
        _decide(file, folder, about)
        for step in _steps(file, kind):
            for count in step:
                if tick:
                    tick(count)
        _forget(file, about, joined)
        if not _is_whole(folder, about, joined):
            file.db.execute("insert or ignore into unwritten select distinct bucket from told")
        write_buckets(file, folder, about, joined)
        file.commit()
        return int(file.db.execute("select count(*) from told").fetchone()[0])
    finally:
        file.close()


def _open(path: Path, kind: Kind) -> JoinFile:
    """The file; begun anew where it was made by another method."""
    columns = [f"{table}.{column}" for table, of in JOINED[kind.name].items() for column in of]
    method = f"{VERSION}/{kind.version}/{digest(*(c.encode() for c in columns)).hex()[:12]}"
    file = JoinFile(path)
    if file.meta("method") not in (None, method):
        file.close()
        for part in path.parent.glob(f"{path.name}*"):
            part.unlink()
        file = JoinFile(path)
    file.set_meta("method", method)
    file.commit()
    return file


def _steps(file: JoinFile, kind: Kind) -> Iterator[Iterator[int]]:
    yield make_pairs(file, kind)
    yield make_groups(file)
    yield tell_groups(file, kind)


def _decide(file: JoinFile, folder: Folder, about: Joins) -> None:
    """Enter what people decided; what is new or no longer so is grouped again."""
    wanted = _decided(folder, about)
    asked = "select first, second, same, strength, reasons from decided"
    known = set(file.db.execute(asked))
    for first, second, *_ in wanted ^ known:
        nodes = [node for id in (first, second) if (node := file.find(id))]
        file.wait("ungrouped", (node.number for node in nodes))
        file.db.execute("delete from decided where first = ? and second = ?", (first, second))
    file.db.executemany("insert or replace into decided values (?, ?, ?, ?, ?)", sorted(wanted))
    file.commit()


def is_joined(folder: Folder, about: Joins) -> bool:
    """Whether the joins hold what the batches in place say, and what people decided."""
    path = folder.joining(about)
    if not path.exists():
        return False
    state = load_state(folder.state)
    address = path.absolute().as_uri() + how_to_read(path)
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as db:
        taken = dict(db.execute("select batch, key from taken"))
        known = set(db.execute("select first, second, same, strength, reasons from decided"))
        waiting = db.execute("select exists (select 1 from unwritten)").fetchone()
    is_taken = taken == {number: one.key for number, one in state.batches.items()}
    return is_taken and waiting == (0,) and known == _decided(folder, about)


def _decided(folder: Folder, about: Joins) -> set[tuple[str, str, int, int, bytes]]:
    """What people decided, as the file has it."""
    return {
        (p.first, p.second, int(p.same), p.strength, encode(p.reasons))
        for p in decided_pairs(read_joins(folder.decisions), about).values()
    }


def _forget(file: JoinFile, about: Joins, joined: dict[str, str]) -> None:
    """Drop what the state has of buckets that are empty now."""
    asked = "select distinct bucket from told"
    kept = {bucket_name(about, bucket) for (bucket,) in file.db.execute(asked)}
    for name in [name for name in joined if name.startswith(f"{about}/") and name not in kept]:
        del joined[name]


def _is_whole(folder: Folder, about: Joins, joined: Mapping[str, str]) -> bool:
    """Whether every file that the state names is there."""

    return all(
        part.exists()
        for name, key in joined.items()
        if name.startswith(f"{about}/")
        for part in joined_parts(folder, name, key).values()
    )


def _written(folder: Folder, about: Joins) -> None:
    """The state names the buckets now: they need not be written again."""
    file = JoinFile(folder.joining(about))
    try:
        file.db.execute("delete from unwritten")
        file.commit()
    finally:
        file.close()


def joined_digests(state: State) -> list[str]:
    """What stands for all rows of purchases and organisations: in the order of their names."""
    return [key for _, key in sorted(state.joined.items())]
