"""The pages for people: what a hand-over proves and what it does not, and the chain of custody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from tenderlight import __version__
from tenderlight.exports.handover.checks import checks, shown
from tenderlight.exports.handover.chosen import Chosen
from tenderlight.exports.handover.custody import Event
from tenderlight.exports.handover.explanation import (
    Facts,
    Said,
    does_not_prove,
    masking,
    on_one_line,
    places,
    proves,
    withdrawals,
)
from tenderlight.exports.handover.pictures import MOST, OnPages
from tenderlight.exports.handover.stamps import Vouched

TEMPLATES = Environment(
    loader=PackageLoader("tenderlight.exports.handover"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
WHAT = {
    "added": ("added", "加入"),
    "fetched": ("fetched", "采集"),
    "no answer": ("asked, no answer", "请求，无应答"),
    "imported": ("imported", "导入"),
    "report": ("report of the import", "导入报告"),
    "withdrawn": ("withdrawn", "撤下"),
}
"""The words for what happened, in both languages."""


ROLE = {
    "notice": "",
    "attachment": "attachment 附件",
    "visit": "later look 复查",
    "other": "other 其他",
}
"""What a capture is to its notice."""


DOUBT = {
    "unsure": ("the recogniser is not sure of it", "识别程序对此没有把握"),
    "capitals": ("the sum in words and the digits disagree", "大写金额与数字不一致"),
    "checksum": ("the code's check digit is wrong", "代码校验位不符"),
    "no-date": ("there is no such date", "没有这样的日期"),
    "second-look": ("a second look read something else", "再次识别结果不同"),
}
"""The words for why characters may be misread, in both languages."""
PROBLEM = ("not read", "未能读取")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and the sentences under it."""

    title: Said
    said: tuple[Said, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of explanation speaks of."""

    corpus: str
    now: datetime
    chosen: Chosen
    events: tuple[Event, ...]
    stamps: tuple[Vouched, ...]
    rows: Mapping[str, Mapping[str, Any]]
    pages: tuple[OnPages, ...]
    engines: Mapping[str, int]
    """The recognisers whose answers are handed over, and how many of each."""
    originals: bool
    """True if documents and archive are in the folder."""

    def words(self) -> dict[str, Any]:
        """Everything that the templates name."""
        has_documents = any(event.original for event in self.events)
        return {
            "about": self._about(),
            "facts": self._notice(),
            "parts": self._parts(),
            "checks": checks(self.stamps, self.originals, has_documents),
            "needed": _needed(bool(self.stamps), self.originals),
        }

    def _about(self) -> Said:
        notices, captures = len(self.chosen.ids), len(self.chosen.lines)
        day = self.now.astimezone(UTC).strftime("%Y-%m-%d")
        return Said(
            en=f"Notices: {notices:,}, captures: {captures:,}, from “{self.corpus}”, handed over "
            f"on {day} by Tenderlight {__version__}.",
            zh=f"公告 {notices:,} 份，保存 {captures:,} 次，出自“{self.corpus}”，"
            f"{day} 由 Tenderlight {__version__} 移交。",
        )

    def _notice(self) -> list[tuple[Said, str]]:
        """What the one notice is that is handed over; nothing for a selection."""
        if len(self.chosen.ids) != 1:
            return []
        (id,) = self.chosen.ids
        row = self.rows.get(id, {})
        first = next(event for event in self.events if event.capture == id)
        told = (
            (Said(en="Title", zh="标题"), row.get("title")),
            (Said(en="Buyer", zh="采购人"), row.get("buyer")),
            (Said(en="Published", zh="发布"), row.get("published")),
            (Said(en="Address", zh="地址"), first.url),
            (Said(en="File", zh="文件名"), None if first.url else first.file),
            (Said(en="Preserved", zh="保存"), shown(first.preserved)),
            (Said(en="SHA-256", zh="摘要"), first.sha256),
        )
        return [(name, on_one_line(value)) for name, value in told if value]

    def _parts(self) -> tuple[Part, ...]:
        facts = Facts(
            events=self.events,
            stamps=self.stamps,
            unproven=sum(event.stamped is None for event in self.events),
            others=sum(stretch.others for stretch in self.chosen.stretches),
            head=self.chosen.head,
            originals=self.originals,
            pages=any(page.file for each in self.pages for page in each.pages),
            recognised=any(page.recognised for each in self.pages for page in each.pages),
            engines=tuple(self.engines),
        )
        named = (
            (Said(en="It proves", zh="证明"), proves(facts)),
            (Said(en="It does not prove", zh="不证明"), does_not_prove(facts)),
            (Said(en="Withdrawn", zh="已撤下"), withdrawals(self.events)),
            (Said(en="What is masked", zh="遮盖范围"), masking(facts)),
            (Said(en="In data/", zh="data/ 中有"), places(facts)),
        )
        return tuple(Part(title=title, said=tuple(said)) for title, said in named)


def write_readme(told: Told, folder: Path) -> None:
    """The explanation, one page in English and Chinese: for a browser, and as plain text."""
    words = told.words()
    _write(folder / "README.html", TEMPLATES.get_template("readme.html").render(words))
    _write(folder / "README.txt", TEMPLATES.get_template("readme.txt").render(words))


def write_custody_page(
    events: Sequence[Event], rows: Mapping[str, Mapping[str, Any]], folder: Path
) -> None:
    """The chain of custody as a page to read."""
    page = TEMPLATES.get_template("custody.html")
    text = page.render(events=events, rows=rows, what=WHAT, role=ROLE, shown=shown)
    _write(folder / "chain-of-custody.html", text)


def write_sheets_page(pages: Sequence[OnPages], engines: Mapping[str, int], folder: Path) -> None:
    """The pages on which values stand, beside the values; no file where there is nothing."""
    if pages:
        page = TEMPLATES.get_template("pages.html")
        text = page.render(notices=pages, engines=engines, doubt=DOUBT, problem=PROBLEM, most=MOST)
        _write(folder / "pages.html", text)


def _needed(stamps: bool, originals: bool) -> Said:
    tools = ["bash", "coreutils", "python3", *["OpenSSL"] * stamps, "bagit"]
    tools += ["warcio"] * originals
    return Said(en=f"Needed: {', '.join(tools)}.", zh=f"所需工具：{'、'.join(tools)}。")


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
