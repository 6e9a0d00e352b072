"""The query of facts of a built figure. Every word in it is ours; ids are checked before."""

from __future__ import annotations

from tenderlight.asking.built import MONEY, Built
from tenderlight.asking.dimensions import DIMENSIONS, NOTHING, NOWHERE, PLACE, SUPPLIER, Dimension

LINES = 200
"""Lines of a built figure: the largest. The others are in the line of all."""
ALL = "*"
ALL_COLUMNS = "all"

UNIVERSE = {
    "notice": f"select n.id as notice, {PLACE.format('c', 'c.text')} as p from counted n "  # noqa: S608
    "left join cited c on c.notice = n.id and c.field = 'title'",
    "surveillance": f"select n.id as notice, {PLACE.format('c', 'c.text')} as p from counted n "  # noqa: S608
    "left join cited c on c.notice = n.id and c.field = 'title' where n.surveillance",
}
FIRST = """select notice, any_value(p order by p.start_at nulls last, value) as p
    from ({named}) {where} group by notice"""
SUMS = f"""
    select n.id as notice, n.purchase, n.id || '|' || c.number as unit, c.number as line,
        c.amount_cny as measure,
        case when a.notice is not null then {PLACE.format("a", "a.text")}
            when l.notice is not null then {PLACE.format("l", "concat_ws(' ', l.name, l.title)")}
            else {PLACE.format("p", "p.text")} end as p
    from counted_sum c join counted n on n.id = c.notice
    left join award a on a.notice = n.id and a.number = c.number
        and c.field in ('award', 'contract')
    left join lot l on l.notice = n.id and l.number = c.number and c.field in ('budget', 'ceiling')
    left join cited p on p.notice = n.id and p.field = c.field || '_cny' and c.number = -1
    where c.counts and c.currency = 'CNY' and nullif(c.amount_cny, 0) is not null
        and c.field = '{{field}}' and n.purchase in (
            select purchase from counted where id in (select notice from universe))"""  # noqa: S608


def facts_of(built: Built) -> str:
    """The query, for `Question.facts`."""
    rows, columns = DIMENSIONS[built.rows], DIMENSIONS.get(built.columns)
    return f"""with universe as ({_universe(built)}),
lined as ({_values(built, rows)}),
columned as ({_values(built, columns) if columns else f"select null as notice, null as value, {NOWHERE} as p where false"}),
units as ({_units(built)}),
base as (
    select u.notice, u.unit, u.measure, coalesce(r.value, '{NOTHING}') as r,
        coalesce(c.value, '{NOTHING}') as c, {_passage(built)} as p
    from units u left join lined r on {_joined("r", built, rows)}
    left join columned c on {_joined("c", built, columns)}
),
spread as (
    select x.row_id, y.column_id, b.*
    from base b, unnest([b.r, '{ALL}']) as x(row_id),
        unnest({f"[b.c, '{ALL_COLUMNS}']" if columns else f"['{ALL_COLUMNS}']"}) as y(column_id)
),
single as (
    select s.row_id, s.column_id, s.notice, s.measure, s.p
    from spread s join counted n on n.id = s.notice
    qualify row_number() over (partition by s.row_id, s.column_id, s.unit
        order by {"s.measure desc, " if built.measure == "largest" else ""}n.published nulls last,
            n.batch, n.place, s.notice, s.p.start_at nulls last, s.p.end_at, s.p.text) = 1
),
listed_lines as (
    select row_id from single where column_id = '{ALL_COLUMNS}' group by row_id
    order by row_id = '{ALL}' desc, sum(measure) desc, row_id limit {LINES + 1}
)
select row_id, column_id, notice, measure, p.text as text, p.context as context, p.part as part,
    p.page as page, p.start_at as start_at, p.end_at as end_at
from single semi join listed_lines using (row_id)"""  # noqa: S608, E501


def universe_of(built: Built) -> str:
    """A query of the ids of the notices that the figure is about."""
    return f"select notice from ({_universe(built)})"  # noqa: S608 - as above


def _universe(built: Built) -> str:
    if built.about in UNIVERSE:
        return UNIVERSE[built.about]
    named = DIMENSIONS[built.about].notices
    where = f"where value in ({_listed(built.ids)})" if built.ids else ""
    return FIRST.format(named=named, where=where)


def _values(built: Built, dimension: Dimension) -> str:
    """What a notice comes under; of what is bought, everything that its purchase buys."""
    query = dimension.notices
    if built.measure in MONEY and dimension.id == "supplier":
        return f"select notice, number, value, p from ({SUPPLIER})"  # noqa: S608
    if dimension.id == built.about and built.ids:
        query = f"select * from ({query}) where value in ({_listed(built.ids)})"  # noqa: S608
    if built.measure in MONEY and dimension.of_purchase:
        return f"""select distinct m.id as notice, d.value, {NOWHERE} as p
    from counted m join counted o on o.purchase = m.purchase join ({query}) d on d.notice = o.id"""  # noqa: S608
    return query


def _units(built: Built) -> str:
    """What is counted: each with its notice, what it adds, and its passage."""
    if built.measure in MONEY:
        return SUMS.replace("{field}", built.measure)
    if built.measure == "largest":
        return f"""select q.notice, '' as unit, 0 as line, q.value as measure,
        {PLACE.format("q", "q.context")} as p
    from quantity q join counted n on n.id = q.notice
    where q.what = '{built.quantity}' and q.notice in (select notice from universe)"""  # noqa: S608
    unit = {
        "notices": "select id as notice, id as unit from counted",
        "purchases": "select id as notice, purchase as unit from counted",
        "buyers": "select notice, organisation as unit from buyer_of",
        "suppliers": f"select notice, value as unit from ({DIMENSIONS['supplier'].notices})",  # noqa: S608
    }[built.measure]
    return f"""select u.notice, k.unit, 0 as line, 1 as measure, u.p
    from universe u join ({unit}) k on k.notice = u.notice"""  # noqa: S608


def _joined(alias: str, built: Built, dimension: Dimension | None) -> str:
    joined = f"{alias}.notice = u.notice"
    if built.measure in MONEY and dimension is not None and dimension.id == "supplier":
        return f"{joined} and ({alias}.number = u.line or u.line = -1)"
    return joined


def _passage(built: Built) -> str:
    """What is printed of the sum or the quantity; else of the line, the column, the subject."""
    if built.measure in MONEY or built.measure == "largest":
        return "u.p"
    return "coalesce(r.p, c.p, u.p)"


def _listed(ids: tuple[str, ...]) -> str:
    return ", ".join(f"'{id}'" for id in ids)
