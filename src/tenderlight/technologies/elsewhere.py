"""What stands elsewhere: what exists already, other systems and their data, orders, standards."""

from __future__ import annotations

import re

_EXISTING = re.compile(
    "已[建有购投装]|已安[装置]|已布[设建]|现有|原有|既有|已部署|已完成|已配[备发]|前期建设|利旧|在用的?|已接入|已上线"
    "|目前(?:使用|运行|拥有|共有)"
)
_ADDED = re.compile("新增|增加|增设|新建|叠加|加装|加载|基础上|之外|替换|淘汰|改为|升级为")
"""Between what exists and a word, it turns to what is new: `在原有监控基础上新增`."""
_UNCHANGED = re.compile(
    "^[^,。;\\n]{0,12}?(?:保持不变|维持(?:不变|现状)|保持原[样状]|不[作做](?:调整|改动|变动|变更))"
)
_KEPT_GOING = re.compile(
    "运维|维护|维保|维修|升级|扩容|改造|更新|续保|续建|扩建|增补|补点|补盲|租赁"
)
_CONNECTED_BEFORE = re.compile(
    "(?:接入|对接|汇入|汇聚到|汇聚至|推送至|推送到|上传至|上传到|上报至|级联至|级联到|同步至|共享至|报送至|打通"
    r"|(?:与|和|同|向)[^,。;\n]{0,12})[^,。;\n]{0,8}$"
)
_CONNECTED_AFTER = re.compile(
    r"^[^,。;\n]{0,10}?(?:对接|同步|互联|互通|级联|衔接|碰撞|联动[^,。;\n]{0,4}功能|匹配|兼容|适配|预留接口|记录(?:进行)?关联|数据(?:进行)?关联)"
)
_COUNTED = re.compile(r"\d\s?[路台套个只部处][^,。;、\n]{0,6}$")
"""Things that are counted out are bought, also where they work together with something."""
_INTO = re.compile(
    "(?:接入|汇入|汇聚到|汇聚至|推送至|推送到|上传至|上传到|上报至|报送至|同步至|共享至)[^,。;、\n]{0,8}$"
)
_REUSED = re.compile("(?:依托|叠加|复用|调用|调阅|调取)[^,。;\\n]{0,12}$")
"""What is there already and is drawn upon: `叠加视频点位`."""
_LAID_ON = re.compile("叠加[^,。;\\n]{0,12}$")
_NEW_AFTER = re.compile("^[^,。;\\n]{0,10}?(?:算法|模块|功能|软件|授权|引擎)")
"""`叠加情绪分析算法`: what is laid on what exists is new."""
_PASSED = re.compile(
    "(?:供应商|投标人|中标人|施工|服务人员|作业人员|驻场|送货|配送|物资|货物|保洁|员工)[^,。;\\n]{0,10}"
    "(?:须|需|应|必须|均|要)[^,。;\\n]{0,4}(?:经|接受|配合|履行)[^,。;\\n]{0,8}$"
)
"""`物资进监须经人脸比对`: a check that is there, which those who deliver have to pass."""
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
_SOURCES = re.compile("数据(?:来源|源)(?:主要)?(?:包[括含]|为|于|有|是)?:?[^。;\\n]{0,60}$")
"""`数据来源:旅馆、网吧、卡口`: where the data comes from is not bought."""
_ORDER = re.compile(
    "(?:为|为了|为进一步)?(?:落实|贯彻|响应|根据|依据|按照|遵照|结合)[^,。;\n]{0,30}$"
)
_ORDER_END = re.compile(r"^[^,。;\n]{0,16}?(?:要求|精神|部署|通知|文件|意见|规定|方案|指示|会议)")
_STANDARD_TITLE = re.compile(
    "(?:规范|标准|规程|要求|办法|条例|规定|通知|意见|指南|细则|法|纲要|规划|通则|导则|大纲)(?:[(][^)]{0,12}[)])?$"
)
_STANDARD_NUMBER = re.compile("(?:gb|ga|db\\d|yd|sj|iso|iec)[/ \\d]")
_CONFORMS = re.compile("(?:符合|遵循|遵照|执行|满足|依据|按照)[^,。;\\n]{0,30}$")
_STANDARD_AFTER = re.compile(
    "^[^,。;\\n]{0,24}?(?:(?:国家|行业|地方|技术)(?:规范|标准|规程)(?!化)|gb[/ \\d]|ga[/ ])"
)
"""`符合《…监控联网…技术要求》`: a standard's name holds words that nobody buys by it."""
_LIKE = re.compile("(?:参照|参考|借鉴|对标|仿照|比照)[^,。;\\n]{0,16}$")
_LIKE_AFTER = re.compile("^[^,。;\\n]{0,16}?(?:项目|做法|经验|案例|模式|工程|方案)")
_BESIDE = re.compile(
    "(?:同期|同步|同时)(?:实施|建设|开展|推进)的?[^,。;\\n]{0,16}$|(?:配合|衔接)[^,。;\\n]{0,12}$"
)
_BESIDE_AFTER = re.compile("^[^,。;\\n]{0,8}?(?:项目|工程)")
_BROUGHT = re.compile("(?:自备|自带|自有)的?[^,、。;\\d\\n]{0,6}$")
"""`队员佩戴自备的执法记录仪`."""
_ROOM_LEFT = re.compile("预留[^,。;\\n]{0,8}$")
_ROOM_LEFT_AFTER = re.compile("^[^,。;\\n]{0,8}?(?:接口|扩展|能力|条件|位置|点位|空间|容量)")
_LATER = re.compile(
    "(?:后期|后续|将来|未来|远期|今后|日后)[^,。;\\n]{0,10}"
    "(?:扩展|扩充|增加|接入|支持|叠加|开展|建设|拓展)[^,。;\\n]{0,8}$"
)
_LOGS_IN = re.compile("^(?:识别)?(?:或[^,。;\\n]{1,6})?(?:登[录陆]|解锁|开机|唤醒)")
"""`支持人脸识别登录`: a way into a machine that does something else."""
_MAY_BE_BEFORE = re.compile(
    "参[照考]|借鉴|对[标照]|仿[标照]|比[标照]|同[期步时]|配合|衔接|预留|后[期续]|将来|未来|远期|今后|日后|接入|对接"
    "|汇|推送|上[传报]|级联|共享|报送|打通|与|和|同|向|依托|叠加|复[用阅取]|调[用阅取]|归集|融合|整合|落实|贯彻|响应"
    "|根据|依据|按照|遵照|结合"
)
_MAY_BE_AFTER = re.compile("登|解锁|开机|唤醒|数据|画面|图像|视频")
"""Most sentences hold none of these words, and name nothing that stands elsewhere."""


def elsewhere(before: str, after: str, sure: bool) -> str:
    """Why a word names what stands elsewhere; empty where nothing in its sentence says so.

    >>> elsewhere("与同期实施的", "警用地理信息项目做好衔接", False)
    'another project'

    `before` and `after` are the rest of its sentence, simplified. `sure` words name what is bought
    also where it is connected to something.
    """
    clause = before.rpartition(",")[2]
    if _exists(clause, after):
        return "exists already"
    if _is_a_standard(before, after):
        return "a standard that is named"
    if _PASSED.search(clause):
        return "a check to pass"
    if "自" in clause and _BROUGHT.search(clause):
        return "brought along by the bidder"
    if not sure and "数据" in before and _SOURCES.search(before):
        return "data of another system"
    if sure or not (_MAY_BE_BEFORE.search(clause) or _MAY_BE_AFTER.search(after)):
        return ""
    return _another(clause, after) or _connected(clause, after)


def _exists(clause: str, after: str) -> bool:
    near = clause[-20:]
    ends = [match.end() for match in _EXISTING.finditer(near)]
    if ("持" in after or "不" in after) and _UNCHANGED.search(after):
        return True
    if not ends or _KEPT_GOING.search(clause + after):
        return False
    return not _ADDED.search(near, ends[-1])


def _is_a_standard(before: str, after: str) -> bool:
    _, mark, inside = before.rpartition("《")
    if mark and "》" not in inside:
        title, closed, rest = after.partition("》")
        number = closed and _STANDARD_NUMBER.search(rest[:12])
        return bool(number or _STANDARD_TITLE.search(inside + title))
    return bool(_CONFORMS.search(before) and _STANDARD_AFTER.search(after))


def _connected(clause: str, after: str) -> str:
    connected = _CONNECTED_BEFORE.search(clause) and _CONNECTED_AFTER.search(after)
    if (
        _INTO.search(clause)
        or (_REUSED.search(clause) and not _is_laid_on(clause, after))
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


def _is_laid_on(clause: str, after: str) -> bool:
    return _LAID_ON.search(clause) is not None and _NEW_AFTER.search(after) is not None


def _another(clause: str, after: str) -> str:
    if (_LIKE.search(clause) and _LIKE_AFTER.search(after)) or (
        _BESIDE.search(clause) and _BESIDE_AFTER.search(after)
    ):
        return "another project"
    if (_ROOM_LEFT.search(clause) and _ROOM_LEFT_AFTER.search(after)) or _LATER.search(clause):
        return "room is left for it"
    return "a way to log in" if _LOGS_IN.search(after) else ""
