"""A reader that is taught learns what it was taught, the same every time."""

from __future__ import annotations

import msgspec
import pytest

from tenderlight.model import Refused
from tenderlight.second import Lesson, Reader
from tenderlight.second.lessons import drawn, example_lessons, in_order, lessons_digest
from tenderlight.second.score import sentences_of, trained
from tenderlight.second.train import train
from tenderlight.technologies import load_definitions

OURS = load_definitions()
EXAMPLES = example_lessons(OURS)
TITLE = "云栎县公安局设备采购公告"


def lesson(subject: str, said: str, is_bought: bool, number: int = 0) -> Lesson:
    text = f"{TITLE}\n{said}"
    return Lesson(
        subject=subject, text=text, is_bought=is_bought, source="decision", group=f"n{number}"
    )


@pytest.fixture(scope="module")
def untaught() -> Reader:
    return train(EXAMPLES, OURS, folds=2)


def likely(reader: Reader, said: str, subject: str) -> float:
    model = trained(reader, OURS)
    scores = model.scores(TITLE, said, sentences_of(said))
    return float(scores[:, model.subjects.index(subject)].max())


def test_the_same_lessons_in_another_order_and_twice_give_the_same_bytes(untaught: Reader) -> None:
    again = train([*EXAMPLES[::-1], *EXAMPLES[:50]], OURS, folds=2)
    assert again == untaught


def test_other_lessons_another_seed_or_other_definitions_show_in_the_card(untaught: Reader) -> None:
    more = train([*EXAMPLES, lesson("iris", "采购瞳纹采集终端", True)], OURS, folds=2)
    assert more.card.digest != untaught.card.digest
    assert more.card.weights != untaught.card.weights
    assert (more.card.lessons, more.card.decisions) == (untaught.card.lessons + 1, 1)
    other = msgspec.structs.replace(OURS, technology=OURS.technology[1:])
    changed = train(EXAMPLES, other, folds=2).card
    assert changed.definitions != untaught.card.definitions
    assert train(EXAMPLES, OURS, seed=2, folds=2).card.seed == 2


def test_from_the_examples_alone_it_tells_a_purchase_from_past_work(untaught: Reader) -> None:
    bought = likely(untaught, "采购人脸抓拍摄像机30台", "facial-recognition")
    named = likely(untaught, "投标人须具有人脸识别项目业绩", "facial-recognition")
    assert bought > 0.5 > named
    assert likely(untaught, "采购办公桌椅40套", "facial-recognition") < 0.05


def test_a_word_that_no_definition_knows_is_learnt_from_decisions(untaught: Reader) -> None:
    said = "供货内容：瞳纹比中终端5部"
    taught = [lesson("iris", f"采购瞳纹比中设备{n}台，含安装", True, n) for n in range(2, 12)] + [
        lesson("iris", f"采购桌椅设备{n}台，含安装", False, n) for n in range(2, 12)
    ]
    after = train([*EXAMPLES, *taught], OURS, folds=2)
    assert likely(untaught, said, "iris") < 0.5 < likely(after, said, "iris")
    assert likely(after, said, "dna") < 0.2
    assert after.card.measured["decisions_average_precision"] > 0.9


def test_a_claim_that_a_person_contradicts_counts_for_less_than_her_answer() -> None:
    said = "采购人脸门禁样机展示柜2组"
    claimed = msgspec.structs.replace(
        lesson("facial-recognition", said, True), source="claim", group="claim"
    )
    denied = lesson("facial-recognition", said, False)
    reader = train([*EXAMPLES, claimed, denied], OURS, folds=2)
    assert likely(reader, said, "facial-recognition") < 0.5


def test_a_technology_that_it_was_not_taught_is_read_by_its_words_alone(untaught: Reader) -> None:
    (iris,) = (term for term in OURS.technology if term.id == "iris")
    own = msgspec.structs.replace(iris, id="gaze", words=("注视点",), sure=(), weak=(), alone=())
    definitions = msgspec.structs.replace(OURS, technology=(*OURS.technology, own))
    model = trained(untaught, definitions)
    said = "采购注视点跟踪终端5台。采购办公桌椅5套"
    scores = model.scores(TITLE, said, sentences_of(said))[:, model.subjects.index("gaze")]
    assert scores[0] > 3 * scores[1]


def test_lessons_of_a_technology_that_no_definition_names_are_left_out(untaught: Reader) -> None:
    stray = lesson("mind-reading", "采购读心仪", True)
    assert train([*EXAMPLES, stray], OURS, folds=2) == untaught


@pytest.mark.parametrize("lessons", [[], EXAMPLES[:5], [e for e in EXAMPLES if e.is_bought]])
def test_too_few_lessons_or_lessons_that_all_say_the_same_are_refused(
    lessons: list[Lesson],
) -> None:
    with pytest.raises(Refused, match="lessons are too few"):
        train(lessons, OURS)


def test_a_notice_without_a_sentence_has_no_scores_and_odd_text_does_no_harm(
    untaught: Reader,
) -> None:
    model = trained(untaught, OURS)
    assert model.scores(TITLE, "", []).shape == (0, len(OURS.technology))
    odd = "\x00\u202e" + "﷽" * 300 + "𠀀" * 9
    scores = model.scores(odd, odd, sentences_of(odd))
    assert ((scores >= 0) & (scores <= 1)).all()


def test_lessons_have_one_order_and_one_digest() -> None:
    assert in_order(EXAMPLES[::-1]) == in_order(EXAMPLES)
    assert lessons_digest(in_order(EXAMPLES)) != lessons_digest(in_order(EXAMPLES[1:]))
    assert drawn(["a", "b"], "x") == drawn(["b", "a"], "x")
