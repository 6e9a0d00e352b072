"""The demo: the sample built, and what two invented reviewers said of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing.error import measured_error
from tenderlight.corpus.reviewing.file import FILE
from tenderlight.corpus.reviewing.plans import PLANS
from tenderlight.figures import make_figure
from tenderlight.review import agreement
from tenderlight.sample import reviews_folder
from tools.make_sample_reviews import BOTH, WHO, reviewed

WATCHED = (
    *("targets-quoted", "rules-quoted", "red-lists", "capacities", "mismatches"),
    *("person-archive", "sensitive-sites", "specifications", "deployment"),
)
"""Figures whose subject is rare in notices: the sample has been given some."""


def demo(folder: Path) -> None:
    command = [sys.executable, "-m", "tenderlight", "demo", "--no-serve"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("demo")
    demo(folder)
    return Corpus.open(folder / "tenderlight-demo")


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line) for line in (folder / name).read_bytes().splitlines()]


def answers(folder: Path) -> set[tuple[str, ...]]:
    keys = ("by", "notice", "subject", "answer")
    return {tuple(each[key] for key in keys) for each in lines(folder, FILE)}


def test_the_demo_builds_a_corpus_from_the_sample(corpus: Corpus) -> None:
    found = corpus.connect().execute("select count(*) from notice where readable").fetchone()
    assert found is not None
    assert found[0] >= 80


@pytest.mark.parametrize("name", WATCHED)
def test_the_demo_has_something_to_show_in_each_figure_of_what_is_watched(
    corpus: Corpus, name: str
) -> None:
    figure = make_figure(corpus.connect(), name, corpus.definitions)
    assert figure.rows
    assert any(cell.key for row in figure.rows for cell in row.cells)


def test_every_shipped_answer_still_follows_its_passage(corpus: Corpus) -> None:
    """Where it does not: python -m tools.make_sample_reviews (docs/sample.md)."""
    states = corpus.connect().execute(
        "select state, count(*) from verdict where answers > 0 group by 1"
    )
    counts = dict(states.fetchall())
    assert "changed" not in counts
    assert sum(counts.values()) == 73
    assert {"confirmed", "rejected", "disputed", "unsure"} <= {*counts, "unsure"}


def test_every_shipped_answer_is_of_somebody_who_says_to_be_invented() -> None:
    with reviews_folder() as folder:
        names = {each["by"] for each in [*lines(folder, FILE), *lines(folder, PLANS)]}
    assert names == {*WHO, BOTH}
    assert all("(invented)" in name for name in names)


def test_the_demo_has_agreement_and_measured_error_to_show(corpus: Corpus) -> None:
    first = agreement(corpus.review.lines())[0]
    assert first.alpha is not None
    assert 0.5 < first.alpha < 1
    assert len(corpus.review.disputed()) >= 2
    measured = measured_error(corpus.connect())["facial-recognition"]
    assert measured.precision is not None
    assert measured.corrected is not None


def test_the_tool_answers_the_samples_anew_as_they_are_shipped(
    corpus: Corpus, tmp_path: Path
) -> None:
    shutil.copytree(
        corpus.folder.root, tmp_path / "copy", ignore=shutil.ignore_patterns(FILE, PLANS)
    )
    anew = reviewed(Corpus.open(tmp_path / "copy"))
    told = answers(anew)
    with reviews_folder() as folder:
        shipped = answers(folder)
    drawn = {each[1:3] for each in told} & {each[1:3] for each in shipped}
    assert len(drawn) > 40
    assert {each for each in told if each[1:3] in drawn} == {
        each for each in shipped if each[1:3] in drawn
    }


def test_a_second_demo_adds_no_answer_twice(corpus: Corpus) -> None:
    decisions = corpus.folder.decisions
    before = {name: (decisions / name).read_bytes() for name in (FILE, PLANS)}
    demo(corpus.folder.root.parent)
    assert before == {name: (decisions / name).read_bytes() for name in before}
