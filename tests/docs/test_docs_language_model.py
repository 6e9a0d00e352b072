"""The page on language models is true: its commands, its options, its views, its Python."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from tenderlight.cli import app, main
from tenderlight.corpus.said import SCHEMAS
from tests.collecting.asked_model import ModelSite, finds
from tests.corpus.spoken import IRIS, built

PAGE = (Path(__file__).parents[2] / "docs/language-model.md").read_text("utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)\n```", PAGE, re.S | re.M)
(PYTHON,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.S | re.M)


def test_every_option_of_the_command_is_on_the_page_and_no_other() -> None:
    command: Any = typer.main.get_command(app)
    real = {one for part in command.commands["ask-model"].params for one in part.opts}
    told = set(re.findall(r"`(--[a-z-]+)`", PAGE)) | set(re.findall(r"--dry-run", PAGE))
    assert told == {one for one in real if one.startswith("--")} - {"--json"}


def test_the_views_are_told_with_every_column() -> None:
    told = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert set(SCHEMAS["model_said"]) <= told
    assert {"model_said", "model_asked", "whole", "gone"} <= told


def test_its_commands_and_its_python_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    built(tmp_path / "my-corpus", {"云桥县公安局设备采购公告": IRIS})
    with ModelSite(finds(("iris", "虹膜采集仪"))) as site:
        for line in COMMANDS:
            words = shlex.split(line.replace("http://127.0.0.1:11434", site.url))
            monkeypatch.setattr("sys.argv", [*words, "--yes"])
            with pytest.raises(SystemExit) as ended:
                main()
            assert not ended.value.code, line
        assert len(site.bodies) == 1
    assert "Nothing was sent." in capsys.readouterr().out
    scope: dict[str, Any] = {}
    exec(PYTHON.replace("con.sql(", "told = con.sql("), scope)
    assert scope["told"].fetchall() == [("a-model", 1, 0, 0)]
