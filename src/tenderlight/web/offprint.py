"""A figure as a file to take away: CSV, PDF, pictures, a Vega-Lite specification."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from tenderlight.corpus import Corpus
from tenderlight.model import Refused
from tenderlight.offprints import ENDINGS, make_file
from tenderlight.web.figure import made, question_of
from tenderlight.web.figure_form import words_asked
from tenderlight.web.page import Missing
from tenderlight.web.show import language_of
from tenderlight.web.words import Label

PATHS = tuple(f"/figures/{{name}}.{ending}" for ending in sorted(ENDINGS, key=len, reverse=True))
"""Addresses of the files, beside the page of the figure; `.sources.csv` is asked before `.csv`."""


def figure_file(corpus: Corpus, request: Request) -> Response:
    """The file that the address ends with, of what it asks for. `?series=` says what a map shows.

    Links in a CSV begin with the address of this desk.
    """
    name = request.path_params["name"]
    ending = request.url.path.rsplit("/", 1)[-1].removeprefix(f"{name}.")
    now, others = words_asked(request, question_of(corpus, request), corpus.definitions, "series")
    try:
        file = make_file(
            corpus,
            now,
            ending,
            lang="zh" if language_of(request) == "zh" else "en",
            series=others.get("series"),
            at=f"{request.url.scheme}://{request.url.netloc}",
            figure=made(corpus, now),
        )
    except Refused as refused:
        raise Missing(Label(f"such a picture: {refused.what}", f"此图：{refused.what}")) from None
    head = {"content-disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(file, media_type=ENDINGS[ending], headers=head)
