"""A search in specifications looks at passages of technical requirements and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.search import Question, snippets
from tenderlight.sources import add

REQUIREMENTS = (
    "人脸抓拍单元应对同一画面内不少于三十张人脸同时检测并逐一编号留存，虹膜采集须双目同步完成"
)


def page(outside: str, inside: str) -> bytes:
    return (
        f"<title>设备采购公开招标公告</title><h2>设备采购公开招标公告</h2><p>{outside}</p>"
        f"<p>二、技术参数要求</p><p>{inside}。</p><p>三、供应商资格要求</p><p>独立承担民事责任。</p>"
    ).encode()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("within")
    saved = folder / "saved"
    saved.mkdir()
    (saved / "in.html").write_bytes(page("无", REQUIREMENTS))
    (saved / "out.html").write_bytes(
        page("本公告提及虹膜采集", REQUIREMENTS.replace("虹膜", "指纹"))
    )
    (saved / "none.html").write_bytes("<h2>虹膜采集设备中标公告</h2><p>虹膜采集</p>".encode())
    init_corpus(folder / "c")
    add(folder / "c", [saved], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    build(folder / "c", jobs=1)
    return Corpus.open(folder / "c")


def files(corpus: Corpus, query: str, within: str | None) -> set[str]:
    return {hit.row["file"] for hit in corpus.search(query, within=within).hits}


def test_only_requirements_are_searched(corpus: Corpus) -> None:
    assert files(corpus, "虹膜采集", None) == {"in.html", "out.html", "none.html"}
    assert files(corpus, "虹膜采集", "specifications") == {"in.html"}


def test_a_single_character_and_an_exclusion_look_there_too(corpus: Corpus) -> None:
    assert files(corpus, "膜", "specifications") == {"in.html"}
    assert files(corpus, "人脸 -指纹", "specifications") == {"in.html"}


def test_without_words_all_notices_that_have_requirements_answer(corpus: Corpus) -> None:
    assert files(corpus, "", "specifications") == {"in.html", "out.html"}


def test_the_passage_shown_is_one_of_requirements(corpus: Corpus) -> None:
    (hit,) = corpus.search("虹膜采集", within="specifications").hits
    (snippet,) = hit.snippets
    assert "双目同步" in snippet.text
    text = "虹膜。技术参数：虹膜双目。"
    (found,) = snippets(text, Question(wanted=("虹膜",), unwanted=()), places=[(3, len(text))])
    assert (found.spans[0][0] + found.start) == text.rindex("虹膜")
