"""What the steps made of one notice, gathered for its row, its tables and the index."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import msgspec

from tenderlight.corpus.derive import Made
from tenderlight.corpus.shown import Shown
from tenderlight.deployment import Deployed
from tenderlight.model import Capture, Fields, Findings, Mask, Place, Problem, Reading
from tenderlight.organisations import Party
from tenderlight.personal import mask_name
from tenderlight.plain import MASK
from tenderlight.purchases import Sign
from tenderlight.specifications import Section

MOST_HIDDEN = 1_000
"""Hidden stretches of one notice that are looked for in its problems: more are a roll."""


class Gathered(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One notice with everything that was read in it. Its texts are not masked yet."""

    capture: Capture
    reading: Reading | None = None
    """None where it could not be read, or where what must be masked could not be found."""
    masks: tuple[Mask, ...] = ()
    fields: Fields = Fields()
    place: Place | None = None
    findings: Findings = Findings()
    sign: Sign = Sign()
    """Which purchase it belongs to, as it says itself; not masked."""
    sections: tuple[Section, ...] = ()
    """Its passages of technical requirements."""
    parties: tuple[Party, ...] = ()
    """The organisations that it names; not masked."""
    deployment: tuple[Deployed, ...] = ()
    """Where its equipment is to stand; its words are not masked."""
    problems: tuple[Problem, ...] = ()
    """Of every step, each once; names of files in them are masked."""

    @cached_property
    def show(self) -> Shown:
        """Its text as it may be shown; masked once for its row, its tables and the index."""
        return Shown(self.reading, self.masks)


def gather(capture: Capture, made: Mapping[str, Made]) -> Gathered:
    """The results of the path for one document. What cannot be masked is not there."""
    failed = tuple({m.problem: None for m in made.values() if m.problem is not None})
    masks: tuple[Mask, ...] | None = made["personal"].get()
    reading: Reading | None = made["reading"].get()
    if reading is None or masks is None:
        return Gathered(capture=capture, problems=_told(failed))
    fields: Fields = made["fields"].get() or Fields()
    return Gathered(
        capture=capture,
        reading=reading,
        masks=masks,
        fields=fields,
        place=made["place"].get(),
        findings=made["findings"].get() or Findings(),
        sign=made["sign"].get() or Sign(),
        sections=made["sections"].get() or (),
        parties=made["parties"].get() or (),
        deployment=made["deployment"].get() or (),
        problems=_told((*failed, *reading.problems, *fields.problems), _hidden(reading, masks)),
    )


def _hidden(reading: Reading, masks: tuple[Mask, ...]) -> tuple[str, ...]:
    """What is hidden in the notice, longest first: a problem may quote a name without its label."""
    words = {reading.text[each.start : each.end] for each in masks[:MOST_HIDDEN]}
    return tuple(sorted((w for w in words if len(w) >= 2), key=lambda w: (-len(w), w)))


def _told(problems: tuple[Problem, ...], hidden: tuple[str, ...] = ()) -> tuple[Problem, ...]:
    def told(words: str) -> str:
        for each in hidden:
            words = words.replace(each, MASK * len(each))
        return mask_name(words)

    return tuple(
        msgspec.structs.replace(p, what=told(p.what), where=told(p.where)) for p in problems
    )
