"""Purchases and organisations of a built corpus, for those who read it. Everything is masked.

An id leads to where its notice, or its name, belongs now: the id of a purchase that was joined into
another one still opens, and opens that other one.
"""

from tenderlight.corpus.joined.belonging import belonging, belonging_of
from tenderlight.corpus.joined.held import Held, all_decisions
from tenderlight.corpus.joined.organisations import (
    OrganisationRow,
    OrganisationShown,
    list_organisations,
    show_organisation,
)
from tenderlight.corpus.joined.purchases import (
    PurchaseRow,
    PurchaseShown,
    list_purchases,
    show_purchase,
)
from tenderlight.corpus.joined.query import VIEWS

__all__ = [
    "VIEWS",
    "Held",
    "OrganisationRow",
    "OrganisationShown",
    "PurchaseRow",
    "PurchaseShown",
    "all_decisions",
    "belonging",
    "belonging_of",
    "list_organisations",
    "list_purchases",
    "show_organisation",
    "show_purchase",
]
