"""The portal shows its notices as real portals do, and lets them be edited, moved and removed."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

import pytest

from tests.portal import Portal


class Got(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def ask(
    portal: Portal, address: str, method: str = "GET", body: bytes = b"", **headers: str
) -> Got:
    where = urlsplit(urljoin(portal.url, address))
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    query = f"?{where.query}" if where.query else ""
    try:
        connection.request(method, where.path + query, body=body or None, headers=named)
        answer = connection.getresponse()
        return Got(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def every_page(portal: Portal, addresses: Iterator[str], pattern: str) -> list[str]:
    found: list[str] = []
    for address in addresses:
        entries = re.findall(pattern, ask(portal, address).body.decode("gb18030", "replace"))
        if not entries:
            return found
        found += [
            urljoin(urljoin(portal.url, address), one.replace("&amp;", "&")) for one in entries
        ]
    return found


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with Portal(notices=50) as portal:
        yield portal


LISTS: Mapping[str, tuple[str, int, str]] = {
    "national": ("/bxsearch?kw=&page_index={}", 1, r'<li><a href="([^"]+)"'),
    "zfcg": ("/zfcg/index_{}.html", 0, r'<li><a href="([^"]+)"'),
    "ggzy": ("/ggzy/list.aspx?page={}", 1, r'class="link"><a href="([^"]+)"'),
    "feed": ("/sitemap-{}.xml", 1, r"<loc>([^<]+)</loc>"),
}


@pytest.mark.parametrize("site", LISTS)
def test_every_list_names_every_notice_once(portal: Portal, site: str) -> None:
    form, first, pattern = LISTS[site]
    pages = (form.format(number) for number in range(first, first + 20))
    found = every_page(portal, pages, pattern)
    assert sorted(found) == sorted(portal.address(number, site) for number in range(50))


@pytest.mark.parametrize("site", ["national", "zfcg", "ggzy", "app", "feed"])
def test_every_page_of_a_notice_says_who_buys_what(portal: Portal, site: str) -> None:
    notice = portal.notices[7]
    got = ask(portal, portal.address(7, site))
    text = got.body.decode("gb18030" if site == "zfcg" else "utf-8")
    assert notice.project_number in text
    assert notice.buyer in text


def test_the_search_finds_words_and_says_how_many(portal: Portal) -> None:
    got = ask(portal, f"/bxsearch?kw={quote('人脸识别')}&page_index=1")
    meant = [one for one in portal.notices.values() if "人脸识别" in one.text()]
    assert f'">{len(meant)}</span> 条内容' in got.text
    assert got.text.count("<li>") == len(meant)
    assert "没有找到" in ask(portal, f"/bxsearch?kw={quote('没有的词')}").text


def test_the_api_lists_by_post_and_get(portal: Portal) -> None:
    asked = json.dumps({"pageNo": 2, "pageSize": 20, "keyword": ""}).encode()
    posted = json.loads(ask(portal, "/api/notice/list", "POST", asked).body)
    got = json.loads(ask(portal, "/api/notice/list?pageNo=2&pageSize=20").body)
    assert posted["data"] == got["data"]
    assert posted["data"]["total"] == 50
    assert len(posted["data"]["rows"]) == 20
    refused = json.loads(ask(portal, "/api/notice/list", "POST", b"[]").body)
    assert refused["code"] == 500
    assert b'id="app"></div>' in ask(portal, "/xinxi/").body


def test_an_attachment_is_found_by_every_spelling_of_its_address(portal: Portal) -> None:
    file = portal.notices[2].attachments[0]
    folder = portal.address(2, "zfcg").rpartition("/")[0]
    addresses = [
        f"{folder}/{quote(file.name.encode('gbk'))}",
        f"{folder}/{quote(file.name)}",
        f"/ggzy/../upload/{file.key}",
        f"/api/file/{file.key}",
    ]
    page = ask(portal, portal.address(2)).text
    addresses += re.findall(r'href="(/oss/download[^"]+)"', page)[:1]
    assert [ask(portal, address).body for address in addresses] == [file.payload] * 5


def test_some_gbk_pages_declare_another_charset(portal: Portal) -> None:
    pages = [ask(portal, portal.address(number, "zfcg")) for number in range(3)]
    declared = [re.search(rb'charset="([^"]+)"', page.body)[1] for page in pages]  # type: ignore[index]
    assert declared == [b"gb2312", b"utf-8", b"gbk"]
    assert "ISO-8859-1" in str(pages[2].headers["Content-Type"])
    assert all("公告" in page.body.decode("gb18030") for page in pages)


def test_tokens_and_clocks_change_though_the_notice_does_not(portal: Portal) -> None:
    first, second = (ask(portal, portal.address(9)).text for _ in range(2))
    assert first != second
    told = [re.search(r'vF_detail_content">(.*)</div></div>', text)[1] for text in (first, second)]  # type: ignore[index]
    assert told[0] == told[1]


def test_a_version_that_is_known_is_not_sent_again(portal: Portal) -> None:
    got = ask(portal, portal.address(4, "zfcg"))
    again = ask(portal, portal.address(4, "zfcg"), If_None_Match=got.headers["ETag"])
    since = got.headers["Last-Modified"]
    dated = ask(portal, portal.address(4, "zfcg"), If_Modified_Since=since)
    assert (again.status, again.body, dated.status) == (304, b"", 304)


def test_robots_are_told_where_not_to_go() -> None:
    with Portal(notices=2, crawl_delay=0.5, disallowed=["/oss/"]) as portal:
        text = ask(portal, "/robots.txt").text
        assert "Disallow: /oss/\n" in text
        assert "Crawl-delay: 0.5\n" in text
        portal.no_robots = True
        assert ask(portal, "/robots.txt").status == 404


def test_an_edited_notice_says_the_new_amount() -> None:
    with Portal(notices=4) as portal:
        portal.edit(0, amount=1_234_500)
        assert "1234500元" in ask(portal, portal.address(0)).text
        assert "1,234,500.00" in ask(portal, portal.address(0, "ggzy")).text


def test_a_moved_notice_answers_at_the_new_address_only() -> None:
    with Portal(notices=4) as portal:
        was = portal.address(1)
        now = portal.move(1)
        gone = ask(portal, was)
        assert (gone.status, gone.headers["Location"]) == (301, now)
        assert portal.notices[1].title in ask(portal, now).text
        portal.move(1, how="404")
        assert ask(portal, now).status == 404
        assert urlsplit(portal.address(1)).path in ask(portal, "/bxsearch").text


@pytest.mark.parametrize(
    ("how", "status"),
    [("404", 404), ("404_empty", 404), ("410", 410), ("home", 302), ("soft_404", 200)],
)
def test_a_removed_notice_is_gone_in_the_way_that_was_asked_for(how: str, status: int) -> None:
    with Portal(notices=4) as portal:
        portal.remove(2, how=how)
        got = ask(portal, portal.address(2))
        assert got.status == status
        assert portal.notices[2].title not in got.text
        assert portal.notices[2].title not in ask(portal, "/bxsearch").text
        portal.restore(2)
        assert portal.notices[2].title in ask(portal, portal.address(2)).text


def test_new_notices_stand_first_and_lists_can_shrink() -> None:
    with Portal(notices=30) as portal:
        [number] = portal.publish()
        assert ask(portal, "/bxsearch").text.count("<li>") == 20
        assert portal.notices[number].title in ask(portal, "/bxsearch").text
        portal.shrunk = 5
        assert ask(portal, "/bxsearch").text.count("<li>") == 5


def test_redesigned_pages_hold_the_words_in_other_markup() -> None:
    with Portal(notices=4) as portal:
        portal.redesigned = True
        text = ask(portal, "/bxsearch").text
        assert 'vT-srch-result-list-bid"' in text
        assert 'class="vT-srch-result-list-bid"' not in text
        assert portal.notices[0].title in text


def test_baits_lead_out_of_the_portal_on_every_site() -> None:
    with Portal(notices=4, baits=True) as portal:
        for site in ("national", "zfcg", "ggzy", "feed"):
            body = ask(portal, portal.address(1, site)).body
            assert b"file:///etc/hostname" in body
            assert portal.trap.encode() in body


def test_the_same_seed_invents_the_same_notices() -> None:
    assert Portal(notices=9).notices == Portal(notices=9).notices
    assert Portal(notices=9, seed=2).notices != Portal(notices=9).notices


def test_the_log_tells_what_was_asked_when_and_in_which_visit() -> None:
    with Portal(notices=4) as portal:
        ask(portal, portal.address(0), User_Agent="ours")
        portal.visit(2)
        ask(portal, "/nothing")
        first, second = portal.log
        assert (first.visit, first.status, first.whole) == (0, 200, True)
        assert first.headers["user-agent"] == "ours"
        assert (second.visit, second.target, second.status) == (2, "/nothing", 404)
        assert portal.requests("/nothing", visit=2) == [second]
        assert len(portal.gaps()) == 1
        assert portal.gaps()[0] == second.at - first.at


def test_what_contributing_shows_of_the_portal_runs() -> None:
    text = Path(__file__).parents[2].joinpath("CONTRIBUTING.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```python\n(from tests.portal.*?)```", text, re.S)
    exec(compile(shown, "CONTRIBUTING.md", "exec"), {})
