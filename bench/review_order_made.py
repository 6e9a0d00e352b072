"""Generated notices, and definitions with planted errors: a corpus of which the truth is known.

Everything is invented. What chance would choose is chosen by digests of the seed, so that a run can
be repeated.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from tenderlight.corpus.rows import sentence
from tenderlight.corpus.rows_findings import claims
from tenderlight.model import Block, Cited, Fields, Finding, Findings, Reading
from tenderlight.technologies import Definitions, Term, find_findings

T = TypeVar("T")

BUYERS = ("云栎县公安局", "川平市公安局", "临澜区政法委", "禾川县人民医院", "松原镇中心小学")
BUYERS += ("青禾县农业农村局", "北汀市水务局", "望川大学", "沙屏区财政局", "明岭县教育局")
PURCHASES = ("采购{}{}套。", "建设{}系统，规模{}点。", "{}设备{}台，含安装调试。")
PURCHASES += ("本期新增{}{}路，质保三年。", "供货内容：{}终端{}部。", "{}平台升级，接入{}个单位。")
MENTIONS = ("投标人近三年须有{}类似项目业绩{}个。", "{}另行采购，不在本次{}项范围内。")
MENTIONS += ("须与已建的{}系统对接，接口{}个。", "评分标准：具有{}案例的每个得{}分。")
ORDINARY = ("能耗监控表计{}只", "水质监测仪{}台", "人事档案柜{}组", "火灾预警喷淋{}套")
ORDINARY += (
    "植保无人机{}架",
    "血样采集管{}盒",
    "办公桌椅{}套",
    "课程平台账号{}个",
    "病区呼叫终端{}部",
)
ORDINARY += ("药品冷链监控探头{}个", "土壤墒情监测站{}座", "学籍档案盒{}只", "气象预警大屏{}块")
ORDINARY += ("测绘无人机{}架", "稻种样本采集袋{}只", "停车位划线{}个")
FILLERS = (
    "交货期为合同签订后30日内。",
    "付款方式：验收合格后支付至95%。",
    "本项目不接受联合体投标。",
)
FILLERS += (
    "供应商应具有良好的商业信誉。",
    "详见招标文件第五章。",
    "报名时间为公告之日起五个工作日。",
)
WIDE = {"video-surveillance": "监控", "person-archive": "档案", "predictive-policing": "预警"}
WIDE |= {
    "opinion-monitoring": "监测",
    "drone": "无人机",
    "dna": "血样",
    "vehicle-recognition": "停车",
}
"""Words that would be too wide: planted, they find what nobody watches people with."""
DROPPED = 0.3
"""The share of a technology's words that are taken out: what they alone found is missed."""


class Made(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A notice: its title, its text, what is true of it and what the damaged definitions claim."""

    name: str
    title: str
    text: str
    truth: frozenset[str]
    claims: dict[str, tuple[Finding, str]]
    """By technology the finding that is claimed, and the sentence around it."""


def chance(*seed: object) -> float:
    """A number from 0 to 1 that looks like chance and is the same every time.

    >>> chance("a", 1) == chance("a", 1) != chance("a", 2)
    True
    """
    digest = hashlib.sha256("\0".join(map(str, seed)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / (1 << 48)


def one_of(choices: Sequence[T], *seed: object) -> T:
    """One of some things."""
    return choices[int(chance(*seed) * len(choices))]


def damaged(definitions: Definitions, seed: str) -> Definitions:
    """Definitions with planted errors: words taken out, false friends forgotten, words too wide."""
    terms = tuple(_damaged(term, seed) for term in definitions.technology)
    faulty = msgspec.structs.replace(definitions, technology=terms)
    kept = tuple(_with_examples(term, faulty) for term in terms)
    return msgspec.structs.replace(faulty, technology=kept)


def _with_examples(term: Term, faulty: Definitions) -> Term:
    """Only the examples that the damaged definitions pass: whoever wrote them knew no others."""
    kept = [
        one
        for one in term.examples
        if (one.found == "bought") == (term.id in bought(read(one.title, one.text, faulty)))
    ]
    return msgspec.structs.replace(term, examples=tuple(kept))


def _damaged(term: Term, seed: str) -> Term:
    words = [w for w in term.words if chance(seed, term.id, w) >= DROPPED] or list(term.words[:1])
    sure = [w for w in term.sure if chance(seed, term.id, w) >= DROPPED]
    is_forgetful = chance(seed, term.id, "forgets") < 0.5
    wide = [WIDE[term.id]] if term.id in WIDE and chance(seed, term.id, "wide") < 0.6 else []
    return msgspec.structs.replace(
        term,
        words=(*words, *wide),
        sure=tuple(sure),
        looked_past=() if is_forgetful else term.looked_past,
        not_with=() if is_forgetful or wide else term.not_with,
    )


def made(definitions: Definitions, count: int, seed: str) -> list[Made]:
    """So many notices. The truth is what the whole definitions say of them."""
    faulty = damaged(definitions, seed)
    return [_made(definitions, faulty, f"{seed}-{number:05}") for number in range(count)]


def _made(definitions: Definitions, faulty: Definitions, name: str) -> Made:
    title, text = written(definitions, name)
    truth = read(title, text, definitions)
    claimed = read(title, text, faulty)
    whole = f"{title}\n{text}"
    return Made(
        name=name,
        title=title,
        text=whole,
        truth=bought(truth),
        claims={
            one.id: (one, sentence(whole, one.at.start, one.at.end))
            for one in claims(claimed)
            if one.kind == "technology"
        },
    )


def bought(findings: Findings) -> frozenset[str]:
    """The technologies that a notice buys."""
    found = (one for one in findings.findings if one.kind == "technology")
    return frozenset(one.id for one in found if one.relation == "bought")


def read(title: str, text: str, definitions: Definitions) -> Findings:
    """What definitions find in a notice of a title and lines."""
    whole = f"{title}\n{text}"
    blocks, start = [], 0
    for number, line in enumerate(whole.split("\n")):
        blocks.append(Block(start, start + len(line), "text" if number else "title"))
        start += len(line) + 1
    reading = Reading(text=whole, blocks=tuple(blocks), media_type="text/plain")
    heading = Cited(value=title, at=reading.passage(0, len(title)))
    return find_findings(reading, Fields(title=heading), definitions)


def written(definitions: Definitions, name: str) -> tuple[str, str]:
    """The title and the lines of a notice: what it buys, names and leaves out."""
    buyer = one_of(BUYERS, name, "buyer")
    number = int(chance(name, "number") * 90) + 2
    goods = [one_of(ORDINARY, name, "goods", n).format(number + n) for n in range(2)]
    lines = [f"采购{goods[0]}、{goods[1]}。"] if chance(name, "ordinary") < 0.6 else []
    for n in range(3):
        term = one_of(definitions.technology, name, "term", n)
        word = _word(term, f"{name} {n}")
        form = PURCHASES if chance(name, "bought", n) < 0.6 else MENTIONS
        if word and chance(name, "said", n) < 0.45:
            said = one_of(form, name, "form", n).format(word, number + n)
            lines.append(said.replace("。", _meant(term, name, n)))
    lines += [one_of(FILLERS, name, "filler", n) for n in range(2)]
    lines.sort(key=lambda line: chance(name, line))
    return f"{buyer}{2012 + int(chance(name, 'year') * 14)}年采购项目公告", "\n".join(lines)


def _meant(term: Term, name: str, number: int) -> str:
    """What half of the notices add: what the goods are for, as a part of the meaning says it."""
    if chance(name, "meant", number) < 0.5:
        return "。"
    parts = [part for part in re.split("[，。、：；（）]", term.meaning_zh) if len(part) > 2]
    return f"，用于{one_of(parts, name, 'part', number)}。" if parts else "。"


def _word(term: Term, seed: str) -> str:
    """A word of a technology as it is printed: one choice, nothing left open.

    A few words are common and most are rare, as in any language.
    """
    order = sorted(term.words, key=lambda one: chance("common", term.id, one))
    word = order[int(len(order) * chance(seed, "word") ** 3)]
    parts = [one_of(part.split("|"), seed, n) for n, part in enumerate(word.split("…"))]
    return "".join(parts) if not word.isascii() else ""
