"""`tenderlight testimony` and what `verify` says of testimony."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tenderlight.cli import main
from tenderlight.corpus import init_corpus
from tenderlight.evidence.testimony import Testimony
from tenderlight.pictures import Recognised, Written


def said(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["tenderlight", *map(str, words)])
    try:
        main()
    except SystemExit as exit:
        return int(exit.code or 0)
    return 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = init_corpus(tmp_path / "corpus")
    with Testimony(folder.testimony) as testimony:
        for engine, text in (
            ("engine 1", "采购人：云桥县公安局"),
            ("engine 2", "采购人：云桥县公安同"),
        ):
            lines = (Written(text, 0, 0, 9, 9, (1.0,) * 2 * len(text), bytes([75]) * len(text)),)
            seen = msgspec.json.encode(Recognised(engine=engine, lines=lines))
            testimony.keep(engine, "ab#page=1&dpi=200", "0123456789abcdef", seen)
    return folder.root


def test_it_says_how_sure_engines_were_and_where_they_differ(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    assert said(monkeypatch, "testimony", root) == 0
    told = capsys.readouterr().out
    assert "1: engine 1" in told
    assert "differ on 1 of 1 pages, in 1 of 10 characters" in told
    assert "“局” / “同”" in told
    assert said(monkeypatch, "testimony", root, "--json") == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert [one["unsure_lines"] for one in answer["engines"]] == [1, 1]
    assert answer["compared"][0]["worst"][0]["notice"] == "0123456789abcdef"


def test_verify_counts_testimony_and_finds_what_was_altered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    assert said(monkeypatch, "verify", root, "--json") == 0
    assert json.loads(capsys.readouterr().out)["testimony"] == 2
    with sqlite3.connect(root / "testimony/recognised.sqlite") as db:
        db.execute("drop trigger answers_are_never_edited")
        db.execute("update answer set sha256 = 'x' where engine = 'engine 2'")
    db.close()
    assert said(monkeypatch, "verify", root) == 1
    assert "recognised anew" in capsys.readouterr().out
    assert said(monkeypatch, "testimony", root) == 1
    assert "verify" in capsys.readouterr().err


def test_a_corpus_without_testimony_is_told_when_there_will_be_some(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    init_corpus(tmp_path / "new")
    assert said(monkeypatch, "testimony", tmp_path / "new") == 2
    assert "scanned page" in capsys.readouterr().err
    assert said(monkeypatch, "verify", tmp_path / "new") == 0
