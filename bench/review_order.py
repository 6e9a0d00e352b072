"""Does the proposed order save work? A simulated reviewer who knows the truth answers cases.

Generated notices are read with definitions into which errors were planted: some purchases are
missed, some claims are wrong. Each answer mends one. Counted is how many answers it takes until
precision and recall reach a target: in the proposed order, where the second reader is taught again
after every hundred answers, and in random order over the very same cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import mean

import msgspec

from bench.review_order_made import Made, chance, damaged, made
from tenderlight.review.order import priority
from tenderlight.second import Lesson
from tenderlight.second.lessons import OTHERS, drawn, example_lessons
from tenderlight.second.score import Trained, sentences_of, trained
from tenderlight.second.train import train
from tenderlight.second.types import Source
from tenderlight.technologies import Definitions, load_definitions

AGAIN = 100
"""Answers after which the reader is taught again."""
LEAST = 0.01
"""What an untaught reader thinks less likely is not asked, in any order."""
PRECISION, RECALL = 0.95, 0.9
"""What is to be reached, both."""
SHUFFLES = 20
SEEDS = ("one", "two", "three")
NOTICES = 300


class Case(msgspec.Struct, frozen=True):
    """A notice and a technology: what is asked."""

    notice: int
    subject: str


Guesses = Mapping[Case, tuple[float, str]]
"""How likely the second reader thinks it bought, and the sentence that says so to it."""


class Race(msgspec.Struct, frozen=True, kw_only=True):
    """What one simulated review took."""

    seed: str
    cases: int
    wrong: int
    """Claims that are wrong at the beginning."""
    missed: int
    """Purchases that nobody claims at the beginning."""
    precision: float
    recall: float
    proposed: int
    """Answers until the target, in the proposed order."""
    without: int
    """The same without a second reader: by claim and standing alone."""
    at_random: float
    """The same in random order over the same cases, on average."""


class Review:
    """A review under way: what is claimed by now, and how far that is from the truth."""

    def __init__(self, notices: Sequence[Made]) -> None:
        self.truth = {Case(n, s) for n, one in enumerate(notices) for s in one.truth}
        self.claimed = {
            Case(n, s)
            for n, one in enumerate(notices)
            for s, (finding, _) in one.claims.items()
            if finding.relation == "bought"
        }

    def answer(self, case: Case) -> bool:
        """What is true of a case; from now on it is claimed accordingly."""
        is_true = case in self.truth
        (self.claimed.add if is_true else self.claimed.discard)(case)
        return is_true

    def reached(self) -> tuple[float, float]:
        """Precision and recall by now."""
        right = len(self.claimed & self.truth)
        return right / max(len(self.claimed), 1), right / max(len(self.truth), 1)

    def is_done(self) -> bool:
        """Whether both are where they are to be."""
        precision, recall = self.reached()
        return precision >= PRECISION and recall >= RECALL


def race(
    notices: Sequence[Made],
    faulty: Definitions,
    seed: str,
    *,
    again: int = AGAIN,
) -> Race:
    """One review in the proposed order, one without a second reader, and many at random."""
    start = Review(notices)
    precision, recall = start.reached()
    first = _guesses(notices, _taught(notices, faulty, {}, {}))
    cases = _cases(notices, first)
    without = sorted(cases, key=lambda case: _key(notices, case, {}))
    shuffled = (sorted(cases, key=lambda c: chance(seed, n, c)) for n in range(SHUFFLES))
    return Race(
        seed=seed,
        cases=len(cases),
        wrong=len(start.claimed - start.truth),
        missed=len(start.truth - start.claimed),
        precision=precision,
        recall=recall,
        proposed=_proposed(notices, faulty, cases, first, again),
        without=_until(notices, without),
        at_random=mean(_until(notices, order) for order in shuffled),
    )


def _cases(notices: Sequence[Made], guesses: Guesses) -> list[Case]:
    """What can be asked: every claim, and what the reader that nobody taught yet points at."""
    claims = [Case(n, s) for n, one in enumerate(notices) for s in one.claims]
    known = set(claims)
    return claims + [c for c, (s, _) in guesses.items() if s >= LEAST and c not in known]


def _proposed(
    notices: Sequence[Made],
    faulty: Definitions,
    cases: Sequence[Case],
    guesses: Guesses,
    again: int,
) -> int:
    review, answers = Review(notices), dict[Case, bool]()
    while not review.is_done() and len(answers) < len(cases):
        if answers:
            guesses = _guesses(notices, _taught(notices, faulty, answers, guesses))
        rest = [case for case in cases if case not in answers]
        rest.sort(key=lambda case: _key(notices, case, guesses))
        for case in rest[:again]:
            answers[case] = review.answer(case)
            if review.is_done():
                break
    return len(answers)


def _until(notices: Sequence[Made], cases: Sequence[Case]) -> int:
    review = Review(notices)
    for count, case in enumerate(cases):
        if review.is_done():
            return count
        review.answer(case)
    return len(cases)


def _key(notices: Sequence[Made], case: Case, guesses: Guesses) -> tuple[float, float]:
    claim = notices[case.notice].claims.get(case.subject)
    relation, standing = (claim[0].relation, claim[0].standing) if claim else ("none", "text")
    score = guesses[case][0] if case in guesses else None
    return -priority(relation, score, standing), chance(case.notice, case.subject)


def _guesses(notices: Sequence[Made], model: Trained) -> Guesses:
    """Of every notice and technology the best score, and the sentence that has it."""
    guesses = {}
    for number, notice in enumerate(notices):
        spans = sentences_of(notice.text)
        scores = model.scores(notice.title, notice.text, spans)
        best = scores.argmax(axis=0)
        for place, subject in enumerate(model.subjects):
            start, end = spans[best[place]]
            score = float(scores[best[place], place])
            guesses[Case(number, subject)] = (score, notice.text[start:end])
    return guesses


def _taught(
    notices: Sequence[Made],
    faulty: Definitions,
    answers: Mapping[Case, bool],
    guesses: Guesses,
) -> Trained:
    """The reader that the answers so far, the claims and the examples make."""
    lessons = [*example_lessons(faulty), *_claimed(notices, faulty, answers)]
    for case, is_true in answers.items():
        notice = notices[case.notice]
        claim = notice.claims.get(case.subject)
        said = claim[1] if claim else guesses[case][1]
        lessons.append(_lesson(notice, case.subject, said, is_true, "decision"))
    return trained(train(lessons, faulty, folds=2), faulty)


def _claimed(
    notices: Sequence[Made], faulty: Definitions, answers: Mapping[Case, bool]
) -> Iterator[Lesson]:
    """What the definitions claim and nobody answered yet, and what they do not."""
    technologies = [term.id for term in faulty.technology]
    for number, notice in enumerate(notices):
        absent = [one for one in technologies if one not in notice.claims]
        for subject, (finding, said) in notice.claims.items():
            if Case(number, subject) not in answers:
                yield _lesson(notice, subject, said, finding.relation == "bought", "claim")
            for other in drawn(absent, f"{notice.name} {subject}")[:OTHERS]:
                if Case(number, other) not in answers:
                    yield _lesson(notice, other, said, False, "claim")


def _lesson(notice: Made, subject: str, said: str, is_bought: bool, source: Source) -> Lesson:
    text = f"{notice.title}\n{said}"
    return Lesson(subject=subject, text=text, is_bought=is_bought, source=source, group=notice.name)


def races(count: int = NOTICES, seeds: Sequence[str] = SEEDS) -> list[Race]:
    """One for each seed, each over other notices and other errors."""
    whole = load_definitions()
    return [race(made(whole, count, seed), damaged(whole, seed), seed) for seed in seeds]


def section(floor: float) -> tuple[str, list[str]]:
    """The table, and what is over the share of random order that is allowed."""
    lines = ["## The order of review\n"]
    lines.append(
        f"{NOTICES} generated notices a seed, read with definitions into which errors were planted "
        f"(bench/review_order_made.py), and a simulated reviewer who knows the truth: answers "
        f"until precision is {PRECISION:.0%} and recall {RECALL:.0%}. The second reader is taught "
        f"again after every {AGAIN} answers. All orders ask the same cases: every claim, and each "
        f"technology of a notice that an untaught second reader gives at least {LEAST}. Random "
        f"order is the mean of {SHUFFLES}; `claims first` is the proposed order without a second "
        "reader.\n"
    )
    lines.append("| seed | cases | wrong | missed | precision | recall | random | claims first ")
    lines[-1] += "| proposed | of random |"
    lines.append("|---|" + "---:|" * 9)
    short = []
    for one in races():
        share = one.proposed / one.at_random
        lines.append(
            f"| {one.seed} | {one.cases:,} | {one.wrong} | {one.missed} | {one.precision:.2f} "
            f"| {one.recall:.2f} | {one.at_random:,.0f} | {one.without:,} | {one.proposed:,} "
            f"| {share:.0%} |"
        )
        if share > floor:
            short.append(f"order {one.seed}: {share:.0%} of random order")
    return "\n".join([*lines, ""]), short
