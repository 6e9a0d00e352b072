"""What the purchase is called: labelled, named in the opening sentence, or the title's core."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenderlight.fields.agreement import Candidate, Settled, cite, settle
from tenderlight.fields.labels import RANK, field_of, plain_key
from tenderlight.fields.lots import LOT
from tenderlight.fields.name_and_number import find_both
from tenderlight.fields.shapes import Layout
from tenderlight.fields.title import BARE_ENGLISH
from tenderlight.model import Cited, Reading
from tenderlight.plain import simplify

_SENTENCE = re.compile(
    r"(?:现?(?:就其?|对其?)|所需的?|关于)\s{0,4}[“\"《]?(?P<name>(?:(?!公告|委托)[^。;:“”\"]){6,90}?)[”\"》]?\s{0,4}"
    r"(?:\((?=[^()]*(?:编号|号|称|:))(?:[^()]|\([^()]*\)){0,80}\))?\s{0,4}(?:以[^,。]{2,10}(?:方式|形式))?"
    r"(?:进行|组织|实施|采用|开展)[^。]{0,20}?(?:招标|采购|磋商|谈判|询价|开标|评标)"
)
_NUMBERED = re.compile(
    r"(?:本(?:招标|采购)?项目)?\s{0,4}(?P<name>(?!本(?:招标|采购)?项目)[^。;:,\n()]{6,80}(?:项目|工程)(?:\([^()\n:]{1,12}\))?)\s{0,4}"
    r"(?:招标|采购)?,?(?:\([^()\n]{0,40}\))?\s{0,4}(?:已由|已经|业经|已获|(?:招标|采购|项目)编号)"
)
_APPROVED = re.compile(
    r"本(?:次)?(?:招标|采购|询比|比选|磋商|谈判)?项目\s{0,4}[“\"《]?(?P<name>[^。;:,\n()“”\"《》]{5,80}?)[”\"》]?\s{0,4}(?:\([^()\n]{0,40}\))?"
    r"\s{0,4}(?:已由|已经|业经|已获|已具备)"
)
_POTENTIAL = re.compile(
    r"(?P<name>[^。;:\n]{6,90}?)\s{0,4}(?:招标|采购)?(?:项目)?的?潜在(?:投标人|供应商)应"
)
_ACTED = re.compile(
    r"(?:我司|我公司|我单位|我中心|本公司|本中心)(?:所)?代理的(?P<name>[^。;:,()]{6,80}?)\s{0,4}"
    r"(?:(?:国内|国际)?(?:公开招标|邀请招标|竞争性磋商|竞争性谈判|询价|单一来源)(?:采购)?(?:项目)?)?"
    r"\s{0,4}\((?:项目|采购|招标)?编号"
)
_LOT_OF = re.compile(r"现对\s{0,4}(?P<lot>[^。;:,\n]{4,60}?)\s{0,4}进行(?:公开|国内|邀请|资格)")
"""What of an approved project is put to tender: `…已由…批准，现对水泵采购进行公开招标`."""
_GLUED = re.compile(r"(?:采购|招标)(?=项目编号|编号)")
"""A label that may begin with the name's last word: `水泵采购项目编号：1` without a break."""
_REMARK = re.compile(
    r"\s*[(（](?:采购方式|项目编号|招标编号|采购编号|编号|标段编号)[^()（）]*[)）]?\s*$|[;；。]+$"
)
_TYPE = (
    r"(?:(?:国际)?公开招标|邀请招标|竞争性磋商|竞争性谈判|询价|单一来源|中标|成交|中选|公开询比|询比|市场调研|市场调查|市场询价|需求调研|需求调查|招标|资格预审|\(成交\)|\[采购\]|"
    r"(?:政府)?采购合同|合同|废标|流标|(?:招标|采购)?失败|终止|更正|变更|澄清|补遗|延期|(?:采购)?意向|结果|候选人|拟|预|电子化|公开|验收|需求征求意见|评标|开标|"
    r"比选|遴选|竞价|、|\((?:网上)?(?:竞价|询价|比选|遴选|竞选|竞争性磋商|竞争性谈判|单一来源)\))"
)
_TYPE_AT_END = re.compile(
    r"[\s\-—_.]*(?:" + _TYPE + r"+(?:采购)?|采购)"
    r"(?:公告|公示|公开|意向|文件|记录|表)(?:\d{1,8}$|(?:\([^()]{0,10}\)){0,2}$)|[\s\-—_]*(?:采购意向公开|(?:的框架协议)?合同)$"
)
_RESULT_AT_END = re.compile(r"(?<=.{6})(?:(?:中标|成交|中选)(?:\((?:中标|成交)\))?|(?<=采购))结果$")
_ABOUT = re.compile(r"关于(?P<name>.{6,})的(?:公告|公示|通知|函)")
_STATE_AT_END = re.compile(
    r"(?<=项目|采购|工程|服务)(?:中止|终止|暂停|废标|流标|延期|更正|变更|取消)$"
)
"""What became of the purchase, before `的公告`."""
_PREFIX = re.compile(
    r"\s*[(（【\[](?:[^()（）\[\]【】]{2,14}(?:中心|平台|号)"
    r"|(?:招标|采购|中标|成交|中选|变更|更正|终止|流标|废标)(?:公告|公示|结果)?)[)）】\]]\s*"
)
"""A portal's own name or number, or the notice's type, in brackets before the name."""
_ISSUER = re.compile(
    r"\s*(?:[^,。;:\n()]{2,30}?(?:公司|中心|局|厅|处|院|大学|学校|委员会))?关于(?=.{6})"
)
"""Who announces, before the name in a whole title: `湖光招标有限公司关于…`."""
_NUMBER_AT_END = re.compile(
    r"\((?=[^()]{0,60}[A-Za-z]{2})(?=[^()]{0,60}(?:20\d\d|号\)))[^()]{0,40}\d{3}[^()]{0,40}\)$"
)
"""The project's number, told from a model's by its year or its 号: `(HXZC2019-16)`."""
_QUOTED = re.compile(r"\s*[「『](?P<name>[^「」『』]+)[」』]\s*")
_FILE_AT_END = re.compile(r"\.[A-Za-z]{2,5}$")
"""A file's ending that a portal left on the title: `….ZBJ`, `….pdf`."""
_NEXT = re.compile(
    r"(?<=.{4})\s{1,4}(?:\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,2}、|\(\d{1,2}\))\s{0,2}[\u4e00-\u9fff]{2}"
    r"|(?<=.{4})\s{1,4}(?:包号|标段号|分包号|序号)\s(?=[^\n]{0,40}(?:金额|限价|价|预算|数量))"
    r"|(?<=.{4})\s{1,4}[0-9a-f]{32}$"
)
"""A numbered heading, a table's head or a random id behind the name, in one paragraph."""
_CHAPTER = re.compile(r"\s{1,4}\d{1,2}\.\d{1,2}$")
"""`水泵采购 2.2` before `建设地点：`: the number of the next heading, no part of the name."""
_FOLLOWED = re.compile(r"[^\S\n]{0,4}[\u4e00-\u9fff]{2,10}[:：]")
_NO_NAME = re.compile(r"^(?:/|无|详见.*|见.*|名称|详细信息|项目编号|-+)$")
_SHARED = 4
"""So much of a name's first line must stand unbroken before the second one elsewhere."""
_REST = re.compile(r"\n(?P<rest>[^\s\d:。;,][^\s:。;,]{0,30})(?=\n)")
_SENTENCES_READ = 2000
_LONGEST = 200


def find_project_name(reading: Reading, layout: Layout, title: Cited[str] | None) -> Settled:
    """The purchase's name as labelled; else from the sentences, else the title without its type."""
    labelled = _labelled(layout, simplify(title.value) if title else "")
    if labelled and not _names_lots(labelled):
        return settle(reading, layout, "project_name", labelled, same_project, str.__contains__)
    both = find_both(layout)
    if both is not None and (found := _name(layout.text, *both.name)):
        return Settled(cite(reading, Candidate(*found, "label 项目名称及编号")))
    titled = _from_title(title)
    told = _from_sentence(layout)
    if told and titled and _is_lot_of(layout, told.value, titled.value):
        return Settled(titled)
    return Settled(cite(reading, told) or titled)


def _is_lot_of(layout: Layout, project: str, titled: str) -> bool:
    """True where the title names a project and of it what the text says is put to tender."""
    whole, part = same_project(titled), same_project(project)
    before, named, lot = whole.partition(part)
    match = _LOT_OF.search(layout.plain, 0, _SENTENCES_READ) if named and lot else None
    return match is not None and not before and same_project(match["lot"]) in lot


def _names_lots(labelled: Sequence[Candidate]) -> bool:
    """True where only columns of lots are labelled, each with another name."""
    several = len({same_project(candidate.value) for candidate in labelled}) > 1
    return several and all(candidate.weight < 0 for candidate in labelled)


def same_project(name: str) -> str:
    """What two spellings of one name share: no white space, quotation marks, brackets."""
    return re.sub(r"[\s“”\"()]", "", simplify(name))


def _labelled(layout: Layout, title: str) -> list[Candidate]:
    candidates = []
    for pair in layout.of("project_name"):
        found = _name(layout.text, pair.start, pair.end)
        if found is None:
            continue
        if RANK.get(pair.key) and LOT.fullmatch("".join(simplify(found[0]).split())):
            continue
        found = _whole(layout, found, title)
        found = _over_two_lines(layout, found)
        weight = 3 - RANK.get(pair.key, 0)
        weight -= 3 if pair.kind == "column" else 0
        weight += 2 if weight == 2 and _names_lot(layout, found[0], title) else 0
        if pair.kind == "below" and field_of(plain_key(simplify(pair.value[:30]))) is not None:
            continue
        candidates.append(Candidate(*found, f"label {pair.key}", weight))
    return candidates


def _names_lot(layout: Layout, lot: str, title: str) -> bool:
    """True for the lot that the notice is about: its title has the whole of a longer lot's name."""
    name = same_project(lot)
    return name in same_project(title) and any(
        name != same_project(pair.value) and name.startswith(same_project(pair.value))
        for pair in layout.of("project_name")
        if not RANK.get(pair.key)
    )


def _whole(layout: Layout, found: tuple[str, int, int], title: str) -> tuple[str, int, int]:
    """A name with the 采购 that the next label seemed to begin with, where the title has it so."""
    value, start, end = found
    glued = _GLUED.match(layout.plain, end)
    if glued is None or simplify(value) + glued[0] not in title:
        return found
    return value + layout.text[end : glued.end()], start, glued.end()


def _over_two_lines(layout: Layout, found: tuple[str, int, int]) -> tuple[str, int, int]:
    """A name that its line's end has broken, where the whole of it is printed elsewhere too."""
    value, start, end = found
    rest = _REST.match(layout.plain, end)
    if rest is None or field_of(plain_key(rest["rest"])) not in (None, "project_name"):
        return found
    if simplify(value)[-_SHARED:] + rest["rest"] not in layout.plain:
        return found
    return value + layout.text[rest.start("rest") : rest.end()], start, rest.end()


def _name(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    printed = text[start : min(end, start + 2 * _LONGEST)]
    if cut := _NEXT.search(simplify(printed)):
        printed = printed[: cut.start()]
    elif (number := _CHAPTER.search(printed)) and _FOLLOWED.match(text, end):
        printed = printed[: number.start()]
    printed = _REMARK.sub("", printed).rstrip(" \n\t(（")
    if quoted := _QUOTED.match(printed):
        start, printed = start + quoted.start("name"), quoted["name"]
    if prefix := _PREFIX.match(printed):
        start, printed = start + prefix.end(), printed[prefix.end() :]
    plain = simplify(printed)
    bare = _TYPE_AT_END.sub("", plain)
    begin, end = _within_title(bare) if len(bare) < len(plain) else (0, len(bare))
    start, printed = start + begin, printed[begin:end].rstrip(" .") or printed
    value = _unbroken(printed)
    if sum("\u3400" <= char <= "\u9fff" or char.isalpha() for char in value) < 2:
        return None
    if not 3 <= len(value) <= _LONGEST or _NO_NAME.match(simplify(value)):
        return None
    return value, start, start + len(printed)


def _within_title(bare: str) -> tuple[int, int]:
    """Where the name stands in a title without its type: behind who announces, before a number."""
    issuer = _ISSUER.match(bare)
    start = issuer.end() if issuer else 0
    end = len(_NUMBER_AT_END.sub("", bare).rstrip().removesuffix("的"))
    return (start, end) if end - start >= 4 else (0, len(bare))


def _unbroken(printed: str) -> str:
    """Line breaks of a long name closed, spaces within a line kept as one."""
    return " ".join(re.sub(r"\s*\n\s*", "", printed).split())


_SENTENCES = (
    (_ACTED, ("代理的",)),
    (_POTENTIAL, ("潜在",)),
    (_NUMBERED, ("已由", "已经", "业经", "已获", "编号")),
    (_APPROVED, ("已由", "已经", "业经", "已获")),
    (_SENTENCE, ("就", "对", "所需", "关于")),
)
"""Each with words of which its sentence has one: a pattern is tried only where one is there."""


def _from_sentence(layout: Layout) -> Candidate | None:
    beginning = layout.plain[:_SENTENCES_READ]
    for rule, signs in _SENTENCES:
        if not any(sign in beginning for sign in signs):
            continue
        match = rule.search(beginning)
        if match is not None:
            found = _name(layout.text, *match.span("name"))
            if found is not None:
                return Candidate(*found, "sentence")
    return None


def _from_title(title: Cited[str] | None) -> Cited[str] | None:
    if title is None:
        return None
    plain = _FILE_AT_END.sub("", simplify(title.at.text[:_LONGEST])).rstrip()
    if BARE_ENGLISH.match(plain):
        return None
    if about := _ABOUT.fullmatch(plain):
        plain = _STATE_AT_END.sub("", plain[: about.end("name")])
    bare = _RESULT_AT_END.sub("", _TYPE_AT_END.sub("", plain).rstrip(" -_(.")) or plain
    start, end = _within_title(bare)
    found = _name(title.at.text, start, end)
    return Cited(value=found[0], at=title.at, rule="title without its type") if found else None
