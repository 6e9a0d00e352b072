"""How a built figure looks, and what it says of how it is counted."""

from __future__ import annotations

from collections.abc import Callable

from tenderlight.asking.built import MONEY, Built
from tenderlight.asking.dimensions import DIMENSIONS, NOTHING, called, in_order
from tenderlight.asking.facts import ALL, ALL_COLUMNS, universe_of
from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut
from tenderlight.figures.tallies import Tallies, cell_key

DRAWN = 30
"""Lines of its chart."""
MEASURES = {
    "purchases": Label(en="Purchases", zh="采购项目数"),
    "notices": Label(en="Notices", zh="公告数"),
    "buyers": Label(en="Buyers", zh="采购人数"),
    "suppliers": Label(en="Suppliers", zh="供应商数"),
    "budget": Label(en="Budgets, yuan", zh="预算（元）"),
    "ceiling": Label(en="Price ceilings, yuan", zh="最高限价（元）"),
    "award": Label(en="Awards, yuan", zh="中标金额（元）"),
    "contract": Label(en="Contracts, yuan", zh="合同金额（元）"),
    "largest": Label(en="Largest stated", zh="所载最大值"),
}
ABOUT = {
    "notice": Label(en="all notices", zh="全部公告"),
    "surveillance": Label(en="notices that buy surveillance", zh="采购监控手段的公告"),
    "technology": Label(en="notices that buy a technology", zh="采购某项技术的公告"),
    "target": Label(
        en="notices that buy surveillance and name a group to be watched",
        zh="采购监控手段并提及监控对象的公告",
    ),
    "site": Label(
        en="notices that buy surveillance and name a site", zh="采购监控手段并提及场所的公告"
    ),
    "purpose": Label(
        en="notices that buy surveillance and state a purpose", zh="采购监控手段并载明用途的公告"
    ),
}
ALL_LINES = Label(en="All", zh="合计")


def layout_of(built: Built) -> Callable[[Tallies, Names], Layout]:
    """Lines by columns, the line of all first, the column of all last."""

    def lay_out(sums: Tallies, names: Names) -> Layout:
        totals = {row: sums.total(row, ALL_COLUMNS) for row in sums.rows(ALL_COLUMNS)}
        lines = in_order(built.rows, (row for row in totals if row != ALL), totals)
        heads = _heads(built, sums)
        columns = _columns(built, heads, names)
        shown = ([ALL] if ALL in totals else []) + lines
        rows = tuple(_row(built, sums, line, heads, names) for line in shown)
        return Layout(columns=columns, rows=rows, chart=_chart(built, sums, lines, heads, names))

    return lay_out


def _heads(built: Built, sums: Tallies) -> list[str]:
    found = [column for column in sums.columns() if column != ALL_COLUMNS]
    return in_order(built.columns, found, {column: sums.total(ALL, column) for column in found})


def _columns(built: Built, heads: list[str], names: Names) -> tuple[Column, ...]:
    first = DIMENSIONS[built.rows].label
    labels = {head: called(built.columns, head, names) for head in heads}
    whole = MEASURES[built.measure]
    labels[ALL_COLUMNS] = ALL_LINES if heads else whole
    return (
        Column(
            id="line",
            en=first.en,
            zh=first.zh,
            kind="notice" if built.rows == "notice" else "text",
        ),
        *(
            Column(
                id=id,
                en=label.en,
                zh=label.zh,
                kind="money" if built.measure in MONEY else "count",
            )
            for id, label in labels.items()
        ),
    )


def _row(built: Built, sums: Tallies, line: str, heads: list[str], names: Names) -> Row:
    cell = sums.sum if built.measure in (*MONEY, "largest") else sums.cell
    cells = (_name(built, line, names), *(cell(line, column) for column in (*heads, ALL_COLUMNS)))
    return Row(id=line, cells=cells, total=line == ALL)


def _name(built: Built, line: str, names: Names) -> Cell:
    if line == ALL:
        return Cell(value=ALL_LINES.en, zh=ALL_LINES.zh)
    label = called(built.rows, line, names)
    if line != NOTHING and built.rows == "notice":
        return Cell(value=label.en, notice=line)
    if line != NOTHING and built.rows in ("buyer", "supplier"):
        return Cell(value=label.en, organisation=line if label.en != line else None)
    return Cell(value=label.en, zh=label.zh)


def _chart(built: Built, sums: Tallies, lines: list[str], heads: list[str], names: Names) -> Chart:
    what = MEASURES[built.measure]
    if heads:
        series = tuple(
            _series(line, called(built.rows, line, names), sums, [(line, h, h) for h in heads],
                    {h: called(built.columns, h, names) for h in heads})
            for line in lines[:DRAWN]
        )  # fmt: skip
        return Chart(kind="heat", series=series, x=DIMENSIONS[built.columns].label, y=what)
    kind = {"province": "map", "prefecture": "points"}.get(built.rows, "bars")
    drawn = lines if kind != "bars" or built.rows == "year" else lines[:DRAWN]
    labels = {line: called(built.rows, line, names) for line in drawn if line != NOTHING}
    places = [(line, ALL_COLUMNS, line) for line in labels]
    return Chart(
        kind=kind,  # type: ignore[arg-type] # one of the three above
        series=(_series(built.measure, what, sums, places, labels),),
        x=DIMENSIONS[built.rows].label,
        y=what,
        searched=sums.searched if kind == "map" else None,
    )


def _series(
    id: str,
    name: Label,
    sums: Tallies,
    places: list[tuple[str, str, str]],
    labels: dict[str, Label],
) -> Series:
    points = (
        Point(
            x=x,
            en=labels[x].en,
            zh=labels[x].zh,
            value=sums.total(row, column),
            key=cell_key(row, column),
        )
        for row, column, x in places
        if sums.total(row, column)
    )
    return Series(id=id, en=name.en, zh=name.zh, points=tuple(points))


def title_of(built: Built) -> Label:
    """What it may be called until somebody names it."""
    what, lines = MEASURES[built.measure], DIMENSIONS[built.rows].label
    beside = DIMENSIONS[built.columns].label if built.columns != "none" else None
    en = f"{what.en} by {lines.en.lower()}" + (f" and {beside.en.lower()}" if beside else "")
    zh = f"按{lines.zh}" + (f"、{beside.zh}" if beside else "") + f"统计的{what.zh}"
    return Label(en=f"{en}: {ABOUT[built.about].en}", zh=f"{zh}：{ABOUT[built.about].zh}")


def left_out_of(built: Built) -> tuple[LeftOut, ...]:
    """The notices that it is not about, and those that add nothing to it."""
    universe = universe_of(built)
    return (
        LeftOut(
            id="not-about",
            en="notices that this figure is not about",
            zh="不属于本图表所问范围的公告",
            notices=f"select id from counted where id not in ({universe})"  # noqa: S608
            " and id not in (select notice from facts)",
        ),
        LeftOut(
            id="adds-nothing",
            en="notices that it is about and that add nothing: another of the purchase does, or "
            "they do not state it",
            zh="属于所问范围但未增加数字：由同一项目的另一公告计入，或未载明",
            notices=f"select id from counted where id in ({universe})"  # noqa: S608
            " and id not in (select notice from facts)",
        ),
    )
