"""Money per programme and year: Sharp Eyes, Skynet, safe cities, facial recognition and others.

Method: a programme is a name under which the state buys surveillance. Sharp Eyes, Skynet, smart
communities, police big data and facial recognition are what notices buy by the definitions of these
technologies; safe cities (平安城市, 平安乡村) are purchases of any technology of which a title or a
project name has these words. "Purchases" counts each purchase of a programme once, in the year of
its first notice. Sums are in yuan, as printed, and count as in the figure `money`: each once, a
correction in place of what it corrects, a re-tender in place of what failed, a whole for its lots,
a repost not at all; in the year of the notice that states it. "Without" counts what is printed and
not certain (a rate, a unit price, no unit), in other currencies, and purchases with notices of that
kind of which none states a sum, out of all; they add nothing to the sum.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
ceilings; candidates; a printed 0. Notices that only mention a programme.

Assumptions: a budget, an award and a contract are three views of one purchase: never add them. A
purchase under two programmes (facial recognition within Sharp Eyes) is in both lines, so lines may
not be added; the first line counts each once. The sum is the whole of a purchase, also where the
programme is only a part of it. A budget of several years counts in the year that states it. Not
adjusted for prices.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import Chart, Column, Label, Point, Published, Series
from tenderlight.figures.money import KINDS
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.stated_money import money_columns, money_lines, subjects_of
from tenderlight.figures.tallies import Tallies, cell_key

TECHNOLOGIES = (
    "sharp-eyes",
    "skynet",
    "facial-recognition",
    "smart-community",
    "police-big-data",
)
"""Programmes that are defined as technologies."""
SAFE_CITY = "safe-city"
SAFE = ("平安城市", "平安乡村")
"""What is built under the names of the programme; traditional characters are folded."""
ANY = Label(en="Any of these programmes", zh="上述任一项目")
SAFE_LABEL = Label(en="Safe cities", zh="平安城市")

NAMED = " or ".join(
    f"contains(replace(concat_ws(' ', n.title, n.project_name), '鄉', '乡'), '{word}')"
    for word in SAFE
)
FACTS = f"""
with under as (  -- the notices of each programme, with the passage that says so
    select subject as programme, notice, text, context, part, page, start_at, end_at
    from bought where subject in ({", ".join(f"'{id}'" for id in TECHNOLOGIES)})
    union all
    select '{SAFE_CITY}', n.id, c.text, c.text, c.part, c.page, c.start_at, c.end_at
    from counted n left join cited c on c.notice = n.id
        and c.field = if(contains(n.title, '平安'), 'title', 'project_name')
    where ({NAMED}) and n.purchase in (select purchase from wanted where subject = '{ALL}')
),
begun as (
    select u.*, n.purchase, n.in_year, n.nth
    from under u join counted n on n.id = u.notice
    qualify row_number() over (partition by u.programme, n.purchase
        order by n.nth) = 1
),
begun_once as (
    select * from begun union all
    select * replace ('{ALL}' as programme) from begun
    qualify row_number() over (partition by purchase
        order by (nth, programme)) = 1
),
part_of as (select programme, purchase from begun_once),
stated as (  -- of a purchase that is one of a programme, each sum once
    select p.programme, m.*
    from money m join part_of p on p.purchase = m.purchase
    where m.subject = '{ALL}' and m.field <> 'ceiling'
)
select unnest([programme, programme || ':' || in_year]) as row_id, 'purchases' as column_id, notice,
    1 as measure, text, context, part, page, start_at, end_at
from begun_once
union all
select unnest([programme, programme || ':' || in_year]), field, notice, amount_cny,
    text, context, part, page, start_at, end_at
from stated where amount_cny is not null
union all
select unnest([programme, programme || ':' || in_year]),
    field || if(amount_cny is null, '-without', '-with'), notice,
    1, text, context, part, page, start_at, end_at
from stated"""  # noqa: S608 - words of our own

NAME, *SUMS = money_columns(KINDS)
COLUMNS = (
    Column(id="programme", en="Programme, year", zh="项目、年份"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
    *SUMS,
)


def _lay_out(sums: Tallies, names: Names) -> Layout:
    def called(programme: str) -> Label:
        own = {ALL: ANY, SAFE_CITY: SAFE_LABEL}
        return own.get(programme) or names.technology(programme)

    rows = money_lines(sums, COLUMNS, called)
    programmes = [line for line in subjects_of([row.id for row in rows]) if line != ALL]
    series = tuple(
        Series(
            id=kind.id,
            en=kind.sums.en,
            zh=kind.sums.zh,
            points=tuple(
                Point(
                    x=line,
                    en=called(line).en,
                    zh=called(line).zh,
                    value=sums.total(line, kind.id),
                    key=cell_key(line, kind.id),
                )
                for line in programmes
                if sums.total(line, kind.id)
            ),
        )
        for kind in KINDS
    )
    chart = Chart(kind="bars", series=series, y=Label(en="Yuan", zh="元"))
    return Layout(columns=COLUMNS, rows=rows, chart=chart)


DIFFERS = Label(
    en="They added what some 76,000 notices of 2004 to 2020 state; which of budgets, awards and "
    "contracts were added is not said. Ours are budgets, each purchase once, of this corpus.",
    zh="该报道累加2004年至2020年约7.6万件公告所载金额，未说明所加为预算、中标或合同金额；"
    "本图表为本语料中的预算，每个项目只计一次。",
)
CHINAFILE = "ChinaFile, State of Surveillance (2020)"

QUESTION = Question(
    name="programmes",
    en="Money by programme and year",
    zh="各项目各年度金额",
    question="How much was announced, awarded and contracted under which programme, and when?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    money=frozenset(kind.id for kind in KINDS),
    published=(
        Published(
            source=CHINAFILE,
            said=Label(en="More than 14.3 billion yuan for Sharp Eyes.", zh="雪亮工程逾143亿元。"),
            differs=DIFFERS,
            cell="cell/sharp-eyes/budget",
        ),
        Published(
            source=CHINAFILE,
            said=Label(en="8.6 billion yuan for facial recognition.", zh="人脸识别86亿元。"),
            differs=DIFFERS,
            cell="cell/facial-recognition/budget",
        ),
    ),
    left_out=(
        LeftOut(
            id="none",
            en="notices that are of none of these programmes",
            zh="不属于上述项目的公告",
            notices="""select id from counted where purchase not in (
                select n.purchase from facts f join noticed n on n.id = f.notice)""",
        ),
        LeftOut(
            id="same-purchase",
            en="notices without a sum that counts: another notice of the purchase has it, or none",
            zh="未单独计入金额：由同一项目的另一公告计入，或不属于载明金额的公告",
            notices="""select id from counted where id not in (select notice from facts)
                and purchase in (
                select n.purchase from facts f join noticed n on n.id = f.notice)""",
        ),
    ),
)
