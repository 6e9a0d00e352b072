"""What people have decided about the findings of a notice, shown at each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from tenderlight.corpus import Corpus
from tenderlight.review import Pair
from tenderlight.web.about import ROOMS
from tenderlight.web.review_lists import hidden_from
from tenderlight.web.value import Value
from tenderlight.web.words import label_of

KINDS = {room: kind for kind, room in ROOMS.items()}


def with_verdicts(
    corpus: Corpus, notice: str, values: Iterable[Value], by: str | None
) -> Iterator[Value]:
    """The values, findings with what the answers come to.

    Where a plan still asks the reader about one, nothing is said of it.
    """
    hidden = hidden_from(corpus, by)
    for value in values:
        pair = Pair(notice, KINDS.get(value.group, ""), value.value)
        if value.under is not None or not value.id.startswith("finding-") or pair in hidden:
            yield value
            continue
        state = corpus.review.settled(pair).state
        known = None if state == "open" else label_of("settled", state)
        yield msgspec.structs.replace(value, reviewed=known)
