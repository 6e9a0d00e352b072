"""Invented notices in real layouts, for the demo and the tests."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path


def sample_folder() -> AbstractContextManager[Path]:
    """The folder of invented notices, with its manifest, for as long as the block runs."""
    return as_file(files(__package__) / "notices")


def further_folder() -> AbstractContextManager[Path]:
    """Sixteen further invented notices, for the figures of published investigations; no labels."""
    return as_file(files(__package__) / "further")


def visits_folder() -> AbstractContextManager[Path]:
    """A web archive of five invented notices and what became of them, as a crawler keeps it."""
    return as_file(files(__package__) / "visits")


def reviews_folder() -> AbstractContextManager[Path]:
    """Two sampling plans and what two invented reviewers answered, as a corpus keeps them."""
    return as_file(files(__package__) / "reviews")
