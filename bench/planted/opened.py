"""Every number of every figure, opened down to characters in preserved bytes.

A key opens onto proofs that add up to the number; a proof stands in the text of its notice, at its
place; and those characters stand in the bytes that were preserved, read here by other code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from bench.planted.preserved import characters, payloads, squeezed
from tenderlight.corpus import Corpus
from tenderlight.figures import Figure, Proof, figures, make_figure, open_cells
from tenderlight.plain import MASK

MOST = 10**9
"""Every line of the coverage too, however many notices it has."""


class Opened:
    """A corpus whose numbers are opened; counts how each proof was held against the bytes."""

    def __init__(self, corpus: Corpus, *, every: int = 1, most: int = MOST) -> None:
        """Of every so many notices the passages are followed into the bytes; lines of the coverage
        with more than `most` notices are not opened.
        """
        self.corpus, self._every, self._most = corpus, every, most
        self.con = corpus.connect()
        self.count: Counter[str] = Counter()
        self._payloads = payloads(corpus.folder.evidence)
        said = self.con.execute("select id, sha256 from notice").fetchall()
        self._digests = {id: {digest} for id, digest in said}
        for table in ("part", "attachment"):
            said = self.con.execute(f"select notice, sha256 from {table}").fetchall()
            for id, digest in said:
                self._digests[id].add(digest)
        self._text = lru_cache(maxsize=None)(self._text_of)
        self._printed = lru_cache(maxsize=None)(self._printed_of)
        self._preserved = lru_cache(maxsize=None)(self._preserved_of)
        self._shown = lru_cache(maxsize=None)(corpus.notice)
        self._is_whole = lru_cache(maxsize=None)(self._is_whole_of)
        self._checked: dict[tuple[str, str | None, int | None, str], str | None] = {}

    def wrong(self) -> Iterator[str]:
        """A line for every number that does not open, or opens onto what is not there."""
        for card in figures():
            figure = make_figure(self.con, card.name)
            numbers = dict(numbers_of(figure))
            opened = dict(open_cells(self.con, card.name, most=self._most))
            for key, value in numbers.items():
                if key.startswith("coverage/") and value > self._most:
                    continue
                self.count["numbers"] += 1
                proofs = opened.get(key, ())
                total = sum((Decimal(proof.value) for proof in proofs), Decimal(0))
                if not proofs or total != value:
                    yield f"{card.name} {key}: {value}, but its proofs add up to {total}"
                for proof in proofs:
                    said = self._proof(proof)
                    if said is not None:
                        yield f"{card.name} {key} {proof.notice}: {said}"

    def _proof(self, proof: Proof) -> str | None:
        """What is wrong with a proof; None: nothing."""
        self.count["proofs"] += 1
        if int(proof.notice[:8], 16) % self._every:
            return None
        if proof.text is None:
            self.count["whole documents"] += 1
            return None if self._preserved(proof.notice) else "its document is not preserved"
        place = proof.notice, proof.part, proof.start, proof.text
        if place not in self._checked:
            self._checked[place] = self._passage(proof)
        return self._checked[place]

    def _passage(self, proof: Proof) -> str | None:
        self.count["passages"] += 1
        text, start, end = proof.text or "", proof.start or 0, proof.end or 0
        if proof.part == "manifest":
            self.count["in manifests"] += 1
            return None
        shown = self._text(proof.notice)[start:end]
        if shown != text:
            return f"{text!r} is cited, {shown!r} stands there"
        if self._is_recognised(proof):
            self.count["recognised in pictures"] += 1
            notice = self._shown(proof.notice)
            page = notice.page_with(start, end) if notice else None
            return None if page is not None else f"{text!r} has no place on its page"
        known = [each for each in self._printed(proof.notice) if each is not None]
        pattern = re.compile(re.escape(squeezed(text)).replace(MASK, "."))
        if any(pattern.search(each) for each in known):
            exact = "at its very place" if self._is_whole(proof.notice) else "somewhere"
            self.count[f"in preserved bytes, {exact}"] += 1
            return None
        if len(known) < len(self._printed(proof.notice)):
            self.count["in formats that are not read here"] += 1
            return None
        return f"{text!r} does not stand in the preserved bytes"

    def _is_recognised(self, proof: Proof) -> bool:
        """Whether it stands on a page that is a picture; then it must have its place there."""
        shown = self._shown(proof.notice)
        return any(page.recognised for page in shown.pages) if shown and proof.page else False

    def _preserved_of(self, notice: str) -> tuple[bytes, ...]:
        held = (self._payloads.get(digest) for digest in sorted(self._digests[notice]))
        return tuple(payload for payload in held if payload is not None)

    def _text_of(self, notice: str) -> str:
        shown = self._shown(notice)
        return shown.text if shown else ""

    def _is_whole_of(self, notice: str) -> bool:
        """Whether the whole text is, character by character, the document's: so every place is."""
        text = squeezed(self._text(notice))
        return any(
            each is not None and len(each) >= len(text) and all(map(_same, text, each))
            for each in self._printed(notice)
        )

    def _printed_of(self, notice: str) -> tuple[str | None, ...]:
        return tuple(characters(payload) for payload in self._preserved(notice))


def numbers_of(figure: Figure) -> Iterator[tuple[str, int | Decimal]]:
    """Every number with a key: cells, points of the chart and lines of the coverage.

    A percentage or an average is worked out of others; its key opens those.
    """
    worked_out = {c.id for c in figure.columns if c.kind in ("percent", "average")}
    for row in figure.rows:
        for column, cell in zip(figure.columns, row.cells, strict=True):
            if cell.key and isinstance(cell.value, int | Decimal) and column.id not in worked_out:
                yield cell.key, cell.value
    for series in figure.chart.series:
        yield from ((point.key, point.value) for point in series.points if point.key)
    yield from ((line.key, line.count) for line in figure.coverage if line.key)


def _same(shown: str, printed: str) -> bool:
    return shown in (printed, MASK)
