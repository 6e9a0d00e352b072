"""Who is to be watched: notices that name a group of people, with quotations.

Method: a notice that buys surveillance counts once under each group that its text names as a
target. Each line quotes the passage of the earliest notice and the sentence around it; the number
opens onto all of them. "Buyers" counts different buyers by name, each opening onto its earliest
notice. The line of a red list counts notices that name people whom a system must ignore.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that name a group but buy no means to watch people. Names of persons are masked.

Assumptions: this counts notices, not purchases and not people. A passage shows that the text names
the group; read the sentence before you write that the group was the aim. A notice may name several
groups, so lines may not be added. A notice that names none may have an attachment that does.
"""

from tenderlight.figures.question import LeftOut, Question
from tenderlight.figures.quoted import quoted

FACTS = """
with aimed as (
    select f.*, n.buyer, n.published, n.batch, n.place
    from finding f join counted n on n.id = f.notice
    where f.kind = 'target' and n.surveillance
    qualify row_number() over (partition by f.notice, f.id order by f.number) = 1
)
select id as row_id, 'notices' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from aimed
union all
select * from (
    select id, 'buyers', notice, 1, text, context, part, page, start_at, end_at
    from aimed where buyer is not null
    qualify row_number() over (
        partition by id, buyer order by published nulls last, batch, place, notice) = 1
)"""

QUESTION = Question(
    name="targets",
    en="Who is to be watched",
    zh="监控对象",
    question="Which groups of people do the notices name as those to be watched?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=quoted("target", "Group", "人群"),
    left_out=(
        LeftOut(
            id="not-surveillance",
            en="notices that name a group but buy no surveillance",
            zh="提及人群但未采购监控手段的公告",
            notices="""select id from counted where surveillance is not true
                and id in (select notice from finding where kind = 'target')""",
        ),
        LeftOut(
            id="none",
            en="notices that name no group",
            zh="未提及任何人群的公告",
            notices="""select id from counted
                where id not in (select notice from finding where kind = 'target')""",
        ),
    ),
)
