"""`Corpus.review`: the next case for a person, her answer, and what all answers come to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.reviewing.file import ReviewFile
from tenderlight.corpus.reviewing.plans import PLANS, lay_out, load_plans
from tenderlight.corpus.reviewing.queue import (
    Asked,
    Listed,
    Order,
    asked_of,
    next_passages,
    ordered,
    passage_case,
)
from tenderlight.corpus.reviewing.texts import masked_texts
from tenderlight.corpus.reviewing.verdicts import TABLE, VIEW, Verdicts
from tenderlight.evidence.answered import rfc3339
from tenderlight.evidence.decisions import words
from tenderlight.model import Refused
from tenderlight.review import Answer, Pair, Reviewed, Settled, latest
from tenderlight.review.plans import Plan

Clock = Callable[[], datetime]
_REMEMBERED = 20_000
"""Cases that were shown and may be answered, kept so that an answer needs no look-up."""
_ORDERS = 8
ANSWERS = ("yes", "no", "unsure", "other", "elsewhere")


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a person, or everybody, has come."""

    total: int
    """Cases in this queue, answered or not."""
    left: int
    """Those that are still asked of this person."""
    answered: int
    """Answers of this person that stand, in all queues."""


class Reviews:
    """The answers of a corpus, and the queue. One for each `Corpus`; safe between threads.

    `connect` gives the corpus' database with all answers in it, those of other programs too.
    """

    def __init__(self, folder: Folder, connect: Callable[[], DuckDBPyConnection]) -> None:
        self._folder, self._connect = folder, connect
        self._file = ReviewFile(folder.decisions)
        self._lock = threading.RLock()
        self._verdicts = Verdicts()
        self._con: DuckDBPyConnection | None = None
        self._method = ""
        self._known: frozenset[str] | None = None
        self._orders: dict[tuple[Any, ...], list[Listed]] = {}
        self._shown: dict[str, Asked] = {}
        self._more: dict[tuple[Pair, frozenset[tuple[int, int]]], bool] = {}
        self._plans: tuple[int, tuple[Plan, ...]] = (-1, ())
        self._pairs_of: tuple[list[Listed], frozenset[Pair]] = ([], frozenset())

    def attach(self, con: DuckDBPyConnection, method: str) -> None:
        """Take a database of another state of the corpus: everything is settled again in it."""
        with self._lock:
            con.execute(TABLE)
            con.execute(VIEW)
            self._con, self._method = con, method
            self._known, self._orders, self._shown, self._more = None, {}, {}, {}
            self._file = ReviewFile(self._folder.decisions)  # words may have been taken out of it
            self._file.read_on()
            self._all_again()
            lay_out(con, self.plans(), method)

    def refresh(self) -> None:
        """Read on what was answered meanwhile, here or by another program."""
        with self._lock:
            is_other, new = self._file.read_on()
            if is_other:
                self._all_again()
            elif new:
                self._settle(self._verdicts.take(new))
            if self._read_plans() and self._con is not None:
                lay_out(self._con.cursor(), self._plans[1], self._method)

    def _all_again(self) -> None:
        old = set(self._verdicts.settled)
        self._verdicts = Verdicts()
        self._settle(self._verdicts.take(self._file.lines.values()) | old)

    def _settle(self, pairs: Collection[Pair]) -> None:
        if pairs and self._con is not None:
            con = self._con.cursor()
            known = self._notices(con)
            self._verdicts.settle(con, pairs, self._method, known, self._texts(con))

    def _notices(self, con: DuckDBPyConnection) -> frozenset[str]:
        if self._known is None:
            rows = con.execute("select id from notice").fetchall()
            self._known = frozenset(id for (id,) in rows)
        return self._known

    def _texts(self, con: DuckDBPyConnection) -> Callable[[Collection[str]], Any]:
        return lambda notices: masked_texts(con, self._folder, notices)

    def queue(
        self,
        by: str,
        *,
        technology: str | None = None,
        kind: str = "technology",
        plan: str | None = None,
        order: Order = "proposed",
        seed: str = "",
        skip: Collection[str] = (),
        limit: int = 1,
    ) -> tuple[Asked, ...]:
        """The next cases for this reviewer, at most `limit`; none where all is answered.

        Without a plan: what nobody has answered, and what is to be asked again. In a plan: all its
        cases that this reviewer has not answered, whatever others said, and without what a language
        model says: a measured error must not be a model's. `skip` are ids of cases to pass over.
        Refuses (Refused) a plan that does not exist.
        """
        con = self._connect()
        with self._lock:
            found: list[Asked] = []
            waiting: list[Listed] = []
            for listed in self._waiting(con, by, technology, kind, plan, order, seed):
                if listed.case in skip:
                    continue
                waiting.append(listed)
                if len(waiting) + len(found) >= limit + len(skip):
                    found += self._open(con, waiting, skip)
                    waiting = []
                    if len(found) >= limit:
                        break
            else:
                found += self._open(con, waiting, skip)
            return tuple(found[:limit] if plan is None else map(_unled, found[:limit]))

    def _waiting(
        self,
        con: DuckDBPyConnection,
        by: str,
        technology: str | None,
        kind: str,
        plan: str | None,
        order: Order,
        seed: str,
    ) -> Iterator[Listed]:
        for listed in self._listed(con, technology, kind, plan, order, seed):
            if self._is_asked(con, listed.pair, by, plan):
                yield listed

    def _listed(
        self,
        con: DuckDBPyConnection,
        technology: str | None,
        kind: str,
        plan: str | None,
        order: Order,
        seed: str,
    ) -> list[Listed]:
        if plan is not None:
            return self._planned(con, plan, technology)
        key = (technology, kind, order, seed, self._second())
        if key not in self._orders:
            while len(self._orders) >= _ORDERS:
                self._orders.pop(next(iter(self._orders)))
            self._orders[key] = ordered(con, kind, technology, order, seed)
        return self._orders[key]

    def _planned(self, con: DuckDBPyConnection, plan: str, technology: str | None) -> list[Listed]:
        drawn, known = self.plan(plan), self._notices(con)
        return [
            Listed(Pair(each.notice, "technology", subject), each.case)
            for subject, each in drawn.cases
            if technology in (None, subject) and each.notice in known
        ]

    def _second(self) -> int:
        path = self._folder.derived / "second" / "scores.parquet"
        return path.stat().st_mtime_ns if path.exists() else 0

    def _is_asked(self, con: DuckDBPyConnection, pair: Pair, by: str, plan: str | None) -> bool:
        came = self._verdicts.settled.get(pair)
        if came is None or came.state in ("open", "changed"):
            return True
        if plan is not None:
            return all(each.by != by for each in self._verdicts.standing(pair))
        return came.state == "confirmed" and came.proof is None and self._has_more(con, pair)

    def _has_more(self, con: DuckDBPyConnection, pair: Pair) -> bool:
        """True where the notice has another passage that may say so, and nobody was asked yet."""
        asked = frozenset((e.quote.start, e.quote.end) for e in self._verdicts.standing(pair))
        if (pair, asked) not in self._more:
            rows = next_passages(con, pair)
            self._more[pair, asked] = any((row[3], row[4]) not in asked for row in rows)
        return self._more[pair, asked]

    def _open(
        self, con: DuckDBPyConnection, listed: Sequence[Listed], skip: Collection[str]
    ) -> list[Asked]:
        pairs = [each.pair for each in listed]
        texts = self._texts(con)
        found = asked_of(con, pairs, texts) if pairs else {}
        shown = []
        for pair in pairs:
            if (asked := found.get(pair)) is None:
                continue
            came = self._verdicts.settled.get(pair)
            if came is not None and came.state == "confirmed":
                asked = self._next_passage(con, asked, pair)
            self._remember(asked)
            if asked.case.id not in skip:
                shown.append(asked)
        return shown

    def _next_passage(self, con: DuckDBPyConnection, asked: Asked, pair: Pair) -> Asked:
        seen = {(each.quote.start, each.quote.end) for each in self._verdicts.standing(pair)}
        for row in next_passages(con, pair):
            if (row[3], row[4]) not in seen:
                text = dict(self._texts(con)([pair.notice])).get(pair.notice, "")
                return passage_case(asked, row, text)
        return asked

    def _remember(self, asked: Asked) -> None:
        while len(self._shown) >= _REMEMBERED:
            self._shown.pop(next(iter(self._shown)))
        self._shown[asked.case.id] = asked

    def find(
        self, case: str, *, notice: str = "", subject: str = "", kind: str = "technology"
    ) -> Asked | None:
        """A case by its id. Of one that was not shown by this process and that no claim has, say
        notice and subject too. None where there is none, or not any more.
        """
        con = self._connect()
        with self._lock:
            if (asked := self._shown.get(case)) is not None:
                return asked
            row = con.execute(
                "select notice, kind, id from claim where case_id = ?", [case]
            ).fetchone()
            pair = Pair(*row) if row else Pair(notice, kind, subject)
            asked = asked_of(con, [pair], self._texts(con)).get(pair)
            if asked is None:
                return None
            if asked.case.id != case:
                asked = self._next_passage(con, asked, pair)
            if asked.case.id != case:
                return None
            self._remember(asked)
            return asked

    def answer(
        self,
        case: str,
        answer: Answer,
        *,
        by: str,
        now: Clock,
        instead: str | None = None,
        because: str = "",
        plan: str | None = None,
        resolves: bool = False,
        notice: str = "",
        subject: str = "",
        kind: str = "technology",
    ) -> Reviewed:
        """Write down an answer; it is on the disk, and in `verdict`, when this comes back.

        Refuses (Refused) a case that is not there (any more), an answer that is none, and another
        technology that no definition has.
        """
        if answer not in ANSWERS:
            raise Refused(f"{answer} is no answer.", f"One of: {', '.join(ANSWERS)}.")
        asked = self.find(case, notice=notice, subject=subject, kind=kind)
        if asked is None:
            raise Refused(f"There is no case {case}.", "Ask for the next one again.")
        if plan is not None:
            self.plan(plan)
        line = Reviewed(
            decided=rfc3339(now(), "milliseconds"),
            by=words("The name of who decides", by)[:200],
            answer=answer,
            case=asked.case.id,
            notice=asked.case.notice,
            kind=asked.case.kind,
            subject=asked.case.subject,
            claim=asked.case.claim,
            quote=asked.case.quote,
            instead=instead if answer == "other" else None,
            because=words("The reason", because) if because.strip() else "",
            method=self._method,
            plan=plan,
            resolves=resolves,
        )
        return self._write(line)

    def undo(self, by: str, *, now: Clock, name: str | None = None) -> Reviewed | None:
        """Take back an answer of this reviewer, by another line: the newest, or the named one.

        Gives the answer that was taken back; None where none stands.
        """
        self._connect()
        with self._lock:
            mine = self._verdicts.of(by)
            taken = [each for each in mine if name in (None, each.name)]
            if not taken:
                return None
            moment = rfc3339(now(), "milliseconds")
            self._write(Reviewed(decided=moment, by=by, answer="undo", undoes=taken[-1].name))
            return taken[-1]

    def _write(self, line: Reviewed) -> Reviewed:
        with self._lock:
            self._file.append(line)
            self.refresh()
        return line

    def of(self, by: str) -> tuple[Reviewed, ...]:
        """The answers of one reviewer that stand, oldest first."""
        self._connect()
        with self._lock:
            return self._verdicts.of(by)

    def settled(self, pair: Pair) -> Settled:
        """What the answers about a notice and technology come to."""
        self._connect()
        return self._verdicts.settled.get(pair) or Settled(state="open")

    def answers(self, pair: Pair, *, by: str | None = None) -> tuple[Reviewed, ...]:
        """The newest answer of each reviewer about a notice and technology, as `by` may see them.

        Nothing, where a plan asks it of `by` and she has not answered yet; or, where nobody is
        named, where fewer than two have.
        """
        self._connect()
        with self._lock:
            told = latest(self._verdicts.standing(pair))
            return () if self._is_blind(pair, by, told) else told

    def _is_blind(self, pair: Pair, by: str | None, told: Sequence[Reviewed]) -> bool:
        if not any(pair in drawn for drawn in self._drawn()):
            return False
        return len(told) < 2 if by is None else all(each.by != by for each in told)

    def _drawn(self) -> list[frozenset[Pair]]:
        return [
            frozenset(Pair(each.notice, "technology", subject) for subject, each in plan.cases)
            for plan in self.plans()
        ]

    def disputed(self) -> tuple[Asked, ...]:
        """Where two reviewers differ and nobody resolved it, with both answers."""
        con = self._connect()
        with self._lock:
            pairs = sorted(p for p, c in self._verdicts.settled.items() if c.state == "disputed")
            found = asked_of(con, pairs, self._texts(con)) if pairs else {}
            told = []
            for pair in pairs:
                if pair in found:
                    self._remember(found[pair])
                    answers = latest(self._verdicts.standing(pair))
                    told.append(msgspec.structs.replace(found[pair], answers=answers))
            return tuple(told)

    def progress(
        self,
        by: str,
        *,
        technology: str | None = None,
        kind: str = "technology",
        plan: str | None = None,
    ) -> Progress:
        """How much of a queue is done."""
        con = self._connect()
        with self._lock:
            listed = self._listed(con, technology, kind, plan, "proposed", "")
            told = self._verdicts.settled.keys() & self._pairs(listed)
            done = sum(1 for pair in told if not self._is_asked(con, pair, by, plan))
            answered = len(self._verdicts.of(by))
            return Progress(total=len(listed), left=len(listed) - done, answered=answered)

    def _pairs(self, listed: list[Listed]) -> frozenset[Pair]:
        """What a list is about, as a set that is made once for each list."""
        if self._pairs_of[0] is not listed:
            self._pairs_of = (listed, frozenset(each.pair for each in listed))
        return self._pairs_of[1]

    def plan(self, id: str) -> Plan:
        """A sampling plan. Refuses (Refused) one that does not exist."""
        found = next((plan for plan in self.plans() if plan.id == id), None)
        if found is None:
            raise Refused(
                f"There is no plan {id}.", "`tenderlight plan CORPUS` lists and makes them."
            )
        return found

    def plans(self) -> tuple[Plan, ...]:
        """All sampling plans, oldest first."""
        self._read_plans()
        return self._plans[1]

    def _read_plans(self) -> bool:
        """Read the plans again where the file is another; True where it was."""
        path = self._folder.decisions / PLANS
        stamp = path.stat().st_mtime_ns if path.exists() else 0
        if self._plans[0] == stamp:
            return False
        self._plans = (stamp, load_plans(self._folder.decisions))
        return True

    def lines(self) -> tuple[Reviewed, ...]:
        """Every line of the file, those taken back and those that take back too."""
        self._connect()
        return tuple(sorted(self._file.lines.values(), key=lambda e: (e.decided, e.name)))


def _unled(asked: Asked) -> Asked:
    return msgspec.structs.replace(asked, said=None, said_by="")
