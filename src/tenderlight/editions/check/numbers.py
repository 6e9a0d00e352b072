"""Figures recomputed: each number is the sum of its proofs, each passage stands in its notice."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

import msgspec

from tenderlight.corpus.published import called
from tenderlight.editions.check.opening import Contents
from tenderlight.editions.check.wrong import Findings
from tenderlight.editions.manifest import FigureOf, Manifest
from tenderlight.editions.printed import Printed
from tenderlight.editions.runs import stretches

NOTICES = "data/notices.jsonl.gz"
LISTED = "data/listed.jsonl.gz"
MOST_KNOWN = 20_000_000
"""Notices that the coverage may list."""
MOST_COUNTED = 500_000_000
"""Of all its lines together: a few characters can claim to count any number."""
STATED = "manifest"
"""The part of a passage that stands in the words which came with a document."""
WORKED_OUT = ("percent", "average")
"""Kinds of columns whose key opens the number that theirs is worked out of."""


class Passage(msgspec.Struct, frozen=True):
    """Of a proof, what can be looked up."""

    notice: str
    value: int | str
    text: str | None = None
    part: str | None = None
    start: int | None = None
    end: int | None = None


class Behind(msgspec.Struct, frozen=True):
    """A line of a file of proofs."""

    key: str
    proofs: tuple[Passage, ...]
    listed: tuple[int, ...] = ()
    """Lines of `data/listed.jsonl.gz` that add 1 each (`runs`)."""


class Preserved(msgspec.Struct, frozen=True):
    """Of a notice's evidence: which document it is."""

    sha256: str


class Line(msgspec.Struct, frozen=True):
    """Of a cited notice, what its passages are looked up in."""

    id: str
    text: str
    evidence: Preserved


class Listed(msgspec.Struct, frozen=True):
    """A notice that the coverage counts."""

    id: str


class Numbers:
    """What was recomputed."""

    def __init__(self, contents: Contents, findings: Findings) -> None:
        self.contents, self.findings = contents, findings
        self.texts: dict[str, bytes] = {}
        """By notice, its text, packed: fifty thousand are in memory."""
        self.documents: dict[str, str] = {}
        """By notice, the digest of its document."""
        self.numbers = self.passages = self.stated = self.unlisted = 0
        self._last = ("", "")
        self._cited: set[str] = set()
        self._read_notices()
        self._listed, self._counted = self._read_listed(), 0

    def _read_notices(self) -> None:
        for line in self.contents.lines(NOTICES, Line):
            if line.id in self.texts:
                self.findings.add(NOTICES, f"{line.id} stands there twice")
            self.texts[line.id] = zlib.compress(line.text.encode("utf-8", "surrogatepass"), 1)
            self.documents[line.id] = line.evidence.sha256

    def _read_listed(self) -> int:
        """How many notices the coverage lists, each once."""
        if LISTED not in self.contents.paths:
            return 0
        ids = set[str]()
        for number, line in enumerate(self.contents.lines(LISTED, Listed)):
            ids.add(line.id)
            if len(ids) <= number or number >= MOST_KNOWN:
                self.findings.add(LISTED, "a notice stands there twice, or too many do")
                break
        return len(ids)

    def check(self, manifest: Manifest, move: Callable[[int, int], None]) -> None:
        """Every figure, and that the manifest says as many notices as are cited."""
        for number, one in enumerate(manifest.figures, start=1):
            self._figure(one)
            move(number, len(manifest.figures))
        for id in self._cited ^ self.texts.keys():
            self.findings.add(NOTICES, f"{id} is cited and not here, or here and not cited")
        if manifest.notices != len(self.texts):
            self.findings.add(NOTICES, f"edition.json says that it holds {manifest.notices}")
        unlisted = sum(one.count for one in manifest.left_out if one.id == "unlisted")
        if unlisted != self.unlisted:
            self.findings.add("data/proofs", f"{self.unlisted} lines of coverage are not listed")

    def _figure(self, one: FigureOf) -> None:
        figure = self.contents.decode(one.figure, Printed)
        sums: dict[str, Decimal | None] = {}
        for behind in self.contents.lines(one.proofs, Behind):
            if behind.key in sums:
                self.findings.add(one.proofs, f"{behind.key} stands there twice")
            sums[behind.key] = self._sum(one, behind)
            if not behind.key.startswith("coverage/"):
                self._cited.update(proof.notice for proof in behind.proofs)
            for proof in behind.proofs:
                self._passage(one, behind.key, proof)
        if figure is not None:
            self._sums(one, figure, sums)

    def _sums(self, one: FigureOf, figure: Printed, sums: dict[str, Decimal | None]) -> None:
        if figure.name != one.name or figure.digest != one.digest:
            told = called(one.name, one.words)
            self.findings.add(one.figure, f"it is another figure than edition.json says: {told}")
        for key, value in printed(figure):
            if key not in sums and key.startswith("coverage/"):
                self.unlisted += 1
            elif key not in sums:
                self.findings.add(one.proofs, f"nothing stands behind {key}")
            elif sums[key] is None or sums[key] != _decimal(value):
                what = f"{key} is {value}, and what stands behind it adds up to {sums[key]}"
                self.findings.add(one.figure, what)
            else:
                self.numbers += 1

    def _sum(self, one: FigureOf, behind: Behind) -> Decimal | None:
        values = [_decimal(proof.value) for proof in behind.proofs]
        known = [value for value in values if value is not None]
        try:
            listed = sum(len(each) for each in stretches(behind.listed, self._listed))
        except ValueError as error:
            self.findings.add(one.proofs, f"{behind.key}: {error}")
            return None
        self._counted += listed
        if self._counted > MOST_COUNTED:
            self.findings.add(one.proofs, "the coverage counts more notices than any corpus has")
            return None
        return sum(known, Decimal(listed)) if len(known) == len(values) else None

    def _passage(self, one: FigureOf, key: str, proof: Passage) -> None:
        if proof.text is None or proof.start is None or proof.end is None:
            return
        if proof.part == STATED:
            self.stated += 1
        elif self._text(proof.notice)[max(proof.start, 0) : max(proof.end, 0)] == proof.text:
            self.passages += 1
        else:
            what = f"a passage behind {key} does not stand in {proof.notice} where it says"
            self.findings.add(one.proofs, what)

    def _text(self, notice: str) -> str:
        if self._last[0] != notice:
            packed = self.texts.get(notice)
            text = zlib.decompress(packed).decode("utf-8", "surrogatepass") if packed else ""
            self._last = (notice, text)
        return self._last[1]


def printed(figure: Printed) -> Iterable[tuple[str, int | str]]:
    """Every number that opens, by its key."""
    found: dict[str, int | str] = {}
    for series in figure.chart.series:
        found |= {point.key: point.value for point in series.points if point.key is not None}
    found |= {line.key: line.count for line in figure.coverage if line.key is not None}
    for row in figure.rows:
        for column, cell in zip(figure.columns, row.cells, strict=False):
            if cell.key is not None and cell.value is not None and column.kind not in WORKED_OUT:
                found[cell.key] = cell.value
    return found.items()


def _decimal(value: int | str) -> Decimal | None:
    """An exact number; None for what is none, and for such as no figure has.

    >>> _decimal("1.50"), _decimal("NaN"), _decimal("1e999999")
    (Decimal('1.50'), None, None)
    """
    try:
        exact = Decimal(value)
    except (InvalidOperation, ValueError):
        return None
    return exact if exact.is_finite() and -10 < exact.adjusted() < 40 else None
