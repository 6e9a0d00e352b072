"""What became of notices, what was collected, what was withdrawn: on pages and in feeds."""

from __future__ import annotations

from xml.etree import ElementTree

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Html
from web_documents import PERSON, TELEPHONE
from web_visits import BLOCKED, CHANGED, REMOVED, TITLES, WITHDRAWN

from tenderlight.corpus import Corpus

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def seen(corpus: Corpus) -> dict[int, str]:
    """The id of each notice of the visits, by its number; the withdrawn one's too."""
    found = dict(corpus.connect().execute("select title, id from notice").fetchall())
    (gone,) = {one.notice for one in corpus.withdrawn()}
    return {n: found.get(title, gone) for n, title in enumerate(TITLES)}


def test_the_overview_tells_removals_and_changes_and_counts_every_verdict(
    desk: httpx.Client, seen: dict[int, str]
) -> None:
    told = desk.get("/watch.json").json()
    assert {one["notice"] for one in told["happened"]} == {seen[CHANGED], seen[REMOVED]}
    counts = {one["id"]: one["count"] for one in told["now"]}
    assert (counts["changed"], counts["removed"], counts["blocked"]) == (1, 1, 1)
    for one in told["now"]:
        listed = desk.get(one["href"].replace("/notices?", "/notices.json?")).json()
        assert listed["total"] == one["count"], one["id"]


def test_a_verdict_can_be_asked_for_and_an_unknown_one_is_refused(
    desk: httpx.Client, seen: dict[int, str]
) -> None:
    told = desk.get("/watch.json?verdict=blocked").json()
    assert [one["notice"] for one in told["happened"]] == [seen[BLOCKED]]
    assert desk.get("/watch?verdict=gone").status_code == 400


def test_the_notice_shows_its_timeline_with_what_was_and_what_is(
    desk: httpx.Client, seen: dict[int, str]
) -> None:
    page = Html(desk.get(f"/notices/{seen[CHANGED]}").text)
    assert "¥1,285,000" in page.css_first(".timeline del").text()
    assert "¥950,000" in page.css_first(".timeline ins").text()
    gone = Html(desk.get(f"/notices/{seen[REMOVED]}").text).css_first(".timeline")
    assert "Removed" in gone.text()
    assert "404" in gone.text()


def test_attachments_stand_with_their_notice_also_those_that_were_refused(
    desk: httpx.Client, seen: dict[int, str]
) -> None:
    shown = Html(desk.get(f"/notices/{seen[CHANGED]}").text).css_first(".attachments").text()
    assert "采购文件.pdf" in shown
    assert "403" in shown


def test_what_was_searched_is_told_apart_from_what_was_not(desk: httpx.Client) -> None:
    run = Html(desk.get("/runs/20260301T080000Z-example").text)
    rows = [row.text(separator=" ") for row in run.css("tbody tr")]
    assert "found" in rows[0]
    assert "none found" in rows[1]
    assert "not searched" in rows[2]
    assert "4 entries, 50 expected." in Html(desk.get("/runs").text).css_first("main").text()
    assert desk.get("/runs/nobody").status_code == 404


def test_a_withdrawn_notice_has_a_page_that_says_so_and_shows_nothing_of_it(
    desk: httpx.Client, seen: dict[int, str]
) -> None:
    page = desk.get(f"/notices/{seen[WITHDRAWN]}")
    assert page.status_code == 410
    assert "Names a private person" in page.text
    assert TITLES[WITHDRAWN] not in page.text
    assert seen[WITHDRAWN] in desk.get("/withdrawn").text
    assert TITLES[WITHDRAWN] not in desk.get("/notices").text


def test_both_feeds_carry_the_same_news_and_no_personal_data(
    desk: httpx.Client, seen: dict[int, str]
) -> None:
    atom, feed = desk.get("/watch/feed.atom"), desk.get("/watch/feed.json")
    assert atom.headers["content-type"].startswith("application/atom+xml")
    assert feed.headers["content-type"].startswith("application/feed+json")
    entries = ElementTree.fromstring(atom.content).findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    items = feed.json()["items"]
    assert ids == [item["id"] for item in items]
    assert len(ids) == len(set(ids)) == 2
    for item in items:
        assert desk.get(item["url"].partition("#")[0]).status_code == 200
        assert item["date_published"].startswith("2026-03-31T")
    for words in (PERSON, TELEPHONE):
        assert words not in atom.text + feed.text


def test_an_atom_entry_holds_no_character_that_xml_cannot_hold(desk: httpx.Client) -> None:
    from tenderlight.web.feeds import _clean

    assert _clean("a\x00b\x0bc\ufffed\ue000\n") == "abcd\ue000\n"
