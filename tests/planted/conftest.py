"""The made-up corpus of known truth, a part of it, and what was planned."""

from __future__ import annotations

import pytest

from bench.planted.built import build_planted
from bench.planted.truth import Truth
from tenderlight.corpus import Corpus

NOTICES = 2_000
"""`python -m bench planted` makes and holds 20,000."""


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, Truth]:
    """Built once."""
    corpus, world = build_planted(tmp_path_factory.mktemp("planted"), NOTICES, 1)
    return corpus, Truth(world)
