"""Who won which purchase where: the named query that figures of contractors start from."""

from __future__ import annotations

from tenderlight.figures.question import LeftOut

SUBJECT = "if((select technology from given) = '*', '#', (select technology from given))"
"""What was asked for; where that is any technology: whatever buys surveillance."""

WINNING = f"""
chosen as (select purchase from wanted where subject = {SUBJECT}),
serving as (  -- the level of government that the buyer of a notice serves
    select p.notice, arg_min(coalesce(p.level, o.level), p.number) as level
    from party p left join spelling s on s.node = p.node
    left join organisation o on o.id = s.organisation
    where p.role = 'buyer' and coalesce(p.level, o.level) is not null group by p.notice
),
winning as (
    select n.id as notice, n.purchase, s.organisation as supplier, b.organisation as buyer,
        n.province_code as province, coalesce(v.level, 'unknown') as level,
        n.nth, p.number as line, p.member,
        p.text, concat_ws(' ', a.lot, p.name, a.amount_printed) as context,
        p.part, p.page, p.start_at, p.end_at
    from counted n join party p on p.notice = n.id and p.role = 'supplier'
    join spelling s on s.node = p.node
    join award a on a.notice = n.id and a.number = p.number and coalesce(a.rank, 1) = 1
    left join buyer_of b on b.notice = n.id left join serving v on v.notice = n.id
    where n.notice_type in ('award', 'contract') and n.purchase in (from chosen)
)"""  # noqa: S608 - words of our own
"""Each winner named in an award or contract notice of a purchase that was asked for."""


def once(source: str, row: str, column: str, of: str, where: str = "true") -> str:
    """A part of a figure's facts: in each line the earliest notice for each `of` counts 1.

    >>> "partition by supplier, purchase" in once("winning", "supplier", "'purchases'", "purchase")
    True
    """
    return f"""select * from (
    select {row} as row_id, {column} as column_id, notice, 1 as measure,
        text, context, part, page, start_at, end_at
    from {source} where {where} qualify row_number() over (partition by {row}, {of}
        order by (nth, line, member)) = 1
)"""  # noqa: S608 - words of our own


OTHER = LeftOut(
    id="other",
    en="notices of purchases that were not asked for",
    zh="所属项目不在统计之列的公告",
    notices=f"""select id from counted
        where purchase not in (select purchase from wanted where subject = {SUBJECT})""",  # noqa: S608
)
NO_WINNER = LeftOut(
    id="same-purchase",
    en="notices of these purchases that name no winner, or of which another notice counts",
    zh="属于此类项目，但未载明中标人或已由另一公告计入",
    notices=f"""select id from counted where id not in (select notice from facts)
        and purchase in (select purchase from wanted where subject = {SUBJECT})""",  # noqa: S608
)
