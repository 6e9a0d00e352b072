"""The page on handing over is true: its commands run, and what they write is what it lists."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import bagit
import pypdfium2
import pytest

from tenderlight.cli import main
from tenderlight.exports.handover import parse_ids
from tenderlight.sample import sample_folder
from tests.authority.authority import make_authority
from tests.exports.handover_corpus import Invented, give, page
from tests.exports.handover_scanned import Scanned

PAGE = (Path(__file__).parents[2] / "docs/handover.md").read_text(encoding="utf-8")
SHELL = re.compile(r"^```sh\n(.*?)^```", re.S | re.M)


def said(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["tenderlight", *words])
    try:
        main()
    except SystemExit as exit:
        return int(exit.code or 0)
    return 0


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the commands of the page were run, on the sample."""
    bash = shutil.which("bash")
    if bash is None or shutil.which("sha256sum") is None:
        pytest.skip("no bash or no sha256sum on this machine")
    root = tmp_path_factory.mktemp("docs")
    command = root / "bin/tenderlight"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m tenderlight "$@"\n')
    command.chmod(0o755)
    with sample_folder() as sample:
        begin = f"tenderlight init my-corpus && tenderlight add my-corpus '{sample}'"
        begin += "; tenderlight build my-corpus --jobs 1\n"
        ran = subprocess.run(
            [bash, "-c", "set -e\n" + begin + "".join(SHELL.findall(PAGE))],
            cwd=root,
            env={"PATH": f"{command.parent}:/usr/local/bin:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert ran.returncode == 0, ran.stderr
    (root / "said").write_text(ran.stdout, encoding="utf-8")
    return root


def test_the_commands_of_the_page_hand_over_what_is_behind_a_number(handed_over: Path) -> None:
    proofs = json.loads((handed_over / "behind.json").read_text(encoding="utf-8"))
    folder = handed_over / "behind-the-number"
    rows = (folder / "data/notices.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(row)["id"] for row in rows} == {proof["notice"] for proof in proofs}
    assert len(rows) > 1
    bagit.Bag(str(folder)).validate()
    said = (handed_over / "said").read_text(encoding="utf-8").splitlines()
    told = [line.split()[-1] for line in said if "tagmanifest" in line]
    assert told[0] != told[1]
    assert said[-1].split()[0] == told[0]


def test_the_page_lists_everything_that_is_in_the_folder(handed_over: Path) -> None:
    folder = handed_over / "handed-over"
    for path in (*folder.iterdir(), *(folder / "data").iterdir()):
        name = path.name + "/" * path.is_dir()
        is_bag = re.match(r"bag|.*manifest|data/", name)
        assert is_bag or name in PAGE or path.suffix in (".html", ".csv"), name


def test_the_command_refuses_and_says_what_to_do(
    handed_over: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    corpus, out = str(handed_over / "my-corpus"), str(tmp_path / "out")
    assert said(monkeypatch, "evidence", corpus, "--out", out) == 2
    assert "Name ids" in capsys.readouterr().err
    assert said(monkeypatch, "evidence", corpus, "0" * 16, "--out", out) == 2
    assert "not in the evidence" in capsys.readouterr().err
    assert said(monkeypatch, "evidence", corpus, "--search", "没有这个词组", "--out", out) == 2
    assert "finds nothing" in capsys.readouterr().err
    assert said(monkeypatch, "evidence", corpus, "--file", str(tmp_path / "no"), "--out", out) == 2
    assert "No such file" in capsys.readouterr().err
    assert not Path(out).exists()


def test_the_command_says_what_it_holds_and_can_leave_it_out(
    handed_over: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    ids = parse_ids((handed_over / "behind.json").read_bytes(), "behind.json")
    corpus, out = str(handed_over / "my-corpus"), str(tmp_path / "out")
    assert said(monkeypatch, "evidence", corpus, *ids, "--out", out) == 0
    told = capsys.readouterr()
    assert "personal data" in told.err
    assert "ledger lines" in told.err
    assert "No time stamp vouches" in told.err
    shutil.rmtree(out)
    words = ("evidence", corpus, *ids, "--out", out, "--without-originals", "--json")
    assert said(monkeypatch, *words) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["originals"] == 0
    assert "Without originals" in told.err


@pytest.mark.browser
def test_the_explanation_prints_on_one_page(tmp_path: Path) -> None:
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next(filter(None, map(shutil.which, names)), None)
    if browser is None:
        pytest.skip("no Chromium on this machine: see tools/debian.sh")
    invented = Invented(tmp_path / "corpus")
    authority = make_authority(tmp_path / "authority")
    invented.stamp(authority, "an-authority-with-a-rather-long-name")
    with invented.store.keeping(invented.now) as session:
        invented.add(session, "long", page("很长的标题" * 200), "long.html")
    invented.stamp(authority)
    with invented.store.keeping(invented.now) as session:
        invented.add(session, "last", page("最后"), "last.html")
    for name in ("before", "between", "after"):
        invented.withdraw(name, reason="a reason with very many words " * 60)
    corpus = invented.built()
    every = {id for name, id in invented.ids.items() if len(name) > 3}
    beside = {invented.ids[name] for name in ("attachment", "visit", "gone", "silent")}
    scanned = Scanned(tmp_path / "scanned-corpus")
    given = {
        "all": (corpus, every - beside),
        "long": (corpus, {invented.ids["long"]}),
        "scanned": (scanned.corpus, {scanned.id}),
    }
    for name, (of, ids) in given.items():
        give(of, ids, tmp_path / name)
        pdf = tmp_path / f"{name}.pdf"
        command = [browser, "--headless", "--no-sandbox", "--no-pdf-header-footer"]
        command += [f"--print-to-pdf={pdf}", (tmp_path / name / "README.html").as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        document = pypdfium2.PdfDocument(pdf)
        assert len(document) == 1
        document.close()
