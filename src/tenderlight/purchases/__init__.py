"""Which notices belong to one purchase, what became of it, and what it cost: counted once."""

from tenderlight.purchases.compare import compare
from tenderlight.purchases.keys import KEY_LIMIT, keys
from tenderlight.purchases.purchase import Entry, Member, Purchase, State, Sum, Total, WhyNot
from tenderlight.purchases.sign import Sign, Stated, SumField, find_sign
from tenderlight.purchases.tell import tell

__all__ = [
    "KEY_LIMIT",
    "Entry",
    "Member",
    "Purchase",
    "Sign",
    "State",
    "Stated",
    "Sum",
    "SumField",
    "Total",
    "WhyNot",
    "compare",
    "find_sign",
    "keys",
    "tell",
]
