"""What the second reader learns from, what comes of it, and its card."""

from __future__ import annotations

import msgspec


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A passage whose truth is known: from a person's decision, or a definition's example."""

    subject: str
    """The technology."""
    text: str
    """The sentence around the passage, masked; with the notice's title before it, on a line."""
    is_bought: bool
    source: str
    """`decision` or `example`."""


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


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """A trained reader: its card and its weights, as bytes that say the same everywhere."""

    card: Card
    weights: bytes
