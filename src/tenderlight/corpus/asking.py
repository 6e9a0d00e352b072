"""Which texts a language model is asked about: masked ones, in an order that anybody can repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator

import msgspec

from tenderlight.corpus.folder import Folder, only_one
from tenderlight.corpus.read import Corpus
from tenderlight.corpus.remember import BatchFile
from tenderlight.corpus.reviewing.texts import masked_text
from tenderlight.corpus.said import update_said
from tenderlight.model import Refused
from tenderlight.second.asked import Manner, Question, instructions, pieces, question
from tenderlight.second.asked.question import digest, subject_of
from tenderlight.technologies import Definitions

Progress = Callable[[int, int], None]


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a notice's masked text that is to be sent."""

    notice: str
    batch: int
    start: int
    end: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What would be asked."""

    manner: Manner
    instructions: str
    ids: tuple[str, ...]
    pieces: tuple[Piece, ...] = ()
    notices: int = 0
    """Of which something is to be sent."""
    characters: int = 0
    """Of masked text; the instructions go with each piece."""
    known: int = 0
    """Pieces that this model has answered in the same manner already."""
    unshown: int = 0
    """Notices without a text that may be shown: nothing of them is sent."""

    @property
    def sent(self) -> int:
        """Characters that would be sent in all."""
        return self.characters + len(self.pieces) * len(self.instructions)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the user wants to ask."""

    model: str
    technologies: tuple[str, ...] = ()
    """Their ids; none: all."""
    notices: tuple[str, ...] = ()
    """Only of these; none: of all."""
    limit: int | None = None
    """Notices of which something is sent, at most."""
    characters: int = 6_000


def plan_questions(
    corpus: Corpus, wanted: Wanted, known: Callable[[str, str], bool], progress: Progress
) -> Plan:
    """What is to be sent, and what was answered already (`known` of a manner and a subject).

    Notices come in the order of the digests of their ids: so a limit takes no side.
    Refuses (Refused) technologies that have no definition, and notices that are not there.
    """
    ids, told = _told(corpus.definitions, wanted.technologies)
    manner = Manner(
        model=wanted.model, instructions=digest(told)[:16], characters=wanted.characters
    )
    found, notices, characters, answered, unshown = list[Piece](), 0, 0, 0, 0
    order = _order(corpus, wanted.notices)
    for count, (notice, batch) in enumerate(order):
        if notices == wanted.limit:
            break
        progress(count, len(order))
        text = _text(corpus.folder, batch, notice)
        unshown += not text
        here = [Piece(notice=notice, batch=batch, start=a, end=b) for a, b in _cut(text, manner)]
        new = [each for each in here if not known(manner.name, _subject(each, text))]
        answered += len(here) - len(new)
        notices += bool(new)
        characters += sum(each.end - each.start for each in new)
        found += new
    return Plan(
        manner=manner,
        instructions=told,
        ids=ids,
        pieces=tuple(found),
        notices=notices,
        characters=characters,
        known=answered,
        unshown=unshown,
    )


def questions(corpus: Corpus, plan: Plan) -> Iterator[Question]:
    """The requests of a plan, one after the other. A text that changed meanwhile is passed over."""
    notice, text = "", ""
    for piece in plan.pieces:
        if piece.notice != notice:
            notice, text = piece.notice, _text(corpus.folder, piece.batch, piece.notice)
        if sent := text[piece.start : piece.end]:
            yield question(plan.manner, plan.instructions, plan.ids, notice, sent)


def take_in(folder: Folder) -> bool:
    """Let the views tell what was answered. False where a build is at work: it does so itself."""
    try:
        with only_one(folder.derived / ".lock", "the corpus"):
            update_said(folder)
    except Refused:
        return False
    return True


def _told(definitions: Definitions, wanted: Collection[str]) -> tuple[tuple[str, ...], str]:
    known = {each.id: each for each in definitions.technology}
    for id in wanted:
        if id not in known:
            raise Refused(f"No technology is called {id}.", f"There are {', '.join(known)}.")
    ids = tuple(id for id in known if not wanted or id in wanted)
    return ids, instructions(known[id] for id in ids)


def _order(corpus: Corpus, wanted: Collection[str]) -> list[tuple[str, int]]:
    """Notices and their batches, by the digest of the id."""
    rows = corpus.connect().execute("select id, batch from notice where readable").fetchall()
    there = {str(id): int(batch) for id, batch in rows}
    for id in wanted:
        if id not in there:
            raise Refused(f"No notice {id} can be read.", "See its row in `tenderlight export`.")
    chosen = {id: there[id] for id in wanted} if wanted else there
    return sorted(chosen.items(), key=lambda each: hashlib.sha256(each[0].encode()).digest())


def _text(folder: Folder, batch: int, notice: str) -> str:
    with BatchFile(folder.batch(batch)) as file:
        return masked_text(file, notice) or ""


def _cut(text: str, manner: Manner) -> Iterator[tuple[int, int]]:
    return pieces(text, manner.characters)


def _subject(piece: Piece, text: str) -> str:
    return subject_of(piece.notice, digest(text[piece.start : piece.end]))
