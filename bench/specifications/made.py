"""Notices with specifications, some of them copied from others. Everything in them is invented.

Each purchase has a specification of its own wording: clauses of the trade that every buyer uses
(numbers differ), clauses of an agency that a dozen buyers have, clauses that nobody else has, and
template clauses of law and procedure. Planted copies take the clauses of another buyer's
specification, whole, in part, or into a much longer one, and are edited up to a given share of
their letters: replaced, taken out or put in, in runs of up to eight; clauses are moved. Some
purchases are posted again, slightly different, as portals do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

EDITS = (0.0, 0.05, 0.1, 0.2, 0.3)
"""Shares of the letters that are edited in a copy."""


def _words(told: str) -> tuple[str, ...]:
    return tuple(told.split())


_THINGS = _words(
    "网络摄像机 人脸识别服务器 视频存储阵列 交换机 门禁控制器 移动取证终端 "
    "执法记录仪 车辆抓拍单元 显示大屏 综合管理平台 数据采集终端 声纹采集设备 "
    "虹膜采集仪 无线探测设备 智能分析服务器 报警主机 "
)
_TRADE = (
    "支持ONVIF、GB/T28181等标准协议接入",
    "采用不低于{n}万像素的逐行扫描传感器",
    "支持H.265、H.264视频编码格式，码率可调",
    "工作温度-{n}℃～{m}℃，湿度小于95%（无凝结）",
    "防护等级不低于IP{n}，具备防雷、防浪涌功能",
    "支持DC12V±25%宽压输入及POE供电",
    "内存不低于{n}GB，硬盘容量不低于{m}TB",
    "支持不少于{n}路视频并发接入与转发",
    "具备用户权限分级管理、日志审计功能",
    "提供原厂{n}年质保及售后服务承诺函",
    "支持RAID0、1、5、6、10等数据保护方式",
    "响应时间不大于{n}毫秒，准确率不低于{m}%",
    "支持断网续传、数据自动补录",
    "设备须取得国家强制性产品认证证书",
    "支持双机热备，故障切换时间不超过{n}秒",
)
_TEMPLATES = (
    "投标人须保证所投产品为全新未使用过的原装正品，符合国家有关质量标准及采购文件要求",
    "中标人应负责货物的运输、安装、调试及培训，直至验收合格交付采购人使用为止",
    "本项目所属行业为软件和信息技术服务业，供应商应如实填写中小企业声明函，否则不享受价格扣除",
    "标注星号的条款为实质性条款，任何一条不满足将导致投标无效，未标注的条款负偏离按评分标准扣分",
    "质保期内出现质量问题，供应商接到通知后应在二小时内响应，二十四小时内到达现场并排除故障",
    "验收由采购人组织，供应商配合，验收不合格的应无条件更换，由此产生的费用由供应商承担",
    "供应商应对在项目实施中知悉的国家秘密、工作秘密和个人信息严格保密，并签订保密协议",
    "进口产品指通过中国海关报关验放进入中国境内且产自关境外的产品，本项目不接受进口产品投标",
)
_WORDS = _words(
    "系统 平台 模块 数据 目标 轨迹 区域 事件 人员 车辆 图像 视频 特征 比对 检索 "
    "研判 预警 布控 关联 分析 标签 档案 节点 链路 终端 前端 后台 任务 策略 规则 "
    "模型 算法 引擎 接口 服务 资源 目录 权限 账号 日志 报表 统计 地图 图层 卡口 "
    "社区 楼栋 单元 房屋 出入 通行 时段 频次 同行 落脚 聚集 徘徊 越界 遗留 尾随 "
    "倒地 打架 离岗 烟火 采集 汇聚 清洗 治理 融合 共享 交换 订阅 推送 回传 解析 "
    "结构 属性 颜色 款式 背包 眼镜 口罩 帽子 年龄 性别 实时 历史 批量 定时 自动 "
    "手动 分级 分类 加密 脱敏 水印 备份 恢复 扩展 升级 巡检 诊断 校时 联动 录像 "
    "抓图 "
)
_INVENTED = tuple(
    chr(0x4E00 + n * 37 % 9_000) + chr(0x4E00 + n * 91 % 9_000) for n in range(20_000)
)
"""Names that no other text has, as every real purchase has some: else, in a large set, chance alone
would make every run of letters common."""
_JOINS = ("与", "及", "并", "对", "按", "可", "、", "，", "的", "后", "时", "由", "向", "经")
_NAMES = _words(
    "东湖 西岭 南桥 北川口 云台 青石 白塔 红旗渠 长河 大坪 小营 石门 柳林 清泉 金沙湾 银杏 "
)
_KINDS = _words("公安局 政法委员会 人民检察院 教育局 综合行政执法局 卫生健康局 交通运输局 监狱 ")

BUYERS_OF_AGENCY = 12
"""Too few for its clauses to be common, so they look like a copy as far as they go."""


class Planted(NamedTuple):
    """A notice before it is printed."""

    id: str
    purchase: str
    buyer: str
    clauses: tuple[str, ...]
    origin: int
    """Notices with the same number share a specification by intent."""
    edits: float
    is_copy: bool
    published: str


class Made(NamedTuple):
    """A set of notices, and which purchases share a specification."""

    notices: list[Planted]
    truth: dict[tuple[str, str], float]
    """Original and copy by their purchases, and how much was edited."""
    allowed: set[tuple[str, str]]
    """Two copies of one original: finding them is right, and missing them no fault."""


def make(
    count: int, seed: int, *, first: int = 0, copied: float = 0.15, reposted: float = 0.2
) -> Made:
    """So many purchases, numbered from `first`, with their reposts, and the truth."""
    chance = random.Random(seed)
    notices: list[Planted] = []
    truth: dict[tuple[str, str], float] = {}
    families: dict[int, list[str]] = {}
    while len(families) < count:
        origin = first + len(families)
        source = _original(chance, origin, count)
        made = [source]
        if chance.random() < copied:
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                made.append(_copy(chance, source, origin + len(made)))
        for each in made:
            families[int(each.purchase[2:])] = [each.purchase]
            notices.append(each)
            if each.is_copy:
                truth[_pair(source.purchase, each.purchase)] = each.edits
            if chance.random() < reposted:
                notices.append(_repost(chance, each, len(notices)))
        families[origin] = [each.purchase for each in made]
    allowed = {
        _pair(a, b) for group in families.values() for a in group for b in group if a < b
    } | set(truth)
    chance.shuffle(notices)
    return Made(notices, truth, allowed)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (min(one, other), max(one, other))


def page_of(notice: Planted) -> str:
    """The notice as a page of a portal."""
    clauses = "".join(f"<p>{n}.{c}。</p>" for n, c in enumerate(notice.clauses, start=1))
    return (
        f"<html><head><title>设备采购项目{notice.purchase}公开招标公告</title></head><body>"
        f"<h2>设备采购项目{notice.purchase}公开招标公告</h2><p>发布日期：{notice.published}</p>"
        f"<p>一、项目基本情况</p><p>项目编号：{notice.purchase}-2026</p>"
        f"<p>采购人：{notice.buyer}</p><p>二、技术参数要求</p>{clauses}"
        "<p>三、供应商资格要求</p><p>具有独立承担民事责任的能力。</p></body></html>"
    )


def _of_agency(agency: int) -> tuple[str, ...]:
    """Clauses that one agency puts into the tenders of all its buyers."""
    chance = random.Random(agency)
    return tuple(_own(chance) for _ in range(3))


def _original(chance: random.Random, number: int, count: int) -> Planted:
    clauses = [_own(chance) for _ in range(chance.randint(6, 30))]
    clauses += [_trade(chance) for _ in range(chance.randint(3, 12))]
    clauses += chance.sample(_TEMPLATES, chance.randint(1, 5))
    agency = number // count * count + chance.randrange(count // BUYERS_OF_AGENCY + 1)
    clauses += chance.sample(_of_agency(agency), 2)
    chance.shuffle(clauses)
    return _notice(chance, number, number, tuple(clauses), 0.0, False)


def _copy(chance: random.Random, first: Planted, number: int) -> Planted:
    """Another buyer's purchase with the same specification, whole or the larger part of it."""
    taken = list(first.clauses)
    kind = chance.random()
    if kind < 0.2:
        taken = taken[: max(len(taken) * 2 // 3, 5)] + [_own(chance) for _ in range(5)]
    elif kind < 0.3:
        taken += [_own(chance) for _ in range(chance.randint(40, 80))]
    edits = chance.choice(EDITS)
    clauses = [_edited(chance, clause, edits) for clause in taken]
    if chance.random() < 0.3:
        chance.shuffle(clauses)
    return _notice(chance, number, first.origin, tuple(clauses), edits, True)


def _repost(chance: random.Random, of: Planted, place: int) -> Planted:
    """The same purchase on another portal, its buyer written as the portal likes."""
    buyer = of.buyer + "（本级）" if chance.random() < 0.3 else of.buyer
    clauses = tuple(_edited(chance, clause, 0.01) for clause in of.clauses)
    return of._replace(id=f"{of.id[:-6]}{place % 1_000_000:06}", buyer=buyer, clauses=clauses)


def _notice(
    chance: random.Random,
    number: int,
    origin: int,
    clauses: tuple[str, ...],
    edits: float,
    is_copy: bool,
) -> Planted:
    name = f"{chance.choice(_NAMES)}{chance.choice(_NAMES)}{number}"
    return Planted(
        id=f"{number:010x}000000",
        purchase=f"XN{number:07}",
        buyer=f"{name}县{chance.choice(_KINDS)}",
        clauses=clauses,
        origin=origin,
        edits=edits,
        is_copy=is_copy,
        published=f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02}-15",
    )


def _own(chance: random.Random) -> str:
    words = [chance.choice(_THINGS)]
    for _ in range(chance.randint(5, 18)):
        word = chance.choice(_WORDS) if chance.random() < 0.7 else chance.choice(_INVENTED)
        words += [chance.choice(_JOINS), word]
        if chance.random() < 0.2:
            words.append(str(chance.randint(2, 999)))
    return "".join(words)


def _trade(chance: random.Random) -> str:
    return chance.choice(_TRADE).format(n=chance.randint(2, 64), m=chance.randint(10, 99))


def _edited(chance: random.Random, clause: str, share: float) -> str:
    """The clause with about this share of its letters not as they were."""
    wanted, letters = share * len(clause), list(clause)
    while wanted > 0 and chance.random() < wanted * 2:
        run = min(chance.randint(1, 8), max(len(letters) - 1, 1))
        at = chance.randrange(max(len(letters) - run, 1))
        new = "" if chance.random() < 0.3 else "".join(_letters(chance, run))
        letters[at : at + run] = new
        wanted -= run
    return "".join(letters)


def _letters(chance: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        yield chance.choice(chance.choice(_WORDS))
