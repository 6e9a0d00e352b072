"""Train a reader: logistic regression over stretches of letters and hints, calibrated.

One weight of a stretch is shared by all technologies (`业绩` speaks against buying anything), one
belongs to the technology alone. The same lessons, definitions and seed give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from tenderlight.model import Refused
from tenderlight.second.hints import HINTS, LIKENESS, Hints, hints
from tenderlight.second.lessons import in_order, lessons_digest
from tenderlight.second.letters import BINS, IN_TITLE, bins_of
from tenderlight.second.score import alike
from tenderlight.second.types import Card, Lesson, Reader
from tenderlight.second.weights import THOUSAND, Head, places, write_weights
from tenderlight.technologies import Definitions

VERSION = 1
FOLDS = 5
LOUD = 1.0
"""How loud letters are beside hints. With `FIRMNESS` tried by cross-validation on 265 labelled
notices (bench/technologies.py): average precision .976; .957 with 4 and 1, .724 with 16 and 1."""
FIRMNESS = 10.0
"""The inverse of how strongly weights are held small."""
COUNTS = {"decision": 1.0, "example": 1.0, "claim": 0.2}
"""How much a lesson counts by its source: what the definitions claim may be what is wrong."""
FEWEST = 20
LIMITS = (
    "It ranks passages for people to look at. It decides nothing, no figure uses it, and its "
    "probabilities hold for passages like those that it was taught. It reads one sentence and the "
    "title at a time, Chinese best; it knows technologies only, and nothing of persons."
)

Truth = NDArray[np.bool_]
Values = NDArray[np.float64]


def train(
    lessons: Sequence[Lesson], definitions: Definitions, *, seed: int = 1, folds: int = FOLDS
) -> Reader:
    """A reader and its card. Lessons of technologies that no definition names are left out.

    Refuses (Refused) lessons that are too few, or all say the same.
    """
    known = hints(definitions)
    ids = {term.id for term in known.terms}
    taught = in_order(one for one in lessons if one.subject in ids)
    truth = np.array([one.is_bought for one in taught], dtype=np.bool_)
    if len(taught) < FEWEST or truth.all() or not truth.any():
        raise Refused(
            f"{len(taught)} lessons are too few, or all say the same.",
            "Review some claims first, both right and wrong ones.",
        )
    table = _table(taught, known)
    counts = np.array([COUNTS[one.source] for one in taught])
    held_out = _held_out(table, truth, counts, _folds(taught, seed, folds))
    slope, shift = _calibrated(held_out, truth, counts)
    used, sizes = _fitted(table, truth, counts)
    head = Head(
        subjects=tuple(term.id for term in known.terms),
        slope=round(slope * THOUSAND),
        shift=round(shift * THOUSAND),
    )
    weights = write_weights(head, used, sizes)
    likely = 1 / (1 + np.exp(-np.clip(held_out * slope + shift, -30, 30)))
    card = _card(taught, definitions, seed, weights, _measured(likely, truth, taught))
    return Reader(card=card, weights=weights)


def _table(lessons: Sequence[Lesson], known: Hints) -> Any:
    """A row for each lesson, a column for each place of `weights`."""
    from scipy.sparse import csr_matrix

    numbers = {term.id: number for number, term in enumerate(known.terms)}
    columns, values, ends = [], [], [0]
    for lesson in lessons:
        at, sizes = _row(lesson, numbers[lesson.subject], known)
        columns.append(at)
        values.append(sizes)
        ends.append(ends[-1] + len(at))
    shape = (len(lessons), places(len(known.terms)))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=shape)


def _row(lesson: Lesson, place: int, known: Hints) -> tuple[NDArray[np.int64], Values]:
    sentence = lesson.sentence
    said, named = bins_of(sentence), bins_of(lesson.title, salt=IN_TITLE)
    bins = np.concatenate([said, named])
    loud = np.concatenate(
        [np.full(len(some), LOUD / max(len(some), 1) ** 0.5) for some in (said, named)]
    )
    given = known.of(lesson.title, sentence, [(0, len(sentence))])[0, place].astype(np.float64)
    given[LIKENESS] = alike(known.lexicon[said, place].sum())
    edge = BINS * (1 + len(known.terms))
    rest = np.concatenate([edge + np.arange(len(HINTS)), [edge + len(HINTS) + place]])
    at = np.concatenate([bins, bins + BINS * (1 + place), rest])
    return at.astype(np.int64), np.concatenate([loud, loud, given, [1.0]])


def _fitted(table: Any, truth: Truth, counts: Values) -> tuple[NDArray[np.int64], Values]:
    """The places that have a weight, and the weights; loudness is made part of them.

    On one core: sums that are shared out among cores come in another order, and take longer here.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    used, packed = np.unique(table.indices, return_inverse=True)
    small = type(table)((table.data, packed, table.indptr), shape=(table.shape[0], len(used)))
    model = LogisticRegression(C=FIRMNESS, max_iter=2_000, tol=1e-5, fit_intercept=False)
    with threadpool_limits(limits=1):
        model.fit(small, truth, sample_weight=counts)
    sizes = model.coef_[0].astype(np.float64)
    subjects = (table.shape[1] - BINS - len(HINTS)) // (BINS + 1)
    sizes[used < BINS * (1 + subjects)] *= LOUD
    return used.astype(np.int64), sizes


def _held_out(table: Any, truth: Truth, counts: Values, folds: NDArray[np.int64]) -> Values:
    """For each lesson the sum of a reader that was not taught its group; before calibration."""
    summed = np.zeros(len(truth))
    loud = np.ones(table.shape[1])
    subjects = (table.shape[1] - BINS - len(HINTS)) // (BINS + 1)
    loud[: BINS * (1 + subjects)] = 1 / LOUD
    for fold in np.unique(folds):
        rest, kept = folds != fold, folds == fold
        if truth[rest].all() or not truth[rest].any():
            continue
        used, sizes = _fitted(table[rest], truth[rest], counts[rest])
        weights = np.zeros(table.shape[1])
        weights[used] = sizes
        summed[kept] = table[kept] @ (weights * loud)
    return summed


def _folds(lessons: Sequence[Lesson], seed: int, folds: int) -> NDArray[np.int64]:
    """Which part of the lessons each belongs to; those of one group to the same."""

    def fold(lesson: Lesson) -> int:
        name = f"{seed}\0{lesson.group or lesson.text}"
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % folds

    return np.array([fold(lesson) for lesson in lessons])


def _calibrated(summed: Values, truth: Truth, counts: Values) -> tuple[float, float]:
    """Platt's scaling: what makes of sums that were held out a probability."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=1_000).fit(summed[:, None], truth, sample_weight=counts)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _measured(likely: Values, truth: Truth, lessons: Sequence[Lesson]) -> dict[str, float]:
    """How good the held-out probabilities are, over all lessons and over people's decisions."""
    from sklearn.metrics import average_precision_score, brier_score_loss

    decided = np.array([one.source == "decision" for one in lessons])
    measured = {}
    for name, some in (("", np.ones(len(truth), dtype=np.bool_)), ("decisions_", decided)):
        if truth[some].any() and not truth[some].all():
            average = average_precision_score(truth[some], likely[some])
            measured[f"{name}average_precision"] = round(float(average), 3)
            brier = brier_score_loss(truth[some], likely[some])
            measured[f"{name}brier"] = round(float(brier), 3)
            measured[f"{name}bought_share"] = round(float(truth[some].mean()), 3)
    return measured


def _card(
    lessons: Sequence[Lesson],
    definitions: Definitions,
    seed: int,
    weights: bytes,
    measured: dict[str, float],
) -> Card:
    sources = [one.source for one in lessons]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("scikit-learn", "numpy"))
    return Card(
        name="tenderlight second reader",
        version=VERSION,
        seed=seed,
        lessons=len(lessons),
        decisions=sources.count("decision"),
        examples=sources.count("example"),
        claims=sources.count("claim"),
        digest=lessons_digest(lessons),
        definitions=hashlib.sha256(msgspec.json.encode(definitions)).hexdigest(),
        weights=hashlib.sha256(weights).hexdigest(),
        libraries=libraries,
        measured=measured,
        limits=LIMITS,
    )
