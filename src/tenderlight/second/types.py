"""What the second reader learns from, what comes of it, and its card."""

from __future__ import annotations

from typing import Literal

import msgspec

Source = Literal["decision", "example", "claim"]
"""Where a lesson's truth is from: a person, a definition's own example, or what the definitions say
of the corpus, which may be wrong and counts for little."""


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A passage whose truth is known: from a person's decision, or a definition's example."""

    subject: str
    """The technology."""
    text: str
    """The notice's title, a line break, and the sentence around the passage; all masked."""
    is_bought: bool
    source: Source
    group: str = ""
    """Lessons that belong together, as those of one notice: never tried on one another."""

    @property
    def title(self) -> str:
        """The first line."""
        return self.text.partition("\n")[0]

    @property
    def sentence(self) -> str:
        """What follows the first line, on one."""
        return " ".join(self.text.partition("\n")[2].split())


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The model card: what it is, what it was trained on, what it may be used for."""

    name: str
    version: int
    seed: int
    lessons: int
    decisions: int
    """How many of the lessons are people's decisions."""
    digest: str
    """SHA-256 over all lessons in their order: the same lessons and seed give the same reader."""
    libraries: str
    """Name and version of what trained it."""
    measured: dict[str, float] = {}
    """By cross-validation over the lessons: `average_precision`, `brier`, …"""
    limits: str = ""
    examples: int = 0
    claims: int = 0
    definitions: str = ""
    """SHA-256 of the definitions whose words it knows."""
    weights: str = ""
    """SHA-256 of the weights."""


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """A trained reader: its card and its weights, as bytes that say the same everywhere."""

    card: Card
    weights: bytes
