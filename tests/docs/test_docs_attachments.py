"""The page on attachments is true: its manifest, its commands, what it promises of them."""

from __future__ import annotations

import io
import json
import re
import shlex
import zipfile
from pathlib import Path

import msgspec
import pytest

from tenderlight.cli import main
from tenderlight.corpus import Corpus
from tenderlight.corpus.folder import Folder
from tenderlight.evidence.testimony import Testimony
from tenderlight.pictures import Recognised
from tenderlight.reading import limits
from tenderlight.sample import sample_folder

PAGE = (Path(__file__).parents[2] / "docs/attachments.md").read_text("utf-8")
SHELL = re.compile(r"^```sh\n(.*?)^```", re.S | re.M)
(MANIFEST,) = re.findall(r"^```json\n(.*?)^```", PAGE, re.S | re.M)
LIST = "序号,名称,数量\n1,虹膜采集仪,20\n2,采集软件,1\n3,支架,20\n"


def save(folder: Path) -> None:
    """What the page's manifest names, invented."""
    (folder / "files").mkdir(parents=True)
    (folder / "manifest.jsonl").write_text(MANIFEST, "utf-8")
    (folder / "notice.html").write_text("<h1>云桥县公安局采购公告</h1><p>详见附件。</p>", "utf-8")
    with sample_folder() as sample:
        word = (sample / "attached/招标公告.docx").read_bytes()
    (folder / "files/tender.docx").write_bytes(word)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("清单.csv", LIST)
    (folder / "files/list.zip").write_bytes(out.getvalue())


def test_the_commands_of_the_page_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "saved")
    told: dict[str, str] = {}
    for line in "".join(SHELL.findall(PAGE)).splitlines():
        words = shlex.split(line)
        if words[1] == "testimony":
            seen = msgspec.json.encode(Recognised(engine="an engine"))
            with Testimony(Folder(Path("my-corpus")).testimony) as testimony:
                testimony.keep("an engine", "ab#page=1", "n", seen)
        monkeypatch.setattr("sys.argv", words)
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code, line
        told[words[1]] = capsys.readouterr().out
    assert "虹膜采集仪" in told["search"]
    assert "清单.csv" in told["read"]
    assert "an engine" in told["testimony"]
    (row,) = Corpus.open("my-corpus").rows()
    names = {part["name"] for part in row["attachments"]}
    assert names == {"tender.docx", "list.zip", "list.zip/清单.csv"}
    assert row["passages"]["budget_cny"]["part"] == "tender.docx"


def test_its_manifest_is_one_object_a_line_and_its_numbers_are_those_of_the_limits() -> None:
    assert [set(json.loads(line)) for line in MANIFEST.splitlines()][1] == {"file", "attached_to"}
    assert f"{limits.PARTS:,} documents" in PAGE
    assert f"At most {limits.RECOGNISED_PAGES} pages" in PAGE
    assert limits.DEPTH == 8
