"""Where the title and the rest of a notice disagree on what is bought."""

from __future__ import annotations

import re

import msgspec

from tenderlight.model import Fields, Finding
from tenderlight.technologies.excluded import LEFT_OUT, REMOVED, REPLACED

BY_NAME = ("in the title", "in the name")
"""Rules of findings that rest on the title or the project's name."""
_ORDINARY = re.compile(
    "物业|保洁|保安服务|劳务派遣|劳务外包|辅警(?:招|派|服务)|招聘|食堂|餐饮|食材|印刷|印制|宣传(?:品|片|册|栏|服务)"
    "|服装|被装|家具|体检|法律(?:顾问|服务)|保险|绿化|车辆(?:租赁|维修|采购)|加油|办公用品|空调|文印|装修|装饰|疗养"
    "|桌椅|椅子|标识牌|慰问|缝纫|药品|会议(?:服务|系统)|用房设计|施工图|设计服务|(?:档案|案卷)(?:整理|扫描|数字化)|数字化加工|招标代理|代理机构|培训(?:班|服务|项目)|电梯|座椅|床垫|床铺|笔记本电脑|台式(?:电脑|机)|打印机|复印机|话务|保安|安保服务|环卫|锅炉|窗帘|执法执勤用车|公务用车|警务用车|用车采购|车辆购置|粮油|副食|图书采购|马甲|雨衣|流量(?:套餐|包)|文具|可行性研究|风险评估(?:报告|服务)"
)
"""Titles of purchases whose papers name cameras and gates only as what guards see to."""
_PURCHASED = re.compile("(?:采购|购置|新购)[^,、。;\\n]{0,6}$")
_PIECES = re.compile(r"^[^,。;\n]{0,8}?\d{1,6} ?[台套个路部只处]")


def beside_the_title(
    plain: str, frame: str, fields: Fields, findings: list[Finding]
) -> list[Finding]:
    """Findings of a notice whose title names something ordinary and no technology: mentions.

    `物业管理服务` speaks of the cameras that its guards look after. What stands in the table of
    items, or is purchased by the piece (`采购人脸消费机12台`), is bought all the same.
    """
    in_the_title = any(one.kind == "technology" and one.rule in BY_NAME for one in findings)
    if in_the_title or not _ORDINARY.search(frame):
        return findings
    listed = [(item.name.at.start, item.name.at.end) for item in fields.items]
    return [
        one
        if one.kind != "technology"
        or any(first <= one.at.start < last for first, last in listed)
        or _is_counted_out(plain, one)
        else msgspec.structs.replace(
            one, relation="mentioned", rule="the title names another thing"
        )
        for one in findings
    ]


def _is_counted_out(plain: str, finding: Finding) -> bool:
    start, end = finding.at.start, finding.at.end
    if finding.at.part == "manifest" or finding.relation != "bought":
        return False
    purchased = _PURCHASED.search(plain[max(start - 10, 0) : start])
    return purchased is not None and _PIECES.search(plain[end : end + 24]) is not None


def struck_out(plain: str, frame: str, findings: list[Finding]) -> list[Finding]:
    """Findings of a correction: what it strikes out with its number of pieces is excluded.

    `“刷脸终端6台”取消` outweighs a title that still names it, unless other words still ask for it.
    """
    gone = {
        one.id
        for one in findings
        if one.kind == "technology"
        and one.rule in (REMOVED, REPLACED, LEFT_OUT)
        and _PIECES.search(plain[one.at.end : one.at.end + 24])
    }
    kept = {
        one.id
        for one in findings
        if one.relation == "bought" and one.rule not in BY_NAME and not _repeats(plain, frame, one)
    }
    return [
        msgspec.structs.replace(one, relation="excluded", rule=REMOVED, standing="cancelled")
        if one.kind == "technology" and one.id in gone - kept
        else one
        for one in findings
    ]


def _repeats(plain: str, frame: str, finding: Finding) -> bool:
    """Whether the line of a finding prints the title once more."""
    first = plain.rfind("\n", 0, finding.at.start) + 1
    last = plain.find("\n", finding.at.end)
    return plain[first : last if last >= 0 else len(plain)].strip() in frame
