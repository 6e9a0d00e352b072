"""Where an export may be written, and how: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tenderlight.model import Refused


def refuse_place(out: Path, corpus: Path) -> None:
    """Refuses a folder, a place inside the corpus, and a folder that is not there."""
    if out.is_dir():
        raise Refused(f"{out} is a folder.", "Name the file to write.")
    if out.resolve().is_relative_to(corpus.resolve()):
        hint = "Write beside it: only Tenderlight's own files belong in a corpus."
        raise Refused(f"{out} lies inside the corpus {corpus}.", hint)
    if not out.parent.is_dir():
        raise Refused(f"There is no folder {out.parent}.", "Make it, or name another.")


@contextmanager
def new_file(out: Path) -> Iterator[IO[bytes]]:
    """A file to write to that takes the name `out` only when the block ends well.

    Refuses a place that cannot be written, with the system's reason; a full disk too.
    """
    new = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        with new.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.replace(out)
    except OSError as error:
        what = f"{out} could not be written: {error.strerror or error}."
        raise Refused(what, "Nothing was changed. Name a place with room that you own.") from error
    finally:
        with suppress(OSError):  # not made, or already in its place
            new.unlink()
