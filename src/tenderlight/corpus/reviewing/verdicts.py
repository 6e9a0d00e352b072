"""The table `settled` and the view `verdict`: what the reviewers' answers come to, claim by claim.

They live in the database in memory that `Corpus.connect` hands out. An answer changes one row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa
from duckdb import DuckDBPyConnection

from tenderlight.corpus.schemas import COUNT, TEXT, TRUTH
from tenderlight.corpus.shown import masked, part_name
from tenderlight.review import (
    Pair,
    Place,
    Quote,
    Reviewed,
    Settled,
    case_id,
    follow,
    implied,
    reviewer,
    settle,
    standing,
)
from tenderlight.review.case import AROUND

Named = Callable[[str, str], bool]
"""Whether a definition of this kind has this id."""
Texts = Callable[[Collection[str]], Iterable[tuple[str, str]]]
"""Gives notices with their masked texts; those that cannot be shown are left out."""

SETTLED: dict[str, Any] = {
    "notice": TEXT,
    "kind": TEXT,
    "id": TEXT,
    "case_id": TEXT,
    "claim": TEXT,
    "state": TEXT,
    "truth": TRUTH,
    "answers": COUNT,
    "reviewers": COUNT,
    "decided": TEXT,
    "by_passage": TRUTH,
    "text": TEXT,
    "context": TEXT,
    "part": TEXT,
    "start_at": COUNT,
    "end_at": COUNT,
    "instead": TEXT,
}
"""One row for each notice and technology (target, site, purpose) that somebody answered about."""
_COLUMNS = ", ".join(
    f"{name} {'boolean' if kind == TRUTH else 'integer' if kind == COUNT else 'varchar'}"
    for name, kind in SETTLED.items()
)
TABLE = f"create table settled ({_COLUMNS})"
_OWN = "s.by_passage and s.case_id is distinct from c.case_id"
_ROWS = f"""select coalesce(c.case_id, s.case_id) as case_id,
    coalesce(c.notice, s.notice) as notice,
    coalesce(c.kind, s.kind) as kind,
    coalesce(c.id, s.id) as id,
    coalesce(c.relation, 'none') as claim,
    coalesce(s.state, 'open') as state,
    s.truth as truth,
    coalesce(s.answers, 0) as answers,
    coalesce(s.reviewers, 0) as reviewers,
    s.decided as decided,
    case when {_OWN} then s.text else coalesce(c.text, s.text) end as text,
    case when {_OWN} then s.context else coalesce(c.context, s.context) end as context,
    case when {_OWN} then s.part else coalesce(c.part, s.part) end as part,
    case when {_OWN} then s.start_at else coalesce(c.start_at, s.start_at) end as start_at,
    case when {_OWN} then s.end_at else coalesce(c.end_at, s.end_at) end as end_at,
    coalesce(s.by_passage, false) as by_passage,
    s.instead as instead
from claim c {{}} join settled s on c.notice = s.notice and c.kind = s.kind and c.id = s.id"""  # noqa: S608 - our own words
VIEW = f"create view verdict as {_ROWS.format('full')}"
"""One row for each claim, and for each notice and technology that somebody answered about. Where a
person confirmed a passage, that one is shown; else the one that the claim rests on."""
ANSWERED = _ROWS.format("right")
"""Of those rows the ones that somebody answered about: few, and found without reading the rest."""


_QUOTE = ("exact", "prefix", "suffix", "part", "start", "end")


class _Claimed(NamedTuple):
    case: str
    relation: str
    quote: Quote


class Found(NamedTuple):
    """Where a judged passage stands now, and its words as our own text has them."""

    place: Place
    quote: Quote


class Verdicts:
    """The answers by what they are about, and the rows that say what they come to."""

    def __init__(self) -> None:
        self.by_pair: dict[Pair, list[Reviewed]] = defaultdict(list)
        self.settled: dict[Pair, Settled] = {}
        self._undone: dict[str | None, list[Reviewed]] = defaultdict(list)
        self._pairs_of: dict[str, list[Pair]] = defaultdict(list)
        self._by: dict[str, dict[str, Reviewed]] = defaultdict(dict)
        self._places: dict[str, Found | None] = {}
        """By the name of an answer, where its passage stands now: the words that are shown are
        those of the text, not those of the line, which anybody may have written."""

    def take(self, lines: Iterable[Reviewed]) -> set[Pair]:
        """Add answers; gives what they are about."""
        touched: set[Pair] = set()
        for line in lines:
            if line.answer == "undo":
                self._undone[line.undoes].append(line)
                touched.update(self._pairs_of.get(line.undoes or "", ()))
                continue
            self._by[line.who][line.name] = line
            for each in (line, implied(line)):
                if each is not None:
                    self.by_pair[each.pair].append(each)
                    self._pairs_of[line.name].append(each.pair)
                    touched.add(each.pair)
        return touched

    def of(self, by: str) -> tuple[Reviewed, ...]:
        """The answers of one reviewer that stand, oldest first."""
        mine = self._by.get(reviewer(by), {})
        undone = (u for name in mine for u in self._undone.get(name, ()))
        return standing([*mine.values(), *undone])

    def standing(self, pair: Pair) -> tuple[Reviewed, ...]:
        """The answers about a notice and technology that nobody took back, oldest first."""
        lines = self.by_pair.get(pair, [])
        return standing([*lines, *(u for e in lines for u in self._undone.get(e.name, ()))])

    def settle(
        self,
        con: DuckDBPyConnection,
        pairs: Collection[Pair],
        method: str,
        known: Collection[str],
        texts: Texts,
        named: Named,
    ) -> None:
        """Work out these rows again. `known` are the notices that the corpus has; what no
        definition names is passed over.
        """
        here = {pair: lines for pair in pairs if (lines := self.standing(pair))}
        here = {p: lines for p, lines in here.items() if p.notice in known and named(*p[1:])}
        placed = self._places
        other = {
            pair
            for pair, lines in here.items()
            if any(e.method != method or e.name not in placed for e in lines)
        }
        claims = _claims(con, other) if other else {}
        self._find(here, claims, texts)
        rows = []
        for pair in pairs:
            self.settled.pop(pair, None)
        for pair, lines in here.items():
            held = [e for e in lines if self._holds(e, claims.get(pair), method)]
            came = settle(held, lost=len(lines) - len(held))
            self.settled[pair] = came
            rows.append(self._row(pair, came, lines, claims.get(pair)))
        _write(con, pairs, rows)

    def _find(
        self,
        here: dict[Pair, tuple[Reviewed, ...]],
        claims: dict[Pair, _Claimed],
        texts: Texts,
    ) -> None:
        """Look up, text by text, where the passages stand that no claim rests on now."""
        lost: dict[str, list[Reviewed]] = defaultdict(list)
        for pair, lines in here.items():
            claimed = claims.get(pair)
            for each in lines:
                if each.name not in self._places and not _rests(each, claimed):
                    lost[pair.notice].append(each)
        if not lost:
            return
        for notice, text in texts(lost.keys()):
            for each in lost.pop(notice, ()):
                self._places[each.name] = _printed(each.quote, text)
        self._places |= {each.name: None for lines in lost.values() for each in lines}

    def _holds(self, line: Reviewed, claimed: _Claimed | None, method: str) -> bool:
        """True where an answer still stands on its text.

        A "no" does not count against a claim that rests on another passage now: that one was never
        judged.
        """
        if line.once and not line.quote.exact and not line.quote.suffix:  # its words were taken out
            return False
        is_cited = line.quote.exact or line.quote.suffix
        if _rests(line, claimed) or (line.method == method and not is_cited):
            return True
        found = self._places.get(line.name)
        if found is None or line.method == method:
            return found is not None
        if line.answer not in ("no", "other") or claimed is None or claimed.relation != "bought":
            return True
        if not line.quote.exact:
            return False
        return claimed.quote.start <= found.place.end and found.place.start <= claimed.quote.end

    def shown(self, line: Reviewed) -> None:
        """An answer that this process is about to write: its passage is the one it showed."""
        place = Place(line.quote.start, line.quote.end)
        self._places[line.name] = Found(place, line.quote)

    def _row(
        self,
        pair: Pair,
        came: Settled,
        lines: tuple[Reviewed, ...],
        claimed: _Claimed | None,
    ) -> dict[str, Any]:
        shown = came.proof or lines[-1]
        case, quote = _told(shown, claimed, self._places.get(shown.name))
        return {
            "notice": pair.notice,
            "kind": pair.kind,
            "id": pair.subject,
            "case_id": case,
            "claim": shown.claim,
            "state": came.state,
            "truth": came.truth,
            "answers": came.answers,
            "reviewers": came.reviewers,
            "decided": lines[-1].decided,
            "by_passage": came.proof is not None,
            "text": quote.exact,
            "context": around(quote),
            "part": quote.part,
            "start_at": quote.start,
            "end_at": quote.end,
            "instead": came.instead,
        }


def _rests(line: Reviewed, claimed: _Claimed | None) -> bool:
    """True where a claim rests on the very passage that was judged; `case` alone is only said."""
    return claimed is not None and _case(line) == claimed.case


@lru_cache(maxsize=1 << 16)
def _case(line: Reviewed) -> str:
    return case_id(*line.pair, line.quote)


def _printed(quote: Quote, text: str) -> Found | None:
    """Where a passage stands in a text, in the words of the text; None where it does not."""
    place = follow(quote, text)
    if place is None:
        return None
    start, end = place if quote.exact else (len(text) - len(text.lstrip()),) * 2
    own = Quote(
        exact=text[start:end],
        prefix=text[max(start - AROUND, 0) : start],
        suffix=text[end : end + AROUND],
        part=part_name(quote.part),
        start=place.start,
        end=place.end,
    )
    return Found(place, own)


def _told(line: Reviewed, claimed: _Claimed | None, found: Found | None) -> tuple[str, Quote]:
    """Under which case, and in which words, a judged passage is shown. Where it stands no more:
    those of the line, masked again.
    """
    if claimed is not None and _rests(line, claimed):
        return claimed.case, claimed.quote
    if found is not None:
        return line.case, found.quote
    quote = line.quote
    exact, prefix, suffix = (masked(each) for each in (quote.exact, quote.prefix, quote.suffix))
    changed = msgspec.structs.replace(quote, exact=exact, prefix=prefix, suffix=suffix)
    return line.case, msgspec.structs.replace(changed, part=part_name(quote.part))


def around(quote: Quote) -> str:
    """A passage with the words around it, on one line."""
    return " ".join(f"{quote.prefix}{quote.exact}{quote.suffix}".split())


def _claims(con: DuckDBPyConnection, pairs: Collection[Pair]) -> dict[Pair, _Claimed]:
    asked = pa.table(
        {
            "notice": [pair.notice for pair in pairs],
            "kind": [pair.kind for pair in pairs],
            "id": [pair.subject for pair in pairs],
        }
    )
    con.register("asked_pair", asked)
    rows = con.execute(
        "select notice, kind, id, case_id, relation, text, prefix, suffix, part, start_at, end_at "
        "from claim semi join asked_pair using (notice, kind, id)"
    ).fetchall()
    con.unregister("asked_pair")
    return {
        Pair(*row[:3]): _Claimed(row[3], row[4], Quote(**dict(zip(_QUOTE, row[5:], strict=True))))
        for row in rows
    }


def _write(con: DuckDBPyConnection, pairs: Collection[Pair], rows: list[dict[str, Any]]) -> None:
    con.execute("begin")
    gone = pa.table({name: [pair[n] for pair in pairs] for n, name in enumerate(Pair._fields)})
    con.register("gone_pair", gone)
    con.execute(
        "delete from settled using gone_pair g "
        "where settled.notice = g.notice and settled.kind = g.kind and settled.id = g.subject"
    )
    con.unregister("gone_pair")
    if rows:
        columns = {name: [row[name] for row in rows] for name in SETTLED}
        con.register("new_row", pa.table(columns, schema=pa.schema(list(SETTLED.items()))))
        con.execute("insert into settled select * from new_row")
        con.unregister("new_row")
    con.execute("commit")


def tell(line: Reviewed) -> dict[str, Any]:
    """An answer for programs, with its name."""
    return {"name": line.name, **msgspec.to_builtins(line)}
