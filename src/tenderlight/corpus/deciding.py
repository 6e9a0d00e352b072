"""Turning what a person says of two purchases or organisations into a decision about nodes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from tenderlight.corpus.joining.decisions import Joined, Joins, Verdict, write_join
from tenderlight.corpus.read import Corpus
from tenderlight.evidence.answered import rfc3339
from tenderlight.evidence.decisions import words
from tenderlight.model import Refused

Clock = Callable[[], datetime]


class Side(NamedTuple):
    """One of the two that a decision is about."""

    about: Joins
    whole: str
    """The purchase or organisation it belongs to now."""
    nodes: tuple[str, ...]
    """Itself, where a notice or a name was given; of a whole one all that it has."""
    all: tuple[str, ...]
    """Everything that it belongs together with now, itself among it."""
    is_whole: bool
    name: str


def decide(
    corpus: Corpus, verdict: Verdict, one: str, other: str, *, because: str, by: str, now: Clock
) -> Joined:
    """Write down that two are the same, or that they are not; the next build follows it.

    Each is the id of a purchase, of a notice, of an organisation or of a name. To part a notice
    from its purchase, name the notice and the purchase. Refuses (Refused) what is not there, two of
    different kinds, and what is so already.
    """
    first, second = _side(corpus, one), _side(corpus, other)
    if first.about != second.about:
        raise Refused(
            f"{one} and {other} are not of one kind.", "Name two purchases or two organisations."
        )
    ones, others = _nodes(first, second, verdict)
    decision = Joined(
        decided=rfc3339(now()),
        by=words("The name of who decides", by),
        about=first.about,
        verdict=verdict,
        because=words("The reason", because),
        one=ones,
        other=others,
        names=(first.name, second.name),
    )
    write_join(corpus.folder.decisions, decision)
    return decision


def undo(corpus: Corpus, name: str, *, because: str, by: str, now: Clock) -> Joined:
    """Take a decision back: by another line, for no line is ever deleted."""
    decision = Joined(
        decided=rfc3339(now()),
        by=words("The name of who decides", by),
        about="purchase",
        verdict="undo",
        because=words("The reason", because),
        undoes=name,
    )
    write_join(corpus.folder.decisions, decision)
    return decision


def _nodes(first: Side, second: Side, verdict: Verdict) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if verdict == "same":
        if first.whole == second.whole:
            raise Refused("They are one already.", "The page of it says why.")
        return first.all, second.all  # each with each: no rule about two of them stands between
    if first.whole != second.whole:
        raise Refused("They are not joined.", "There is nothing to part.")
    if first.is_whole and second.is_whole:
        raise Refused(
            "Both ids lead to the same.", "Name the notice, or the name, to part from it."
        )
    single, rest = (second, first) if first.is_whole else (first, second)
    others = tuple(node for node in rest.nodes if node not in single.nodes)
    if not others:
        raise Refused("There is nothing to part it from.", "It stands alone.")
    return single.nodes, others


def _side(corpus: Corpus, id: str) -> Side:
    bare = id[1:] if id[:1] in "po" else id
    if not id.startswith("o") and (purchase := corpus.purchase(id)) is not None:
        notices = tuple(step.notice for step in purchase.history)
        is_whole = id.startswith("p")
        return Side(
            "purchase",
            purchase.row.id,
            notices if is_whole else (bare,),
            notices,
            is_whole,
            purchase.row.name or purchase.row.id,
        )
    if (organisation := corpus.organisation(id)) is not None:
        is_whole = id.startswith("o")
        return Side(
            "organisation",
            organisation.row.id,
            organisation.nodes if is_whole else (bare,),
            organisation.nodes,
            is_whole,
            organisation.row.name,
        )
    raise Refused(
        f"There is no purchase, notice or organisation {id}.",
        "`tenderlight purchases` and `tenderlight organisations` list them.",
    )
