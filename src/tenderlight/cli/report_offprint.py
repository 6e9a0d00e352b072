"""A figure as files: which ones, in which language, and where they may be written."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tenderlight.cli.speak import say
from tenderlight.corpus import Corpus
from tenderlight.exports.place import new_file, refuse_place
from tenderlight.figures import Asked
from tenderlight.offprints import make_file


class Lang(StrEnum):
    """Languages of a picture and a PDF."""

    en = "en"
    zh = "zh"


def _file(name: str, words: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, metavar="FILE", help=words, show_default=False
    )
    return option


Csv = Annotated[Path | None, _file("--csv", "Write the table: a line for each number, with ids.")]
Sources = Annotated[Path | None, _file("--sources", "Write the passages behind it, as CSV.")]
Pdf = Annotated[Path | None, _file("--pdf", "Write it with numbered sources, to print.")]
Svg = Annotated[Path | None, _file("--svg", "Write its chart as SVG.")]
Png = Annotated[Path | None, _file("--png", "Write its chart as PNG.")]
Vega = Annotated[Path | None, _file("--vega", "Write its chart as a Vega-Lite specification.")]
InLang = Annotated[Lang, typer.Option("--lang", help="Language of pictures and PDF.")]
OfSeries = Annotated[
    str | None, typer.Option("--series", help="What a map shows, by id.", show_default=False)
]


def write_files(
    corpus: Corpus,
    asked: Asked,
    wanted: Mapping[str, Path | None],
    lang: Lang,
    series: str | None,
) -> bool:
    """Write the files that are wanted, by ending, each whole or not at all; whether there are any.

    Refuses a place inside the corpus and one that cannot be written.
    """
    named = {ending: path for ending, path in wanted.items() if path is not None}
    for path in named.values():
        refuse_place(path, corpus.folder.root)
    for ending, path in named.items():
        made = make_file(corpus, asked, ending, lang="zh" if lang is Lang.zh else "en",
                         series=series)  # fmt: skip
        with new_file(path) as file:
            file.write(made)
        say(f"{path}: {len(made):,} bytes")
    return bool(named)
