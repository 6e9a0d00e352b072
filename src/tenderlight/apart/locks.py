"""How a process locks itself in before it sees a document."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal

from tenderlight.apart.calls import filter_calls
from tenderlight.apart.folders import lock_files
from tenderlight.apart.words import Holds

_DEATH_SIGNAL = 1


def lock_in(files: int) -> Holds:
    """Lock this process in, for good, and all that it starts. Says what holds.

    It may still start processes and threads, until `lock_in_deeper`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as first:
        first.write("1000")  # if memory runs out, this is the process to end
    limits = (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, files)
    limited = all([_set(kind, most) for kind, most in limits])
    locked = lock_files()
    return Holds(limits=limited, files=locked, calls=filter_calls(children=True))


def lock_in_deeper() -> None:
    """Before a document is seen: no process is started any more, and no thread."""
    _set(resource.RLIMIT_NPROC, 0)
    filter_calls(children=False)


def address_space() -> int:
    """How many bytes of it this process has now; 0 where that is not known."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            return int(pages.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def limit_memory(most: int) -> bool:
    """No more address space than so many bytes. Whether it holds."""
    return _set(resource.RLIMIT_AS, most)


def limit_time(seconds: int) -> None:
    """So many seconds of processor time from now; then the system ends this process (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        end = min(end, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (end, hard))


def die_with(parent: int) -> None:
    """End when the parent does, however it ends; at once if it has ended."""
    with contextlib.suppress(AttributeError):  # Linux alone knows this
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _set(kind: int, most: int) -> bool:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):
        return False
    return True
