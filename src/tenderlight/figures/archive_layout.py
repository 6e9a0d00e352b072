"""How the figure of archives per person is laid out: a block of lines for each thing it counts."""

from __future__ import annotations

from tenderlight.figures.compiled import COMPILED
from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names, year_label, years_of
from tenderlight.figures.question import Layout
from tenderlight.figures.tallies import Tallies, cell_key

COLUMNS = (
    Column(id="what", en="Purchases by", zh="分类"),
    Column(id="different", en="Different", zh="种数", kind="share"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
    Column(id="notices", en="Notices", zh="公告数", kind="count"),
    Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
    Column(id="yuan", en="Yuan", zh="金额（元）", kind="money"),
    Column(id="date", en="First", zh="最早", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
)
HEADS = {
    "divisions": Label(en="Divisions, and years in each", zh="行政区及各年"),
    "years": Label(en="Years", zh="年份"),
    "levels": Label(en="Levels of government", zh="政府层级"),
    "suppliers": Label(en="Suppliers", zh="供应商"),
    "targets": Label(en="Who is named", zh="提及人群"),
    "purposes": Label(en="Purposes named", zh="提及用途"),
    "compiled": Label(en="What is compiled of a person", zh="汇集的个人信息"),
    "awards": Label(en="Awards found", zh="中标结果"),
    "sums": Label(en="Sums of purchases", zh="采购金额"),
}
"""The blocks, in their order."""
CALLED = {
    "*": Label(en="All purchases", zh="全部采购项目"),
    "divisions:none": Label(en="division not known", zh="行政区不明"),
    "levels:national": Label(en="National", zh="中央"),
    "levels:province": Label(en="Province", zh="省级"),
    "levels:prefecture": Label(en="Prefecture", zh="地市级"),
    "levels:county": Label(en="County", zh="县级"),
    "levels:township": Label(en="Township, street", zh="乡镇、街道"),
    "levels:none": Label(en="level not known", zh="层级不明"),
    "targets:terrorism-or-stability": Label(en="Terrorism or stability", zh="恐怖主义或维稳"),
    "awards:found": Label(en="award or contract found", zh="已找到中标或合同公告"),
    "awards:not-found": Label(en="neither found", zh="未找到"),
    **{f"compiled:{kind.id}": Label(en=kind.en, zh=kind.zh) for kind in COMPILED},
    **{
        f"sums:{field}{end}": Label(en=f"{field}s{en}", zh=f"{of}{zh}")
        for field, of in (("budget", "预算"), ("award", "中标金额"), ("contract", "合同金额"))
        for end, en, zh in (
            ("", "", ""),
            (":smallest", ", smallest", "最小"),
            (":median", ", median", "中位数"),
            (":largest", ", largest", "最大"),
        )
    },
}
SUMS = [line for line in CALLED if line.startswith("sums:")]


def lay_out(sums: Tallies, names: Names) -> Layout:
    """All purchases, then each block; the map shades divisions, of all years or of one."""
    lines = sums.rows("purchases", "yuan")
    rows = [_row(sums, "*", CALLED["*"], total=True)] if "*" in lines else []
    for head, label in HEADS.items():
        below = _in_order(head, lines)
        if below:
            rows.append(_row(sums, head, label, of=31 if head == "divisions" else None))
            rows += [_row(sums, line, _called(line, names), under=head) for line in below]
    years = years_of({line.partition(":")[2] for line in lines if line.startswith("years:")})
    series = (
        _series(sums, lines, "", Label(en="All years", zh="全部年份"), names),
        *(_series(sums, lines, f":{year}", year_label(year), names) for year in years),
    )
    chart = Chart(
        kind="map",
        series=series if lines else (),
        y=Label(en="Purchases", zh="采购项目数"),
        searched=sums.searched,
    )
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _in_order(head: str, lines: list[str]) -> list[str]:
    """The lines of a block: by code, year or rank where there is such an order, else most first."""
    found = [line for line in lines if line.startswith(f"{head}:")]
    if head in ("divisions", "years"):
        return sorted(found)
    if head in ("levels", "sums", "awards"):
        return [line for line in CALLED if line in found]
    return found


def _called(line: str, names: Names) -> Label:
    head, id, *year = line.split(":")
    if year and head == "divisions":
        of, in_year = _called(f"divisions:{id}", names), year_label(year[0])
        return Label(en=f"{of.en}, {in_year.en}", zh=f"{of.zh}，{in_year.zh}")
    if line in CALLED:
        return CALLED[line]
    if head == "divisions":
        return names.division(id)
    if head == "years":
        return year_label(id)
    if head == "suppliers":
        return Label(en=names.called(line), zh=names.called(line))
    return names.of(head.removesuffix("s"), id)


def _row(
    sums: Tallies,
    line: str,
    label: Label,
    under: str | None = None,
    total: bool = False,
    of: int | None = None,
) -> Row:
    different = sums.cell(line, "different") if line in HEADS and line != "awards" else Cell()
    counts = [sums.sum(line, column) for column in ("purchases", "notices", "buyers", "yuan")]
    name = Cell(
        value=label.en,
        zh=label.zh if label.zh != label.en else None,
        organisation=_organisation(line, label),
    )
    first = next(
        (column for column in ("purchases", "yuan") if sums.first(line, column)), "different"
    )
    cells = (
        name,
        Cell(value=different.value, key=different.key, of=of) if different.key else Cell(),
        *counts,
        *sums.proof(line, first),
    )
    return Row(id=line, cells=cells, under=under, total=total)


def _organisation(line: str, label: Label) -> str | None:
    head, _, id = line.partition(":")
    return id if head == "suppliers" and label.en != line else None


def _series(sums: Tallies, lines: list[str], end: str, label: Label, names: Names) -> Series:
    points = []
    for line in sorted(lines):
        head, _, rest = line.partition(":")
        code = rest.removesuffix(end) if end else rest
        if head != "divisions" or not rest.endswith(end) or not code.isdecimal():
            continue
        of = names.division(code)
        value, key = sums.total(line, "purchases"), cell_key(line, "purchases")
        points.append(Point(x=code, en=of.en, zh=of.zh, value=value, key=key))
    return Series(id=end.strip(":") or "all", en=label.en, zh=label.zh, points=tuple(points))
