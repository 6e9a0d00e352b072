"""One small corpus, stamped and built, and one signed edition of it, for the whole room."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tenderlight.corpus import Corpus
from tenderlight.editions.asked import wanted_figures
from tenderlight.editions.publish import publish
from tests.authority.authority import make_authority
from tests.editions.editions_made import FIGURES
from tests.exports.handover_corpus import Invented, make_tools

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
"""Invented: everybody may know it."""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    root = tmp_path_factory.mktemp("editions")
    invented = Invented(root / "corpus")
    invented.stamp(make_authority(root / "authority"))
    invented.withdraw("before")
    return invented.built()


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "key.pem"
    path.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


@pytest.fixture(scope="session")
def edition(small: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tests that change it take a `forged` copy."""
    out = tmp_path_factory.mktemp("edition") / "edition"
    publish(small, out, wanted_figures(FIGURES), title="Invented towns", key=KEY)
    return out


@pytest.fixture
def forged(edition: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(edition, tmp_path / "forged"))


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tools(tmp_path_factory.mktemp("tools") / "bin")
