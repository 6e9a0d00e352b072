"""What a notice leaves out by name: exclusions, struck items, what others see to, empty boxes.

An exclusion holds for the list that follows it (`不含甲、乙和丙`), up to where the sentence turns
to what is asked for (`不含甲，仅采购乙`). Twice negated is asked for (`不得取消甲`, `不仅包含甲`).
Prohibitions hold for what follows them directly: `无需人工干预的人脸识别` asks for recognition.
"""

from __future__ import annotations

import re

REACH = 80
"""How far a sentence is followed to either side; longer ones are lists, whose ends say little."""
FURNISHED = "the name of a place that is furnished"
LEFT_OUT = "left out or forbidden"
REMOVED = "left out or removed"
OTHERS = "others see to it"
REPLACED = "replaced by the correction"
EXCLUDING = (LEFT_OUT, REMOVED, OTHERS, REPLACED)
"""Rules that say the thing is not part of the purchase."""

_MAY_EXCLUDE = re.compile(
    "不|未|无|毋|禁|严|非|暂|剔除|删[除去]|取消|核减|扣除|排除|去掉|除外|另行|利旧|由|改|更正|变更|修改"
    "|调整|更换|exclud|without|not "
)
"""Most sentences hold none of these, and need no further look. Each begins with a character, not
with a class of them: so a search passes over all others at once.
"""
_SCOPE = re.compile(
    "不(?:在|属于?)本[^,。;:\\n]{0,12}?(?:范围|内容)(?:之?内|以内)?的?[有为是]?(?=:)|"
    "不包[含括](?!但)|未包[含括]|不含(?!税|增值)|不涉及|不采用|不建|不设(?!限)|不具备|不附带|不做(?!限|好|任何|到|出)|未具备|未采用|未使用|核减"
    "|[不未](?:再|予|另|另行|再行|单独)?(?:采购|购置|建设|配置|配备|安装|部署|纳入|列入|实施|采集|留存|进行|开展)"
    "|(?:剔除|(?<![已被误])删除|删去|取消|扣除|排除|去掉)(?!不合格|质量|过期|无效|低质|嫌疑|故障|隐患|干扰|误报|模糊|噪|冗余|重复|等|功能|权限|、)"
    r"|excluding|except for|does not include|without"
)
_KEPT = re.compile("(?:不得|不可|不能|不应|不许|并非|并不|严禁|禁止|防止|避免)[随任]?意?擅?自?$")
"""Before an exclusion, it makes it a demand: `不得取消`."""
_AS_A_FUNCTION = re.compile(
    "(?:增加|新增|添加|修改|编辑|查询|导入|导出|更新|自动|手动|批量|支持|可|能够?)(?:[、或和及对/][^,。;]{0,6})?$"
)
"""`支持人员的新增、删除`: what the system can do with its own records."""
_DIRECT = re.compile(
    "(?:不需要?(?!求)|无需|无须|毋需|不使用|不提供|不再|不予|禁止|严禁"
    "|不得(?!少于|低于|小于|高于|超过|大于|晚于|超出|缺|遗漏|省略|取消|删|减少|关闭|停用|拆除|遮挡|损坏|影响|泄露|外泄|不))"
    "(?:再|另行?|单独|重复|私自|擅自|强制)?"
    "(?:采购|购置|建设|配置|配备|提供|使用|安装|采用|采集|包含|投入|接入|报价|进行|设置|开展|部署|考虑|附带|加装|利用|通过|以)?"
    "[^,。;的即可便就]{0,12}$"
    "|(?:不得|不可|不应|禁止|严禁|不允许)(?:对|将|以|利用|通过|从)[^,。;]{1,24}(?:进行|开展|实施|做|作|用于|[做作]任何)[^,。;的即可便就]{0,6}$"
)
_TURNS = re.compile(
    "但|而[须应需是]|仅|只[采需含建]|[改换]为|改成|(?:调整|变更|替换|更换|更正)[为成]|增加|新增|增设|采购|购置|建设|配置|配备"
    "|需[要求提]|应[当提具配]|须|提供|部署|安装|即可|便可|就可|包[含括]|:"
)
"""Between an exclusion and a word, it turns to what is asked for."""
_ITS_VERB = re.compile(
    "^(?:(?:以下|下列|如下)?(?:内容|设备|功能|部分|项目|模块|系统)?(?:有|为)?:|)(?:本(?:次|期|项目|包|标段))?(?:原(?:定|有|计划|方案中?|需求中?)?的?)?(?:另行|再|单独)?"
    "(?:采购|购置|建设|安装|配置|配备|提供|部署|更换|新增|增加)?的?"
)
_LISTED_ON = re.compile("^[^,。;\\d]{0,12}?(?:等|均|亦|也|功能|模块|部分|内容|子系统)")
_NEGATED = re.compile("(?:不|未|不得|不再|不会|不予|无需|无须|禁止|严禁)$")
"""Right before a word that begins with its verb: `不` + `采集指纹`."""
_NOT_THIS = re.compile(
    "(?:^|[(、])(?:非|不是)(?!法|接触|现场|经|公|标)[^,。;]{0,4}$|(?:而非|并非)[^,。;]{0,4}$"
)
_REMOVED = (
    "取消|删除(?!功能|操作|权限|、)|删去|剔除|核减|除外|不在本|不属于?本|不纳入|不列入"
    "|另行(?:采购|招标|建设|购置|实施|安排)|利旧|暂不|不再"
)
_EXCLUDED_AFTER = re.compile(
    f"^(?:(?!杆|线缆|网络|机箱|电源|光纤|存储|屏|机房)[^,。;\\n]){{0,10}}?(?:{_REMOVED}|[(](?:本期|本次)不|[(]不建)"
    f"|^(?:[、和及与][^、,。;:\\n]{{1,12}}){{1,5}}?[^、,。;:\\n]{{0,4}}?(?:除外|不在本|不属于?本|不纳入|不列入|另行(?:采购|招标|建设))"
    "|^[^、,。;:\\n]{0,10}(?:、[^、,。;:\\n]{1,16}){1,5}?(?:不再|暂不|不予)(?:采购|购置|建设|实施)"
    r"|^[^.;\n]{0,30}? (?:is|are) (?:not|excluded)\b"
)
_SAID_AFTER = re.compile(
    "^[^。;\\n]{0,24}?[,(](?:均|都|亦|也|但|目前)?(?:本(?:次|期|项目|包|标段|合同|工程))?(?:均|都|亦|也|暂)?"
    "(?:不涉及|[不未](?:予)?(?:采购|建设|实施|包[含括]|纳入|列入|计入)|不[含在属]|暂缓|另行(?:采购|招标|建设))"
    "(?=[,。;)\\n]|$|[本该此]|在内|于|采购|招标|建设|范围|[^,。;\\n]{0,6}范围)"
)
"""`甲由省局统建，本项目不涉及`: the next clause, without a subject of its own."""
_OTHERS_AFTER = re.compile(
    "^(?:[^,。;:()\\n]|[(][^(),。;\\n]{1,10}[)]){0,8}?[)]?由(?![^,。;\\n]{0,10}(?:中标|成交|供应商|供货|乙方|投标|承建|承包|厂[家商]|服务商|卖方|施工|应答|生产))"
    "[^,。;:\\n]{2,12}?(?:(?:统一|另行|自行|负责)(?:建设|采购|招标|部署|提供|配发|实施|解决)|统建|自建|自筹"
    "|提供(?=(?:服务|数据|标准)?接口|[,。;)\\n]|$))"
)
_BOX = re.compile("[□☐▢☑■☒√✓✔]")
_TICKED = re.compile("[☑■☒√✓✔]")
_FURNISHED = re.compile(
    "^[^,。;、:及和与\\n]{0,12}?(?:空调|家具|桌椅|装修|装饰|物业|保洁|绿化|食堂|食材|被装|服装|办公用品|防水|电梯|供暖|外墙|土建|用房)"
)
"""What is bought for a place that is named after the technology."""
_ROOM_BEFORE = re.compile("(?:用于|位于|放[置于在]|摆放|设[在于]|搬[至到迁])[^,。;\\n]{0,12}$")
_ROOM_AFTER = re.compile("^(?:值班|控制|中心)?(?:机房|室|中心)")
"""`座椅用于视频监控室`."""
_STRUCK_LIST = re.compile(
    "^[^、,。;:\\n]{0,16}(?:[、和及与][^、,。;:\\n]{1,24}){1,6}?(?:均|一并)?(?:删除|取消|删去|剔除|核减|不再采购)"
)
"""`“甲2台”、第9项“乙1台”删除`: in a correction, a list that is struck out as a whole."""
_REPLACED_AFTER = re.compile(r"^[^。;\n]{0,24}?(?:更正|变更|修改|调整|更换|改)[为成]")


def left_out(before: str, after: str, correction: bool) -> str:
    """Why a word names what is not part of the purchase; empty where nothing says so.

    >>> left_out("本期不含声纹、", "和虹膜模块", False)
    'left out or forbidden'
    >>> left_out("不得取消", "功能", False)
    ''

    `before` and `after` are the rest of its sentence, simplified.
    """
    clause = before.rpartition(",")[2]
    if _MAY_EXCLUDE.search(before) and (
        _in_an_exclusion(before, after)
        or _DIRECT.search(clause)
        or _NOT_THIS.search(clause)
        or _NEGATED.search(clause)
    ):
        return LEFT_OUT
    if _MAY_EXCLUDE.search(after):
        if _EXCLUDED_AFTER.search(after) or _SAID_AFTER.search(after):
            return REMOVED
        if _OTHERS_AFTER.search(after):
            return OTHERS
        if correction and _STRUCK_LIST.search(after):
            return REMOVED
        if correction and _REPLACED_AFTER.search(after):
            return REPLACED
    if _FURNISHED.search(after):
        return FURNISHED
    return FURNISHED if _ROOM_AFTER.match(after) and _ROOM_BEFORE.search(clause) else ""


def _in_an_exclusion(before: str, after: str) -> bool:
    last = None
    for match in _SCOPE.finditer(before[-60:]):
        last = match
    if last is None or _KEPT.search(before[-60:][: last.start()]):
        return False
    if last.group() in _STRUCK and _AS_A_FUNCTION.search(before[-60:][: last.start()]):
        return False
    between = before[-60:][last.end() :]
    between = between[_verb(between) :]
    if _TURNS.search(between):
        return False
    return "," not in between or _LISTED_ON.search(after) is not None


def _verb(between: str) -> int:
    match = _ITS_VERB.match(between)
    return match.end() if match else 0


_STRUCK = ("剔除", "删除", "删去", "取消", "扣除", "排除", "去掉")


def not_ticked(plain: str, start: int, end: int) -> str:
    """A form prints what it could ask for with empty boxes, and ticks what it asks for."""
    line = max(plain.rfind("\n", 0, start) + 1, start - REACH)
    boxes = _BOX.findall(plain, line, start)
    if not boxes or _TICKED.match(boxes[-1]):
        return ""
    ticked = _TICKED.search(plain, max(start - 4 * REACH, 0), end + 4 * REACH)
    return LEFT_OUT if ticked else ""
