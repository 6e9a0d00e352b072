"""Citations on the command line: what they name, what they refuse, and that CSL-JSON is sound."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from tenderlight.cli import app
from tenderlight.cli.commands_cite import _of_now
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.published import PublishedEdition, keep_published
from tenderlight.figures import Figure, make_figure
from tenderlight.model import Refused
from tenderlight.sources import add

TELEPHONE = "13900001234"
PAGE = f"""<title>东湖县公安局人脸识别系统采购公开招标公告</title>
<h2>东湖县公安局人脸识别系统采购公开招标公告</h2><p>（虚构样例）</p>
<p>项目编号：XN2021-001</p><p>采购人：东湖县公安局</p><p>采购人脸识别系统一套。</p>
<p>联系人：甲某，联系电话：{TELEPHONE}</p><p>2021年3月4日</p>"""
WORDS = {"type", "id", "title", "container-title", "URL", "archive", "archive_location",
         "language", "note", "source"}  # fmt: skip
"""Variables of CSL-JSON that are words."""
DAYS = {"issued", "accessed"}


def sound(record: dict[str, Any]) -> bool:
    """Whether it keeps to the documented types and variables of CSL-JSON 1.0.2."""
    assert record["type"] in ("document", "dataset")
    assert record["id"]
    assert set(record) <= WORDS | DAYS | {"author"}
    assert all(isinstance(record[name], str) for name in WORDS & set(record))
    assert all(set(name) == {"literal"} for name in record.get("author", ()))
    for day in DAYS & set(record):
        ((*parts,),) = record[day]["date-parts"]
        assert list(record[day]) == ["date-parts"]
        assert 1 <= len(parts) <= 3
        assert all(type(part) is int for part in parts)
    return True


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("cite")
    (folder / "saved").mkdir()
    (folder / "saved/a.html").write_text(PAGE, encoding="utf-8")
    root = folder / "corpus"
    init_corpus(root)
    add(root, [folder / "saved"], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    build(root, jobs=1)
    return Corpus.open(root)


@pytest.fixture(scope="module")
def id(corpus: Corpus) -> str:
    (row,) = corpus.rows()
    return str(row["id"])


def run(corpus: Corpus, *words: str) -> str:
    done = CliRunner().invoke(app, ["cite", str(corpus.folder.root), *words])
    if done.exception is not None:
        raise done.exception
    return done.stdout


def test_a_passage_is_quoted_with_digest_place_and_link(corpus: Corpus, id: str) -> None:
    shown = corpus.notice(id)
    assert shown is not None
    start = shown.text.index("采购人脸识别系统一套")
    told = run(corpus, id, "--passage", f"{start}-{start + 10}")
    assert "Passage: “采购人脸识别系统一套”" in told
    assert f"/notices/{id}?at={start}-{start + 10}#at-asked" in told
    assert shown.row["evidence"]["sha256"] in told
    assert "原文：“采购人脸识别系统一套”" in run(
        corpus, id, "--passage", f"{start}-{start + 10}", "--lang", "zh"
    )


def test_no_form_shows_what_is_masked(corpus: Corpus, id: str) -> None:
    shown = corpus.notice(id)
    assert shown is not None
    for form in ("text", "bibtex", "csl", "ris"):
        told = run(corpus, id, "--passage", f"0-{len(shown.text)}", "--as", form)
        assert TELEPHONE not in told
        assert "东湖县公安局" in told


def test_csl_json_of_notices_passages_and_figures_is_sound(corpus: Corpus, id: str) -> None:
    figure = ("--figure", "technologies-by-year?since=2016")
    for words in ((id,), (id, "--passage", "0-4"), figure):
        (record,) = json.loads(run(corpus, *words, "--as", "csl"))
        assert sound(record)
    assert "since=2016" in record["archive_location"]


def test_what_is_not_there_is_refused(corpus: Corpus, id: str) -> None:
    for words, why in (
        (("nobody",), "no notice"),
        ((id, "--passage", "0-99999"), "no passage"),
        ((id, "--passage", "5-5"), "no passage"),
        ((id, "--passage", "x"), "is no passage"),
        ((id, "--figure", "money"), "Name a notice or a figure"),
        (("--figure", "nothing"), "nothing"),
        (("--figure", "money", "--key", "cell/x/y"), "no number"),
    ):
        with pytest.raises(Refused, match=why):
            run(corpus, *words)


def test_an_edition_that_cites_it_is_the_link_but_of_another_state_not_of_its_numbers(
    corpus: Corpus, id: str
) -> None:
    edition = PublishedEdition(
        id="00112233445566aa", sha256="ab" * 32, title="Invented", as_of="2026-01-01T00:00:00Z",
        ledger_lines=1, figures={"money": (id,)},
    )  # fmt: skip
    path = keep_published(corpus.folder, edition)
    try:
        assert f"00112233445566aa, site/en/notice.html#{id}@0-4." in run(
            corpus, id, "--passage", "0-4"
        )
        told = run(corpus, "--figure", "money")
        assert "Tenderlight edition 00112233445566aa, site/en/figure-money.html." in told
        assert "ab" * 32 in told
        assert _of_now(corpus, (edition,)) == ()
        keys = [one.key for one in _money(corpus).coverage if one.key]
        assert "/figures/money/rows?cell=" in run(corpus, "--figure", "money", "--key", keys[0])
    finally:
        path.unlink()


def _money(corpus: Corpus) -> Figure:
    return make_figure(corpus.connect(), "money", corpus.definitions)
