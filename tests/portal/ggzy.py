"""A regional trading centre: pages by number, relative links, a table of labels and values."""

from __future__ import annotations

import html
from collections.abc import Sequence

from .notices import Notice
from .page import Asked, Moment, Page, id_of, number_of, pages_of, slice_of, views, written

PAGE = 15


class Ggzy:
    """`/ggzy/list.aspx?page=1` and `/ggzy/show.aspx?id=100001&type=tender`."""

    name = "ggzy"

    def address(self, notice: Notice, moves: int) -> str:
        return f"/ggzy/show.aspx?id={id_of(notice, moves)}&type={notice.type}"

    def find(self, target: str) -> tuple[int, int] | None:
        asked = Asked(method="GET", target=target)
        written_id = asked.query("id")
        if asked.path != "/ggzy/show.aspx" or not written_id.isdecimal():
            return None
        return number_of(written_id)

    def listed(
        self, request: Asked, notices: Sequence[Notice], places: dict[int, int], moment: Moment
    ) -> Page | None:
        if request.path != "/ggzy/list.aspx":
            return None
        page, last = request.page("page"), pages_of(notices, PAGE)
        rows = "".join(
            f'<tr><td class="no">{one.number + 1}</td><td class="link"><a href="'
            f'{html.escape(self.address(one, places.get(one.number, 0))[6:])}">'
            f'{html.escape(one.title)}</a></td><td class="date">[{one.stamp}]</td></tr>\n'
            for one in slice_of(notices, page, PAGE)
        )
        follow = (
            f'<a class="next" href="list.aspx?page={page + 1}">下一页</a>' if page < last else ""
        )
        body = (
            f'<table class="tab">{rows or "<tr><td>暂无数据</td></tr>"}</table>'
            f'<div class="pages">共 {len(notices)} 条　第 {page} 页/共 {last} 页 {follow}</div>'
        )
        cookie = ("Set-Cookie", f"ASP.NET_SessionId={moment.token[:24]}; path=/; HttpOnly")
        return Page(body=written("（样例）交易公告", body, moment).encode(), headers=(cookie,))

    def shown(self, notice: Notice, moves: int, moment: Moment) -> Page:
        money = "中标金额（元）" if notice.type == "award" else "预算金额（元）"
        rows = (
            ("项目编号", notice.project_number),
            ("项目名称", notice.project),
            ("采购人", notice.buyer),
            ("代理机构", notice.agency),
            (money, f"{notice.amount:,}.00"),
            ("采购需求", notice.needs),
            *([("中标供应商", notice.supplier)] if notice.type == "award" else []),
        )
        cells = "".join(
            f"<tr><td>{label}：</td><td>{html.escape(v)}</td></tr>" for label, v in rows
        )
        links = "".join(
            f'<li><a href="../upload/{one.key}">{one.name}</a></li>' for one in notice.attachments
        )
        body = (
            f'<h3 id="title">{html.escape(notice.title)}</h3>'
            f'<div id="date">发布时间：{notice.stamp} {views(notice, moment)}</div>'
            f'<div id="content"><table border="1">{cells}</table></div><ul id="files">{links}</ul>'
        )
        return Page(body=written(notice.title, body, moment).encode())
