"""The made-up corpus, added and built by the same calls as the commands make."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bench.planted.later import Round
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
        ids = _captures(corpus)
        Round(corpus / "evidence").look(world, ids)
        _withdraw(corpus, world, ids)
        build(corpus)
    return Corpus.open(corpus), world


def _captures(corpus: Path) -> dict[str, str]:
    """Under which id each draft was preserved."""
    captures = Store(corpus / "evidence").captures()
    return {_draft_of(each.file): each.id for each in captures}


def _withdraw(corpus: Path, world: World, ids: dict[str, str]) -> None:
    """Carry out the planned withdrawals."""
    store = Store(corpus / "evidence")
    for draft in (each for each in world.drafts if each.fate == "withdrawn"):
        chosen = choose(store, ids[draft.id])
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
