"""An invented notice whose values stand in its attachments: a PDF in a ZIP, and a scan."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import msgspec
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.evidence import Store
from tenderlight.evidence.testimony import Testimony
from tenderlight.pictures import Recognised, Written
from tenderlight.recognising import engine_name
from tenderlight.sources import add
from tests.exports.handover_corpus import NOON, TELEPHONE

SUPPLIER, AMOUNT = (100.0, 100.0, 700.0, 140.0), (100.0, 300.0, 700.0, 340.0)
"""Left, top, right, bottom in pixels of the invented scan."""
CALLED = (100.0, 500.0, 800.0, 540.0)


def pdf(pages: list[list[str]]) -> bytes:
    out = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    for page in pages:
        for line, text in enumerate(page):
            canvas.setFont("STSong-Light", 16)
            canvas.drawString(40, 250 - 40 * line, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


def line(text: str, box: tuple[float, float, float, float]) -> Written:
    left, top, right, bottom = box
    step = (right - left) / len(text)
    edges = [edge for n in range(len(text)) for edge in (left + n * step, left + (n + 1) * step)]
    return Written(text, left, top, right, bottom, tuple(edges), bytes([96]) * len(text))


class Scanned:
    """A notice whose values stand in its attachments: a PDF in a ZIP, and a scan."""

    def __init__(self, root: Path) -> None:
        self.root, self.scan = root, scan()
        init_corpus(root)
        saved = root.with_name("saved")
        saved.mkdir()
        (saved / "notice.html").write_text("<h1>云桥县公安局设备采购结果公告</h1><p>见附件。</p>")
        names = ("文件.zip", "扫描.png", "坏.docx")
        stated = [{"file": name, "attached_to": "notice.html"} for name in names]
        (saved / "manifest.jsonl").write_text("\n".join(map(json.dumps, stated)))
        text = [["采购人：云桥县公安局", f"联系电话：{TELEPHONE}"], ["项目编号：XNYQ-2024-7"]]
        with zipfile.ZipFile(saved / "文件.zip", "w") as archive:
            archive.writestr("内/公告.pdf", pdf(text))
        (saved / "扫描.png").write_bytes(self.scan)
        (saved / "坏.docx").write_bytes(b"PK\x03\x04" + bytes(200))
        assert not add(root, [saved], lambda: NOON).refused
        self.say()
        build(root, jobs=1)
        self.corpus = Corpus.open(root)
        (self.row,) = self.corpus.rows()
        self.id: str = self.row["id"]

    def say(self) -> None:
        """What a recogniser said of the scan, so that none is asked."""
        seen = Recognised(
            engine=engine_name(),
            lines=(
                line("中标供应商：甲乙科技有限公司", SUPPLIER),
                line("中标金额：278000元", AMOUNT),
                line(f"联系人：王小明 电话：{TELEPHONE}", CALLED),
            ),
        )
        subject = f"{hashlib.sha256(self.scan).hexdigest()}#image"
        with Testimony(self.root / "testimony/recognised.sqlite") as testimony:
            testimony.keep(engine_name(), subject, "n", msgspec.json.encode(seen))
            testimony.keep("another engine", subject, "n", b'{"engine":"another engine"}')
            testimony.keep("another engine", f"{'ab' * 32}#page=1", "other", b'{"engine":""}')

    def attachment(self, name: str) -> str:
        captures = Store(self.root / "evidence").captures()
        return next(capture.id for capture in captures if capture.file == name)
