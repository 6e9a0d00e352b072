"""Where batches are worked on. The only place that knows about processes.

A distributed engine can take over by offering the same `map`: the work is a top-level function,
its argument and its answer can be pickled, and the order of answers does not matter.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from tenderlight.model import TenderlightError

A = TypeVar("A")
B = TypeVar("B")


Tick = Callable[[int, int], None]
"""Hears how many lines of the ledger were seen to by now, and how many pages were recognised."""
EVERY = 0.5
"""Seconds between two ticks while batches are at work in other processes."""

SELDOM = (20_000, 10, 10)
"""When to look for garbage that only refers to itself: hardly anything here does, and looking
after every 700 objects, as is usual, costs more than some of the steps."""


class _Counts:
    """Where workers say how far they are: numbers that all processes see."""

    shared: Any = None
    tick: Tick | None = None


def tell(*, lines: int = 0, pages: int = 0) -> None:
    """Called by the work itself: so many more lines were seen to, so many pages recognised."""
    counts = _Counts.shared
    if counts is None:
        return
    with counts.get_lock():
        counts[0] += lines
        counts[1] += pages
    if _Counts.tick is not None:
        _Counts.tick(counts[0], counts[1])


class Engine(Protocol):
    """Maps a function over work, in any order."""

    def map(self, work: Callable[[A], B], over: Iterable[A], tick: Tick) -> Generator[B]:
        """Answers as they come; closing it early stops the work."""


class InProcess:
    """One after the other, here: for small corpora, tests and profilers."""

    def map(self, work: Callable[[A], B], over: Iterable[A], tick: Tick) -> Generator[B]:
        """Answers in order."""
        _Counts.shared, _Counts.tick = multiprocessing.Array("q", 2), tick
        try:
            for one in over:
                yield work(one)
        finally:
            _Counts.shared = _Counts.tick = None


class Processes:
    """All cores, with at most two pieces of work waiting per core so that memory stays flat."""

    def __init__(self, count: int) -> None:
        self.count = count

    def map(self, work: Callable[[A], B], over: Iterable[A], tick: Tick) -> Generator[B]:
        """Answers as they come. A worker that dies ends the run: finished work stays done."""
        context = multiprocessing.get_context("spawn")
        rest, counts = iter(over), context.Array("q", 2)
        with ProcessPoolExecutor(self.count, context, _begin, (counts,)) as pool:
            waiting: set[Future[B]] = set()
            try:
                while True:
                    for one in rest:
                        with _deaf_to_ctrl_c():
                            waiting.add(pool.submit(work, one))
                        if len(waiting) >= 2 * self.count:
                            break
                    if not waiting:
                        return
                    done, waiting = wait(waiting, EVERY, return_when=FIRST_COMPLETED)
                    tick(counts[0], counts[1])
                    for future in done:
                        yield future.result()
            except BrokenProcessPool as error:
                raise TenderlightError(
                    "A worker process was killed (by the system, for lack of memory?). What was "
                    "finished is kept: run `tenderlight build` again, with --jobs 1 if it recurs."
                ) from error
            finally:
                if waiting:  # stopped early: what a worker committed stays, the rest is done again
                    for future in waiting:
                        future.cancel()
                    for worker in multiprocessing.active_children():
                        worker.terminate()


def engine_for(jobs: int | None, pieces: int) -> Engine:
    """The engine for so many pieces of work: processes are started only where they pay."""
    count = min(jobs or len(os.sched_getaffinity(0)), pieces)
    return Processes(count) if count > 1 else InProcess()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started in the block never see Ctrl-C: the one that started them stops them.

    A worker inherits the mask. Without it, one that is still starting answers with a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def seldom_swept() -> Iterator[None]:
    """Look for garbage seldom until the block ends."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begin(counts: Any) -> None:
    """In a worker: count where all see it."""
    _Counts.shared = counts
    gc.set_threshold(*SELDOM)
    _die_with_parent()


def _die_with_parent() -> None:
    """A build that was killed must leave no worker behind that still writes."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
