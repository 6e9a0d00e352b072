"""Run a command and measure it from outside: seconds, and the peak memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple

PAGE = os.sysconf("SC_PAGE_SIZE")


class Measured(NamedTuple):
    """What a run took."""

    seconds: float
    cpu: float
    peak: int
    """Bytes of memory that were not shared, summed over the processes of the run."""
    out: str


def run(*command: str, cwd: Path | None = None) -> Measured:
    """Run to the end; raises CalledProcessError where it fails."""
    before, begun = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=cwd)
    peak, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            peak[0] = max(peak[0], sum(map(_private, _tree(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, _ = process.communicate()
    seconds, after = time.perf_counter() - begun, os.times()
    done.set()
    watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, out)
    cpu = after.children_user + after.children_system - before.children_user
    return Measured(seconds, cpu - before.children_system, peak[0], out)


def _tree(pid: int) -> list[int]:
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _tree(int(child))
    except OSError:
        pass
    return found


def _private(pid: int) -> int:
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * PAGE
