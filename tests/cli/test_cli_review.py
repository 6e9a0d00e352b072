"""Reviewing at the terminal: by lines, by keys, and killed in the middle."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tenderlight.cli import main
from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing.file import FILE
from tests.corpus.spoken import built

PAGES = {
    f"云桥县公安局采购公告（{n}）": f"采购内容：虹膜采集仪{n}台，DNA检测仪一台，步态识别系统一套。"
    for n in range(1, 9)
}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("review") / "corpus", PAGES).folder.root


@pytest.fixture
def root(ready: Path) -> Path:
    (ready / "decisions" / FILE).unlink(missing_ok=True)
    return ready


def run(*words: object) -> int:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.argv", ["tenderlight", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
    return int(ended.value.code or 0)


def sit(root: Path, capsys: pytest.CaptureFixture[str], said: str, *words: object) -> Any:
    file = root.parent / "answers.txt"
    file.write_text(said, encoding="utf-8")
    capsys.readouterr()
    assert run("review", root, "--by", "LW", "--answers", file, "--json", *words) == 0
    return json.loads(capsys.readouterr().out)


def answers(root: Path) -> list[str]:
    return [each.answer for each in Corpus.open(root).review.of("LW")]


def test_a_file_of_lines_answers_case_after_case(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = sit(root, capsys, "# mine\nyes\nw the title says so\nn\nother dna\ns\nu\nwhat\nq\ny\n")
    assert answers(root) == ["yes", "no", "other", "unsure"]
    assert (done["answered"], len(done["names"])) == (4, 4)
    lines = Corpus.open(root).review.of("LW")
    assert [each.because for each in lines] == ["", "the title says so", "", ""]
    assert lines[2].instead == "dna"


def test_undo_shows_the_case_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = sit(root, capsys, "y\nn\nz\ny\n", "--technology", "iris")
    assert answers(root) == ["yes", "yes"]
    assert (done["answered"], done["left"]) == (2, 6)


def test_the_passage_is_marked_where_no_colour_is(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root.parent / "one.txt"
    file.write_text("y\n", encoding="utf-8")
    run("review", root, "--by", "LW", "--technology", "iris", "--answers", file, "--limit", "1")
    assert "»虹膜" in capsys.readouterr().out


def test_two_reviewers_differ_agree_and_resolve(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root.parent / "theirs.txt"
    sit(root, capsys, "y\n", "--technology", "iris", "--order", "newest")
    own = root / "decisions" / FILE
    copy = root.parent / "theirs.jsonl"
    line = json.loads(own.read_text(encoding="utf-8")) | {"by": "ST", "answer": "no"}
    copy.write_text(json.dumps(line) + "\nnonsense\n", encoding="utf-8")
    assert run("reviews", "merge", root, copy, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["refused"][0]["number"]) == (1, 2)
    run("reviews", "agreement", root, "--json")
    (agreed,) = json.loads(capsys.readouterr().out)["agreement"]
    assert (agreed["subject"], agreed["cases"], agreed["same"]) == ("iris", 1, 0)
    run("reviews", "disputed", root, "--json")
    assert len(json.loads(capsys.readouterr().out)["disputed"]) == 1
    file.write_text("n\n", encoding="utf-8")
    assert run("review", root, "--by", "MQ", "--resolve", "--answers", file) == 0
    assert "ST says no" in capsys.readouterr().out
    run("reviews", "disputed", root, "--json")
    assert json.loads(capsys.readouterr().out) == {"disputed": []}


def test_what_does_not_exist_is_refused(root: Path) -> None:
    assert run("review", root, "--by", "LW", "--technology", "unheard-of") == 2
    assert run("review", root, "--by", "LW", "--plan", "unheard-of") == 2


def test_one_key_is_enough_at_a_terminal(root: Path) -> None:
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "tenderlight", "review", str(root), "--by", "LW"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    for key in (b"y", b"\x1b[A", b"n", b"z", b"u", b"q"):
        told = _until(ours, b"left]")
        assert b"Does this notice buy" in told
        os.write(ours, key)
        if key == b"\x1b[A":
            time.sleep(0.3)
            os.write(ours, b"y")
    _until(ours, b"an hour", last=True)
    assert child.wait(30) == 0
    os.close(ours)
    assert answers(root) == ["yes", "yes", "unsure"]


@pytest.mark.parametrize("after", [1, 3, 4, 8])
def test_killed_while_deciding_nothing_answered_is_lost(root: Path, after: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tenderlight", "review", str(root), "--by", "LW", "--lines"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(b"y\nn\nu\n" * 8)
    child.stdin.flush()
    seen = 0
    while seen < after:  # an answer that is told is kept
        seen += b"answered" in child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait()
    rest = child.stdout.read().count(b"answered")
    child.stdin.close()
    child.stdout.close()
    kept = answers(root)
    assert len(kept) >= seen + rest
    assert kept == (["yes", "no", "unsure"] * 8)[: len(kept)]


def test_a_line_cut_off_by_a_crash_takes_nothing_else_with_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sit(root, capsys, "y\nn\n")
    path = root / "decisions" / FILE
    path.write_bytes(path.read_bytes() + b'{"decided":"2026-05-04T09')
    assert answers(root) == ["yes", "no"]
    sit(root, capsys, "u\n")
    assert answers(root) == ["yes", "no", "unsure"]


def _until(number: int, words: bytes, last: bool = False) -> bytes:
    told, ends = b"", time.monotonic() + 60
    while words not in told and time.monotonic() < ends:
        if select.select([number], [], [], 1)[0]:
            try:
                told += os.read(number, 65536)
            except OSError:  # the other side is gone
                break
    assert words in told or last, told.decode("utf-8", "replace")
    return told
