"""A character as it was seen in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Seen(NamedTuple):
    """One character of a line, and where its step stands."""

    text: str
    centre: float
    """In pixels, from the left edge of what was read."""
    confidence: float
    """Between 0 and 1."""
    others: Mapping[str, float]
    """What else it may be, and how likely."""

    def likely(self, text: str) -> float:
        """How likely it is another character, or itself."""
        return self.confidence if text == self.text else self.others.get(text, 0.0)


def sureness(seen: Sequence[Seen]) -> float:
    """How sure the model is of a line: the mean over its characters; 0 for none."""
    return sum(one.confidence for one in seen) / len(seen) if seen else 0.0
