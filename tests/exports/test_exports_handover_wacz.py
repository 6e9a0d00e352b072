"""The archive in a hand-over: a WACZ that the tools of its makers accept, with our own records."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.exports.handover_corpus import TITLE, Invented


def in_archive(folder: Path, name: str) -> bytes:
    with ZipFile(folder / "data/evidence.wacz") as wacz:
        return wacz.read(name)


def wacz_command() -> str:
    own = Path(__file__).parents[2] / ".venv-wacz/bin/wacz"
    found = shutil.which("wacz") or (str(own) if own.exists() else None)
    if found is None:
        pytest.skip("no wacz on this machine: run tools/wacz.sh")
    return found


def test_its_archive_is_one_that_wacz_accepts(given: Path, tmp_path: Path) -> None:
    archive = given / "data/evidence.wacz"
    command = [wacz_command(), "validate", "-f", str(archive)]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert "Validation succeeded" in ran.stdout, ran.stdout + ran.stderr


def test_the_archive_holds_the_records_as_they_lie_in_the_evidence(
    invented: Invented, given: Path
) -> None:
    held = in_archive(given, "archive/captures-00001.warc.gz")
    for line in invented.store.entries():
        assert line.capture is not None
        wanted = {line.capture.id, line.capture.of} & {
            invented.ids["added"],
            invented.ids["fetched"],
        }
        for record in invented.store.records(line):
            assert (record in held) == bool(wanted)


def test_its_index_leads_to_each_record(invented: Invented, given: Path) -> None:
    index = gzip.decompress(in_archive(given, "indexes/index.cdx.gz")).decode()
    keys = [line.partition(" {")[0] for line in index.splitlines()]
    assert keys == sorted(keys)
    assert sum(key.startswith("example,portal)/gg/1.html?a=1&b=2 2026") for key in keys) == 3
    held = in_archive(given, "archive/captures-00001.warc.gz")
    for line in index.splitlines():
        said = json.loads(line[line.index("{") :])
        offset, length = int(said["offset"]), int(said["length"])
        (record,) = ArchiveIterator(io.BytesIO(held[offset : offset + length]))
        assert record.rec_headers.get_header("WARC-Target-URI") == said["url"]
        assert record.rec_type in ("response", "resource")


def test_a_viewer_begins_with_the_notices(invented: Invented, given: Path) -> None:
    _, *pages = map(json.loads, in_archive(given, "pages/pages.jsonl").splitlines())
    assert {one["id"] for one in pages} == {invented.ids["added"], invented.ids["fetched"]}
    assert TITLE in {one["title"] for one in pages}
