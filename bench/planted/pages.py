"""A draft as a page: in the layouts of portals, with sums printed in every way that they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from random import Random

from bench.planted import words
from bench.planted.plan import Draft, Goods, Lot, Stand
from bench.planted.sums import in_myriads, in_table, print_sum

MARK = "虚构样本 invented sample"
Pairs = list[tuple[str, str]]
Table = list[list[str]]
NUMERALS = "一二三四五六七八九"
RUNNING = ("plain", "lines")
"""Layouts in which nothing says where a text ends."""
BROKEN = b"%PDF-1.4\n% cut off\n"
RIVALS = ("武汉甲虚构科技有限公司", "南昌乙虚构科技有限公司")


class Told:
    """What a notice says, before it is laid out."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.chance = draft, Random(draft.seed)
        self.pairs: Pairs = []
        self.lines: list[str] = []
        self.tables: list[tuple[str, Table]] = []
        self._tell()

    def _tell(self) -> None:
        p, draft = self.draft.project, self.draft
        self.pairs.append(("项目名称", p.name))
        if draft.number:
            self.pairs.append(("项目编号", draft.number))
        getattr(self, f"_tell_{draft.type}")()
        if draft.full and p.requirements:
            self.pairs.append(("技术参数", p.requirements))
        if draft.goods:
            self.tables.append(("主要标的信息", goods_table(draft.goods)))
        if draft.full and p.stands:
            self.tables.append(("前端点位分布表", stands_table(p.stands)))
        self.lines += self.chance.sample(words.TEMPLATES, 2)

    def _needs(self) -> None:
        self.lines += self.draft.project.said

    def _budget(self) -> None:
        budget = self.draft.budget
        if isinstance(budget, int) and self.draft.project.years > 1:
            self.pairs.append(("预算金额", self._over_years(budget, self.draft.project.years)))
        elif isinstance(budget, int):
            self.pairs.append(("预算金额", print_sum(budget, self.chance)))
        elif budget is not None:
            self.pairs.append(("预算金额", budget))

    def _over_years(self, budget: int, years: int) -> str:
        """A whole of several years, which counts, beside what it is made of."""
        each, first = budget // years, self.draft.project.start.year
        if budget % years == 0 and self.chance.random() < 0.5:
            return f"{NUMERALS[years - 1]}年共计{budget}元（每年{each}元）"
        shares = [each] * (years - 1) + [budget - each * (years - 1)]
        said = "，".join(f"{first + n}年{share}元" for n, share in enumerate(shares))
        return f"{print_sum(budget, self.chance)}（其中{said}）"

    def _tell_intention(self) -> None:
        p, budget = self.draft.project, self.draft.budget
        sum = in_myriads(budget) if isinstance(budget, int) else ""
        head = ["序号", "采购项目名称", "采购需求概况", "预算金额（万元）", "预计采购时间"]
        when = f"{p.start.year}年{p.start.month}月"
        self.pairs = [("采购单位", p.buyer)]
        self.tables.append(("采购意向", [head, ["1", p.name, p.thing.needs, sum, when]]))

    def _tell_tender(self) -> None:
        self._budget()
        if self.draft.lots:
            self.tables.append(("分包情况", lots_table(self.draft.lots, self.chance)))
        self._needs()

    def _tell_single_source(self) -> None:
        self._budget()
        self._needs()
        self.pairs.append(("拟定供应商", self.draft.won[0].suppliers[0]))

    def _tell_correction(self) -> None:
        now, was = self.draft.budget, self.draft.was
        assert isinstance(now, int)
        assert was is not None
        self.lines.append(f"更正内容：原预算金额{was}元，现更正为{now}元。")
        self.lines.append("其他内容不变。")

    def _tell_candidates(self) -> None:
        lot = self.draft.won[0]
        rows = [["排名", "候选人名称", "投标报价（元）"], ["1", *_won(lot), str(lot.price)]]
        price = lot.price or 0
        rows += [[str(n + 2), name, str(price + 7000 * (n + 1))] for n, name in enumerate(RIVALS)]
        self.tables.append(("中标候选人", rows))

    def _tell_award(self) -> None:
        if len(self.draft.won) > 1:
            self.tables.append(("中标（成交）信息", won_table(self.draft.won, self.chance)))
            return
        lot = self.draft.won[0]
        price = print_sum(lot.price, self.chance) if lot.price else lot.printed
        self.pairs += [("中标供应商", *_won(lot)), ("中标金额", price)]

    def _tell_termination(self) -> None:
        self.pairs.append(("终止原因", "有效投标人不足三家"))

    def _tell_contract(self) -> None:
        lot = self.draft.won[0]
        assert lot.price is not None
        self.pairs += [
            ("合同编号", self.draft.contract),
            ("供应商（乙方）", *_won(lot)),
            ("合同金额", print_sum(lot.price, self.chance)),
        ]
        if lot.name:
            self.pairs.insert(2, ("标段（包）", lot.name))


def _won(lot: Lot) -> tuple[str]:
    if len(lot.suppliers) == 1:
        return lot.suppliers
    first, *others = lot.suppliers
    return (f"{first}（联合体牵头人）、{'、'.join(others)}（联合体成员）",)


def lots_table(lots: Sequence[Lot], chance: Random) -> Table:
    """Lots with their budgets."""
    cells, unit = _column([lot.budget for lot in lots], chance)
    rows = [[lot.name, cell] for lot, cell in zip(lots, cells, strict=True)]
    return [["包号", f"预算金额（{unit}）"], *rows]


def won_table(lots: Sequence[Lot], chance: Random) -> Table:
    """Lots with their winners and prices."""
    cells, unit = _column([lot.price for lot in lots], chance)
    rows = [
        [lot.name, *_won(lot), cell or lot.printed] for lot, cell in zip(lots, cells, strict=True)
    ]
    return [["包号", "中标供应商名称", f"中标金额（{unit}）"], *rows]


def _column(sums: Sequence[int | None], chance: Random) -> tuple[list[str], str]:
    _, unit = in_table(1, chance)
    if unit == "万元":
        return [in_myriads(each) if each else "" for each in sums], unit
    return [f"{each}.00" if each else "" for each in sums], unit


def goods_table(goods: Sequence[Goods]) -> Table:
    """Rows of goods with their prices where they have one."""
    rows = [["序号", "货物名称", "品牌", "规格型号", "数量", "单位", "单价（元）"]]
    for number, each in enumerate(goods, 1):
        price = str(each.price) if each.price is not None else ""
        rows.append(
            [
                str(number),
                each.name,
                each.brand,
                each.model,
                str(each.quantity),
                each.unit,
                price,
            ]
        )
    return rows


def stands_table(stands: Sequence[Stand]) -> Table:
    """A list of places for cameras."""
    rows = [["序号", "点位名称", "场所类别", "经度", "纬度", "设备类型", "数量（台）"]]
    for number, each in enumerate(stands, 1):
        lon, lat = ("" if x is None else f"{x:.2f}" for x in (each.lon, each.lat))
        devices = "" if each.devices is None else str(each.devices)
        rows.append([str(number), each.name, each.word, lon, lat, "高清球机", devices])
    return rows


def page(draft: Draft) -> tuple[str, bytes]:
    """The ending of its file and its bytes."""
    if draft.broken:
        return "pdf", BROKEN + draft.id.encode()
    if draft.full and draft.project.requirements and draft.layout in RUNNING:
        draft = replace(draft, layout="fragment")
    told = Told(draft)
    if draft.layout == "lines" and not told.tables:
        return "txt", _one_a_line(told).encode()
    if draft.layout == "gbk":
        return "html", _framed(told, "gb2312", _fragment(told)).encode("gb18030")
    body = {"national": _national, "older": _older, "plain": _plain}.get(draft.layout, _fragment)
    return "html", _framed(told, "utf-8", body(told)).encode()


def _framed(told: Told, charset: str, body: str) -> str:
    title, when = escape(told.draft.title), told.draft.published
    meta = f'<meta name="ArticleTitle" content="{title}">'
    meta += f'<meta name="PubDate" content="{when}">' if when else ""
    return (
        f'<!-- {MARK} -->\n<!DOCTYPE html><html><head><meta charset="{charset}">{meta}'
        f"<title>{title}</title></head>\n<body>{body}</body></html>"
    )


def _when(told: Told) -> str:
    return f"<p>发布时间：{told.draft.published}</p>" if told.draft.published else ""


def _national(told: Told) -> str:
    p = told.draft.project
    summary = [("采购项目名称", p.name), ("采购单位", p.buyer), ("行政区域", p.spot.name)]
    rows = "".join(
        f'<tr><td class="title">{label}</td><td colspan="3">{escape(value)}</td></tr>'
        for label, value in summary
    )
    return (
        f'<h2 class="tc">{escape(told.draft.title)}</h2>{_when(told)}'
        f'<div class="table"><h5>公告概要：</h5><table>{rows}</table></div>'
        f'<div class="vF_detail_content">{_sections(told)}</div>'
    )


def _older(told: Told) -> str:
    return (
        f'<div class="vT_detail_header"><h2 class="tc">{escape(told.draft.title)}</h2>'
        f'{_when(told)}</div><div class="vT_detail_content">{_sections(told)}</div>'
    )


def _sections(told: Told) -> str:
    parts = ["<p>一、项目基本情况</p>"]
    parts += [f"<p>{label}：{escape(value)}</p>" for label, value in told.pairs]
    if told.lines:
        parts.append("<p>二、采购需求及其他</p>")
        parts += [f"<p>{escape(line)}</p>" for line in told.lines]
    parts += _tables(told)
    parts.append("<p>三、联系方式</p>")
    parts += [f"<p>{label}：{escape(value)}</p>" for label, value in _contacts(told)]
    return "\n".join(parts)


def _contacts(told: Told) -> Pairs:
    p = told.draft.project
    pairs = [("采购人", p.buyer), ("采购人地址", f"{p.spot.address}人民路1号")]
    return pairs if told.draft.type == "intention" else [*pairs, ("采购代理机构", p.agency)]


def _tables(told: Told) -> list[str]:
    return [
        f'<p>{name}</p>\n<table border="1">{"".join(_row(row) for row in rows)}</table>'
        for name, rows in told.tables
    ]


def _row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>\n"


def _fragment(told: Told) -> str:
    pairs = [*told.pairs, *_contacts(told)]
    rows = "".join(f"<tr><td>{a}</td><td>{escape(b)}</td></tr>\n" for a, b in pairs)
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in told.lines)
    return (
        f"<h1>{escape(told.draft.title)}</h1>{_when(told)}\n<table>{rows}</table>\n{lines}"
        + "\n".join(_tables(told))
    )


def _plain(told: Told) -> str:
    pairs = [f"{a}：{b}" for a, b in (*told.pairs, *_contacts(told))]
    text = "<br>".join(escape(line) for line in (*pairs, *told.lines))
    return f"<h1>{escape(told.draft.title)}</h1>{_when(told)}<p>{text}</p>" + "\n".join(
        _tables(told)
    )


def _one_a_line(told: Told) -> str:
    lines = [f"【{MARK}】", told.draft.title]
    if told.draft.published:
        lines += ["发布时间", told.draft.published]
    for label, value in (*told.pairs, *_contacts(told)):
        lines += [label, value]
    return "\n".join((*lines, *told.lines))
