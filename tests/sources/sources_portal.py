"""Cards for the sites of our own portal: what a reporter would write for each of them."""

from __future__ import annotations

from pathlib import Path

from tenderlight.sources.asking import Source
from tenderlight.sources.load import load_sources

CARDS = {
    "national": """
kind = "selectors"
searches = true
[selectors]
lists = ["URL/bxsearch?kw={term}&page_index={page}"]
item = "ul.vT-srch-result-list-bid > li"
title = "a"
date = "span"
region = "span a"
total = "div.vT_z > p"
none_found = "div.empty"
content = ".vF_detail_content"
attachments = "a.bizDownload"
""",
    "zfcg": """
kind = "selectors"
[selectors]
lists = ["URL/zfcg/index_{page}.html"]
first = ["URL/zfcg/index.html"]
first_number = 0
item = "ul.list > li"
title = "a@title"
date = "span"
last = "div.page script"
content = "div.TRS_Editor"
attachments = "div.fj a"
""",
    "ggzy": """
kind = "selectors"
[selectors]
lists = ["URL/ggzy/list.aspx?page=1"]
item = "table.tab tr:has(td.link)"
link = "td.link a@href"
title = "td.link a"
date = "td.date"
total = "div.pages"
next = "a.next@href"
none_words = "暂无数据"
content = "#content table"
attachments = "#files a"
""",
    "app": """
kind = "json"
searches = true
[json]
lists = ["URL/api/notice/list"]
method = "POST"
body_kind = "json"
body = '{"pageNo": {page}, "pageSize": 10, "keyword": "{term}"}'
good = "code=200"
rows = "data.rows"
total = "data.total"
link = "id"
address = "URL/api/notice/detail?id={id}"
page = "URL/xinxi/#/detail?id={id}"
title = "title"
date = "publishDate"
region_code = "regionCode"
content = "data.content"
attachments = "data.attachments"
""",
    "rss": """
kind = "feed"
[feed]
lists = ["URL/rss.xml"]
content = "article .text"
attachments = "a.file"
""",
    "atom": """
kind = "feed"
[feed]
lists = ["URL/atom.xml?page=1"]
content = "article .text"
attachments = "a.file"
""",
    "sitemap": """
kind = "feed"
[feed]
lists = ["URL/sitemap.xml"]
only = ["/gonggao/"]
content = "article .text"
attachments = "a.file"
""",
}
"""By the site's name; `URL` is the portal's."""

HEAD = """
name = "Invented {id}"
name_zh = "（样例）{id}"
country = "CN"
language = "zh"
home = "{url}/"
scope = "Invented notices on a portal of ours."
hosts = ["{netloc}"]
pace = 0.0
private = true
expected = {{minimum = 1, maximum = 10000}}
terms_seen = {{seen = 2026-11-22, note = "Ours."}}
"""


def portal_card(id: str, url: str, netloc: str) -> str:
    """The card of one of the portal's sites."""
    return HEAD.format(id=id, url=url, netloc=netloc) + CARDS[id].replace("URL", url)


def portal_sources(folder: Path, url: str, netloc: str) -> dict[str, Source]:
    """All of them, as a reporter's own sources; the names begin with `my-`."""
    for id in CARDS:
        (folder / f"my-{id}").mkdir(parents=True)
        (folder / f"my-{id}" / "source.toml").write_text(portal_card(id, url, netloc))
    loaded = load_sources(folder)
    return {id: loaded[f"my-{id}"] for id in CARDS}
