"""`diff` tells which numbers of an edition are others now, by which notices, and why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tenderlight.cli import main
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.editions.asked import Wanted
from tenderlight.editions.publish import write_state
from tenderlight.evidence import Store
from tenderlight.evidence.withdraw import choose, withdraw
from tenderlight.sources import add

PAGE = """<html><head><meta charset="utf-8"><title>{name}公开招标公告</title></head><body>
<h1>{name}公开招标公告</h1><p>项目编号：XN-{number}</p><p>采购人：沂南坡县公安局</p>
<p>预算金额：{budget}元</p><p>采购需求：采购{what}一套。</p><p>发布日期：2021年3月{number}日</p>
</body></html>"""
NOTICES = {
    11: ("沂南坡县公安局虹膜采集项目", "虹膜采集设备", 400000),
    12: ("沂南坡县公安局二期虹膜识别平台项目", "虹膜识别平台", 900000),
    13: ("沂南坡县公安局办公用房修缮项目", "修缮服务", 100000),
}
"""Invented."""


def clock() -> datetime:
    return datetime(2026, 1, 2, tzinfo=UTC)


def put(folder: Path, number: int, name: str, what: str, budget: int) -> None:
    folder.mkdir(exist_ok=True)
    text = PAGE.format(name=name, number=number, what=what, budget=budget)
    (folder / f"{number}.html").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus of three notices, and its state as an edition has it."""
    folder = tmp_path_factory.mktemp("diff")
    for number, told in NOTICES.items():
        put(folder / "saved", number, *told)
    root = folder / "corpus"
    init_corpus(root)
    add(root, [folder / "saved"], clock)
    build(root, jobs=1)
    figures = (Wanted("technologies-by-year"), Wanted("money", {"since": "2020"}))
    write_state(Corpus.open(root), folder / "edition", figures)
    return root, folder / "edition"


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["tenderlight", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().out

    return run


def named(corpus: Corpus, number: int) -> str:
    (found,) = (
        corpus.connect()
        .execute("select id from notice where file like ?", [f"%{number}.html"])
        .fetchall()
    )
    return str(found[0])


def reject(corpus: Corpus, notice: str) -> None:
    asked = corpus.connect().execute(
        "select case_id from claim where notice = ? and id = 'iris' and kind = 'technology'",
        [notice],
    )
    for (case,) in asked.fetchall():
        corpus.review.answer(case, "no", by="LW", now=clock)


def test_nothing_happened(before: tuple[Path, Path], run: Run) -> None:
    root, edition = before
    code, told = run("diff", edition, root)
    assert (code, "No number moved." in told) == (0, True)
    assert run("diff", edition, edition)[0] == 0


def test_what_came_went_and_was_answered_is_told_with_the_numbers_it_moved(
    before: tuple[Path, Path], run: Run, tmp_path: Path
) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(before[0], root)
    corpus = Corpus.open(root)
    gone, denied = named(corpus, 11), named(corpus, 12)
    reject(corpus, denied)
    put(tmp_path / "more", 21, "沂南坡县公安局三期虹膜采集项目", "虹膜采集设备", 500000)
    add(root, [tmp_path / "more"], clock)
    store = Store(root / "evidence")
    withdraw(store, root / "decisions", choose(store, gone), reason="invented", by="LW", now=clock)
    build(root, jobs=1)
    new = named(Corpus.open(root), 21)

    code, told = run("diff", before[1], root, "--json")
    found: dict[str, Any] = json.loads(told)
    assert code == 1
    assert (found["collected"], found["withdrawn"], found["cited_withdrawn"]) == (1, [gone], [gone])
    assert (found["is_extended"], found["rewritten"], found["method"]) == (True, [], [])
    numbers = {
        (figure["name"], number["key"]): number
        for figure in found["figures"]
        for number in figure["numbers"]
    }
    counted = numbers["technologies-by-year", "cell/iris/notices"]
    assert (counted["was"], counted["now"]) == ("2", "1")
    assert {one["notice"]: one["cause"] for one in counted["moved"]} == {
        gone: "withdrawn", denied: "decided", new: "collected",
    }  # fmt: skip
    budget = numbers["money", "cell/iris/budget"]
    assert (budget["was"], budget["now"]) == ("1300000.00", "500000.00")

    code, told = run("diff", before[1], root)
    assert code == 1
    assert f"{denied}  1 -> -  a person answered about it since" in told
    assert "Iris recognition / Notices: 2 -> 1" in told


def test_evidence_that_is_not_that_of_the_edition_is_told(
    before: tuple[Path, Path], run: Run, tmp_path: Path
) -> None:
    put(tmp_path / "saved", 21, "沂南坡县公安局三期虹膜采集项目", "虹膜采集设备", 500000)
    init_corpus(tmp_path / "corpus")
    add(tmp_path / "corpus", [tmp_path / "saved"], clock)
    build(tmp_path / "corpus", jobs=1)
    code, told = run("diff", before[1], tmp_path / "corpus")
    assert (code, "THE EVIDENCE IS NOT THAT OF THE EDITION" in told) == (1, True)


def test_what_is_no_edition_is_refused(before: tuple[Path, Path], run: Run, tmp_path: Path) -> None:
    assert run("diff", tmp_path, before[0])[0] == 2
    assert run("diff", before[1], tmp_path)[0] == 2
