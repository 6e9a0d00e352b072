"""Invented notices, the same for the same seed: two of each purchase, its tender and its award."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta

NEWEST = date(2024, 12, 31)
PER_DAY = 8

PLACES = (
    ("河南", "410000"),
    ("新疆", "650000"),
    ("山东", "370000"),
    ("浙江", "330000"),
    ("甘肃", "620000"),
    ("云南", "530000"),
    ("福建", "350000"),
    ("四川", "510000"),
)
COUNTIES = ("榆砚县", "澄梧县", "柏樾县", "沅槿县", "岚枫县", "砚溪县", "桐洺县", "苇川县")
BUYERS = ("公安局", "公安局", "公安局交通警察大队", "司法局", "教育局", "人民医院")
AGENCIES = ("槐序招标代理有限公司", "拓岭项目管理有限公司", "汀兰工程咨询有限公司")
SUPPLIERS = ("澜图智能科技有限公司", "铎声信息技术有限公司", "砺野系统集成有限公司")
GOODS = (
    ("人脸识别系统", "人脸抓拍摄像机{count}台，人像比对平台1套，人脸库容量不少于{library}万张"),
    ("视频监控系统", "治安监控摄像机{count}台，视频存储不少于90天"),
    ("DNA实验室设备", "DNA数据库建库试剂{count}人份，血样采集卡{count}张"),
    ("手机取证设备", "手机取证设备{count}套，含三年升级"),
    ("雪亮工程", "雪亮工程前端摄像机{count}台，接入综治中心"),
    ("重点人员管控平台", "重点人员动态管控平台1套，覆盖{count}个派出所"),
    ("办公家具", "办公桌椅{count}套"),
    ("食堂食材配送", "食堂食材配送服务，{count}人就餐"),
)


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that a notice links to. `key` is its name on the portal, `name` the one printed."""

    key: str
    name: str
    media_type: str
    payload: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What one notice says, before any layout. `number` counts from 0, the newest."""

    number: int
    type: str
    title: str
    project: str
    project_number: str
    province: str
    region_code: str
    buyer: str
    agency: str
    supplier: str
    published: date
    amount: int
    """Yuan: the budget of a tender, the price of an award."""
    needs: str
    attachments: tuple[Attachment, ...] = field(repr=False)
    revision: int = 0
    """How often it was edited."""

    @property
    def stamp(self) -> str:
        """`2024-12-31`."""
        return self.published.isoformat()

    @property
    def day(self) -> str:
        """`20241231`."""
        return self.published.strftime("%Y%m%d")

    @property
    def opening(self) -> date:
        """When bids are opened: three weeks after a tender."""
        return self.published + timedelta(days=21)

    def paragraphs(self) -> tuple[str, ...]:
        """The numbered sections of its text."""
        named = f"采购人：{self.buyer}"
        agency = f"采购代理机构：{self.agency}"
        if self.type == "award":
            return (
                f"一、项目编号：{self.project_number}",
                f"二、项目名称：{self.project}",
                f"三、中标信息 供应商名称：{self.supplier} 中标金额：{self.amount}元",
                f"四、主要标的信息：{self.needs}",
                f"五、{named} {agency}",
                "六、公告期限 自本公告发布之日起1个工作日。其他补充事宜：无。",
            )
        return (
            f"一、项目编号：{self.project_number}",
            f"二、项目名称：{self.project}",
            f"三、预算金额：{self.amount}元",
            f"四、采购需求：{self.needs}",
            f"五、{named} {agency}",
            f"六、投标文件递交截止时间：{self.opening:%Y年%m月%d日} 09:30，逾期送达的不予受理。",
            "七、公告期限 自本公告发布之日起5个工作日。其他补充事宜：本项目不接受联合体投标。",
        )

    def text(self) -> str:
        """Everything it says: what the search looks through."""
        return "\n".join((self.title, *self.paragraphs()))


def invent(number: int, seed: int, per_day: int = PER_DAY) -> Notice:
    """The notice of this number. Two neighbours belong to one purchase."""
    purchase = number // 2
    dice = random.Random(f"{seed}:{purchase}")
    place = PLACES[dice.randrange(len(PLACES))]
    buyer = dice.choice(COUNTIES) + dice.choice(BUYERS)
    goods, needs = GOODS[purchase % len(GOODS)]
    budget = dice.randrange(20, 2_000) * 10_000
    needs = needs.format(count=dice.randrange(5, 900), library=dice.randrange(1, 90))
    award = number % 2 == 0
    project = f"{buyer}{goods}采购项目（{purchase:05}）"
    return Notice(
        number=number,
        type="award" if award else "tender",
        title=f"{project}{'中标公告' if award else '公开招标公告'}",
        project=project,
        project_number=f"XN-2024-{purchase:05}",
        province=place[0],
        region_code=place[1],
        buyer=buyer,
        agency=place[0] + dice.choice(AGENCIES),
        supplier=dice.choice(SUPPLIERS),
        published=NEWEST - timedelta(days=number // per_day),
        amount=budget - 10_000 * dice.randrange(1, 10) if award else budget,
        needs=needs,
        attachments=_attachments(number),
    )


def _attachments(number: int) -> tuple[Attachment, ...]:
    """None, one or two: every third notice has none."""
    kinds = ((), ("pdf",), ("doc", "zip"))[number % 3]
    names = {"pdf": "招标文件", "doc": "采购需求", "zip": "附件资料"}
    return tuple(
        Attachment(
            key=f"{number:06}{kind}",
            name=f"{names[kind]}{number:05}.{kind}",
            media_type=MEDIA_TYPES[kind],
            payload=WRITERS[kind](number),
        )
        for kind in kinds
    )


def _pdf(number: int) -> bytes:
    """A page with one line."""
    stream = b"BT /F1 12 Tf 72 720 Td (Invented attachment %d) Tj ET" % number
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for index, written in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (index, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return bytes(out + end + trailer)


def _doc(number: int) -> bytes:
    """The first bytes of an old Word file, and noise: nothing here opens it."""
    magic = bytes.fromhex("d0cf11e0a1b11ae1")
    return magic + random.Random(number).randbytes(1_500)


def _zip(number: int) -> bytes:
    """Its one member's name is GBK and does not say so, as old Windows programs write it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        member = _GbkName("供应商名单.txt", (2024, 1, 1, 0, 0, 0))
        archive.writestr(member, f"invented list {number}\n")
    return buffer.getvalue()


class _GbkName(zipfile.ZipInfo):
    """A member whose name is written in GBK with the flag for UTF-8 unset."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits


MEDIA_TYPES = {"pdf": "application/pdf", "doc": "application/msword", "zip": "application/zip"}
WRITERS = {"pdf": _pdf, "doc": _doc, "zip": _zip}
