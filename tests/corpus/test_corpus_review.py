"""Answers are kept, followed through rebuilds, settled, and leave no words of what is withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tenderlight.corpus import Corpus, build
from tenderlight.corpus.reviewing import Asked
from tenderlight.corpus.reviewing.file import FILE, forget_words, parse_line
from tenderlight.corpus.reviewing.merging import merge_files
from tenderlight.corpus.reviewing.plans import draw_plan, save_plan
from tenderlight.evidence import Store
from tenderlight.evidence.withdraw import choose, withdraw
from tenderlight.model import Refused
from tenderlight.review import Pair, Quote
from tests.corpus.spoken import built, id_of

TEXTS = {
    "云桥县公安局设备采购公告": "一、采购内容：虹膜采集仪20台。二、虹膜采集仪应支持双眼采集。",
    "云桥县公安局终端采购公告": "一、采购内容：步态识别系统一套。",
    "云桥县公安局家具采购公告": "一、采购内容：办公桌椅40套。",
}
OTHER = """id = "iris"
en = "Iris"
zh = "虹膜"
meaning_en = "Invented."
meaning_zh = "虚构。"
words = ["{word}"]
"""


def clock() -> Callable[[], datetime]:
    seconds = count()
    return lambda: datetime(2026, 5, 4, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


now = clock()


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return built(tmp_path / "corpus", TEXTS)


def first(corpus: Corpus, technology: str = "iris", by: str = "LW", **other: Any) -> Asked:
    return corpus.review.queue(by, technology=technology, **other)[0]


def verdict(corpus: Corpus, technology: str = "iris") -> dict[str, Any]:
    con = corpus.connect()
    found = con.execute("select * from verdict where id = ?", [technology])
    names = [column[0] for column in found.description or ()]
    (row,) = found.fetchall()
    return dict(zip(names, row, strict=True))


def test_a_claim_is_open_until_it_is_answered_and_the_view_says_so_at_once(corpus: Corpus) -> None:
    asked = first(corpus)
    assert (verdict(corpus)["state"], verdict(corpus)["case_id"]) == ("open", asked.case.id)
    line = corpus.review.answer(asked.case.id, "yes", by="LW", now=now, because="the first line")
    told = verdict(corpus)
    assert (told["state"], told["truth"], told["by_passage"]) == ("confirmed", True, True)
    assert (told["text"], told["answers"]) == (asked.case.quote.exact, 1)
    assert corpus.review.queue("ST", technology="iris") == ()
    assert Corpus.open(corpus.folder.root).review.lines() == (line,)


def test_an_answer_of_another_program_is_seen_without_opening_again(corpus: Corpus) -> None:
    asked = first(corpus)
    Corpus.open(corpus.folder.root).review.answer(asked.case.id, "no", by="ST", now=now)
    assert verdict(corpus)["state"] == "rejected"


def test_elsewhere_asks_about_the_next_passage_and_the_truth_stands(corpus: Corpus) -> None:
    asked = first(corpus)
    corpus.review.answer(asked.case.id, "elsewhere", by="LW", now=now)
    assert (verdict(corpus)["truth"], verdict(corpus)["by_passage"]) == (True, False)
    following = first(corpus)
    assert following.case.quote.start != asked.case.quote.start
    corpus.review.answer(following.case.id, "yes", by="LW", now=now)
    told = verdict(corpus)
    assert (told["by_passage"], told["start_at"]) == (True, following.case.quote.start)


def test_another_technology_is_confirmed_where_the_definitions_found_none(corpus: Corpus) -> None:
    asked = first(corpus)
    corpus.review.answer(asked.case.id, "other", by="LW", now=now, instead="dna")
    assert (verdict(corpus)["state"], verdict(corpus)["instead"]) == ("rejected", "dna")
    assert (verdict(corpus, "dna")["claim"], verdict(corpus, "dna")["truth"]) == ("none", True)


def test_the_newest_answer_is_taken_back_and_the_case_is_asked_again(corpus: Corpus) -> None:
    asked = first(corpus)
    line = corpus.review.answer(asked.case.id, "no", by="LW", now=now)
    assert corpus.review.undo("ST", now=now) is None
    assert corpus.review.undo("LW", now=now) == line
    assert corpus.review.undo("LW", now=now) is None
    assert verdict(corpus)["state"] == "open"
    assert first(corpus).case.id == asked.case.id
    assert len(corpus.review.lines()) == 2


def test_a_plan_asks_both_and_shows_neither_what_the_other_said(corpus: Corpus) -> None:
    con, method = corpus.connect(), corpus.state().method
    plan = draw_plan(
        con, "precision", ["iris"], size=5, by="LW", made=now(), method=method, seed="a"
    )
    save_plan(corpus.folder.decisions, plan)
    asked = first(corpus, plan=plan.id)
    pair = Pair(asked.case.notice, "technology", "iris")
    corpus.review.answer(asked.case.id, "yes", by="LW", now=now, plan=plan.id)
    assert corpus.review.queue("LW", plan=plan.id) == ()
    again = first(corpus, by="ST", plan=plan.id)
    assert (again.case.id, again.answers) == (asked.case.id, ())
    assert corpus.review.answers(pair, by="ST") == corpus.review.answers(pair) == ()
    corpus.review.answer(asked.case.id, "no", by="ST", now=now, plan=plan.id)
    assert [each.answer for each in corpus.review.answers(pair, by="ST")] == ["yes", "no"]
    (disputed,) = corpus.review.disputed()
    assert len(disputed.answers) == 2
    corpus.review.answer(disputed.case.id, "no", by="MQ", now=now, resolves=True)
    assert (verdict(corpus)["state"], corpus.review.disputed()) == ("rejected", ())


def redefine(corpus: Corpus, word: str) -> None:
    own = corpus.folder.root / "definitions" / "technology"
    own.mkdir(parents=True, exist_ok=True)
    (own / "iris.toml").write_text(OTHER.format(word=word), encoding="utf-8")
    build(corpus.folder.root, jobs=1, pictures=False)


def test_an_answer_follows_its_passage_through_a_rebuild(corpus: Corpus) -> None:
    asked = first(corpus)
    corpus.review.answer(asked.case.id, "yes", by="LW", now=now)
    redefine(corpus, "双眼采集")
    told = verdict(corpus)
    assert told["case_id"] != asked.case.id
    assert (told["state"], told["text"]) == ("confirmed", asked.case.quote.exact)
    assert corpus.review.queue("LW", technology="iris") == ()


def test_a_no_does_not_speak_of_a_passage_that_nobody_judged(corpus: Corpus) -> None:
    corpus.review.answer(first(corpus).case.id, "no", by="LW", now=now)
    redefine(corpus, "双眼采集")
    told = verdict(corpus)
    assert (told["claim"], told["state"]) == ("bought", "changed")
    assert first(corpus).case.quote.exact == "双眼采集"


def test_what_was_judged_in_another_text_is_asked_again(corpus: Corpus) -> None:
    line = corpus.review.answer(first(corpus).case.id, "yes", by="LW", now=now)
    words = Quote(exact="虹膜采集仪", prefix="本次不采购", suffix="，详见附件", start=9, end=14)
    other = msgspec.structs.replace(line, by="ST", method="ab", case="0" * 16, quote=words)
    path = corpus.folder.decisions / FILE
    path.write_bytes(msgspec.json.encode(other) + b"\n")
    assert verdict(corpus)["state"] == "changed"
    assert corpus.review.queue("ST", technology="iris") != ()


def test_nothing_that_is_no_answer_is_written(corpus: Corpus) -> None:
    case = first(corpus).case.id
    review = corpus.review
    with pytest.raises(Refused, match="no answer"):
        review.answer(case, "undo", by="LW", now=now)
    with pytest.raises(Refused, match="no case"):
        review.answer("0" * 16, "yes", by="LW", now=now)
    with pytest.raises(Refused, match="one line"):
        review.answer(case, "yes", by=" ", now=now)
    with pytest.raises(Refused, match="no plan"):
        review.answer(case, "yes", by="LW", now=now, plan="nobody-made-it")
    with pytest.raises(Refused, match="cannot be kept"):
        review.answer(case, "other", by="LW", now=now, instead="no id")
    assert not (corpus.folder.decisions / FILE).exists()


def test_a_strangers_file_is_taken_line_by_line_and_what_is_none_is_named(
    corpus: Corpus, tmp_path: Path
) -> None:
    asked = first(corpus)
    mine = corpus.review.answer(asked.case.id, "yes", by="LW", now=now)
    theirs = msgspec.structs.replace(mine, by="ST", answer="no")
    elsewhere = msgspec.structs.replace(theirs, notice="f" * 16)
    lines = [msgspec.json.encode(each) for each in (theirs, mine, elsewhere)]
    lines[1:1] = [b"{", b'{"about":"purchase"}', b"[" * 100_000, b"\xff", b'{"by":1}']
    file = tmp_path / "theirs.jsonl"
    file.write_bytes(b"\n".join(lines) + b"\n")
    found = merge_files(corpus, [file], now)
    assert (found.new, found.known, found.elsewhere) == (2, 1, 1)
    assert [each.number for each in found.refused] == [2, 3, 4, 5, 6]
    assert verdict(corpus)["state"] == "disputed"
    assert merge_files(corpus, [file], now).new == 0
    with pytest.raises(Refused, match="no file"):
        merge_files(corpus, [tmp_path], now)


def test_files_merged_in_any_order_are_the_same_bytes(corpus: Corpus, tmp_path: Path) -> None:
    line = corpus.review.answer(first(corpus).case.id, "yes", by="LW", now=now)
    own = corpus.folder.decisions / FILE
    before = own.read_bytes()
    files = []
    for number, by in enumerate(("ST", "MQ")):
        files.append(tmp_path / f"{by}.jsonl")
        other = [msgspec.structs.replace(line, by=by, because=str(n)) for n in range(number + 2)]
        files[-1].write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in other))
    merge_files(corpus, files, now)
    one = own.read_bytes()
    own.write_bytes(before)
    merge_files(Corpus.open(corpus.folder.root), files[::-1], now)
    assert own.read_bytes() == one


def test_a_withdrawal_leaves_no_word_of_the_notice_in_the_answers(corpus: Corpus) -> None:
    asked = first(corpus)
    line = corpus.review.answer(asked.case.id, "yes", by="LW", now=now, because="虹膜 stands there")
    kept = corpus.review.answer(first(corpus, "gait-recognition").case.id, "no", by="LW", now=now)
    corpus.review.undo("LW", now=now, name=line.name)
    store = Store(corpus.folder.evidence)
    chosen = choose(store, asked.case.notice)
    withdraw(store, corpus.folder.decisions, chosen, reason="invented", by="desk", now=now)
    size = (corpus.folder.decisions / FILE).stat().st_size
    build(corpus.folder.root, jobs=1, pictures=False)
    raw = (corpus.folder.decisions / FILE).read_bytes()
    assert len(raw) == size
    assert "虹膜" not in raw.decode()
    assert [each.name for each in corpus.review.of("LW")] == [kept.name]
    assert len(corpus.review.lines()) == 3
    assert forget_words(corpus.folder.decisions, {asked.case.notice}) == 0


def test_words_of_a_withdrawn_notice_do_not_come_back_by_a_merge(
    corpus: Corpus, tmp_path: Path
) -> None:
    asked = first(corpus)
    line = corpus.review.answer(asked.case.id, "yes", by="LW", now=now)
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes((corpus.folder.decisions / FILE).read_bytes())
    (corpus.folder.decisions / FILE).unlink()
    store = Store(corpus.folder.evidence)
    chosen = choose(store, asked.case.notice)
    withdraw(store, corpus.folder.decisions, chosen, reason="invented", by="desk", now=now)
    build(corpus.folder.root, jobs=1, pictures=False)
    assert merge_files(corpus, [copy], now).new == 1
    raw = (corpus.folder.decisions / FILE).read_bytes()
    assert "虹膜" not in raw.decode()
    read = parse_line(raw.strip())
    assert not isinstance(read, str)
    assert read is not None
    assert read.name == line.name


def test_a_notice_in_which_nothing_was_found_is_asked_from_its_beginning(corpus: Corpus) -> None:
    notice = id_of(corpus, "家具")
    con, method = corpus.connect(), corpus.state().method
    plan = draw_plan(con, "recall", ["iris"], size=9, by="LW", made=now(), method=method, seed="a")
    save_plan(corpus.folder.decisions, plan)
    cases = {each.case.notice: each for each in corpus.review.queue("LW", plan=plan.id, limit=9)}
    asked = cases[notice]
    assert (asked.case.claim, asked.case.quote.exact) == ("none", "")
    assert "家具" in asked.case.context
    assert "13900001234" not in asked.case.context
    corpus.review.answer(asked.case.id, "no", by="LW", now=now, plan=plan.id)
    redefine(corpus, "双眼采集")
    assert corpus.review.settled(Pair(notice, "technology", "iris")).state == "rejected"
