"""The data of an edition, invented and written by hand, for its pages alone."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any

import msgspec

from tenderlight.editions.manifest import FigureOf, LinesOf, Manifest, MethodOf
from tenderlight.editions.site import ID_SCRIPT, id_script, write_site
from tenderlight.figures.figure import Cell, Chart, Column, Coverage, Figure, Proof, Row
from tenderlight.model import Block

ID = "0123456789abcdef"
HOSTILE = (
    "</script><script>globalThis.BROKEN = 1</script><img src=x onerror='globalThis.BROKEN = 1'>"
    '\u2028\u2029\u202e翻转\u0000𠀀人脸识别系统"];globalThis.BROKEN=1;//'
)


def notice(number: int, text: str, title: str | None = None) -> dict[str, Any]:
    """A line of `data/notices.jsonl.gz`."""
    id = f"{number:016x}"
    return {
        "id": id, "file": f"xn-{number}.html", "url": f"https://gg.example/{number}.html",
        "source": "（样例）", "language": "zh", "notice_type": "tender",
        "title": title or f"（样例）第{number}号采购公告", "buyer": "岳普拉县公安局",
        "published": f"{2010 + number % 15}-0{number % 9 + 1}-11", "province_code": "650000",
        "county_code": None, "passages": {},
        "evidence": {
            "sha256": hashlib.sha256(id.encode()).hexdigest(), "captured": "2026-07-06T05:15:07Z"
        },
        "text": text, "blocks": [msgspec.to_builtins(Block(0, len(text)))],
    }  # fmt: skip


def write_edition(out: Path, notices: list[dict[str, Any]], word: str) -> Manifest:
    """An edition of one figure: how many notices hold a word."""
    proofs = [_proof(row, word) for row in notices if word in row["text"]]
    cells = (Cell(value=HOSTILE), Cell(value=len(proofs), key="cell/all/notices"))
    figure = Figure(
        name="held", en="Notices that hold it", zh="包含该词的公告", question="How many?",
        columns=(
            Column(id="what", en="What", zh="内容"),
            Column(id="notices", en="Notices", zh="公告", kind="count"),
        ),
        rows=(Row(id="all", cells=cells),), method=f"Method: {HOSTILE}",
        coverage=(Coverage(id="all", en="all", zh="全部", count=len(notices)),),
        chart=Chart(kind="none"), digest="00",
    )  # fmt: skip
    (out / "data/figures").mkdir(parents=True)
    (out / "data/proofs").mkdir()
    (out / "data/figures/held.json").write_bytes(msgspec.json.encode(figure))
    line = {"key": "cell/all/notices", "proofs": proofs}
    _pack(out / "data/proofs/held.jsonl.gz", [line])
    _pack(out / "data/notices.jsonl.gz", notices)
    of = FigureOf(
        name="held", words={}, digest="00", figure="data/figures/held.json",
        proofs="data/proofs/held.jsonl.gz",
    )  # fmt: skip
    manifest = Manifest(
        corpus="invented", title=f"Invented {HOSTILE}", as_of="2026-07-06T05:15:07Z",
        ledger=LinesOf(name="ledger", lines=1, sha256="00"), decisions=(), tables=(),
        method=MethodOf(digest="00", steps={}, definitions="00", packages={}),
        figures=(of,), notices=len(notices),
    )  # fmt: skip
    write_site(out, manifest)
    (out / ID_SCRIPT).write_bytes(id_script(ID))
    return manifest


def _proof(row: dict[str, Any], word: str) -> Proof:
    start = row["text"].index(word)
    return Proof(
        notice=row["id"], title=row["title"], buyer=row["buyer"], published=row["published"],
        value=1, text=word, context=None, part="body", page=None, start=start,
        end=start + len(word),
    )  # fmt: skip


def _pack(path: Path, lines: list[Any]) -> None:
    path.write_bytes(
        gzip.compress(b"".join(msgspec.json.encode(x) + b"\n" for x in lines), mtime=0)
    )
