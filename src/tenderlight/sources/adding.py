"""Documents into evidence: what `tenderlight add` does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from tenderlight.evidence import Cleared, Keeping, Store
from tenderlight.evidence.foreign.archive import archive_kind
from tenderlight.evidence.keep import BATCH, Clock, name_of
from tenderlight.model import Refused
from tenderlight.seen import Run
from tenderlight.sources.archive import Imported, add_archive, run_id
from tenderlight.sources.folder import Found, RefusedFile, find_documents, open_document

Progress = Callable[["Added"], None]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What came of adding."""

    new: int = 0
    """Captures that were preserved and acknowledged."""
    known: int = 0
    """Documents whose bytes were here already, from the same place."""
    refused: tuple[RefusedFile, ...] = ()
    archives: tuple[Run, ...] = ()
    """The report of each archive of others that was among the files."""
    cleared: tuple[Cleared, ...] = ()
    """What an earlier session left when it was cut off, never acknowledged and now gone."""


def add(
    corpus_folder: Path, paths: Iterable[Path], now: Clock, progress: Progress | None = None
) -> Added:
    """Preserve files and folders as evidence of a corpus; `progress` hears as it goes.

    `add(Path("xinjiang"), [Path("saved-notices")], lambda: datetime.now(UTC))`

    One document that is refused stops nothing. Refuses the whole (Refused) where the folder is no
    corpus, another session has it open or the disk is full, and (BrokenEvidence) where the
    evidence is not what was acknowledged.
    """
    evidence = corpus_folder / "evidence"
    if not evidence.is_dir():
        raise Refused(
            f"{corpus_folder} is not a corpus.", "Make one with `tenderlight init` first."
        )
    count = _Count(progress)
    with Store(evidence).keeping(now, count.acknowledge) as session:
        for each in find_documents(paths, leave_out=corpus_folder):
            if isinstance(each, Found):
                _keep(session, each, count, now)
            else:
                count.refused.append(each)
            count.step()
    return count.added(session.cleared)


class _Count:
    """What has come of adding so far."""

    def __init__(self, progress: Progress | None) -> None:
        self.new = self.known = self._seen = 0
        self.refused: list[RefusedFile] = []
        self.archives: list[Run] = []
        self._progress = progress

    def acknowledge(self, new: int) -> None:
        """So many new captures are safe now."""
        self.new = new
        self._tell()

    def step(self) -> None:
        """One more document was seen to."""
        self._seen += 1
        if self._seen % BATCH == 0:
            self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(Added(new=self.new, known=self.known))

    def added(self, cleared: tuple[Cleared, ...]) -> Added:
        return Added(
            new=self.new,
            known=self.known,
            refused=tuple(self.refused),
            archives=tuple(self.archives),
            cleared=cleared,
        )

    def take(self, imported: Imported) -> None:
        """What came of an archive."""
        self.archives.append(imported.run)
        self.known += imported.run.known
        self.refused += imported.refused


def _keep(session: Keeping, found: Found, count: _Count, now: Clock) -> None:
    try:
        with os.fdopen(open_document(found), "rb", buffering=0) as document:
            if archive_kind(document) is not None:
                run = run_id(now(), session.next_number)
                count.take(add_archive(session, document, found.file, now, run))
                return
            notice = found.attached_to
            capture = session.keep(
                document,
                file=found.file,
                url=found.url,
                captured=found.captured,
                stated=found.stated,
                role="notice" if notice is None else "attachment",
                of=None if notice is None else _name_of(notice),
            )
    except Refused as refused:
        what = refused.what.removeprefix(f"{found.file} ")
        count.refused.append(RefusedFile(file=found.file, what=what, hint=refused.hint))
        return
    if capture is None:
        count.known += 1


def _name_of(notice: Found) -> str:
    """The name that a notice has in the evidence: it was added before what is attached to it."""
    with os.fdopen(open_document(notice), "rb", buffering=0) as document:
        return name_of(document, file=notice.file, url=notice.url)
