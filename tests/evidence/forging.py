"""Forging a ledger as somebody can who holds the whole folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tenderlight.evidence.ledger import Head, digest, encode_head


def rewrite(folder: Path, edit: Callable[[list[dict[str, object]]], object]) -> None:
    """Forge: change lines, then make chain and head fit again."""
    lines = [json.loads(raw) for raw in (folder / "ledger.jsonl").read_bytes().splitlines()]
    edit(lines)
    after, out = "0" * 64, b""
    for number, line in enumerate(lines, start=1):
        line["after"], line["number"] = after, number
        raw = json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        after, out = digest(raw), out + raw
    (folder / "ledger.jsonl").write_bytes(out)
    head = Head(count=len(lines), sha256=after, size=len(out))
    (folder / "head.json").write_bytes(encode_head(head))
