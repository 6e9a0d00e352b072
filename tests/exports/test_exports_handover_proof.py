"""Time stamps and withdrawals in a hand-over: what they prove, and what is gone."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import bagit
import msgspec
import pytest

from tenderlight.corpus import Corpus, init_corpus
from tenderlight.evidence import Store
from tenderlight.evidence.stamps import answer_name, roots_name
from tenderlight.exports.handover import hand_over, look_up
from tenderlight.model import BrokenEvidence
from tenderlight.sources import add
from tests.authority.authority import Authority, make_authority
from tests.evidence.evidence_archives import PAGE, Crawl
from tests.exports.handover_corpus import (
    NOON,
    Invented,
    commands,
    give,
    keep_exchange,
    page,
    promises,
    run,
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"), chain=True)


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Invented:
    """Stamped by two authorities; then more came, a visit too, and only part is stamped again."""
    invented = Invented(tmp_path_factory.mktemp("stamped") / "corpus")
    invented.stamp(authority)
    invented.stamp(authority, "second-tsa")
    with invented.store.keeping(invented.now) as session:
        for number in range(5):
            document = page(f"后来的公告{number}", f"<p>{number}</p>")
            invented.add(session, f"later {number}", document, f"later-{number}.html")
        invented.ids["again"] = keep_exchange(session, invented.good(), "visit")
    invented.stamp(authority)
    with invented.store.keeping(invented.now) as session:
        invented.add(session, "last", page("最后的公告", "<p>最后</p>"), "last.html")
    return invented


@pytest.fixture(scope="module")
def corpus(stamped: Invented) -> Corpus:
    return stamped.built()


@pytest.fixture(scope="module")
def given(stamped: Invented, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("given") / "folder"
    give(corpus, {stamped.ids["fetched"]}, out)
    return out


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_openssl_confirms_the_stamps_by_the_commands_on_the_page(given: Path, tools: Path) -> None:
    script = commands(given / "README.txt")
    assert script.count("openssl ts -verify") == 2
    told = run(script, given, tools)
    assert told.count("Verification: OK") == 2
    assert told.count("the chain holds") == 2
    assert {said for said in promises(given / "README.txt") if said not in told} == set()


def test_a_stamp_over_another_line_does_not_pass(given: Path, tools: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(given, tmp_path / "copy"))
    part = sorted((copy / "data/ledger").glob("*.jsonl"))[0]
    part.write_bytes(part.read_bytes().replace(b'"size":', b'"sizes":', 99))
    told = run(commands(copy / "README.txt"), copy, tools)
    assert told.count("Verification: OK") == 1
    assert "Verification: FAILED" in told


def test_only_the_lines_that_prove_something_are_handed_over(
    stamped: Invented, corpus: Corpus, given: Path
) -> None:
    chosen, contents = look_up(corpus, {stamped.ids["fetched"]})
    assert [(each.first, each.last, each.covered) for each in chosen.stretches] == [
        (3, 11, 9),
        (17, 18, 17),
    ]
    assert contents.stamps == 3
    assert contents.unproven == 0
    ledger = (stamped.root / "evidence/ledger.jsonl").read_bytes().splitlines(keepends=True)
    for stretch in chosen.stretches:
        lines = (given / "data" / stretch.file).read_bytes()
        assert lines == b"".join(ledger[stretch.first - 1 : stretch.last])
    assert "later-2.html" not in (given / "data/chain-of-custody.csv").read_text(encoding="utf-8")


def test_every_event_names_the_first_stamp_over_it(given: Path) -> None:
    events = table(given / "data/chain-of-custody.csv")
    assert {event["stamped_by"] for event in events} == {"invented-tsa"}
    listed = table(given / "data/stamps/stamps.csv")
    assert [each["authority"] for each in listed] == ["invented-tsa", "second-tsa", "invented-tsa"]
    assert [each["line"] for each in listed] == ["9", "10", "17"]
    for each in listed:
        assert (given / "data" / each["token"]).is_file()
        assert (given / "data" / each["roots"]).is_file()


def test_what_came_after_the_last_stamp_is_said_to_be_unproven(
    stamped: Invented, corpus: Corpus, tmp_path: Path
) -> None:
    wanted = {stamped.ids["last"], stamped.ids["added"]}
    _, contents = look_up(corpus, wanted)
    assert contents.unproven == 1
    give(corpus, wanted, tmp_path / "out")
    text = (tmp_path / "out/README.txt").read_text(encoding="utf-8")
    assert "No time stamp covers 1 of its events" in text
    assert "invented-tsa" in text


def test_a_stamp_whose_file_was_changed_is_not_handed_over(
    authority: Authority, tmp_path: Path
) -> None:
    invented = Invented(tmp_path / "corpus")
    invented.stamp(authority)
    token = next((invented.root / "evidence/stamps").glob("*.tsr"))
    token.write_bytes(token.read_bytes() + b" ")
    with pytest.raises(BrokenEvidence, match="verify"):
        give(Corpus.open(invented.root), {invented.ids["added"]}, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_of_a_withdrawn_notice_only_tombstone_and_decision_are_handed_over(
    tmp_path: Path, tools: Path, authority: Authority
) -> None:
    invented = Invented(tmp_path / "corpus")
    invented.stamp(authority)
    before = Path(shutil.copytree(invented.root / "evidence", tmp_path / "before"))
    invented.built()
    invented.withdraw("fetched", reason="a court: <b>No. 7</b>")
    out = tmp_path / "out"
    made = give(Corpus.open(invented.root), {invented.ids["fetched"]}, out)  # not built again
    assert (made.notices, made.originals, made.unread) == (1, 0, 1)
    assert made.withdrawn == made.captures == 5
    assert not list((out / "data/text").iterdir())
    assert (out / "data/notices.jsonl").read_bytes() == b""
    for capture in Store(before).captures():
        if invented.ids["fetched"] in (capture.id, capture.of) and capture.size > 100:
            document = Store(before).payload(capture)
            assert not any(document in p.read_bytes() for p in out.rglob("*") if p.is_file())
    events = [e for e in table(out / "data/chain-of-custody.csv") if e["what"] == "withdrawn"]
    assert {event["decided_by"] for event in events} == {"the editor"}
    (decision,) = (out / "data/decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(decision)["reason"] == "a court: <b>No. 7</b>"
    assert "<b>No. 7" not in (out / "README.html").read_text(encoding="utf-8")
    assert "a court: <b>No. 7</b>" in (out / "README.txt").read_text(encoding="utf-8")
    bagit.Bag(str(out)).validate()
    told = run(commands(out / "README.txt"), out, tools)
    assert {said for said in promises(out / "README.txt") if said not in told} == set()
    assert "not as preserved" not in told


def test_a_withdrawn_document_that_a_restored_copy_brought_back_stays_at_home(
    tmp_path: Path,
) -> None:
    invented = Invented(tmp_path / "corpus")
    warc = invented.root / "evidence/captures-00001.warc.gz"
    before = warc.read_bytes()
    invented.withdraw("added")
    warc.write_bytes(before)
    out = tmp_path / "out"
    assert give(Corpus.open(invented.root), {invented.ids["added"]}, out).originals == 0
    assert not list((out / "data/originals").iterdir())


def test_the_timeline_tells_what_became_of_a_notice(
    stamped: Invented, corpus: Corpus, given: Path
) -> None:
    told = table(given / "data/timeline.csv")
    expected = corpus.timeline(stamped.ids["fetched"])
    assert [(one["at"], one["verdict"]) for one in told] == [(e.at, e.verdict) for e in expected]


def test_two_hand_overs_of_one_state_at_one_time_are_the_same(
    stamped: Invented, corpus: Corpus, given: Path, tmp_path: Path
) -> None:
    made = give(corpus, {stamped.ids["fetched"]}, tmp_path / "again")
    assert made.size == sum(p.stat().st_size for p in given.rglob("*") if p.is_file())
    for path in given.rglob("*"):
        if path.is_file() and not path.name.startswith("tagmanifest"):  # in the disk's order
            assert (tmp_path / "again" / path.relative_to(given)).read_bytes() == path.read_bytes()


def test_what_was_imported_names_its_archive_and_brings_its_report(
    tmp_path: Path, tools: Path
) -> None:
    root, crawl = tmp_path / "corpus", tmp_path / "crawl.warc.gz"
    init_corpus(root)
    crawl.write_bytes(Crawl().answer().answer(PAGE + "?other", b"<p>another</p>").raw)
    add(root, [crawl], lambda: NOON)
    captures = list(Store(root / "evidence").captures())
    (wanted,) = [c for c in captures if c.url == PAGE and c.role == "notice"]
    (report,) = [c for c in captures if c.role == "run"]
    out = tmp_path / "out"
    give(Corpus.open(root), {wanted.id}, out)
    first, second = table(out / "data/chain-of-custody.csv")
    assert (first["what"], first["file"]) == ("imported", "crawl.warc.gz/record-1")
    assert (second["what"], second["capture"]) == ("report", report.id)
    assert json.loads((out / "data" / second["original"]).read_bytes())["kind"] == "import"
    told = run(commands(out / "README.txt"), out, tools)
    assert {said for said in promises(out / "README.txt") if said not in told} == set()
    assert "imported captures (1)" in (out / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        {"authority": "x/../../../escaped"},
        {"authority": "second-tsa"},
        {"stamped": "2020-01-01T00:00:00Z"},
        {"sha256": "0" * 64},
        {"roots_sha256": "0" * 64},
        {"file": "stamps/../head.json"},
    ],
)
def test_a_stamp_that_says_something_else_than_its_files_is_not_handed_over(
    stamped: Invented, corpus: Corpus, tmp_path: Path, change: dict[str, str]
) -> None:
    chosen, _ = look_up(corpus, {stamped.ids["added"]})
    first, *others = chosen.stamps
    assert first.stamp is not None
    stamp = msgspec.structs.replace(first.stamp, **change)
    if "authority" in change:  # a ledger that a stranger made: its names fit each other
        name = change["authority"]
        file, roots = answer_name(stamp.line, name), roots_name(name, stamp.roots_sha256)
        stamp = msgspec.structs.replace(stamp, file=file, roots=roots)
    forged = msgspec.structs.replace(first, stamp=stamp)
    chosen = msgspec.structs.replace(chosen, stamps=(forged, *others))
    with pytest.raises(BrokenEvidence, match="not handed over"):
        hand_over(corpus, chosen, tmp_path / "out", lambda: NOON)
    assert not list(tmp_path.iterdir())
