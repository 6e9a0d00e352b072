"""What people are asked about a finding, what they answer, and what follows from it. Pure.

The unit is a *claim*: this notice buys that technology, and this passage says so. People confirm or
reject claims; nobody judges a person.
"""

from tenderlight.review.agree import Agreement, agreement
from tenderlight.review.case import Case, Quote, case_id
from tenderlight.review.decided import Answer, Pair, Reviewed, implied, reviewer, standing
from tenderlight.review.follow import Place, follow
from tenderlight.review.merge import merged, without_words
from tenderlight.review.settle import Settled, Settlement, latest, settle

__all__ = [
    "Agreement",
    "Answer",
    "Case",
    "Pair",
    "Place",
    "Quote",
    "Reviewed",
    "Settled",
    "Settlement",
    "agreement",
    "case_id",
    "follow",
    "implied",
    "latest",
    "merged",
    "reviewer",
    "settle",
    "standing",
    "without_words",
]
