"""A picture of every figure for docs/pictures/figures: the desk's page, made from the sample.

    .venv/bin/python -m tools.figure_pictures [CORPUS] [--only divisions]

Without CORPUS the sample is built first, in a folder that is thrown away. Uses an installed
Chromium; nothing is downloaded.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tenderlight.corpus import Corpus
from tenderlight.figures import figures
from tools.screenshots import FLAGS, chromium, desk

OUT = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "figures"
WIDTH, HEIGHT = 1180, 1500
"""What is shown at most of a page: its chart and the first lines of its table."""
COLOURS = 64
"""The desk has few: a picture with so many is a third as large."""


def main() -> None:
    """Take every picture, or those of figures whose name holds `--only`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = asked.corpus or sample(Path(folder))
        OUT.mkdir(parents=True, exist_ok=True)
        with desk(Corpus.open(root)) as home, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            for card in figures():
                if asked.only in card.name:
                    take(browser, f"{home}/figures/{card.name}", OUT / f"{card.name}.png")
            browser.close()


def sample(folder: Path) -> Path:
    """The sample, built."""
    command = [sys.executable, "-m", "tenderlight", "demo", "--no-serve"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "tenderlight-demo"


def take(browser: Browser, url: str, path: Path) -> None:
    """One picture of the main part of one page."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
    page.goto(url, wait_until="load")
    box = page.locator("main").bounding_box()
    if box is None:
        sys.exit(f"{url} shows nothing.")
    height = min(box["height"], HEIGHT)
    clip = {"x": 0.0, "y": box["y"], "width": float(WIDTH), "height": height}
    page.screenshot(path=path, clip=clip, full_page=True)
    page.close()
    with Image.open(path) as taken:
        fewer = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    fewer.save(path, optimize=True)


if __name__ == "__main__":
    main()
