"""Every kind of card reads a whole portal: each notice, each page, each file, over real HTTP."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tenderlight.sources.asking import Answered, Asked, Listed, Source
from tests.portal import Portal
from tests.sources.sources_invented import TODAY
from tests.sources.sources_portal import CARDS, portal_sources

MOST = 200


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with Portal(notices=130) as running:
        yield running


@pytest.fixture(scope="module")
def sources(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Source]:
    return portal_sources(tmp_path_factory.mktemp("cards"), portal.url, portal.netloc)


def ask(asked: Asked) -> Answered:
    parts = urlsplit(asked.url)
    assert parts.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(asked.method, target, asked.body or None, asked.headers)
        answer = connection.getresponse()
        kind = (answer.getheader("Content-Type") or "").partition(";")[0].lower()
        return Answered(url=asked.url, status=answer.status, media_type=kind, payload=answer.read())
    finally:
        connection.close()


def read_all(source: Source, *terms: str) -> tuple[list[Listed], list[Asked]]:
    """Every page of every list, and every entry."""
    waiting, pages = list(source.start(terms, TODAY)), []
    while waiting:
        asked = waiting.pop(0)
        answer = ask(asked)
        assert answer.status == 200, asked.url
        pages.append(source.read_list(asked, answer))
        assert pages[-1].problem is None
        assert len(pages) < MOST
        waiting += [*pages[-1].lists, *([pages[-1].next] if pages[-1].next else ())]
    return pages, [entry for page in pages for entry in page.entries]


SITES = {
    "national": "national",
    "zfcg": "zfcg",
    "ggzy": "ggzy",
    "app": "app",
    "atom": "feed",
    "sitemap": "feed",
}


@pytest.mark.parametrize(("id", "site"), SITES.items())
def test_a_list_is_read_to_its_end_and_names_every_notice(
    portal: Portal, sources: dict[str, Source], id: str, site: str
) -> None:
    pages, entries = read_all(sources[id])
    assert {entry.url for entry in entries} == {portal.address(n, site) for n in portal.notices}
    assert len(entries) == len(portal.notices)
    assert not any(page.cut or page.none_found for page in pages)
    if id in ("national", "ggzy", "app"):
        assert {page.stated for page in pages} == {len(portal.notices)}


@pytest.mark.parametrize("id", [id for id in CARDS if id != "sitemap"])
def test_an_entry_says_what_the_list_says_of_the_notice(
    portal: Portal, sources: dict[str, Source], id: str
) -> None:
    _, entries = read_all(sources[id])
    of = {n.title: n for n in portal.notices.values()}
    for entry in entries[:20]:
        assert entry.stated is not None
        notice = of[entry.stated.title or ""]
        assert entry.stated.source == f"（样例）{id}"
        assert notice.title in entry.stated.line
        if id in ("national", "zfcg", "ggzy", "app"):
            assert (entry.stated.date or "")[:10].replace(".", "-") == notice.stamp
            assert (entry.stated.date or "") in entry.stated.line
        if id == "app":
            assert entry.stated.region_code == notice.region_code
            assert entry.page is not None
            assert "/xinxi/#/detail?id=" in entry.page
        if id == "national":
            assert entry.stated.region == notice.province


@pytest.mark.parametrize("id", sorted(CARDS))
def test_the_files_of_every_notice_are_found_and_can_be_had(
    portal: Portal, sources: dict[str, Source], id: str
) -> None:
    _, entries = read_all(sources[id])
    files = {one.payload for n in portal.notices.values() for one in n.attachments}
    had = set()
    for entry in entries:
        detailed = sources[id].read_notice(entry, ask(entry))
        assert detailed.problem is None
        for file in detailed.attachments:
            answer = ask(file)
            assert answer.status == 200, file.url
            had.add(answer.payload)
    assert had
    assert had <= files
    assert had == files or id == "rss"


@pytest.mark.parametrize("id", ["national", "app"])
def test_none_found_is_said_and_is_no_other_shape(sources: dict[str, Source], id: str) -> None:
    pages, entries = read_all(sources[id], "没有这样的词")
    assert entries == []
    assert [(page.none_found, page.stated) for page in pages] == [(True, 0)]


def test_each_term_is_a_list_of_its_own(portal: Portal, sources: dict[str, Source]) -> None:
    words = ("人脸", "没有这样的词", "人脸")
    asked = sources["national"].start(words, TODAY)
    assert [each.term for each in asked] == ["人脸", "没有这样的词"]
    for id in ("national", "app"):
        _, entries = read_all(sources[id], "人脸")
        with_it = [n for n in portal.notices.values() if "人脸" in n.text()]
        assert len(entries) == len(with_it)
        assert {entry.term for entry in entries} == {"人脸"}


@pytest.mark.parametrize("id", sorted(CARDS))
def test_a_page_that_changed_its_shape_is_said_and_never_empty(
    portal: Portal, sources: dict[str, Source], id: str
) -> None:
    first = sources[id].start((), TODAY)[0]
    good = sources[id].read_list(first, ask(first))
    portal.redesigned = True
    try:
        changed = ask(first)
        notice = ask(good.entries[0]) if good.entries else None
    finally:
        portal.redesigned = False
    assert sources[id].read_list(first, changed).problem
    if notice is not None and id not in ("rss", "atom"):
        assert sources[id].read_notice(good.entries[0], notice).problem


@pytest.mark.parametrize("kind", ["captcha", "soft_404", "empty", "entities", "home"])
@pytest.mark.parametrize("id", sorted(CARDS))
def test_what_stands_in_the_way_is_neither_list_nor_notice(
    portal: Portal, sources: dict[str, Source], id: str, kind: str
) -> None:
    source = sources[id]
    entry = Asked(url=f"{portal.url}/x", kind="notice")
    answer = ask(Asked(url=f"{portal.url}/fault/{kind}", kind="list"))
    assert source.read_list(source.start((), TODAY)[0], answer).problem
    assert source.read_notice(entry, answer).problem
