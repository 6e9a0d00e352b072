"""A hand-over of invented notices, shared by the tests that look at it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tenderlight.corpus import Corpus
from tests.exports.handover_corpus import Invented, give, make_tools


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Invented:
    return Invented(tmp_path_factory.mktemp("handover") / "corpus")


@pytest.fixture(scope="session")
def corpus(invented: Invented) -> Corpus:
    return invented.built()


@pytest.fixture(scope="session")
def given(invented: Invented, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hand-over of two notices. Tests that change it take a copy."""
    out = tmp_path_factory.mktemp("given") / "folder"
    give(corpus, {invented.ids["added"], invented.ids["fetched"]}, out)
    return out


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tools(tmp_path_factory.mktemp("tools") / "bin")


@pytest.fixture
def copy(given: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(given, tmp_path / "copy"))
