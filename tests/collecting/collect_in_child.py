"""Collects in a process of its own, which a test may kill: `EVIDENCE SOURCES ID`."""

from __future__ import annotations

import sys
from pathlib import Path

from tenderlight.collecting.runs.collect import collect
from tenderlight.sources.load import load_sources
from tests.collecting.crawling import CONTACT, now

if __name__ == "__main__":
    evidence, sources, id = sys.argv[1:]
    collect(
        Path(evidence), [load_sources(Path(sources))[id]], terms=("监控",), contact=CONTACT, now=now
    )
