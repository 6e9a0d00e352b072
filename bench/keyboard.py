"""How fast claims are reviewed at the keyboard: a real Chromium, a corpus of 100,000 notices.

A key is pressed; the time runs until the browser has painted the next case. Twice: as fast as the
keys come, and with the seconds in which somebody reads. Every answer must be in the file then.
"""

from __future__ import annotations

import json
import shutil
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import uvicorn
from playwright.sync_api import Page, sync_playwright

from tenderlight.corpus import Corpus
from tenderlight.web import make_app

READING = 3.0
"""Seconds for which a passage is read in this measurement; 1,000 an hour leave 3.6 in all."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
MEASURE = """() => {
  window.took = [];
  let pressed = null;
  addEventListener("keydown", (event) => {
    if (!event.repeat && "ynu".includes(event.key)) pressed = performance.now();
  }, true);
  new MutationObserver(() => {
    if (pressed === null || document.getElementById("case").hasAttribute("aria-busy")) return;
    const began = pressed;
    pressed = null;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => window.took.push(performance.now() - began);
      painted.port2.postMessage(null);
    });
  }).observe(
    document.getElementById("answer"), { childList: true, attributes: true, subtree: true });
}"""
"""Each answer's milliseconds, from the key to the first task after the frame with the next case."""


class Pressed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a number of answers."""

    answers: int
    median: float
    """Milliseconds from a key to the next case on the screen."""
    p95: float
    slowest: float
    seconds: float
    """Of all of it."""

    @property
    def hourly(self) -> float:
        """Answers an hour at this speed."""
        return self.answers * 3600 / self.seconds


class Keyboard(msgspec.Struct, frozen=True, kw_only=True):
    """Both measurements, and what the file holds afterwards."""

    notices: int
    claims: int
    fast: Pressed
    read: Pressed
    lost: int
    """Answers that were given and are not in the file."""
    first: float
    """Milliseconds until the first page of the queue is there."""


def measure_keyboard(corpus: Path, *, fast: int = 250, read: int = 60) -> Keyboard:
    """Answer so many cases at the keyboard; those that are answered already are not asked."""
    opened = Corpus.open(corpus)
    before = len(opened.review.lines())
    with served(opened) as home, sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        first = _begin(page, home)
        quick = _press(page, fast, 0.05)
        calm = _press(page, read, READING)
        page.wait_for_function("waiting.length === 0", timeout=60_000)
        browser.close()
    con = opened.connect()
    notices, claims = con.execute(
        "select (select count(*) from notice),"
        " (select count(*) from claim where kind = 'technology')"
    ).fetchone() or (0, 0)
    written = len(Corpus.open(corpus).review.lines()) - before
    return Keyboard(
        notices=notices,
        claims=claims,
        fast=quick,
        read=calm,
        lost=fast + read - written,
        first=first,
    )


def _begin(page: Page, home: str) -> float:
    """Give a name; the milliseconds until the first case is there, its order made anew."""
    began = time.monotonic()
    page.goto(home + "/review")
    took = time.monotonic() - began
    page.fill("#by", "bench")
    page.click("form[action='/review/name'] button")
    page.wait_for_function("ahead.length >= 8", timeout=60_000)
    page.evaluate(MEASURE)
    return took * 1000


def _press(page: Page, count: int, pause: float) -> Pressed:
    page.evaluate("window.took = []")
    began = time.monotonic()
    for number in range(count):
        page.keyboard.press("yynu"[number % 4])
        page.wait_for_function(f"window.took.length > {number}", polling=5, timeout=60_000)
        time.sleep(pause)
    seconds = time.monotonic() - began
    took: list[float] = page.evaluate("window.took")
    return Pressed(
        answers=count,
        median=statistics.median(took),
        p95=statistics.quantiles(took, n=20)[-1],
        slowest=max(took),
        seconds=seconds,
    )


@contextmanager
def served(corpus: Corpus) -> Iterator[str]:
    """The desk's address while the block runs."""
    settings = uvicorn.Config(make_app(corpus), port=0, log_level="error", access_log=False)
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    (listening,) = server.servers[0].sockets
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def told_keyboard(found: Keyboard) -> str:
    """The section of docs/benchmarks.md."""
    lines = [
        "## Review at the keyboard\n",
        f"Chromium, the desk on {found.notices:,} notices with {found.claims:,} claims of "
        "technologies. From the key to the next case painted. *At once*: the next key as soon as "
        f"the case is there. *Reading*: {READING:.0f} seconds for each passage.\n",
        "| | answers | median | 95th percentile | slowest | answers an hour |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, one in (("at once", found.fast), ("reading", found.read)):
        lines.append(
            f"| {name} | {one.answers} | {one.median:.0f} ms | {one.p95:.0f} ms "
            f"| {one.slowest:.0f} ms | {one.hourly:,.0f} |"
        )
    lines.append(
        f"\nAnswers that are not in the file afterwards: {found.lost}. The first page of the queue "
        f"after the desk was opened: {found.first / 1000:.1f} s.\n"
    )
    return "\n".join(lines)


def below_keyboard(found: Keyboard, floors: dict[str, float]) -> list[str]:
    """What is below its floor."""
    short = []
    for name, one in (("at once", found.fast), ("reading", found.read)):
        if one.p95 > floors["painted_p95_ms"]:
            short.append(f"keyboard, {name}: {one.p95:.0f} ms")
    if found.read.hourly < floors["answers_per_hour"]:
        short.append(f"keyboard: {found.read.hourly:.0f} answers an hour")
    if found.lost:
        short.append(f"keyboard: {found.lost} answers lost")
    return short


if __name__ == "__main__":
    import sys

    print(json.dumps(msgspec.to_builtins(measure_keyboard(Path(sys.argv[1]))), indent=1))
