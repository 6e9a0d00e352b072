"""Questions to the search index, and passages to show for each answer."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import tantivy

from tenderlight.corpus.index import QUERY_MARKS, damaged, has_index, schema
from tenderlight.model import Refused
from tenderlight.plain import fold

WORD = re.compile(r'(?P<no>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))')
FACETS = ("province", "year", "technology", "notice_type", "buyer")
LONGEST = 400
"""Characters in a query: more is a pasted document, not a question."""
AROUND = 40
"""Characters shown on each side of a hit."""


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers are narrowed to. `buyer` is a part of the buyer's name."""

    province: str | None = None
    year: str | None = None
    technology: str | None = None
    notice_type: str | None = None
    buyer: str | None = None
    within: str | None = None
    """`specifications`: the words must stand in passages of technical requirements."""


class Snippet(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a notice's text around a hit. `spans` are the hits within it."""

    text: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page of answers, newest first; `facets` count all answers, not only this page."""

    total: int
    ids: tuple[tuple[str, int], ...]
    """Each notice with its batch."""
    facets: dict[str, list[tuple[str, int]]]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked: texts that must occur, and texts that must not."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def parse_question(query: str) -> Question:
    """Words apart by spaces must all occur; "a phrase" holds its spaces; -word must not occur.

    A quotation mark that is never closed is a character like others.

    >>> parse_question('人脸 "Y STR" -医院').wanted
    ('人脸', 'y str')
    """
    if len(query) > LONGEST:
        raise Refused(f"The query has {len(query)} characters.", f"Use at most {LONGEST}.")
    wanted, unwanted = [], []
    for match in WORD.finditer(fold(query)):
        text = match["phrase"] if match["phrase"] is not None else match["word"]
        if match["no"] and text:
            unwanted.append(text)
        elif text:
            wanted.append(text)
    return Question(wanted=tuple(wanted), unwanted=tuple(unwanted))


class Search:
    """An index opened for reading. Sees what was committed when it was opened or `reload`ed."""

    def __init__(self, folder: Path) -> None:
        if not has_index(folder):
            raise Refused("The corpus has no search index yet.", "Run `tenderlight build` first.")
        self._schema = schema()
        self._links: TemporaryDirectory[str] | None = None
        try:
            self._index = tantivy.Index.open(str(self._openable(folder)))
            self._index.reload()
        except ValueError as error:
            raise damaged(folder, error) from None

    def reload(self) -> None:
        """See what was committed meanwhile."""
        self._index.reload()

    def _openable(self, folder: Path) -> Path:
        """The folder, or where it cannot be written, links to its files.

        tantivy takes a lock even to read, and makes the lock's file in the index's folder.
        """
        if os.access(folder, os.W_OK):
            return folder
        self._links = TemporaryDirectory(prefix="tenderlight-index-")
        for file in folder.iterdir():
            if not file.name.endswith(".lock"):
                (Path(self._links.name) / file.name).symlink_to(file.absolute())
        return Path(self._links.name)

    def find(
        self, question: Question, filters: Filters, limit: int, offset: int, facets: bool = True
    ) -> Found:
        """The notices that hold every wanted text and no unwanted one, newest first."""
        query = self._query(question, filters)
        searcher = self._index.searcher()
        hits = searcher.search(query, max(limit, 1), True, "when", offset, order=tantivy.Order.Desc)
        documents = [searcher.doc(address) for _, address in hits.hits[:limit]]
        ids = tuple((d.get_first("id") or "", int(d.get_first("batch") or 0)) for d in documents)
        total: int = hits.count  # type: ignore[attr-defined]  # missing in tantivy's stubs
        return Found(total=total, ids=ids, facets=_facets(searcher, query) if facets else {})

    def batch_of(self, id: str) -> int | None:
        """The batch that holds a notice; None where there is none of that name."""
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.term_query(self._schema, "id", id), 1).hits
        return int(searcher.doc(hits[0][1]).get_first("batch") or 0) if hits else None

    def _query(self, question: Question, filters: Filters) -> tantivy.Query:
        must, not_ = tantivy.Occur.Must, tantivy.Occur.MustNot
        field = "spec_pairs" if filters.within else "pairs"
        parts = [(must, self._substring(field, text)) for text in question.wanted]
        parts += [(not_, self._substring(field, text)) for text in question.unwanted]
        if filters.within:
            holds = tantivy.Query.term_query(self._schema, "holds", filters.within)
            parts.append((must, holds))
        for name in ("province", "year", "technology", "notice_type"):
            value = getattr(filters, name)
            if value:
                parts.append((must, tantivy.Query.term_query(self._schema, name, value)))
        if filters.buyer:
            parts.append((must, self._substring("buyer_pairs", filters.buyer)))
        if not any(occur == must for occur, _ in parts):
            parts.append((must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(parts)

    def _substring(self, field: str, text: str) -> tantivy.Query:
        """Exactly the documents in whose folded text this text occurs."""
        marked = fold(text).translate(QUERY_MARKS)
        if len(marked) == 1:
            if field == "pairs":
                return tantivy.Query.term_query(self._schema, "characters", marked)
            return tantivy.Query.regex_query(self._schema, field, re.escape(marked) + ".")
        terms = [marked[i : i + 2] for i in range(len(marked) - 1)]
        if len(terms) == 1:
            return tantivy.Query.term_query(self._schema, field, terms[0])
        # Every second pair is enough, as long as the last one is among them.
        steps = [*range(0, len(terms) - 1, 2), len(terms) - 1]
        return tantivy.Query.phrase_query(self._schema, field, [(i, terms[i]) for i in steps])


def snippets(
    text: str,
    question: Question,
    most: int = 2,
    places: Sequence[tuple[int, int]] | None = None,
) -> tuple[Snippet, ...]:
    """The first places at which a text holds what was wanted, one for each wanted text first.

    With `places` only stretches of the text are looked at: its passages of requirements.
    """
    folded = fold(text).translate(QUERY_MARKS)
    stretches = [(0, len(text))] if places is None else places
    found = []
    for wanted in question.wanted:
        marked = fold(wanted).translate(QUERY_MARKS)
        starts = (folded.find(marked, begin, end) for begin, end in stretches)
        start = next((place for place in starts if place >= 0), -1)
        if start >= 0:
            found.append((start, start + len(wanted)))
    merged: list[Snippet] = []
    for start, end in sorted(found)[: most * 2]:
        if merged and start < merged[-1].end:
            last = merged[-1]
            spans = (*last.spans, (start - last.start, min(end, last.end) - last.start))
            merged[-1] = msgspec.structs.replace(last, spans=spans)
            continue
        left, right = max(0, start - AROUND), min(len(text), end + AROUND)
        span = (start - left, end - left)
        merged.append(Snippet(text=text[left:right], start=left, end=right, spans=(span,)))
    return tuple(merged[:most])


def _facets(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, list[tuple[str, int]]]:
    wanted = {name: {"terms": {"field": name, "size": 50}} for name in FACETS}
    answer = searcher.aggregate(query, wanted)
    return {
        name: [(bucket["key"], bucket["doc_count"]) for bucket in answer[name]["buckets"]]
        for name in FACETS
    }
