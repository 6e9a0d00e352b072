"""Which names are one organisation, of which kind and level, and why."""

from tenderlight.organisations.compare import compare
from tenderlight.organisations.describe import Organisation, describe
from tenderlight.organisations.keys import keys
from tenderlight.organisations.kinds import Kind, find_kind, is_kind, kinds
from tenderlight.organisations.levels import Level, find_level
from tenderlight.organisations.nodes import Node, node_of
from tenderlight.organisations.parties import Party, Role, find_parties, node

__all__ = [
    "Kind",
    "Level",
    "Node",
    "Organisation",
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
    "node",
    "node_of",
]
