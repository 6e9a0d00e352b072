"""The tables of purchases and organisations: one file for each table and bucket of groups.

A bucket that did not change keeps its files. New files have names of their own, the state names
them, then the old ones go: a reader sees the joins as they were before or after, never between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from tenderlight.corpus.derive import digest
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joining.file import JoinFile
from tenderlight.corpus.schemas import JOINED
from tenderlight.corpus.tables import Row, save_table

LENGTH = 12
"""Digits of a digest that stand in a file's name."""


def write_buckets(file: JoinFile, folder: Folder, kind: str, state: dict[str, str]) -> None:
    """Write the files of every bucket that changed, and enter them in the state."""
    for bucket in file.queue("unwritten", -1):
        rows = list(_rows(file, bucket))
        name = bucket_name(kind, bucket)
        if rows:
            state[name] = digest(*rows).hex()
            _write(rows, joined_parts(folder, name, state[name]))


def bucket_name(kind: str, bucket: int) -> str:
    """What the state calls a bucket.

    >>> bucket_name("purchase", 12)
    'purchase/000012'
    """
    return f"{kind}/{bucket:06}"


def joined_parts(folder: Folder, name: str, key: str) -> dict[str, Path]:
    """The file of each table for one bucket: `purchase/000012` has a `purchase`, a `member` …"""
    kind, bucket = name.split("/")
    return {
        table: folder.joined / table / f"{bucket}-{key[:LENGTH]}.parquet" for table in JOINED[kind]
    }


def joined_tables(folder: Folder, state: Mapping[str, str]) -> dict[str, list[Path]]:
    """The files of each table, in the order of their buckets."""
    tables: dict[str, list[Path]] = {table: [] for group in JOINED.values() for table in group}
    for name, key in sorted(state.items()):
        for table, path in joined_parts(folder, name, key).items():
            tables[table].append(path)
    return tables


def sweep_joined(folder: Folder, state: dict[str, str]) -> None:
    """Delete the files that the state no longer names."""
    named = {
        part for name, key in state.items() for part in joined_parts(folder, name, key).values()
    }
    for part in folder.joined.glob("*/*"):
        if part not in named:
            part.unlink(missing_ok=True)


def _rows(file: JoinFile, bucket: int) -> Iterable[bytes]:
    found = file.db.execute(
        "select rows from told join node on head = number where bucket = ? order by first, id",
        (bucket,),
    )
    return (bytes(rows) for (rows,) in found)


def _write(told: list[bytes], paths: dict[str, Path]) -> None:
    tables: dict[str, list[Row]] = {table: [] for table in paths}
    for rows in told:
        for table, some in msgspec.msgpack.decode(rows).items():
            tables[table] += some
    for table, path in paths.items():
        save_table(table, tables[table], path)
