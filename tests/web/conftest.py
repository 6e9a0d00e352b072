"""A desk on a really built corpus of a dozen invented notices, served on 127.0.0.1."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright
from web_documents import DEFINITION, write_documents
from web_serving import serving
from web_visits import keep_visits

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.published import PublishedEdition, keep_published
from tenderlight.sources import add

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI") == "true":  # noqa: TID251 - a setting of the machine
            pytest.fail("CI must run the browser tests: install Debian's `chromium`.")
        pytest.skip("no Chromium on PATH: install Debian's `chromium` to run the browser tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("desk")
    write_documents(folder / "saved")
    root = folder / "corpus"
    init_corpus(root)
    own = root / "definitions" / "technology"
    own.mkdir(parents=True)
    (own / "glass-eyes.toml").write_text(DEFINITION, encoding="utf-8")
    add(root, [folder / "saved"], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    keep_visits(root)
    build(root, jobs=1)
    corpus = Corpus.open(root)
    keep_edition(corpus)
    return corpus


def keep_edition(corpus: Corpus) -> None:
    """An edition that was published of it before anything was withdrawn."""
    con = corpus.connect()
    ids = [id for (id,) in con.execute("select id from notice union select id from withdrawn "
                                       "where role = 'notice' order by 1").fetchall()]  # fmt: skip
    edition = PublishedEdition(
        id="0123456789abcdef",
        sha256="0123456789abcdef" * 4,
        title="An invented edition",
        as_of="2026-03-02T00:00:00.000Z",
        ledger_lines=12,
        figures={"divisions": tuple(ids), "money": tuple(ids[:2])},
    )
    keep_published(corpus.folder, edition)


@pytest.fixture(scope="session")
def home(corpus: Corpus) -> Iterator[str]:
    """The desk's address, without the last slash."""
    with serving(corpus) as address:
        yield address


@pytest.fixture(scope="session")
def desk(home: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=home) as client:
        yield client


@pytest.fixture(scope="session")
def ids(corpus: Corpus) -> dict[str, str]:
    """Each document's file and id."""
    return dict(corpus.connect().execute("select file, id from notice").fetchall())
