"""Reading a notice's documents: each in a process of its own, pictures by kept testimony first."""

from __future__ import annotations

import atexit
import threading

import msgspec

from tenderlight.apart import Apart, RecogniserApart
from tenderlight.apart.sound import is_recognised
from tenderlight.corpus.engine import tell
from tenderlight.evidence.testimony import Testimony
from tenderlight.model import Box, BrokenEvidence, Sheet, Unreadable
from tenderlight.pictures import Picture, Recognised
from tenderlight.reading import Opened, Reader


class Witness:
    """Answers what stands in a picture: what was said once is said again, else it is recognised.

    `engine` names the recogniser; empty: pictures are left unread.
    """

    def __init__(self, testimony: Testimony, engine: str) -> None:
        self.testimony, self.engine = testimony, engine
        self._notice = ""

    def reader(self, notice: str) -> Reader:
        """A reader of this notice's documents."""

        def read(payload: bytes, file: str) -> Opened:
            with _PROCESS.turn:
                self._notice, _PROCESS.witness = notice, self
                return _PROCESS.apart().read(payload, file)

        return read

    def recognise(self, picture: Picture) -> Recognised:
        """What stands in a picture. The answer is kept before it is used.

        Raises Unreadable, `reading.testimony`, where what was kept is not what was said.
        """
        if not self.engine:
            return Recognised(engine="none")
        try:
            kept = self.testimony.answer(self.engine, picture.name)
        except BrokenEvidence as error:
            raise _untrue() from error
        if kept is None:
            kept = msgspec.json.encode(_PROCESS.recogniser()(picture))
            self.testimony.keep(self.engine, picture.name, self._notice, kept)
            tell(pages=1)
        return _sound(kept, picture)


def _sound(kept: bytes, picture: Picture) -> Recognised:
    """A kept answer, if it can be one: places outside of the picture would hide nothing there."""
    try:
        seen = msgspec.json.decode(kept, type=Recognised)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise _untrue() from error
    most = 2 * (picture.width + picture.height)  # straightened it is larger, but not by so much
    lines = ((line.left, line.top, line.right, line.bottom, *line.edges) for line in seen.lines)
    if is_recognised(seen) and all(abs(place) <= most for line in lines for place in line):
        return seen
    raise _untrue()


def _untrue() -> Unreadable:
    return Unreadable(
        "reading.testimony",
        "What a recogniser said of this page is not in testimony/ as it was kept.",
        "Run `tenderlight verify`; restore testimony/ from a copy, or delete it with derived/, "
        "then build again.",
    )


def read_without_pictures(payload: bytes, file: str) -> Opened:
    """Read a document, its pictures left unread: what a later look at a page is compared by."""
    with _PROCESS.turn:
        _PROCESS.witness = None
        return _PROCESS.apart().read(payload, file)


def page_picture(
    payload: bytes, sheet: Sheet, *, hide: tuple[Box, ...], mark: tuple[Box, ...], width: int
) -> bytes:
    """A page as PNG, made in a process of its own."""
    with _PROCESS.turn:
        return _PROCESS.apart().page_picture(payload, sheet, hide=hide, mark=mark, width=width)


class _Process:
    """The processes that read for this one: started when first needed, stopped at its end.

    They hold models and libraries that take a second to load, so they outlive a batch.
    """

    def __init__(self) -> None:
        self.turn = threading.Lock()
        """The readers serve one thread at a time; the desk has several."""
        self.witness: Witness | None = None
        self._apart: Apart | None = None
        self._recogniser: RecogniserApart | None = None

    def apart(self) -> Apart:
        """The readers."""
        if self._apart is None:
            self._apart = Apart(recognise=self._recognise)
            atexit.register(self._apart.close)
        return self._apart

    def recogniser(self) -> RecogniserApart:
        """The recogniser."""
        if self._recogniser is None:
            self._recogniser = RecogniserApart()
            atexit.register(self._recogniser.close)
        return self._recogniser

    def _recognise(self, picture: Picture) -> Recognised:
        if self.witness is None:
            return Recognised(engine="none")
        return self.witness.recognise(picture)


_PROCESS = _Process()
