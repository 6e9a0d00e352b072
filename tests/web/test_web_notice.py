"""The page of one notice: every value points at its passage, long texts come in sheets."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Html
from web_documents import TELEPHONE

from tenderlight.corpus import Corpus


def test_every_value_leads_to_a_passage_that_prints_it(
    desk: httpx.Client, ids: dict[str, str]
) -> None:
    for id in ids.values():
        view = desk.get(f"/notices/{id}.json").json()
        for value in view["values"]:
            if not value["href"]:
                continue
            at, _, anchor = value["href"].partition("#")
            page = Html(desk.get(at).text)
            spot = page.css_first(f'[id="{anchor}"]')
            assert spot is not None, value
            assert value["printed"].startswith(spot.text(deep=True)[:1])
            marked = page.css(f'a.mark[data-for~="{value["id"]}"]')
            printed = "".join(mark.text(deep=True) for mark in marked)
            assert printed.split() == value["printed"].split() or printed == "".join(
                value["printed"].split("\n")
            )


def test_a_marked_passage_leads_back_to_its_value(desk: httpx.Client, ids: dict[str, str]) -> None:
    page = Html(desk.get(f"/notices/{ids['notice-1.html']}").text)
    names = {node.attributes["id"] for node in page.css("[id]")}
    marks = page.css("a.mark")
    assert marks
    assert {mark.attributes["href"].removeprefix("#") for mark in marks} <= names


def test_the_whole_text_is_on_the_page(
    desk: httpx.Client, corpus: Corpus, ids: dict[str, str]
) -> None:
    shown = corpus.notice(ids["notice-2.html"])
    assert shown is not None
    paper = Html(desk.get(f"/notices/{ids['notice-2.html']}").text).css_first(".paper")
    printed = "".join(paper.text(deep=True).split())
    for line in shown.text.split("\n"):
        assert "".join(line.split()) in printed


def test_the_table_is_a_table_again(desk: httpx.Client, ids: dict[str, str]) -> None:
    page = Html(desk.get(f"/notices/{ids['notice-3.html']}").text)
    rows = [[td.text(deep=True).strip() for td in tr.css("td")] for tr in page.css(".paper tr")]
    assert rows == [["序号", "货物名称", "数量", "单位"], ["1", "WiFi探针采购", "20", "台"]]


def test_a_long_text_comes_in_sheets_and_links_lead_to_the_right_one(
    desk: httpx.Client, ids: dict[str, str]
) -> None:
    at = f"/notices/{ids['long.html']}"
    first = desk.get(at)
    assert len(first.text) < 1_000_000
    view = desk.get(at + ".json").json()
    gait = next(value for value in view["values"] if value["value"] == "gait-recognition")
    assert "sheet=" in gait["href"]
    there = Html(desk.get(gait["href"].partition("#")[0]).text)
    assert there.css_first(f'[id="at-{gait["id"]}"]').text(deep=True) == gait["printed"]
    assert there.css_first('.pager [aria-current="page"]') is not None


def test_the_evidence_says_where_the_original_lies(
    desk: httpx.Client, corpus: Corpus, ids: dict[str, str]
) -> None:
    page = Html(desk.get(f"/notices/{ids['notice-0.html']}").text)
    box = page.css_first(".evidence").text(deep=True)
    evidence = corpus.notice(ids["notice-0.html"]).row["evidence"]  # type: ignore[union-attr]
    assert evidence["sha256"] in box
    assert f"{evidence['warc']} @ {evidence['offset']}" in box
    leaving = page.css_first("a.leaving")
    assert leaving.attributes["href"] == "http://portal.example.org/0.html"


def test_a_document_that_could_not_be_read_has_a_page_that_says_so(
    desk: httpx.Client, ids: dict[str, str]
) -> None:
    page = Html(desk.get(f"/notices/{ids['broken.pdf']}").text)
    assert page.css_first("h1").text() == "broken.pdf"
    assert page.css_first(".problems-here .code") is not None
    assert page.css_first(".paper .empty") is not None
    listed = desk.get("/problems.json").json()["cases"]
    assert ids["broken.pdf"] in {case["notice"] for case in listed if case["unread"]}


def test_what_is_masked_stays_masked_in_the_twin(desk: httpx.Client, ids: dict[str, str]) -> None:
    view = desk.get(f"/notices/{ids['notice-0.html']}.json").json()
    assert TELEPHONE not in str(view)
    assert "＊" in view["text"]


def test_a_proof_leads_to_its_sentence_in_the_notice(desk: httpx.Client) -> None:
    opened = desk.get("/figures/technologies-by-year.json").json()
    columns = [column["id"] for column in opened["figure"]["columns"]]
    key = opened["figure"]["rows"][0]["cells"][columns.index("notices")]["key"]
    rows = Html(desk.get("/figures/technologies-by-year/rows", params={"cell": key}).text)
    proofs = rows.css(".proofs tbody tr")
    assert proofs
    for proof in proofs:
        at, _, anchor = proof.css_first("th a").attributes["href"].partition("#")
        spot = Html(desk.get(at).text).css_first(f'[id="{anchor}"]')
        assert spot.text(deep=True) in proof.css_first("mark").text()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_another_program_finds_the_same_digest(
    desk: httpx.Client, corpus: Corpus, ids: dict[str, str]
) -> None:
    for file in ("notice-0.html", "long.html", "broken.pdf"):
        page = Html(desk.get(f"/notices/{ids[file]}").text)
        shown = [pre.text() for pre in page.css(".evidence pre")]
        (command,) = (one for one in shown if one.startswith("warcio extract"))
        beside = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}  # where warcio lies
        said = subprocess.run(
            command, shell=True, cwd=corpus.folder.root, env=beside, capture_output=True, text=True
        ).stdout
        assert said.split()[0] == corpus.notice(ids[file]).row["evidence"]["sha256"]  # type: ignore[union-attr]
