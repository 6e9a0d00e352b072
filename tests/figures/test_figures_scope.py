"""A figure can be asked of a part of the corpus, and says what lies outside."""

from __future__ import annotations

import pytest

from tenderlight.corpus import Corpus
from tenderlight.figures import Asked, Scope, figures, find_question, make_figure, open_cell
from tenderlight.model import Refused
from tenderlight.technologies import load_definitions

NAMES = [card.name for card in figures()]
WORDS = [
    {"since": "2018"},
    {"until": "2019"},
    {"types": "award,contract"},
    {"buyers": "public-security"},
    {"divisions": "440000,650000"},
    {"since": "2016", "until": "2021", "types": "tender", "buyers": "public-security"},
]


@pytest.mark.parametrize("words", WORDS, ids=lambda words: "-".join(words))
def test_inside_and_outside_add_up_to_all_documents(corpus: Corpus, words: dict[str, str]) -> None:
    figure = make_figure(corpus.connect(), "money", corpus.definitions, words)
    counts = {one.id: one.count for one in figure.coverage}
    parts = ("read", "partly", "unread", "repeated", "outside")
    assert sum(counts[part] for part in parts) == counts["documents"]
    assert counts["outside"] > 0
    assert {one.id: one.value for one in figure.given}.items() >= words.items()


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_can_be_limited(corpus: Corpus, name: str) -> None:
    figure = make_figure(corpus.connect(), name, corpus.definitions, {"until": "2015"})
    counts = {one.id: one.count for one in figure.coverage}
    assert 0 < counts["outside"] < counts["documents"]


def test_nothing_outside_of_a_scope_is_behind_a_number(corpus: Corpus) -> None:
    words = {"types": "award", "since": "2018"}
    con = corpus.connect()
    figure = make_figure(con, "technologies-by-year", corpus.definitions, words)
    keys = {cell.key for row in figure.rows for cell in row.cells if cell.key}
    assert keys
    behind = {p.notice for key in keys for p in open_cell(con, figure.name, key, words)}
    found = con.execute(
        "select notice_type, year from notice where id in (select unnest(?))", [list(behind)]
    ).fetchall()
    assert {kind for kind, _ in found} == {"award"}
    assert min(year for _, year in found) >= 2018


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"since": "soon"}, "no year"),
        ({"buyers": "aliens"}, "kind of buyer"),
        ({"types": "letter"}, "type of notice"),
        ({"divisions": "999999"}, "division"),
        ({"colour": "red"}, "no parameter"),
    ],
)
def test_words_that_nothing_answers_to_are_refused(words: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        Asked.of(find_question("divisions"), words, load_definitions())


def test_a_scope_is_the_same_again_from_its_words() -> None:
    for words in WORDS:
        assert Scope.parse(words).words() == words
