"""What an address may ask, what comes of odd questions, and the two languages."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Html

from tenderlight.web import words


@pytest.mark.parametrize(
    "at",
    [
        "/search?page=0",
        "/search?page=-1",
        "/search?page=9999",
        "/search?page=x",
        "/search?year=soon",
        "/search?yaer=2019",
        "/search?q=" + "x" * 401,
        "/notices?surveillance=maybe",
        "/notices?page=99",
        "/notices?colour=red",
        "/problems?page=7",
        "/figures/money?series=1&x=2",
        "/notices/{id}?at=5",
        "/notices/{id}?at=9-3",
        "/notices/{id}?at=0-99999999",
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(
    desk: httpx.Client, ids: dict[str, str], at: str
) -> None:
    answer = desk.get(at.format(id=ids["notice-1.html"]))
    assert answer.status_code == 400
    page = Html(answer.text)
    assert page.css_first("h1").text()
    assert {"/", "/search"} <= {link.attributes["href"] for link in page.css("main a")}


@pytest.mark.parametrize(
    "at",
    [
        "/notices/0123456789abcdef",
        "/notices/..%2f..%2fetc%2fpasswd",
        "/notices/'; drop view notice; --",
        "/figures/none",
        "/figures/money/rows",
        "/figures/money/rows?cell=none",
        "/technologies/none",
        "/targets/dna",
        "/nothing",
    ],
)
def test_what_is_not_there_is_said_and_not_a_dead_end(desk: httpx.Client, at: str) -> None:
    answer = desk.get(at)
    assert answer.status_code == 404
    assert Html(answer.text).css("main a")
    assert desk.get(at.replace("?", ".json?") if "?" in at else at + ".json").status_code == 404


def test_a_filter_is_a_value_and_never_sql(desk: httpx.Client) -> None:
    odd = "2019' or '1'='1"
    assert desk.get("/notices.json", params={"source": odd}).json()["total"] == 0
    assert desk.get("/notices.json", params={"bought": odd}).json()["total"] == 0


def test_search_finds_words_and_shows_them_in_place(desk: httpx.Client) -> None:
    answer = desk.get("/search", params={"q": "虹膜采集"})
    hits = [mark.text() for mark in Html(answer.text).css("mark.hit")]
    assert "虹膜采集" in hits


def test_a_facet_narrows_to_what_it_counts(desk: httpx.Client) -> None:
    for facet in desk.get("/search.json").json()["facets"]:
        for choice in facet["choices"]:
            path, _, questions = choice["href"].partition("?")
            assert desk.get(f"{path}.json?{questions}").json()["total"] >= choice["count"]


def test_a_search_without_answers_gives_advice(desk: httpx.Client) -> None:
    page = Html(desk.get("/search", params={"q": "查无此词", "year": "2019"}).text)
    links = [link.attributes["href"] for link in page.css(".empty a")]
    assert "/problems" in links
    assert any(href.startswith("/search?q=") and "year" not in href for href in links)


def test_the_language_is_asked_for_once_and_remembered(home: str) -> None:
    with httpx.Client(base_url=home) as reader:
        assert Html(reader.get("/").text).css_first("html").attributes["lang"] == "en"
        assert "概览" in reader.get("/?lang=zh").text
        page = Html(reader.get("/method").text)
        assert page.css_first("html").attributes["lang"] == "zh-Hans"
        switch = page.css_first(".language a").attributes["href"]
        assert Html(reader.get(switch).text).css_first("html").attributes["lang"] == "en"


@pytest.mark.parametrize("path", ["/", "/search?q=人脸", "/figures", "/figures/money", "/problems"])
def test_a_page_in_chinese_is_all_there(desk: httpx.Client, path: str) -> None:
    with httpx.Client(base_url=desk.base_url) as reader:
        answer = reader.get(path + ("&" if "?" in path else "?") + "lang=zh")
    assert answer.status_code == 200
    assert Html(answer.text).css_first("nav a").text() == "概览"


def test_every_word_of_the_interface_is_in_both_languages() -> None:
    for entries in words.words().values():
        for key, label in entries.items():
            assert label.en, key
            assert label.zh, key


def test_labels_stand_side_by_side(desk: httpx.Client, ids: dict[str, str]) -> None:
    page = Html(desk.get(f"/notices/{ids['notice-1.html']}").text)
    labels = {" ".join(dt.text(deep=True).split()) for dt in page.css(".values dt")}
    assert {"Buyer 采购人", "Budget 预算金额", "Type of notice 公告类型"} <= labels


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    folder = Path(words.__file__).parent
    source = "".join(path.read_text() for path in (folder / "templates").iterdir())
    source += "".join(path.read_text() for path in folder.glob("*.py"))
    used = set(re.findall(r"\bt\('(\w+)'", source))
    known = set(words.words()["interface"])
    made = tuple(key for key in used if key.endswith("_"))
    assert used - set(made) <= known
    spare = {key for key in known - used if not key.startswith(made)}
    assert {key for key in spare if f'"{key}"' not in source and f"'{key}')" not in source} == set()
