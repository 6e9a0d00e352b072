"""Other people's files of answers, added to this corpus' own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from tenderlight.corpus.read import Corpus
from tenderlight.corpus.reviewing.file import LARGEST, ReviewFile, parse_line
from tenderlight.model import Refused
from tenderlight.review import Reviewed, merged, without_words

MOST_REFUSED = 1_000
"""Lines that are told one by one; the others are only counted."""


class RefusedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line that was not taken over."""

    file: str
    number: int
    why: str


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a merge."""

    new: int
    known: int
    elsewhere: int
    """Of the new ones, those about notices that the corpus does not have: kept, and not used."""
    refused: tuple[RefusedLine, ...]
    refused_in_all: int


def merge_files(corpus: Corpus, files: Sequence[Path]) -> Merged:
    """Append what is new in these files, in the order of time, whichever file came first.

    Lines that are no answers are refused by number; the others are taken. Words of notices that
    were withdrawn here are left out. Refuses (Refused) a file that cannot be read or is too large,
    before anything is written.
    """
    con = corpus.connect()
    own = ReviewFile(corpus.folder.decisions)
    own.read_on()
    read: list[Reviewed] = []
    refused: list[RefusedLine] = []
    for path in files:
        _read(path, read, refused)
    gone = {id for (id,) in con.execute("select notice from withdrawn").fetchall()}
    here = {id for (id,) in con.execute("select id from notice").fetchall()}
    given = merged(without_words(e) if e.notice in gone and not e.once else e for e in read)
    new = [line for line in given if own.lines.get(line.name) not in (line, without_words(line))]
    if new:
        own.append(*new)
    return Merged(
        new=len(new),
        known=len(given) - len(new),
        elsewhere=sum(1 for e in new if e.answer != "undo" and e.notice not in here),
        refused=tuple(refused[:MOST_REFUSED]),
        refused_in_all=len(refused),
    )


def _read(path: Path, read: list[Reviewed], refused: list[RefusedLine]) -> None:
    try:
        if not path.is_file():
            raise Refused(f"{path} is no file.", "Name a reviews.jsonl.")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}.", "Name a reviews.jsonl.") from None
    if len(raw) > LARGEST:
        raise Refused(f"{path} is larger than {LARGEST >> 20} MB.", "No people decide so much.")
    for number, line in enumerate(raw.split(b"\n"), 1):
        one = parse_line(line)
        if isinstance(one, Reviewed):
            read.append(one)
        elif one is not None:
            refused.append(RefusedLine(file=path.name, number=number, why=one))
