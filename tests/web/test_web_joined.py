"""Purchases and organisations on the desk: lists, lives, reasons; and what a notice also states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Html
from web_documents import EVIL, PERSON, TELEPHONE, escaped
from web_serving import serving

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.sources import add
from tenderlight.web.life import SHAPES, Event, life_picture
from tenderlight.web.words import words

HEAD = """<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date}"></head><body>
<h2>{title}</h2><p>发布日期：{date}</p><p>项目名称：{name}</p><p>项目编号：{number}</p>
<p>采购人：深圳市南山区虚构派出所</p>{body}
<p>联系人：{person}，联系电话：{telephone}</p></body></html>"""
NAME, NUMBER = "人脸识别系统采购项目", "XN-2021-0731"
NOTICES = {
    "tender": (
        "公开招标公告",
        "2021-03-01",
        "<p>预算金额：360万元</p><p>采购人脸识别系统一套。</p>",
    ),
    "copy": ("公开招标公告", "2021-03-02", "<p>预算金额：360万元</p><p>采购人脸识别系统一套。</p>"),
    "correction": (
        "更正公告",
        "2021-03-12",
        "<p>更正内容</p><table><tr><th>序号</th><th>更正项</th><th>更正前内容</th>"
        "<th>更正后内容</th></tr><tr><td>1</td><td>预算金额</td><td>3600000元</td>"
        "<td>3400000元</td></tr></table>",
    ),
    "award": (
        "中标公告",
        "2021-04-20",
        "<table><tr><th>供应商名称</th><th>中标金额（元）</th></tr>"
        "<tr><td>虚构智能科技有限公司</td><td>3316500</td></tr></table>",
    ),
}
"""Invented notices of one purchase: their type, date and what else they say."""


def write(folder: Path) -> None:
    folder.mkdir()
    told = {"person": PERSON, "telephone": TELEPHONE, "number": NUMBER, "name": NAME}
    for name, (kind, date, body) in NOTICES.items():
        page = HEAD.format(title=f"虚构派出所{NAME}{kind}", date=date, body=body, **told)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    evil = {**told, "name": f"{escaped(EVIL)}虹膜采集设备采购", "number": "XN-2022-0001"}
    page = HEAD.format(title="虹膜采集设备采购招标公告", date="2022-05-01", body="", **evil)
    (folder / "evil.html").write_text(page, encoding="utf-8")


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("joined")
    write(folder / "saved")
    root = folder / "corpus"
    init_corpus(root)
    add(root, [folder / "saved"], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    build(root, jobs=1)
    return Corpus.open(root)


@pytest.fixture(scope="module")
def files(joined: Corpus) -> dict[str, str]:
    found = joined.connect().execute("select file, id from notice").fetchall()
    return {file.removesuffix(".html"): id for file, id in found}


@pytest.fixture(scope="module")
def at(joined: Corpus) -> Iterator[httpx.Client]:
    with serving(joined) as home, httpx.Client(base_url=home) as client:
        yield client


def the_purchase(at: httpx.Client, files: dict[str, str]) -> str:
    purchase = at.get(f"/notices/{files['tender']}.json").json()["notice"]["purchase"]
    return f"/purchases/{purchase}"


def test_a_purchase_shows_its_life_as_a_list_and_as_a_picture(
    at: httpx.Client, files: dict[str, str]
) -> None:
    page = Html(at.get(the_purchase(at, files)).text)
    steps = page.css(".steps-of-life > li")
    assert [step.css_first("time").text() for step in steps] == [
        date for _, date, _ in NOTICES.values()
    ]
    assert "repost" in steps[1].text(deep=True)
    assert [mark.attributes["href"] for mark in page.css("svg.life a")] == [
        f"#{step.attributes['id']}" for step in steps
    ]
    changed = steps[2].css_first(".changes")
    assert "3600000元" in changed.css_first("del").text(deep=True)
    assert "3400000元" in changed.css_first("ins").text(deep=True)


def test_sums_stand_side_by_side_and_each_says_whether_it_counts(
    at: httpx.Client, files: dict[str, str]
) -> None:
    page = Html(at.get(the_purchase(at, files)).text)
    assert [each.text() for each in page.css(".sums .sum")] == ["¥3,400,000", "¥3,316,500"]
    counted = [row.attributes.get("class") for row in page.css(".stacked tbody tr")]
    assert "not-counted" in counted
    twin = at.get(the_purchase(at, files) + ".json").json()
    assert {each["why_not"] for each in twin["sums"] if not each["counts"]} >= {"copy"}


def test_the_id_of_a_member_leads_to_its_purchase_and_back(
    at: httpx.Client, files: dict[str, str]
) -> None:
    whole = the_purchase(at, files)
    shown = at.get(f"{whole}.json").json()["row"]["id"]
    for name in ("copy", "correction", "award"):
        assert at.get(f"/purchases/{files[name]}.json").json()["row"]["id"] == shown
        notice = Html(at.get(f"/notices/{files[name]}").text)
        links = [link.attributes["href"] for link in notice.css(".notice-head a")]
        assert whole in links
        assert any(str(link).startswith("/organisations/") for link in links)
    assert at.get("/purchases/nothing").status_code == 404
    assert at.get("/organisations/nothing").status_code == 404


def test_the_lists_are_narrowed_by_what_is_asked_and_refuse_what_they_do_not_know(
    at: httpx.Client, files: dict[str, str]
) -> None:
    def total(query: str) -> int:
        return int(at.get(f"/purchases.json?{query}").json()["total"])

    assert total("") == 2
    assert (total(f"name={NUMBER}"), total("name=nothing")) == (1, 0)
    assert (total("state=awarded"), total("state=planned")) == (1, 0)
    assert (total("year=2021"), total("province=440000"), total("province=110000")) == (1, 2, 0)
    for wrong in ("/purchases?states=awarded", "/purchases?year=soon", "/organisations?kinds=x"):
        assert at.get(wrong).status_code == 400
    assert at.get("/purchases?organisation=nobody").status_code == 404
    police = at.get("/organisations.json?name=派出所").json()["lines"]
    assert len(police) == 1
    bought = at.get(f"/purchases.json?organisation={police[0]['row']['id']}").json()
    assert bought["total"] == 2


def test_a_form_keeps_what_was_asked(at: httpx.Client) -> None:
    page = Html(at.get("/purchases?name=XN&state=awarded&year=2021&surveillance=1").text)
    form = page.css_first("form.asking")
    assert form.css_first("#by-name").attributes["value"] == "XN"
    assert form.css_first("option[value=awarded]").attributes.get("selected", "no") != "no"
    assert "checked" in form.css_first("#by-surveillance").attributes
    labels = {label.attributes["for"] for label in form.css("label")}
    assert {node.attributes["id"] for node in form.css("input, select")} == labels


def test_a_winner_opens_onto_what_it_won(at: httpx.Client, files: dict[str, str]) -> None:
    notice = Html(at.get(f"/notices/{files['award']}").text)
    supplier = notice.css_first('[id="value-awards.0.supplier"] dt a').attributes["href"]
    page = Html(at.get(str(supplier)).text)
    assert page.css_first("h1").text() == "虚构智能科技有限公司"
    assert page.css_first("#as-supplier").text() == "It wins: 1"
    assert the_purchase(at, files) in {link.attributes["href"] for link in page.css("a")}


def test_why_notices_are_one_is_told_with_how_to_decide_otherwise(
    at: httpx.Client, files: dict[str, str]
) -> None:
    page = Html(at.get(the_purchase(at, files)).text)
    reasons = page.css(".reasons")
    assert len(reasons) == 6
    assert NUMBER in reasons[0].text(deep=True)
    assert "tenderlight apart CORPUS NOTICE" in page.css_first("details pre").text()


def test_what_is_corrected_and_what_else_is_stated_stand_at_the_value(
    at: httpx.Client, files: dict[str, str]
) -> None:
    page = Html(at.get(f"/notices/{files['correction']}").text)
    changed = page.css_first('[id="value-changes.0.what"]')
    below = [each.attributes["id"] for each in changed.css(".below")]
    assert below == ["value-changes.0.was", "value-changes.0.now"]
    assert page.css_first('a.mark[data-for~="changes.0.now"]').text() == "3400000元"
    budget = page.css_first('[id="value-budget_cny"]')
    assert "¥3,400,000" in budget.text(deep=True)
    assert "¥3,600,000" in budget.css_first(".below.rival").text(deep=True)
    assert "of 100" in page.css_first(".values").text(deep=True)


def test_what_is_masked_stays_masked_and_what_attacks_is_text(
    at: httpx.Client, files: dict[str, str]
) -> None:
    hostile = at.get(f"/purchases/{files['evil']}")
    assert EVIL in Html(hostile.text).css_first("h1").text()
    pages = [
        "/purchases", "/organisations", the_purchase(at, files), f"/purchases/{files['evil']}",
    ]  # fmt: skip
    for page in pages:
        for answer in (at.get(page), at.get(f"{page}.json")):
            assert answer.status_code == 200
            assert PERSON not in answer.text
            assert TELEPHONE not in answer.text
            assert "<script>alert" not in answer.text or answer.headers["content-type"].startswith(
                "application/json"
            )


def event(number: int, day: str | None, kind: str = "tender", copy: bool = False) -> Event:
    return Event(number=number, day=day, kind=kind, label=kind, href=f"#step-{number}", copy=copy)


def test_marks_of_one_day_stand_above_one_another_and_the_rest_to_scale() -> None:
    told = [event(1, "2020-01-01"), event(2, "2020-01-01"), event(3, "2020-07-01 09:00"),
            event(4, "2021-01-01", "award"), event(5, None)]  # fmt: skip
    drawn = Html(str(life_picture(told, "Its <life>")))
    marks = [(m.attributes["x"], m.attributes["y"]) for m in drawn.css("svg.mark")]
    places = [float(str(x).rstrip("%")) for x, _ in marks]
    assert places[0] == places[1] == 3.0
    assert abs(places[2] - 50) < 1
    assert places[3] == 97.0
    assert marks[0][1] != marks[1][1]
    assert marks[0][1] == marks[2][1] == marks[3][1]
    assert len(drawn.css("line.turn")) == 1
    assert drawn.css_first("svg").attributes["aria-label"] == "Its <life>"


def test_each_type_of_notice_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) | {"other"} == set(words()["type"])
    assert len(set(SHAPES.values())) == len(SHAPES)
