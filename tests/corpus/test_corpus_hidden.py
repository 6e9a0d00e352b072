"""What is known for personal only from elsewhere in a notice is shown nowhere. All invented."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.sources import add

PERSON, OTHER = "王小明", "李建国"
PAGE = """<html><head><title>{name}{kind}公告</title></head><body><h1>{name}{kind}公告</h1>
<p>发布日期：{date}</p><p>项目编号：XN-2020-王小明-0426</p><p>采购人：东湖县公安局</p>
<p>项目名称：{name}</p>{more}<p>联系人：王小明</p></body></html>"""
AWARD = "<p>中标供应商：王小明</p><p>中标金额：120000元</p>"
LIST = """<table><tr><td>序号</td><td>点位名称</td><td>球机</td><td>所属辖区</td></tr>
<tr><td>1</td><td>东门口</td><td>1</td><td>李建国（13900001234）</td></tr>
<tr><td>2</td><td>西门口</td><td>1</td><td>城关镇5组12号</td></tr></table>"""
TWO = """<html><head><title>东湖县监控采购公告</title></head><body><p>采购人：王小明工作室</p>
<p>联系人：王小明</p><table><tr><td>采购单位</td><td>东湖县公安局</td></tr></table>
<p>采购单位名称：王小明</p></body></html>"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder: Path = tmp_path_factory.mktemp("hidden")
    (folder / "saved").mkdir()
    told = {"name": "东湖县人脸识别监控系统"}
    pages = {
        "tender": PAGE.format(kind="招标", date="2020-03-01", more=LIST, **told),
        "award": PAGE.format(kind="中标", date="2020-04-01", more=AWARD, **told),
        "two": TWO,
    }
    for name, page in pages.items():
        (folder / f"saved/{name}.html").write_text(page, encoding="utf-8")
    init_corpus(folder / "corpus")
    add(folder / "corpus", [folder / "saved"], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    build(folder / "corpus", jobs=1)
    return Corpus.open(folder / "corpus")


def test_reasons_of_a_purchase_quote_no_name(corpus: Corpus) -> None:
    _, rows = corpus.purchases(limit=10)
    told = [purchase for row in rows if (purchase := corpus.purchase(row.id)) is not None]
    assert any(purchase.held for purchase in told)
    assert PERSON not in msgspec.json.encode(told).decode()


def test_no_table_of_a_corpus_holds_what_is_hidden(corpus: Corpus) -> None:
    con = corpus.connect()
    found = con.execute(
        "select table_name from information_schema.tables where table_schema in ('main', 'temp')"
    )
    names = {name for (name,) in found.fetchall()}
    told = {name: str(con.execute(f'from "{name}"').fetchall()) for name in names}
    assert {"purchase", "spelling", "deployment", "problem", "rival"} <= told.keys()
    for name, rows in told.items():
        for word in (PERSON, OTHER, "13900001234", "5组12号"):
            assert word not in rows, (name, word)
