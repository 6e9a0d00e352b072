"""A search with summaries and a detail page with a summary table, as the national portal has."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from hashlib import sha256

from .notices import Attachment, Notice
from .page import Asked, Moment, Page, id_of, number_of, slice_of, views, written

PAGE = 20
KINDS = {"tender": ("gkzb", "公开招标公告"), "award": ("zbgg", "中标公告")}
DETAIL = re.compile(r"/cggg/dfgg/[a-z]+/\d{6}/t\d{8}_(\d+)\.htm")


class National:
    """`/bxsearch?kw=人脸&page_index=1` and `/cggg/dfgg/gkzb/202412/t20241231_100001.htm`."""

    name = "national"

    def address(self, notice: Notice, moves: int) -> str:
        kind = KINDS[notice.type][0]
        return f"/cggg/dfgg/{kind}/{notice.day[:6]}/t{notice.day}_{id_of(notice, moves)}.htm"

    def find(self, target: str) -> tuple[int, int] | None:
        match = DETAIL.fullmatch(target.partition("?")[0])
        return number_of(match[1]) if match else None

    def listed(
        self, request: Asked, notices: Sequence[Notice], places: dict[int, int], moment: Moment
    ) -> Page | None:
        if request.path != "/bxsearch":
            return None
        term = request.query("kw").strip()
        found = [notice for notice in notices if term in notice.text()]
        page = request.page("page_index")
        entries = "".join(self._entry(one, places) for one in slice_of(found, page, PAGE))
        body = self._results(entries, len(found), page) if entries else self._nothing(term)
        text = written("（样例）政府采购信息搜索", body, moment)
        cookie = ("Set-Cookie", f"JSESSIONID={moment.token}; Path=/; HttpOnly")
        return Page(body=text.encode(), headers=(cookie,))

    def shown(self, notice: Notice, moves: int, moment: Moment) -> Page:
        title = html.escape(notice.title)
        meta = f'<meta name="ArticleTitle" content="{title}">'
        meta += f'<meta name="PubDate" content="{notice.stamp} 09:30">'
        published = f'<span id="pubTime">{notice.published:%Y年%m月%d日} 09:30</span>'
        body = (
            f'<div class="vF_detail_header"><h2 class="tc">{title}</h2><p class="tc">{published}'
            f" 来源：（样例）政府采购网 {views(notice, moment)}</p></div>"
            f'<div class="vF_detail_main"><div class="table">{_summary(notice)}</div>'
            f'<div class="vF_detail_content">{_text(notice)}</div></div>'
        )
        return Page(body=written(notice.title, body, moment, meta=meta).encode())

    def _entry(self, notice: Notice, places: dict[int, int]) -> str:
        address = self.address(notice, places.get(notice.number, 0))
        return (
            f'<li><a href="{address}" target="_blank" style="line-height:18px">\n'
            f"{html.escape(notice.title)}\n</a>\n<p>{html.escape(notice.needs)}……</p>\n"
            f"<span>{notice.published:%Y.%m.%d} 09:30:00\n| 采购人：{notice.buyer}\n"
            f"| 代理机构：{notice.agency}<br><strong>{KINDS[notice.type][1]}</strong>\n"
            f"| <a href='javascript:void(0)'>{notice.province}</a></span></li>\n"
        )

    def _results(self, entries: str, found: int, page: int) -> str:
        last = -(-found // PAGE)
        return (
            f'<div class="vT_z"><p>共找到 <span style="color:#c00000">{found}</span> 条内容</p>'
            f'<ul class="vT-srch-result-list-bid">{entries}</ul>'
            f'<p class="pager" data-current="{page}" data-size="{last}">第 {page}/{last} 页</p>'
            "</div>"
        )

    def _nothing(self, term: str) -> str:
        shown = html.escape(term)
        return (
            '<div class="vT_z"><p>共找到 <span style="color:#c00000">0</span> 条内容</p>'
            f'<div class="empty">没有找到与“{shown}”相关的内容</div></div>'
        )


def uuid(attachment: Attachment) -> str:
    """The id in a download's address."""
    return sha256(attachment.key.encode()).hexdigest()[:32].upper()


def _summary(notice: Notice) -> str:
    money = "总中标金额" if notice.type == "award" else "预算金额"
    rows = (
        ("采购项目名称", notice.project),
        ("采购单位", notice.buyer),
        ("行政区域", notice.province),
        ("公告时间", f"{notice.published:%Y年%m月%d日} 09:30"),
        (money, f"￥{notice.amount / 10_000:.6f} 万元（人民币）"),
        ("代理机构名称", notice.agency),
    )
    cells = "".join(
        f'<tr><td class="title">{label}</td><td colspan="3">{html.escape(value)}</td></tr>'
        for label, value in rows
    )
    return f"<table><tbody><tr><td colspan='4'><b>公告概要：</b></td></tr>{cells}</tbody></table>"


def _text(notice: Notice) -> str:
    paragraphs = "".join(f"<p>{html.escape(one)}</p>" for one in notice.paragraphs())
    links = "".join(
        f'<li><a class="bizDownload" id="{uuid(one)}" title="点击下载" '
        f'href="/oss/download?uuid={uuid(one)}">{one.name}</a></li>'
        for one in notice.attachments
    )
    return paragraphs + (f"<p>附件：</p><ul class='fujian'>{links}</ul>" if links else "")
