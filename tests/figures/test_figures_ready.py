"""What a build lays ready for figures changes none of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tenderlight.corpus import Corpus
from tenderlight.corpus.ready import named_in, ready_path, update_ready
from tenderlight.figures import figures, make_figure, open_cell, open_page
from tenderlight.model import Refused


@pytest.fixture(scope="module")
def ready(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The sample with the file that only large corpora have."""
    root = tmp_path_factory.mktemp("ready") / "corpus"
    shutil.copytree(corpus.folder.root, root)
    copy = Corpus.open(root)
    update_ready(copy.folder, copy.state(), many=1)
    return Corpus.open(root)


def test_figures_are_the_same_with_and_without_what_lies_ready(
    corpus: Corpus, ready: Corpus
) -> None:
    assert named_in(ready.connect())
    assert not named_in(corpus.connect())
    for card in figures():
        with_it = make_figure(ready.connect(), card.name)
        assert with_it == make_figure(corpus.connect(), card.name), card.name


def test_a_page_of_proofs_is_the_same_as_that_part_of_all_of_them(ready: Corpus) -> None:
    con = ready.connect()
    proofs = open_cell(con, "money", "cell/*/budget")
    assert len(proofs) > 12
    assert open_cell(con, "money", "cell/*/budget", limit=5, offset=7) == proofs[7:12]


def test_what_lies_ready_for_another_state_is_deleted(ready: Corpus, tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(ready.folder.root, root)
    copy = Corpus.open(root)
    here = ready_path(copy.folder, copy.state())
    other = here.with_name("ready-0000000000000000.duckdb")
    here.rename(other)
    here.with_suffix(".new.tmp").mkdir()  # a build was killed while it made one
    update_ready(copy.folder, copy.state(), many=1)
    assert here.exists()
    assert not other.exists()
    assert not here.with_suffix(".new.tmp").exists()
    update_ready(copy.folder, copy.state())
    assert not here.exists()


def test_a_page_tells_what_all_of_the_number_comes_to(ready: Corpus) -> None:
    con = ready.connect()
    for key in ("cell/*/budget", "coverage/used", "cell/*/award-with"):
        proofs = open_cell(con, "money", key)
        page = open_page(con, "money", key, limit=5, offset=2)
        assert page.proofs == proofs[2:7]
        assert page.total == sum(proof.value for proof in proofs)
        assert (page.facts, page.notices) == (len(proofs), len({p.notice for p in proofs}))
    with pytest.raises(Refused, match="nothing under the key"):
        open_page(con, "money", "cell/*/nothing", limit=5, offset=2)
