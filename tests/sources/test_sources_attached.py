"""A folder that a person saved: its manifest says which file belongs to which notice."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderlight.evidence import Store
from tenderlight.model import Capture
from tenderlight.sources import Added, add

URL = "http://portal.example/1.html"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus/evidence").mkdir(parents=True)
    return tmp_path / "corpus"


def kept(corpus: Path, lines: list[dict[str, str]]) -> tuple[Added, dict[str, Capture]]:
    folder = corpus.parent / "saved"
    for name in ("notice.html", "清单.xlsx", "文件.doc", "other.html"):
        (folder / "files").mkdir(parents=True, exist_ok=True)
        (folder / "files" / name).write_text(name)
    (folder / "files" / "manifest.jsonl").write_text("\n".join(map(json.dumps, lines)))
    added = add(corpus, [folder], lambda: datetime(2026, 11, 22, tzinfo=UTC))
    return added, {capture.file: capture for capture in Store(corpus / "evidence").captures()}


def test_what_is_attached_belongs_to_its_notice_whatever_the_order_of_lines(corpus: Path) -> None:
    added, captures = kept(
        corpus,
        [
            {"file": "清单.xlsx", "attached_to": "notice.html"},
            {"file": "notice.html", "url": URL},
            {"file": "文件.doc", "attached_to": "other.html", "url": "http://portal.example/2.doc"},
        ],
    )
    assert not added.refused
    assert added.new == 4
    notice, other = captures["files/notice.html"], captures["files/other.html"]
    assert (notice.role, other.role) == ("notice", "notice")
    assert captures["files/清单.xlsx"].role == "attachment"
    assert captures["files/清单.xlsx"].of == notice.id
    assert captures["files/文件.doc"].of == other.id
    assert captures["files/文件.doc"].url == "http://portal.example/2.doc"


def test_adding_again_adds_nothing(corpus: Path) -> None:
    lines = [{"file": "清单.xlsx", "attached_to": "notice.html"}]
    assert kept(corpus, lines)[0].new == 4
    assert kept(corpus, lines)[0].new == 0


def test_what_is_attached_to_nothing_is_a_notice_and_is_told(corpus: Path) -> None:
    added, captures = kept(corpus, [{"file": "清单.xlsx", "attached_to": "lost.html"}])
    assert captures["files/清单.xlsx"].role == "notice"
    assert "lost.html" in added.refused[0].what


def test_nothing_outside_the_folder_is_a_notice(corpus: Path) -> None:
    added, captures = kept(corpus, [{"file": "清单.xlsx", "attached_to": "../../secret"}])
    assert "outside" in added.refused[0].what
    assert captures["files/清单.xlsx"].of is None


def test_what_is_attached_to_itself_is_a_notice_and_is_told(corpus: Path) -> None:
    added, captures = kept(corpus, [{"file": "清单.xlsx", "attached_to": "./清单.xlsx"}])
    assert captures["files/清单.xlsx"].role == "notice"
    assert "清单.xlsx" in added.refused[0].what
