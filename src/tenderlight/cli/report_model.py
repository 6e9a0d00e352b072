"""What `tenderlight ask-model` says: before anything is sent, and after."""

from __future__ import annotations

from typing import Any

import msgspec

from tenderlight.cli.speak import note, say, say_json, shown
from tenderlight.collecting.asking_model import Address, Tally
from tenderlight.corpus.asking import Plan
from tenderlight.second.asked import Question

_REFUSED = {
    "no-answer": "answers that were not of the form that was asked for",
    "not-typed": "statements that were not of the form that was asked for",
    "unknown-id": "statements about something else",
    "passage-length": "statements with too short or too long a passage",
    "not-in-text": "statements whose passage is not in the text",
    "too-many": "statements too many",
}


def tell_before(plan: Plan, address: Address) -> None:
    """What goes where, and how much: on the error stream, before anything is sent."""
    for line in _before(plan, address):
        note(line)


def dry_run(plan: Plan, address: Address, first: Question | None, as_json: bool) -> None:
    """The same, with the first request as it would be sent."""
    if as_json:
        say_json(
            {
                "address": address.url,
                "model": plan.manner.model,
                "technologies": plan.ids,
                "notices": plan.notices,
                "questions": len(plan.pieces),
                "characters": plan.characters,
                "characters_sent": plan.sent,
                "answered_before": plan.known,
                "not_shown": plan.unshown,
                "first": _body(first),
            }
        )
        return
    for line in _before(plan, address):
        say(line)
    if first is not None:
        say()
        say("Each question begins with:")
        say()
        say(plan.instructions)
    say()
    say("Nothing was sent.")


def asked(tally: Tally, *, taken_in: bool, as_json: bool) -> None:
    """What came of it."""
    if as_json:
        say_json(tally)
    else:
        _asked(tally)
    if tally.stopped is not None:
        note("Stopped: the next question would fare no better. What was answered is kept.")
    if not taken_in:
        note("A build is at work. What was answered is told after the next `tenderlight build`.")


def _before(plan: Plan, address: Address) -> list[str]:
    if not plan.pieces:
        known = f": {shown(plan.known)} questions were answered before" if plan.known else ""
        return [f"There is nothing to ask{known}."]
    lines = [
        f"To {address.url}, model {plan.manner.model}:",
        f"the masked text of {shown(plan.notices)} notices, {shown(plan.characters)} characters in "
        f"{shown(len(plan.pieces))} questions ({shown(plan.sent)} characters with the "
        "instructions). Whoever runs that address can read and keep it.",
    ]
    if address.is_open:
        lines.append("It goes over http: anybody on the way can read and change it.")
    if plan.known:
        lines.append(f"{shown(plan.known)} questions were answered before, and are not asked.")
    if plan.unshown:
        lines.append(f"{shown(plan.unshown)} notices have no text that may be shown: not sent.")
    return lines


def _asked(tally: Tally) -> None:
    found = tally.bought + tally.mentioned + tally.excluded
    say(
        f"{shown(tally.answered)} answers with {shown(found)} statements: {shown(tally.bought)} "
        f"bought, {shown(tally.mentioned)} mentioned, {shown(tally.excluded)} excluded"
    )
    for why, count in sorted(tally.refused.items()):
        say(f"refused: {shown(count)} {_REFUSED.get(why, why)}")
    if tally.unanswered:
        say(f"{shown(tally.unanswered)} questions without an answer:")
        for why in tally.why:
            say(f"  {why}")
    if found:
        say("Testimony, and no finding: it ranks what you review, and is in no figure.")


def _body(question: Question | None) -> Any:
    return None if question is None else msgspec.json.decode(question.body)
