"""Withdrawals that nobody decided: so somebody who can write to the evidence would hide things.

The ledger is not signed, so a forger can write a perfect withdrawal. What he cannot do unseen is
to have it decided, and to put it before a time stamp.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tenderlight.cli import main
from tenderlight.cli.speak import harmless, say_json
from tenderlight.corpus import init_corpus
from tenderlight.evidence import Store
from tenderlight.evidence.ledger import Line

Run = Callable[..., tuple[int, str, str]]


def now() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["tenderlight", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    init_corpus(tmp_path / "c")
    with Store(tmp_path / "c/evidence").keeping(now) as session:
        for name in "abc":
            session.keep(io.BytesIO(name.encode() * 99), file=f"{name}.html")
    return tmp_path / "c"


def lines(corpus: Path) -> list[Line]:
    return [line for line in Store(corpus / "evidence").entries() if line.capture]


def forge(corpus: Path, reason: str) -> str:
    """Everything as we would write it, but the decision."""
    line = lines(corpus)[1]
    with Store(corpus / "evidence").keeping(now) as session:
        session.add_withdrawals([line], reason=reason, by="nobody", decided="2025-01-06T00:00:00Z")
    assert line.capture is not None
    return line.capture.id


def test_a_withdrawal_that_no_decision_backs_is_told(corpus: Path, run: Run) -> None:
    id = forge(corpus, "an invented reason")
    code, told, noted = run("verify", corpus)
    assert (code, "1 of them withdrawn" in told) == (0, True)
    assert f"{id} (line 2) was withdrawn" in noted
    assert "No decision in decisions/withdrawals.jsonl says so" in noted
    (doubt,) = json.loads(run("verify", corpus, "--json")[1])["doubts"]
    assert "an invented reason" in doubt["what"]


def test_a_withdrawal_that_was_decided_is_no_doubt(corpus: Path, run: Run) -> None:
    capture = lines(corpus)[0].capture
    assert capture is not None
    said = ("--reason", "an invented judgment", "--by", "the editors", "--yes")
    assert run("withdraw", corpus, capture.id, *said)[0] == 0
    code, _, noted = run("verify", corpus)
    assert (code, "No decision" in noted) == (0, False)


def test_what_a_forger_writes_steers_no_terminal(corpus: Path, run: Run) -> None:
    forge(corpus, "\x1b[2J\x9b2J\u202egood")
    for words in ((), ("--json",)):
        shown = "".join(run("verify", corpus, *words)[1:])
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown)


def test_json_that_is_escaped_for_a_terminal_says_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    value: dict[str, Any] = {"title": "\x85\x9b\u202e\u2066公告\u2028\\"}
    say_json(value)
    shown = capsys.readouterr().out
    assert json.loads(shown) == value
    assert not {"\x85", "\x9b", "\u202e", "\u2066", "\u2028"} & set(shown)
    assert harmless("http://a.example/\u202elmth.b").plain == "http://a.example/\ufffdlmth.b"
