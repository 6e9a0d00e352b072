"""What stands elsewhere: what exists already, other systems and their data, orders, standards."""

from __future__ import annotations

import re

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


def elsewhere(clause: str, after: str, sure: bool) -> str:
    """Why a word names what stands elsewhere; empty where nothing in its sentence says so."""
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
