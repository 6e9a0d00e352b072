"""The build: whole, incremental, parallel, killed, and in the face of bad input."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tenderlight.corpus import UNREADABLE, Built, Corpus, Going, build, init_corpus
from tenderlight.corpus.batch import work_on
from tenderlight.corpus.joining.kinds import KINDS
from tenderlight.corpus.path import PATH
from tenderlight.model import Refused
from tenderlight.sources import add

HERE = Path(__file__).parent
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
PAGE = (HERE / "golden" / "tender.html").read_text(encoding="utf-8")


def corpus_of(root: Path, documents: dict[str, bytes]) -> Path:
    init_corpus(root)
    keep(root, documents)
    return root


def keep(root: Path, documents: dict[str, bytes]) -> None:
    folder = root.with_name(root.name + "-documents")
    shutil.rmtree(folder, ignore_errors=True)
    for name, payload in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(payload)
    add(root, [folder], lambda: NOON)


def pages(count: int, start: int = 0) -> dict[str, bytes]:
    return {
        f"{n:05}.html": PAGE.replace("120台", f"{n + 2}台").encode()
        for n in range(start, start + count)
    }


def lines(root: Path) -> list[bytes]:
    return [msgspec.json.encode(row) for row in Corpus.open(root).rows()]


def rename_facial_recognition(root: Path) -> None:
    ours = HERE.parents[1] / "src/tenderlight/technologies/definitions/technology"
    own = root / "definitions" / "technology"
    own.mkdir(parents=True)
    text = (ours / "facial-recognition.toml").read_text(encoding="utf-8")
    (own / "facial-recognition.toml").write_text(text.replace('en = "', 'en = "My ', 1), "utf-8")


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[build.__module__], "BATCH_CAPTURES", 10)


def test_the_whole_path_from_a_page_to_a_row(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", {"a/tender.html": PAGE.encode()})
    built = build(root)
    assert (built.documents, built.unread) == (1, 0)
    (row,) = Corpus.open(root).rows()
    assert row["file"] == "a/tender.html"
    assert row["buyer"] == "重庆市云桥县公安局"
    assert row["budget_cny"] == "1865000"
    assert row["passages"]["budget_cny"]["text"] in PAGE
    assert row["province_code"] == "500000"
    assert row["surveillance_purchase"] is True
    bought = {t["id"] for t in row["technologies"] if t["relation"] == "bought"}
    assert "facial-recognition" in bought
    assert "vehicle-recognition" not in bought


def test_personal_data_is_nowhere_but_in_the_evidence(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", {"t.html": PAGE.encode()})
    build(root)
    corpus = Corpus.open(root)
    (row,) = corpus.rows()
    shown = corpus.notice(row["id"])
    assert shown is not None
    for secret in ("赵一凡", "45678901"):
        assert secret in PAGE
        assert secret not in shown.text
        assert secret not in str(row)
        assert corpus.search(secret).total == 0
        for part in (root / "derived" / "tables").rglob("*.parquet"):
            assert secret.encode() not in part.read_bytes()


@pytest.mark.usefixtures("small_batches")
def test_a_second_build_does_nothing_and_new_documents_touch_only_their_batch(
    tmp_path: Path,
) -> None:
    root = corpus_of(tmp_path / "c", pages(25))
    first = build(root, jobs=1)
    assert (first.documents, first.batches, first.batches_run) == (25, 3, 3)
    assert first.steps_run == 25 * len(PATH)
    second = build(root, jobs=1)
    assert (second.batches_run, second.steps_run, second.rows) == (0, 0, first.rows)
    keep(root, pages(3, start=25))
    third = build(root, jobs=1)
    assert (third.documents, third.batches_run, third.steps_run) == (28, 1, 3 * len(PATH))


def test_a_changed_definition_re_runs_the_findings_and_nothing_before_them(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", pages(7))
    build(root)
    rename_facial_recognition(root)
    again = build(root)
    assert again.steps_run == 7 * sum("definitions" in step.takes for step in PATH)
    assert build(root).steps_run == 0


def test_everything_derived_can_be_deleted_and_comes_back_the_same(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", pages(5))
    before, rows = build(root), lines(root)
    shutil.rmtree(root / "derived")
    assert build(root).rows == before.rows
    assert lines(root) == rows


def test_a_lost_index_or_table_is_made_again(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", pages(5))
    build(root)
    shutil.rmtree(root / "derived" / "search")
    assert build(root).steps_run == 0
    assert Corpus.open(root).search("人脸识别").total == 5
    next((root / "derived" / "tables" / "notice").iterdir()).unlink()
    assert build(root).batches_run == 1
    count = Corpus.open(root).connect().execute("select count(*) from notice").fetchone()
    assert count == (5,)


@pytest.mark.usefixtures("small_batches")
def test_many_processes_give_the_same_rows_as_one(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", pages(40))
    one, rows = build(root, jobs=1), lines(root)
    shutil.rmtree(root / "derived")
    assert build(root, jobs=2).rows == one.rows
    assert lines(root) == rows


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", pages(1))
    seen: list[str] = []

    def second(going: Going) -> None:
        with pytest.raises(Refused, match="Another process"):
            build(root)
        seen.append("refused")

    build(root, progress=second)
    assert seen


def test_bad_documents_cost_one_row_each_and_the_build_goes_on(tmp_path: Path) -> None:
    bad = {
        "junk.html": bytes(range(256)) * 40,
        "cut.pdf": b"%PDF-1.7\n1 0 obj << /Type /Catalog",
        "blank.txt": b" \n\t ",
        "wrong.html": PAGE.encode("gbk").replace(b"<p>", b"<p>\xff\xfe", 1),
        "big.txt": "采购公告 ".encode() * 6_000_000,
        "good.html": PAGE.encode(),
    }
    root = corpus_of(tmp_path / "c", bad)
    built = build(root)
    rows = {row["file"]: row for row in Corpus.open(root).rows()}
    assert set(rows) == set(bad)
    for file in ("junk.html", "cut.pdf", "blank.txt", "big.txt"):
        (problem,) = rows[file]["problems"]
        assert problem["what"]
        assert problem["hint"]
        assert problem["unread"]
        assert rows[file]["surveillance_purchase"] is None
    assert rows["good.html"]["surveillance_purchase"] is True
    assert built.unread == 4


def test_broken_evidence_is_a_problem_of_its_notice_and_is_tried_again_once_restored(
    tmp_path: Path,
) -> None:
    root = corpus_of(tmp_path / "c", pages(2))
    warc = next((root / "evidence").glob("*.warc.gz"))
    whole = warc.read_bytes()
    warc.write_bytes(whole[:-40] + bytes(40))
    assert build(root).unread == 1
    broken = [row for row in Corpus.open(root).rows() if row["problems"]]
    assert [p["code"] for row in broken for p in row["problems"]] == ["evidence.broken"]
    warc.write_bytes(whole)
    shutil.rmtree(root / "derived")
    assert build(root).unread == 0


def test_an_empty_corpus_builds_and_answers(tmp_path: Path) -> None:
    root = tmp_path / "c"
    init_corpus(root)
    with pytest.raises(Refused, match="not been built"):
        Corpus.open(root).state()
    assert build(root) == Built(
        documents=0,
        unread=0,
        problems=0,
        batches=0,
        batches_run=0,
        steps_run=0,
        joined=dict.fromkeys(KINDS, 0),
        rows=build(root).rows,
    )
    corpus = Corpus.open(root)
    assert list(corpus.rows()) == []
    assert corpus.connect().execute("select count(*) from notice").fetchone() == (0,)
    assert corpus.search("人脸").total == 0


def test_the_same_document_from_two_places_is_two_notices(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", {"a.html": PAGE.encode(), "b.html": PAGE.encode()})
    built = build(root)
    assert built.documents == 2
    first, second = Corpus.open(root).rows()
    assert first["id"] != second["id"]
    assert first["evidence"]["sha256"] == second["evidence"]["sha256"]


def test_ctrl_c_stops_a_build_and_its_workers_with_a_word_and_no_traceback(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", pages(1_100))  # two batches: two workers
    command = [sys.executable, "-m", "tenderlight", "build", str(root), "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    while not (root / "derived" / "batches" / "000000.sqlite").exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process in front
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"run the same command again" in said
    assert b"Traceback" not in said
    assert build(root, jobs=1).documents == 1_100


@pytest.mark.parametrize("name", ['it\'s a "corpus"', "语料 2019", "a%20b#c?d*[e]"])
def test_a_corpus_may_be_called_anything(tmp_path: Path, name: str) -> None:
    root = corpus_of(tmp_path / name, pages(2))
    assert build(root).documents == 2
    corpus = Corpus.open(root)
    assert corpus.name == name
    assert corpus.search("人脸识别").total == len(list(corpus.rows())) == 2
    assert corpus.connect().execute("select count(*) from notice").fetchone() == (2,)


def test_a_reader_sees_the_state_after_a_build_also_where_it_was_open_before(
    tmp_path: Path,
) -> None:
    root = corpus_of(tmp_path / "c", pages(2))
    build(root)
    corpus = Corpus.open(root)
    before = corpus.connect()
    assert corpus.search("人脸识别").total == 2
    keep(root, pages(1, start=2))
    build(root)
    with pytest.raises(UNREADABLE):  # in flight: fails, and never mixes two states
        before.execute("select count(*) from notice").fetchone()
    assert corpus.connect().execute("select count(*) from notice").fetchone() == (3,)
    assert corpus.search("人脸识别").total == len(list(corpus.rows())) == 3


def test_changed_definitions_reach_a_reader_with_the_build_that_used_them(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", pages(1))
    build(root)
    corpus = Corpus.open(root)
    assert corpus.definitions.get("technology", "facial-recognition").en == "Facial recognition"
    rename_facial_recognition(root)
    build(root)
    assert corpus.definitions.get("technology", "facial-recognition").en.startswith("My ")


READ = """
import sys
from tenderlight.corpus import Corpus
corpus = Corpus.open(sys.argv[1])
count = corpus.connect().execute("select count(*) from notice").fetchone()[0]
print(count, corpus.search("人脸识别").total, len(list(corpus.rows())))
"""


def test_a_corpus_on_a_disk_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", pages(2))
    build(root)
    command = [sys.executable, "-c", READ, str(root)]
    if os.geteuid() == 0:  # who is root may write anywhere, unless that power is taken away
        if (setpriv := shutil.which("setpriv")) is None:
            pytest.skip("root, and no setpriv here")
        command = [setpriv, "--bounding-set=-dac_override", *command]
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    try:
        for folder in folders:
            folder.chmod(0o555)
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert said.split() == ["2", "2", "2"]


@pytest.mark.slow
def test_a_killed_build_is_taken_up_and_ends_with_the_same_rows(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", pages(300))
    build(root)
    rows = lines(root)
    for moment in (0.35, 0.5, 0.7, 0.9):
        shutil.rmtree(root / "derived")
        command = [sys.executable, "-m", "tenderlight", "build", str(root)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        build(root)
        assert lines(root) == rows
        assert Corpus.open(root).search("人脸识别").total == 300


def test_a_problem_does_not_quote_what_is_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quote(*_: object) -> None:
        raise ValueError("联系电话：13900001234")

    broken = tuple(
        msgspec.structs.replace(step, run=quote) if step.name == "fields" else step for step in PATH
    )
    monkeypatch.setattr(sys.modules[work_on.__module__], "PATH", broken)
    root = corpus_of(tmp_path / "c", {"t.html": PAGE.encode()})
    build(root, jobs=1)
    (row,) = Corpus.open(root).rows()
    assert "ValueError" in row["problems"][0]["what"]
    assert "13900001234" not in str(row)


def test_words_of_a_manifest_are_masked_in_the_tables_and_are_their_own_context(
    tmp_path: Path,
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    page = "<p>采购人：云桥县公安局</p><p>详见附件。</p>"
    (saved / "a.html").write_text(page, encoding="utf-8")
    title = "云桥县公安局人脸识别系统采购公告（联系人：赵一凡 13900001234）"
    line = msgspec.json.encode({"file": "a.html", "title": title}).decode()
    (saved / "manifest.jsonl").write_text(line + "\n", encoding="utf-8")
    root = tmp_path / "c"
    init_corpus(root)
    add(root, [saved], lambda: NOON)
    build(root)
    con = Corpus.open(root).connect()
    stated = con.execute("select text from passage where part = 'manifest'").fetchall()
    found = con.execute("select text, context from finding where part = 'manifest'").fetchall()
    assert stated
    assert found == [("人脸", "人脸")]
    for text in str((stated, found)), str(list(Corpus.open(root).rows())):
        assert "13900001234" not in text
        assert "赵一凡" not in text
