"""What a stranger's folder may hold in place of a card, and archives of millions of bad records."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderlight.collecting.stamp import Authority, stamp_head
from tenderlight.corpus import init_corpus, open_folder
from tenderlight.evidence import Store
from tenderlight.model import Refused
from tenderlight.sources import adding, archive
from tests.sources.sources_invented import SELECTORS, source_of


def now() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def record(url: str, more: str = "") -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>invented"
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n{more}"
        f"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:{url}>\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


@pytest.mark.parametrize(
    "put",
    [
        lambda card: os.mkfifo(card),
        lambda card: card.symlink_to("/dev/zero"),
        lambda card: card.symlink_to("/etc/hostname"),
        lambda card: card.mkdir(),
        lambda card: card.write_bytes(b"#" * 2_000_000),
    ],
    ids=["pipe", "device", "link", "folder", "large"],
)
def test_a_card_of_a_corpus_is_a_plain_small_file(
    tmp_path: Path, put: Callable[[Path], object]
) -> None:
    init_corpus(tmp_path / "c")
    card = tmp_path / "c/corpus.toml"
    card.unlink()
    put(card)
    with pytest.raises(Refused):
        open_folder(tmp_path / "c")


@pytest.mark.parametrize("charset", ["hex", "zip", "idna", "rot13", "undefined", "no-such"])
def test_a_charset_that_no_word_can_be_written_in_is_refused(tmp_path: Path, charset: str) -> None:
    more = f'term_charset = "{charset}"\n'
    body = SELECTORS.replace("list_{page}.html", "?q={term}")
    with pytest.raises(Refused, match="charset"):
        source_of(tmp_path, "searches = true" + body + more)


def test_an_archive_with_addresses_that_are_none_is_imported(tmp_path: Path) -> None:
    init_corpus(tmp_path / "c")
    (tmp_path / "a.warc.gz").write_bytes(record("http://[x/a") + record("http://h:x/b"))
    added = adding.add(tmp_path / "c", [tmp_path / "a.warc.gz"], now)
    assert (added.archives[0].new, added.refused) == (2, ())


def test_of_an_archives_bad_records_some_are_named_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_MOST_REFUSED", 3)
    init_corpus(tmp_path / "c")
    wrong = f"WARC-Block-Digest: sha256:{'0' * 64}\r\n"
    records = b"".join(record(f"http://h/{n}", wrong) for n in range(60))
    (tmp_path / "a.warc.gz").write_bytes(records)
    added = adding.add(tmp_path / "c", [tmp_path / "a.warc.gz"], now)
    assert (len(added.refused), added.archives[0].failed) == (3, 60)
    assert "and 10 more" in added.archives[0].notes


def test_no_archive_can_say_what_a_capture_is_to_us(tmp_path: Path) -> None:
    init_corpus(tmp_path / "c")
    kinds = ("run", "stamp", "withdrawal", "warcinfo", "metadata", "request", "conversion")
    records = [record("http://h/runs/20260101T000000Z-ccgp.json")]
    for kind in kinds:
        plain = gzip.decompress(record(f"http://h/{kind}", "Tenderlight-Role: run\r\n"))
        records.append(gzip.compress(plain.replace(b": response", f": {kind}".encode(), 1)))
    (tmp_path / "a.warc.gz").write_bytes(b"".join(records))
    adding.add(tmp_path / "c", [tmp_path / "a.warc.gz"], now)
    lines = list(Store(tmp_path / "c/evidence").entries())
    assert all(line.capture and not line.stamp and not line.withdrawal for line in lines)
    runs = [line.capture.file for line in lines if line.capture and line.capture.role == "run"]
    assert runs == ["runs/20261122T120000Z-import-1.json"]


def test_an_authority_whose_address_is_none_gives_no_stamp(tmp_path: Path) -> None:
    init_corpus(tmp_path / "c")
    (tmp_path / "a.html").write_text("<p>invented")
    adding.add(tmp_path / "c", [tmp_path / "a.html"], now)
    nobody = Authority(name="nobody", url="http://[x/", roots=b"")
    (result,) = stamp_head(tmp_path / "c/evidence", [nobody], now)
    assert result.failed
