"""The script that a good programmer would write instead: trafilatura into SQLite FTS5.

It reads the same files and makes them searchable, and does nothing else: no evidence, no fields,
no technologies, no tables. Its build rate is the yardstick in docs/benchmarks.md.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import trafilatura


def main(folder: Path, database: Path) -> None:
    """Load every file of a folder."""
    with sqlite3.connect(database) as db:
        db.execute("create virtual table notice using fts5(file, text, tokenize = 'trigram')")
        for path in sorted(folder.rglob("*.html")):
            text = trafilatura.extract(path.read_bytes()) or ""
            db.execute("insert into notice values (?, ?)", (path.name, text))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
