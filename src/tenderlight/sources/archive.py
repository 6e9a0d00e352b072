"""Evidence made by others: WARC and WACZ files into the evidence, and a report of each."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import BinaryIO

import msgspec

from tenderlight.evidence import Keeping
from tenderlight.evidence.foreign.archive import Archive, Doubt, Group, Seen, look_at
from tenderlight.evidence.keep import Clock
from tenderlight.model import Refused, Role
from tenderlight.seen import Run
from tenderlight.sources.folder import RefusedFile

_PAGES = {"text/html", "application/xhtml+xml", "text/plain"}
_FILES = {
    "application/pdf",
    "application/x-pdf",
    "application/msword",
    "application/rtf",
    "application/wps-office.doc",
    "application/vnd.ms-excel",
    "application/vnd.ms-works",
    "application/vnd.ms-powerpoint",
    "application/ofd",
}
_OFFICE = ("application/vnd.openxmlformats-", "application/vnd.oasis.opendocument.")
_VAGUE = {"", "application/octet-stream", "application/force-download", "application/x-download"}
_ENDING = re.compile(r"\.(html?|shtml|txt|pdf|docx?|xlsx?|wps|et|ofd|rtf|od[ts])$", re.I)
_MOST_NOTES = 50
_MOST_REFUSED = 1_000
"""Records of one archive that are refused by name; a small one can hold millions of bad ones."""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one archive."""

    run: Run
    refused: tuple[RefusedFile, ...] = ()


def add_archive(session: Keeping, file: BinaryIO, name: str, now: Clock, run: str) -> Imported:
    """Preserve every record of an archive as it is, and keep a report of that beside it.

    `add_archive(session, file, "crawl.wacz", now, "20261122T064633Z-import-12")`

    The pages and documents that were answered well become notices, what was answered later from
    the same place visits; scripts, pictures, redirects and errors are kept as `other`. Records
    whose own digests do not fit are refused by name. An archive that is not the one that was
    listed or signed is refused as a whole.
    """
    importing = _Import(session, Archive(file, name), name, run, now())
    try:
        importing.take_all()
    except Refused as refused:
        importing.refuse(name, refused)
    return importing.report(now())


class _Import:
    """One archive under way."""

    def __init__(
        self, session: Keeping, archive: Archive, name: str, run: str, started: datetime
    ) -> None:
        self._session, self._archive, self._name = session, archive, name
        self._id, self._started = run, started
        self._refused: list[RefusedFile] = []
        self._failed = 0
        self._kept = self._known = self._notices = self._revisits = self._resolved = 0
        self._whole = False

    def take_all(self) -> None:
        """Every record, in its order; then what came with them."""
        for each in self._archive.groups():
            if isinstance(each, Doubt):
                self._refuse(RefusedFile(file=each.where, what=each.what, hint=each.hint))
                continue
            try:
                self._take(each)
            except Refused as refused:
                self.refuse(each.name, refused)
        for path, document in self._archive.documents:
            self._session.keep(io.BytesIO(document), file=f"{self._name}/{path}", role="other")
        self._whole = True

    def _take(self, group: Group) -> None:
        seen = look_at(group, run=self._id)
        capture = self._session.keep_foreign(group, seen, role=self._role(group, seen))
        if capture is None:
            self._known += 1
            return
        self._kept += 1
        self._notices += capture.role == "notice"
        if group.main.kind == "revisit":
            self._revisits += 1
            said = group.main.headers.get("warc-refers-to-target-uri", "").strip("<>")
            self._resolved += self._session.notice_at(said or capture.url or "") is not None

    def _role(self, group: Group, seen: Seen) -> Role:
        if group.main.kind not in ("response", "resource") or seen.url is None:
            return "other"
        if self._session.notice_at(seen.url, seen.exchange.asked) is not None:
            return "visit"  # whatever came back
        is_good = seen.exchange.status in (None, 200)
        return "notice" if is_good and is_notice(seen, self._archive.pages) else "other"

    def refuse(self, name: str, refused: Refused) -> None:
        """Something is not let in; the rest goes on."""
        what = refused.what.removeprefix(f"{name} ")
        self._refuse(RefusedFile(file=name, what=what, hint=refused.hint))

    def _refuse(self, refused: RefusedFile) -> None:
        self._failed += 1
        if len(self._refused) < _MOST_REFUSED:
            self._refused.append(refused)

    def report(self, ended: datetime) -> Imported:
        """What came of it, kept in the evidence too."""
        refused = [f"refused: {each.file} {each.what}" for each in self._refused[:_MOST_NOTES]]
        if self._failed > _MOST_NOTES:
            refused.append(f"and {self._failed - _MOST_NOTES} more")
        run = Run(
            id=self._id,
            source="import",
            kind="import",
            started=_rfc3339(self._started),
            ended=_rfc3339(ended),
            finished=self._whole,
            requests=self._kept,
            new=self._notices,
            known=self._known,
            failed=self._failed,
            notes=(*self._archive.notes, *self._told_revisits(), *refused),
        )
        document = io.BytesIO(msgspec.json.encode(run))
        self._session.keep(document, file=f"runs/{run.id}.json", role="run")
        return Imported(run=run, refused=tuple(self._refused))

    def _told_revisits(self) -> list[str]:
        if not self._revisits:
            return []
        return [
            f"{self._revisits} records say only that a document was as before, and are kept as "
            f"such; for {self._resolved} of them there is a notice from that address here"
        ]


def is_notice(seen: Seen, pages: frozenset[str]) -> bool:
    """True if an answer is something that a person reads, and not a part of a page.

    Where the archive says which pages somebody looked at, other pages are parts of them (frames);
    files to read are documents in any case.
    """
    media_type, path = seen.exchange.media_type or "", _path_of(seen.url or "")
    if media_type in _VAGUE:
        return _ENDING.search(path) is not None
    if media_type in _FILES or media_type.startswith(_OFFICE):
        return True
    if seen.url in pages:
        return True
    return not pages and media_type in _PAGES and path != "/robots.txt"


def _path_of(url: str) -> str:
    """The path of an address, whether or not it is one: an archive may state what it likes.

    >>> _path_of("http://[x/a.pdf?b#c"), _path_of("https://a.example")
    ('/a.pdf', '/')
    """
    return "/" + re.split(r"[?#]", url.partition("://")[2])[0].partition("/")[2]


def run_id(started: datetime, line: int) -> str:
    """The name of an import: when it began, and with which line of the ledger.

    >>> run_id(datetime(2026, 11, 22, 6, 46, 33, tzinfo=UTC), 12)
    '20261122T064633Z-import-12'
    """
    return started.astimezone(UTC).strftime(f"%Y%m%dT%H%M%SZ-import-{line}")


def _rfc3339(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
