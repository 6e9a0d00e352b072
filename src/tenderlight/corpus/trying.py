"""Definitions tried on a corpus, before they are used: remembered readings, and nothing written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus.derive import Made, derive, given
from tenderlight.corpus.path import PATH
from tenderlight.corpus.read import Corpus
from tenderlight.corpus.remember import BatchFile
from tenderlight.corpus.shown import digits
from tenderlight.model import Fields, Mask, Reading
from tenderlight.personal import mask
from tenderlight.technologies.check import Checked, Notice, Said, Trial, rules_said
from tenderlight.technologies.definition import Definition, Definitions

Saids = dict[str, dict[tuple[str, str], Said]]
"""By notice, what the build says of it, by kind and id."""


class _Titled(msgspec.Struct, frozen=True):
    title: str | None = None


_FIELDS = tuple(step for step in PATH if step.name == "fields")


def try_definitions(
    corpus: Corpus,
    definitions: Definitions,
    checked: Sequence[Definition],
    move: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[int, tuple[Checked, ...]]:
    """How many notices were tried, and what each of the checked definitions finds in them.

    `definitions` are all that would be used. Held against what the last build says. Reads what was
    remembered: no document is opened, nothing is written. Refuses a corpus that was not built.
    """
    state = corpus.state()
    total = sum(batch.captures for batch in state.batches.values())
    trial = Trial(definitions, checked, total)
    said = _said(corpus.connect(), checked)
    for number in sorted(state.batches):
        for notice in _remembered(corpus, number, said):
            trial.look(notice)
            move(trial.notices, total)
    return trial.notices, trial.told()


def _remembered(corpus: Corpus, number: int, said: Saids) -> Iterator[Notice]:
    with BatchFile(corpus.folder.batch(number)) as batch:
        for shelf in batch.shelves():
            result = batch.get(shelf.reading) if shelf.reading else None
            masks = batch.get(shelf.personal) if shelf.personal else None
            if result is None or masks is None or not shelf.captures:
                continue
            reading = msgspec.msgpack.decode(result[1:], type=Reading)
            made = Made(digest=hashlib.sha256(result).hexdigest(), value=reading)
            fields = derive(
                _FIELDS, {"reading": made, "stated": given(shelf.captures[0].stated)}, batch
            )["fields"]
            hidden = msgspec.msgpack.decode(masks[1:], type=tuple[Mask, ...])
            yield Notice(
                id=shelf.id,
                title=msgspec.json.decode(shelf.row, type=_Titled).title or "",
                reading=reading,
                fields=fields.get() or Fields(),
                text=mask(reading.text, hidden),
                before=said.get(shelf.id, {}),
            )


def _said(con: DuckDBPyConnection, checked: Sequence[Definition]) -> Saids:
    """What the tables of the last build say of each notice, in the words of a `Sighting`."""
    wanted = {(str(one.kind), one.id) for one in checked}
    said: Saids = {}
    for asked in (_CLAIMS, _QUANTITIES, _RULES):
        for notice, kind, id, what, word, sentence in con.execute(asked).fetchall():
            if (kind, id) in wanted:
                told = rules_said(what) if kind == "rule" else _values(what)
                said.setdefault(notice, {})[kind, id] = Said(told, word or "", sentence or "")
    return said


_CLAIMS = "select notice, kind, id, relation, text, context from claim order by all"
_QUANTITIES = """select notice, 'quantity', what, list(value order by number),
    first(text order by number), first(context order by number) from quantity group by all"""
_RULES = """select notice, 'rule', id, count(*), first(text order by number), ''
    from condition group by all"""


def _values(what: str | list[Decimal]) -> str:
    return what if isinstance(what, str) else ", ".join(digits(value) or "" for value in what)
