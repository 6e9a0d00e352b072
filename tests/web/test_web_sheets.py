"""The picture of a page: the passage framed, what must not be shown black, the text beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import numpy as np
import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from selectolax.lexbor import LexborHTMLParser as Html
from web_serving import serving

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.sources import add

TELEPHONE = "13900001234"


def notice_pdf() -> bytes:
    out = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    for page in (("云桥县公安局采购公告", "采购人：云桥县公安局", "预算金额：120万元"),
                 (f"联系电话：{TELEPHONE}", "项目编号：YQ-2024-7")):  # fmt: skip
        for line, text in enumerate(page):
            canvas.setFont("STSong-Light", 16)
            canvas.drawString(40, 250 - 40 * line, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def own_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, str]]:
    root = tmp_path_factory.mktemp("sheets") / "corpus"
    init_corpus(root)
    saved = root.with_name("saved")
    saved.mkdir()
    (saved / "公告.pdf").write_bytes(notice_pdf())
    add(root, [saved], lambda: datetime(2026, 5, 3, tzinfo=UTC))
    build(root, jobs=1)
    (row,) = Corpus.open(root).rows()
    with serving(Corpus.open(root)) as home, httpx.Client(base_url=home) as client:
        yield client, row["id"]


def pixels(answer: httpx.Response) -> np.ndarray:
    assert answer.headers["content-type"] == "image/png"
    return np.asarray(Image.open(io.BytesIO(answer.content)).convert("RGB")).astype(int)


def test_a_value_leads_to_its_page_where_it_is_framed(own_desk: tuple[httpx.Client, str]) -> None:
    desk, id = own_desk
    view = desk.get(f"/notices/{id}.json").json()
    budget = next(value for value in view["values"] if value["id"] == "budget_cny")
    page = Html(desk.get(budget["picture"]).text)
    assert page.css_first(".framed q").text() == budget["printed"]
    assert "预算金额" in page.css_first(".paper").text()
    assert "项目编号" not in page.css_first(".paper").text(), "only what stands on this page"
    framed = pixels(desk.get(page.css_first(".photo img").attributes["src"] or ""))
    plain = pixels(desk.get(f"/notices/{id}/pages/0.png"))
    changed = np.argwhere(np.abs(framed - plain).sum(axis=2) > 30)
    height = framed.shape[0] / 300
    assert len(changed)
    assert changed[:, 0].min() > 110 * height, "the frame is around the third line"
    assert changed[:, 0].max() < 150 * height


def test_personal_data_is_black_on_the_picture(own_desk: tuple[httpx.Client, str]) -> None:
    desk, id = own_desk
    picture = pixels(desk.get(f"/notices/{id}/pages/1.png"))
    scale = picture.shape[1] / 400
    line = picture[int(36 * scale) : int(52 * scale), int(125 * scale) : int(195 * scale)]
    assert (line < 60).all(axis=2).mean() > 0.9
    assert TELEPHONE not in desk.get(f"/notices/{id}/pages/1").text


def test_pages_follow_one_another_and_end(own_desk: tuple[httpx.Client, str]) -> None:
    desk, id = own_desk
    first = Html(desk.get(f"/notices/{id}/pages/0").text)
    after = first.css_first('a[rel="next"]').attributes["href"] or ""
    assert Html(desk.get(after).text).css_first('a[rel="next"]') is None
    assert desk.get(f"/notices/{id}/pages/2").status_code == 404
    assert desk.get(f"/notices/{id}/pages/2.png").status_code == 404
    assert desk.get(f"/notices/{id}/pages/..%2f.png").status_code == 404


@pytest.mark.parametrize("asked", ["width=99999", "at=9-1", "at=1-999999", "at=x", "other=1"])
def test_what_makes_no_sense_is_refused(own_desk: tuple[httpx.Client, str], asked: str) -> None:
    desk, id = own_desk
    assert desk.get(f"/notices/{id}/pages/0.png?{asked}").status_code == 400
