"""People's answers about claims: kept, followed through rebuilds, settled; and what is asked next.

`decisions/reviews.jsonl` is the only file that is written here.
"""

from tenderlight.corpus.reviewing.queue import Asked, Order
from tenderlight.corpus.reviewing.reviews import Progress, Reviews

__all__ = ["Asked", "Order", "Progress", "Reviews"]
