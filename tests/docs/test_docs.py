"""The documentation is true: its commands run, its links lead somewhere, its pages are current."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from tenderlight.cli import main
from tenderlight.corpus import Corpus
from tenderlight.sample import sample_folder
from tools.docs import pages

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for folder in (ROOT, ROOT / "docs")
    for path in (folder.glob("*.md") if folder == ROOT else folder.rglob("*.md"))
)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
SHELL = re.compile(r"^```(?:sh|bash|)\n(.*?)^```", re.S | re.M)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / unquote(target)).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_are_current(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


ASKING = {"serve", "collect", "watch", "stamp"}
"""Commands that would wait, or ask another host."""


def test_architecture_fits_on_its_page() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) < 150


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    wanted = re.findall(r'^    "([a-z0-9-]+)",$', text, re.M)
    reasons = (ROOT / "docs" / "dependencies.md").read_text()
    assert [name for name in wanted if name not in reasons] == []


def test_the_lock_names_no_host_and_hashes_everything() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "index" not in lock
    pinned = re.findall(r"^[a-z0-9-]+==", lock, re.M)
    assert lock.count("--hash=sha256:") >= len(pinned) > 30


def test_the_commands_of_the_readme_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with sample_folder() as sample:
        shutil.copytree(sample, tmp_path / "saved-notices")
    (tmp_path / "公告.doc").write_text("采购人：云桥县公安局", encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = "\n".join(SHELL.findall(readme))
    cells = "\n".join(re.findall(r"`(tenderlight [^`]+)`", readme))
    ran = []
    for line in (blocks + "\n" + cells).splitlines():
        words = shlex.split(line.split("#")[0].replace(".venv/bin/", ""))
        if words[:1] != ["tenderlight"]:
            continue
        ran.append(words[1])
        if words[1] in ASKING:
            words = [*words[:2], "--help"]
        if "ID" in words:
            words[words.index("ID")] = next(iter(Corpus.open("my-corpus").rows()))["id"]
        monkeypatch.setattr("sys.argv", words)
        code = exit_code()
        assert code == 0 or (words[1] == "add" and code == 1), line
    assert {"init", "add", "build", "search", "figures", "figure", "export", "verify"} <= set(ran)


def test_the_options_of_the_commands_that_ask_others_exist(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for line in re.findall(r"`(tenderlight [^`]+)`", readme):
        words = shlex.split(line)
        if words[1] in ASKING:
            monkeypatch.setattr("sys.argv", [*words[:2], "--help"])
            assert exit_code() == 0
            told = capsys.readouterr().out
            assert all(word in told for word in words if word.startswith("--")), line


def exit_code() -> int:
    """Of the command in `sys.argv`."""
    try:
        main()
    except SystemExit as exit:
        return int(exit.code or 0)
    return 0


def test_the_manifest_line_of_the_guide_is_one(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^```json\n(.*?)\n```", guide, re.S | re.M)
    assert json.loads(line)["file"]
