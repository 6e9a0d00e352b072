"""The guide's walk from a claim to a checked figure can be walked as it is written."""

from __future__ import annotations

import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tenderlight.cli import main
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.sample import sample_folder
from tenderlight.sources import add
from tests.corpus.spoken import NOON

PAGE = (Path(__file__).parents[2] / "docs/guide.md").read_text("utf-8")
WALK = PAGE.partition("## 4. ")[2].partition("\n## ")[0]
COMMANDS = "\n".join(re.findall(r"^```sh\n(.*?)^```", WALK, re.S | re.M)).split("\n")
ANSWERS = {
    ("PRECISION", "LW"): "y\nn\n" + "y\n" * 300,  # the second is wrong, she says
    ("PRECISION", "ST"): "y\n" * 300,
    ("RECALL", "LW"): "n\n" * 300,
    ("RECALL", "ST"): "n\n" * 300,
    ("--resolve", "LW and ST"): "n\n",
    ("--technology", "LW"): "q\n",
}


class Walk:
    """A corpus of the sample, and the commands of the guide on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        init_corpus(Path("my-corpus"))
        with sample_folder() as sample:
            add(Path("my-corpus"), [sample], lambda: NOON)
        build(Path("my-corpus"), jobs=1, pictures=False)
        self.plans: dict[str, str] = {}

    def run(self, words: list[str], given: str = "") -> str:
        """What a command says."""
        self._monkeypatch.setattr("sys.argv", words)
        self._monkeypatch.setattr("sys.stdin", io.StringIO(given))
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code, words
        return self._capsys.readouterr().out

    def step(self, line: str) -> tuple[list[str], str]:
        """A line of the guide, its plans by their ids, its reviewers answering as above."""
        words = shlex.split(line)
        named = {"PRECISION", "RECALL"} & set(words)
        if named and not self.plans:
            told = json.loads(self.run(["tenderlight", "plan", "my-corpus", "--json"]))
            self.plans = {each["kind"].upper(): each["id"] for each in told}
        given = ""
        if words[1] == "review":
            about = next(key for key, by in ANSWERS if key in words and by == words[-1])
            given = ANSWERS[about, words[-1]]
        return words, self.run([self.plans.get(word, word) for word in words], given)

    def figure(self, name: str) -> dict[str, Any]:
        told = self.run(["tenderlight", "figure", "my-corpus", name, "--json"])
        answer: dict[str, Any] = json.loads(told)
        return answer


def test_every_step_runs_and_the_figure_follows_what_was_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    walk = Walk(monkeypatch, capsys)
    before = count(walk.figure("checked"))
    said: dict[str, str] = {}
    for line in filter(None, COMMANDS):
        words, told = walk.step(line)
        said[" ".join(words[1:3]) if words[1] == "reviews" else words[1]] = told
        if words[1:3] == ["reviews", "disputed"]:
            assert "LW: no, ST: yes" in told
    after = count(walk.figure("checked"))
    assert after == before - 1
    reviews = Corpus.open("my-corpus").review.lines()
    assert {line.by for line in reviews} == {"LW", "ST", "LW and ST"}
    assert "facial-recognition" in said["reviews agreement"]
    assert "1 wrong" in said["error"]
    assert "not measured" not in said["error"]


def count(figure: dict[str, Any]) -> int:
    """How many notices the figure `checked` counts of facial recognition."""
    ids = [column["id"] for column in figure["columns"]]
    (row,) = [row for row in figure["rows"] if row["id"] == "facial-recognition"]
    return int(row["cells"][ids.index("counted")]["value"])


def test_the_walk_names_every_command_of_the_review_and_its_error() -> None:
    ran = {tuple(shlex.split(line)[1:2]) for line in COMMANDS if line}
    assert ran == {("plan",), ("review",), ("reviews",), ("error",), ("figure",)}
