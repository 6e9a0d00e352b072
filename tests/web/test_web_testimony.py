"""What a language model said, on the page of its notice: apart, named, and no finding."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Html
from web_serving import serving

from tenderlight.corpus import Corpus, build
from tenderlight.corpus.reviewing.plans import draw_plan, save_plan
from tests.corpus import spoken
from tests.corpus.spoken import asked, built, completion, id_of, keep, says, text_of


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    root = tmp_path_factory.mktemp("desk") / "corpus"
    corpus = built(root, {"云桥县公安局设备采购公告": spoken.IRIS, "云桥县家具公告": spoken.OFFICE})
    notice = id_of(corpus, "设备")
    said = completion([says("voiceprint", "步态分析终端一套"), says("iris", "虹膜", "mentioned")])
    manner = spoken.MANNER.__class__(model="<b>invented-7b", instructions="ab")
    keep(corpus, asked(notice, text_of(corpus, notice), said, manner))
    build(root, jobs=1, pictures=False)
    return Corpus.open(root)


@pytest.fixture(scope="module")
def desk(corpus: Corpus) -> Iterator[httpx.Client]:
    with serving(corpus) as url, httpx.Client(base_url=url) as client:
        yield client


def test_each_statement_names_the_model_and_leads_to_its_passage(
    desk: httpx.Client, corpus: Corpus
) -> None:
    id = id_of(corpus, "设备")
    page = Html(desk.get(f"/notices/{id}").text)
    section = page.css_first("section.testimony")
    assert "testimony, no finding" in section.text(deep=True)
    values = section.css(".value")
    assert ["<b>invented-7b, this computer, 2026-05-04" in v.text(deep=True) for v in values] == [
        True,
        True,
    ]
    for value, printed in zip(values, ("虹膜", "步态分析终端一套"), strict=True):
        href = value.css_first("a.to-passage").attributes["href"] or ""
        marked = Html(desk.get(href.partition("#")[0]).text).css("a.mark[data-for~=asked]")
        assert "".join(mark.text(deep=True) for mark in marked) == printed


def test_a_statement_marks_nothing_in_the_text_and_is_under_no_technology(
    desk: httpx.Client, corpus: Corpus
) -> None:
    id = id_of(corpus, "设备")
    page = Html(desk.get(f"/notices/{id}").text)
    assert page.css('a.mark[data-for*="said-"]') == []
    values = desk.get(f"/notices/{id}.json").json()["values"]
    assert "voiceprint" not in {v["value"] for v in values if v["group"] == "technologies"}
    assert [v["value"] for v in values if v["group"] == "testimony"] == ["iris", "voiceprint"]


def test_a_notice_of_which_no_model_was_asked_has_no_such_section(
    desk: httpx.Client, corpus: Corpus
) -> None:
    page = Html(desk.get(f"/notices/{id_of(corpus, '家具')}").text)
    assert page.css_first("section.testimony") is None


def test_the_queue_names_the_model_but_in_a_plan_nobody_is_led_by_it(
    desk: httpx.Client, corpus: Corpus
) -> None:
    page = desk.get("/review?technology=iris", headers={"cookie": "by=LW"}).text
    assert "&lt;b&gt;invented-7b" in page
    plan = draw_plan(
        corpus.connect(),
        "precision",
        ["iris"],
        size=9,
        by="LW",
        made=spoken.NOON,
        method="",
        seed="x",
    )
    save_plan(corpus.folder.decisions, plan)
    page = desk.get(f"/review?plan={plan.id}", headers={"cookie": "by=LW"}).text
    assert "虹膜" in page
    assert "invented-7b" not in page
