"""The made-up corpus, added and built by the same calls as the commands make."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bench.planted.plan import World
from bench.planted.world import make_world, write
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.evidence import Store
from tenderlight.evidence.withdraw import choose, withdraw
from tenderlight.sources import add

ADDED = datetime(2026, 1, 6, 3, tzinfo=UTC)


def build_planted(root: Path, notices: int, seed: int) -> tuple[Corpus, World]:
    """So many notices of that seed under a folder; taken as it is where it was built before."""
    world = make_world(notices, seed)
    corpus = root / "corpus"
    if not corpus.exists():
        write(world, root / "documents")
        init_corpus(corpus)
        add(corpus, [root / "documents"], lambda: ADDED)
        _withdraw(corpus, world)
        build(corpus)
    return Corpus.open(corpus), world


def _withdraw(corpus: Path, world: World) -> None:
    """Carry out the planned withdrawals."""
    store = Store(corpus / "evidence")
    gone = {draft.id for draft in world.drafts if draft.fate == "withdrawn"}
    ids = [
        line.capture.id
        for line in store.entries()
        if line.capture is not None and _draft_of(line.capture.file) in gone
    ]
    for id in ids:
        chosen = choose(store, id)
        withdraw(
            store,
            corpus / "decisions",
            chosen,
            reason="planted",
            by="nobody (invented)",
            now=lambda: ADDED,
        )


def _draft_of(file: str | None) -> str:
    return Path(file or "").stem.partition("_")[2]
