"""The tables that figures are made from: one Parquet file for each table and batch.

Every text in them is masked already. Amounts are DECIMAL: a sum of doubles gives another figure
each time. Rows are sorted by the place of their notice in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tenderlight.corpus.schemas import COUNT, JOINED_SCHEMAS, SCHEMAS, SIZE, TEXT, TRUTH

Row = dict[str, Any]
Tables = Mapping[str, list[Row]]


def empty_tables() -> dict[str, list[Row]]:
    """No rows yet, for every table."""
    return {name: [] for name in SCHEMAS}


def save_tables(tables: Tables, paths: Mapping[str, Path]) -> None:
    """Write each table's part to its file, whole or not at all."""
    for name in SCHEMAS:
        save_table(name, tables[name], paths[name])


def save_table(name: str, rows: Sequence[Row], path: Path) -> None:
    """Write rows of one table to a file, whole or not at all."""
    columns = SCHEMAS.get(name) or JOINED_SCHEMAS[name]
    arrays = [
        pa.array(_fitted([row.get(column) for row in rows], kind), type=kind)
        for column, kind in columns.items()
    ]
    table = pa.Table.from_arrays(arrays, schema=pa.schema(list(columns.items())))
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    pq.write_table(table, new, compression="zstd")
    new.replace(path)


def view_of(name: str, paths: Sequence[Path], columns: Mapping[str, Any]) -> str:
    """SQL that makes a view of a table out of its parts; an empty one where there are none."""
    if paths:
        files = ", ".join("'" + str(path.absolute()).replace("'", "''") + "'" for path in paths)
        return f"create view {name} as select * from read_parquet([{files}])"  # noqa: S608
    empty = ", ".join(f'null::{_sql(kind)} as "{column}"' for column, kind in columns.items())
    return f"create view {name} as select {empty} where false"


def _fitted(values: list[Any], kind: Any) -> list[Any]:
    """A column; amounts with the places that the table keeps, None for what no purchase can cost.

    A remembered row has its amounts as text.
    """
    if not pa.types.is_decimal(kind):
        return values
    return [
        _rounded(Decimal(v) if isinstance(v, str) else v, kind)
        if isinstance(v, (str, Decimal))
        else v
        for v in values
    ]


def _rounded(value: Decimal, kind: Any) -> Decimal | None:
    if not value.is_finite() or abs(value) >= Decimal(10) ** (kind.precision - kind.scale):
        return None
    return value.quantize(Decimal(1).scaleb(-kind.scale))


def _sql(kind: Any) -> str:
    names = {TEXT: "varchar", COUNT: "integer", SIZE: "bigint", TRUTH: "boolean"}
    if pa.types.is_list(kind):
        return f"{names[kind.value_type]}[]"
    return names.get(kind) or f"decimal({kind.precision}, {kind.scale})"
