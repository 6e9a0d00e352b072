"""The whole desk, link by link: nothing is missing, nothing leaks, nothing is run."""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Html
from web_documents import EVIL, MAILBOX, PERSON, SCRIPT_URL, TELEPHONE

HREF = re.compile(r'href="([^"]*)"')
ROWS = re.compile(r"/figures/[^/]+/rows(?=\?)")
MOST_ROWS = 12
"""Of one figure, so many lists behind numbers are looked at as pages. That every number opens onto
what adds up to it is tested where no page has to be made for it (tests/figures, tests/planted)."""


class Site:
    """Every page that can be reached from the first one, fetched once."""

    def __init__(self, desk: httpx.Client) -> None:
        self.answers: dict[str, httpx.Response] = {}
        self.leaving: set[str] = set()
        rows: Counter[str] = Counter()
        todo = deque(["/"])
        while todo:
            at = todo.popleft()
            if at in self.answers or beyond(at):
                continue
            if listed := ROWS.match(at):  # its twin is looked at with it
                rows[listed[0]] += 1
                if rows[listed[0]] > MOST_ROWS:
                    continue
            self.answers[at] = desk.get(at)
            todo.extend(self.links(self.answers[at]))

    def links(self, answer: httpx.Response) -> list[str]:
        if "html" not in answer.headers["content-type"]:
            return []
        found = [unescape(href).partition("#")[0] for href in HREF.findall(answer.text)]
        self.leaving |= {href for href in found if href and not href.startswith("/")}
        return [href for href in found if href.startswith("/")]

    def pages(self) -> dict[str, httpx.Response]:
        return {at: a for at, a in self.answers.items() if "html" in a.headers["content-type"]}


def beyond(at: str) -> bool:
    """Filters can be combined without end; two at a time are enough, and one language."""
    questions = parse_qs(urlsplit(at).query)
    return len(questions) > 2 or questions.get("lang") == ["zh"]


@pytest.fixture(scope="module")
def site(desk: httpx.Client) -> Site:
    return Site(desk)


def test_every_link_of_every_page_leads_somewhere(site: Site) -> None:
    assert {at: a.status_code for at, a in site.answers.items() if a.status_code != 200} == {}
    assert len(site.pages()) > 100


def test_every_page_has_a_json_twin_that_is_linked(site: Site, desk: httpx.Client) -> None:
    for at, answer in site.pages().items():
        path, _, questions = at.partition("?")
        kept = "&".join(q for q in questions.split("&") if q and not q.startswith("lang="))
        twin = f"{path}.json" + (f"?{kept}" if kept else "")
        head = Html(answer.text).css_first('link[rel="alternate"]')
        assert head is not None
        assert head.attributes["href"] == twin
        assert site.answers[twin].json() is not None


def test_links_that_leave_are_marked_and_tell_nobody_where_from(site: Site) -> None:
    assert site.leaving
    assert all(href.startswith("http://portal.example.org/") for href in site.leaving)
    for answer in site.pages().values():
        for link in Html(answer.text).css('a[href^="http"]'):
            assert "noreferrer" in (link.attributes["rel"] or "")


def test_no_page_holds_a_script_or_a_style_of_its_own(site: Site) -> None:
    for at, answer in site.pages().items():
        page = Html(answer.text)
        scripts = [s.attributes.get("src") for s in page.css("script")]
        review = ["/static/review.js"] if at.partition("?")[0] == "/review" else []
        assert scripts == ["/static/desk.js", *review], at
        assert not page.css("style, img, iframe, object, embed, base"), at
        for node in page.css("*"):
            bad = {n for n in node.attributes if n.startswith("on") or n == "style"}
            assert not bad, (at, bad)
            assert not (node.attributes.get("href") or "").startswith(("javascript:", "data:"))


def test_what_a_notice_or_a_definition_says_is_shown_as_text(
    desk: httpx.Client, ids: dict[str, str]
) -> None:
    page = Html(desk.get(f"/notices/{ids['evil.html']}").text)
    assert page.css_first("h1").text().startswith(EVIL)
    assert SCRIPT_URL not in {link.attributes["href"] for link in page.css("a")}
    own = Html(desk.get("/technologies/glass-eyes").text)
    assert "<b>eyes</b>" in own.css_first("h1").text()
    assert "<script>alert(2)</script>" in own.css_first(".standfirst").text()
    asked = Html(desk.get("/search", params={"q": EVIL}).text)
    assert asked.css_first("input[name=q]").attributes["value"] == EVIL


def test_personal_data_is_nowhere(site: Site) -> None:
    for at, answer in site.answers.items():
        for secret in (PERSON, TELEPHONE, MAILBOX):
            assert secret not in answer.text, at


def test_personal_data_cannot_be_searched_for(desk: httpx.Client) -> None:
    for secret in (PERSON, TELEPHONE, MAILBOX):
        assert desk.get("/search.json", params={"q": secret}).json()["total"] == 0


def test_headings_are_in_order_and_ids_are_unique(site: Site) -> None:
    for at, answer in site.pages().items():
        page = Html(answer.text)
        levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4")]
        assert levels[0] == 1, at
        assert levels.count(1) == 1, at
        steps = [b - a for a, b in pairwise(levels)]
        assert max(steps, default=0) <= 1, (at, levels)
        names = [node.attributes["id"] for node in page.css("[id]")]
        assert len(names) == len(set(names)), at


def test_every_page_has_landmarks_a_language_and_names_for_its_controls(site: Site) -> None:
    for at, answer in site.pages().items():
        page = Html(answer.text)
        assert page.css_first("html").attributes["lang"] == "en", at
        for landmark in ("header", "nav[aria-label]", "main#main", "footer", "a.skip"):
            assert page.css_first(landmark) is not None, (at, landmark)
        labels = {node.attributes.get("for") for node in page.css("label")}
        assert {
            node.attributes["id"] for node in page.css("input:not([type=hidden]), select")
        } <= labels
        for chart in page.css("svg.chart"):
            assert chart.attributes["aria-label"]
        for table in page.css("main table"):
            if "paper" not in answer.text or table.css_first("th"):
                assert table.css_first("th[scope]") is not None, at
        for link in page.css("a"):
            said = link.attributes.get("aria-label") or link.text(deep=True)
            assert said.strip(), (at, link.html)


def test_chinese_is_marked_as_chinese(site: Site) -> None:
    """A screen reader reads a page in English; what is not must say so."""
    for at, answer in site.pages().items():
        page = Html(answer.text)
        for node in page.css("[lang=zh], svg, head, input, a.code, .code"):
            node.decompose()
        text = page.css_first("main").text(deep=True)
        unmarked = re.findall(r"[\u4e00-\u9fff]{2,}", text)
        assert not unmarked, (at, unmarked[:5])


def test_every_chart_has_a_table(site: Site) -> None:
    charts = 0
    for at, answer in site.pages().items():
        page = Html(answer.text)
        if page.css("svg.chart"):
            charts += 1
            assert len(page.css("table")) >= 1, at
    assert charts >= 5


def test_every_number_of_the_overview_opens_onto_as_many_notices(desk: httpx.Client) -> None:
    view = desk.get("/.json").json()
    numbers = [view[name] for name in ("documents", "read", "unread", "surveillance", "undated")]
    for name in ("sources", "types", "technologies", "years", "divisions"):
        numbers += view[name]
    assert len(numbers) > 15
    for number in numbers:
        path, _, questions = number["href"].partition("?")
        opened = desk.get(f"{path}.json?{questions}").json()
        assert opened["total"] == number["count"], number


def test_numbers_of_every_figure_open_onto_what_adds_up_to_them(desk: httpx.Client) -> None:
    opened = 0
    for card in desk.get("/figures.json").json()["figures"]:
        view = desk.get(f"/figures/{card['name']}.json").json()
        kinds = [column["kind"] for column in view["figure"]["columns"]]
        cells = [
            cell
            for row in view["figure"]["rows"]
            for kind, cell in zip(kinds, row["cells"], strict=True)
            if cell.get("key") is not None and kind in ("count", "money")
        ]
        for cell in cells[:: max(1, len(cells) // MOST_ROWS)]:
            rows = desk.get(f"{view['rows_at']}.json", params={"cell": cell["key"]})
            assert float(rows.json()["total"]) == float(cell["value"]), (card, cell)
            opened += 1
    assert opened > 50


def test_a_copy_counts_once_where_notices_are_counted(
    desk: httpx.Client, ids: dict[str, str]
) -> None:
    listed = desk.get("/notices.json?bought=y-dna").json()["entries"]
    files = {entry["id"] for entry in listed} & {ids["notice-0.html"], ids["copy.html"]}
    assert len(files) == 1
