"""Finished figures of large corpora, kept on disk: made once for a state, read in a moment.

`derived/figures/STAMP-ASKED.json` is a digest of what follows, and the figure. The names are
digests of all that can change an answer: the state of the corpus and its decisions, the
definitions, our code, the question and its words. A file that is missing, cut off, too large or no
figure is made again, and the folder can be deleted at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import duckdb

from tenderlight.corpus import Corpus
from tenderlight.corpus.folder import save
from tenderlight.corpus.program import program
from tenderlight.corpus.ready import MANY
from tenderlight.corpus.stamp import stamp_of
from tenderlight.evidence.files import read_inside
from tenderlight.figures import NOTHING, QUESTIONS, find_question, make_figure
from tenderlight.figures.asked import Asked
from tenderlight.figures.figure import Figure
from tenderlight.figures.question import Question
from tenderlight.figures.written import read_figure, write_figure
from tenderlight.model import BrokenEvidence

LARGEST = 64 << 20
"""Bytes of one figure, and `MOST` of all: then those go that were made first."""
MOST = 512 << 20
Progress = Callable[[int, int], None]


def always() -> bool:
    """Go on to the end."""
    return True


def kept_figure(
    corpus: Corpus,
    name: str,
    words: Mapping[str, str] = NOTHING,
    own: Iterable[Question] = (),
    *,
    many: int = MANY,
) -> Figure:
    """What `make_figure` gives, from disk where it was finished before.

    Nothing is kept of fewer than `many` documents, and none of a corpus' own figures. Refuses what
    `make_figure` refuses.
    """
    question, own = find_question(name, own), tuple(own)
    asked = Asked.of(question, words, corpus.definitions)
    if question not in QUESTIONS or _documents(corpus) < many:
        return _make(corpus, asked, own)
    path = _path(corpus, asked)
    figure = _load(path, question)
    if figure is None:
        figure = _make(corpus, asked, own)
        if path == _path(corpus, asked):  # else something was decided or built meanwhile
            _keep(path, figure)
    return figure


def finish_figures(
    corpus: Corpus,
    progress: Progress | None = None,
    goes_on: Callable[[], bool] = always,
    *,
    many: int = MANY,
) -> int:
    """Finish our figures in their usual words, one by one as long as `goes_on()`.

    Those of other states are deleted. Gives how many are finished now; 0 of a small corpus.
    """
    if _documents(corpus) < many:
        return 0
    stamp, finished = _stamp(corpus), 0
    for old in corpus.folder.figures.glob("*.json"):
        if not old.name.startswith(f"{stamp}-"):
            old.unlink(missing_ok=True)
    for question in QUESTIONS:
        there = _path(corpus, Asked.of(question, NOTHING)).exists()
        if not there and goes_on():
            kept_figure(corpus, question.name, many=many)
            there = True
        finished += there
        if progress:
            progress(finished, len(QUESTIONS))
    return finished


def _documents(corpus: Corpus) -> int:
    return sum(batch.captures for batch in corpus.state().batches.values())


def _make(corpus: Corpus, asked: Asked, own: Iterable[Question]) -> Figure:
    name, words = asked.question.name, asked.words()
    return make_figure(corpus.connect(), name, corpus.definitions, words, own)


def _path(corpus: Corpus, asked: Asked) -> Path:
    words = sorted(asked.words().items())
    told = repr((asked.question.name, asked.question.digest, words)).encode()
    digest = hashlib.sha256(told).hexdigest()[:16]
    return corpus.folder.figures / f"{_stamp(corpus)}-{digest}.json"


def _stamp(corpus: Corpus) -> str:
    """Of all that can change the answer to a question."""
    definitions = corpus.definitions
    defined = [(one.id, one.en, one.zh) for one in definitions.all()]
    defined += [(one.id, one.en, one.zh) for one in definitions.buyer]
    told = (stamp_of(corpus), defined, program(), duckdb.__version__)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:24]


def _load(path: Path, question: Question) -> Figure | None:
    """The figure in a file; None where there is none that can be believed."""
    try:
        with read_inside(path.parent, path.name) as file:
            told, _, raw = file.read(LARGEST + 65).partition(b"\n")
        if told.decode() != hashlib.sha256(raw).hexdigest():
            return None
        figure = read_figure(raw)
    except (OSError, BrokenEvidence, ValueError):
        return None
    places = (line.page for line in figure.coverage)
    same = (figure.name, figure.digest) == (question.name, question.digest)
    return figure if same and all(page in (None, "/runs") for page in places) else None


def _keep(path: Path, figure: Figure) -> None:
    """Write it, whole or not at all; a folder in which nothing can be written keeps nothing."""
    raw = write_figure(figure)
    if len(raw) > LARGEST or path.parent.is_symlink():
        return
    try:
        save(path, hashlib.sha256(raw).hexdigest().encode() + b"\n" + raw)
        _forget(path.parent)
    except OSError:
        return


def _forget(folder: Path) -> None:
    """Delete what was made first where there is too much."""
    stats = sorted(((file.stat().st_mtime_ns, file) for file in folder.iterdir()), reverse=True)
    total = 0
    for _, file in stats:
        total += file.lstat().st_size
        if total > MOST:
            file.unlink(missing_ok=True)
