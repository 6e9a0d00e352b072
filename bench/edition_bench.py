"""An edition of 5,000 cited notices: how long it takes, how large it is beside its evidence.

Its evidence is the folder that is handed over: originals, archive, ledger, texts, values.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.multiply import write
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.editions.asked import wanted_figures
from tenderlight.editions.check import verify_edition
from tenderlight.editions.publish import publish
from tenderlight.sources import add
from tests.exports.handover_corpus import NOON

NOTICES = 6_300
"""Of the multiplied sample about four in five stand behind a number."""
MB = 1_000_000


def section(notices: Path, work: Path, most: float) -> tuple[str, list[str]]:
    """Publish every figure of a multiplied sample, and check the edition."""
    root, out, documents = work / "corpus", work / "edition", work / "documents"
    write(notices, NOTICES, documents)
    init_corpus(root)
    add(root, [documents], lambda: NOON)
    build(root)
    corpus, spent = Corpus.open(root), dict[str, float]()

    @contextmanager
    def stage(what: str) -> Iterator[object]:
        begun = time.perf_counter()
        yield lambda done, total: None
        spent[what] = time.perf_counter() - begun

    made = publish(corpus, out, wanted_figures(()), title="A bench", stage=stage)  # type: ignore[arg-type]
    begun = time.perf_counter()
    checked = verify_edition(out)
    verified = time.perf_counter() - begun
    ratio = made.size / made.evidence
    rows = [f"| {what} | {seconds:.0f} |" for what, seconds in spent.items()]
    text = [
        "## Editions\n",
        f"{made.figures} figures, {made.notices:,} cited notices of a multiplied sample: "
        f"{made.size / MB:.0f} MB, {ratio:.2f} times its evidence (at most {most}). Checking it "
        f"took {verified:.0f} s: {checked.numbers:,} numbers, {checked.passages:,} passages, "
        f"{len(checked.wrong)} wrong.\n",
        "| publishing | s |\n|---|---:|",
        *rows,
        "",
    ]
    short = [f"an edition is {ratio:.2f} times its evidence"] if ratio > most else []
    short += [] if checked.is_whole else ["an edition is not whole"]
    return "\n".join(text), short
