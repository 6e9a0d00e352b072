"""Sampling plans: which claims are looked at so that the error of all of them can be stated. Pure.

A plan is drawn before anybody looks, and is frozen. *Precision*: of what is claimed to be bought,
how much is? The claims of a technology are cut by year and by the band of the second reader's
score, and from each stratum as many are drawn as its share of all. *Recall*: what was missed? Drawn
from the notices that are *not* claimed to buy it, all alike, or by band where asked for.

Drawing needs no dice: notices stand in the order of SHA-256 of seed and id, which anybody can
repeat, and the first of a stratum are its sample. A sample that was answered from its beginning up
to any case is therefore a random sample too.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heapreplace, nsmallest
from typing import Literal, NamedTuple

import msgspec

from tenderlight.model import Refused
from tenderlight.review.case import Quote, case_id

Kind = Literal["precision", "recall"]
LARGEST = 20_000
"""Cases of a plan: at a thousand an hour half a week of one person's work."""
MOST = 1 << 40
"""Notices of a stratum: more there are nowhere."""
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
FEWEST = 3
"""Expected cases of a stratum of years; with fewer, neighbouring years are one stratum."""
BANDS = {
    "precision": ((0.5, "doubted"), (0.9, "likely"), (2.0, "sure")),
    "recall": ((0.05, "rest"), (0.5, "possible"), (2.0, "likely")),
}
"""Scores below the number are in the band. What the second reader did not see is in `unscored`."""


class Candidate(NamedTuple):
    """One claim, or one notice without a claim, that a plan may draw."""

    notice: str
    case: str
    """Empty where nothing is claimed: then the case is about the whole notice."""
    year: str
    """`2019`, or `undated`."""
    score: float | None = None
    mentioned: bool = False
    """Of recall: the definitions found the technology there, and say that it is not bought."""


class Sampled(msgspec.Struct, frozen=True, kw_only=True):
    """One case that was drawn. Its truth is looked up by notice and technology."""

    case: str
    notice: str


class Stratum(msgspec.Struct, frozen=True, kw_only=True):
    """A part of what there is, and the cases drawn from it, in their order."""

    subject: str
    """The technology."""
    years: str
    """`2019`, `2016-2018`; empty where years are not told apart."""
    band: str
    size: int
    """How many it had when the plan was made."""
    drawn: tuple[Sampled, ...]


class Plan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of `decisions/plans.jsonl`, never changed."""

    id: str
    made: str
    """UTC, RFC 3339."""
    by: str
    seed: str
    kind: Kind
    strata: tuple[Stratum, ...]
    method: str = ""
    """The digest of the method whose claims it samples, as the corpus' state names it."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The technologies that it measures."""
        return tuple(dict.fromkeys(stratum.subject for stratum in self.strata))

    @property
    def cases(self) -> tuple[tuple[str, Sampled], ...]:
        """Every case with its technology, in the order in which it is to be asked.

        Strata and technologies are mixed: whoever stops half way has seen some of each. What is
        drawn of one notice comes together.
        """
        told = [(stratum.subject, each) for stratum in self.strata for each in stratum.drawn]
        return tuple(sorted(told, key=lambda pair: (_place(self.seed, pair[1].notice), pair[0])))


def make_plan(
    candidates: Mapping[str, Iterable[Candidate]],
    *,
    kind: Kind,
    size: int,
    seed: str,
    by: str,
    made: str,
    method: str = "",
    by_score: bool = False,
) -> Plan:
    """Draw at most `size` cases for each technology of the candidates.

    Refuses (Refused) a size below 1, a plan with nothing to draw from and one that nobody can do.
    """
    if size < 1:
        raise Refused("A plan needs at least one case.", "Say how many with --size.")
    strata: list[Stratum] = []
    for subject in sorted(candidates):
        cut = _cut(candidates[subject], kind, size, by_score)
        strata += _drawn(subject, cut, size, seed, kind)
    count = sum(len(stratum.drawn) for stratum in strata)
    if not count:
        raise Refused("There is nothing to draw from.", "Nothing of these technologies was found.")
    if count > LARGEST:
        raise Refused(
            f"The plan would have {count:,} cases, more than {LARGEST:,}.",
            "Draw fewer of each technology, or name fewer technologies.",
        )
    plan = Plan(id="", made=made, by=by, seed=seed, kind=kind, strata=tuple(strata), method=method)
    return msgspec.structs.replace(plan, id=_name(plan))


def is_whole(plan: Plan) -> bool:
    """True where a plan may have been made by `make_plan`: a line of a stranger's file may not.

    Its name is made of all that it says, no stratum has more cases than it is large, and they
    stand in the order of its seed.
    """
    if plan.id != _name(plan) or sum(len(each.drawn) for each in plan.strata) > LARGEST:
        return False
    for stratum in plan.strata:
        places = [_place(plan.seed, each.notice) for each in stratum.drawn]
        notices = {each.notice for each in stratum.drawn}
        if len(notices) != len(places) or places != sorted(places):
            return False
        if not len(places) <= stratum.size <= MOST or not _ID.fullmatch(stratum.subject):
            return False
    return True


def _name(plan: Plan) -> str:
    told = msgspec.json.encode(msgspec.structs.replace(plan, id=""))
    return f"{plan.kind}-{hashlib.sha256(told).hexdigest()[:8]}"


def allocate(sizes: Sequence[int], total: int, *, evenly: bool = False) -> list[int]:
    """How many to draw from strata of these sizes: in proportion, and two of each at least.

    >>> allocate([800, 150, 50, 1], 100)
    [79, 15, 5, 1]

    Evenly: in proportion to the square root, so that small strata are seen. Never more than there
    are; what a small stratum cannot give, the others do. This is how seats of a parliament are
    shared out by the method of Sainte-Laguë.
    """
    given = [min(2, size) for size in sizes]
    if sum(given) > total:
        given = [0] * len(sizes)
    weights = [size**0.5 if evenly else float(size) for size in sizes]
    turns = [(-w / (2 * g + 1), n) for n, (w, g) in enumerate(zip(weights, given, strict=True))]
    heapify(turns)
    for _ in range(min(total, sum(sizes)) - sum(given)):
        while given[turns[0][1]] == sizes[turns[0][1]]:
            heappop(turns)
        number = turns[0][1]
        given[number] += 1
        heapreplace(turns, (-weights[number] / (2 * given[number] + 1), number))
    return given


def draw(
    candidates: Iterable[Candidate], count: int, seed: str, subject: str
) -> tuple[Sampled, ...]:
    """The first so many in the order of SHA-256 of seed and notice."""
    first = nsmallest(count, candidates, key=lambda each: _place(seed, each.notice))
    return tuple(
        Sampled(case=each.case or whole_notice(each.notice, subject), notice=each.notice)
        for each in first
    )


def whole_notice(notice: str, subject: str) -> str:
    """The case that asks whether a notice buys a technology that was not found in it."""
    return case_id(notice, "technology", subject, Quote(exact=""))


def band_of(candidate: Candidate, kind: Kind) -> str:
    """The band of a candidate's score; `mentioned` says more than a score.

    >>> band_of(Candidate("a", "c", "2019", score=0.95), "precision")
    'sure'
    """
    if candidate.mentioned:
        return "mentioned"
    if candidate.score is None:
        return "unscored" if kind == "precision" else "rest"
    return next(name for below, name in BANDS[kind] if candidate.score < below)


Key = tuple[str, str]


def _cut(
    candidates: Iterable[Candidate], kind: Kind, size: int, by_score: bool
) -> dict[Key, list[Candidate]]:
    """The candidates of one technology by years and band."""
    if kind == "recall":
        by_band: dict[Key, list[Candidate]] = defaultdict(list)
        for each in candidates:
            by_band["", band_of(each, kind) if by_score else "all"].append(each)
        return by_band
    known = list(candidates)
    cut: dict[Key, list[Candidate]] = defaultdict(list)
    bands: dict[str, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for each in known:
        bands[band_of(each, kind)][each.year].append(each)
    for band, by_year in bands.items():
        for years in _neighbours({y: len(some) for y, some in by_year.items()}, size / len(known)):
            name = years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"
            cut[name, band] = [each for year in years for each in by_year[year]]
    return cut


def _neighbours(sizes: Mapping[str, int], share: float) -> list[list[str]]:
    """Years in their order, so many together that some cases can be expected of each group."""
    groups: list[list[str]] = []
    short = True
    for year in sorted(sizes):
        if short and groups:
            groups[-1].append(year)
        else:
            groups.append([year])
        short = sum(sizes[each] for each in groups[-1]) * share < FEWEST
    if short and len(groups) > 1:
        last = groups.pop()
        groups[-1] += last
    return groups


def _drawn(
    subject: str, cut: Mapping[Key, Sequence[Candidate]], size: int, seed: str, kind: Kind
) -> list[Stratum]:
    keys = sorted(cut)
    counts = allocate([len(cut[key]) for key in keys], size, evenly=kind == "recall")
    return [
        Stratum(
            subject=subject,
            years=years,
            band=band,
            size=len(cut[years, band]),
            drawn=draw(cut[years, band], count, seed, subject),
        )
        for (years, band), count in zip(keys, counts, strict=True)
    ]


def _place(seed: str, notice: str) -> bytes:
    return hashlib.sha256(f"{seed}\x00{notice}".encode()).digest()
