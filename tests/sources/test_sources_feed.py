"""RSS, Atom and sitemaps are read without entities, and hostile ones end at once."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.sources.asking import Asked, Listed
from tenderlight.sources.feed import read_xml
from tests.sources.sources_invented import TODAY, answered, source_of

FEED = """
kind = "feed"
[feed]
lists = ["https://portal.example.cn/rss.xml"]
content = "article"
attachments = "a.file"
"""
URL = "https://portal.example.cn/rss.xml"
RSS = """<?xml version="1.0" encoding="{0}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>公告</title>
<link>https://portal.example.cn/</link><image><url>/x.png</url></image>{1}</channel></rss>"""
ITEM = """<item><title><![CDATA[监控 & 采购]]></title><link> /n/1.html </link>
<pubDate>Fri, 20 Nov 2026 09:30:00 +0800</pubDate><description>x</description></item>"""


def read(folder: Path, payload: str | bytes, more: str = "") -> Listed:
    source = source_of(folder, FEED + more)
    return source.read_list(source.start((), TODAY)[0], answered(URL, payload, "text/xml"))


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "utf-8-sig"])
def test_an_item_of_rss_is_an_entry(tmp_path: Path, charset: str) -> None:
    payload = RSS.format(charset.removesuffix("-sig"), ITEM).encode(charset)
    (entry,) = read(tmp_path, payload).entries
    assert entry.url == "https://portal.example.cn/n/1.html"
    assert entry.stated is not None
    assert entry.stated.title == "监控 & 采购"
    assert entry.stated.date == "Fri, 20 Nov 2026 09:30:00 +0800"
    assert entry.stated.line.startswith("<item>")


def test_an_address_may_stand_in_the_guid_unless_it_says_otherwise(tmp_path: Path) -> None:
    item = "<item><guid{}>https://portal.example.cn/n/7</guid></item>"
    listed = read(tmp_path / "a", RSS.format("utf-8", item.format("")))
    assert listed.entries[0].url == "https://portal.example.cn/n/7"
    no = item.format(' isPermaLink="false"')
    assert "address" in (read(tmp_path / "b", RSS.format("utf-8", no)).problem or "")


def test_old_items_are_counted(tmp_path: Path) -> None:
    old = ITEM.replace("/n/1", "/n/0").replace("20 Nov 2026", "20 Nov 2020")
    listed = read(tmp_path, RSS.format("utf-8", ITEM + old), "days = 30\n")
    assert (len(listed.entries), listed.older) == (1, 1)


def test_atom_is_read_with_its_next_page(tmp_path: Path) -> None:
    payload = """<feed xmlns="http://www.w3.org/2005/Atom"><title>公告</title>
        <link rel="self" href="/atom"/><link rel="next" href="/atom?page=2"/>
        <entry><title>监控</title><link rel="edit" href="/edit"/><link href="/n/1"/>
        <published>2026-11-20T09:30:00+08:00</published></entry></feed>"""
    listed = read(tmp_path, payload)
    assert [entry.url for entry in listed.entries] == ["https://portal.example.cn/n/1"]
    assert listed.entries[0].stated is not None
    assert listed.entries[0].stated.date == "2026-11-20T09:30:00+08:00"
    assert listed.next is not None
    assert listed.next.url == "https://portal.example.cn/atom?page=2"


SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'


def test_a_sitemap_names_what_the_card_wants_and_its_dates_are_no_publication(
    tmp_path: Path,
) -> None:
    urls = "".join(
        f"<url><loc>{at}</loc><lastmod>2026-11-20</lastmod></url>" for at in ("/n/1", "/a")
    )
    listed = read(tmp_path, SITEMAP.format(urls), 'only = ["/n/"]\n')
    assert [entry.url for entry in listed.entries] == ["https://portal.example.cn/n/1"]
    assert listed.entries[0].stated is not None
    assert listed.entries[0].stated.date is None
    assert (listed.ignored, listed.problem) == (1, None)


def test_an_index_of_sitemaps_is_followed_one_step_deep(tmp_path: Path) -> None:
    maps = "<sitemap><loc>/s1.xml</loc></sitemap><sitemap><loc>/s0.xml.gz</loc>"
    payload = INDEX.format(maps + "<lastmod>2020-01-01</lastmod></sitemap>")
    source = source_of(tmp_path, FEED + "days = 30\n")
    listed = source.read_list(source.start((), TODAY)[0], answered(URL, payload))
    (inner,) = listed.lists
    assert (inner.url, inner.kind) == ("https://portal.example.cn/s1.xml", "list")
    assert listed.older == 1
    again = source.read_list(inner, answered(inner.url, payload))
    assert (again.lists, bool(again.problem)) == ((), True)


def test_a_sitemap_in_a_gzip_file_is_unpacked_and_a_bomb_is_not(tmp_path: Path) -> None:
    packed = gzip.compress(SITEMAP.format("<url><loc>/n/1</loc></url>").encode())
    assert len(read(tmp_path / "a", packed).entries) == 1
    bomb = gzip.compress(b"<urlset>" + b" " * 300_000_000, 9)
    assert "50 MB" in (read(tmp_path / "b", bomb).problem or "")
    assert "gzip" in (read(tmp_path / "c", packed[:20] + b"junk").problem or "")


@pytest.mark.parametrize(
    ("payload", "word"),
    [
        ("", "no XML"),
        ("<html><body>请完成验证</body></html>", "no feed"),
        ("<rss><channel><item></rss>", "no XML"),
        (RSS.format("utf-8", "<entry2><link>/1</link></entry2>"), "entry2"),
        (INDEX.format("<sitemap><at>/s.xml</at></sitemap>"), "address"),
        ('<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>', "entities"),
        ('<!DOCTYPE r [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]><rss/>', "entities"),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "http://10.0.0.1/">]><rss>&a;</rss>', "entities"),
        ("<a/>" * 2_000_000, "tags"),
    ],
)
def test_what_is_no_feed_is_a_problem(tmp_path: Path, payload: str, word: str) -> None:
    assert word in (read(tmp_path, payload).problem or "")


def test_an_empty_feed_says_that_there_is_nothing(tmp_path: Path) -> None:
    listed = read(tmp_path, RSS.format("utf-8", ""))
    assert (listed.none_found, listed.problem) == (True, None)


DEEP = "<rss><channel><item><link>/1</link>" + "<a>" * 100_000 + "</a>" * 100_000


@pytest.mark.parametrize(
    "payload",
    [
        DEEP + "</item></channel></rss>",
        "<rss><channel>" + "<item><link>/1</link></item>" * 200_000 + "</channel></rss>",
        "<rss " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>",
        "<rss><channel><item><title>" + "x" * 30_000_000 + "</title></item></channel></rss>",
        "<rss><channel>"
        + "<item><link>/1</link>" * 300
        + "<a>y</a>" * 100_000
        + "</item>" * 300
        + "</channel></rss>",
        "<rss " + " ".join(f'a{n}= ""' for n in range(2_000_000)) + "/>",
    ],
    ids=["deep", "many", "attributes", "long", "entries in entries", "attributes without end"],
)
def test_hostile_feeds_are_read_or_refused_in_seconds(tmp_path: Path, payload: str) -> None:
    began = time.process_time()
    listed = read(tmp_path, payload)
    assert listed.problem or listed.entries or listed.none_found
    assert time.process_time() - began < 20


def test_more_attributes_than_memory_is_for_are_refused() -> None:
    payload = "<rss " + " ".join(f'a{n}=""' for n in range(1_100_000)) + "/>"
    assert read_xml(payload.encode()) == "it has more than 1000000 attributes"


@given(st.binary(max_size=500))
def test_any_bytes_are_xml_or_not(payload: bytes) -> None:
    assert read_xml(payload) is not None
    assert read_xml(b"\x1f\x8b" + payload) is not None


def test_the_page_of_an_entry_is_looked_at_for_files(tmp_path: Path) -> None:
    source = source_of(tmp_path, FEED)
    asked = Asked(url="https://portal.example.cn/n/1", kind="notice")
    page = "<article>公告<a class=file href='../f.pdf'>f</a></article>"
    assert [f.url for f in source.read_notice(asked, answered(asked.url, page)).attachments] == [
        "https://portal.example.cn/f.pdf"
    ]
    assert source.read_notice(asked, answered(asked.url, "<p>登录</p>")).problem
