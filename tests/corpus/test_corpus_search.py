"""Search finds exactly what a scan for the substring finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenderlight.corpus.index import Entry, IndexWriter, characters, pairs
from tenderlight.corpus.search import (
    LONGEST,
    Filters,
    Question,
    Search,
    parse_question,
    snippets,
)
from tenderlight.model import Refused
from tenderlight.plain import fold

ALPHABET = "人脸识别公安局a1 -\n　Ａ\ue000é\x85"
texts = st.lists(st.text(ALPHABET, max_size=12), min_size=1, max_size=6)


def index_of(folder: Path, entries: list[Entry]) -> Search:
    writer = IndexWriter(folder)
    writer.replace(0, entries)
    writer.close()
    return Search(folder)


def found(search: Search, *wanted: str, unwanted: tuple[str, ...] = (), **filters: str) -> set[str]:
    question = Question(wanted=wanted, unwanted=unwanted)
    return {id for id, _ in search.find(question, Filters(**filters), 1000, 0).ids}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=texts, data=st.data())
def test_search_finds_what_a_scan_finds(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    entries = [Entry(id=str(n), text=text) for n, text in enumerate(texts)]
    search = index_of(tmp_path_factory.mktemp("index"), entries)
    source = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, max(len(source) - 1, 0)))
    query = source[start : start + data.draw(st.integers(1, 6))]
    plain = fold(query).translate({0xE000: " ", 0x85: " "})
    if not query or "\n" in query:
        return
    truth = {
        str(n)
        for n, text in enumerate(texts)
        if plain in fold(text).translate({0xE000: " ", 0x85: " "})
    }
    assert found(search, query) == truth


def test_filters_narrow_and_exclusion_removes(tmp_path: Path) -> None:
    search = index_of(
        tmp_path,
        [
            Entry(id="a", text="人脸识别", province="440000", year="2019", buyer="深圳市公安局"),
            Entry(id="b", text="人脸识别 医院", province="440000", year="2020", buyer="深圳市医院"),
            Entry(id="c", text="指纹", notice_type="award", technologies=("fingerprint",)),
        ],
    )
    assert found(search, "人脸") == {"a", "b"}
    assert found(search, "人脸", unwanted=("医院",)) == {"a"}
    assert found(search, "人脸", year="2020") == {"b"}
    assert found(search, province="440000", buyer="公安") == {"a"}
    assert found(search, technology="fingerprint") == found(search, notice_type="award") == {"c"}
    assert found(search, unwanted=("人脸",)) == {"c"}
    assert found(search, buyer="院") == {"b"}


def test_a_batch_is_replaced_not_added_to(tmp_path: Path) -> None:
    index_of(tmp_path, [Entry(id="a", text="旧")])
    search = index_of(tmp_path, [Entry(id="a", text="新")])
    assert found(search, "旧") == set()
    assert found(search, "新") == {"a"}


def test_answers_come_newest_first_with_counts(tmp_path: Path) -> None:
    entries = [Entry(id=str(n), text="x", when=20200101 + n, year="2020") for n in range(5)]
    answer = index_of(tmp_path, entries).find(parse_question("x"), Filters(), 2, 1)
    assert [id for id, _ in answer.ids] == ["3", "2"]
    assert answer.total == 5
    assert answer.facets["year"] == [("2020", 5)]


def test_a_question_is_words_phrases_and_exclusions() -> None:
    question = parse_question('人脸  "Y STR" -医院 "')
    assert question == Question(wanted=("人脸", "y str", '"'), unwanted=("医院",))
    with pytest.raises(Refused, match="at most"):
        parse_question("字" * (LONGEST + 1))


def test_snippets_point_at_the_words_in_the_text_as_printed() -> None:
    text = "一" * 100 + "ＷｉＦｉ探针" + "二" * 100
    (snippet,) = snippets(text, parse_question("wifi探针"))
    ((start, end),) = snippet.spans
    assert snippet.text[start:end] == "ＷｉＦｉ探针"
    assert text[snippet.start : snippet.end] == snippet.text


@given(st.text())
def test_no_token_holds_white_space(text: str) -> None:
    tokens = pairs(text).split(" ") if text else []
    assert all(len(token) == 2 and not any(map(str.isspace, token)) for token in tokens)
    assert all(len(token) == 1 for token in characters(text).split(" ") if token)
