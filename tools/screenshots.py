"""Pictures of the desk for the README: wide and narrow, light and dark, from a built corpus.

    .venv/bin/python tools/screenshots.py CORPUS docs/pictures [--only overview]

CORPUS should be the repository's own sample (`tenderlight demo --no-serve` makes it): pictures are
published. Uses an installed Chromium; nothing is downloaded.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tenderlight.corpus import Corpus
from tenderlight.web import serve

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
SIZES = {"wide": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}


def main() -> None:
    """Take every picture, or those whose name holds `--only`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--full", action="store_true", help="the whole page, not one screen")
    asked = parser.parse_args()
    corpus = Corpus.open(asked.corpus)
    asked.out.mkdir(parents=True, exist_ok=True)
    with desk(corpus) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, at in pages(corpus).items():
            for size in SIZES:
                for scheme in ("light", "dark"):
                    picture = f"{name}-{size}-{scheme}.png"
                    if asked.only in picture:
                        take(browser, home + at, asked.out / picture, size, scheme, asked.full)
        browser.close()


def take(browser: Browser, url: str, path: Path, size: str, scheme: str, full: bool) -> None:
    """One picture of one page."""
    page = browser.new_page(viewport=SIZES[size], color_scheme=scheme)
    page.goto(url, wait_until="load")
    if url.endswith("/review"):  # the queue asks for a name first
        page.fill("#by", "LW")
        page.click("form[action='/review/name'] button")
        page.wait_for_load_state("load")
    if "/notices/" in url:
        for _ in range(40):
            page.keyboard.press("j")
            if page.evaluate("document.activeElement.dataset.value ?? ''").startswith("finding"):
                break
        for _ in range(4):
            page.keyboard.press("j")
        page.wait_for_timeout(900)
    page.screenshot(path=path, full_page=full)
    page.close()


def pages(corpus: Corpus) -> dict[str, str]:
    """The pages worth a picture; the notice is the one in which most was found."""
    found = (
        corpus.connect()
        .execute(
            "select notice from finding where relation = 'bought' group by 1"
            " order by count(distinct id) desc, 1 limit 1"
        )
        .fetchone()
    )
    if found is None:
        sys.exit("This corpus holds no notice that buys anything: take the sample.")
    purchase = corpus.connect().execute(
        "select id from purchase order by notices + copies desc, rounds desc, id limit 1"
    )
    (bought,) = purchase.fetchone() or ("",)
    return {
        "overview": "/",
        "search": "/search?q=%E4%BA%BA%E8%84%B8",
        "notice": f"/notices/{found[0]}",
        "figure": "/figures/technologies-by-year",
        "map": "/figures/divisions",
        "purchases": "/purchases",
        "purchase": f"/purchases/{bought}",
        "organisations": "/organisations",
        "watch": "/watch",
        "review": "/review",
        "problems": "/problems",
        "overview-zh": "/?lang=zh",
    }


def chromium() -> str:
    """An installed Chromium, or the end."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or sys.exit("No Chromium on PATH: install Debian's `chromium`.")


@contextmanager
def desk(corpus: Corpus) -> Iterator[str]:
    """The desk in a thread of its own; it ends with the program."""
    started = threading.Event()
    at: list[str] = []

    def ready(url: str) -> None:
        at.append(url.rstrip("/"))
        started.set()

    threading.Thread(target=serve, args=(corpus, 0, ready), daemon=True).start()
    started.wait(10)
    yield at[0]


if __name__ == "__main__":
    main()
