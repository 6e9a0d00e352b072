"""The page of commands says what the commands are, what they answer and how they end."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer

from tenderlight.cli import app, main
from tenderlight.corpus import Corpus
from tenderlight.editions.asked import Wanted
from tenderlight.editions.publish import write_state
from tenderlight.evidence.testimony import Testimony
from tenderlight.sample import sample_folder
from tests.authority.authority import make_authority, name_authority
from tests.collecting.asked_model import ModelSite, finds
from tests.portal import Portal
from tests.portal.cards import write_card

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]
OWN = """
id = "own"
en = "Notices"
zh = "公告"
meaning_en = "Whatever has a title."
meaning_zh = "凡有标题者。"
words = ["公告"]
"""
TOP = re.compile(r"`(\w+)`")


def outer(cell: str) -> set[str]:
    """The keys of the value itself: those in brackets belong to what it holds."""
    if cell.startswith("["):
        cell = cell[1:-1]
    while (flat := re.sub(r"\[[^\[\]]*\]", "", cell)) != cell:
        cell = flat
    return set(TOP.findall(cell))


def test_the_page_has_every_command_and_every_option() -> None:
    told: dict[str, set[str]] = {}
    for command, options, *_ in LINES:
        name = command.strip("`").split()[0]
        words = f"{command} {options}"
        told.setdefault(name, set()).update(re.findall(r"--[a-z-]+", words))
    group: Any = typer.main.get_command(app)
    real = {
        name: {
            option
            for part in getattr(command, "commands", {"": command}).values()
            for one in part.params
            for option in (*one.opts, *one.secondary_opts)
            if option.startswith("--")
        }
        for name, command in group.commands.items()
    }
    assert told == real


def test_json_answers_have_the_keys_that_the_page_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "corpus"

    def run(*words: object) -> Any:
        monkeypatch.setattr("sys.argv", ["tenderlight", *map(str, words), "--json"])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        return json.loads(capsys.readouterr().out)

    monkeypatch.setattr("sys.argv", ["tenderlight", "init", str(root)])
    with pytest.raises(SystemExit):
        main()
    capsys.readouterr()
    with sample_folder() as sample:
        page = next(sample.rglob("xn-0*.html"))
        answers = {"add CORPUS PATHS": run("add", root, page)}
        answers["read FILE"] = run("read", page)
    with Portal(notices=2) as portal:
        source = write_card(root / "sources", portal, "zfcg")
        contact = ("--contact", "desk@example.org")
        answers["collect CORPUS SOURCES"] = run("collect", root, source, *contact)
        answers["watch CORPUS"] = run("watch", root, "--budget", 1, *contact)
        answers["watch CORPUS --plan"] = run("watch", root, "--plan")
    answers["sources CORPUS"] = run("sources", root)
    answers["build CORPUS"] = run("build", root, "--jobs", 1)
    answers["purchases CORPUS"] = run("purchases", root)
    one, other, *_ = (each["id"] for each in answers["purchases CORPUS"]["purchases"])
    why = ("--because", "an invented reason", "--by", "LW")
    answers["same CORPUS ONE OTHER"] = taken = run("same", root, one, other, *why)
    run("build", root)
    answers["purchase CORPUS ID"] = run("purchase", root, one)
    last = answers["purchase CORPUS ID"]["history"][-1]["notice"]
    answers["apart CORPUS ONE OTHER"] = run("apart", root, last, one, *why)
    answers["decisions CORPUS"] = run("decisions", root)
    answers["undo CORPUS DECISION"] = run("undo", root, taken["name"], *why)
    answers["organisations CORPUS"] = run("organisations", root)
    body = answers["organisations CORPUS"]["organisations"][0]["id"]
    answers["organisation CORPUS ID"] = run("organisation", root, body)
    write_state(Corpus.open(root), tmp_path / "frozen", (Wanted("money"),))
    answers["diff A B"] = run("diff", tmp_path / "frozen", root)
    answers["search CORPUS QUERY"] = run("search", root, "采购")
    answers["specifications CORPUS"] = run("specifications", root)
    answers["technologies list"] = run("technologies", "list")
    own = tmp_path / "own.toml"
    own.write_text(OWN, encoding="utf-8")
    answers["technologies check CORPUS"] = run("technologies", "check", root, "--file", own)
    lines = tmp_path / "lines.txt"
    lines.write_text("yes\n", encoding="utf-8")
    answers["review CORPUS"] = run("review", root, "--by", "LW", "--answers", lines)
    answers["reviews list CORPUS"] = run("reviews", "list", root)
    kept = root / "decisions" / "reviews.jsonl"
    answers["reviews merge CORPUS FILES"] = run("reviews", "merge", root, kept)
    answers["reviews disputed CORPUS"] = run("reviews", "disputed", root)
    answers["reviews agreement CORPUS"] = run("reviews", "agreement", root)
    answers["second train CORPUS"] = run("second", "train", root)
    answers["second rank CORPUS"] = run("second", "rank", root)
    answers["plan CORPUS --kind KIND"] = run("plan", root, "--kind", "recall", "--by", "LW")
    answers["plan CORPUS"] = run("plan", root)
    answers["error CORPUS"] = run("error", root)
    answers["figures CORPUS"] = run("figures", root)
    run("own", "build", root, "notices", "--about", "notice", "--rows", "type", "--by", "LW")
    answers["own list CORPUS"] = run("own", "list", root)
    answers["own merge CORPUS OTHER"] = run("own", "merge", root, root / "decisions")
    answers["figure CORPUS NAME"] = run("figure", root, "divisions")
    key = "coverage/documents"
    answers["figure CORPUS NAME --rows KEY"] = run("figure", root, "divisions", "--rows", key)
    hits = answers["search CORPUS QUERY"]["hits"]
    out = tmp_path / "handed-over"
    answers["evidence CORPUS IDS"] = run("evidence", root, hits[0]["row"]["id"], "--out", out)
    run("build", root)
    edition = tmp_path / "edition"
    answers["publish CORPUS OUT"] = run("publish", root, edition, "--figure", "divisions")
    answers["verify EDITION"] = run("verify", edition)
    authority = make_authority(root / "authority")
    with authority.serving() as url:
        name_authority(root, url)
        answers["stamp CORPUS"] = run("stamp", root)
    with ModelSite(finds(("iris", "虹膜"))) as site:
        ask = ("--address", site.url, "--model", "invented-7b", "--yes")
        answers["ask-model CORPUS --dry-run"] = run("ask-model", root, *ask, "--dry-run")
        answers["ask-model CORPUS"] = run("ask-model", root, *ask, "--limit", 1)
    answers["anchor CORPUS"] = run("anchor", root)
    with Testimony(root / "testimony/recognised.sqlite") as kept:
        kept.keep("an engine", "ab#page=1", "n1", b'{"engine":"an engine"}')
    answers["verify CORPUS"] = run("verify", root)
    answers["testimony CORPUS"] = run("testimony", root)
    words = ("--reason", "an invented judgment", "--by", "the editors", "--yes")
    answers["withdraw CORPUS ID"] = run("withdraw", root, hits[0]["row"]["id"], *words)
    told = {command.strip("`"): outer(keys) for command, _, _, keys in LINES if "as `" not in keys}
    told = {command: keys for command, keys in told.items() if keys}
    found = {c: set(a[0] if isinstance(a, list) else a) for c, a in answers.items()}
    assert found == told
