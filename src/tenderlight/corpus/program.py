"""The program as a digest: where it is the same, so are the pages and figures that it makes."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

BESIDE = frozenset({"__pycache__", "sample"})
"""Folders of the package that no page and no figure depends on."""
WRITTEN_WITH = ("jinja2", "markupsafe", "msgspec")


@cache
def program() -> str:
    """SHA-256 over the digests of all files of Tenderlight, and the packages that write pages.

    Any changed line of ours gives another one, whether a page depends on it or not: who compares
    pages byte by byte must not mistake a newer program for a forger.
    """
    told = [f"{name} {version(name)}" for name in WRITTEN_WITH]
    told += _told(files("tenderlight"), "")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _told(folder: Traversable, above: str) -> list[str]:
    """A line for each file, by name."""
    found = []
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            found += [] if each.name in BESIDE else _told(each, f"{above}{each.name}/")
        else:
            found.append(f"{hashlib.sha256(each.read_bytes()).hexdigest()} {above}{each.name}")
    return found
