"""What a hand-over proves and what it does not, in both languages: the sentences of its page.

Each sentence is there only where it is true of this folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from tenderlight.evidence import Head
from tenderlight.exports.handover.checks import shown
from tenderlight.exports.handover.custody import Event
from tenderlight.exports.handover.stamps import Vouched

MOST_TOLD = 2
"""Withdrawals that are told on the page; the chain of custody has all."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence, or a few."""

    en: str
    zh: str
    grave: bool = False
    """True for what must not be overlooked."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the sentences depend on."""

    events: tuple[Event, ...]
    stamps: tuple[Vouched, ...]
    unproven: int
    """Captures that no stamp vouches for."""
    others: int
    """Captures of other notices that the ledger's lines name."""
    head: Head
    originals: bool
    pages: bool = False
    """Whether there are pictures of pages."""
    recognised: bool = False
    """Whether values stand on pages whose text was recognised in a picture."""
    engines: tuple[str, ...] = ()
    """The recognisers whose answers are in the folder."""

    def count(self, *what: str) -> int:
        """How many of the events are of these kinds."""
        return sum(event.what in what for event in self.events)


def on_one_line(text: str, most: int = 300) -> str:
    """Words of a document as they may stand in a plain text: they begin no line of their own.

    Cut where they are long: the page is one page. All of them stand in the tables.

    >>> on_one_line("a\\n\\nCHECK\\u202e b")
    'a CHECK b'
    """
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def proves(facts: Facts) -> Iterator[Said]:
    """What can be relied on."""
    if facts.originals:
        yield Said(
            en="The documents here are, byte for byte, those that were preserved: the ledger names "
            "the SHA-256 of each.",
            zh="这里的文件与当时保存的逐字节相同：账本记有每份文件的 SHA-256。",
        )
    else:
        yield Said(
            en="Documents with the digests in the ledger were preserved. They are not in this "
            "folder; whoever shows one can be checked against its digest.",
            zh="曾保存过摘要与账本所记相同的文件。本文件夹不含文件本身；任何人出示文件，均可据此核对。",
        )
    yield Said(
        en="No ledger line can have been changed, put in or left out without changing all behind "
        f"it{', up to the stamped one' if facts.stamps else ''}: each names the SHA-256 of the "
        "line before.",
        zh="账本任何一行若被改动、插入或删去，其后各行"
        f"{'直至加盖时间戳的一行' if facts.stamps else ''}都会不同：每行写有上一行的 SHA-256。",
    )
    if facts.stamps:
        ends = facts.stamps[:1] + facts.stamps[1:][-1:]
        named = [f"{each.authority} {shown(each.stamped)}" for each in ends]
        yield Said(
            en="It was all there no later than the time stamp over it (RFC 3161). That time is the "
            f"authority's, not ours: {'; '.join(named)}.",
            zh="它们至迟在时间戳（RFC 3161）所载时刻已经存在。该时刻由时间戳机构给出，而非我们："
            f"{'；'.join(named)}。",
        )
    if facts.unproven:
        yield _without_stamp(facts)


def _without_stamp(facts: Facts) -> Said:
    some = f"{facts.unproven:,}" if facts.unproven < len(facts.events) else ""
    line, sha256 = f"{facts.head.count:,}", f"{facts.head.sha256[:16]}…"
    return Said(
        en=f"No time stamp covers {f'{some} of its events' if some else 'it'}: for when, there is "
        f"only our word. Compare the head of the ledger, line {line}, {sha256} "
        "(data/ledger/head.json), with what was deposited elsewhere.",
        zh=f"{f'其中 {some} 项' if some else '全部内容'}没有时间戳，时间仅凭我们的陈述。"
        f"请将账本末行（第 {line} 行，{sha256}，data/ledger/head.json）与另行存放的记录核对。",
        grave=True,
    )


def does_not_prove(facts: Facts) -> Iterator[Said]:
    """What must not be read into it."""
    yield Said(
        en="That what the portal published is true, who wrote it, or that it showed others the "
        "same.",
        zh="网站所发布的内容属实、由谁撰写，或向他人显示的与此相同。",
    )
    yield Said(
        en="When exactly something was fetched: all times but the stamps' are by the clock of the "
        "computer that did it.",
        zh="采集的准确时刻：除时间戳外，时间均取自采集所用电脑的时钟。",
    )
    if facts.count("fetched", "no answer"):
        yield Said(
            en="That the portal sent it, by a signature of its own: address and certificate of the "
            "server were written down, but HTTPS leaves no seal on a page.",
            zh="网站以自己的签名确认其发送：服务器地址和证书已记录，但 HTTPS 不在网页上留下签章。",
        )
    if added := facts.count("added"):
        yield Said(
            en=f"Where files that a person added ({added:,}) came from: address and date are as "
            "that person stated.",
            zh=f"由人加入的文件（{added:,} 份）的出处：地址和日期为加入者所述。",
        )
    if imported := facts.count("imported"):
        yield Said(
            en=f"How imported captures ({imported:,}) were made: an archive of others holds them "
            "so. What was checked of it stands in the report of the import, among the originals.",
            zh=f"导入内容（{imported:,} 次）的采集经过：来自他人制作的存档。"
            "所作核对见原件中的导入报告。",
        )
    yield Said(
        en="That values and passages were read rightly: a program read them. The original decides.",
        zh="数值和引文读取无误：它们由程序读取，以原件为准。",
    )
    if facts.recognised:
        yield _recognised()


def _recognised() -> Said:
    return Said(
        en="That text of scans is what stands there: a program recognised it. It is testimony; "
        "look at the page itself (data/pages.html says how).",
        zh="扫描件文字即原文：该文字由程序识别，仅为证言；请查看原页（方法见 data/pages.html）。",
    )


def masking(facts: Facts) -> Iterator[Said]:
    """What is masked and what is not."""
    yield Said(
        en="In data/text and all tables, personal data is masked (＊); addresses are as they are."
        + " It is black in pictures of pages." * facts.pages,
        zh="data/text 和所有表格中的个人信息已遮盖（＊）；网址保持原样。"
        + "页面图片中涂黑。" * facts.pages,
    )
    if facts.originals:
        said = bool(facts.engines)
        yield Said(
            en=f"Originals, archive{', testimony' * said} and ledger are NOT masked: handle them "
            "as evidence. Open originals offline: web pages run scripts.",
            zh=f"原件、存档{'、证言' * said}和账本未遮盖：请按证据保管。"
            "请断网打开原件：网页会运行脚本。",
            grave=True,
        )
    else:
        yield Said(
            en="The ledger's lines are verbatim and NOT masked: handle them as evidence.",
            zh="账本各行为原文，未遮盖：请按证据保管。",
            grave=True,
        )
    if facts.others:
        yield Said(
            en=f"The ledger's lines name {facts.others:,} other captures too: without them the "
            "chain cannot be checked.",
            zh=f"账本还列有另外 {facts.others:,} 次保存：缺之则无法核对链条。",
        )


def places(facts: Facts) -> Iterator[Said]:
    """What lies where in the folder."""
    if facts.originals:
        yield Said(en="originals/: each document as published", zh="originals/：所发布文件的原件")
        yield Said(
            en="evidence.wacz: the WARC records, with what was asked and answered; any WACZ viewer "
            "replays it",
            zh="evidence.wacz：WARC 记录，含请求与应答，可用任何 WACZ 浏览工具重放",
        )
    yield Said(
        en="text/, notices, passages: the readable text, what was read in it, and where it stands",
        zh="text/、notices、passages：可读文本、从中读取的内容及其所在位置",
    )
    if facts.pages:
        yield Said(
            en="pages.html, pages/: the pages on which values stand, each passage framed",
            zh="pages.html、pages/：数值所在页面的图片，引文加框",
        )
    if facts.engines:
        yield Said(
            en="testimony.jsonl: what recognisers of scans answered",
            zh="testimony.jsonl：扫描件识别程序的回答",
        )
    yield Said(
        en="chain-of-custody: what came when from where, and what became of it",
        zh="chain-of-custody：何时来自何处、其后如何",
    )
    yield Said(
        en="ledger/, stamps/: the lines and time stamps that prove it",
        zh="ledger/、stamps/：作为证明的账本行和时间戳",
    )


def withdrawals(events: Sequence[Event]) -> Iterator[Said]:
    """What was taken out, by whom and why."""
    taken = [event for event in events if event.what == "withdrawn"]
    for event in taken[:MOST_TOLD]:
        day, by = event.preserved[:10], on_one_line(event.decided_by or "", 60)
        why = on_one_line(event.reason or "", 100)
        yield Said(
            en=f"{event.capture} on {day} by {by}: {why}",
            zh=f"{event.capture}：{day}，决定者：{by}，理由：{why}",
        )
    if taken:
        yield Said(
            en=f"{len(taken):,} captures in all: their ledger lines stay, the documents are "
            "not here. See data/chain-of-custody.html.",
            zh=f"共 {len(taken):,} 次保存被撤下：账本行保留，文件不在此处。"
            "见 data/chain-of-custody.html。",
        )
