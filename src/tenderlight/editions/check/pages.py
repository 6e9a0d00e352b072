"""The pages held against the data: written anew where the program is the same, else read.

What an edition shows is worked out of its `data/` and `evidence/` alone. So the pages are written
once more, beside it, and compared byte for byte: no word, script or style of them can be another.
A program of another version writes other pages; then every number, passage and title that the
pages hold is looked up in the data (`printed_as`), and the check says that it did no more.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from jinja2 import TemplateError

from tenderlight.corpus.program import program
from tenderlight.editions.check.opening import BROKEN, Contents
from tenderlight.editions.check.printed_as import PrintedAs
from tenderlight.editions.check.shards import opened
from tenderlight.editions.manifest import Manifest
from tenderlight.editions.site import write_site
from tenderlight.evidence.files import read_inside
from tenderlight.model import Refused

FRONT, SITE = "index.html", "site/"
PIECES = "site/data/"
NOT_OURS = (*BROKEN, Refused, KeyError, TypeError, AttributeError, TemplateError)
"""What writing pages may raise, where the data are a stranger's."""


def is_page(path: str) -> bool:
    """Whether a file of an edition is one of its pages, or belongs to them.

    >>> is_page("site/zh/index.html"), is_page("evidence/README.html")
    (True, False)
    """
    return path == FRONT or path.startswith(SITE)


def check_pages(
    manifest: Manifest, contents: Contents, move: Callable[[int, int], None]
) -> tuple[int, bool]:
    """Hold every page against the data; how many are as these say, and whether in every byte.

    Where the data are wrong themselves, no page is looked at: it would be held against nothing.
    """
    if not all(is_page(one.file) for one in contents.findings.wrong):
        return 0, False
    if manifest.pages != program():
        return PrintedAs(manifest, contents).check(move), False
    with tempfile.TemporaryDirectory(prefix="tenderlight-pages-") as made:
        try:
            write_site(contents.folder, manifest, move, Path(made))
        except NOT_OURS as error:
            contents.findings.add(FRONT, f"its data give no pages: {error}")
            return 0, False
        return _same(contents, Path(made)), True


def _same(contents: Contents, made: Path) -> int:
    """How many pages are as they were written anew; each other one is said."""
    anew = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    there = {path for path in contents.paths if is_page(path)}
    for path in sorted(anew - there):
        contents.findings.add(path, "this page is missing")
    for path in sorted(there - anew):
        contents.findings.add(path, "the data give no such page: somebody added it")
    same = 0
    for path in sorted(anew & there):
        if _is_same(contents, path, (made / path).read_bytes()):
            same += 1
        else:
            contents.findings.add(path, "this page is not the one that the data give")
    return same


def _is_same(contents: Contents, path: str, anew: bytes) -> bool:
    """Byte for byte; a piece of the data may have been packed by another zlib."""
    if contents.paths[path] > max(2 * len(anew), 1 << 16):
        return False
    with read_inside(contents.folder, path) as file:
        there = file.read()
    if there == anew:
        return True
    return (
        path.startswith(PIECES)
        and (told := opened(there, path)) is not None
        and (told == opened(anew, path))
    )
