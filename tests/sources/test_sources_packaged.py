"""Our own sources: every card loads and says what it must; the national portal's two layouts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tenderlight.sources.asking import Asked, Detailed, Listed, Source
from tenderlight.sources.load import load_sources
from tests.sources.sources_invented import TODAY, answered

SOURCES = load_sources()
FOLDER = Path(__file__).parents[2] / "src" / "tenderlight" / "sources"


@pytest.mark.parametrize("id", sorted(SOURCES))
def test_our_cards_say_what_a_card_must(id: str) -> None:
    card = SOURCES[id].card
    assert card.id == id
    for words in (card.name, card.name_zh, card.home, card.scope, card.terms_seen.note):
        assert words.strip()
    assert card.home.startswith("https://")
    assert card.pace >= 1.0
    assert card.expected.minimum >= 1
    assert card.terms_seen.seen.year >= 2026
    assert card.robots == "obey"
    assert not card.private
    assert card.contact is None


@pytest.mark.parametrize("id", sorted(SOURCES))
def test_our_sources_ask_their_own_hosts_only(id: str) -> None:
    source = SOURCES[id]
    asked = source.start(("人脸识别",), TODAY)
    assert asked
    for each in asked:
        assert each.url.split("/")[2] in source.card.hosts
        assert (each.term is not None) is source.card.searches
        assert "{" not in each.url
        assert b"{" not in each.body or each.body.startswith(b"{")


def test_every_folder_with_a_card_is_loaded_and_says_that_it_was_not_tried() -> None:
    cards = sorted(FOLDER.glob("*/source.toml"))
    assert [card.parent.name for card in cards] == sorted(SOURCES)
    for card in cards:
        text = card.read_text(encoding="utf-8")
        assert "never run against the site itself" in text
        assert "id" not in tomllib.loads(text)


SEARCH = SOURCES["ccgp"].start(("人脸识别",), TODAY)[0]
RESULT = """<li><a href="http://www.ccgp.gov.cn/cggg/dfgg/gkzb/202611/t20261120_1.htm">
<font color=red>人脸识别</font>系统采购公告</a><p>…</p><span>2026.11.20 09:30:00
| 采购人：岚枫县公安局 | 代理机构：某公司<br><strong>公开招标公告</strong>
| <a href="javascript:void(0)">广东</a></span></li>"""
RESULTS = """<meta charset=utf-8><p>共找到 <span style="color:#c00000">{0}</span> 条内容</p>
<ul class="vT-srch-result-list-bid">{1}</ul>"""


def read(source: Source, asked: Asked, payload: str) -> Listed:
    return source.read_list(asked, answered(asked.url, payload))


def test_a_result_of_the_national_search_is_an_entry() -> None:
    listed = read(SOURCES["ccgp"], SEARCH, RESULTS.format("1,204", RESULT))
    (entry,) = listed.entries
    assert entry.url == "http://www.ccgp.gov.cn/cggg/dfgg/gkzb/202611/t20261120_1.htm"
    assert entry.stated is not None
    assert entry.stated.title == "人脸识别系统采购公告"
    assert entry.stated.date == "2026.11.20 09:30:00"
    assert entry.stated.region == "广东"
    assert entry.term == "人脸识别"
    assert listed.stated == 1204
    assert listed.next is not None
    assert "page_index=2&" in listed.next.url


def test_the_national_search_says_that_nothing_was_found() -> None:
    listed = read(SOURCES["ccgp"], SEARCH, RESULTS.format("0", ""))
    assert (listed.none_found, listed.problem, listed.next) == (True, None, None)


@pytest.mark.parametrize(
    ("payload", "word"),
    [
        ("<p>您的访问过于频繁，请稍后再试。</p>", "访问过于频繁"),
        ("<title>安全验证</title><body>安全验证</body>", "安全验证"),
        (RESULTS.format("12", ""), "12 were found"),
        (RESULTS.format("12", RESULT).replace("共找到", "合计"), "共找到"),
        (RESULTS.format("12", RESULT).replace("2026.11.20", "近日"), "date"),
        (RESULTS.format("12", RESULT).replace("href", "data-href"), "address"),
        ("<div>" * 3000, "cannot be read"),
    ],
)
def test_what_is_no_page_of_results_is_a_problem(payload: str, word: str) -> None:
    assert word in (read(SOURCES["ccgp"], SEARCH, payload).problem or "")


def ccgp_notice(page: str) -> Detailed:
    url = "http://www.ccgp.gov.cn/cggg/dfgg/gkzb/202611/t20261120_1.htm"
    return SOURCES["ccgp"].read_notice(Asked(url=url, kind="notice"), answered(url, page))


DOWNLOAD = "https://download.ccgp.gov.cn/oss/download?uuid="


@pytest.mark.parametrize(
    ("page", "files"),
    [
        (
            """<div class="vF_detail_content"><p>公告</p></div>
            <td><a class="bizDownload" href="" id="5F3A-01" title="点击下载">采购文件.pdf</a>
            <a class="bizDownload" href='' id="5F3A-02">清单.xlsx</a></td>""",
            [f"{DOWNLOAD}5F3A-01", f"{DOWNLOAD}5F3A-02"],
        ),
        (
            """<div class="vT_detail_content"><p>见公告原文</p><a href="/up/1.doc">附件</a>
            <a href="http://www.example.cn/">采购人网站</a><a href="mailto:a@b.cn">邮箱</a></div>
            <a href="/about.pdf">网站说明</a>""",
            ["http://www.ccgp.gov.cn/up/1.doc"],
        ),
        (
            """<div class="vF_detail_content"><a onclick="downloadAttachFile('9C','合同.pdf')"
            href="javascript:;">合同.pdf</a>
            <a href="https://a.gov.cn/gpx-bid-file/610001/x.pdf?accessCode=9b">需求.pdf</a></div>""",
            [f"{DOWNLOAD}9C", "https://a.gov.cn/gpx-bid-file/610001/x.pdf?accessCode=9b"],
        ),
    ],
    ids=["today", "2013-2016", "contract"],
)
def test_the_files_of_a_national_notice_are_found_in_each_layout(
    page: str, files: list[str]
) -> None:
    detailed = ccgp_notice(page)
    assert detailed.problem is None
    assert [file.url for file in detailed.attachments] == files


@pytest.mark.parametrize("page", ["<p>错误页面！</p>", "<p>请输入验证码</p>", "", "<div>" * 3000])
def test_a_page_without_the_notice_is_a_problem(page: str) -> None:
    assert ccgp_notice(page).problem


def test_the_trading_centre_of_yichang_answers_in_json_and_its_pages_are_kept() -> None:
    source = SOURCES["yichang"]
    (asked,) = source.start(("视频监控",), TODAY)
    assert b"pageindex=0&" in asked.body
    payload = """{"status": {"code": 1}, "custom": {"infodata": [{"title": "监控采购中标结果公告",
        "infourl": "/jyxx/003001/003001005/20261120/0a-1b.html", "infodate": "2026-11-20 00:00",
        "xiaqucode": "420526", "infocontent": "<table><tr><td>中标人:</td></tr></table>"}]}}"""
    listed = source.read_list(asked, answered(asked.url, payload))
    (entry,) = listed.entries
    assert entry.url == ("https://ggzy.sc.yichang.gov.cn/jyxx/003001/003001005/20261120/0a-1b.html")
    assert entry.stated is not None
    assert entry.stated.region_code == "420526"
    assert "中标人" in entry.stated.line
    assert listed.next is not None
    assert b"pageindex=1&" in listed.next.body
    page = (
        "<div class='ewb-article-info'>公告</div><div id=attach><a href='/f/1.pdf'>1.pdf</a></div>"
    )
    detailed = source.read_notice(entry, answered(entry.url, page))
    assert [file.url for file in detailed.attachments] == ["https://ggzy.sc.yichang.gov.cn/f/1.pdf"]


def test_the_trading_centre_of_nanjing_opens_its_notices_by_script() -> None:
    source = SOURCES["nanjing"]
    tenders, results = source.start((), TODAY)
    assert (tenders.list, results.list) == (0, 1)
    row = """<li class="ewb-info-item2 clearfix"
        onclick="window.open('/njweb/zfcg/067001/1.html');"><div>公告</div></li>"""
    listed = source.read_list(results, answered(results.url, f"<ul>{row}</ul>"))
    assert [entry.url for entry in listed.entries] == [
        "https://njggzy.nanjing.gov.cn/njweb/zfcg/067001/1.html"
    ]
    assert listed.next is not None
    assert listed.next.url.endswith("/067002/067002001/2.html")


def test_the_national_platform_names_frames_and_their_insides_are_kept() -> None:
    source = SOURCES["ggzy"]
    (asked,) = source.start(("视频监控",), TODAY)
    payload = """{"code": 200, "data": {"total": 1, "records": [{"title": "监控采购合同",
        "url": "/information/deal/html/a/330000/0203/20261120/0033.html",
        "publishTime": "2026-11-20 00:32", "provinceText": "浙江"}]}}"""
    (entry,) = source.read_list(asked, answered(asked.url, payload)).entries
    assert "/html/b/330000/" in entry.url
    assert entry.page is not None
    assert "/html/a/330000/" in entry.page
    assert source.read_list(asked, answered(asked.url, '{"code": 829}')).problem


SAVED = {
    "ggzy": "portals/ggzy-b-page.html",
    "nanjing": "portals/js-tender-308831.html",
    "yichang": "portals/jl-cqggzy-04897bc10bcc.html",
}
"""Pages of each layout that somebody saved; the last is of another city's site of the same make."""


@pytest.mark.parametrize("id", sorted(SAVED))
def test_a_saved_page_of_the_layout_is_a_notice(shared: Path, id: str) -> None:
    page = (shared / "notices" / SAVED[id]).read_bytes()
    asked = Asked(url=SOURCES[id].card.home, kind="notice")
    assert SOURCES[id].read_notice(asked, answered(asked.url, page)).problem is None
