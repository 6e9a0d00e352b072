"""Adding to the evidence: one session at a time, acknowledged only when it is safely on disk."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from tenderlight.evidence.answered import Understood, rfc3339, understand
from tenderlight.evidence.event import event
from tenderlight.evidence.exchange import Answer
from tenderlight.evidence.foreign.group import Group
from tenderlight.evidence.foreign.record import Seen
from tenderlight.evidence.known import asked_place, capture_name, import_name
from tenderlight.evidence.ledger import Beside, locked
from tenderlight.evidence.measure import Again, measure
from tenderlight.evidence.proving import Proving
from tenderlight.evidence.recover import Settled, settle
from tenderlight.evidence.session import Clock as Clock
from tenderlight.evidence.warc import ROTATE, target_uri, warc_name
from tenderlight.evidence.write import AsFound, Record, record_id
from tenderlight.model import Capture, Refused, Role, Statement

BATCH = 256
"""Captures per acknowledgement: what a crash can cost, against the time that fsync takes."""
_CERTIFICATES = 10_000
"""Certificates that a session remembers to have written already."""


@contextmanager
def keeping(
    folder: Path,
    now: Clock,
    acknowledged: Callable[[int], None] | None = None,
    *,
    batch: int = BATCH,
    rotate: int = ROTATE,
) -> Iterator[Keeping]:
    """A session of adding to the evidence in `folder`; see `Keeping`.

    Refuses a second session beside this one (Refused), and evidence that is broken
    (BrokenEvidence). `acknowledged` hears how many new captures are safe, after each batch.
    """
    with locked(folder, to_write=True) as ledger, _disk_trouble():
        settled = settle(folder, ledger)
        session = Keeping(folder, ledger, settled, now, batch, rotate)
        session.acknowledged = acknowledged
        try:
            yield session
            session.commit()
        finally:
            session.close()
            settled.known.close()


@contextmanager
def _disk_trouble() -> Iterator[None]:
    """Have a disk that fails, ours or the one for temporary files, stop the session politely."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise Refused(
            f"Adding stopped: {error}.",
            "Everything acknowledged is safe. If the disk is full make room, then add again.",
        ) from error


def name_of(document: BinaryIO, *, file: str, url: str | None) -> str:
    """The id that a document has, or would have, as a notice from this place."""
    sha256, _, _ = measure(document, file)
    return f"{capture_name(sha256, url or file)[0]:016x}"


class Keeping(Proving):
    """An open session. What it gives back is safe once `acknowledged` has heard of it."""

    def __init__(
        self,
        folder: Path,
        ledger: BinaryIO,
        settled: Settled,
        now: Clock,
        batch: int,
        rotate: int,
    ) -> None:
        super().__init__(folder, ledger, settled, now, batch, rotate)
        self._certificates: set[str] = set()

    def keep(
        self,
        document: BinaryIO,
        *,
        file: str,
        url: str | None = None,
        captured: str | None = None,
        stated: Statement | None = None,
        role: Role = "notice",
        of: str | None = None,
    ) -> Capture | None:
        """Preserve a document, read from its start; None if the same came from there before.

        Refuses (Refused) one that is empty, too large, cannot be read or changes meanwhile; then
        the session is as it was, and goes on.
        """
        sha256, size, whole = measure(document, file)
        name, rest = capture_name(sha256, url or file)
        if self._is_known(name, rest, file):
            return None
        uri, added = target_uri(file, url), rfc3339(self._now())
        record = Record(
            kind="resource",
            id=record_id(uri, added, sha256),
            date=added,
            uri=uri,
            content_type="application/octet-stream",  # nobody has looked at it yet
            block=io.BytesIO(whole) if whole is not None else Again(document, size, sha256, file),
            size=size,
            sha256=sha256,
            payload_sha256=sha256,
        )
        told = _told(f"{name:016x}", file, sha256, size, added, role, of)
        told = msgspec.structs.replace(told, url=url, captured=captured, stated=stated)
        return self._preserve(told, record)

    def keep_exchange(
        self,
        answer: Answer,
        *,
        role: Role,
        source: str,
        run: str,
        of: str | None = None,
        stated: Statement | None = None,
        page: str | None = None,
        file: str | None = None,
    ) -> Capture:
        """Preserve an exchange over HTTP, whatever came of it: every call adds a capture.

        The document is the answer's body without its codings; where no answer came, or one that
        is no HTTP, it is our note of that. A `notice` stays one only if the answer is good (200,
        whole) and the first from its place; later ones are visits of that notice, and where there
        is none yet what came instead of it is `other`.
        """
        understood = understand(answer, source=source, run=run, page=page)
        role, of = self._role(role, of, understood)
        certificate = understood.exchange.certificate
        records = event(
            answer,
            understood,
            self.next_number,
            with_certificate=certificate not in self._certificates,
        )
        told = msgspec.structs.replace(
            self._seen(understood, file or answer.url.partition("://")[2], role, of),
            url=answer.url,
            stated=stated,
        )
        capture = self._preserve(told, records.main, records.beside)
        self._remember_certificate(certificate)
        return capture

    def _seen(self, found: Understood, file: str, role: Role, of: str | None) -> Capture:
        id, added, document = self._event_id(role, found), rfc3339(self._now()), found.document
        told = _told(id, file, document.sha256, document.size, added, role, of)
        return msgspec.structs.replace(told, captured=found.when, exchange=found.exchange)

    def keep_foreign(self, group: Group, seen: Seen, *, role: Role) -> Capture | None:
        """Preserve a record that others made, letter by letter; None if the same is here already.

        A `notice` stays one only if the answer is good and the first from its place; as with
        `keep_exchange`, later ones are visits of that notice.
        """
        sha256 = seen.document.sha256
        name = import_name(sha256, seen.place, seen.captured)
        if self.known.rest(name) is not None:
            return None
        role, of = self._foreign_role(role, seen)
        if role == "notice" and not self._is_known(*capture_name(sha256, seen.place), group.name):
            name, _ = capture_name(sha256, seen.place)
        told = _told(
            f"{name:016x}",
            group.name,
            sha256,
            seen.document.size,
            rfc3339(self._now()),
            role,
            of,
        )
        told = msgspec.structs.replace(
            told, url=seen.url, captured=seen.captured, exchange=seen.exchange
        )
        main = AsFound(head=group.main.head, block=group.main.block)
        return self._preserve(told, main, group.companions())

    def _foreign_role(self, role: Role, seen: Seen) -> tuple[Role, str | None]:
        if role not in ("notice", "visit"):
            return role, None
        first = self.known.notice_at(seen.place) if seen.url else None
        if first is not None:
            return "visit", first
        return ("notice" if role == "notice" and seen.is_good else "other"), None

    def _preserve(
        self,
        told: Capture,
        main: Record | AsFound,
        beside: Iterable[tuple[Literal["request", "metadata"], Record | AsFound]] = (),
    ) -> Capture:
        """Write the records of a capture, and its line; gives the capture with their place."""
        with self._whole_or_nothing() as offset:
            placed = self._write(main)
            capture = msgspec.structs.replace(
                told,
                warc=warc_name(self._number),
                offset=offset,
                length=placed.length,
                record_sha256=placed.sha256,
            )
            others = [(kind, self._write(record)) for kind, record in beside]
            self._append_line(
                capture=capture,
                beside=tuple(
                    Beside(kind=kind, length=each.length, record_sha256=each.sha256)
                    for kind, each in others
                ),
            )
        self.known.add(capture)
        return capture

    def notice_at(self, url: str, asked: str | None = None) -> str | None:
        """The id of the notice that was first captured at an address, None where none was.

        `asked` is the SHA-256 of the request's body, where it has one.
        """
        return self.known.notice_at(asked_place(url, asked))

    def _role(self, role: Role, of: str | None, found: Understood) -> tuple[Role, str | None]:
        if role not in ("notice", "visit"):
            return role, of
        first = self.known.notice_at(found.place)
        if role == "visit":
            return role, of or first
        if first is not None:
            return "visit", first
        return ("notice", of) if found.is_good else ("other", of)

    def _event_id(self, role: Role, found: Understood) -> str:
        """Of a notice as if it had been added by hand; of all else, one for each look."""
        sha256, place = found.document.sha256, found.place
        if role == "notice":
            name, rest = capture_name(sha256, place)
            if not self._is_known(name, rest, place):
                return f"{name:016x}"
        seen = [place, found.when, found.exchange.run]
        name, _ = capture_name(sha256, "\0".join(seen))
        while self.known.rest(name) is not None:  # twice within a millisecond
            seen.append(str(self.next_number))
            name, _ = capture_name(sha256, "\0".join(seen))
        return f"{name:016x}"

    def _is_known(self, name: int, rest: int, file: str) -> bool:
        known = self.known.rest(name)
        if known is not None and known != rest:
            raise Refused(
                f"{file} would get the id {name:016x}, which another document has.",
                "That is no chance, somebody made it so: add it to a corpus of its own.",
            )
        return known is not None

    def _remember_certificate(self, sha256: str | None) -> None:
        if sha256 is not None and len(self._certificates) < _CERTIFICATES:
            self._certificates.add(sha256)


def _told(
    id: str, file: str, sha256: str, size: int, added: str, role: Role, of: str | None
) -> Capture:
    """A capture whose place in the WARC files is not known yet."""
    return Capture(
        id=id,
        file=file,
        sha256=sha256,
        size=size,
        added=added,
        role=role,
        of=of,
        warc="",
        offset=0,
        length=0,
        record_sha256="",
    )
