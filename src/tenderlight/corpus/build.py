"""The build: which batches are out of date, work on them, put them into place."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyarrow.parquet as pq

from tenderlight.corpus.attached import Attachments
from tenderlight.corpus.batch import MAY_FARE_BETTER, Finished, Work, work_on
from tenderlight.corpus.derive import digest
from tenderlight.corpus.engine import engine_for, seldom_swept
from tenderlight.corpus.folder import Folder, only_one, open_folder
from tenderlight.corpus.index import IndexWriter, has_index, open_index
from tenderlight.corpus.joining.kinds import kinds_joined
from tenderlight.corpus.joining.update import joined_digests, update_joining
from tenderlight.corpus.likeness.update import update_likeness
from tenderlight.corpus.path import given_definitions, method_digest
from tenderlight.corpus.ranking.kept import sweep_scores
from tenderlight.corpus.ready import update_ready
from tenderlight.corpus.reviewing.file import forget_words
from tenderlight.corpus.said import update_said
from tenderlight.corpus.schemas import SCHEMAS
from tenderlight.corpus.state import BatchState, State, load_state, save_state
from tenderlight.corpus.timeline.update import update_timeline
from tenderlight.evidence import Store, parse_line
from tenderlight.model import Withdrawal
from tenderlight.recognising import engine_name
from tenderlight.technologies import load_definitions

BATCH_CAPTURES = 1_000
BATCH_BYTES = 8_000_000
"""A batch ends at whichever comes first, so that a few hundred PDFs still keep all cores busy."""
COMMIT_CAPTURES = 10_000
"""Notices between two commits of the search index; each costs about a second of tidying up."""


class Going(msgspec.Struct, frozen=True, kw_only=True):
    """How far a build is."""

    done: int
    """Lines of the ledger that were seen to."""
    total: int
    recognised: int
    """Pages of scans that were recognised by now, in this build."""
    joined: int = 0
    """Notices, names and groups that were joined by now, once all lines were seen to."""


Progress = Callable[[Going], None]


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did, and what the corpus holds after it."""

    documents: int
    unread: int
    problems: int
    batches: int
    batches_run: int
    steps_run: int
    """Step runs on single documents; 0 means that everything was remembered."""
    joined: dict[str, int] = {}
    """How many purchases the notices are of, and organisations the names."""
    rows: str
    """A digest of all rows: two builds of the same evidence and method agree on it."""


def build(
    root: Path,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
    pictures: bool = True,
    retry: bool = False,
) -> Built:
    """Derive everything that is out of date; do nothing where nothing changed.

    Can be killed at any moment: what was finished stays, the next build goes on from there and
    ends with the same rows. Without `pictures` scans are left unread, and counted as such. With
    `retry` documents are read again on which a reader ran out of time or memory, or broke down.
    """
    folder, _ = open_folder(root)
    lock = only_one(folder.derived / ".lock", f"the build of {root}")
    with lock, seldom_swept(), Attachments() as attachments:
        definitions = given_definitions(load_definitions(folder.own_definitions))
        engine = engine_name() if pictures else ""
        method = method_digest(definitions, engine)
        state = load_state(folder.state)
        withdrawn: dict[int, Withdrawal] = {}
        batches = list(_batches(folder, Method(method, engine), state, withdrawn, attachments))
        wanted = [_named(_without(work, withdrawn), attachments, withdrawn) for work in batches]
        _clear_index(folder, state, wanted)
        told = _Told(progress)
        stale = [_again(work, retry) for work in wanted if _is_stale(work, state, folder, retry)]
        whole = (_with(work, attachments, withdrawn) for work in stale)
        steps = sum(_run(folder, state, stale, whole, jobs, told))
        state.method = method
        _forget(folder, state, {w.batch for w in wanted})
        save_state(folder.state, state)
        _sweep(folder, state)
        joined = update_joining(folder, kinds_joined(definitions.get()), told.joined)
        update_likeness(folder, told.joined)
        update_timeline(folder)
        update_said(folder)
        update_ready(folder, load_state(folder.state))
        forget_words(folder.decisions, {each.id for each in withdrawn.values()})
        return _summary(load_state(folder.state), len(stale), steps, joined)


def holds_all(folder: Folder, state: State, method: Method) -> bool:
    """Whether every batch of the ledger is in place, as this method makes it."""
    withdrawn: dict[int, Withdrawal] = {}
    with Attachments() as attachments:
        batches = list(_batches(folder, method, state, withdrawn, attachments))
        wanted = [_named(_without(work, withdrawn), attachments, withdrawn) for work in batches]
    stale = (_is_stale(work, state, folder, retry=False) for work in wanted)
    return len(wanted) == len(state.batches) and not any(stale)


class Method(NamedTuple):
    """Everything that can change a row but the evidence, and the recogniser that is part of it."""

    digest: str
    engine: str
    """Empty where pictures are left unread."""


def _batches(
    folder: Folder,
    method: Method,
    state: State,
    withdrawn: dict[int, Withdrawal],
    attachments: Attachments,
) -> Iterator[Work]:
    """The ledger, cut into batches. Its lines are chained, so the last one speaks for the rest.

    Enters in `withdrawn` what lines take back, by the number of the line that is taken back, and
    in `attachments` what belongs to which notice.
    """
    batch, first, place, size, count, length, last = 0, 0, 0, 0, 0, 0, b""

    def work() -> Work:
        ends = hashlib.sha256(last).hexdigest()
        key = digest(method.digest.encode(), str(first).encode(), ends.encode()).hex()
        indexed = state.indexed.get(batch, "")
        return Work(
            root=folder.root,
            batch=batch,
            first=first,
            place=place,
            count=count,
            last=ends,
            key=key,
            method=method.digest,
            engine=method.engine,
            indexed=indexed,
        )

    for raw in Store(folder.evidence).lines():
        line = parse_line(raw)
        if line.withdrawal is not None:
            withdrawn[line.withdrawal.line] = line.withdrawal
        capture = line.capture
        weight = capture.size if capture and capture.role in ("notice", "attachment") else 0
        if count and (count >= BATCH_CAPTURES or size + weight > BATCH_BYTES):
            yield work()
            batch, first, place, size, count, length = (
                batch + 1,
                first + count,
                place + length,
                0,
                0,
                0,
            )
        attachments.enter(line, batch)
        size, count, length, last = size + weight, count + 1, length + len(raw), raw
    if count:
        yield work()


def _clear_index(folder: Folder, state: State, wanted: list[Work]) -> None:
    """Begin the search index anew where there is none, or where something was withdrawn since.

    An index only marks what is taken out of it as deleted; the words stay in its files for long.
    """
    withdrawn = {n for work in wanted for n in work.withdrawn}
    if has_index(folder.search) and withdrawn <= state.withdrawn:
        return
    state.indexed, state.withdrawn = {}, withdrawn
    save_state(folder.state, state)  # first: an empty index must never pass for a full one
    shutil.rmtree(folder.search, ignore_errors=True)
    open_index(folder.search)
    for number, work in enumerate(wanted):
        wanted[number] = msgspec.structs.replace(work, indexed="")


def _without(work: Work, withdrawn: dict[int, Withdrawal]) -> Work:
    """The batch, told which of its lines were taken back: then it is another one."""
    here = range(work.first + 1, work.first + work.count + 1)
    gone = {number: withdrawn[number] for number in sorted(withdrawn) if number in here}
    if not gone:
        return work
    key = digest(work.key.encode(), msgspec.json.encode(gone)).hex()
    return msgspec.structs.replace(work, withdrawn=gone, key=key)


def _named(work: Work, attachments: Attachments, withdrawn: dict[int, Withdrawal]) -> Work:
    """The batch, named after what belongs to its notices, too: what comes later makes it another.

    Told of it is only a batch that is worked on (`_with`): there may be millions of attachments.
    """
    beside = attachments.digest(work.batch, withdrawn)
    if not beside:
        return work
    return msgspec.structs.replace(work, key=digest(work.key.encode(), beside.encode()).hex())


def _with(work: Work, attachments: Attachments, withdrawn: dict[int, Withdrawal]) -> Work:
    """The batch, told what belongs to its notices."""
    beside = attachments.of_batch(work.batch)
    gone = frozenset(b.line for group in beside.values() for b in group if b.line in withdrawn)
    return msgspec.structs.replace(work, beside=beside, gone=gone)


def _again(work: Work, retry: bool) -> Work:
    return msgspec.structs.replace(work, retry=True) if retry else work


def _is_stale(work: Work, state: State, folder: Folder, retry: bool) -> bool:
    done = state.batches.get(work.batch)
    if done is None or done.key != work.key or work.indexed != done.index:
        return True
    parts = {name: folder.table(name, work.batch, work.key) for name in SCHEMAS}
    if not all(part.exists() for part in (folder.batch(work.batch), *parts.values())):
        return True
    return retry and _may_fare_better(parts["problem"])


def _may_fare_better(problems: Path) -> bool:
    codes = pq.read_table(problems, columns=["code"]).column("code").to_pylist()
    return not MAY_FARE_BETTER.isdisjoint(codes)


def _run(
    folder: Folder,
    state: State,
    stale: list[Work],
    whole: Iterable[Work],
    jobs: int | None,
    told: _Told,
) -> Iterator[int]:
    """Work on the batches; give the number of steps run for each as it is in place."""
    if not stale:
        return
    total, since = sum(work.count for work in stale), 0
    index = IndexWriter(folder.search)
    waiting: list[Finished] = []

    def tick(lines: int, pages: int) -> None:
        told(Going(done=lines, total=total, recognised=pages))

    tick(0, 0)
    engine = engine_for(jobs, len(stale))
    with closing(engine.map(work_on, whole, tick)) as answers:
        for finished in answers:
            if finished.entries is not None:
                index.replace(finished.batch, finished.entries)
            waiting.append(msgspec.structs.replace(finished, entries=None))
            since += finished.captures
            if since >= COMMIT_CAPTURES:
                index.commit()
                _settle(folder, state, waiting)
                waiting, since = [], 0
            yield finished.steps_run
    index.close()
    _settle(folder, state, waiting)


class _Told:
    """Says how far the build is, first of its lines, then of what is joined."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._last = Going(done=0, total=0, recognised=0)

    def __call__(self, going: Going) -> None:
        self._last = going
        if self._progress:
            self._progress(going)

    def joined(self, count: int) -> None:
        """So many more notices, names or groups were joined."""
        self(msgspec.structs.replace(self._last, joined=self._last.joined + count))


def _settle(folder: Folder, state: State, finished: list[Finished]) -> None:
    """Enter finished batches in the state: from now on readers see them."""
    for one in finished:
        state.batches[one.batch] = BatchState(
            key=one.key,
            captures=one.captures,
            unread=one.unread,
            problems=one.problems,
            rows=one.rows,
            index=one.index,
        )
        state.indexed[one.batch] = one.index
    save_state(folder.state, state)


def _forget(folder: Folder, state: State, wanted: set[int]) -> None:
    """Drop batches that the evidence no longer has."""
    gone = (set(state.batches) | set(state.indexed)) - wanted
    if gone and folder.search.exists():
        index = IndexWriter(folder.search)
        for batch in gone:
            index.replace(batch, ())
        index.close()
    for batch in gone:
        state.batches.pop(batch, None)
        state.indexed.pop(batch, None)


def _sweep(folder: Folder, state: State) -> None:
    """Delete the parts that the state no longer names."""
    named = {folder.table(n, b, s.key) for b, s in state.batches.items() for n in SCHEMAS}
    for part in (folder.derived / "tables").glob("*/*"):
        if part not in named:
            part.unlink(missing_ok=True)
    for part in (folder.derived / "batches").glob("*.sqlite"):
        if int(part.stem) not in state.batches:
            part.unlink(missing_ok=True)
    sweep_scores(folder, [(number, one.key) for number, one in state.batches.items()])


def _summary(state: State, run: int, steps: int, joined: dict[str, int]) -> Built:
    batches = [state.batches[number] for number in sorted(state.batches)]
    return Built(
        documents=sum(b.captures for b in batches),
        unread=sum(b.unread for b in batches),
        problems=sum(b.problems for b in batches),
        batches=len(batches),
        batches_run=run,
        steps_run=steps,
        joined=joined,
        rows=digest(
            *(b.rows.encode() for b in batches), *(d.encode() for d in joined_digests(state))
        ).hex(),
    )
