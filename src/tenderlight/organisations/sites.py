"""Whether the places of two organisations are one place."""

from __future__ import annotations

from typing import Literal

import msgspec

from tenderlight.organisations.anatomy import Anatomy
from tenderlight.organisations.spots import Spot, is_same_place, is_within, stem
from tenderlight.places.divisions import level_of

Outcome = Literal["same", "renamed", "partly", "several", "nowhere", "unknown", "apart"]


class Meeting(msgspec.Struct, frozen=True):
    """What two places are to each other.

    `same`; `renamed` (密云县, 密云区); `partly`: the same name, of which one side does not say
    where it lies; `several`: a name that more than one place has; `nowhere`: neither names a place;
    `unknown`: only one does; `apart`: two places.
    """

    outcome: Outcome
    first: str = ""
    second: str = ""


def meet(one: Anatomy, other: Anatomy) -> Meeting:
    """The places of two names, held against each other."""
    a, b = one.spot, other.spot
    told = _told(a), _told(b)
    if not a.said and not b.said:
        return Meeting("nowhere")
    if not a.said or not b.said:
        return Meeting("unknown", *told)
    return Meeting(_outcome(a, b, "context" in (*one.rules, *other.rules)), *told)


def _outcome(a: Spot, b: Spot, context: bool) -> Outcome:
    if a.local or b.local:
        return _local(a, b, context)
    if len(a.codes) == len(b.codes) == 1:
        (first,), (second,) = a.codes, b.codes
        if first == second:
            return "same"
        if is_same_place(first, second):
            return "renamed"
        return "unknown" if context and is_within(first, second) else "apart"
    near = any(is_same_place(first, second) for first in a.codes for second in b.codes)
    return "several" if near else "apart"


def _local(a: Spot, b: Spot, context: bool) -> Outcome:
    """Places below those of the lists: by name, within what is known of where they lie."""
    near = any(is_within(first, second) for first in a.codes for second in b.codes)
    if a.codes and b.codes and not near:
        return "apart"
    if not a.local or not b.local:
        return "unknown" if context or _is_seat(a, b) else "apart"
    if a.local != b.local:
        return "renamed" if stem(a.local) == stem(b.local) else "apart"
    return "same" if near else "partly"


def _is_seat(a: Spot, b: Spot) -> bool:
    """Whether one is a zone or a division of the Corps and the other the county that it runs."""
    return a.codes == b.codes and all(level_of(code) == "county" for code in a.codes)


def _told(spot: Spot) -> str:
    return " ".join((*spot.codes, *([spot.local] if spot.local else ())))
