"""One JSON object a line, UTF-8: everything that is known of each notice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import msgspec


def write_jsonl(rows: Iterable[dict[str, Any]], file: IO[bytes]) -> None:
    """Write each row as a line."""
    encoder = msgspec.json.Encoder()
    for row in rows:
        file.write(encoder.encode(row) + b"\n")
