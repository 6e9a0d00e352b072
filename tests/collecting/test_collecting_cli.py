"""`tenderlight collect` and `tenderlight sources`, as a person and as a program use them."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from tenderlight.cli import main
from tenderlight.collecting.crawling.errand import TRIES
from tenderlight.collecting.crawling.pace import IN_A_ROW, LONGEST_WAIT
from tenderlight.collecting.crawling.rules import MOST_REDIRECTS, RETRIED_STATUSES
from tenderlight.collecting.runs.alarm import DROP, RISE
from tenderlight.collecting.runs.collection import MOST_DOORS
from tenderlight.collecting.runs.past import COMPARED, TAKEN_UP
from tenderlight.collecting.runs.run import LONG_AGO
from tenderlight.corpus import open_folder
from tenderlight.evidence import Store
from tenderlight.seen import AlarmKind, Outcome
from tenderlight.technologies.searched import EACH
from tests.authority.authority import make_authority
from tests.portal import Portal
from tests.portal.cards import write_card

PAGE = (Path(__file__).parents[2] / "docs" / "collecting.md").read_text(encoding="utf-8")
CONTACT = ("--contact", "desk@example.org")


class Desk:
    """A corpus, a portal, and the command line."""

    def __init__(self, root: Path, portal: Portal, capsys: Any, monkeypatch: Any) -> None:
        self.root, self.portal = root, portal
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.run("init", root)

    def run(self, *words: object) -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.argv", ["tenderlight", *map(str, words)])
        code: Any = 0
        try:
            main()
        except SystemExit as exit:
            code = exit.code or 0
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def source(self, site: str, **more: Any) -> str:
        return write_card(self.root / "sources", self.portal, site, **more)

    def card(self, *lines: str) -> None:
        with (self.root / "corpus.toml").open("a") as card:
            card.write("\n".join(lines) + "\n")


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    with Portal(notices=12) as portal:
        yield Desk(tmp_path / "corpus", portal, capsys, monkeypatch)


def test_collect_says_what_it_did_and_the_corpus_can_be_built(desk: Desk) -> None:
    code, out, err = desk.run("collect", desk.root, desk.source("ggzy"), *CONTACT)
    assert code == 0
    assert "12 new, 0 known already" in out
    assert "listed: found" in out
    assert "Next: tenderlight build" in err
    code, out, _ = desk.run("build", desk.root)
    assert (code, "12 documents" in out) == (0, True)
    code, out, _ = desk.run("collect", desk.root, "portal-ggzy", *CONTACT)
    assert (code, "0 new, 12 known already" in out) == (0, True)


def test_sources_and_contact_can_stand_in_corpus_toml(desk: Desk) -> None:
    desk.card(f'sources = ["{desk.source("ggzy")}"]', 'contact = "desk@example.org"')
    code, _, _ = desk.run("collect", desk.root)
    assert code == 0
    agents = {one.headers["user-agent"] for one in desk.portal.log}
    assert len(agents) == 1
    assert agents.pop().endswith("(+desk@example.org)")


def test_an_alarm_is_told_in_plain_words_and_ends_with_1(desk: Desk) -> None:
    code, out, err = desk.run("collect", desk.root, desk.source("ggzy", minimum=50), *CONTACT)
    assert code == 1
    assert "12 new" in out
    assert "too-few: The lists named 12 notices; at least 50 are usual." in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "No source is named"),
        (("nobody", *CONTACT), "No source is called nobody"),
        (("portal-ggzy",), "Nobody is named whom"),
        (("portal-ggzy", "--contact", "a\nb"), "no contact"),
    ],
)
def test_what_is_refused_names_what_to_do_and_asks_nobody(
    desk: Desk, words: tuple[str, ...], says: str
) -> None:
    desk.source("ggzy")
    code, out, err = desk.run("collect", desk.root, *words)
    assert (code, out, desk.portal.log) == (2, "", [])
    assert says in err
    if "source" in says:
        assert "portal-ggzy" in err


def test_words_to_search_for_come_from_the_technologies_unless_they_are_given(desk: Desk) -> None:
    source = desk.source("app")
    _, out, _ = desk.run("collect", desk.root, source, *CONTACT, "--json")
    (run,) = json.loads(out)["runs"]
    terms = [one["term"] for one in run["searched"]]
    assert len(terms) > 100
    assert "人脸" in terms
    assert {one["outcome"] for one in run["searched"]} == {"found", "none"}
    desk.run("collect", desk.root, source, *CONTACT, "--term", "监控", "--term", "虹膜")
    _, out, _ = desk.run("sources", desk.root, "--json")
    last = next(one["last"] for one in json.loads(out) if one["id"] == source)
    assert [one["term"] for one in last["searched"]] == ["监控", "虹膜"]


def test_a_limit_stops_early(desk: Desk) -> None:
    code, out, err = desk.run("collect", desk.root, desk.source("ggzy"), *CONTACT, "--limit", 3)
    assert (code, "3 new" in out) == (0, True)
    assert "told to stop" in err


def test_sources_lists_them_with_their_last_run(desk: Desk) -> None:
    source = desk.source("ggzy", minimum=50)
    code, out, _ = desk.run("sources", desk.root)
    assert code == 0
    line = next(line for line in out.splitlines() if source in line)
    assert line.rstrip().endswith("never")
    assert desk.portal.url in line
    desk.run("collect", desk.root, source, *CONTACT)
    _, out, _ = desk.run("sources", desk.root)
    line = next(line for line in out.splitlines() if source in line)
    assert "12 new (too-few)" in line


def test_code_beside_a_card_does_not_run_and_is_told(desk: Desk) -> None:
    source = desk.source("ggzy")
    trap = desk.root / "sources" / source / "collect.py"
    trap.write_text(f"import pathlib; pathlib.Path({str(desk.root / 'ran')!r}).touch()")
    code, _, err = desk.run("collect", desk.root, source, *CONTACT)
    assert code == 0
    assert "collect.py is not used" in err
    assert not (desk.root / "ran").exists()


def test_the_authorities_of_corpus_toml_vouch_for_what_was_collected(desk: Desk) -> None:
    authority = make_authority(desk.root / "authority")
    with authority.serving() as url:
        desk.card(
            "[[authority]]",
            'name = "invented"',
            f'url = "{url}/"',
            "private = true",
            'roots = "authority/root.pem"',
        )
        code, _, err = desk.run("collect", desk.root, desk.source("ggzy"), *CONTACT)
    assert (code, "stamped by invented" in err) == (0, True)
    (stamp,) = Store(desk.root / "evidence").verify().stamps
    assert stamp.authority == "invented"
    code, _, err = desk.run("collect", desk.root, "portal-ggzy", *CONTACT)
    assert code == 1
    assert "no time stamp from invented" in err


def test_ctrl_c_says_that_it_goes_on_next_time(desk: Desk) -> None:
    source = desk.source("ggzy", pace=0.1)
    words = [sys.executable, "-m", "tenderlight", "collect", str(desk.root), source, *CONTACT]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + 60
        while len(desk.portal.log) < 6 and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(child.pid, signal.SIGINT)
        _, err = child.communicate(timeout=20)
    finally:
        child.kill()
    assert child.returncode == 130
    assert "run the same command again" in err
    assert "Traceback" not in err
    code, out, err = desk.run("collect", desk.root, source, *CONTACT)
    assert (code, "12 new" in out) == (0, True)
    assert "taken up again" in err


def test_what_a_site_writes_cannot_steer_the_terminal(desk: Desk) -> None:
    desk.portal.redesigned = True
    source = desk.source("ggzy", more="")
    card = desk.root / "sources" / source / "source.toml"
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("Portal ggzy", "\\u001b[2J[red]Portal"), encoding="utf-8")
    code, out, err = desk.run("collect", desk.root, source, *CONTACT)
    assert code == 1
    assert "\x1b" not in out + err
    assert "[red]Portal" in out


def test_the_commands_of_the_page_do_what_it_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.source("ggzy")
    monkeypatch.chdir(desk.root.parent)
    desk.root.rename("my-corpus")
    (commands,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    lines = commands.replace(" ccgp ", " portal-ggzy ").splitlines()
    assert [desk.run(*shlex.split(line)[1:])[0] for line in lines] == [0, 0, 0]


def test_the_card_of_the_page_is_one(desk: Desk) -> None:
    (card,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (desk.root / "corpus.toml").write_text(card, encoding="utf-8")
    assert open_folder(desk.root)[1].contact == "desk@example.org"


def test_the_numbers_of_the_page_are_those_of_the_code() -> None:
    words = " ".join(PAGE.split())
    for told in (
        f"more than {LONGEST_WAIT / 60:.0f} minutes",
        f"is tried {TRIES} times",
        f"After {IN_A_ROW} refusals (403, 429), {IN_A_ROW} requests",
        f"or {MOST_DOORS} pages that ask",
        ", ".join(map(str, RETRIED_STATUSES)),
        f"At most {MOST_REDIRECTS} redirects",
        f"more than {TAKEN_UP.days} days ago",
        f"the last {COMPARED} finished runs",
    ):
        assert told in words
    assert (EACH, DROP, RISE) == (8, 0.5, 4.0)
    assert LONG_AGO.days == 1
    assert set(get_args(AlarmKind)) <= set(re.findall(r"[a-z-]+", words))
    assert set(get_args(Outcome)) <= set(re.findall(r"[a-z-]+", words))
