"""What language models said of a notice: shown apart from what was found, and not marked in it."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from tenderlight.corpus import Corpus
from tenderlight.web.about import definition_href
from tenderlight.web.page import link
from tenderlight.web.value import Value, Where
from tenderlight.web.words import finding_label

MOST = 60
"""Statements of one notice that are shown; the view `model_said` has all."""


def testimony_values(
    corpus: Corpus, con: duckdb.DuckDBPyConnection, id: str, where: Where
) -> Iterator[Value]:
    """A statement each, with who said it and when; its link shows the passage and marks it alone.

    A model's words must not look like a finding, so they carry no mark of their own in the text.
    """
    said = con.execute(
        "select id, relation, model, asked, asked_where, text, part, page, start_at, end_at"
        " from model_said where notice = ? order by start_at, end_at, id, relation, manner limit ?",
        [id, MOST],
    ).fetchall()
    for number, (name, relation, model, asked, at, text, part, page, start, end) in enumerate(said):
        label = finding_label(corpus.definitions, "technology", name)
        inside = 0 <= start < end <= len(where.shown.text)
        yield Value(
            id=f"said-{number}",
            group="testimony",
            label=label,
            value=name,
            meaning=label,
            printed=text,
            rule=f"{model}, {at}, {asked[:10]}",
            relation=relation,
            about=definition_href("technology", name),
            part=part,
            page=page,
            href=link(f"/notices/{id}", at=f"{start}-{end}") + "#at-asked" if inside else None,
        )
