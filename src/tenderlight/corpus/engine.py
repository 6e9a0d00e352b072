"""Where batches are worked on. The only place that knows about processes.

A distributed engine can take over by offering the same `map`: the work is a top-level function,
its argument and its answer can be pickled, and the order of answers does not matter.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Protocol, TypeVar

from tenderlight.model import TenderlightError

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    """Maps a function over work, in any order."""

    def map(self, work: Callable[[A], B], over: Iterable[A]) -> Generator[B]:
        """Answers as they come; closing it early stops the work."""


class InProcess:
    """One after the other, here: for small corpora, tests and profilers."""

    def map(self, work: Callable[[A], B], over: Iterable[A]) -> Generator[B]:
        """Answers in order."""
        return (work(one) for one in over)


class Processes:
    """All cores, with at most two pieces of work waiting per core so that memory stays flat."""

    def __init__(self, count: int) -> None:
        self.count = count

    def map(self, work: Callable[[A], B], over: Iterable[A]) -> Generator[B]:
        """Answers as they come. A worker that dies ends the run: finished work stays done."""
        context = multiprocessing.get_context("spawn")
        rest = iter(over)
        with ProcessPoolExecutor(self.count, context, initializer=_die_with_parent) as pool:
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
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
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


def _die_with_parent() -> None:
    """A build that was killed must leave no worker behind that still writes."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
