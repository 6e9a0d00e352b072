"""The second reader of a corpus: it ranks, it learns from decisions, and it touches nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenderlight.cli import main
from tenderlight.corpus import Corpus, Folder, build
from tenderlight.corpus.ranking.kept import CARD, SCORE, WEIGHTS, load_reader, room
from tenderlight.corpus.ranking.rank import LEAST, rank
from tenderlight.corpus.ranking.taught import corpus_lessons, teach
from tenderlight.evidence.decisions import append_decided
from tenderlight.figures import figures, make_figure
from tenderlight.model import Refused
from tenderlight.review import Quote, Reviewed
from tenderlight.sources import add
from tests.corpus.spoken import NOON, built

PAGES = {
    "云桥县公安局人脸识别系统采购公告": "采购人脸抓拍摄像机30台。联系人：赵某某，电话13900001234。",
    "云桥县公安局被装采购公告": "投标人须具有虹膜采集项目业绩。采购作训服200套。",
    "临澜区公安分局设备采购公告": "供货内容：瞳纹比中终端5部。交货期30天。",
    "北汀市水务局水表采购公告": "采购水表500只。",
}
MISSED = "临澜区公安分局设备采购公告"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return built(tmp_path / "c", PAGES)


def scores(corpus: Corpus) -> list[dict[str, Any]]:
    asked = corpus.connect().execute("select * from second_score order by notice, id")
    names = [column[0] for column in asked.description or ()]
    return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]


def named(corpus: Corpus, title: str) -> str:
    (row,) = corpus.connect().execute("select id from notice where title = ?", [title]).fetchall()
    return str(row[0])


def decide(corpus: Corpus, notice: str, subject: str, said: str, answer: Any, by: str) -> None:
    shown = corpus.notice(notice)
    assert shown is not None
    at = shown.text.index(said)
    quote = Quote(
        exact=said,
        prefix=shown.text[max(at - 32, 0) : at],
        suffix=shown.text[at + len(said) : at + len(said) + 32],
        start=at,
        end=at + len(said),
    )
    line = Reviewed(
        decided=f"2026-01-0{len(by)}T10:00:00.000Z",
        by=by,
        answer=answer,
        case=hashlib.sha256(said.encode()).hexdigest()[:16],
        notice=notice,
        subject=subject,
        claim="none",
        quote=quote,
        method=corpus.state().method,
    )
    append_decided(corpus.folder.decisions, "reviews.jsonl", line)


def written(folder: Folder) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in room(folder).iterdir() if one.is_file()}


def test_where_nothing_was_ranked_the_view_is_empty_and_has_its_columns(corpus: Corpus) -> None:
    asked = corpus.connect().execute("select * from second_score")
    assert [column[0] for column in asked.description or ()] == list(SCORE)
    assert asked.fetchall() == []


def test_every_claim_has_a_score_and_what_is_not_claimed_has_its_sentence(corpus: Corpus) -> None:
    teach(corpus)
    told = rank(corpus)
    claims = corpus.connect().execute(
        "select notice, id, case_id from claim where kind = 'technology'"
    )
    claimed = {(notice, id): case for notice, id, case in claims.fetchall()}
    rows = scores(corpus)
    assert {(r["notice"], r["id"]): r["case_id"] for r in rows if r["claim"] != "none"} == claimed
    assert told.claims == len(claimed) > 0
    for row in rows:
        shown = corpus.notice(row["notice"])
        assert shown is not None
        assert shown.text[row["start_at"] : row["end_at"]] == row["text"]
        assert row["claim"] != "none" or row["score"] >= LEAST
        assert "13900001234" not in json.dumps(row)


def test_ranking_twice_does_nothing_and_from_nothing_gives_the_same_bytes(corpus: Corpus) -> None:
    teach(corpus)
    assert rank(corpus).batches_run == 1
    once = written(corpus.folder)
    assert rank(corpus).batches_run == 0
    for one in room(corpus.folder).iterdir():
        one.unlink()
    teach(corpus)
    rank(corpus)
    assert written(corpus.folder) == once


def test_what_people_confirmed_is_found_elsewhere_and_counts_as_their_decision(
    tmp_path: Path,
) -> None:
    more = {f"第{n}派出所设备采购公告": f"供货内容：瞳纹比中终端{n}部。" for n in range(2, 9)}
    corpus = built(tmp_path / "c", PAGES | more)
    teach(corpus)
    rank(corpus)
    before = {(r["notice"], r["id"]): r["score"] for r in scores(corpus)}
    for title in more:
        decide(corpus, named(corpus, title), "iris", "瞳纹比中终端", "yes", "LW")
    assert teach(corpus).decisions == len(more)
    rank(corpus)
    after = {(r["notice"], r["id"]): r["score"] for r in scores(corpus)}
    key = (named(corpus, MISSED), "iris")
    assert after[key] > 0.5 > before.get(key, 0)


@pytest.mark.parametrize("answer", ["unsure", "elsewhere"])
def test_answers_that_say_nothing_of_the_passage_teach_nothing(corpus: Corpus, answer: str) -> None:
    decide(corpus, named(corpus, MISSED), "iris", "瞳纹比中终端", answer, "LW")
    lessons = corpus_lessons(corpus.connect(), corpus.definitions)
    assert not [one for one in lessons if one.source == "decision"]


def test_two_who_differ_teach_nothing_until_it_is_settled(corpus: Corpus) -> None:
    notice = named(corpus, MISSED)
    decide(corpus, notice, "iris", "瞳纹比中终端", "yes", "LW")
    decide(corpus, notice, "iris", "瞳纹比中终端", "no", "HKM")
    lessons = corpus_lessons(corpus.connect(), corpus.definitions)
    assert not [one for one in lessons if one.source == "decision"]


def test_no_figure_and_no_export_changes_with_what_it_thinks(corpus: Corpus) -> None:
    def told() -> tuple[list[Any], list[Any]]:
        made = [make_figure(corpus.connect(), one.name) for one in figures()]
        return made, list(corpus.rows())

    before = told()
    teach(corpus)
    rank(corpus)
    assert scores(corpus)
    assert told() == before


def test_a_new_build_takes_the_scores_of_what_changed_away(corpus: Corpus, tmp_path: Path) -> None:
    teach(corpus)
    rank(corpus)
    page = tmp_path / "more.html"
    page.write_text("<h1>沙屏区公安局采购公告</h1><p>采购虹膜仪5台。</p>", encoding="utf-8")
    add(corpus.folder.root, [page], lambda: NOON)
    build(corpus.folder.root, jobs=1)
    assert scores(corpus) == []
    assert not list(room(corpus.folder).glob("*.parquet"))
    assert rank(corpus).batches_run == 1
    assert scores(corpus)


def _cut(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:-4])


def _nested(folder: Path) -> None:
    (folder / CARD).write_text("[" * 200_000, encoding="utf-8")


def _large(folder: Path) -> None:
    (folder / CARD).write_bytes(b" " * (2 << 20))


def _linked(folder: Path) -> None:
    (folder / CARD).rename(folder / "elsewhere")
    (folder / CARD).symlink_to(folder / "elsewhere")


def _gone(folder: Path) -> None:
    (folder / WEIGHTS).unlink()


@pytest.mark.parametrize("harm", [_cut, _nested, _large, _linked, _gone])
def test_a_reader_that_is_not_what_it_was_is_refused_and_the_corpus_still_opens(
    corpus: Corpus, harm: Callable[[Path], None]
) -> None:
    teach(corpus)
    harm(room(corpus.folder))
    with pytest.raises(Refused):
        load_reader(corpus.folder)
    with pytest.raises(Refused):
        rank(corpus)
    assert scores(corpus) == []
    assert teach(corpus) == load_reader(corpus.folder).card


def test_the_commands_train_rank_and_show_the_card(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["tenderlight", "second", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), "".join(capsys.readouterr())

    root = str(corpus.folder.root)
    status, said = run("rank", root)
    assert status == 2
    assert "second train" in said
    assert run("train", root)[0] == 0
    status, said = run("rank", root)
    assert status == 0
    assert "1 of 1 batches" in said
    status, said = run("card", root)
    assert "decides nothing" in said
    assert json.loads(run("card", root, "--json")[1])["seed"] == 1
