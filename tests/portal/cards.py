"""Cards of the portal's sites, as a reporter would write them."""

from __future__ import annotations

from pathlib import Path

from .board import Board

RULES = {
    "national": (
        "selectors",
        """
lists = ["{url}/bxsearch?kw={{term}}&page_index={{page}}"]
pages = 1000
item = "ul.vT-srch-result-list-bid li"
date = "span"
region = "span a"
total = ".vT_z p span"
none_found = "div.empty"
content = "div.vF_detail_content"
attachments = "a.bizDownload@href"
""",
    ),
    "zfcg": (
        "selectors",
        """
lists = ["{url}/zfcg/index_{{page}}.html"]
first = ["{url}/zfcg/index.html"]
first_number = 0
pages = 1000
item = "ul.list li"
date = "span"
content = "div.TRS_Editor"
attachments = "div.fj a@href"
""",
    ),
    "ggzy": (
        "selectors",
        """
lists = ["{url}/ggzy/list.aspx?page={{page}}"]
pages = 1000
item = "table.tab tr"
date = "td.date"
next = "a.next@href"
total = "div.pages"
none_words = "暂无数据"
content = "#content"
attachments = "#files a@href"
""",
    ),
    "app": (
        "json",
        """
lists = ["{url}/api/notice/list"]
method = "POST"
body = '{{"pageNo": {{page}}, "pageSize": 20, "keyword": "{{term}}"}}'
body_kind = "json"
pages = 1000
good = "code=200"
rows = "data.rows"
total = "data.total"
link = "id"
address = "{url}/api/notice/detail?id={{id}}"
page = "{url}/xinxi/detail/{{id}}"
title = "title"
date = "publishDate"
region_code = "regionCode"
content = "data.content"
attachments = "data.attachments"
""",
    ),
    "feed": (
        "feed",
        """
lists = ["{url}/sitemap.xml"]
pages = 1000
only = ["/gonggao/"]
content = "div.text"
attachments = "a.file@href"
""",
    ),
}
SEARCHED = ("national", "app")


def card(board: Board, site: str, *, pace: float = 0.0, minimum: int = 0, more: str = "") -> str:
    """The text of `source.toml` for one site; `more` is put before its table of rules."""
    kind, rules = RULES[site]
    return f'''# An invented source: a portal of ours on loopback.
name = "Portal {site} (invented)"
name_zh = "（样例）门户{site}"
country = "CN"
language = "zh"
home = "{board.url}/"
scope = "Invented notices."
hosts = ["{board.netloc}"]
pace = {pace}
kind = "{kind}"
searches = {"true" if site in SEARCHED else "false"}
private = true
{more}
[expected]
minimum = {minimum}
maximum = 1000000

[terms_seen]
seen = 2025-01-06
note = "None: it is ours."

[{kind}]
{rules.format(url=board.url).strip()}
'''


def write_card(
    sources: Path,
    board: Board,
    site: str,
    *,
    id: str | None = None,
    pace: float = 0.0,
    minimum: int = 0,
    more: str = "",
) -> str:
    """Write the card into a folder of own sources, `corpus/sources`; the source's id."""
    id = id or f"portal-{site}"
    folder = sources / id
    folder.mkdir(parents=True, exist_ok=True)
    text = card(board, site, pace=pace, minimum=minimum, more=more)
    (folder / "source.toml").write_text(text, encoding="utf-8")
    return id
