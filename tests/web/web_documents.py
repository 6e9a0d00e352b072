"""A dozen invented notices for the desk's tests: plain, hostile, long, broken, copied."""

from __future__ import annotations

import json
from pathlib import Path

PERSON, TELEPHONE, MAILBOX = "欧阳若溪", "13755550123", "ruoxi.ouyang@example.cn"
EVIL = "<script>alert('xss')</script><img src=x onerror=alert(1)>"
SCRIPT_URL = "javascript:alert(document.domain)"

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date}"></head>
<body><div class="nav">首页 &gt; 采购公告</div><h2 class="tc">{title}</h2>
<p>发布日期：{date}</p><p>采购人：{buyer}</p><p>项目名称：{project}</p><p>项目编号：{number}</p>
<p>预算金额：{budget}万元</p><h3>采购需求</h3><p>{needs}</p>
<table><tr><th>序号</th><th>货物名称</th><th>数量</th><th>单位</th></tr>
<tr><td>1</td><td>{item}</td><td>20</td><td>台</td></tr></table>
<p>联系人：{person}，联系电话：{telephone}，邮箱：{mailbox}</p></body></html>"""

NOTICES = [
    tuple(line.split("|"))
    for line in """
湖南省|岳麓虚构县公安局|2018-03-09|Y-STR数据库建设|建设男性家系排查Y库，采集血样12000份。
湖南省|岳麓虚构县公安局|2019-05-20|人脸识别系统|采购人脸识别系统一套，人脸库容量50万张，存储90天。
四川省|成都市虚构区公安分局|2019-07-01|雪亮工程视频监控|新建视频监控摄像机320路，覆盖居民小区及酒店。
四川省|成都市虚构区公安分局|2020-08-11|WiFi探针采购|采购WiFi探针终端特征采集设备40台，部署于车站。
浙江省|杭州市虚构区政法委|2021-01-15|重点人员管控平台|对重点人员、信访人员、精神障碍患者实行动态管控。
浙江省|杭州市虚构医院|2021-04-02|医用虹膜检查仪|采购眼科检查设备，用于医院眼科门诊。
新疆维吾尔自治区|乌鲁木齐市虚构区公安局|2017-06-30|虹膜采集设备|采购虹膜采集仪20台，用于人员信息采集。
""".strip().splitlines()
]
"""Place, buyer, date, project, and what is needed."""


def page(place: str, buyer: str, date: str, project: str, needs: str, **other: str) -> str:
    """One invented notice in the layout of a national portal."""
    words = {
        "title": f"{place}{buyer}{project}公开招标公告",
        "date": date,
        "buyer": f"{place}{buyer}",
        "project": project,
        "number": f"XN-{date[:4]}-{len(needs)}{len(buyer)}",
        "budget": "128.5",
        "needs": needs,
        "item": project,
        "person": PERSON,
        "telephone": TELEPHONE,
        "mailbox": MAILBOX,
    }
    return PAGE.format(**{**words, **other})


def escaped(text: str) -> str:
    """As a page prints angle brackets."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    )


def write_documents(folder: Path) -> None:
    """The documents: plain ones, one that attacks the page, a long one, a broken one, a copy."""
    folder.mkdir()
    lines = []
    for number, notice in enumerate(NOTICES):
        name = f"notice-{number}.html"
        (folder / name).write_text(page(*notice), encoding="utf-8")
        url = f"http://portal.example.org/{number}.html"
        lines.append({"file": name, "url": url, "source": "portal.example.org"})
    evil = page(*NOTICES[1], title=escaped(EVIL) + "人脸识别采购公告", item=escaped(EVIL))
    (folder / "evil.html").write_text(evil, encoding="utf-8")
    lines.append({"file": "evil.html", "url": SCRIPT_URL, "source": EVIL})
    filler = "".join(f"<p>第{n}条 {'本条款为通用条款。' * 60}</p>" for n in range(500))
    long = page(*NOTICES[1][:4], needs="采购人脸识别系统。").replace(
        "<table>", filler + "<p>本项目采购步态识别系统一套。</p><table>"
    )
    (folder / "long.html").write_text(long, encoding="utf-8")
    (folder / "copy.html").write_text(page(*NOTICES[0]), encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type")
    manifest = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "manifest.jsonl").write_text(manifest + "\n", encoding="utf-8")


DEFINITION = """
id = "glass-eyes"
en = "Glass <b>eyes</b>"
zh = "玻璃<i>眼</i>"
meaning_en = "Markup <script>alert(2)</script> in a reporter's own file."
meaning_zh = "含有<script>标记的定义。"
words = ["采购人脸识别系统一套"]
[[examples]]
text = "采购人脸识别系统一套。"
found = "bought"
"""
