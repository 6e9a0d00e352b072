"""A folder that is there whole or not at all, in the form of a bag (BagIt, RFC 8493)."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import bagit

from tenderlight import __version__
from tenderlight.model import Refused

bagit.LOGGER.addHandler(logging.NullHandler())  # what goes wrong is said by our own error
MANIFEST = "tagmanifest-sha256.txt"
"""Names the digests of the other manifests, and so of everything."""


def refuse_folder(out: Path, corpus: Path, size: int) -> None:
    """Refuses a place that holds anything, lies in the corpus, or has less room than `size`."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Refused(f"{out} is no folder.", "Name a new folder.")
    if out.is_dir() and any(out.iterdir()):
        raise Refused(f"{out} is not empty.", "Name a new folder: nothing is mixed or overwritten.")
    if out.resolve().is_relative_to(corpus.resolve()):
        hint = "Write beside it: only Tenderlight's own files belong in a corpus."
        raise Refused(f"{out} lies inside the corpus {corpus}.", hint)
    if not out.absolute().parent.is_dir():
        raise Refused(f"There is no folder {out.absolute().parent}.", "Make it, or name another.")
    free = shutil.disk_usage(out.absolute().parent).free
    if size > free:
        what = (
            f"This needs about {size >> 20:,} MB, and {out.absolute().parent} has {free >> 20:,}."
        )
        raise Refused(what, "Make room, hand over fewer notices, or leave out the originals.")


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder to fill, only for its owner, that takes the name `out` when the block ends well.

    Refuses a place that cannot be written, with the system's reason; a full disk too.
    """
    made: Path | None = None
    try:
        parent = out.absolute().parent
        made = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".new", dir=parent))
        yield made
        _sync(made)
        made.rename(out)
    except (OSError, bagit.BagError) as error:
        what = f"{out} could not be written: {getattr(error, 'strerror', None) or error}."
        raise Refused(what, "Nothing was changed. Name a place with room that you own.") from error
    finally:
        if made is not None:
            with suppress(FileNotFoundError):  # already in its place
                shutil.rmtree(made)


def bag(folder: Path, now: datetime, about: str) -> None:
    """Make a bag of a folder: what is in it becomes `data/`, with a digest for every file."""
    bagit.make_bag(
        str(folder),
        {
            "Bagging-Date": now.astimezone(UTC).strftime("%Y-%m-%d"),
            "Bag-Software-Agent": f"Tenderlight {__version__}, bagit.py {bagit.VERSION}",
            "External-Description": about,
        },
        checksums=["sha256"],
    )


def seal(folder: Path) -> str:
    """Take the pages beside `data/` into the bag too; gives the digest that names it all."""
    bagit.Bag(str(folder)).save()
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def _sync(folder: Path) -> None:
    """Make all of it survive a power cut before it takes its name."""
    for path in (*folder.rglob("*"), folder):
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            os.fsync(number)
        finally:
            os.close(number)
