"""The folder of evidence: the bag's digests, the ledger's lines, the stamps, documents, archive."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from tenderlight.editions.check.opening import BROKEN, Contents
from tenderlight.editions.check.wrong import Findings, Stamped
from tenderlight.editions.files import digest_of
from tenderlight.evidence.ledger import Head, Line, decode_line, digest, follows
from tenderlight.evidence.stamps import LARGEST_ROOTS
from tenderlight.evidence.token import LARGEST_ANSWER, Unfit, check_answer, rfc3339
from tenderlight.model import BrokenEvidence

BAG = "evidence"
PART = re.compile(r"evidence/data/ledger/lines-(\d{7,12})-(\d{7,12})\.jsonl")
SUM = re.compile(r"([0-9a-f]{64})[ \t]+\*?(.+)")
RECORD = re.compile(r"([0-9a-f]{64}) ([A-Za-z0-9._-]{1,200}) (\d{1,18}) (\d{1,12})")
HEX = re.compile(r"[0-9a-f]{64}")
LONGEST_RECORD = 4 << 30


class Named(NamedTuple):
    """What the lines of the ledger name."""

    documents: dict[str, str]
    """By id of a capture, the digest of its document."""
    records: frozenset[str]
    """Digests of records."""
    lines: dict[int, str]
    """By number of a line, its digest."""


class Bag:
    """The evidence of an edition."""

    def __init__(self, contents: Contents, findings: Findings) -> None:
        self.contents, self.findings = contents, findings
        self.named = Named({}, frozenset(), {})
        self.originals = self.records = self.unproven = 0
        self.stamps: tuple[Stamped, ...] = ()

    def check(self) -> None:
        """All of it."""
        self._sums("manifest-sha256.txt")
        self._sums("tagmanifest-sha256.txt")
        parts = sorted(name for name in self.contents.paths if PART.fullmatch(name))
        head = self.contents.decode(f"{BAG}/data/ledger/head.json", Head)
        if head is None or not parts:
            self.findings.add(f"{BAG}/data/ledger", "no lines of the ledger are there")
            return
        self.named = self._ledger(parts)
        self.stamps = tuple(self._stamps())
        self._vouched(parts, head)
        self._originals()
        self._records()

    def _sums(self, name: str) -> None:
        """A manifest of the bag: every file that it names, byte for byte, and no other."""
        raw = self.contents.read(f"{BAG}/{name}")
        if raw is None:
            return
        told = {}
        for line in raw.decode("utf-8", "replace").splitlines():
            match = SUM.fullmatch(line)
            if match is None:
                self.findings.add(f"{BAG}/{name}", "a line of it is none of a bag")
                continue
            told[f"{BAG}/{_decoded(match[2])}"] = match[1]
        for path, sha256 in told.items():
            if path not in self.contents.paths:
                self.findings.add(path, f"{name} of the bag names it, and it is missing")
            elif digest_of(self.contents.folder / path)[0] != sha256:
                self.findings.add(path, f"its bytes are not those that {name} of the bag names")
        if name == "manifest-sha256.txt":
            for path in self.contents.paths:
                if path.startswith(f"{BAG}/data/") and path not in told:
                    self.findings.add(path, "the bag does not name this file")

    def _ledger(self, parts: list[str]) -> Named:
        documents: dict[str, str] = {}
        records: set[str] = set()
        lines: dict[int, str] = {}
        for part in parts:
            for line, sha256 in self._lines(part):
                lines[line.number] = sha256
                if line.capture is not None:
                    documents[line.capture.id] = line.capture.sha256
                    records.add(line.capture.record_sha256)
                records.update(each.record_sha256 for each in line.beside)
                if line.opening is not None:
                    records.add(line.opening.record_sha256)
                if line.withdrawal is not None:
                    records.add(line.withdrawal.record_sha256)
        return Named(documents, frozenset(records), lines)

    def _lines(self, part: str) -> Iterator[tuple[Line, str]]:
        """The lines of one stretch, each naming the digest of the one before."""
        match = PART.fullmatch(part)
        raw = self.contents.read(part)
        if match is None or raw is None:
            return
        first, last = int(match[1]), int(match[2])
        after, count = "", 0
        for number, line in enumerate(raw.splitlines(keepends=True), start=first):
            try:
                decoded = decode_line(line)
            except BrokenEvidence:
                self.findings.add(part, f"line {number - first + 1} is none that we wrote")
                return
            if decoded.number != number or (after and not follows(line, after, number)):
                self.findings.add(part, f"line {number - first + 1} does not follow the one before")
                return
            after, count = digest(line), count + 1
            yield decoded, after
        if count != last - first + 1:
            self.findings.add(part, f"it has {count} lines, and its name says {last - first + 1}")

    def _stamps(self) -> Iterator[Stamped]:
        """The time stamps, each over a line that is here; what does not hold is said."""
        name = f"{BAG}/data/stamps/stamps.csv"
        raw = self.contents.read(name)
        for row in csv.DictReader(io.StringIO((raw or b"").decode("utf-8-sig", "replace"))):
            try:
                yield self._stamp(row)
            except (Unfit, KeyError, TypeError, ValueError) as error:
                self.findings.add(name, f"the stamp over line {row.get('line')}: {error}")

    def _stamp(self, row: dict[str, str]) -> Stamped:
        line, sha256 = int(row["line"]), row["sha256"]
        if self.named.lines.get(line) != sha256:
            raise Unfit("the line that it stamps is not here, or is another one")
        answer = self.contents.read(f"{BAG}/data/{row['token']}", LARGEST_ANSWER)
        roots = self.contents.read(f"{BAG}/data/{row['roots']}", LARGEST_ROOTS)
        stamped = rfc3339(check_answer(answer or b"", sha256, roots or b""))
        if stamped != row["stamped"]:
            raise Unfit(f"it says {stamped}, and the list {row['stamped'][:40]}")
        return Stamped(line=line, stamped=stamped, authority=row["authority"])

    def _vouched(self, parts: list[str], head: Head) -> None:
        """Each stretch ends where a stamp vouches for it, or at the head of the ledger."""
        covered = sorted(one.line for one in self.stamps)
        for part in parts:
            match = PART.fullmatch(part)
            first, last = (int(match[1]), int(match[2])) if match else (0, 0)
            stamped = max((line for line in covered if first <= line <= last), default=first - 1)
            self.unproven += last - stamped if last == head.count else 0
            at_head = last == head.count and self.named.lines.get(last) == head.sha256
            if not at_head and stamped < first:
                self.findings.add(part, "neither a time stamp nor the ledger's head proves it")

    def _originals(self) -> None:
        known = frozenset(self.named.documents.values())
        for path in self.contents.paths:
            if path.startswith(f"{BAG}/data/originals/"):
                self.originals += 1
                if digest_of(self.contents.folder / path)[0] not in known:
                    self.findings.add(path, "no line of the ledger names this document")

    def _records(self) -> None:
        """Every record of the archive, as the ledger names it."""
        name, archive = f"{BAG}/data/records.txt", f"{BAG}/data/evidence.wacz"
        if archive not in self.contents.paths:
            return
        raw = self.contents.read(name) or b""
        try:
            with zipfile.ZipFile(self.contents.folder / archive) as wacz:
                for line in raw.decode("ascii", "replace").splitlines():
                    self._record(wacz, line, archive)
        except (*BROKEN, zipfile.BadZipFile, KeyError, NotImplementedError) as error:
            self.findings.add(archive, f"it is no archive as we write it: {error}")

    def _record(self, wacz: zipfile.ZipFile, line: str, archive: str) -> None:
        match = RECORD.fullmatch(line)
        if match is None:
            self.findings.add(f"{BAG}/data/records.txt", "a line of it is none that we write")
            return
        sha256, file, offset, length = match[1], match[2], int(match[3]), int(match[4])
        info = wacz.getinfo(f"archive/{file}")
        if info.compress_type != zipfile.ZIP_STORED or length > min(info.file_size, LONGEST_RECORD):
            raise ValueError(f"{file} is packed, or shorter than its records")
        with wacz.open(info) as warc:
            warc.seek(offset)
            if hashlib.sha256(warc.read(length)).hexdigest() != sha256:
                self.findings.add(archive, f"{file} at {offset}: the record is another one")
        if sha256 not in self.named.records:
            self.findings.add(archive, f"{file} at {offset}: no line of the ledger names it")
        self.records += 1


def _decoded(path: str) -> str:
    """A path as a bag writes it: line breaks and percent signs in it are escaped.

    >>> _decoded("data/a%25.txt")
    'data/a%.txt'
    """
    return path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
