"""Whether a notice buys what a word names, or only mentions it: judged from where it stands.

A word counts as bought unless something says otherwise: the section (qualifications, scoring,
background), the sentence (past performance, what exists already, another system to connect to or
its data) or the clause (an exclusion, an empty box, a module that a correction removes). The title
and the project's name outweigh all but an exclusion. What is run, extended or maintained is bought.
"""

from __future__ import annotations

import bisect
import re

import msgspec

from tenderlight.model import Relation

SENTENCE_END = re.compile(r"[。;!?\n]")
REACH = 80
"""How far a sentence is followed to either side; longer ones are lists, whose ends say little."""

_HEADING = re.compile(
    r"(?:^[ \t]{0,4}第[ \t]?([一二三四五六七八九十\d]{1,3})[ \t]?[章部篇卷册]"
    r"|(?:^|(?<=[。;\s]))(?:第?([一二三四五六七八九十]{1,3})[、章部.]"
    r"|\(([一二三四五六七八九十]{1,3})\)|(\d{1,2})[、.](?!\d)))[ \t]{0,4}([^\n。;:]{0,24})",
    re.MULTILINE,
)
"""Chapters of a tender document (第五章), then 一、, then （一）, then 1、."""
_LABEL = re.compile(r"^[^\n。;:]{0,16}(?=:|$)", re.MULTILINE)
_SECTIONS = (
    (re.compile("资格|资质|投标人(?:应|须)?(?:具备|满足)|人要求$"), "what a bidder must be"),
    (re.compile("业绩|类似项目|荣誉"), "past work of a bidder"),
    (re.compile("评分|评标办法|评审(?:办法|标准|因素|细则)"), "how bids are scored"),
    (re.compile("(?:人|商|单位|方|磋商|谈判|报价|投标|响应)须知"), "instructions to bidders"),
    (
        re.compile(
            "(?:合同|协议)(?:书?(?:主要)?条款|书?格式|书?文本|书?范本|书?草案|书?样本)|(?:通用|专用)(?:合同)?条款"
        ),
        "the contract's standard terms",
    ),
    (
        re.compile("(?:投标|响应|报价|磋商|谈判|应答)文件.{0,6}(?:格式|组成|编制|模板)"),
        "forms to fill in",
    ),
    (re.compile("背景|现状|已建|建设基础"), "background"),
)
"""A long tender document says what is bought in its call, its needs and its tables; elsewhere it
speaks of bidders, of scoring and of forms."""
_ANY_SECTION = re.compile("|".join(f"(?:{words.pattern})" for words, _ in _SECTIONS))
"""Most headings and labels name none of them."""
ABOUT_BIDDERS = tuple(name for _, name in _SECTIONS[:6])
_PAST_WORK = re.compile(
    "业绩|类似项目|类似案例|成功案例|承担过|承接过|完成过|实施过|曾(?:为|承|中|参)"
    "|近[一二三四五\\d]年[^,。;\\n]{0,16}(?:项目|承担|承接|完成|实施|合同|案例|供货|经验|中标|销售|签订|从事|服务|类似)|履约经验|软件著作权|检测报告|资质证书"
)
_EXCLUDED_BEFORE = re.compile(
    "不包[含括]|未包[含括]|不含(?!税|增值)|不涉及|不需要?(?!求)|无需|无须|毋需|禁止|严禁|不采用|不使用|不提供"
    "|不得(?!少于|低于|小于|高于|超过|大于|晚于|超出)|不再|不建|不设|不予|未采用|未使用|剔除|删除|删去|取消|核减|扣除|排除|去掉"
)
_NOT_THIS = re.compile(
    "(?:^|[(、])(?:非|不是)(?!法|接触|现场|经|公|标)[^,。;]{0,4}$|(?:而非|并非)[^,。;]{0,4}$"
)
_EXCLUDED_AFTER = re.compile(
    r"^[^,。;\n]{0,10}?(?:取消|删除|删去|剔除|核减|除外|不在本次|不属于本|不纳入|另行采购|另行招标|另行建设|利旧|不在本|不属本|不列入|暂不|不再|[(](?:本期|本次)不|[(]不建)"
)
_BOX = re.compile("[□☐▢☑■☒√✓✔]")
_TICKED = re.compile("[☑■☒√✓✔]")
_FURNISHED = re.compile(
    "^[^,。;、:\\n]{0,8}?(?:空调|家具|桌椅|装修|装饰|物业|保洁|绿化|食堂|食材|被装|服装|办公用品|防水|电梯|供暖|外墙|土建|用房)"
)
"""What is bought for a place that is named after the technology."""
_REPLACED_AFTER = re.compile(r"^[^。;\n]{0,24}?(?:更正|变更|修改|调整|更换|改)[为成]")
_EXISTING = re.compile(
    "已[建有购投装]|现有|原有|既有|已部署|已完成|已配[备发]|前期建设|利旧|在用的?|已接入|已上线"
)
_KEPT_GOING = re.compile(
    "运维|维护|维保|维修|升级|扩容|改造|更新|续保|续建|扩建|增补|补点|补盲|租赁"
)
_CONNECTED_BEFORE = re.compile(
    "(?:接入|对接|汇入|汇聚到|汇聚至|推送至|推送到|上传至|上传到|上报至|级联至|级联到|同步至|共享至|报送至|打通"
    r"|(?:与|和|同|向)[^,。;\n]{0,12})[^,。;\n]{0,8}$"
)
_CONNECTED_AFTER = re.compile(r"^[^,。;\n]{0,10}?(?:对接|同步|互联|互通|级联|衔接|碰撞|预留接口)")
_COUNTED = re.compile(r"\d\s?[路台套个只部处][^,。;、\n]{0,6}$")
"""Things that are counted out are bought, also where they work together with something."""
_INTO = re.compile(
    "(?:接入|汇入|汇聚到|汇聚至|推送至|推送到|上传至|上传到|上报至|报送至|同步至|共享至)[^,。;、\n]{0,8}$"
)
_REUSED = re.compile("(?:依托|叠加|复用|调用|调阅|调取)[^,。;\\n]{0,12}$")
"""What is there already and is drawn upon: `叠加视频点位`."""
_GATHERED_BEFORE = re.compile("(?:汇聚|汇集|归集|融合|整合)[^,。;\\n]{0,24}$")
_GATHERED_AFTER = re.compile("^[^,。;\\n]{0,12}?(?:图片|数据|资源|记录)(?!库|中心|平台)")
"""`汇聚卡口、人脸图片`: pictures of what stands there already."""
_SENT_BEFORE = re.compile(
    "(?<![面定双方反转单横纵朝导])向(?:(?!推送|上传|提供|发送|传输)[^,。;、\\n]){0,12}$"
)
_SENT_AFTER = re.compile("^[^,。;、\\n]{0,8}?(?:汇聚|推送|上传|上报|共享|传输|报送|提供|发送)")
"""`向市局平台推送抓拍`."""
_SUPPLIED_AFTER = re.compile(
    "^[^。;\\d\\n]{0,24}?[(](?:相关|上述|以上)?数据(?:均|全部)?"
    "(?:由[^,。;)\\n]{2,16}(?:提供|共享|推送(?![至到给入]))|来自|源自)"
    "|^(?:画面|图像|视频)[^,。;\\n]{0,4}(?:上图|上屏)"
)
"""`人脸数据（数据由省厅提供）`: what other systems deliver."""
_ORDER = re.compile(
    "(?:为|为了|为进一步)?(?:落实|贯彻|响应|根据|依据|按照|遵照|结合)[^,。;\n]{0,30}$"
)
_ORDER_END = re.compile(r"^[^,。;\n]{0,16}?(?:要求|精神|部署|通知|文件|意见|规定|方案|指示|会议)")
_TAUGHT = re.compile("实训|实验箱|实验课|课程|教材|实验教学|教学案例|技能竞赛|专业建设")


FURNISHED = "the name of a place that is furnished"
LEFT_OUT = "left out or forbidden"
REMOVED = "left out or removed"
OUTWEIGH_THE_TITLE = (FURNISHED, LEFT_OUT, REMOVED)


class Judged(msgspec.Struct, frozen=True):
    """Bought or mentioned, and why, in a few words for readers."""

    relation: Relation
    rule: str


class Sections:
    """Which section each place of a simplified text lies in, as far as it matters here."""

    def __init__(self, plain: str) -> None:
        self._starts: list[int] = []
        self._names: list[str] = []
        stack: list[tuple[int, str]] = []
        for heading in _HEADING.finditer(plain):
            level = next(n for n in (1, 2, 3, 4) if heading.group(n))
            while stack and stack[-1][0] >= level:
                stack.pop()
            name = _section(heading.group(5)) or (stack[-1][1] if stack else "")
            stack.append((level, name))
            self._starts.append(heading.start())
            self._names.append(name)
        self._labels = _labels(plain)

    def at(self, place: int) -> str:
        """The section's name for readers; empty where nothing is known of it."""
        label = bisect.bisect_right(self._labels, (place, 1 << 60, "~")) - 1
        if label >= 0 and self._labels[label][0] <= place < self._labels[label][1]:
            return self._labels[label][2]
        index = bisect.bisect_right(self._starts, place) - 1
        return self._names[index] if index >= 0 else ""


def _section(title: str) -> str:
    if not _ANY_SECTION.search(title):
        return ""
    return next((name for words, name in _SECTIONS if words.search(title)), "")


def _labels(plain: str) -> list[tuple[int, int, str]]:
    """Lines that are a label alone (a table's left cell): the next line is what they speak of."""
    found = []
    for label in _LABEL.finditer(plain):
        name = _section(label.group())
        if name:
            end = plain.find("\n", label.end() + 2)
            found.append((label.start(), end if end >= 0 else len(plain), name))
    return found


def sentence(plain: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a word, at most `REACH` characters to either side."""
    first = max(start - REACH, 0)
    for mark in SENTENCE_END.finditer(plain, first, start):
        first = mark.end()
    mark_after = SENTENCE_END.search(plain, end, min(end + REACH, len(plain)))
    return first, mark_after.start() if mark_after else min(end + REACH, len(plain))


def judge(
    plain: str,
    start: int,
    end: int,
    sections: Sections,
    *,
    correction: bool,
    sure: bool,
    frame: str,
) -> Judged:
    """What the place of a word outside the title says: bought or mentioned, and why."""
    first, last = sentence(plain, start, end)
    before, after = plain[first:start], plain[end:last]
    clause = before.rpartition(",")[2]
    reason = (
        _left_out(clause, after, correction)
        or _not_ticked(plain, start, end)
        or sections.at(start)
        or ("past work of a bidder" if _PAST_WORK.search(before + after) else "")
        or _elsewhere(clause, after, sure)
        or ("part of a course" if _TAUGHT.search(before + after) and _TAUGHT.search(frame) else "")
    )
    return Judged("mentioned", reason) if reason else Judged("bought", "among what is asked for")


def _left_out(clause: str, after: str, correction: bool) -> str:
    if _EXCLUDED_BEFORE.search(clause[-40:]) or _NOT_THIS.search(clause):
        return LEFT_OUT
    if _EXCLUDED_AFTER.search(after):
        return REMOVED
    if correction and _REPLACED_AFTER.search(after):
        return "replaced by the correction"
    if _FURNISHED.search(after):
        return FURNISHED
    return ""


def _not_ticked(plain: str, start: int, end: int) -> str:
    """A form prints what it could ask for with empty boxes, and ticks what it asks for."""
    line = max(plain.rfind("\n", 0, start) + 1, start - REACH)
    boxes = _BOX.findall(plain, line, start)
    if not boxes or _TICKED.match(boxes[-1]):
        return ""
    ticked = _TICKED.search(plain, max(start - 4 * REACH, 0), end + 4 * REACH)
    return LEFT_OUT if ticked else ""


def _elsewhere(clause: str, after: str, sure: bool) -> str:
    if _EXISTING.search(clause[-20:]) and not _KEPT_GOING.search(clause + after):
        return "exists already"
    if sure:
        return ""
    connected = _CONNECTED_BEFORE.search(clause) and _CONNECTED_AFTER.search(after)
    if (
        _INTO.search(clause)
        or _REUSED.search(clause)
        or (connected and not _COUNTED.search(clause))
    ):
        return "another system to connect to"
    if (_SENT_BEFORE.search(clause) and _SENT_AFTER.search(after)) or _SUPPLIED_AFTER.search(after):
        return "data of another system"
    if _GATHERED_BEFORE.search(clause) and _GATHERED_AFTER.search(after):
        return "what exists is gathered"
    if _ORDER.search(clause) and _ORDER_END.search(after):
        return "an order that is carried out"
    return ""
