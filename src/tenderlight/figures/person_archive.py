"""One person, one file: where such archives are bought, by whom, from whom, and what they compile.

Method: purchases that buy the technology (archives per person, unless another is asked for), each
once: by the division in which the buyer sits, with the years below, by the year in which they
began, by the buyer's level of government, by supplier, by the group and the purpose that their
notices name, and by what their notices say is compiled of a person. "Different" counts the lines of
a block, divisions out of the 31, each opening onto its earliest notice. Suppliers are winners in
award and contract notices of these purchases. An award is found where the corpus has a notice of
award or contract of the purchase. Sums are in yuan and count as in the figure `money`: each once,
certain sums only; smallest, median and largest are those of a purchase, all its lots added, and of
an even number the median is the lower of the two in the middle.
What is compiled is found by words (relatives, vehicles, marriage …) in sentences that speak of
files, data or relations: in passages of technical requirements, in rules, and in sentences in which
something else was found. It is a lead to the sentence, which stands beside it.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that only mention the technology; text outside of requirements, rules and findings for what
is compiled; suppliers after the 50 with the most purchases; names of firms that may be a person's.

Assumptions: a purchase counts in every line that one of its notices belongs to, so the lines of a
block may not be added. A tender asks for a system; none of this says that it was delivered. Never
add a budget to an award or a contract. The sum is the whole of a purchase, also where the archive
is a part of it. Files of health and of staff are false friends, which the definition looks past as
far as it knows them.
"""

from __future__ import annotations

from tenderlight.figures.archive_layout import lay_out
from tenderlight.figures.compiled import COMPILING
from tenderlight.figures.divisions import IN_THE_31
from tenderlight.figures.figure import Label, Parameter, Published
from tenderlight.figures.question import LeftOut, Question

SUPPLIERS = 50
"""Suppliers listed; all are counted."""
THIS = "(select technology from given)"

FACTS = f"""
with buys as (  -- each with the year in which its purchase began
    select b.*, n.purchase, first_value(n.in_year) over (partition by n.purchase
            order by n.nth) as in_year,
        n.province_code, n.nth, o.organisation as buyer
    from bought b join counted n on n.id = b.notice left join buyer_of o on o.notice = b.notice
    where b.subject = {THIS}
),
asked as (  -- every notice of these purchases
    select n.id as notice, n.purchase, n.nth, n.notice_type,
        o.organisation as buyer
    from counted n left join buyer_of o on o.notice = n.id
    where n.purchase in (select purchase from buys)
),
{COMPILING},
placed as (  -- by division, with the years of each, by year and by level
    select * exclude (row_id), unnest(row_id) as row_id from (
        select *, ['*', 'years:' || in_year, 'divisions:' || coalesce(province_code, 'none'),
            'divisions:' || coalesce(province_code, 'none') || ':' || in_year] as row_id
        from buys
    )
    union all
    select b.*, 'levels:' || coalesce(p.level, 'none') from buys b
    join party p on p.notice = b.notice and p.role = 'buyer'
),
found as (select purchase from asked where notice_type in ('award', 'contract')),
said as (
    select f.notice, f.kind || 's:' || f.id as row_id, f.text, f.context, f.part, f.page,
        f.start_at, f.end_at from finding f
    where f.kind in ('target', 'purpose') and (f.notice, f.kind, f.id) not in (
        select (notice, kind, id) from verdict where truth = false)
    union all
    select f.notice, 'targets:terrorism-or-stability', f.text, f.context, f.part, f.page,
        f.start_at, f.end_at from finding f
    where (f.kind, f.id) in (('target', 'terrorism-suspect'), ('purpose', 'counter-terrorism'),
        ('purpose', 'stability')) and (f.notice, f.kind, f.id) not in (
        select (notice, kind, id) from verdict where truth = false)
    union all
    select notice, 'compiled:' || id, text, context, part, page, start_at,
        start_at + length(text) from compiling
    union all
    select p.notice, 'suppliers:' || s.organisation, p.text,
        concat_ws(' ', a.lot, p.name, a.amount_printed), p.part, p.page, p.start_at, p.end_at
    from party p join spelling s on s.node = p.node
    join award a on a.notice = p.notice and a.number = p.number and coalesce(a.rank, 1) = 1
    where p.role = 'supplier'
        and p.notice in (select notice from asked where notice_type in ('award', 'contract'))
),
lines as (
    select row_id, notice, purchase, buyer, nth,
        text, context, part, page, start_at, end_at from placed
    union all
    select s.row_id, a.notice, a.purchase, a.buyer, a.nth,
        s.text, s.context, s.part, s.page, s.start_at, s.end_at
    from said s join asked a on a.notice = s.notice
    union all
    select if(b.purchase in (from found), 'awards:found', 'awards:not-found'), b.notice,
        b.purchase, b.buyer, b.nth,
        b.text, b.context, b.part, b.page, b.start_at, b.end_at from buys b
),
counted_lines as (
    select row_id, 'purchases' as column_id, * exclude (row_id) from lines
    qualify row_number() over (partition by row_id, purchase
        order by (nth, start_at, end_at)) = 1
    union all
    select row_id, 'notices', * exclude (row_id) from lines
    qualify row_number() over (partition by row_id, notice order by (start_at, end_at)) = 1
    union all
    select row_id, 'buyers', * exclude (row_id) from lines where buyer is not null
    qualify row_number() over (partition by row_id, buyer
        order by (nth, start_at, end_at)) = 1
),
most as (  -- suppliers that are listed
    select row_id from counted_lines where row_id like 'suppliers:%' and column_id = 'purchases'
    group by row_id order by count(*) desc, row_id limit {SUPPLIERS}
),
heads as (
    select split_part(row_id, ':', 1) as head, * from lines
    where split_part(row_id, ':', 3) = '' and contains(row_id, ':')
        and row_id not in ('targets:terrorism-or-stability', 'levels:none', 'years:undated')
        and (row_id not like 'divisions:%' or split_part(row_id, ':', 2) in ({IN_THE_31}))
    qualify row_number() over (partition by row_id
        order by (nth, start_at, end_at)) = 1
),
certain as (
    select m.*, sum(amount_cny) over (partition by field, purchase) as total
    from money m where m.subject = {THIS} and m.field <> 'ceiling' and m.amount_cny is not null
),
ranked as (
    select *, dense_rank() over (partition by field order by total, purchase) as position
    from certain
),
ends as (
    select *, max(position) over (partition by field) as last from ranked
),
valued as (
    select field as row_id, * exclude (field, subject) from ends
    union all
    select field || ':smallest', * exclude (field, subject) from ends where position = 1
    union all
    select field || ':median', * exclude (field, subject) from ends
    where position = (last + 1) // 2
    union all
    select field || ':largest', * exclude (field, subject) from ends where position = last
)
select row_id, column_id, notice, 1 as measure, text, context, part, page, start_at, end_at
from counted_lines where row_id not like 'suppliers:%' or row_id in (from most)
union all
select head, 'different', notice, 1, text, context, part, page, start_at, end_at
from heads where head <> 'awards'
union all
select 'sums:' || row_id, 'yuan', notice, amount_cny, text, context, part, page, start_at, end_at
from valued
union all
select * from (
    select 'sums:' || row_id, 'purchases', notice, 1, text, context, part, page, start_at, end_at
    from valued where not contains(row_id, ':')
    qualify row_number() over (partition by row_id, purchase
        order by (nth, line)) = 1
)"""  # noqa: S608 - words of our own

REUTERS = "Reuters, One person, one file (2022)"
BY_HAND = Label(
    en="Tenders there, chosen and read by people; here every purchase of this corpus that the "
    "definition finds, each once.",
    zh="彼处为人工挑选并阅读的招标文件；此处为本语料中由定义检出的全部采购项目，各计一次。",
)


def _said(en: str, zh: str, cell: str) -> Published:
    said = Label(en=en, zh=zh)
    return Published(source=REUTERS, said=said, differs=BY_HAND, cell=f"cell/{cell}")


QUESTION = Question(
    name="person-archive",
    en="One person, one file",
    zh="一人一档",
    question="Where, by whom and from whom are archives per person bought, and what do they hold?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=lay_out,
    money=frozenset({"yuan"}),
    maps=True,
    labels="""select 'suppliers:' || id, name from organisation""",
    parameters=(
        Parameter(
            id="technology", en="Technology", zh="技术", default="person-archive", of="technology"
        ),
    ),
    published=(
        _said(
            "50 tenders since 2016, 32 of them in 2021.",
            "2016年以来50份招标文件，其中2021年32份。",
            "*/purchases",
        ),
        _said("22 of 31 divisions.", "31个省级行政区中的22个。", "divisions/different"),
        _said("Every level of government.", "各级政府均有。", "levels/different"),
        _said("22 suppliers.", "22家供应商。", "suppliers/different"),
        _said("9 tenders name Uyghurs.", "9份提及维吾尔族。", "targets:uyghur/purchases"),
        _said(
            "More than 12 name terrorism or stability.",
            "12份以上提及恐怖主义或维稳。",
            "targets:terrorism-or-stability/purchases",
        ),
        _said("4 reach into social media.", "4份涉及社交媒体。", "compiled:social-media/purchases"),
        _said(
            "Half compile relatives, social circles, vehicles, marital status, shopping.",
            "半数汇集亲属、社会关系、车辆、婚姻、购物等信息。",
            "compiled:relatives/purchases",
        ),
        _said(
            "Awards were found for more than half.",
            "半数以上找到中标结果。",
            "awards:found/purchases",
        ),
        _said(
            "Values from a few million to about 200 million yuan.",
            "金额自数百万元至约2亿元。",
            "sums:award:largest/yuan",
        ),
    ),
    left_out=(
        LeftOut(
            id="named",
            en="notices that name the technology and do not buy it",
            zh="提及该技术但未采购的公告",
            notices=f"""select notice from aside where id = {THIS}
                and notice not in (select notice from facts)""",  # noqa: S608
        ),
        LeftOut(
            id="other",
            en="notices of other purchases",
            zh="其他采购项目的公告",
            notices=f"""select id from counted where id not in (select notice from facts)
                and id not in (select notice from aside where id = {THIS})""",  # noqa: S608
        ),
    ),
)
