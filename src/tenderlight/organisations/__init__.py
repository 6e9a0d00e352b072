"""Which names are one organisation, of which kind and level, and why."""

from tenderlight.organisations.compare import compare
from tenderlight.organisations.describe import Organisation, describe
from tenderlight.organisations.keys import keys
from tenderlight.organisations.kinds import Own, find_kind, is_kind, kinds, kinds_above
from tenderlight.organisations.levels import Level, find_level
from tenderlight.organisations.nodes import Node, node_of
from tenderlight.organisations.parties import Party, Role, find_parties, node

__all__ = [
    "Level",
    "Node",
    "Organisation",
    "Own",
    "Party",
    "Role",
    "compare",
    "describe",
    "find_kind",
    "find_level",
    "find_parties",
    "is_kind",
    "keys",
    "kinds",
    "kinds_above",
    "node",
    "node_of",
]
