"""The site of an edition: written after its data and evidence, before its manifest."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from tenderlight.drawings import STYLE
from tenderlight.editions.manifest import FigureOf, Manifest
from tenderlight.editions.site import kept
from tenderlight.editions.site.notices import Cited, write_notices
from tenderlight.editions.site.pages import Pages, Slugged
from tenderlight.editions.site.proofs import write_proofs
from tenderlight.editions.site.shards import Shards
from tenderlight.model import Refused

ID_SCRIPT = "edition.js"
"""Not in the manifest, whose digest it tells: whoever verifies compares it with `id_script`."""
LANGUAGES = ("en", "zh")
SCRIPTS = (
    "data.js",
    "cite.js",
    "page.js",
    "rows.js",
    "notice.js",
    "evidence.js",
    "opened.js",
    "search.js",
    "sources.js",
)


def id_script(id: str) -> bytes:
    """The only words of the edition that depend on `edition.json`: written last.

    >>> id_script("44136fa355b3678a")
    b'globalThis.EDITION = "44136fa355b3678a";\\n'
    """
    if len(id) != 16 or not set(id) <= set("0123456789abcdef"):
        raise Refused(f"{id!r} is no edition's id.", "It is 16 characters of a SHA-256.")
    return b'globalThis.EDITION = "%s";\n' % id.encode("ascii")


def write_site(
    out: Path,
    manifest: Manifest,
    move: Callable[[int, int], None] = lambda done, total: None,
    into: Path | None = None,
) -> None:
    """Write `index.html` and `site/` into an edition that has its `data/` and `evidence/`.

    `manifest` is what it will say but for its files; `into`: another folder, to hold the pages
    that are there against those that their data give. Refuses (Refused) data that are no figure,
    and a notice that is there twice.
    """
    into = into or out
    shards = Shards(into)
    slugs = tuple(_slugged(out, one) for one in manifest.figures)
    steps = _Steps(len(slugs) + manifest.notices, move)
    rows = kept.read_notices(out) if (out / kept.NOTICES).is_file() else ()
    cited = Cited(rows, kept.read_listed(out))
    used: dict[str, list[int]] = {}
    for place, one in enumerate(slugs):
        proofs = kept.read_proofs(out / one.of.proofs)
        behind = write_proofs(one.figure, proofs, one.slug, cited, shards)
        for id in sorted(behind):
            used.setdefault(id, []).append(place)
        steps()
    firsts, pictures = kept.read_firsts(out), kept.read_pictures(out)
    write_notices(cited, firsts, pictures, used, shards, steps)
    _write_static(into)
    originals = (out / "evidence/data/evidence.wacz").is_file()
    pages = Pages(into, manifest, slugs, originals)
    for lang in LANGUAGES:
        pages.write(lang)


def _slugged(out: Path, one: FigureOf) -> Slugged:
    return Slugged(Path(one.figure).stem, one, kept.read_figure(out / one.figure))


def _write_static(out: Path) -> None:
    """The style sheet (the desk's, the drawings' and our own, in one) and the scripts."""
    desk = (files("tenderlight.web") / "static" / "desk.css").read_text(encoding="utf-8")
    static = files(__package__) / "static"
    own = (static / "site.css").read_text(encoding="utf-8")
    (out / "site/site.css").write_bytes("\n".join((desk, STYLE, own)).encode())
    for name in SCRIPTS:
        (out / "site" / name).write_bytes((static / name).read_bytes())


class _Steps:
    """Moves the progress bar by one for each figure and each notice."""

    def __init__(self, total: int, move: Callable[[int, int], None]) -> None:
        self._done, self._total, self._move = 0, total, move

    def __call__(self) -> None:
        self._done += 1
        self._move(self._done, self._total)
