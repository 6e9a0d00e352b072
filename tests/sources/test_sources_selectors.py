"""Pages are read by selectors alone: rows, next pages, files, and what is not as it should be."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.soup import find_soup
from tenderlight.sources.asking import Asked, Detailed, Listed
from tenderlight.sources.page import decode_page, join_address
from tests.sources.sources_invented import SELECTORS, TODAY, answered, source_of

LIST = "https://portal.example.cn/list_1.html"
ROW = "<li><a href='/n/{0}.html'>监控采购公告{0}</a><span class=date>[2026-11-{0}]</span></li>"


def rows(*days: int) -> str:
    return f"<ul class=list>{''.join(ROW.format(day) for day in days)}</ul>"


def read(
    folder: Path, page: str | bytes, more: str = "", number: int = 1, before: int = 0
) -> Listed:
    source = source_of(folder, SELECTORS + more)
    first = source.start((), TODAY)[0]
    asked = Asked(
        url=LIST, kind="list", number=number, before=before, since=first.since, today=first.today
    )
    return source.read_list(asked, answered(LIST, page))


def test_a_row_becomes_an_entry_with_its_own_words(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, rows(21)).entries
    assert entry.url == "https://portal.example.cn/n/21.html"
    assert entry.stated is not None
    assert entry.stated.title == "监控采购公告21"
    assert entry.stated.date == "2026-11-21"
    assert entry.stated.source == "某市采购网"
    assert entry.stated.line.startswith("<li><a")
    assert entry.stated.title in entry.stated.line


def test_highlighted_words_are_joined_and_spaces_are_one(tmp_path: Path) -> None:
    page = rows(21).replace("监控采购", "<font color=red>监控</font>采购\n  二期")
    assert read(tmp_path, page).entries[0].stated.title == "监控采购 二期公告21"  # type: ignore[union-attr]


def test_the_next_page_counts_on_until_a_page_names_nothing(tmp_path: Path) -> None:
    source = source_of(tmp_path, SELECTORS)
    first = source.start((), TODAY)[0]
    listed = source.read_list(first, answered(LIST, rows(20, 21)))
    assert listed.next is not None
    assert (listed.next.url, listed.next.number, listed.next.before) == (
        "https://portal.example.cn/list_2.html",
        2,
        2,
    )
    end = source.read_list(listed.next, answered(LIST, "<ul class=list></ul>"))
    assert (end.next, end.problem, end.entries) == (None, None, ())


def test_a_link_to_the_next_page_is_followed_and_its_absence_is_the_end(tmp_path: Path) -> None:
    more = 'next = "a.next@href"\n'
    page = rows(21) + "<a class=next href='?p=2&amp;kw=天网'>下一页</a>"
    listed = read(tmp_path, page.encode("gbk"), more)
    assert listed.next is not None
    assert listed.next.url == "https://portal.example.cn/list_1.html?p=2&kw=%CC%EC%CD%F8"
    (tmp_path / "b").mkdir()
    assert read(tmp_path / "b", rows(21), more).next is None


def test_a_next_page_that_is_this_page_is_the_end(tmp_path: Path) -> None:
    page = rows(21) + f"<a class=next href='{LIST}#x'>下一页</a>"
    assert read(tmp_path, page, 'next = "a.next@href"\n').next is None


@pytest.mark.parametrize(("said", "goes_on"), [("共 1,234 条", True), ("共 2 条", False)])
def test_the_sources_own_total_says_where_the_end_is(
    tmp_path: Path, said: str, goes_on: bool
) -> None:
    page = rows(20, 21) + f"<p class=t>{said}</p>"
    listed = read(tmp_path, page, 'total = "p.t"\n')
    assert listed.stated in (1234, 2)
    assert (listed.next is not None) is goes_on


def test_the_number_of_pages_in_a_script_says_where_the_end_is(tmp_path: Path) -> None:
    script = "<div class=p><script>createPageHTML(3, 0, 'index')</script></div>"
    more = 'last = "div.p script"\n'
    assert read(tmp_path, rows(21) + script, more, number=2).next is not None
    (tmp_path / "b").mkdir()
    assert read(tmp_path / "b", rows(21) + script, more, number=3).next is None


def test_reading_stops_where_the_card_says_and_tells(tmp_path: Path) -> None:
    listed = read(tmp_path, rows(21), "pages = 3\n", number=3)
    assert (listed.next, listed.cut) == (None, True)


def test_what_is_older_than_wanted_is_counted_and_ends_the_reading(tmp_path: Path) -> None:
    listed = read(tmp_path, rows(10, 12, 21), "days = 10\n")
    assert [entry.url[-7:] for entry in listed.entries] == ["12.html", "21.html"]
    assert listed.older == 1
    assert listed.next is not None
    (tmp_path / "b").mkdir()
    listed = read(tmp_path / "b", rows(10, 11), "days = 10\n")
    assert (listed.older, listed.next, listed.entries, listed.problem) == (2, None, (), None)


def test_rows_that_lead_nowhere_are_ignored_and_counted(tmp_path: Path) -> None:
    page = rows(21).replace(
        "</ul>",
        "<li>标题</li><li><a href='javascript:void(0)'>x</a></li>"
        "<li><a href='mailto:a@b.cn'>y</a></li><li><a href='#top'>z</a></li></ul>",
    )
    listed = read(tmp_path, page)
    assert (len(listed.entries), listed.ignored, listed.problem) == (1, 4, None)


def test_entries_on_other_hosts_are_told_as_they_are(tmp_path: Path) -> None:
    page = rows(21).replace("/n/21.html", "//169.254.169.254/latest")
    assert read(tmp_path, page).entries[0].url == "https://169.254.169.254/latest"


def test_an_address_in_a_script_and_an_id_become_addresses(tmp_path: Path) -> None:
    page = """<ul class=list><li onclick="window.open('/n/7.html?a=1')"><a>公告</a>
        <span class=date>2026-11-21</span></li></ul>"""
    assert read(tmp_path, page, 'link = "@onclick"\n').entries[0].url == (
        "https://portal.example.cn/n/7.html?a=1"
    )
    (tmp_path / "b").mkdir()
    page = rows(21).replace("<a ", "<a data-id='7/../8&x' ")
    more = 'link = "a@data-id"\naddress = "https://portal.example.cn/view?id={id}"\n'
    assert read(tmp_path / "b", page, more).entries[0].url == (
        "https://portal.example.cn/view?id=7%2F..%2F8%26x"
    )


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("<ol class=list></ol>", "nothing at"),
        ("", "nothing at"),
        (rows(21).replace("href", "data-href"), "address"),
        (rows(21).replace("class=date", "class=day"), "date"),
        (rows(21).replace("[2026-11-21]", "昨天"), "date"),
        ("<div>" * 3000, "cannot be read"),
    ],
)
def test_another_shape_is_a_problem_and_never_an_empty_list(
    tmp_path: Path, page: str, word: str
) -> None:
    assert word in (read(tmp_path, page).problem or "")


def test_a_total_without_entries_is_a_problem(tmp_path: Path) -> None:
    listed = read(tmp_path, "<p class=t>共 90 条</p>", 'total = "p.t"\n', number=3, before=40)
    assert "90 entries" in (listed.problem or "")


def test_nothing_found_needs_the_sources_own_word(tmp_path: Path) -> None:
    more = 'none_words = "没有找到"\n'
    listed = read(tmp_path, "<div>没有找到相关内容</div>", more)
    assert (listed.none_found, listed.stated, listed.problem) == (True, 0, None)
    (tmp_path / "b").mkdir()
    assert read(tmp_path / "b", "<div>暂无</div>", more).problem
    (tmp_path / "c").mkdir()
    assert read(tmp_path / "c", "<div>暂无</div>", more, number=2).problem


def read_notice(folder: Path, page: str, more: str = "") -> Detailed:
    source = source_of(folder, SELECTORS + more)
    url = "https://portal.example.cn/n/21.html"
    return source.read_notice(Asked(url=url, kind="notice"), answered(url, page))


def test_the_files_of_a_notice_are_found_each_once_with_their_names(tmp_path: Path) -> None:
    name = "../f/采购 需求.pdf"
    page = f"""<div class=article>公告</div><div class=files><a href="{name}">采购需求.pdf</a>
        <a href="{name}">下载</a><a href="javascript:x()">打印</a><a>无</a></div>"""
    (file,) = read_notice(tmp_path, page).attachments
    assert file.url == "https://portal.example.cn/f/%E9%87%87%E8%B4%AD%20%E9%9C%80%E6%B1%82.pdf"
    assert file.kind == "attachment"
    assert file.stated is not None
    assert file.stated.title is not None


def test_files_that_are_only_ids_become_addresses(tmp_path: Path) -> None:
    page = "<div class=article>公告</div><div class=files><a data-id='A B'>x.pdf</a></div>"
    more = 'attachment = "https://portal.example.cn/d?id={id}"\n'
    body = SELECTORS.replace('"div.files a"', '"div.files a@data-id"') + more
    url = "https://portal.example.cn/n/1.html"
    source = source_of(tmp_path, body)
    detailed = source.read_notice(Asked(url=url, kind="notice"), answered(url, page))
    assert [file.url for file in detailed.attachments] == ["https://portal.example.cn/d?id=A%20B"]


def test_a_notice_without_its_content_is_a_problem(tmp_path: Path) -> None:
    assert "div.article" in (read_notice(tmp_path, "<div>请登录</div>").problem or "")


def test_a_notice_that_is_a_file_leads_nowhere_and_is_no_problem(tmp_path: Path) -> None:
    assert read_notice(tmp_path, "%PDF-1.4 …") == Detailed()


def test_a_frame_around_a_notice_is_followed(tmp_path: Path) -> None:
    page = "<iframe id=c src='/body/21.html'></iframe>"
    detailed = read_notice(tmp_path, page, 'frame = "iframe#c@src"\n')
    assert [(each.kind, each.url) for each in detailed.follow] == [
        ("notice", "https://portal.example.cn/body/21.html")
    ]
    assert detailed.problem is None


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("b.html", "https://a.cn/x/b.html"),
        (" /b\n.html\t", "https://a.cn/b.html"),
        ("//B.cn/c#d", "https://b.cn/c"),
        ("?p=1&kw=%CC%EC", "https://a.cn/x/list?p=1&kw=%CC%EC"),
        ("http://a.cn", "http://a.cn/"),
        ("https://user:word@a.cn/", None),
        ("https://a.cn:99999/", None),
        ("https://例子.cn/", None),
        ("ftp://a.cn/x", None),
        ("data:text/html,x", None),
        ("JavaScript:x", None),
        ("http://[::1", None),
        ("", None),
        ("#", None),
        ("/" + "x" * 5000, None),
    ],
)
def test_links_become_absolute_addresses_or_none(link: str, address: str | None) -> None:
    assert join_address("https://a.cn/x/list?q=1", link) == address


@given(st.text(max_size=60))
def test_any_link_becomes_an_address_without_spaces_or_none(link: str) -> None:
    address = join_address("https://a.cn/x/", link)
    assert address is None or (address.isascii() and address.isprintable() and " " not in address)


@pytest.mark.parametrize(
    ("payload", "charset"),
    [
        ("公告".encode(), "utf-8"),
        ("<meta charset=gb2312>公告㙇".encode("gb18030"), "gb18030"),
        ("<meta charset=utf-8>采购公告，预算12万元".encode("gbk"), "gb18030"),
        ("公告：采购".encode("gbk"), "gb18030"),
        ("<meta charset=iso-8859-1>Käufer Ausrüstung".encode("latin-1"), "iso-8859-1"),
        (b"<meta charset=utf-8>" + "公告采购".encode() + b"\xff", "utf-8"),
        (b"<meta charset=rot13>" + "公告采购".encode("gbk"), "gb18030"),
    ],
)
def test_pages_are_decoded_by_what_they_are_not_by_what_they_say(
    payload: bytes, charset: str
) -> None:
    text, found = decode_page(payload)
    assert found == charset
    assert "公告" in text or "Käufer" in text


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_page_or_none(payload: bytes) -> None:
    text, charset = decode_page(payload)
    assert text.encode("utf-8", "surrogatepass") is not None
    assert charset


SOUP = {
    "nested": "<div>" * 500_000,
    "mixed": "<x><div></x></div>" * 60_000,
    "attributes": "<a " + " ".join(f"a{n}" for n in range(200_000)) + ">",
    "formats": "".join(f"<b a={n}>" for n in range(3000)) + "<p>" * 50_000,
    "comments": "<!--" * 500_000,
    "quotes": "<a b='" * 200_000,
    "open": "<" * 2_000_000,
    "rows": "<ul class=list>" + "<li><a href=/1>公告</a>" * 90_000,
    "closed": "<b>" + "</i>" * 190_000,
    "crossed": "".join(f"<b a={n}><div>" for n in range(450)) + "</b>" * 19_000,
    "cells": "<table>" + "<tr>" + "<td><p><font>1" * 30_000,
}


@pytest.mark.parametrize("name", sorted(SOUP))
def test_hostile_pages_are_read_or_refused_in_seconds(tmp_path: Path, name: str) -> None:
    began = time.process_time()
    listed = read(tmp_path, SOUP[name])
    assert listed.problem or listed.entries
    assert time.process_time() - began < 20


def test_a_real_pages_nesting_is_not_find_soup() -> None:
    row = "<tr><td><p><span><font>1</font></span></p></td></tr>"
    assert find_soup("<div>" * 60 + f"<table>{row * 10_000}</table>" + "</div>" * 60) is None
