"""`tenderlight watch`, from the command line to a portal on loopback and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tenderlight.cli import commands_watch, main
from tests.portal import Portal
from tests.portal.cards import write_card

CONTACT = ("--contact", "desk@example.org")


class Clock:
    """A clock that pauses put on, so that they take no time."""

    def __init__(self) -> None:
        self.passed = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.passed  # noqa: TID251 - the portal has a real clock

    def sleep(self, seconds: float) -> None:
        self.passed += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(commands_watch, "now", clock.now)
    monkeypatch.setattr(commands_watch, "sleep", clock.sleep)
    return clock


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: object) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["tenderlight", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    return run


def test_a_night_in_which_one_notice_was_edited_and_one_taken_down(
    tmp_path: Path, run: Any, clock: Clock
) -> None:
    root = tmp_path / "corpus"
    with Portal(notices=4) as portal:
        run("init", root)
        source = write_card(root / "sources", portal, "zfcg")
        run("collect", root, source, *CONTACT)
        run("build", root, "--jobs", 1)
        code, plan = run("watch", root, "--plan", "--json")
        assert code == 0
        assert len(json.loads(plan)) == 4
        asked = len(portal.log)
        assert "4 notices; nobody was asked\n" in run("watch", root, "--plan")[1]
        assert len(portal.log) == asked

        clock.passed += timedelta(days=1)
        code, said = run("watch", root, *CONTACT)
        assert (code, said.splitlines()[0].split(";")[0]) == (0, "4 unchanged")

        clock.passed += timedelta(days=1)
        portal.visit(2)
        portal.edit(1, amount=9_990_000)
        portal.remove(2, how="soft_404")
        code, said = run("watch", root, *CONTACT)
        assert code == 1
        assert "1 changed, 1 removed, 2 unchanged" in said
        assert "removed: " in said
        assert "9,990,000" in said or "9990000" in said

        clock.passed += timedelta(days=1)
        code, said = run("watch", root, "--budget", 2, "--source", source, *CONTACT, "--json")
        told = json.loads(said.splitlines()[0])
        assert sum(told["run"]["verdicts"].values()) == sum(told["verdicts"].values()) == 2
        assert (code, told["events"]) == (0, [])
    assert run("verify", root)[0] == 0


def test_nothing_is_asked_without_a_contact_or_of_a_source_that_is_not_there(
    tmp_path: Path, run: Any
) -> None:
    root = tmp_path / "corpus"
    run("init", root)
    assert run("watch", root)[0] == 2
    run("build", root)
    assert run("watch", root, "--plan") == (0, "0 notices; nobody was asked\n")
    code, said = run("watch", root, "--source", "nobody", *CONTACT)
    assert (code, "No notice of nobody" in said) == (2, True)
    assert run("watch", root, "--wait", 1, *CONTACT)[0] == 2


def test_a_corpus_without_addresses_is_told_what_is_missing_and_keeps_no_report(
    tmp_path: Path, run: Any
) -> None:
    root = tmp_path / "corpus"
    run("init", root)
    code, said = run("watch", root, *CONTACT)
    assert code == 2
    assert "none has an address" in said
    assert not list((root / "evidence").glob("*.warc.gz"))
