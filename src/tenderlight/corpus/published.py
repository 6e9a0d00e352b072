"""Which editions of a corpus were published, and what became since of the notices they cite.

`editions/ID.json` is written once when an edition is published, and never changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus.folder import Folder, save
from tenderlight.evidence.files import read_inside
from tenderlight.model import BrokenEvidence, Refused

LARGEST = 256 << 20
ID = frozenset("0123456789abcdef")


class PublishedEdition(msgspec.Struct, frozen=True, kw_only=True):
    """What the corpus keeps of an edition."""

    id: str
    """The first 16 characters of the digest of its `edition.json`."""
    sha256: str
    """Of its `edition.json`."""
    title: str
    as_of: str
    """The moment of the last line of ledger or decisions that it holds."""
    ledger_lines: int
    figures: dict[str, tuple[str, ...]]
    """Each figure, with its words as `money?since=2016`, and the notices behind its numbers."""


class SinceThen(msgspec.Struct, frozen=True, kw_only=True):
    """Notices that an edition cites and that are no longer as they were."""

    withdrawn: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """By their portal."""
    changed: tuple[str, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing became of any of them."""
        return not (self.withdrawn or self.removed or self.changed)


def keep_published(folder: Folder, edition: PublishedEdition) -> Path:
    """Note that an edition was published; one that was noted already is left as it is."""
    path = folder.root / "editions" / f"{edition.id}.json"
    if not path.exists():
        save(path, msgspec.json.format(msgspec.json.encode(edition), indent=1) + b"\n")
    return path


def published_editions(folder: Folder) -> tuple[PublishedEdition, ...]:
    """Every edition that was published of a corpus, the newest state first.

    Refuses (Refused) a file that cannot be read: what was published must not be forgotten.
    """
    place = folder.root / "editions"
    found = [_kept(place, path) for path in sorted(place.glob("*.json"))]
    return tuple(sorted(found, key=lambda each: (each.as_of, each.id), reverse=True))


def _kept(place: Path, path: Path) -> PublishedEdition:
    stat = path.lstat()
    return _read(place, path.name, (stat.st_ino, stat.st_size, stat.st_mtime_ns))


@lru_cache(maxsize=64)
def _read(place: Path, name: str, written: tuple[int, int, int]) -> PublishedEdition:
    """A note, read once as long as its file is the same: pages of the desk ask for all of them."""
    try:
        with read_inside(place, name) as file:
            edition = msgspec.json.decode(file.read(LARGEST), type=PublishedEdition)
    except (OSError, BrokenEvidence, msgspec.DecodeError, UnicodeError, RecursionError) as error:
        hint = "Put back the file as it was when the edition was published."
        raise Refused(f"{place / name} cannot be read: {error}.", hint) from None
    if not edition.id or not set(edition.id) <= ID or f"{edition.id}.json" != name:
        raise Refused(f"{place / name} tells of another edition.", "Give it its own name again.")
    return edition


def called(name: str, words: Mapping[str, str]) -> str:
    """A figure with its words, as an edition's note lists it.

    >>> called("money", {"types": "award", "since": "2016"})
    'money?since=2016&types=award'
    """
    told = "&".join(f"{key}={value}" for key, value in sorted(words.items()))
    return f"{name}?{told}" if told else name


def stem_of(name: str, words: Mapping[str, str]) -> str:
    """The name of a figure's files in an edition: another scope, other files.

    >>> stem_of("money", {}), stem_of("money", {"since": "2016"})
    ('money', 'money-dd1b00c5')
    """
    if not words:
        return name
    told = called(name, words).partition("?")[2]
    return f"{name}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def since_then(con: DuckDBPyConnection, cited: tuple[str, ...]) -> SinceThen:
    """What became of notices: withdrawn, or removed or changed by their portal."""
    withdrawn = con.execute(
        "select distinct notice from withdrawn where role = 'notice' "
        "and notice in (select unnest($cited)) order by 1",
        {"cited": list(cited)},
    ).fetchall()
    watched = con.execute(
        "select notice, verdict from watched where verdict in ('removed', 'changed') "
        "and notice in (select unnest($cited)) order by 1",
        {"cited": list(cited)},
    ).fetchall()
    return SinceThen(
        withdrawn=tuple(notice for (notice,) in withdrawn),
        removed=tuple(notice for notice, verdict in watched if verdict == "removed"),
        changed=tuple(notice for notice, verdict in watched if verdict == "changed"),
    )
