"""SIGKILL at random moments during `add` and `build`: nothing preserved is lost, same rows."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

TENDERLIGHT = str(Path(sys.executable).with_name("tenderlight"))


class Killed(NamedTuple):
    """How a corpus came out of it."""

    kills: int
    during_add: int
    lost: int
    """Captures that were acknowledged before a kill and missing after it."""
    same_rows: bool
    verified: bool


def kill_at_random(documents: Path, work: Path, kills: int, seed: int = 7) -> Killed:
    """Kill `add` and `build` over and over, let both finish, and compare with an untouched run."""
    dice = random.Random(seed)
    whole, broken = work / "whole", work / "broken"
    for corpus in (whole, broken):
        shutil.rmtree(corpus, ignore_errors=True)
        _run("init", str(corpus))
    seconds = [_timed("add", str(whole), str(documents)), _timed("build", str(whole))]
    lost = during_add = 0
    for number in range(kills):
        adding = number < kills // 2
        command = ["add", str(broken), str(documents)] if adding else ["build", str(broken)]
        if number == kills // 2:
            _run("add", str(broken), str(documents))
        before = _captures(broken)
        hit = _killed(command, dice.uniform(0.2, max(0.4, seconds[not adding])))
        during_add += adding and hit
        lost += len(before - _captures(broken))
        if not adding and number % 5 == 4:
            shutil.rmtree(broken / "derived")
    _run("add", str(broken), str(documents))
    _run("build", str(broken))
    return Killed(
        kills=kills,
        during_add=during_add,
        lost=lost,
        same_rows=_rows(whole) == _rows(broken),
        verified=subprocess.run([TENDERLIGHT, "verify", str(broken)], check=False).returncode == 0,
    )


def _run(*command: str) -> None:
    subprocess.run([TENDERLIGHT, *command], check=True, capture_output=True)


def _timed(*command: str) -> float:
    begun = time.perf_counter()
    _run(*command)
    return time.perf_counter() - begun


def _killed(command: list[str], after: float) -> bool:
    process = subprocess.Popen(
        [TENDERLIGHT, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(after)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def _captures(corpus: Path) -> set[str]:
    """What the head acknowledges now."""
    head = corpus / "evidence" / "head.json"
    if not head.exists():
        return set()
    count = int(re.search(r'"count":(\d+)', head.read_text() + '"count":0')[1])  # type: ignore[index]
    lines = (corpus / "evidence" / "ledger.jsonl").read_bytes().splitlines()[:count]
    return {re.search(rb'"id":"([0-9a-f]+)"', line)[1].decode() for line in lines}  # type: ignore[index]


def _rows(corpus: Path) -> list[str]:
    """The exported rows without what tells when and where each was preserved."""
    out = corpus.with_suffix(".jsonl")
    out.unlink(missing_ok=True)
    _run("export", str(corpus), str(out), "--format", "jsonl")
    rows = re.sub(r'"(warc|offset)":("[^"]*"|\d+)', "", out.read_text(encoding="utf-8"))
    return sorted(rows.splitlines())
