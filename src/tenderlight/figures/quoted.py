"""Figures whose lines each quote the first passage: who is watched, and where."""

from __future__ import annotations

from collections.abc import Callable

from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut
from tenderlight.figures.tallies import Tallies, cell_key

FACTS = """
with placed as (
    select f.*, n.buyer, n.nth
    from finding f join counted n on n.id = f.notice
    where f.kind = '{kind}' and n.surveillance and (f.notice, f.id) not in (
        select (notice, id) from verdict where kind = '{kind}' and truth = false)
    qualify row_number() over (partition by f.notice, f.id order by f.number) = 1
)
select id as row_id, 'notices' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from placed
union all
select * from (
    select id, 'buyers', notice, 1, text, context, part, page, start_at, end_at
    from placed where buyer is not null
    qualify row_number() over (
        partition by id, buyer order by nth) = 1
)"""


def facts_of(kind: str) -> str:
    """The query: each notice once under each target or site, each buyer at its earliest notice."""
    return FACTS.format(kind=kind)


def left_out(kind: str, en: str, zh: str) -> tuple[LeftOut, ...]:
    """The notices that the figure does not count: they buy nothing that watches, or name none."""
    naming = f"select notice from finding where kind = '{kind}'"  # noqa: S608 - a constant of ours
    return not_watching(naming, (f"a {en}", zh), (en, f"任何{zh}"))


def not_watching(
    naming: str, some: tuple[str, str], none: tuple[str, str]
) -> tuple[LeftOut, LeftOut]:
    """Notices that name such a thing but buy nothing that watches, and those that name none.

    `naming` is a query of the notices that do; `some` and `none` say it in English and Chinese.
    """
    return (
        LeftOut(
            id="not-surveillance",
            en=f"notices that name {some[0]} but buy no surveillance",
            zh=f"提及{some[1]}但未采购监控手段的公告",
            notices=f"select id from counted where surveillance is not true "  # noqa: S608
            f"and id in ({naming})",
        ),
        LeftOut(
            id="none",
            en=f"notices that name no {none[0]}",
            zh=f"未提及{none[1]}的公告",
            notices=f"select id from counted where id not in ({naming})",  # noqa: S608
        ),
    )


def rejected(naming: str, en: str, zh: str) -> LeftOut:
    """Notices that watch and name such a thing, of which a reviewer says that they do not."""
    return LeftOut(
        id="rejected",
        en=f"notices of surveillance whose {en} a reviewer rejected",
        zh=f"采购监控手段但其{zh}经人工否定的公告",
        notices=f"""select id from counted where surveillance and id in ({naming})
                and id not in (select notice from facts)""",  # noqa: S608 - as above
    )


def quoted(kind: str, en: str, zh: str) -> Callable[[Tallies, Names], Layout]:
    """A line for each target or site: notices, then date, buyer and passage of the earliest."""
    columns = (
        Column(id=kind, en=en, zh=zh),
        Column(id="notices", en="Notices", zh="公告数", kind="count"),
        Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
        Column(id="date", en="First", zh="最早", kind="date"),
        Column(id="buyer", en="Buyer", zh="采购人"),
        Column(id="sentence", en="Passage", zh="原文", kind="quote"),
    )

    def lay_out(sums: Tallies, names: Names) -> Layout:
        rows, points = [], []
        for line in sums.rows("notices"):
            label = names.of(kind, line)
            notices, buyers = sums.cell(line, "notices"), sums.cell(line, "buyers")
            proof = sums.proof(line, "notices")
            cells = (Cell(value=label.en, zh=label.zh), notices, buyers, *proof)
            rows.append(Row(id=line, cells=cells))
            points.append(
                Point(
                    x=line,
                    en=label.en,
                    zh=label.zh,
                    value=sums.total(line, "notices"),
                    key=cell_key(line, "notices"),
                )
            )
        series = Series(id="notices", en="Notices", zh="公告数", points=tuple(points))
        chart = Chart(kind="bars", series=(series,), y=Label(en="Notices", zh="公告数"))
        return Layout(columns=columns, rows=tuple(rows), chart=chart)

    return lay_out
