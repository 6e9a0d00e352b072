"""The process in which a question in SQL is answered: it opens the tables, then locks itself in.

python -m tenderlight.apart.asker_process SOCKET LIMITS NAME=FILE …

It has one thread. Of the tables it holds open files that can only be read; by the time that it
hears the question it can open, write and start nothing, and asks no other computer.
"""

from __future__ import annotations

import socket
import sys

import duckdb
import msgspec

from tenderlight.apart.asked_sql import NotAsked, check
from tenderlight.apart.asking import COLUMNS, Answered, AskLimits, Question, Refusal
from tenderlight.apart.channel import Channel, Gone, TooMuch
from tenderlight.apart.locks import address_space, limit_memory, limit_time, lock_in, lock_in_deeper
from tenderlight.apart.words import encode

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "preserve_insertion_order": True,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "temp_directory": "",
}


def main() -> None:
    """Answer one question."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, int(sys.argv[1]))
    limits = msgspec.json.decode(sys.argv[2], type=AskLimits)
    channel = Channel(line)
    con, tables = open_tables(sys.argv[3:], limits)
    memory = address_space() + limits.memory
    holds = lock_in(limits.files)
    lock_in_deeper()
    limit_memory(memory)
    channel.send(encode(Answered(holds=holds)))
    try:
        head, _ = channel.receive(limits.sql_bytes, 0, 0)
    except (Gone, TooMuch):
        return
    limit_time(limits.seconds)
    try:
        question = msgspec.msgpack.decode(head, type=Question)
        rows = answer(con, question.sql, tables, limits)
        said, blobs = Answered(holds=holds, rows=len(rows)), [msgspec.msgpack.encode(rows)]
        if len(blobs[0]) > limits.answer_bytes:
            raise NotAsked(f"its answer has more than {limits.answer_bytes >> 20} MB")
    except NotAsked as error:
        channel.send(encode(Refusal(what=str(error))))
    except MemoryError:
        channel.send(encode(Refusal(what=f"it takes more than {limits.memory >> 20} MB of memory")))
    except duckdb.Error as error:
        channel.send(encode(Refusal(what=_first_line(error))))
    else:
        channel.send(encode(said), blobs)


def open_tables(files: list[str], limits: AskLimits) -> tuple[duckdb.DuckDBPyConnection, list[str]]:
    """A database of read-only tables, which opens nothing else, and their names."""
    con = duckdb.connect(":memory:", config=SETTINGS)
    tables = []
    for number, (name, _, path) in enumerate(file.partition("=") for file in files):
        quoted = path.replace("'", "''")
        con.execute(f"attach '{quoted}' as t{number} (read_only)")
        con.execute(f'create view "{name}" as from t{number}."{name}"')
        tables.append(name)
    con.execute("set python_enable_replacements = false")
    con.execute(f"set memory_limit = '{limits.memory * 3 // 4}B'")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con, tables


def answer(
    con: duckdb.DuckDBPyConnection, sql: str, tables: list[str], limits: AskLimits
) -> list[tuple[object, ...]]:
    """The rows of one SELECT, in the columns of `COLUMNS`; what it does not have is None."""
    statements = con.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise NotAsked("it is not one SELECT")
    (tree,) = con.execute("select json_serialize_sql(?)", [sql]).fetchone() or ("{}",)
    check(tree, tables)
    (sql,) = con.execute("select json_deserialize_sql(?)", [tree]).fetchone() or ("",)
    asked = con.execute(f"select * from (\n{sql}\n) limit 0").description or []  # noqa: S608 - checked
    names = [column[0].lower() for column in asked]
    _check_names(names)
    columns = ", ".join(
        f'try_cast("{name}" as {kind}){_as_text(name)}' if name in names else "null"
        for name, kind in COLUMNS.items()
    )
    most = limits.rows + 1
    rows = con.execute(f"select {columns} from (\n{sql}\n) limit {most}").fetchall()  # noqa: S608
    if len(rows) == most:
        raise NotAsked(f"it gives more than {limits.rows:,} rows")
    return rows


def _as_text(name: str) -> str:
    """A measure is handed over as it would be printed: no fraction is lost on the way."""
    return "::varchar" if name == "measure" else ""


def _check_names(names: list[str]) -> None:
    missing = [name for name in ("row", "notice") if name not in names]
    if missing:
        raise NotAsked(f"it gives no column {' and no column '.join(missing)}")
    others = [name for name in names if name not in COLUMNS]
    if others or len(set(names)) != len(names):
        known = ", ".join(COLUMNS)
        raise NotAsked(f"it gives the columns {', '.join(names)}; known, once each, are {known}")


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0][:500] if str(error) else type(error).__name__


if __name__ == "__main__":
    main()
