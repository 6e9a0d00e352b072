"""Other people's files of answers, added to this corpus' own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from tenderlight.corpus.read import Corpus
from tenderlight.corpus.reviewing.file import LARGEST, ReviewFile, each_line, parse_line
from tenderlight.corpus.shown import masked
from tenderlight.evidence.answered import rfc3339
from tenderlight.model import Refused
from tenderlight.review import Reviewed, merged, without_words

Clock = Callable[[], datetime]
A_DAY = timedelta(days=1)
"""By so much another computer's clock may be ahead."""
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


def merge_files(corpus: Corpus, files: Sequence[Path], now: Clock) -> Merged:
    """Append what is new in these files, in the order of time, whichever file came first.

    Lines that are no answers are refused by number; so are those of days to come, which would
    outweigh all that is answered until then, and those with personal data in them. The others are
    taken. Words of notices that were withdrawn here are left out. Refuses (Refused) a file that
    cannot be read or is too large, before anything is written.
    """
    con = corpus.connect()
    own = ReviewFile(corpus.folder.decisions)
    own.read_on()
    read: list[Reviewed] = []
    refused = _Refusals(rfc3339(now() + A_DAY, "milliseconds"))
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
        refused=tuple(refused.told),
        refused_in_all=refused.count,
    )


class _Refusals:
    """The lines that are not taken: the first of them one by one, and how many."""

    def __init__(self, latest: str) -> None:
        self.latest, self.count = latest, 0
        self.told: list[RefusedLine] = []

    def add(self, file: str, number: int, why: str) -> None:
        self.count += 1
        if len(self.told) < MOST_REFUSED:
            self.told.append(RefusedLine(file=file, number=number, why=why))


def _read(path: Path, read: list[Reviewed], refused: _Refusals) -> None:
    for number, line in enumerate(each_line(_content(path)), 1):
        one = parse_line(line)
        if isinstance(one, Reviewed):
            one = _why_not(one, refused.latest) or one
        if isinstance(one, Reviewed):
            read.append(one)
        elif one is not None:
            refused.add(path.name, number, one)


def _why_not(line: Reviewed, latest: str) -> str | None:
    """Why a stranger's answer is not taken. Our own lines have been masked before."""
    if line.decided > latest:
        return f"it is of {line.decided}: that day has not come"
    quote = line.quote
    words = (line.by, line.because, quote.exact, quote.prefix, quote.suffix)
    if any(masked(each) != each for each in words if each):
        return "it holds personal data, which are masked in answers"
    return None


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Refused(f"{path} is no file.", "Name a reviews.jsonl.")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}.", "Name a reviews.jsonl.") from None
    if len(raw) > LARGEST:
        raise Refused(f"{path} is larger than {LARGEST >> 20} MB.", "No people decide so much.")
    return raw
