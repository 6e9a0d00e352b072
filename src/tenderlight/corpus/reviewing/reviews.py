"""`Corpus.review`: the next case for a person, her answer, and what all answers come to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.reviewing.asking import AHEAD, Asking, Part
from tenderlight.corpus.reviewing.file import ReviewFile, why_not
from tenderlight.corpus.reviewing.plans import PLANS, lay_out, load_plans
from tenderlight.corpus.reviewing.queue import Asked, Listed, Order
from tenderlight.corpus.reviewing.verdicts import TABLE, VIEW, Named, Verdicts
from tenderlight.corpus.shown import masked
from tenderlight.evidence.answered import rfc3339
from tenderlight.evidence.decisions import words
from tenderlight.model import Refused
from tenderlight.review import Answer, Pair, Reviewed, Settled, latest, reviewer
from tenderlight.review.plans import Plan

Clock = Callable[[], datetime]
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
        self._named: Named = lambda kind, id: True
        self._asking: Asking | None = None
        self._plans: tuple[int, tuple[Plan, ...]] = (-1, ())
        self._drawn: frozenset[Pair] = frozenset()

    def attach(self, con: DuckDBPyConnection, method: str, part: Part, named: Named) -> None:
        """Take a database of another state of the corpus: everything is settled again in it."""
        with self._lock:
            con.execute(TABLE)
            con.execute(VIEW)
            self._con, self._method, self._named = con, method, named
            self._asking = Asking(con, self._folder, part)
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
        if not pairs or self._con is None:
            return
        asking = self._now
        self._verdicts.settle(
            self._con.cursor(), pairs, self._method, asking.batches, asking.texts, self._named
        )
        if any(self._is_open(pair) for pair in pairs):
            asking.reopen()

    @property
    def _now(self) -> Asking:
        if self._asking is None:
            raise RuntimeError("`connect` comes first")
        return self._asking

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
        self._connect()
        with self._lock:
            found: list[Asked] = []
            ahead: list[Listed] = []
            need = limit + len(skip)
            for listed in self._waiting(by, technology, kind, plan, order, seed):
                ahead.append(listed)
                if len(ahead) >= max(AHEAD, need):
                    found += self._open(ahead, skip, need)
                    ahead = []
                if len(found) >= limit:
                    break
            else:
                found += self._open(ahead, skip, need)
            return tuple(found[:limit] if plan is None else map(_unled, found[:limit]))

    def _waiting(
        self,
        by: str,
        technology: str | None,
        kind: str,
        plan: str | None,
        order: Order,
        seed: str,
    ) -> Iterator[Listed]:
        if plan is not None:
            yield from (e for e in self._planned(plan, technology) if self._is_asked(e.pair, by))
            return
        queue = self._now.queue(kind, technology, order, seed)
        is_first = True
        for place, listed in queue.after(queue.begin):
            if self._is_open(listed.pair):
                if is_first:
                    queue.begin, is_first = place, False
                yield listed

    def _planned(self, plan: str, technology: str | None) -> list[Listed]:
        return [
            Listed(Pair(each.notice, "technology", subject), each.case)
            for subject, each in self.plan(plan).cases
            if technology in (None, subject) and each.notice in self._now.batches
        ]

    def _is_asked(self, pair: Pair, by: str) -> bool:
        """True where a plan still asks it of this reviewer, whatever others said."""
        came = self._verdicts.settled.get(pair)
        if came is None or came.state in ("open", "changed"):
            return True
        return all(each.who != reviewer(by) for each in self._verdicts.standing(pair))

    def _is_open(self, pair: Pair) -> bool:
        """True where it is asked of everybody: nobody settled it, or not by which passage."""
        came = self._verdicts.settled.get(pair)
        if came is None or came.state in ("open", "changed"):
            return True
        if came.state != "confirmed" or came.proof is not None:
            return False
        return self._now.has_more(pair, self._verdicts.standing(pair))

    def _open(self, listed: Sequence[Listed], skip: Collection[str], need: int) -> list[Asked]:
        known = self._now.asked([each.pair for each in listed], need)
        shown = []
        for pair in (each.pair for each in listed if each.pair in known):
            came = self._verdicts.settled.get(pair)
            asked: Asked | None = known[pair]
            if came is not None and came.state == "confirmed" and came.proof is None:
                asked = self._now.next_passage(pair, self._verdicts.standing(pair)) or asked
            if asked is not None and asked.case.id not in skip:
                self._now.remember(asked)
                shown.append(asked)
        return shown

    def find(
        self, case: str, *, notice: str = "", subject: str = "", kind: str = "technology"
    ) -> Asked | None:
        """A case by its id. Of one that was not shown by this process and that no claim has, say
        notice and subject too. None where there is none, or not any more.
        """
        self._connect()
        with self._lock:
            return self._now.case(case, Pair(notice, kind, subject))

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

        Personal data in the reason is masked, as everywhere.

        Refuses (Refused) a case that is not there (any more), an answer that is none, and another
        technology that no definition has.
        """
        asked = self._checked(case, answer, plan, Pair(notice, kind, subject))
        pair = Pair(asked.case.notice, asked.case.kind, asked.case.subject)
        if resolves and self.settled(pair).state != "disputed":
            raise Refused(
                "There is no disagreement to settle (any more).", "Answer it in the queue."
            )
        line = Reviewed(
            decided=self._moment(pair, by, now()),
            by=words("The name of who decides", by)[:200],
            answer=answer,
            case=asked.case.id,
            notice=asked.case.notice,
            kind=asked.case.kind,
            subject=asked.case.subject,
            claim=asked.case.claim,
            quote=asked.case.quote,
            instead=instead if answer == "other" else None,
            because=masked(words("The reason", because)) if because.strip() else "",
            method=self._method,
            plan=plan,
            resolves=resolves,
        )
        if (why := why_not(line)) is not None:
            raise Refused(f"The answer cannot be kept: {why}.", "Say it in other words.")
        with self._lock:
            self._verdicts.shown(line)
            return self._write(line)

    def _moment(self, pair: Pair, by: str, now: datetime) -> str:
        """When it was answered: later than those that it outweighs, whatever the clock says.

        A clock that was set back would else make an older answer count.
        """
        told = rfc3339(now, "milliseconds")
        with self._lock:
            lines = self._verdicts.by_pair.get(pair, ())
            mine = (e.decided for e in lines if e.resolves or e.who == reviewer(by))
            last = max(mine, default="")
        if told > last:
            return told
        try:
            return rfc3339(datetime.fromisoformat(last) + timedelta(milliseconds=1), "milliseconds")
        except (ValueError, OverflowError):
            raise Refused(
                f"An answer about this stands there as of {last}.",
                "Look into the file of answers, and take out what nobody decided then.",
            ) from None

    def _checked(self, case: str, answer: str, plan: str | None, pair: Pair) -> Asked:
        if answer not in ANSWERS:
            raise Refused(f"{answer} is no answer.", f"One of: {', '.join(ANSWERS)}.")
        asked = self.find(case, notice=pair.notice, subject=pair.subject, kind=pair.kind)
        if asked is None:
            raise Refused(f"There is no case {case}.", "Ask for the next one again.")
        if plan is not None:
            self.plan(plan)
        return asked

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
        if pair not in self.drawn():
            return False
        return len(told) < 2 if by is None else all(each.who != reviewer(by) for each in told)

    def drawn(self) -> frozenset[Pair]:
        """What any plan asks: told to nobody before she has answered it herself."""
        self._read_plans()
        return self._drawn

    def disputed(self) -> tuple[Asked, ...]:
        """Where two reviewers differ and nobody resolved it, with both answers."""
        self._connect()
        with self._lock:
            pairs = sorted(p for p, c in self._verdicts.settled.items() if c.state == "disputed")
            found = self._now.asked(pairs)
            told = []
            for pair in pairs:
                if pair in found:
                    self._now.remember(found[pair])
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
        self._connect()
        with self._lock:
            answered = len(self._verdicts.of(by))
            if plan is not None:
                listed = self._planned(plan, technology)
                left = sum(1 for each in listed if self._is_asked(each.pair, by))
                return Progress(total=len(listed), left=left, answered=answered)
            queue = self._now.queue(kind, technology, "proposed", "")
            done = (p for p in self._verdicts.settled if p in queue.pairs)
            left = len(queue) - sum(1 for pair in done if not self._is_open(pair))
            return Progress(total=len(queue), left=left, answered=answered)

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
        self._drawn = frozenset(
            Pair(each.notice, "technology", subject)
            for plan in self._plans[1]
            for subject, each in plan.cases
        )
        return True

    def lines(self) -> tuple[Reviewed, ...]:
        """Every line of the file, those taken back and those that take back too."""
        self._connect()
        return tuple(sorted(self._file.lines.values(), key=lambda e: (e.decided, e.name)))


def _unled(asked: Asked) -> Asked:
    """A case as it is asked in a plan: without what a model or the second reader thinks of it."""
    case = msgspec.structs.replace(asked.case, score=None)
    return msgspec.structs.replace(asked, case=case, said=None, said_by="")
