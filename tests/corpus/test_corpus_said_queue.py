"""What a language model said in the queue: it points, it ranks, and decides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenderlight.corpus import Corpus, build
from tenderlight.corpus.reviewing.plans import draw_plan, save_plan
from tests.corpus import spoken
from tests.corpus.spoken import asked, built, completion, id_of, keep, says, text_of

TEXTS = {
    "云桥县公安局设备采购公告": spoken.IRIS,
    "云桥县公安局家具采购公告": spoken.OFFICE,
    "云桥县公安局终端采购公告": "采购内容：虹膜采集仪2台。",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return built(tmp_path / "corpus", TEXTS)


def answered(corpus: Corpus, title: str, *statements: dict[str, str]) -> str:
    notice = id_of(corpus, title)
    keep(corpus, asked(notice, text_of(corpus, notice), completion(list(statements))))
    build(corpus.folder.root, jobs=1, pictures=False)
    return notice


def queue(corpus: Corpus, technology: str) -> list[tuple[str, str, str | None, str]]:
    """Notice, passage, what a model says, which."""
    cases = corpus.review.queue("LW", technology=technology, limit=99)
    return [(e.case.notice, e.case.quote.exact, e.said, e.said_by) for e in cases]


def test_what_the_definitions_do_not_name_is_asked_with_the_passage_and_the_models_name(
    corpus: Corpus,
) -> None:
    assert queue(corpus, "voiceprint") == []
    notice = answered(corpus, "家具", says("voiceprint", "办公桌椅40套"))
    assert queue(corpus, "voiceprint") == [(notice, "办公桌椅40套", "bought", "invented-7b")]
    (case,) = corpus.review.queue("LW", technology="voiceprint", limit=9)
    assert case.case.claim == "none"


def test_what_a_model_only_mentions_and_the_definitions_do_not_name_is_not_asked(
    corpus: Corpus,
) -> None:
    answered(corpus, "家具", says("voiceprint", "办公桌椅40套", "mentioned"))
    assert queue(corpus, "voiceprint") == []


def test_a_claim_that_a_model_denies_is_asked_first_and_one_that_it_confirms_last(
    corpus: Corpus,
) -> None:
    denied = answered(corpus, "终端", says("iris", "虹膜采集仪2台", "excluded"))
    confirmed = answered(corpus, "设备", says("iris", "虹膜采集仪20台"))
    assert [row[0] for row in queue(corpus, "iris")] == [denied, confirmed]


def test_a_queue_that_is_open_follows_what_is_said_meanwhile(corpus: Corpus) -> None:
    answered(corpus, "家具", says("voiceprint", "办公桌椅40套"))
    assert len(queue(corpus, "voiceprint")) == 1
    answered(corpus, "终端", says("voiceprint", "采购内容"))
    assert len(queue(corpus, "voiceprint")) == 2


def test_a_claim_of_which_a_model_saw_nothing_is_asked_before_one_that_it_confirms(
    corpus: Corpus,
) -> None:
    unseen = answered(corpus, "终端")
    confirmed = answered(corpus, "设备", says("iris", "虹膜采集仪20台"))
    assert [row[0] for row in queue(corpus, "iris")] == [unseen, confirmed]


def test_in_a_plan_nobody_is_led_by_what_a_model_says(corpus: Corpus) -> None:
    answered(corpus, "设备", says("iris", "虹膜采集仪20台"))
    method = corpus.state().method
    con = corpus.connect()
    plan = draw_plan(
        con, "precision", ["iris"], size=9, by="LW", made=spoken.NOON, method=method, seed="x"
    )
    save_plan(corpus.folder.decisions, plan)
    planned = corpus.review.queue("LW", plan=plan.id, limit=9)
    assert len(planned) == 2
    assert {(each.said, each.said_by) for each in planned} == {(None, "")}
    assert "bought" in {row[2] for row in queue(corpus, "iris")}
