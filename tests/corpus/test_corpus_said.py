"""What language models said: held against the notice as it is, and nowhere in a figure."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tenderlight.corpus import Corpus, build
from tenderlight.corpus.said import SCHEMAS
from tenderlight.evidence.testimony import Testimony
from tenderlight.figures import figures, make_figure
from tenderlight.review import Quote, case_id
from tests.corpus import spoken
from tests.corpus.spoken import asked, built, completion, id_of, keep, says, text_of

TEXTS = {"云桥县公安局设备采购公告": spoken.IRIS, "云桥县公安局家具采购公告": spoken.OFFICE}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return built(tmp_path / "corpus", TEXTS)


def said(corpus: Corpus, table: str = "model_said") -> list[dict[str, Any]]:
    rows = corpus.connect().execute(f"select * from {table} order by all").fetchall()
    return [dict(zip(SCHEMAS[table], row, strict=True)) for row in rows]


def about(corpus: Corpus, *statements: dict[str, str]) -> str:
    """Keep an answer on the notice that buys irises, and build; gives its id."""
    notice = id_of(corpus, "设备")
    keep(corpus, asked(notice, text_of(corpus, notice), completion(list(statements))))
    build(corpus.folder.root, jobs=1, pictures=False)
    return notice


def test_a_corpus_of_which_no_model_was_asked_has_empty_views(corpus: Corpus) -> None:
    assert said(corpus) == said(corpus, "model_asked") == []


def test_a_statement_has_its_place_model_time_and_the_id_of_its_case(corpus: Corpus) -> None:
    notice = about(corpus, says("gait-recognition", "步态分析终端一套"))
    (row,) = said(corpus)
    text = text_of(corpus, notice)
    assert text[row["start_at"] : row["end_at"]] == row["text"] == "步态分析终端一套"
    assert (row["notice"], row["id"], row["relation"]) == (notice, "gait-recognition", "bought")
    assert (row["model"], row["asked"]) == ("invented-7b", "2026-05-04T08:00:00Z")
    assert row["context"] in text
    cited = Quote(exact=row["text"], prefix=row["prefix"], suffix=row["suffix"])
    assert row["case_id"] == case_id(notice, "technology", "gait-recognition", cited)


def test_a_claim_of_the_definitions_and_a_statement_on_the_same_words_are_one_case(
    corpus: Corpus,
) -> None:
    claims = "select text, case_id from claim where kind = 'technology' and id = 'iris'"
    ((text, case),) = corpus.connect().execute(claims).fetchall()
    about(corpus, says("iris", text))
    assert [row["case_id"] for row in said(corpus)] == [case]


def test_it_is_told_who_was_asked_about_what_and_how_much_was_refused(corpus: Corpus) -> None:
    notice = about(corpus, says("iris", "虹膜采集仪20台"), says("iris", "三百台虹膜机"))
    (row,) = said(corpus, "model_asked")
    assert (row["notice"], row["model"]) == (notice, "invented-7b")
    assert (row["answers"], row["statements"], row["refused"], row["gone"]) == (1, 1, 1, 0)
    assert row["ids"] == sorted(spoken.IDS)
    assert row["whole"] is True


def test_only_a_part_that_was_sent_is_not_the_whole(corpus: Corpus) -> None:
    notice = id_of(corpus, "设备")
    keep(corpus, asked(notice, spoken.IRIS, completion([says("iris", "虹膜采集仪")])))
    build(corpus.folder.root, jobs=1, pictures=False)
    assert [row["whole"] for row in said(corpus, "model_asked")] == [False]
    assert [row["text"] for row in said(corpus)] == ["虹膜采集仪"]


def test_no_answer_of_a_model_changes_any_figure_row_or_claim(corpus: Corpus) -> None:
    def told() -> tuple[object, ...]:
        con = corpus.connect()
        cards = [make_figure(con, card.name, corpus.definitions) for card in figures()]
        tables = ("finding", "claim", "notice", "item_use", "passage")
        rows = [con.execute(f"from {name} order by all").fetchall() for name in tables]
        return msgspec.json.encode(cards), rows, list(corpus.rows())

    before = told()
    notice = id_of(corpus, "家具")
    lies = [says(id, "采购内容：办公桌椅40套") for id in spoken.IDS]
    keep(corpus, asked(notice, text_of(corpus, notice), completion(lies)))
    build(corpus.folder.root, jobs=1, pictures=False)
    assert len(said(corpus)) == len(spoken.IDS)
    assert told() == before


def test_what_was_said_of_a_text_that_changed_stands_where_the_passage_still_is(
    corpus: Corpus,
) -> None:
    notice = id_of(corpus, "设备")
    before = "更早的版本多一行。\n" + text_of(corpus, notice).replace("20台", "30台")
    statements = [says("iris", "虹膜采集仪30台"), says("gait-recognition", "步态分析终端")]
    keep(corpus, asked(notice, before, completion(statements)))
    build(corpus.folder.root, jobs=1, pictures=False)
    (row,) = said(corpus)
    assert text_of(corpus, notice)[row["start_at"] : row["end_at"]] == "步态分析终端"
    assert [row["gone"] for row in said(corpus, "model_asked")] == [1]


def test_nothing_that_is_masked_comes_back_from_an_answer(corpus: Corpus) -> None:
    notice = id_of(corpus, "设备")
    secret = spoken.IRIS + "联系人：王小明 电话：13900001234"  # a stranger's file could hold it
    keep(corpus, asked(notice, secret, completion([says("iris", "王小明 电话：13900001234")])))
    build(corpus.folder.root, jobs=1, pictures=False)
    assert said(corpus) == []
    assert "王小明" not in str(said(corpus, "model_asked"))


def test_derived_can_be_deleted_and_comes_back_the_same(corpus: Corpus) -> None:
    about(corpus, says("iris", "虹膜采集仪"), says("gait-recognition", "步态分析终端"))
    before = said(corpus), said(corpus, "model_asked")
    parts = {part: part.read_bytes() for part in corpus.folder.said_parts()}
    for part in parts:
        part.unlink()
    build(corpus.folder.root, jobs=1, pictures=False)
    assert (said(corpus), said(corpus, "model_asked")) == before
    assert {part: part.read_bytes() for part in corpus.folder.said_parts()} == parts


def test_a_build_after_which_nothing_is_new_writes_nothing(corpus: Corpus) -> None:
    about(corpus, says("iris", "虹膜采集仪"))
    times = {part: part.stat().st_mtime_ns for part in corpus.folder.said_parts()}
    build(corpus.folder.root, jobs=1, pictures=False)
    assert {part: part.stat().st_mtime_ns for part in corpus.folder.said_parts()} == times


def test_testimony_that_is_deleted_is_no_longer_told(corpus: Corpus) -> None:
    about(corpus, says("iris", "虹膜采集仪"))
    corpus.folder.answers.unlink()
    build(corpus.folder.root, jobs=1, pictures=False)
    assert said(corpus) == []


def test_a_strangers_testimony_can_say_nothing_that_the_notice_does_not(corpus: Corpus) -> None:
    notice = id_of(corpus, "设备")
    good, kept = asked(notice, text_of(corpus, notice), completion([says("iris", "虹膜采集仪")]))
    elsewhere = asked("0" * 16, text_of(corpus, notice), completion([says("iris", "虹膜采集仪")]))
    with Testimony(corpus.folder.answers) as testimony:
        testimony.keep(good.manner, "another subject", notice, kept)
        testimony.keep("no manner", good.subject, notice, kept)
        testimony.keep(good.manner, good.subject, "no such notice", kept)
        testimony.keep(elsewhere[0].manner, elsewhere[0].subject, notice, elsewhere[1])
    build(corpus.folder.root, jobs=1, pictures=False)
    assert said(corpus) == said(corpus, "model_asked") == []


def test_a_bomb_in_a_strangers_testimony_is_not_unpacked(corpus: Corpus) -> None:
    notice = about(corpus, says("iris", "虹膜采集仪"))
    bomb = zlib.compress(b"0" * (200 << 20), 9)
    db = sqlite3.connect(corpus.folder.answers)
    row = (b"x", "engine", "subject", notice, bomb, "ab")
    db.execute("insert into answer values (?, ?, ?, ?, ?, ?)", row)
    db.execute("insert into answer values (?, ?, ?, ?, ?, ?)", (b"y", "e", "s", b"\xff", 5, "ab"))
    db.commit()
    db.close()
    build(corpus.folder.root, jobs=1, pictures=False)
    assert [row["text"] for row in said(corpus)] == ["虹膜采集仪"]


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\x00" + b"\xff" * 500])
def test_a_file_that_is_no_testimony_stops_no_build(corpus: Corpus, content: bytes) -> None:
    corpus.folder.answers.parent.mkdir(exist_ok=True)
    corpus.folder.answers.write_bytes(content)
    build(corpus.folder.root, jobs=1, pictures=False)
    assert said(corpus) == []


def test_a_link_in_place_of_the_file_is_not_followed(corpus: Corpus, tmp_path: Path) -> None:
    about(corpus, says("iris", "虹膜采集仪"))
    corpus.folder.answers.rename(tmp_path / "elsewhere.sqlite")
    corpus.folder.answers.symlink_to(tmp_path / "elsewhere.sqlite")
    build(corpus.folder.root, jobs=1, pictures=False)
    assert said(corpus) == []
