"""`tenderlight read`: what is read in one file, masked, what is inside and what was not read."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from tenderlight.cli import main

PAGE = (
    "<h2>采购公告</h2><p>联系电话：13900001234</p>"
    "<table><tr><td>货物<td>数量<tr><td>摄像机<td>20</table>"
)


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["tenderlight", *map(str, words)])
    with pytest.raises(SystemExit) as exit:
        main()
    out, err = capsys.readouterr()
    return int(exit.value.code or 0), out, err


def archive(folder: Path, files: dict[str, bytes]) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, payload in files.items():
            zipped.writestr(name, payload)
    (folder / "附件.zip").write_bytes(out.getvalue())
    return folder / "附件.zip"


def test_an_archive_is_shown_with_what_is_inside_and_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = archive(tmp_path, {"公告.html": PAGE.encode()})
    code, out, err = said(monkeypatch, capsys, "read", file, "--no-pictures")
    assert code == 0
    assert "── 公告.html ──" in out
    assert "│ 摄像机 │ 20 │" in out
    assert "## 采购公告" in out
    assert "13900001234" not in out + err


def test_what_was_not_read_is_told_and_is_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = archive(tmp_path, {"公告.html": PAGE.encode(), "坏.pdf": b"%PDF-1.7 broken"})
    code, out, err = said(monkeypatch, capsys, "read", file, "--no-pictures", "--json")
    assert code == 1
    told = json.loads(out)
    assert [part["name"] for part in told["parts"]] == ["公告.html", "坏.pdf"]
    assert told["problems"][0]["where"] == "坏.pdf"
    assert "13900001234" not in out + err


def test_a_folder_and_a_file_that_holds_nothing_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(monkeypatch, capsys, "read", tmp_path)[0] == 2
    (tmp_path / "empty").touch()
    code, _, err = said(monkeypatch, capsys, "read", tmp_path / "empty")
    assert code == 2
    assert "empty" in err


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_names_of_files_are_masked_wherever_they_are_told(
    option: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pages = {
        "王小明13900001234.html": PAGE.encode(),
        "李建国/坏13812345678.pdf": b"%PDF-1.7 broken",
    }
    file = archive(tmp_path, pages)
    _, out, err = said(monkeypatch, capsys, "read", file, "--no-pictures", *option)
    assert "＊" in out
    for name in ("王小明", "李建国", "13900001234", "13812345678"):
        assert name not in out + err
