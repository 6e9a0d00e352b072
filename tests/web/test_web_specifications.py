"""The desk's pages of specifications: the list, one lead with both texts, and the search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Html
from web_serving import serving

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.sources import add

LINES = (
    "1.人脸抓拍单元应对同一画面内不少于三十张人脸同时检测并逐一编号留存",
    "2.重点人员进入设防半径后平台须在两秒内向辖区值班席推送含轨迹的弹窗",
    "3.前端与研判席之间的链路中断后应自行补录并在界面以橙色角标提示缺口",
)
EVIL = "<script>alert(1)</script>"


def page(buyer: str, number: str, last: str) -> bytes:
    lines = "".join(f"<p>{line}。</p>" for line in (*LINES, last))
    return (
        f"<title>设备采购公开招标公告</title><h2>设备采购公开招标公告</h2>"
        f"<p>一、项目基本情况</p><p>项目编号：{number}</p><p>采购人：{buyer}</p>"
        f"<p>二、技术参数要求</p>{lines}<p>三、供应商资格要求</p><p>独立承担民事责任。</p>"
    ).encode()


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("copied")
    saved = folder / "saved"
    saved.mkdir()
    own = "4.机柜为四十二单元标准柜，喷塑，前后网孔门，电话13812345678联系"
    evil = "4.显示界面须支持 &lt;script&gt;alert(1)&lt;/script&gt; 字样的过滤"
    (saved / "a.html").write_bytes(page("东湖县公安局", "XN2021-001", own))
    (saved / "b.html").write_bytes(page("西岭县公安局", "XN2022-002", evil))
    init_corpus(folder / "c")
    add(folder / "c", [saved], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    build(folder / "c", jobs=1)
    with serving(Corpus.open(folder / "c")) as home, httpx.Client(base_url=home) as client:
        yield client


def test_the_list_names_both_buyers_and_opens(copied: httpx.Client) -> None:
    answer = copied.get("/specifications")
    assert answer.status_code == 200
    assert "东湖县公安局" in answer.text
    assert "西岭县公安局" in answer.text
    (told,) = copied.get("/specifications.json").json()["leads"]
    assert copied.get(told["href"]).status_code == 200
    family = told["lead"]["family"]
    assert copied.get(f"/specifications.json?family={family}").json()["total"] == 1
    notice = told["lead"]["first"]["notice"]
    assert copied.get(f"/specifications.json?notice={notice}").json()["total"] == 1
    assert copied.get("/specifications.json?notice=none").json()["total"] == 0


def test_one_lead_marks_what_differs_and_nothing_else(copied: httpx.Client) -> None:
    (told,) = copied.get("/specifications.json").json()["leads"]
    answer = copied.get(told["href"])
    marked = "".join(mark.text() for mark in Html(answer.text).css("mark.differs"))
    assert "机柜" in marked
    assert "人脸抓拍单元" not in marked
    assert "13812345678" not in answer.text
    assert EVIL not in answer.text
    assert "人脸抓拍单元" in answer.text


def test_each_side_leads_to_its_place_in_the_notice(copied: httpx.Client) -> None:
    (told,) = copied.get("/specifications.json").json()["leads"]
    view = copied.get(f"{told['href']}.json").json()
    for _, href in view["told"]["sides"]:
        assert "at=" in href
        assert copied.get(href).status_code == 200


def test_a_lead_that_is_not_there_is_missing(copied: httpx.Client) -> None:
    assert copied.get("/specifications/0123456789ab").status_code == 404


def test_the_search_can_be_narrowed_to_requirements(copied: httpx.Client) -> None:
    assert copied.get("/search.json?q=人脸抓拍单元&in=specifications").json()["total"] == 2
    assert copied.get("/search.json?q=独立承担&in=specifications").json()["total"] == 0
    assert copied.get("/search.json?q=独立承担").json()["total"] == 2
    assert copied.get("/search?in=else").status_code == 400
    wide = copied.get("/search.json?q=x&in=specifications").json()["within"]
    assert wide == "/search?q=x"


def test_a_corpus_without_leads_says_so(desk: httpx.Client) -> None:
    answer = desk.get("/specifications")
    assert answer.status_code == 200
    assert desk.get("/specifications.json").json()["leads"] == []
