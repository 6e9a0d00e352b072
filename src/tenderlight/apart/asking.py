"""A question in SQL, answered in a process apart: as seen from the process that asks."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tenderlight.apart.channel import Channel, Gone, TooLate, TooMuch
from tenderlight.apart.starting import ASKER, Started, cannot_start
from tenderlight.apart.words import Holds, encode
from tenderlight.model import Refused

COLUMNS = {
    "row": "varchar",
    "column": "varchar",
    "notice": "varchar",
    "measure": "decimal(24, 4)",
    "part": "varchar",
    "start_at": "integer",
    "end_at": "integer",
}
"""What a question may give: `row` and `notice` it must."""
Row = tuple[str | None, str | None, str | None, str | None, str | None, int | None, int | None]
_rows = msgspec.msgpack.Decoder(list[Row])


class AskLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one question may take. Tests lower them."""

    seconds: int = 30
    """Processor time. Counting a million notices by year takes under 2."""
    wall_seconds: float = 60.0
    memory: int = 2 << 30
    """Address space beyond what the process has when it has opened the tables."""
    rows: int = 2_000_000
    """Of the answer: one for each notice that adds to a number."""
    answer_bytes: int = 400 << 20
    sql_bytes: int = 100_000
    files: int = 64
    start_seconds: float = 60.0


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What the process is asked."""

    sql: str


class Answered(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It is there; or it has the answer, which follows."""

    holds: Holds
    rows: int = -1


class Refusal(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The question may not be asked, or cannot be answered."""

    what: str


_said = msgspec.msgpack.Decoder(Answered | Refusal)
HINT = "docs/views.md says what may be asked, and of which views."


def ask(
    sql: str, tables: Mapping[str, Path], limits: AskLimits | None = None
) -> tuple[list[Row], Holds]:
    """The rows of a question over tables, each the one in a DuckDB file; and which locks held.

    Refuses (Refused) what is not one SELECT of what counts, and what takes too much.
    """
    limits = limits or AskLimits()
    files = tuple(f"{name}={path.resolve()}" for name, path in sorted(tables.items()))
    started = Started(ASKER, limits, socket.SOCK_STREAM, files)
    try:
        return _asked(sql, Channel(started.line), limits)
    except TooLate:
        raise _too_much(limits) from None
    except (Gone, TooMuch, msgspec.DecodeError) as error:
        started.end()
        if started.process.returncode < 0:
            raise _too_much(limits) from error
        raise Refused("The question broke off the process that answers it.", HINT) from error
    finally:
        started.end()


def _asked(sql: str, channel: Channel, limits: AskLimits) -> tuple[list[Row], Holds]:
    head, _ = channel.receive(1 << 20, 0, 0, time.monotonic() + limits.start_seconds)
    ready = _said.decode(head)
    if not isinstance(ready, Answered):
        raise cannot_start()
    until = time.monotonic() + limits.wall_seconds
    channel.send(encode(Question(sql=sql)), (), until)
    head, blobs = channel.receive(1 << 20, 1, limits.answer_bytes, until)
    said = _said.decode(head)
    if isinstance(said, Refusal):
        raise Refused(f"The question cannot be asked: {said.what}.", HINT)
    return _rows.decode(blobs[0]), said.holds


def _too_much(limits: AskLimits) -> Refused:
    return Refused(
        f"The question takes more than {limits.seconds} seconds or "
        f"{limits.memory >> 20} MB, and was ended.",
        "Ask less at once: fewer notices, fewer joins.",
    )
