"""What a person should look at before trusting a run: pure, from the counts of it and of others."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import msgspec

from tenderlight.collecting.crawling.going import Why
from tenderlight.seen import Alarm, Run, Searched
from tenderlight.sources.card import Expected

DROP = 0.5
"""Less than this share of what earlier runs found at the middle is sudden."""
RISE = 4.0
ENOUGH = 10
"""With fewer notices than that in earlier runs, a half or a fourfold is chance."""
REFUSED_SHARE = 0.1
REFUSED_LEAST = 5
_REFUSALS = ("403", "429")
_FRESH = "Look at the site in a browser. If it is right, change `expected` in the source's card."


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a run at its end."""

    finished: bool
    why: Why | None = None
    what: str = ""
    usual: bool = True
    """False where it was told to stop after some notices, or searched for other words than always:
    then few say nothing."""
    named: int = 0
    """Different notices that the lists named."""
    searched: tuple[Searched, ...] = ()
    lists_failed: int = 0
    """Pages of lists that did not come, after all tries."""
    lists_refused: int = 0
    """Of these, those that refused us."""
    forbidden: str = ""
    """What the site's robots.txt forbids, where it leaves nothing to collect."""
    shapes: int = 0
    """Answers that are not as the card says."""
    shape: str = ""
    """What is wrong with the first of them, and where."""
    in_the_way: int = 0
    """Pages with status 200 that ask to prove that one is human, or say that one is refused."""
    statuses: dict[str, int] = {}


def alarms(facts: Facts, expected: Expected, earlier: Sequence[Run]) -> tuple[Alarm, ...]:
    """Everything that is odd about a run, in plain words.

    `earlier` are finished runs of the same source. Those that searched for other words are not
    compared with, and neither is a run that did not come to its end.
    """
    found = [_forbidden(facts), _blocked(facts), _unreachable(facts), _shape(facts)]
    if facts.finished and facts.usual:
        found += [_expected(facts, expected) or _sudden(facts, earlier)]
    if not facts.finished:
        found.append(
            Alarm(
                kind="unfinished",
                what=facts.what or "The run was interrupted.",
                hint="Run the same command again: it goes on where it was.",
            )
        )
    return tuple(alarm for alarm in found if alarm is not None)


def _forbidden(facts: Facts) -> Alarm | None:
    if not facts.forbidden:
        return None
    what = f"The site's robots.txt asks robots not to fetch {facts.forbidden}: nothing was fetched."
    hint = "Ask the site's administrators. A card can set this aside only with a reason (`robots`)."
    return Alarm(kind="blocked", what=what, hint=hint)


def _blocked(facts: Facts) -> Alarm | None:
    refusals = sum(facts.statuses.get(status, 0) for status in _REFUSALS)
    total = sum(facts.statuses.values())
    often = refusals >= REFUSED_LEAST and refusals >= REFUSED_SHARE * total
    if facts.why != "blocked" and not often and not facts.in_the_way and not facts.lists_refused:
        return None
    what = facts.what if facts.why == "blocked" else ""
    if not what:
        what = f"{refusals:,} of {total:,} answers refuse us (403, 429)"
        what += f", {facts.in_the_way:,} pages ask for a verification." * bool(facts.in_the_way)
        what = what if what.endswith(".") else f"{what}."
    if facts.lists_refused:
        what += f" {_pages(facts.lists_refused)} refused us: notices may be missing."
    hint = "Raise `pace` in the source's card, and write to the site's administrators."
    return Alarm(kind="blocked", what=what, hint=hint)


def _unreachable(facts: Facts) -> Alarm | None:
    if facts.why == "unreachable":
        what = facts.what
    elif facts.lists_failed > facts.lists_refused and facts.finished:
        pages = _pages(facts.lists_failed - facts.lists_refused)
        what = f"{pages} could not be had: notices may be missing."
    else:
        return None
    hint = "See which addresses failed in the run's report, and collect again later."
    return Alarm(kind="unreachable", what=what, hint=hint)


def _pages(count: int) -> str:
    return f"{count:,} pages of lists" if count > 1 else "1 page of a list"


def _shape(facts: Facts) -> Alarm | None:
    if not facts.shapes:
        return None
    answers = f"{facts.shapes:,} answers are" if facts.shapes > 1 else "1 answer is"
    what = f"{answers} not as the card says. The first: {facts.shape.rstrip('.')}."
    hint = "The site has changed its pages: compare them with the card, and correct the card."
    return Alarm(kind="shape", what=what, hint=hint)


def _expected(facts: Facts, expected: Expected) -> Alarm | None:
    if facts.named < expected.minimum:
        what = f"The lists named {facts.named:,} notices; at least {expected.minimum:,} are usual."
        return Alarm(kind="too-few", what=what, hint=_FRESH)
    if facts.named > expected.maximum:
        what = f"The lists named {facts.named:,} notices; at most {expected.maximum:,} are usual."
        return Alarm(kind="too-many", what=what, hint=_FRESH)
    return None


def _sudden(facts: Facts, earlier: Sequence[Run]) -> Alarm | None:
    terms = {one.term for one in facts.searched}
    alike = [run for run in earlier if {one.term for one in run.searched} == terms]
    if not alike:
        return None
    usual = median(run.new + run.known + run.failed for run in alike)
    what = f"The lists named {facts.named:,} notices; the runs before, {usual:,.0f} at the middle."
    if usual >= ENOUGH and facts.named < DROP * usual:
        return Alarm(kind="too-few", what=what, hint=_FRESH)
    if facts.named > max(RISE * usual, ENOUGH):
        return Alarm(kind="too-many", what=what, hint=_FRESH)
    return None
