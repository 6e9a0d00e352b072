"""What `second` says: the model card, and what a ranking found."""

from __future__ import annotations

from tenderlight.cli.speak import note, say, say_json
from tenderlight.corpus.ranking.rank import Ranked
from tenderlight.second import Card

MEASURES = {
    "average_precision": "average precision (1 is best)",
    "brier": "squared error of its probabilities (0 is best)",
    "bought_share": "share of lessons that are true",
}


def card(card: Card, as_json: bool) -> None:
    """The card: origin, lessons, scores on lessons that were held out, limits."""
    if as_json:
        say_json(card)
        return
    say(f"{card.name}, version {card.version}, seed {card.seed}; {card.libraries}")
    say(
        f"{card.lessons:,} lessons: {card.decisions:,} decisions of people, {card.examples:,} "
        f"from the definitions' examples, {card.claims:,} from what the definitions claim"
    )
    say(f"lessons      sha256 {card.digest}")
    say(f"definitions  sha256 {card.definitions}")
    say(f"weights      sha256 {card.weights}")
    for prefix, lessons in (("", "all lessons"), ("decisions_", "decisions alone")):
        told = [
            f"{says} {card.measured[prefix + name]:.3f}"
            for name, says in MEASURES.items()
            if prefix + name in card.measured
        ]
        if told:
            say(f"Held out, {lessons}: " + "; ".join(told))
    say(card.limits)


def ranked(ranked: Ranked, as_json: bool) -> None:
    """How much was read, and what there is to look at."""
    if as_json:
        say_json(ranked)
        return
    say(
        f"{ranked.batches_run:,} of {ranked.batches:,} batches read, the others were ranked already"
    )
    say(
        f"{ranked.doubted:,} of {ranked.claims:,} claims are doubted; {ranked.pointed:,} times it "
        "points at a technology that the definitions do not name there"
    )
    note("Nothing is decided by that. `tenderlight review` asks you about the likeliest errors.")
