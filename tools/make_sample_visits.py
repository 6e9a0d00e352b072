"""Write the sample's archive of visits: five invented notices, and what became of them.

    python -m tools.make_sample_visits src/tenderlight/sample/visits/yunqiao-visits.warc.gz

A web archive such as a crawler makes that came back twice. The same bytes each time.
"""

from __future__ import annotations

import hashlib
import io
import sys
import uuid
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HOST = "http://zfcg.yunqiao.example"
PAGE = """<!-- 虚构样本 invented sample -->
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{published}"></head>
<body><div class="nav">首页 &gt; 政府采购 &gt; {kind}</div>
<h2 class="tc">{title}</h2><p class="info">发布时间：{published}　浏览次数：{views}</p>
<div class="content"><p>采购人：{buyer}</p><p>项目名称：{project}</p><p>项目编号：{number}</p>
{lines}</div>
<div class="foot">虚构县公共资源交易中心　当前时间：{clock}</div></body></html>"""
GONE = """<!-- 虚构样本 invented sample -->
<html><head><meta charset="utf-8"><title>提示</title></head>
<body><p>您访问的页面不存在或已被删除。</p></body></html>"""
BUYER = "虚构省云桥县公安局"
CAMERAS = "<p>预算金额：{budget}万元</p><p>采购高清人脸抓拍摄像机{cameras}台，{where}。</p>"
NOTICES = {
    "face": {
        "title": "云桥县公安局人脸识别系统公开招标公告",
        "project": "人脸识别系统",
        "number": "XN-YQ-2025-011",
        "published": "2025-03-03 09:00",
        "kind": "招标公告",
        "buyer": BUYER,
        "lines": CAMERAS.format(budget="486", cameras=260, where="覆盖宾馆、学校及居民小区出入口"),
    },
    "iris": {
        "title": "云桥县公安局虹膜采集设备采购成交公告",
        "project": "虹膜采集设备采购",
        "number": "XN-YQ-2025-012",
        "published": "2025-03-10 10:20",
        "kind": "成交公告",
        "buyer": BUYER,
        "lines": "<p>采购虹膜采集仪24台。</p><p>成交供应商：虚构明眸科技有限公司</p>"
        "<p>成交金额：1192000元</p>",
    },
    "wifi": {
        "title": "云桥县公安局WiFi探针采购竞争性磋商公告",
        "project": "WiFi探针采购",
        "number": "XN-YQ-2025-013",
        "published": "2025-03-12 15:40",
        "kind": "磋商公告",
        "buyer": BUYER,
        "lines": "<p>预算金额：97万元</p><p>采购WiFi探针终端特征采集设备120套，"
        "用于重点人员动态管控。</p>",
    },
    "drone": {
        "title": "云桥县公安局警用无人机采购公告",
        "project": "警用无人机采购",
        "number": "XN-YQ-2025-014",
        "published": "2025-03-17 08:30",
        "kind": "询价公告",
        "buyer": BUYER,
        "lines": "<p>预算金额：38万元</p><p>采购警用无人机4架，含喊话器与热成像云台。</p>",
    },
    "desks": {
        "title": "云桥县第三中学课桌椅采购公告",
        "project": "课桌椅采购",
        "number": "XN-YQ-2025-015",
        "published": "2025-03-18 14:00",
        "kind": "询价公告",
        "buyer": "虚构省云桥县第三中学",
        "lines": "<p>预算金额：21万元</p><p>采购课桌椅600套。</p>",
    },
}


def page(name: str, views: int, clock: str, **other: str) -> str:
    """A notice as it looked at a moment: counter and clock of the site go on."""
    return PAGE.format(**{**NOTICES[name], **other}, views=views, clock=clock)


def address(name: str) -> str:
    """Where a notice first stood."""
    return f"{HOST}/cggg/2025/{NOTICES[name]['number'].lower()}.html"


class Crawl:
    """One archive, record after record."""

    def __init__(self, out: io.BufferedIOBase) -> None:
        self._writer = WARCWriter(out, gzip=True, warc_version="1.1")

    def answer(
        self, when: str, url: str, status: str, body: str, *headers: tuple[str, str]
    ) -> None:
        """What an address answered at a moment."""
        content = body.encode()
        head = [("Content-Type", "text/html; charset=utf-8"), *headers]
        head.append(("Content-Length", str(len(content))))
        said = StatusAndHeaders(status, head, protocol="HTTP/1.1")
        block = said.to_ascii_bytes() + content
        record = self._writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(content),
            length=len(content),
            http_headers=said,
            warc_headers_dict={
                "WARC-Date": when,
                "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
                "WARC-Payload-Digest": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, when + url)}>",
            },
        )
        self._writer.write_record(record)

    def shows(self, when: str, name: str, views: int, **other: str) -> None:
        """A notice at its address."""
        clock = f"{when[:10]} {when[11:19]}"
        self.answer(when, address(name), "200 OK", page(name, views, clock, **other))


def write(path: Path) -> None:
    """Three rounds: all there; one changed, one gone; one more changed, one more gone."""
    with path.open("wb") as out:
        crawl = Crawl(out)
        for second, name in enumerate(NOTICES):
            crawl.shows(f"2025-03-20T02:00:{second * 5:02}Z", name, 31 + second)
        _second_round(crawl)
        _third_round(crawl)


def _second_round(crawl: Crawl) -> None:
    day = "2025-05-06T02"
    less = CAMERAS.format(budget="486", cameras=260, where="覆盖重点部位")
    crawl.shows(f"{day}:00:05Z", "face", 412, lines=less)
    for minute in ("01", "04"):
        crawl.answer(f"{day}:{minute}:00Z", address("iris"), "404 Not Found", "")
    for second, name in enumerate(("wifi", "drone", "desks")):
        crawl.shows(f"{day}:05:{second * 5:02}Z", name, 200 + second)


def _third_round(crawl: Crawl) -> None:
    day = "2025-08-19T02"
    for minute in ("01", "04"):
        crawl.answer(f"{day}:{minute}:00Z", address("wifi"), "200 OK", GONE)
        crawl.answer(f"{day}:{minute}:30Z", address("iris"), "404 Not Found", "")
    cheaper = NOTICES["drone"]["lines"].replace("38万元", "35万元")
    crawl.shows(f"{day}:05:05Z", "drone", 733, lines=cheaper)
    crawl.shows(f"{day}:05:10Z", "desks", 377)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
