"""The files that a figure can be had as."""

from __future__ import annotations

from collections.abc import Callable

from tenderlight.corpus import Corpus
from tenderlight.drawings import as_json, as_png, as_svg, specification
from tenderlight.drawings.draw import Lang
from tenderlight.figures import Asked, Figure
from tenderlight.figures.answer import answer
from tenderlight.model import Refused
from tenderlight.offprints.gathered import gather
from tenderlight.offprints.paper import as_pdf
from tenderlight.offprints.sheets import as_csv, as_sources_csv

ENDINGS = {
    "csv": "text/csv; charset=utf-8",
    "sources.csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "vega.json": "application/json",
}
"""By ending, the media type."""
PICTURES: dict[str, Callable[[dict[str, object]], bytes]] = {
    "svg": as_svg,
    "png": as_png,
    "vega.json": as_json,
}


def make_file(
    corpus: Corpus,
    asked: Asked,
    ending: str,
    *,
    lang: Lang = "en",
    series: str | None = None,
    at: str = "",
    figure: Figure | None = None,
) -> bytes:
    """A figure as a file with one of `ENDINGS`: the same bytes for the same corpus.

    `at` goes before the links of a CSV, `series` says what a map shows. `figure` is the one that
    was made of `asked`, where it is at hand. Refuses another ending, a picture of a figure that has
    nothing to draw, and a corpus that was not built.
    """
    if ending not in ENDINGS:
        raise Refused(f"There is no file .{ending} of a figure.", f"Try {', '.join(ENDINGS)}.")
    if ending in PICTURES:
        made = figure or answer(corpus.connect(), asked, corpus.definitions)
        return PICTURES[ending](specification(made, lang, series))
    offprint = gather(corpus, asked, figure)
    if ending == "pdf":
        return as_pdf(offprint, lang)
    return (as_csv if ending == "csv" else as_sources_csv)(offprint, at)
