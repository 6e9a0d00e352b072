"""What recognisers of pictures said of the documents that are handed over, as it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tenderlight.corpus import Corpus
from tenderlight.evidence.ledger import VERIFY
from tenderlight.evidence.testimony import Testified, Testimony
from tenderlight.model import BrokenEvidence
from tenderlight.pictures import Recognised

FILE = "testimony.jsonl"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file."""

    notice: str
    engine: str
    subject: str
    """`<SHA-256 of the document>#page=3&dpi=200`, as it was asked."""
    answer: msgspec.Raw
    """As it was given, unmasked."""


def write_testimony(
    corpus: Corpus, rows: Iterable[Mapping[str, Any]], folder: Path
) -> dict[str, int]:
    """Write `testimony.jsonl`; gives how many answers of each engine. No file where none is kept.

    Raises BrokenEvidence at an answer that is not what was kept: that is never handed over.
    """
    path = corpus.folder.testimony
    engines: dict[str, int] = {}
    if path.is_symlink() or not path.exists():
        return engines
    with Testimony(path, to_read=True) as testimony:
        lines = [_line(testimony, row, engines) for row in rows]
    if engines:
        with (folder / FILE).open("xb") as file:
            file.writelines(lines)
    return engines


def _line(testimony: Testimony, row: Mapping[str, Any], engines: dict[str, int]) -> bytes:
    """Everything that was said of a notice's documents, a line each."""
    lines = []
    for said in _about(testimony, row):
        engines[said.engine] = engines.get(said.engine, 0) + 1
        answer = Answer(
            notice=row["id"],
            engine=said.engine,
            subject=said.subject,
            answer=msgspec.Raw(_checked(said)),
        )
        lines.append(msgspec.json.encode(answer) + b"\n")
    return b"".join(lines)


def _about(testimony: Testimony, row: Mapping[str, Any]) -> Iterator[Testified]:
    parts = [
        part for part in row.get("attachments", ()) if part.get("problem") != "evidence.withdrawn"
    ]
    documents = (row["evidence"]["sha256"], *(part["sha256"] for part in parts))
    for document in dict.fromkeys(documents):
        yield from testimony.about(document)


def _checked(said: Testified) -> bytes:
    """The answer, once it is clear that it is one, on one line."""
    try:
        msgspec.json.decode(said.answer, type=Recognised)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        what = f"The answer on {said.subject} is none: {str(error)[:80]}."
        raise BrokenEvidence(f"{what} {VERIFY}") from error
    if b"\n" in said.answer or b"\r" in said.answer:
        raise BrokenEvidence(f"The answer on {said.subject} is not as we write them. {VERIFY}")
    return said.answer
