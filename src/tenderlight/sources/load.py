"""The sources that there are: ours, and a reporter's own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from tenderlight.model import Refused
from tenderlight.sources.api import ApiSource
from tenderlight.sources.asking import Source
from tenderlight.sources.card import LARGEST, Card, parse_card
from tenderlight.sources.feed import FeedSource
from tenderlight.sources.selectors import SelectorSource

CARD = "source.toml"
MOST = 500
"""A reporter's own sources."""


def load_sources(own: Path | None = None) -> dict[str, Source]:
    """Our sources and those of a reporter's folder, by their ids, sorted.

    `load_sources(Folder(Path("xinjiang")).own_sources)["ccgp"].card.pace`

    A reporter's sources are cards alone: `own/<id>/source.toml`. Refuses (Refused) a card that does
    not fit, naming file, key and what to do; one of kind `code`; one with the id of one of ours;
    links and anything else that is no plain file.
    """
    sources = {id: _open(parse_card(text, id, f"sources/{id}/{CARD}")) for id, text in _packaged()}
    for id, text in _own(own) if own is not None else ():
        file = f"{own}/{id}/{CARD}"
        if id in sources:
            raise Refused(
                f"{file} has the name of a source of ours.", "Rename its folder, `my-ccgp`."
            )
        card = parse_card(text, id, file)
        if card.kind == "code":
            raise Refused(
                f"{file} is of kind `code`, which only sources of this package are.",
                "Describe it by selectors, json or feed; see docs/sources/writing.md.",
            )
        sources[id] = _open(card)
    return dict(sorted(sources.items()))


def ignored_files(own: Path | None) -> tuple[str, ...]:
    """What lies in a reporter's folders of sources and is not used: code above all.

    To be told to whoever collects, so that nobody believes that it ran.
    """
    if own is None or not own.is_dir():
        return ()
    found = []
    for folder in _folders(own):
        found += [f"{folder.name}/{each.name}" for each in folder.iterdir() if each.name != CARD]
    return tuple(sorted(found)[:MOST])


def _open(card: Card) -> Source:
    """A source that reads as its card says."""
    if card.selectors is not None:
        return SelectorSource(card, card.selectors)
    if card.json is not None:
        return ApiSource(card, card.json)
    if card.feed is not None:
        return FeedSource(card, card.feed)
    module = import_module(f"tenderlight.sources.{card.id}.collect")
    made: Source = module.source(card)
    return made


def _packaged() -> Iterator[tuple[str, bytes]]:
    for folder in sorted(files("tenderlight.sources").iterdir(), key=lambda each: each.name):
        card = folder / CARD
        if folder.is_dir() and card.is_file():
            yield folder.name, card.read_bytes()


def _folders(own: Path) -> list[Path]:
    folders = [each for each in own.iterdir() if each.is_dir() and not each.is_symlink()]
    if len(folders) > MOST:
        raise Refused(
            f"{own} has more than {MOST} folders.", "Leave out those that are no sources."
        )
    return sorted(folders)


def _own(own: Path) -> Iterator[tuple[str, bytes]]:
    if not own.is_dir():
        raise Refused(f"{own} is not a folder.", "Name the folder that holds <id>/source.toml.")
    for entry in own.iterdir():
        if entry.is_symlink():
            raise Refused(f"{entry} is a link.", "Put the folder itself there.")
    for folder in _folders(own):
        yield folder.name, _read_own(folder / CARD)


def _read_own(path: Path) -> bytes:
    """A card's bytes. Refuses links, pipes and devices; reads no more than a card can have."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Refused(
            f"{path} cannot be read: {error.strerror}.",
            "Each folder needs a source.toml of its own.",
        ) from None
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise Refused(f"{path} is no plain file.", "Put the card itself there.")
        return file.read(LARGEST + 1)
