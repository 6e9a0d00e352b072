"""A figure is built by clicking, opens at once, and is saved only by a form of this desk."""

from __future__ import annotations

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Html

from tenderlight.corpus import Corpus

AWARDS = {"rows": "technology", "columns": "year", "measure": "notices", "since": "2010"}


def token(desk: httpx.Client) -> str:
    field = Html(desk.get("/own/sql").text).css_first("input[name=token]")
    return str(field.attributes["value"])


def test_every_number_of_a_figure_being_built_opens(desk: httpx.Client) -> None:
    page = Html(desk.get("/own/build", params=AWARDS).text)
    numbers = [a.attributes["href"] for a in page.css("table.figure-table td.amount a")]
    assert numbers
    assert desk.get(str(numbers[0])).status_code == 200


def test_the_words_of_a_figure_stay_in_its_links(desk: httpx.Client) -> None:
    page = Html(desk.get("/figures/money?types=tender&types=award&since=2010").text)
    links = [str(a.attributes["href"]) for a in page.css("table.figure-table td.amount a")]
    assert all("since=2010" in at and "types=tender%2Caward" in at for at in links)
    ticked = {box.attributes["value"] for box in page.css("input[checked]")}
    assert {"tender", "award"} <= ticked
    assert desk.get("/figures/money?since=soon").status_code == 400


def test_a_figure_is_saved_by_our_own_form_alone(desk: httpx.Client, corpus: Corpus) -> None:
    form = {"name": "awards", "en": "Awards", "by": "LW", **AWARDS}
    same = {"sec-fetch-site": "same-origin"}
    told = {**form, "token": token(desk)}
    assert desk.post("/own/save", data=told, headers={"sec-fetch-site": "cross-site"}).is_error
    assert desk.post("/own/save", data=form, headers=same).status_code == 403
    assert not (corpus.folder.decisions / "figures.jsonl").exists()
    saved = desk.post("/own/save", data=told, headers=same)
    assert saved.headers["location"] == "/figures/own-awards"
    try:
        assert desk.get("/figures/own-awards").status_code == 200
        assert "own-awards" in desk.get("/figures").text
    finally:
        gone = {"name": "own-awards", "because": "a test", "by": "LW", "token": token(desk)}
        assert desk.post("/own/retire", data=gone, headers=same).status_code == 303
    assert desk.get("/figures/own-awards").status_code == 404


@pytest.mark.parametrize("at", ["/own/build?rows=person", "/own/build?ids=%27", "/own/sql?x=1"])
def test_what_no_figure_is_built_of_is_refused(desk: httpx.Client, at: str) -> None:
    assert desk.get(at).status_code == 400
