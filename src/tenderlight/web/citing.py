"""What the desk's pages have to be cited by: the same words as `tenderlight cite` writes."""

from __future__ import annotations

from collections.abc import Mapping

from tenderlight.citing import Source
from tenderlight.corpus import Corpus, Shown
from tenderlight.corpus.published import PublishedEdition, published_editions
from tenderlight.figures import Figure
from tenderlight.model import Refused
from tenderlight.offprints.cited import cite_figure, cite_notice
from tenderlight.web.sheets import asked_passage
from tenderlight.web.words import LANGUAGES


def notice_cited(corpus: Corpus, shown: Shown, at: str | None) -> dict[str, Source]:
    """A notice, or the passage `at` of it, in each language of the desk.

    Nothing where the notes of what was published cannot be read: a link might be the wrong one.
    """
    editions, place = _editions(corpus), asked_passage(shown, at) if at else None
    if editions is None:
        return {}
    return {lang: cite_notice(shown, editions, place, lang) for lang in LANGUAGES}


def figure_cited(corpus: Corpus, figure: Figure, words: Mapping[str, str]) -> dict[str, Source]:
    """A figure as it was asked, in each language of the desk."""
    editions = _editions(corpus)
    if editions is None:
        return {}
    return {
        lang: cite_figure(figure, words, corpus.name, editions, lang=lang) for lang in LANGUAGES
    }


def number_cited(
    corpus: Corpus, figure: Figure, words: Mapping[str, str], key: str
) -> dict[str, Source]:
    """A number of a figure, in each language of the desk, at its address at the desk.

    Whether an edition has the same number, its own page of that number says, and cites it there.
    """
    return {lang: cite_figure(figure, words, corpus.name, (), key, lang) for lang in LANGUAGES}


def _editions(corpus: Corpus) -> tuple[PublishedEdition, ...] | None:
    try:
        return published_editions(corpus.folder)
    except Refused:
        return None
