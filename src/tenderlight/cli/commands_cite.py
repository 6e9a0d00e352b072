"""Something of a corpus as a citation."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

import typer

from tenderlight.asking import questions_of
from tenderlight.citing import Source, cite
from tenderlight.cli.arguments import CorpusFolder
from tenderlight.cli.report_offprint import Lang
from tenderlight.cli.speak import note, say
from tenderlight.corpus import Corpus
from tenderlight.corpus.published import PublishedEdition, published_editions
from tenderlight.editions.asked import wanted_figures
from tenderlight.editions.basis import ledger_of, moment_of, read_decided
from tenderlight.evidence import Store
from tenderlight.figures.kept import kept_figure
from tenderlight.model import Refused
from tenderlight.offprints.cited import cite_figure, cite_notice

PASSAGE = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


class Form(StrEnum):
    """Forms of a citation."""

    text = "text"
    bibtex = "bibtex"
    csl = "csl"
    ris = "ris"


def cite_source(
    corpus: CorpusFolder,
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A notice.", show_default=False)
    ] = None,
    passage: Annotated[
        str | None,
        typer.Option(metavar="START-END", help="Of the notice: characters of its text."),
    ] = None,
    figure: Annotated[
        str | None,
        typer.Option(metavar="NAME[?WORDS]", help="Instead: a figure, 'money?since=2016'."),
    ] = None,
    key: Annotated[
        str | None, typer.Option(metavar="CELL", help="Of the figure: a number, by its key.")
    ] = None,
    form: Annotated[Form, typer.Option("--as", help="The form.")] = Form.text,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the citation.")] = Lang.en,
) -> None:
    """Cite a notice, a passage or a figure: digest, capture, and a link that lasts.

    The link is the newest published edition that cites it, else its address at a desk.
    """
    if (id is None) == (figure is None) or (passage and id is None) or (key and figure is None):
        hint = "cite CORPUS ID --passage 120-128, or cite CORPUS --figure NAME --key CELL."
        raise Refused("Name a notice or a figure, and only what is of it.", hint)
    opened = Corpus.open(corpus)
    source = (
        _notice(opened, id, passage, lang.value)
        if id is not None
        else _figure(opened, figure or "", key, lang.value)
    )
    say(cite(source, form.value, lang.value).rstrip("\n"))
    if source.edition is None:
        note("No edition holds it: the link is a desk's. `tenderlight publish` makes one.")


def _notice(corpus: Corpus, id: str, passage: str | None, lang: str) -> Source:
    place = None if passage is None else _place(passage)
    shown = corpus.notice(id)
    if shown is None and corpus.withdrawn(id):
        raise Refused(f"{id[:80]} was withdrawn: it is not cited.", "The desk says who and why.")
    if shown is None:
        raise Refused(f"There is no notice {id[:80]}.", "`tenderlight search` prints ids.")
    return cite_notice(shown, published_editions(corpus.folder), place, lang)


def _place(passage: str) -> tuple[int, int]:
    found = PASSAGE.fullmatch(passage)
    if found is None:
        raise Refused(f"{passage[:40]!r} is no passage.", "Write it as 120-128.")
    return int(found[1]), int(found[2])


def _figure(corpus: Corpus, asked: str, key: str | None, lang: str) -> Source:
    own, editions = questions_of(corpus), published_editions(corpus.folder)
    (wanted,) = wanted_figures((asked,), own, corpus.definitions)
    made = kept_figure(corpus, wanted.name, wanted.words, own)
    if key is not None and editions:
        editions = _of_now(corpus, editions)
    return cite_figure(made, wanted.words, corpus.name, editions, key, lang)


def _of_now(corpus: Corpus, editions: tuple[PublishedEdition, ...]) -> tuple[PublishedEdition, ...]:
    """Those since which nothing was collected and nothing decided: their numbers are ours."""
    ledger, at = ledger_of(Store(corpus.folder.evidence))
    as_of = moment_of(at, read_decided(corpus.folder.decisions))
    return tuple(one for one in editions if (one.ledger_lines, one.as_of) == (ledger.lines, as_of))
