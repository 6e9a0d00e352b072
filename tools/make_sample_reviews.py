"""Write the sample's reviews: two samples of claims, and what two invented reviewers said of them.

    python -m tools.make_sample_reviews CORPUS src/tenderlight/sample/reviews

CORPUS is the sample as `tenderlight demo --no-serve` builds it; its own decisions are not read. AB
and CD are nobody, and their names say so. They answer as the sample's labels say, but for a few
cases, which are written down here: there they differ, or are unsure, or see what the definitions do
not. Both files are the same, byte for byte, as long as the definitions say the same of the sample.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing import Asked
from tenderlight.corpus.reviewing.file import FILE
from tenderlight.corpus.reviewing.plans import PLANS, draw_plan, save_plan
from tenderlight.review import Answer
from tenderlight.review.plans import Kind, Plan

LABELS = Path(__file__).parent.parent / "src/tenderlight/sample/labels"
WHO = ("AB (invented)", "CD (invented)")
BOTH = "AB and CD (invented)"
SEED = "an invented review of invented notices"
BEGUN = datetime(2026, 11, 2, 9, tzinfo=UTC)
DRAWN: tuple[tuple[Kind, tuple[str, ...], int], ...] = (
    ("precision", ("facial-recognition", "video-surveillance", "dna"), 12),
    ("recall", ("facial-recognition",), 40),
)
Said = tuple[Answer, str]
PLANTED: dict[tuple[str, str], dict[str, Said]] = {
    ("record-4", "video-surveillance"): {
        "AB": ("no", "The camera belongs to a drone; no place is watched all the time."),
        "CD": ("yes", "A camera that watches people is one, wherever it hangs."),
    },
    ("xn-69.pdf", "dna"): {"CD": ("no", "Reagents only: the laboratory is there already.")},
    ("xn-81.html", "video-surveillance"): {"AB": ("no", "Upkeep of cameras that hang there.")},
    ("xn-79.html", "facial-recognition"): {
        "CD": ("unsure", "It takes portraits. Does it compare them?")
    },
    ("xn-02.html", "dna"): {"CD": ("elsewhere", "The title names the file; the needs buy it.")},
    ("xn-25.html", "facial-recognition"): {"CD": ("unsure", "")},
    ("bad-broken-bytes.html", "facial-recognition"): {
        "AB": ("unsure", "Half of it is unreadable.")
    },
    ("xn-34.html", "facial-recognition"): {
        "CD": ("yes", "Such a station takes portraits for the face library.")
    },
}
"""By file and technology: what they say otherwise than the labels, and why."""
TOGETHER: dict[tuple[str, str], Said] = {
    ("record-4", "video-surveillance"): ("no", "We count cameras that stay where they are."),
}
"""What they settled together, in sight of both answers."""


def main() -> None:
    """Draw the samples in a copy of the corpus, answer them, and take the two files from it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "sample"
        shutil.copytree(asked.corpus, copy, ignore=shutil.ignore_patterns(FILE, PLANS))
        decisions = reviewed(Corpus.open(copy))
        for name in (PLANS, FILE):
            shutil.copyfile(decisions / name, asked.out / name)


def reviewed(corpus: Corpus) -> Path:
    """Two samples, answered by both and talked over; gives the folder of decisions."""
    clock = _clock()
    plans = [_drawn(corpus, kind, subjects, size) for kind, subjects, size in DRAWN]
    for by in WHO:
        for plan in plans:
            for each in corpus.review.queue(by, plan=plan.id, limit=1000):
                _answer(corpus, each, _said(corpus, each, by), by, clock, plan.id)
    for each in corpus.review.disputed():
        if said := TOGETHER.get((_file(corpus, each), each.case.subject)):
            _answer(corpus, each, said, BOTH, clock, None)
    return corpus.folder.decisions


def _drawn(corpus: Corpus, kind: Kind, subjects: tuple[str, ...], size: int) -> Plan:
    plan = draw_plan(
        corpus.connect(),
        kind,
        subjects,
        size=size,
        by=WHO[0],
        made=BEGUN,
        method=corpus.state().method,
        seed=SEED,
    )
    save_plan(corpus.folder.decisions, plan)
    return plan


def _said(corpus: Corpus, each: Asked, by: str) -> Said:
    file, subject = _file(corpus, each), each.case.subject
    if planted := PLANTED.get((file, subject), {}).get(by[:2]):
        return planted
    label = LABELS / f"{Path(file).stem}.json"
    if not label.exists():
        return ("yes" if each.case.claim == "bought" else "no"), ""
    told: dict[str, Any] = msgspec.json.decode(label.read_bytes())
    bought = {one["id"] for one in told["technologies"] if one["relation"] == "bought"}
    return ("yes" if subject in bought else "no"), ""


def _file(corpus: Corpus, each: Asked) -> str:
    found = corpus.connect().execute("select file from notice where id = ?", [each.case.notice])
    (file,) = found.fetchone() or ("",)
    return Path(file).name


def _answer(
    corpus: Corpus,
    each: Asked,
    said: Said,
    by: str,
    clock: Callable[[], datetime],
    plan: str | None,
) -> None:
    corpus.review.answer(
        each.case.id,
        said[0],
        by=by,
        now=clock,
        because=said[1],
        plan=plan,
        resolves=plan is None,
        notice=each.case.notice,
        subject=each.case.subject,
    )


def _clock() -> Callable[[], datetime]:
    """Each answer comes seven seconds after the one before."""
    count = 0

    def now() -> datetime:
        nonlocal count
        count += 1
        return BEGUN + timedelta(seconds=7 * count)

    return now


if __name__ == "__main__":
    main()
