"""What systems are made for: faces a day, libraries, samples, days and radius, by purchase.

Method: a purchase of surveillance counts once under each kind of quantity that its notices state,
with the largest number that stands; a number that a correction of the purchase takes back stands no
longer. "Largest" and "Median" are those of the purchases' numbers; of an even number of purchases
the median is the lower of the two in the middle, so that it is a number that somebody stated. Each
opens onto its notice and sentence. Below stand the purchases, the largest number first, 50 of each
kind, and 1,000 where one kind is asked for; "Notices" of such a line opens onto every notice of the
purchase that states a number of this kind, with its sentence. Numbers are as understood (2万 is
20000); the passage shows them as printed.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that buy no surveillance. Numbers are never added up.

Assumptions: a number is what the text asks for or describes, not what was delivered. The largest
number of a purchase may be that of a system which exists already, or of one part only: read the
sentence. A correction that states only what is new takes nothing back. Where numbers of one notice
do not agree see the figure `mismatches`.
"""

from __future__ import annotations

from tenderlight.figures.figure import (
    Cell,
    Chart,
    Column,
    Label,
    Parameter,
    Point,
    Published,
    Row,
    Series,
)
from tenderlight.figures.names import Names
from tenderlight.figures.quantities import STATED_ELSEWHERE
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.quotations import EVERY, LISTED, LISTED_OF_ONE
from tenderlight.figures.tallies import Tallies, cell_key

FACTS = f"""
with struck as (  -- numbers that a correction says were, and are not now
    select distinct n.purchase, q.what, q.value, n.published
    from change c join quantity q on q.notice = c.notice join noticed n on n.id = c.notice
    where length(c.was) > 1 and (contains(c.was, q.text) or contains(q.text, c.was))
        and not contains(coalesce(c.now, ''), q.text)
),
stated as (
    select q.*, n.purchase, n.nth
    from quantity q join counted n on n.id = q.notice
    where n.surveillance and (select quantity from given) in ('{EVERY}', q.what) and not exists (
        select 1 from struck s where s.purchase = n.purchase and s.what = q.what
            and s.value = q.value and coalesce(n.published, '') <= coalesce(s.published, '9999'))
),
of_notices as (
    select * from stated qualify row_number() over (partition by what, notice
        order by (-value, number)) = 1
),
of_purchases as (
    select *, what || ':' || purchase as line from of_notices
    qualify row_number() over (partition by what, purchase
        order by (-value, nth)) = 1
),
ranked as (
    select *, count(*) over (partition by what) as purchases, row_number() over (partition by what
            order by value desc, nth) as position
    from of_purchases
),
listed as (
    select * from ranked where position <= (
        select if(quantity = '{EVERY}', {LISTED}, {LISTED_OF_ONE}) from given)
)
select what as row_id, 'notices' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from of_notices
union all
select what, 'purchases', notice, 1, text, context, part, page, start_at, end_at from ranked
union all
select what, 'largest', notice, value, text, context, part, page, start_at, end_at
from ranked where position = 1
union all
select what, 'median', notice, value, text, context, part, page, start_at, end_at
from ranked where position = purchases // 2 + 1
union all
select line, 'largest', notice, value, text, context, part, page, start_at, end_at from listed
union all
select l.line, 'notices', n.notice, 1, n.text, n.context, n.part, n.page, n.start_at, n.end_at
from listed l join of_notices n using (what, purchase)"""  # noqa: S608 - words of our own

COLUMNS = (
    Column(id="quantity", en="Quantity", zh="数量"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
    Column(id="notices", en="Notices", zh="公告数", kind="count"),
    Column(id="largest", en="Largest", zh="最大值", kind="count"),
    Column(id="median", en="Median", zh="中位数", kind="count"),
    Column(id="date", en="Date", zh="日期", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
)


def lay_out(sums: Tallies, names: Names) -> Layout:
    """A line for each quantity, and below it the purchases that state it."""
    rows, points = [], []
    every = sums.rows("largest")
    for line in sums.rows("purchases"):
        label = names.of("quantity", line)
        counts = (sums.cell(line, column.id) for column in COLUMNS[1:5])
        proof = sums.proof(line, "largest")
        rows.append(Row(id=line, cells=(Cell(value=label.en, zh=label.zh), *counts, *proof)))
        below = [each for each in every if each.startswith(f"{line}:")]
        rows += [_purchase(sums, each, n, line) for n, each in enumerate(below, start=1)]
        total, key = sums.total(line, "purchases"), cell_key(line, "purchases")
        points.append(Point(x=line, en=label.en, zh=label.zh, value=total, key=key))
    series = Series(id="purchases", en="Purchases", zh="采购项目数", points=tuple(points))
    chart = Chart(kind="bars", series=(series,), y=Label(en="Purchases", zh="采购项目数"))
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _purchase(sums: Tallies, line: str, number: int, under: str) -> Row:
    counts = (Cell(), sums.cell(line, "notices"), sums.cell(line, "largest"), Cell())
    cells = (Cell(value=str(number)), *counts, *sums.proof(line, "largest"))
    return Row(id=line, cells=cells, under=under)


NYT = "The New York Times, China's Expanding Surveillance State (2022)"
MAY_REPEAT = Label(
    en="Read in documents there; here the largest number that one purchase of this corpus states.",
    zh="彼处由人阅读文件得出；此处为本语料单个采购项目载明的最大数值。",
)

QUESTION = Question(
    name="capacities",
    en="Capacities as stated",
    zh="载明的系统容量",
    question="For how many faces, irises, samples, days or metres are systems made?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=lay_out,
    parameters=(Parameter(id="quantity", en="Quantity", zh="数量", default=EVERY, of="quantity"),),
    published=(
        Published(
            source=NYT,
            said=Label(
                en="2.5 billion face images stored in one province.",
                zh="一省存储25亿张人脸图像。",
            ),
            differs=MAY_REPEAT,
            cell="cell/face_library_size/largest",
        ),
        Published(
            source=NYT,
            said=Label(
                en="An iris database for 30 million people.", zh="可容3000万人的虹膜数据库。"
            ),
            differs=MAY_REPEAT,
            cell="cell/iris_capacity/largest",
        ),
        Published(
            source=NYT,
            said=Label(
                en="Sound recorders with a radius of 300 feet, which are about 91 metres.",
                zh="拾音半径300英尺（约91米）的录音设备。",
            ),
            differs=MAY_REPEAT,
            cell="cell/audio_radius_m/largest",
        ),
        Published(
            source="IPVM, Xuhui (2024)",
            said=Label(
                en="25.9 million faces a day, of one project.", zh="单个项目每日2590万张人脸。"
            ),
            differs=MAY_REPEAT,
            cell="cell/faces_per_day/largest",
        ),
    ),
    left_out=(
        *STATED_ELSEWHERE,
        LeftOut(
            id="other",
            en="notices of surveillance whose numbers a correction took back, or of other kinds",
            zh="采购监控手段但数量已被更正，或属其他类别的公告",
            notices="""select id from counted where surveillance
                and id in (select notice from quantity) and id not in (select notice from facts)""",
        ),
    ),
)
