"""Purchases of one technology by city and year: how many, for how much, and how that changed.

Method: purchases that buy the technology (police geographic information, unless another is asked
for) and have notices of the kind that states the sum: what was won, which is the award, and the
contract only where the purchase has no certain award; or budgets, awards or contracts alone, where
these are asked for. A purchase counts once in a city and year: those of the notice that states its
sum, else of the first that should. "With a sum" are purchases of which at least one sum is certain,
"without" the others, out of all. Sums are in yuan and count as in the figure `money`: each once,
certain ones only. The average is the sum over the purchases with one; the changes are in percent of
the year before, of the sum and of the average, where that year has one. A city is a prefecture or a
county directly under its province (GB/T 2260); the districts of Beijing, Tianjin, Shanghai and
Chongqing are one city each. In the first line and below it "Cities" and "Divisions" count the
cities and the provincial-level divisions of these purchases, each opening onto its first notice.

Exclusions: documents that could not be read; documents with the same bytes as one before them; sums
that are not certain; a printed 0. Notices that only mention the technology.

Assumptions: the sum is the whole of a purchase, also where the technology is only a part of it. A
purchase whose lots are awarded in two years counts in both, and once in the line of the city. A lot
without a certain sum beside one that has one adds nothing, so an average may be too low. Not
adjusted for prices. Notices state no city where the buyer's name does not: they are in a line of
their own.
"""

from decimal import Decimal

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import (
    Cell,
    Chart,
    Choice,
    Column,
    Label,
    Parameter,
    Point,
    Published,
    Row,
    Series,
)
from tenderlight.figures.names import Names, year_label
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.stated_money import subjects_of, years_under
from tenderlight.figures.tallies import Tallies, cell_key
from tenderlight.places import display_name

NOWHERE = "none"
CITY = f"""case when n.county_code is null and n.province_code is null then '{NOWHERE}'
        when left(coalesce(n.county_code, n.province_code), 2) in ('11', '12', '31', '50')
            then left(coalesce(n.county_code, n.province_code), 2) || '0000'
        when n.county_code is null then n.province_code
        when substr(n.county_code, 3, 2) in ('90', '00') then n.county_code
        else left(n.county_code, 4) || '00' end"""
"""The city of a notice: its prefecture; what is directly under a province is itself."""

FACTS = f"""
with chosen as (  -- of each purchase the kind of sum: what was won is its award, else its contract
    select purchase, arg_min(field, (amount_cny is null, field)) as field from money
    where subject = (select technology from given)
        and (field = (select sums from given)
            or (select sums from given) = 'won' and field in ('award', 'contract'))
    group by purchase
),
placed as (
    select m.*, {CITY} as city, left(coalesce(n.province_code, n.county_code), 2) || '0000'
        as province
    from money m join counted n on n.id = m.notice
    join chosen c on c.purchase = m.purchase and c.field = m.field
    where m.subject = (select technology from given)
),
lines as (
    select unnest(['{ALL}', '{ALL}:' || in_year, city, city || ':' || in_year]) as id, *
    from placed
),
whole as (select id, purchase, max(amount_cny) as most from lines group by id, purchase)
select id as row_id, 'sum' as column_id, notice, amount_cny as measure,
    text, context, part, page, start_at, end_at
from lines where amount_cny is not null
union all
select * from (
    select l.id, if(w.most is null, 'without', 'with'), l.notice, 1,
        l.text, l.context, l.part, l.page, l.start_at, l.end_at
    from lines l join whole w on w.id = l.id and w.purchase = l.purchase
    qualify row_number() over (partition by l.id, l.purchase
        order by (l.amount_cny is null, l.nth, l.line)) = 1
)
union all
select * from (
    select id, 'cities', notice, 1, text, context, part, page, start_at, end_at
    from lines where starts_with(id, '{ALL}') and city <> '{NOWHERE}'
        and (right(city, 4) <> '0000' or left(city, 2) in ('11', '12', '31', '50'))
    qualify row_number() over (partition by id, city
        order by (nth, line)) = 1
)
union all
select * from (
    select id, 'divisions', notice, 1, text, context, part, page, start_at, end_at
    from lines where starts_with(id, '{ALL}') and province is not null
    qualify row_number() over (partition by id, province
        order by (nth, line)) = 1
)"""  # noqa: S608 - words of our own

COLUMNS = (
    Column(id="city", en="City, year", zh="城市、年份"),
    Column(id="with", en="Purchases with a sum", zh="有确定金额的项目", kind="count"),
    Column(id="without", en="Without", zh="无确定金额", kind="share"),
    Column(id="sum", en="Sum, yuan", zh="金额（元）", kind="money"),
    Column(id="sum-change", en="Change", zh="同比", kind="percent"),
    Column(id="average", en="Average, yuan", zh="平均（元）", kind="average"),
    Column(id="average-change", en="Change of the average", zh="平均同比", kind="percent"),
    Column(id="cities", en="Cities", zh="城市数", kind="count"),
    Column(id="divisions", en="Divisions", zh="省级行政区数", kind="count"),
    Column(id="date", en="First", zh="最早", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
)
COUNTED = ("with", "without")


def _lay_out(sums: Tallies, names: Names) -> Layout:
    found = sums.rows(*COUNTED)
    rows = []
    for city in subjects_of(found):
        label = Label(en="All cities", zh="全部城市") if city == ALL else _city(city, names)
        rows.append(Row(id=city, cells=_cells(sums, city, None, label), total=city == ALL))
        before = None
        for year in years_under(city, found):
            line = f"{city}:{year}"
            near = (
                before if before == f"{city}:{int(year) - 1 if year.isdecimal() else ''}" else None
            )
            rows.append(Row(id=line, cells=_cells(sums, line, near, year_label(year)), under=city))
            before = line
    chart = Chart(
        kind="points",
        series=_series(sums, found, names),
        y=Label(en="Purchases", zh="采购项目数"),
        searched=sums.searched,
    )
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _city(code: str, names: Names) -> Label:
    if code == NOWHERE:
        return Label(en="city not known", zh="城市不明")
    label = names.division(code)
    if code.endswith("0000") and code[:2] not in ("11", "12", "31", "50"):
        return Label(en=f"{label.en}, city not known", zh=f"{label.zh}（城市不明）")
    return Label(en=display_name(code, "en"), zh=display_name(code))


def _cells(sums: Tallies, line: str, before: str | None, label: Label) -> tuple[Cell, ...]:
    total, key = sums.sum(line, "sum"), cell_key(line, "sum")
    average = _average(sums, line)
    return (
        Cell(value=label.en, zh=label.zh if label.zh != label.en else None),
        sums.cell(line, "with"),
        sums.share(line, "without", "with"),
        total,
        _change(total.value, sums.sum(before, "sum").value if before else None, key),
        Cell(value=average, key=key if average is not None else None),
        _change(average, _average(sums, before) if before else None, key),
        *(sums.cell(line, c) if line.startswith(ALL) else Cell() for c in ("cities", "divisions")),
        *sums.proof(line, "with" if sums.total(line, "with") else "without"),
    )


def _average(sums: Tallies, line: str) -> Decimal | None:
    """Yuan for each purchase with a sum."""
    number = sums.total(line, "with")
    return (Decimal(sums.total(line, "sum")) / number).quantize(Decimal("0.01")) if number else None


def _change(now: object, before: object, key: str) -> Cell:
    """In percent of before, with a tenth; nothing where either year has no certain sum."""
    if not isinstance(now, Decimal) or not isinstance(before, Decimal) or not before:
        return Cell()
    return Cell(value=((now / before - 1) * 100).quantize(Decimal("0.1")), key=key)


def _series(sums: Tallies, found: list[str], names: Names) -> tuple[Series, ...]:
    """All years, then each year: the cities with purchases."""
    cities = [city for city in subjects_of(found) if city != ALL and city != NOWHERE]
    every = Series(id=ALL, en="All years", zh="历年", points=_points(sums, cities, "", names))
    years = (
        Series(
            id=year,
            en=year_label(year).en,
            zh=year_label(year).zh,
            points=_points(sums, cities, f":{year}", names),
        )
        for year in years_under(ALL, found)
    )
    return (every, *years) if cities else ()


def _points(sums: Tallies, cities: list[str], year: str, names: Names) -> tuple[Point, ...]:
    return tuple(
        Point(
            x=city,
            en=_city(city, names).en,
            zh=_city(city, names).zh,
            value=sums.total(f"{city}{year}", column),
            key=cell_key(f"{city}{year}", column),
        )
        for city in cities
        for column in ("with",)
        if sums.total(f"{city}{year}", column)
    )


CLOUD_COVER = "China Digital Times, Cloud Cover (2023)"
DIFFERS = Label(
    en="They searched portals for police geographic systems by hand and counted contracts with "
    "their prices; this counts purchases in this corpus of which an award states a certain sum.",
    zh="该报道人工检索警用地理信息采购并按合同及其价格统计；"
    "本图表统计本语料中中标公告载有确定金额的采购项目。",
)

QUESTION = Question(
    name="gis-contracts",
    en="Police geographic information by city and year",
    zh="各城市各年度警用地理信息采购",
    question="How much did which city buy of a technology in which year, and how did it change?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    money=frozenset({"sum"}),
    maps=True,
    parameters=(
        Parameter(id="technology", en="Technology", zh="技术", default="pgis", of="technology"),
        Parameter(
            id="sums",
            en="Sums of",
            zh="金额种类",
            default="won",
            choices=(
                Choice(
                    id="won",
                    en="what was won: the award, else the contract",
                    zh="中标，无中标的取合同",
                ),
                Choice(id="budget", en="budgets", zh="预算"),
                Choice(id="award", en="awards", zh="中标"),
                Choice(id="contract", en="contracts", zh="合同"),
            ),
        ),
    ),
    published=(
        Published(
            source=CLOUD_COVER,
            said=Label(
                en="At least 803 contracts in 30 divisions from 2005 to January 2022, for 6.2 "
                "billion yuan; the average of 2020 was 60 % above that of the year before.",
                zh="2005年至2022年1月，30个省级行政区至少803份合同，共62亿元；"
                "2020年平均金额较上年增长60%。",
            ),
            differs=DIFFERS,
            cell=f"cell/{ALL}/with",
        ),
        Published(
            source=CLOUD_COVER,
            said=Label(
                en="Shanghai: 32 contracts for 242 million yuan from 2015 to 2021, most of it in "
                "2020 and 2021.",
                zh="上海：2015年至2021年32份合同，共2.42亿元，大部分在2020年和2021年。",
            ),
            differs=DIFFERS,
            cell="cell/310000/sum",
        ),
    ),
    left_out=(
        LeftOut(
            id="other",
            en="notices of purchases that do not buy this technology",
            zh="所属项目未采购该项技术的公告",
            notices="""select id from counted where purchase not in (
                select purchase from wanted where subject = (select technology from given))""",
        ),
        LeftOut(
            id="same-purchase",
            en="notices of such purchases without a sum of that kind that counts",
            zh="属于此类项目，但没有计入的该类金额的公告",
            notices="""select id from counted where id not in (select notice from facts)
                and purchase in (
                select purchase from wanted where subject = (select technology from given))""",
        ),
    ),
)
