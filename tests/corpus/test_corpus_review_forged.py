"""What a stranger's file of answers, or a clock that was set back, cannot do to a verdict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing.file import FILE, MOST_BROKEN, ReviewFile
from tenderlight.corpus.reviewing.merging import merge_files
from tenderlight.evidence.decisions import append_all
from tenderlight.model import Refused
from tenderlight.review import Quote, Reviewed
from tests.corpus.spoken import built, id_of

TITLE = "云桥县公安局设备采购公告"
TEXTS = {
    TITLE: "一、采购内容：虹膜采集仪20台。二、虹膜采集仪应支持双眼采集。联系电话：13800001234。",
    "云桥县公安局家具采购公告": "一、采购内容：办公桌椅40套。",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return built(tmp_path / "corpus", TEXTS)


def at(hour: int) -> Callable[[], datetime]:
    return lambda: datetime(2026, 5, 4, hour, tzinfo=UTC)


def case_of(corpus: Corpus) -> str:
    """The case of the claim."""
    (row,) = corpus.connect().execute("select case_id from claim where id = 'iris'").fetchall()
    return str(row[0])


def later(days: int) -> datetime:
    """Some days after the first."""
    return at(9)() + timedelta(days)


def forged(corpus: Corpus, **other: Any) -> Reviewed:
    """A line as a stranger may write it, who knows the method's digest."""
    asked = corpus.review.find(case_of(corpus)).case  # type: ignore[union-attr]
    line = Reviewed(
        decided="2026-05-04T08:00:00.000Z",
        by="XY",
        answer="yes",
        case=asked.id,
        notice=asked.notice,
        subject="iris",
        claim="bought",
        quote=asked.quote,
        method=corpus.state().method,
    )
    return msgspec.structs.replace(line, **other)


def taken(corpus: Corpus, *lines: Reviewed) -> list[tuple[Any, ...]]:
    """Lay lines into the decisions as they are; what the view says then."""
    append_all(corpus.folder.decisions, FILE, lines)
    asked = "select id, state, text, context, by_passage from verdict where state <> 'open'"
    return corpus.connect().execute(asked).fetchall()


def test_words_that_do_not_stand_in_the_notice_prove_nothing_and_are_masked(corpus: Corpus) -> None:
    words = Quote(exact="采购虹膜，联系13900005678", start=3, end=18)
    for line in (forged(corpus, quote=words), forged(corpus, quote=words, case="0" * 16)):
        ((id, state, text, context, by_passage),) = taken(corpus, line)
        assert (id, state, by_passage) == ("iris", "changed", False)
        assert "13900005678" not in text + context


def test_words_that_are_masked_here_are_shown_as_our_own_text_has_them(corpus: Corpus) -> None:
    corpus.connect()
    (text,) = (t for n, t in corpus.review._now.texts([id_of(corpus, TITLE)]))
    start = text.index("应支持")
    end = text.index("联系电话") + 16
    own = text[start:end]
    assert "＊" in own
    clear = own[: own.index("：") + 1] + "13800001234"
    quote = Quote(
        exact=clear,
        prefix=text[start - 16 : start],
        suffix=text[start + len(clear) :][:8],
        start=start,
        end=start + len(clear),
    )
    rows = taken(corpus, forged(corpus, quote=quote, subject="dna", case="0" * 16))
    assert [row[1:3] for row in rows] == [("confirmed", text[start : start + len(clear)])]
    assert "13800001234" not in str(rows)


def test_a_technology_that_no_definition_names_is_passed_over(corpus: Corpus) -> None:
    lines = (
        forged(corpus, subject="invented-name"),
        forged(corpus, answer="other", instead="another-name"),
    )
    assert [row[0] for row in taken(corpus, *lines)] == ["iris"]


def test_a_file_of_days_to_come_or_with_personal_data_is_not_merged(
    corpus: Corpus, tmp_path: Path
) -> None:
    lines = [
        forged(corpus, decided="2026-05-05T10:00:00.000Z"),
        forged(corpus, decided="2026-02-31T10:00:00.000Z"),
        forged(corpus, because="asked 13900005678"),
        forged(corpus, quote=Quote(exact="电话：13900005678", end=14)),
        forged(corpus),
    ]
    file = tmp_path / "theirs.jsonl"
    file.write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
    found = merge_files(corpus, [file], at(9))
    assert (found.new, [each.number for each in found.refused]) == (1, [1, 2, 3, 4])


def test_the_later_answer_counts_though_the_clock_was_set_back(corpus: Corpus) -> None:
    case = corpus.review.queue("LW", technology="iris")[0].case
    first = corpus.review.answer(case.id, "no", by="LW", now=at(9))
    second = corpus.review.answer(case.id, "yes", by="lw", now=at(7))
    assert second.decided > first.decided
    assert corpus.review.settled(second.pair).state == "confirmed"
    taken(corpus, forged(corpus, by="LW", decided="9999-12-31T23:59:59.999Z"))
    with pytest.raises(Refused, match="stands there as of 9999"):
        corpus.review.answer(case.id, "no", by="LW", now=at(9))


def test_one_reviewer_is_one_however_she_spells_her_name(corpus: Corpus) -> None:
    lines = (forged(corpus, by="L. W."), forged(corpus, by="ＬＷ"), forged(corpus, by="lw"))
    taken(corpus, *lines)
    came = corpus.review.settled(lines[0].pair)
    assert (came.state, came.reviewers) == ("confirmed", 1)
    assert len(corpus.review.of("LW")) == 3


def test_nobody_settles_what_nobody_disputes(corpus: Corpus) -> None:
    case = corpus.review.queue("LW", technology="iris")[0].case
    with pytest.raises(Refused, match="no disagreement"):
        corpus.review.answer(case.id, "no", by="LW", now=at(9), resolves=True)


def test_a_file_of_empty_and_of_broken_lines_takes_no_memory(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\n" * 100_000 + b"x\n" * 3_000)
    file = ReviewFile(tmp_path)
    file.read_on()
    assert (file.lines, len(file.broken)) == ({}, MOST_BROKEN)
    assert file.broken[0].number == 100_001


def test_what_was_answered_holds_for_whoever_opens_the_corpus_next(corpus: Corpus) -> None:
    for number, answer in enumerate(("elsewhere", "yes")):
        case = corpus.review.queue("LW", technology="iris")[0].case
        corpus.review.answer(case.id, answer, by="LW", now=partial(later, number))
    mine = "select * from verdict where answers > 0"
    told = corpus.connect().execute(mine).fetchall()
    assert Corpus.open(corpus.folder.root).connect().execute(mine).fetchall() == told
