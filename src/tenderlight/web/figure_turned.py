"""Whether a figure rests on something that was removed, changed or withdrawn since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tenderlight.corpus import Corpus
from tenderlight.corpus.published import called, published_editions, since_then
from tenderlight.figures import Coverage, Figure
from tenderlight.web.words import Label, label_of


def lines_turned(figure: Figure) -> tuple[Coverage, ...]:
    """The lines of its coverage that count notices behind it which are not as they were."""
    return tuple(one for one in figure.coverage if one.id in ("removed", "changed") and one.count)


def marks_of(corpus: Corpus, notices: Iterable[str]) -> dict[str, Label]:
    """What their portal did to notices since, by their ids: removed, or changed."""
    since = since_then(corpus.connect(), tuple(notices))
    return {id: label_of("verdict", "changed") for id in since.changed} | {
        id: label_of("verdict", "removed") for id in since.removed
    }


def editions_shaken(corpus: Corpus, name: str, words: Mapping[str, str]) -> dict[str, int]:
    """Editions in which this figure cites notices that were withdrawn since: how many of them."""
    found: dict[str, int] = {}
    for edition in published_editions(corpus.folder):
        cited = edition.figures.get(called(name, words), ())
        gone = since_then(corpus.connect(), cited).withdrawn if cited else ()
        if gone:
            found[edition.id] = len(gone)
    return found
