"""The queue at the desk: answers are written, taken back, and taken from nobody else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Html
from web_documents import EVIL, PERSON, TELEPHONE
from web_reviewing import OURS, SCRIPT, Reviewer
from web_serving import serving

from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing.plans import save_plan
from tenderlight.review import Reviewed
from tenderlight.review.plans import Candidate, make_plan
from tenderlight.technologies.item_uses import HEADING, NAME, SPECIFICATION
from tenderlight.technologies.relation import ASKED_FOR
from tenderlight.technologies.standing import STANDINGS
from tenderlight.web import words


@pytest.fixture
def own(corpus: Corpus, tmp_path: Path) -> Corpus:
    """The built corpus again, for one test to answer in."""
    shutil.copytree(corpus.folder.root, tmp_path / "corpus")
    return Corpus.open(tmp_path / "corpus")


@pytest.fixture
def home_of_own(own: Corpus) -> Iterator[str]:
    with serving(own) as address:
        yield address


@pytest.fixture
def lw(home_of_own: str) -> Iterator[Reviewer]:
    reviewer = Reviewer(home_of_own, "LW")
    yield reviewer
    reviewer.desk.close()


@pytest.fixture
def st(home_of_own: str) -> Iterator[Reviewer]:
    reviewer = Reviewer(home_of_own, "ST")
    yield reviewer
    reviewer.desk.close()


def lines(corpus: Corpus) -> list[Reviewed]:
    return list(Corpus.open(corpus.folder.root).review.lines())


def test_an_answer_is_written_with_its_passage_and_the_next_case_is_another(
    lw: Reviewer, own: Corpus
) -> None:
    case = lw.queue()["case"]
    reply = lw.answer(case, "yes", because="an invented reason")
    assert reply.status_code == 200
    (line,) = lines(own)
    assert (line.by, line.answer, line.case) == ("LW", "yes", case["id"])
    assert (line.notice, line.subject) == (case["notice"], case["subject"])
    assert line.quote.exact == case["passage"]
    assert line.because == "an invented reason"
    assert reply.json()["name"] == line.name
    assert reply.json()["progress"]["done"] == 1
    assert lw.queue()["case"]["id"] != case["id"]


def test_an_answer_taken_back_is_asked_again(lw: Reviewer, own: Corpus) -> None:
    case = lw.queue()["case"]
    lw.answer(case, "no")
    back = lw.undo().json()["back"]
    assert lw.desk.get(back.replace("/review?", "/review.json?")).json()["case"]["id"] == case["id"]
    assert lw.queue()["case"]["id"] == case["id"]
    assert [line.answer for line in lines(own)] == ["no", "undo"]


def test_taking_back_where_nothing_was_answered_does_nothing(lw: Reviewer, own: Corpus) -> None:
    reply = lw.undo()
    assert (reply.status_code, reply.json()["name"], reply.json()["back"]) == (200, None, None)
    assert lines(own) == []


def test_a_case_can_be_skipped_without_an_answer(lw: Reviewer, own: Corpus) -> None:
    case = lw.queue()["case"]
    after = lw.desk.get(case["next"].replace("/review?", "/review.json?")).json()["case"]
    assert after["id"] != case["id"]
    assert lw.queue()["case"]["id"] == case["id"]
    assert lines(own) == []


def test_every_case_of_the_queue_comes_once_and_then_nothing_is_left(lw: Reviewer) -> None:
    seen, answers = [], ["yes", "no", "unsure", "other", "yes"]
    total = lw.queue()["progress"]["total"]
    while (case := lw.queue()["case"]) is not None and len(seen) <= total:
        seen.append(case["id"])
        assert lw.answer(case, answers[len(seen) % 5]).status_code == 200
    assert len(seen) == len(set(seen)) == total
    assert "Nothing is left" in lw.desk.get("/review").text


def test_another_technology_can_be_named(lw: Reviewer, own: Corpus) -> None:
    case = lw.queue(technology="iris")["case"]
    assert case["subject"] == "iris"
    lw.answer(case, "other", instead="facial-recognition")
    (line,) = lines(own)
    assert line.instead == "facial-recognition"


def test_personal_data_in_a_reason_is_masked_before_it_is_written(
    lw: Reviewer, own: Corpus
) -> None:
    case = lw.queue()["case"]
    lw.answer(case, "no", because=f"联系人：{PERSON}，电话：{TELEPHONE}，是医院")
    raw = (own.folder.decisions / "reviews.jsonl").read_text(encoding="utf-8")
    assert "是医院" in raw
    assert PERSON not in raw
    assert TELEPHONE not in raw


def test_without_a_script_the_buttons_do_the_same(lw: Reviewer, own: Corpus) -> None:
    page = Html(lw.desk.get("/review?order=newest").text)
    form = page.css_first("form#answer")
    assert (form.attributes["action"], form.attributes["method"]) == ("/review/answer", "post")
    given = {
        field.attributes["name"] or "": field.attributes.get("value") or ""
        for field in form.css("input, select")
    }
    button = form.css_first("button[value=no]")
    given[button.attributes["name"] or ""] = button.attributes["value"] or ""
    reply = lw.desk.post("/review/answer", data=given, headers=OURS)
    assert (reply.status_code, reply.headers["location"]) == (303, "/review?order=newest")
    assert [line.answer for line in lines(own)] == ["no"]


def test_the_name_is_asked_for_once_and_kept_for_this_desk_alone(home_of_own: str) -> None:
    reviewer = Reviewer(home_of_own, "L. 王")
    cookie = reviewer.name("L. 王").headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    assert reviewer.queue()["by"] == "L. 王"
    for wrong in ("", "  ", "a\nb", "x" * 61):
        assert reviewer.name(wrong).status_code == 400
    reviewer.desk.close()
    with httpx.Client(base_url=home_of_own) as nobody:
        page = Html(nobody.get("/review").text)
        assert page.css_first("form[action='/review/name']") is not None
        assert page.css_first("button[name=answer]") is None


def test_who_gave_no_name_answers_nothing(lw: Reviewer, own: Corpus) -> None:
    case = lw.queue()["case"]
    lw.desk.cookies.clear()
    assert lw.answer(case, "yes").status_code == 409
    assert lines(own) == []


FOREIGN = [
    {},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "null"},
    {"origin": "http://evil.example"},
    {"origin": "http://127.0.0.1:1"},
    {"sec-fetch-site": "same-origin", "origin": "http://evil.example"},
    {"sec-fetch-site": "same-origin", "host": "evil.example"},
    {"sec-fetch-site": "same-origin", "content-type": "text/plain"},
    {"sec-fetch-site": "same-origin", "content-type": "application/json"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: str(headers))
def test_a_form_that_another_page_sends_is_not_taken(
    lw: Reviewer, own: Corpus, headers: dict[str, str]
) -> None:
    form = lw.form(lw.queue()["case"], "yes")
    reply = lw.desk.post("/review/answer", data=form, headers=headers)
    assert reply.status_code in (403, 415, 421)
    assert lines(own) == []


def test_the_origin_speaks_where_an_old_browser_says_nothing_else(
    lw: Reviewer, own: Corpus, home_of_own: str
) -> None:
    form = lw.form(lw.queue()["case"], "yes")
    reply = lw.desk.post("/review/answer", data=form, headers={"origin": home_of_own})
    assert reply.status_code == 303
    assert len(lines(own)) == 1


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 32])
def test_a_form_without_this_runs_word_is_not_taken(lw: Reviewer, own: Corpus, token: str) -> None:
    lw.token = token
    reply = lw.answer({"id": "0" * 16, "notice": "", "subject": "", "kind": ""}, "yes")
    assert reply.status_code == 403
    assert "anew" in reply.json()["what"]["en"]
    assert lines(own) == []


def test_the_word_of_one_run_is_not_that_of_the_next(own: Corpus, lw: Reviewer) -> None:
    with serving(own) as again:
        other = Reviewer(again, "LW")
        assert other.token != lw.token
        other.desk.close()


def test_no_twin_tells_the_word(lw: Reviewer) -> None:
    for at in ("/review.json", "/review/disagreements.json", "/review/decided.json"):
        assert lw.token not in lw.desk.get(at).text


WRONG = [
    {"answer": "maybe"},
    {"answer": "undo"},
    {"case": "../../etc"},
    {"case": "0" * 16, "notice": "", "subject": "iris"},
    {"case": "0" * 16, "notice": "a" * 16, "subject": "' or 1=1 --"},
    {"kind": "person"},
    {"because": "two\nlines"},
    {"because": "x" * 3_000},
    {"instead": "no-such-technology", "answer": "other"},
    {"plan": "no-such-plan"},
    {"surprise": "1"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: "+".join(wrong))
def test_what_makes_no_sense_is_refused_in_words_and_not_written(
    lw: Reviewer, own: Corpus, wrong: dict[str, str]
) -> None:
    form = {**lw.form(lw.queue()["case"], "yes"), **wrong}
    reply = lw.desk.post("/review/answer", data=form, headers=SCRIPT)
    assert 400 <= reply.status_code < 500, reply.text
    assert reply.json()["what"]["en"]
    assert lines(own) == []


def test_a_form_is_small_and_says_how_long_it_is(lw: Reviewer, own: Corpus) -> None:
    form = lw.form(lw.queue()["case"], "yes", because="x" * 20_000)
    assert lw.desk.post("/review/answer", data=form, headers=SCRIPT).status_code == 413
    kind = {**SCRIPT, "content-type": "application/x-www-form-urlencoded"}
    unsaid = lw.desk.post("/review/answer", content=iter([b"token=", b"x" * 40_000]), headers=kind)
    assert unsaid.status_code == 413
    many = "&".join(f"token={n}" for n in range(200))
    assert lw.desk.post("/review/answer", content=many, headers=kind).status_code == 400
    for raw in (b"\xff\xfe", b"token=%ff%fe", b"case=%00"):
        assert lw.desk.post("/review/answer", content=raw, headers=kind).status_code in (400, 403)
    assert lines(own) == []


@pytest.mark.parametrize("at", ["/review", "/review.json", "/review/decided", "/notices/x", "/"])
def test_no_other_address_takes_anything(lw: Reviewer, at: str) -> None:
    form = lw.form(lw.queue()["case"], "yes")
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert lw.desk.request(method, at, data=form, headers=OURS).status_code == 405
    assert lw.desk.get("/review/answer").status_code in (404, 405)


def test_a_desk_that_only_shows_takes_no_answers(own: Corpus) -> None:
    with serving(own, read_only=True) as home, httpx.Client(base_url=home) as desk:
        page = Html(desk.get("/review").text)
        assert page.css_first("button[name=answer]") is None
        assert not page.css("form[method=post]")
        for at in ("/review/answer", "/review/undo", "/review/name"):
            reply = desk.post(at, data={"token": "", "by": "LW"}, headers=OURS)
            assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD")


def test_two_who_differ_are_shown_side_by_side_and_settled(
    lw: Reviewer, st: Reviewer, own: Corpus
) -> None:
    case = lw.queue(technology="iris")["case"]
    lw.answer(case, "yes")
    st.answer(case, "no", because="a clinic")
    (found,) = lw.desk.get("/review/disagreements.json").json()["disputed"]
    assert [(side["by"], side["answer"]["en"]) for side in found["sides"]] == [
        ("LW", "Yes"), ("ST", "No"),
    ]  # fmt: skip
    assert found["sides"][1]["because"] == "a clinic"
    (agreed,) = lw.desk.get("/review/agreement.json").json()["rows"]
    assert (agreed["agreed"]["cases"], agreed["agreed"]["same"]) == (1, 0)
    assert "LW · ST" in Html(lw.desk.get("/review/agreement").text).css_first("tbody").text()
    settled = st.answer(case, "no", resolves="1")
    assert settled.status_code == 200
    assert lw.desk.get("/review/disagreements.json").json()["total"] == 0
    decided = lw.desk.get("/review/decided.json?state=rejected").json()
    assert [row["label"]["en"] for row in decided["rows"]] == [case["label"]["en"]]


def test_what_is_decided_is_listed_with_its_sentence(lw: Reviewer) -> None:
    case = lw.queue()["case"]
    lw.answer(case, "yes")
    view = lw.desk.get("/review/decided.json").json()
    assert view["counts"]["confirmed"] == 1
    (row,) = view["rows"]
    assert row["passage"] == case["passage"]
    assert lw.desk.get(row["href"]).status_code == 200
    again = lw.desk.get(row["again"].replace("/review?", "/review.json?")).json()["case"]
    assert again["id"] == case["id"]


def test_a_notices_page_says_what_was_decided(lw: Reviewer) -> None:
    case = lw.queue(technology="iris")["case"]
    at = f"/notices/{case['notice']}.json"

    def said() -> list[str | None]:
        found = [v for v in lw.desk.get(at).json()["values"] if v["value"] == "iris"]
        return [v["reviewed"]["en"] if v["reviewed"] else None for v in found if not v["under"]]

    assert set(said()) == {None}
    lw.answer(case, "no")
    assert "Rejected" in said()
    assert "Reviewed: Rejected" in " ".join(
        Html(lw.desk.get(f"/notices/{case['notice']}").text).css_first("aside").text().split()
    )


def planned(own: Corpus, notice: str, subject: str, case: str) -> str:
    """A plan of one case."""
    drawn = {subject: [Candidate(notice, case, "2019")]}
    plan = make_plan(
        drawn, kind="precision", size=1, seed="s", by="LW", made="2026-01-01T00:00:00.000Z"
    )
    save_plan(own.folder.decisions, plan)
    return plan.id


def test_within_a_plan_nobody_is_told_what_others_answered(
    lw: Reviewer, st: Reviewer, own: Corpus
) -> None:
    case = lw.queue(technology="iris")["case"]
    plan = planned(own, case["notice"], case["subject"], case["id"])
    lw.filters = st.filters = {"plan": plan}
    assert lw.queue()["case"]["id"] == case["id"]
    assert lw.answer(case, "yes", because="an invented reason").status_code == 200
    assert lw.queue()["case"] is None
    for at in ("/review", "/review/decided", "/review/agreement", f"/notices/{case['notice']}"):
        text = st.desk.get(at).text
        assert "an invented reason" not in text, at
        assert "Reviewed: Confirmed" not in " ".join(text.split()), at
    hidden = st.desk.get("/review/decided.json").json()
    assert (hidden["hidden"], hidden["rows"], hidden["counts"]["confirmed"]) == (1, [], 0)
    assert "Nothing of this kind" not in st.desk.get("/review/decided").text
    asked = st.queue()["case"]
    assert (asked["id"], asked["score"], asked["testimony"]) == (case["id"], None, [])
    st.answer(case, "no")
    (disputed,) = st.desk.get("/review/disagreements.json").json()["disputed"]
    assert {side["by"] for side in disputed["sides"]} == {"LW", "ST"}
    assert st.desk.get("/review/decided.json").json()["hidden"] == 0


@pytest.fixture
def mk(home_of_own: str) -> Iterator[Reviewer]:
    reviewer = Reviewer(home_of_own, "MK")
    yield reviewer
    reviewer.desk.close()


def test_a_disagreement_that_is_not_shown_is_counted(
    lw: Reviewer, st: Reviewer, mk: Reviewer, own: Corpus
) -> None:
    case = lw.queue(technology="iris")["case"]
    plan = planned(own, case["notice"], case["subject"], case["id"])
    lw.filters = st.filters = {"plan": plan}
    lw.answer(case, "yes")
    st.answer(case, "no")
    view = mk.desk.get("/review/disagreements.json").json()
    assert (view["total"], view["hidden"]) == (0, 1)
    page = mk.desk.get("/review/disagreements").text
    assert "Left out: 1" in page
    assert "Nobody disagrees" not in page
    assert mk.desk.get("/review/agreement.json").json()["hidden"] == 1


def test_every_reason_of_the_matcher_has_a_chinese_name() -> None:
    rules = {*STANDINGS, ASKED_FOR, "named, not asked for", NAME, SPECIFICATION, HEADING}
    assert rules <= words.words()["told_by"].keys()


def test_the_method_says_what_was_measured_and_what_was_not(lw: Reviewer, own: Corpus) -> None:
    case = lw.queue(technology="iris")["case"]
    plan = planned(own, case["notice"], case["subject"], case["id"])

    def told() -> dict[str, str]:
        view = lw.desk.get("/method.json").json()
        (row,) = [row for row in view["measured"] if row["href"] == "/technologies/iris"]
        return {key: row[key]["en"] for key in ("precision", "recall", "looked")}

    assert told()["precision"] == "not measured"
    lw.filters = {"plan": plan}
    lw.answer(case, "yes")
    assert told()["precision"].startswith("100.0 %")
    assert told()["recall"] == "not measured"
    assert told()["looked"] == "1 of 1: 0 wrong"
    page = Html(lw.desk.get("/technologies/iris").text)
    assert "1 of 1: 0 wrong" in page.css_first("main").text()


@pytest.mark.parametrize(
    "at",
    [
        "/review?order=best", "/review?plan=nothing", "/review?technology=nothing",
        "/review?skip=x", "/review?case=0000000000000000", "/review?skip=" + "a" * 17,
        "/review?case=%00", "/review/decided?state=secret", "/review/decided?page=999",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_refused(lw: Reviewer, at: str) -> None:
    assert lw.desk.get(at).status_code in (400, 404)


def test_a_script_gets_some_cases_ahead_in_the_order_of_the_queue(lw: Reviewer) -> None:
    view = lw.queue(ahead="4")
    shown = [case["id"] for case in (view["case"], *view["ahead"])]
    assert len(set(shown)) == 5
    expected: list[str] = []
    for _ in range(5):
        expected.append(lw.queue(skip=".".join(expected))["case"]["id"])
    assert shown == expected
    page = Html(lw.desk.get("/review?ahead=4").text)
    assert len(page.css("template")) == 4
    assert len(page.css("#case")) == 1
    assert lw.desk.get("/review?ahead=99").status_code == 400


def test_a_hostile_notice_is_shown_as_text(lw: Reviewer, ids: dict[str, str]) -> None:
    skipped: list[str] = []
    while (case := lw.queue(skip=".".join(skipped))["case"]) is not None:
        if case["notice"] == ids["evil.html"]:
            page = Html(lw.desk.get(case["at"]).text)
            assert EVIL in page.css_first(".from").text()
            assert page.css("script")[-1].attributes["src"] == "/static/review.js"
            return
        skipped.append(case["id"])
    pytest.fail("the hostile notice is not in the queue")
