"""An edition of 5,000 cited notices: how long it takes, how large it is beside its evidence, and
how soon its pages are there in a browser that was just started.

Its evidence is the folder that is handed over: originals, archive, ledger, texts, values.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.multiply import write
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.editions.asked import wanted_figures
from tenderlight.editions.check import verify_edition
from tenderlight.editions.publish import publish
from tenderlight.sources import add
from tests.exports.handover_corpus import NOON

NOTICES = 6_300
"""Of the multiplied sample about four in five stand behind a number."""
MB = 1_000_000


FIGURE = "site/en/figure-technologies-by-year.html"
SEARCHES = ("人脸识别", "虹膜")
TIMES = 5
CHROMIUM = "/usr/bin/chromium"


def section(notices: Path, work: Path, floors: dict[str, float]) -> tuple[str, list[str]]:
    """Publish every figure of a multiplied sample, check the edition, and open its pages."""
    root, out, documents = work / "corpus", work / "edition", work / "documents"
    write(notices, NOTICES, documents)
    init_corpus(root)
    add(root, [documents], lambda: NOON)
    build(root)
    most = floors["most_over_evidence"]
    corpus, spent = Corpus.open(root), dict[str, float]()

    @contextmanager
    def stage(what: str) -> Iterator[object]:
        begun = time.perf_counter()
        yield lambda done, total: None
        spent[what] = time.perf_counter() - begun

    made = publish(corpus, out, wanted_figures(()), title="A bench", stage=stage)  # type: ignore[arg-type]
    begun = time.perf_counter()
    checked = verify_edition(out)
    verified = time.perf_counter() - begun
    ratio = made.size / made.evidence
    rows = [f"| {what} | {seconds:.0f} |" for what, seconds in spent.items()]
    text = [
        "## Editions\n",
        f"{made.figures} figures, {made.notices:,} cited notices of a multiplied sample: "
        f"{made.size / MB:.0f} MB, {ratio:.2f} times its evidence (at most {most}). Checking it "
        f"took {verified:.0f} s: {checked.numbers:,} numbers, {checked.passages:,} passages, "
        f"{checked.pages:,} pages and pieces written anew and compared, "
        f"{len(checked.wrong)} wrong.\n",
        "| publishing | s |\n|---|---:|",
        *rows,
        "",
        f"Opened from the folder, in Chromium, each page in a browser that had opened none of the "
        f"edition before (median of {TIMES}). `there`: until the page shows what was asked; `own "
        "work`: processor time of the page's own thread.\n",
        "| page | there, s | own work, s |\n|---|---:|---:|",
    ]
    short = [f"an edition is {ratio:.2f} times its evidence"] if ratio > most else []
    for what, there, work_of_it in opened_in_browser(out):
        text.append(f"| {what} | {there:.2f} | {work_of_it:.2f} |")
        if there > floors["most_seconds_to_open"]:
            short.append(f"{what} of an edition is there after {there:.2f} s")
    text.append("")
    short += [] if checked.is_whole else ["an edition is not whole"]
    return "\n".join(text), short


def opened_in_browser(out: Path) -> Iterator[tuple[str, float, float]]:
    """Each kind of page: seconds until it is there, and seconds of its own thread."""
    front, here = out.absolute().as_uri(), out / FIGURE
    number = re.search(r'href="(rows\.html#[^"]+)"', here.read_text(encoding="utf-8"))
    asked = [
        ("front page", f"{front}/index.html", "h1"),
        ("a figure", f"{front}/{FIGURE}", ".figure-table"),
        ("behind a number", f"{front}/site/en/{number[1] if number else ''}", ".proofs tbody tr"),
        *((f"search: {word}", f"{front}/site/en/search.html#{word}", "#told[data-done]")
          for word in SEARCHES),
    ]  # fmt: skip
    with sync_playwright() as playwright:
        for what, url, shows in asked:
            tries = []
            for _ in range(TIMES):
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox"]
                )
                tries.append(_opened(browser, url, shows))
                browser.close()
            there, work = zip(*tries, strict=True)
            yield what, statistics.median(there), statistics.median(work)


def _opened(browser: Browser, url: str, shows: str) -> tuple[float, float]:
    page = browser.new_page()
    page.goto("about:blank")
    told = page.context.new_cdp_session(page)
    told.send("Performance.enable", {"timeDomain": "threadTicks"})
    begun = time.perf_counter()
    page.goto(url)
    page.wait_for_selector(shows)
    there = time.perf_counter() - begun
    metrics = told.send("Performance.getMetrics")["metrics"]
    return there, next(one["value"] for one in metrics if one["name"] == "TaskDuration")
