"""Editions of a small invented corpus: two towns, a stamped ledger, a signature."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tenderlight.editions.files import list_files
from tenderlight.editions.manifest import MANIFEST, edition_id
from tenderlight.editions.site import ID_SCRIPT, id_script

FIGURES = ("technologies-by-year", "money", "suppliers?since=2016")
PROGRAM = "from tenderlight.cli import main; main()"


def tenderlight(*words: object, **more: str) -> str:
    """Run a command in a process of its own; its answer."""
    source = Path(__file__).parents[2] / "src"
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        env={"PATH": os.defpath, "PYTHONPATH": str(source), **more},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path in there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rewrite(folder: Path, name: str, change: Callable[[Any], Any]) -> None:
    """Change a file of JSON, or each line of a packed one."""
    path = folder / name
    if not name.endswith(".gz"):
        path.write_text(json.dumps(change(json.loads(path.read_bytes()))), encoding="utf-8")
        return
    lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    told = "".join(json.dumps(change(line)) + "\n" for line in lines)
    path.write_bytes(gzip.compress(told.encode(), mtime=0))


def list_anew(folder: Path) -> None:
    """What a forger does: make the manifest name the files as they are now."""
    beside = {MANIFEST, f"{MANIFEST}.sig", f"{MANIFEST}.pub", ID_SCRIPT}
    files = [one for one in list_files(folder) if one.path not in beside]
    told = [{"path": one.path, "sha256": one.sha256, "size": one.size} for one in files]
    rewrite(folder, MANIFEST, lambda manifest: {**manifest, "files": told})
    script = id_script(edition_id((folder / MANIFEST).read_bytes()))
    (folder / ID_SCRIPT).write_bytes(script)
    for name in (f"{MANIFEST}.sig", f"{MANIFEST}.pub"):
        (folder / name).unlink(missing_ok=True)
