"""Being killed at any line of our code, as a power cut or a `kill -9` would have it."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

ROOM = "/tenderlight/evidence/"


def moments(work: Callable[[], object], count: int, seed: int = 7) -> list[int]:
    """So many moments of a piece of work, which is done for it once, in a child."""
    total = _run(work, None)
    return sorted(random.Random(seed).sample(range(1, total), min(count, total - 1)))


def killed_at(work: Callable[[], object], moment: int) -> None:
    """Do a piece of work in a child that is killed before so many lines of the evidence room."""
    _run(work, moment)


def _run(work: Callable[[], object], moment: int | None) -> int:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _be_killed(work, moment, writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    assert (os.WTERMSIG(status) == signal.SIGKILL) == (moment is not None), (status, told)
    return int(told or 0)


def _be_killed(work: Callable[[], object], moment: int | None, writer: int) -> None:
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if ROOM not in frame.f_code.co_filename:
            return None
        count += event == "line"
        if count == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    try:
        sys.settrace(trace)
        work()
        sys.settrace(None)
        os.write(writer, b"%d" % count)
        os._exit(0)
    finally:
        os._exit(1)


def copied(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, to compare it later."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
