"""Finished figures that are kept on disk are those that would be made, or they are made again."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import msgspec
import pytest

from tenderlight.corpus import Corpus
from tenderlight.figures import figures, make_figure
from tenderlight.figures import kept as room
from tenderlight.figures.kept import finish_figures, kept_figure
from tenderlight.figures.written import read_figure, write_figure

SOME = ("money", "divisions", "buyer-supplier", "checked", "timeline")
"""With sums, shares, a network, intervals, days."""


@pytest.fixture
def large(corpus: Corpus, tmp_path: Path) -> Corpus:
    """The sample, in a folder of its own, to be taken for a large corpus (`many=1`)."""
    root = tmp_path / "corpus"
    shutil.copytree(corpus.folder.root, root)
    return Corpus.open(root)


@pytest.fixture
def unmakeable(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on figures can be read, and not made."""
    monkeypatch.setattr(room, "make_figure", None)


def files(corpus: Corpus) -> list[Path]:
    return sorted(corpus.folder.figures.glob("*.json"))


@pytest.mark.parametrize("name", SOME)
def test_a_figure_that_is_written_and_read_is_the_same_in_every_type(
    corpus: Corpus, name: str
) -> None:
    figure = make_figure(corpus.connect(), name, corpus.definitions)
    assert repr(read_figure(write_figure(figure))) == repr(figure)


def test_what_is_kept_is_what_would_be_made_and_is_not_made_again(
    large: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"since": "2016", "technology": "y-dna"}
    first = kept_figure(large, "timeline", words, many=1)
    assert first == make_figure(large.connect(), "timeline", large.definitions, words)
    monkeypatch.setattr(room, "make_figure", None)
    again = Corpus.open(large.folder.root)
    assert kept_figure(again, "timeline", words, many=1) == first
    with pytest.raises(TypeError):  # other words, another figure
        kept_figure(again, "timeline", {}, many=1)


def test_nothing_is_kept_of_a_small_corpus(large: Corpus) -> None:
    kept_figure(large, "money")
    assert finish_figures(large) == 0
    assert not large.folder.figures.exists()


def test_a_file_that_is_cut_or_forged_or_leads_elsewhere_is_made_again(large: Corpus) -> None:
    figure = kept_figure(large, "sites", many=1)
    (path,) = files(large)
    raw = path.read_bytes()
    line = msgspec.structs.replace(figure.coverage[0], page="https://elsewhere.example")
    leads = msgspec.structs.replace(figure, coverage=(line,))
    other = msgspec.structs.replace(figure, name="money")
    forged = (write_figure(leads), write_figure(other), b"[" * 100_000, b'{"name": 1}', b"\xff")
    bad = [_sealed(each) for each in forged] + [b"", raw[:-1], raw.replace(b"0", b"1"), b"\xff\n"]
    for content in bad:
        path.write_bytes(content)
        assert kept_figure(large, "sites", many=1) == figure
        assert path.read_bytes() == raw
    elsewhere = large.folder.root / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert kept_figure(large, "sites", many=1) == figure
    assert not path.is_symlink()


def test_a_decision_makes_another_figure_and_the_old_one_is_deleted(large: Corpus) -> None:
    kept_figure(large, "sites", many=1)
    (old,) = files(large)
    decided = large.folder.decisions / "reviews.jsonl"
    with decided.open("ab") as out:
        out.write(b"\n")
    kept_figure(large, "sites", many=1)
    assert len(files(large)) == 2
    told: list[tuple[int, int]] = []
    done = finish_figures(large, lambda *each: told.append(each), lambda: False, many=1)
    assert done == 1  # what there is counts, and nothing else was begun
    assert told[-1] == (1, len(figures()))
    assert not old.exists()


@pytest.mark.usefixtures("unmakeable")
def test_what_was_made_first_goes_where_there_is_too_much(
    large: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    large.folder.figures.mkdir()
    monkeypatch.setattr(room, "MOST", 250)
    for number in range(4):
        room.save(large.folder.figures / f"{number}.json", b"x" * 100)
    room._forget(large.folder.figures)
    assert [file.name for file in files(large)] == ["2.json", "3.json"]


def _sealed(raw: bytes) -> bytes:
    return hashlib.sha256(raw).hexdigest().encode() + b"\n" + raw
