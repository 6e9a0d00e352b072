"""The commands, as a newcomer and as a program would use them."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tenderlight.cli import main

GOLDEN = Path(__file__).parents[1] / "corpus" / "golden"
COMMANDS = (
    "init add build search figure figures export verify serve demo".split()  # noqa: SIM905
)


class Said:
    """What a command printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: object) -> Said:
        monkeypatch.setattr("sys.argv", ["tenderlight", *map(str, words)])
        code: object = 0
        try:
            main()
        except SystemExit as exit:
            code = exit.code or 0
        out, err = capsys.readouterr()
        assert isinstance(code, int)
        return Said(code, out, err)

    return run


@pytest.fixture
def corpus(tmp_path: Path, run: Any) -> Path:
    root = tmp_path / "corpus"
    assert run("init", root).code == 0
    for case in ("tender.html", "award.txt", "ordinary.html"):
        assert run("add", root, GOLDEN / case).code == 0
    assert run("build", root).code == 0
    return root


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_says_what_it_does(run: Any, command: str) -> None:
    said = run(command, "--help")
    assert said.code == 0
    assert len(re.sub(r"[^a-z]", "", said.out.lower())) > 80


def test_the_first_screen_lists_every_command(run: Any) -> None:
    said = run("--help")
    assert all(command in said.out for command in COMMANDS)


def test_add_says_what_was_new_known_and_refused_and_why(run: Any, tmp_path: Path) -> None:
    root, folder = tmp_path / "corpus", tmp_path / "saved"
    run("init", root)
    folder.mkdir()
    (folder / "a.html").write_bytes((GOLDEN / "tender.html").read_bytes())
    (folder / "empty.html").write_bytes(b"")
    said = run("add", root, folder)
    assert said.code == 1
    assert "1 new, 0 known already, 1 refused" in said.out
    assert "empty.html" in said.err
    again = run("add", root, folder, "--json").json
    assert (again["new"], again["known"], len(again["refused"])) == (0, 1, 1)


def test_a_folder_that_is_no_corpus_is_refused_with_what_to_do(run: Any, tmp_path: Path) -> None:
    for command in ("add", "build", "verify", "serve"):
        words = [command, tmp_path, *([GOLDEN] if command == "add" else [])]
        said = run(*words)
        assert said.code == 2
        assert "tenderlight init" in said.err


def test_search_finds_with_filters_and_shows_the_passage(run: Any, corpus: Path) -> None:
    said = run("search", corpus, "人脸抓拍")
    assert "云桥县公安局人脸识别系统采购项目" in said.out
    assert "人脸抓拍摄像机120台" in said.out
    assert run("search", corpus, "人脸", "--province", "重庆", "--json").json["total"] == 2
    assert run("search", corpus, "人脸", "--type", "award", "--json").json["total"] == 1
    assert run("search", corpus, "人脸", "--year", "1999", "--json").json["total"] == 0
    assert run("search", corpus, "人脸", "--technology", "nonsense").code == 2
    assert run("search", corpus, "人脸", "--type", "nonsense").code == 2
    assert run("search", corpus, "人脸", "--province", "Atlantis").code == 2


def test_a_figure_is_a_table_and_every_number_in_it_opens(run: Any, corpus: Path) -> None:
    names = [card["name"] for card in run("figures", "--json").json]
    assert "technologies-by-year" in names
    for name in names:
        made = run("figure", corpus, name, "--json").json
        keys = [c["key"] for row in made["rows"] for c in row["cells"] if c.get("key")]
        for key in keys:
            assert run("figure", corpus, name, "--rows", key, "--json").json
        assert run("figure", corpus, name).code == 0
    assert run("figure", corpus, "technologies-by-yaer").code == 2
    assert run("figure", corpus, names[0], "--rows", "nonsense").code == 2


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_export_writes_every_notice(run: Any, corpus: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"out.{format}"
    said = run("export", corpus, out, "--format", format)
    assert said.code == 0
    assert "3 notices" in said.out
    assert out.exists()


def test_verify_is_content_with_whole_evidence_and_names_what_is_not(
    run: Any, corpus: Path
) -> None:
    assert run("verify", corpus).code == 0
    warc = next((corpus / "evidence").glob("*.warc.gz"))
    spoiled = bytearray(warc.read_bytes())
    spoiled[-20] ^= 1
    warc.write_bytes(spoiled)
    said = run("verify", corpus)
    assert said.code == 1
    assert warc.name in said.out


def test_ctrl_c_closes_the_desk_quietly(corpus: Path) -> None:
    command = [sys.executable, "-m", "tenderlight", "serve", str(corpus), "--port", "0"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", first)
    assert address, first
    for _ in range(50):
        try:
            answer = httpx.get(address[0] + "figures.json")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    assert answer.status_code == 200
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert rest == "The desk is closed.\n"
