"""Data for pages that may fetch nothing: each piece is a script that hands over one packed text.

A page that was opened from a folder may load scripts beside it and nothing else. What stands in
the scripts is base64 of gzipped JSON: no document's text is ever part of a program.
"""

from __future__ import annotations

import gzip
from base64 import b64encode
from pathlib import Path
from typing import Any

import msgspec

FOLDER = "site/data"


def shard(name: str, value: Any) -> bytes:
    """One script.

    >>> shard("names", ["甲"])[:26]
    b'keep("names","H4sIAAAAAAAC'
    """
    packed = b64encode(gzip.compress(msgspec.json.encode(value), 9, mtime=0))
    return b'keep("%s","%s");\n' % (name.encode("ascii"), packed)


class Shards:
    """Writes scripts into `site/data`."""

    def __init__(self, out: Path) -> None:
        self._folder = out / FOLDER
        self._folder.mkdir(parents=True)

    def write(self, name: str, value: Any) -> None:
        """One piece; its name is ours, never a document's."""
        (self._folder / f"{name}.js").write_bytes(shard(name, value))
