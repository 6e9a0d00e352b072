"""Everything that is joined, by what it is about."""

from __future__ import annotations

from tenderlight.corpus.joining.decisions import Joins
from tenderlight.corpus.joining.kind import Kind
from tenderlight.corpus.joining.organisations import ORGANISATIONS
from tenderlight.corpus.joining.purchases import PURCHASES

KINDS: dict[Joins, Kind] = {"purchase": PURCHASES, "organisation": ORGANISATIONS}
