"""Archives of others become notices, visits and the rest, and a report says what was checked."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderlight.evidence import Line, Store
from tenderlight.sources import Added, add
from tests.evidence.evidence_archives import BODY, PAGE, Crawl, package, written

NOW = datetime(2026, 11, 22, 6, 46, 33, tzinfo=UTC)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "evidence").mkdir(parents=True)
    return tmp_path / "corpus"


def take(corpus: Path, name: str, raw: bytes) -> Added:
    path = corpus.parent / name
    path.write_bytes(raw)
    return add(corpus, [path], lambda: NOW)


def lines(corpus: Path) -> list[Line]:
    return list(Store(corpus / "evidence").entries())


def roles(corpus: Path) -> list[tuple[str, str | None, int | None]]:
    found = []
    for line in lines(corpus):
        assert line.capture is not None
        if line.capture.role != "run":
            exchange = line.capture.exchange
            status = exchange.status if exchange else None
            found.append((line.capture.role, line.capture.url, status))
    return found


def test_an_answer_is_kept_letter_by_letter_with_its_request(corpus: Path) -> None:
    crawl = Crawl().answer()
    added = take(corpus, "crawl.warc.gz", crawl.raw)
    assert (added.new, added.known, added.refused) == (2, 0, ())
    line = lines(corpus)[0]
    capture = line.capture
    assert capture is not None
    assert (capture.role, capture.url, capture.captured) == (
        "notice",
        PAGE,
        "2024-05-06T07:08:09Z",
    )
    assert capture.file == "crawl.warc.gz/record-1"
    exchange = capture.exchange
    assert exchange is not None
    assert (exchange.source, exchange.status, exchange.media_type) == ("import", 200, "text/html")
    store = Store(corpus / "evidence")
    assert store.payload(capture) == BODY
    kept = b"".join(gzip.decompress(record) for record in store.records(line))
    assert kept == gzip.decompress(crawl.raw)
    assert [each.kind for each in line.beside] == ["request"]


def test_the_evidence_is_sound_afterwards_by_our_check_and_by_warcio(corpus: Path) -> None:
    crawl = Crawl().answer().answer(PAGE + "?2", kind="revisit", body=b"")
    crawl.other("urn:info", "warcinfo", b"software: invented\r\n", "application/warc-fields")
    take(corpus, "crawl.warc.gz", crawl.raw)
    report = Store(corpus / "evidence").verify(documents=True)
    assert (report.damages, report.unfinished) == ((), ())
    warcio = Path(sys.executable).parent / "warcio"
    files = sorted((corpus / "evidence").glob("*.warc.gz"))
    done = subprocess.run([warcio, "check", "-v", *files], capture_output=True, text=True)
    assert (done.returncode, "fail" in done.stdout) == (0, False)


def test_pages_become_notices_and_their_parts_do_not(corpus: Path) -> None:
    site = "http://notices.example/"
    crawl = Crawl()
    for path, media_type in {
        "a": "text/html",
        "b.pdf": "application/pdf",
        "c.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "d.xls": "application/octet-stream",
        "e.txt": "text/plain",
        "robots.txt": "text/plain",
        "s.js": "text/javascript",
        "s.css": "text/css",
        "p.png": "image/png",
        "f.woff": "application/octet-stream",
        "api": "application/json",
    }.items():
        crawl.answer(site + path, media_type=media_type)
    take(corpus, "crawl.warc.gz", crawl.raw)
    notices = [url.removeprefix(site) for role, url, _ in roles(corpus) if url and role == "notice"]
    assert notices == ["a", "b.pdf", "c.docx", "d.xls", "e.txt"]
    assert {role for role, _, _ in roles(corpus)} == {"notice", "other"}


def test_later_answers_of_a_place_are_visits(corpus: Path) -> None:
    crawl = Crawl().answer(status="302 Found", fields=[("Location", "/elsewhere")])
    crawl.answer(date="2024-05-07T00:00:00Z")
    crawl.answer(date="2024-06-07T00:00:00Z")
    crawl.answer(status="404 Not Found", body=b"", date="2024-07-07T00:00:00Z")
    crawl.answer(media_type="application/json", body=b"{}", date="2024-08-07T00:00:00Z")
    crawl.answer(PAGE + "x", status="404 Not Found")
    take(corpus, "crawl.warc.gz", crawl.raw)
    assert roles(corpus) == [
        ("other", PAGE, 302),
        ("notice", PAGE, 200),
        ("visit", PAGE, 200),
        ("visit", PAGE, 404),
        ("visit", PAGE, 200),
        ("other", PAGE + "x", 404),
    ]
    captures = [line.capture for line in lines(corpus)]
    assert {capture.of for capture in captures if capture} == {None, captures[1].id}  # type: ignore[union-attr]
    assert captures[0].exchange.location == "http://notices.example/elsewhere"  # type: ignore[union-attr]
    assert len({capture.id for capture in captures if capture}) == len(captures)


def test_a_form_is_another_place_than_the_page_it_is_on(corpus: Path) -> None:
    take(corpus, "a.warc.gz", Crawl().answer(asked=b"page=1").answer(asked=b"page=2").raw)
    assert [role for role, _, _ in roles(corpus)] == ["notice", "notice"]
    assert {line.capture.exchange.method for line in lines(corpus)[:2]} == {"POST"}  # type: ignore[union-attr]


def test_the_same_archive_adds_nothing_twice(corpus: Path) -> None:
    crawl = Crawl().answer().answer(date="2024-06-07T00:00:00Z").answer(PAGE + "x")
    take(corpus, "crawl.warc.gz", crawl.raw)
    before = roles(corpus)
    added = take(corpus, "again.warc.gz", crawl.raw)
    assert (added.known, added.archives[0].requests, added.archives[0].known) == (3, 0, 3)
    assert roles(corpus) == before


def test_an_import_that_was_cut_off_is_completed_by_the_next(corpus: Path) -> None:
    crawl = Crawl()
    for number in range(8):
        crawl.answer(f"{PAGE}?{number % 4}", date=f"2024-05-0{number + 1}T00:00:00Z")
        if number == 3:
            cut = len(crawl.raw) + 40  # within the next record
    added = take(corpus, "crawl.warc.gz", crawl.raw[:cut])
    assert (len(added.refused), added.archives[0].requests) == (1, 4)
    assert [role for role, _, _ in roles(corpus)] == ["notice"] * 4
    take(corpus, "crawl.warc.gz", crawl.raw)
    assert [role for role, _, _ in roles(corpus)] == ["notice"] * 4 + ["visit"] * 4
    report = Store(corpus / "evidence").verify(documents=True)
    assert (report.damages, report.captures) == ((), 10)


def test_a_page_saved_by_hand_and_the_same_page_in_an_archive_are_one_notice(
    corpus: Path,
) -> None:
    folder = corpus.parent / "saved"
    folder.mkdir()
    (folder / "a.html").write_bytes(BODY)
    (folder / "manifest.jsonl").write_text(json.dumps({"file": "a.html", "url": PAGE}))
    add(corpus, [folder], lambda: NOW)
    take(corpus, "crawl.warc.gz", Crawl().answer().raw)
    saved, visit = (line.capture for line in lines(corpus)[:2])
    assert saved is not None
    assert visit is not None
    assert (saved.role, visit.role, visit.of) == ("notice", "visit", saved.id)


def test_a_revisit_holds_no_document_and_is_no_visit(corpus: Path) -> None:
    crawl = Crawl().answer().answer(kind="revisit", body=b"", date="2024-06-07T00:00:00Z")
    added = take(corpus, "crawl.warc.gz", crawl.raw)
    assert [role for role, _, _ in roles(corpus)] == ["notice", "other"]
    assert roles(corpus)[1][2] is None
    assert added.archives[0].notes[-1] == (
        "1 records say only that a document was as before, and are kept as such; for 1 of them "
        "there is a notice from that address here"
    )


def test_the_pages_of_a_package_are_its_notices(corpus: Path) -> None:
    crawl = (
        Crawl()
        .answer()
        .answer(PAGE + "/frame")
        .answer(PAGE + "/a.pdf", media_type="application/pdf")
    )
    pages = b'{"format": "json-pages-1.0"}\n' + json.dumps({"url": PAGE}).encode() + b"\n{no json"
    raw = package({"archive/data.warc.gz": crawl.raw, "pages/pages.jsonl": pages})
    added = take(corpus, "crawl.wacz", raw)
    assert added.refused == ()
    assert [role for role, url, _ in roles(corpus) if url] == ["notice", "other", "notice"]
    files = [line.capture.file for line in lines(corpus) if line.capture]
    assert files == [
        "crawl.wacz/archive/data.warc.gz/record-1",
        "crawl.wacz/archive/data.warc.gz/record-3",
        "crawl.wacz/archive/data.warc.gz/record-5",
        "crawl.wacz/datapackage.json",
        "crawl.wacz/datapackage-digest.json",
        "runs/20261122T064633Z-import-1.json",
    ]


def test_the_report_is_kept_and_says_what_was_checked(corpus: Path) -> None:
    bad = written(
        b"x",
        head=b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
        b"WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
    )
    added = take(corpus, "crawl.warc.gz", Crawl().answer().raw + bad)
    (run,) = added.archives
    assert (run.kind, run.source, run.finished) == ("import", "import", True)
    assert (run.requests, run.new, run.known, run.failed) == (1, 1, 0, 1)
    assert (added.refused[0].file, added.new) == ("crawl.warc.gz/record-3", 2)
    assert "warc-block-digest" in added.refused[0].what
    report = lines(corpus)[-1].capture
    assert report is not None
    assert (report.role, report.file) == ("run", "runs/20261122T064633Z-import-1.json")
    kept = json.loads(Store(corpus / "evidence").payload(report))
    assert kept["notes"] == list(run.notes)
    assert "2 records fit their own digests" in run.notes[1]
    assert any(note.startswith("refused: crawl.warc.gz/record-3") for note in run.notes)


def test_an_altered_package_is_refused_as_a_whole(corpus: Path) -> None:
    raw = package(
        {"archive/data.warc.gz": Crawl().answer().raw},
        change={"datapackage.json": b'{"resources": []}'},
    )
    added = take(corpus, "crawl.wacz", raw)
    assert [(each.file, each.what) for each in added.refused] == [
        ("crawl.wacz", "has a datapackage.json that is not the one in datapackage-digest.json.")
    ]
    assert (added.archives[0].finished, roles(corpus)) == (False, [])


def test_two_archives_of_one_command_have_reports_of_their_own(corpus: Path) -> None:
    folder = corpus.parent / "archives"
    folder.mkdir()
    (folder / "a.warc").write_bytes(Crawl(packed=False).answer().raw)
    (folder / "b.dat").write_bytes(Crawl().answer(PAGE + "x").raw)
    (folder / "c.html").write_bytes(b"<html>no archive</html>")
    added = add(corpus, [folder], lambda: NOW)
    assert [run.id for run in added.archives] == [
        "20261122T064633Z-import-1",
        "20261122T064633Z-import-3",
    ]
    assert [role for role, _, _ in roles(corpus)] == ["notice", "notice", "notice"]


def test_other_files_are_documents_as_before(corpus: Path) -> None:
    folder = corpus.parent / "files"
    folder.mkdir()
    (folder / "a.gz").write_bytes(gzip.compress(b"no archive"))
    (folder / "b.docx").write_bytes(b"PK\x03\x04 no zip either")
    (folder / "c.gz").write_bytes(b"\x1f\x8b broken")
    (folder / "d.warc").write_bytes(b"WARC/0.18\r\n")
    added = add(corpus, [folder], lambda: NOW)
    assert (added.new, added.archives) == (4, ())
