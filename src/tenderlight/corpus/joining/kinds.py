"""Everything that is joined, by what it is about."""

from __future__ import annotations

from functools import partial

from tenderlight.corpus.derive import digest, encode
from tenderlight.corpus.joining.decisions import Joins
from tenderlight.corpus.joining.kind import Kind
from tenderlight.corpus.joining.organisations import ORGANISATIONS, told
from tenderlight.corpus.joining.purchases import PURCHASES
from tenderlight.technologies import Definitions

KINDS: dict[Joins, Kind] = {"purchase": PURCHASES, "organisation": ORGANISATIONS}


def kinds_joined(definitions: Definitions) -> dict[Joins, Kind]:
    """The same, where a reporter's own kinds of buyers say what an organisation is.

    Organisations are joined anew when these change: what is told of each may be another.
    """
    own = definitions.buyer
    if not own:
        return KINDS
    version = f"{ORGANISATIONS.version}+{digest(encode(own)).hex()[:12]}"
    organisations = ORGANISATIONS._replace(version=version, tell=partial(told, own=own))
    return {**KINDS, "organisation": organisations}
