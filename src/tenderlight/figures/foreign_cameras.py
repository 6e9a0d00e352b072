"""Cameras of foreign makers, by maker and buyer.

Method: rows of goods in notices that are cameras by their name (摄像机, 摄像头, 球机, camera and
the like). The maker is the one that the row's brand or model names: whole words, never likeness. A
maker is foreign where its head office is not in the country of the buyers, which is China unless
another is asked for; the table of makers in this repository says where it is. Of each purchase and
kind of notice (announced, awarded, contracted) only the last notice that has such rows counts, so
that corrections and reposts do not add. "Cameras" are the printed quantities of these rows,
"Without a number" rows that print none. "Purchases" counts each purchase once. The first line is
all foreign makers; below each maker stand its buyers. "Of the country" and "Maker not known" are
the rows of cameras that are not foreign or name no known maker: they say how much is not known.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
candidates and acceptances; recorders, software, disks and other goods that are no camera. A brand
that only a sentence of the requirements names, without a row of goods.

Assumptions: a brand in a tender may be an example ("or equal"); "Awarded and contracted" counts the
cameras that were bought. Announced, awarded and contracted rows of one purchase are three views of
it, so cameras are those of its last stage only. A brand may have been sold to a firm of another
country since. "Foreign" speaks of firms, not of where a camera was made.
"""

from tenderlight.fields.makers import makers
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
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key

HOME, UNKNOWN = "home", "unknown"
COUNTRIES = {
    "CN": ("China", "中国"),
    "US": ("United States", "美国"),
    "CA": ("Canada", "加拿大"),
    "SE": ("Sweden", "瑞典"),
    "JP": ("Japan", "日本"),
    "DE": ("Germany", "德国"),
    "CH": ("Switzerland", "瑞士"),
    "KR": ("South Korea", "韩国"),
    "IL": ("Israel", "以色列"),
    "DK": ("Denmark", "丹麦"),
    "KZ": ("Kazakhstan", "哈萨克斯坦"),
    "UZ": ("Uzbekistan", "乌兹别克斯坦"),
    "KG": ("Kyrgyzstan", "吉尔吉斯斯坦"),
    "RO": ("Romania", "罗马尼亚"),
    "HU": ("Hungary", "匈牙利"),
    "GB": ("United Kingdom", "英国"),
}
"""ISO 3166-1: the countries of makers, and buyers' countries that are often asked for."""
CAMERAS = (
    "摄像|攝像|攝影機|球机|球機|枪机|枪球|半球|抓拍机|抓拍单元|camera|kamera|cámara|caméra|камер"
)
"""What a row of goods is called that is a camera."""
NO_CAMERAS = (
    "执法记录|支架|电源|電源|镜头盖|护罩|立杆|硬盘|存储|软件|授权|线缆|网线|安装|调试|服务费|补光灯"
)
"""What belongs to a camera and is none."""
MAKERS = ", ".join(f"('{one.id}', '{one.country}')" for one in makers())

FACTS = f"""
with made as (select * from (values {MAKERS}) m(maker, country)),
rows_of_cameras as (
    select n.id as notice, n.purchase, b.organisation as buyer, i.number as line, i.quantity,
        case when n.notice_type in ('award', 'contract') then 'bought' else 'announced' end
            as stage,
        case when m.country = (select country from given) then '{HOME}'
            when m.country is null then '{UNKNOWN}' else i.maker end as maker,
        n.published, n.nth,
        i.text, concat_ws(' ', i.name, i.brand, i.model, i.quantity::double::varchar, i.unit)
            as context,
        i.part, i.page, i.start_at, i.end_at
    from item i join counted n on n.id = i.notice
    left join made m on m.maker = i.maker
    left join buyer_of b on b.notice = n.id
    where regexp_matches(lower(i.name), '{CAMERAS}')
        and not regexp_matches(i.name, '{NO_CAMERAS}')
        and coalesce(n.notice_type, 'other') not in ('candidates', 'termination', 'acceptance')
),
last_rows as (  -- of each purchase and stage the last notice that has rows of cameras
    select notice, stage from rows_of_cameras
    qualify row_number() over (partition by purchase, stage
        order by (published is null, -nth)) = 1
),
standing as (
    select r.* from rows_of_cameras r semi join last_rows l on l.notice = r.notice
),
lines as (
    select unnest(if(maker in ('{HOME}', '{UNKNOWN}'), [maker],
        ['{ALL}', maker, maker || '@' || coalesce(buyer, '')])) as line_id, *,
        stage = max(stage) over (partition by purchase) as is_last
    from standing
)
select line_id as row_id, stage || '-rows' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from lines
union all
select line_id, 'cameras', notice, quantity, text, context, part, page, start_at, end_at
from lines where is_last and quantity is not null
union all
select line_id, 'without', notice, 1, text, context, part, page, start_at, end_at
from lines where is_last and quantity is null
union all
select * from (
    select line_id, 'purchases', notice, 1, text, context, part, page, start_at, end_at
    from lines qualify row_number() over (partition by line_id, purchase
        order by (nth, line)) = 1
)
union all
select * from (
    select line_id, 'buyers', notice, 1, text, context, part, page, start_at, end_at
    from lines where buyer is not null qualify row_number() over (partition by line_id, buyer
        order by (nth, line)) = 1
)"""  # noqa: S608 - words of our own

COLUMNS = (
    Column(id="maker", en="Maker, buyer", zh="厂商、采购人"),
    Column(id="country", en="Country of the maker", zh="厂商所在国"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
    Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
    Column(id="cameras", en="Cameras", zh="摄像机数", kind="count"),
    Column(id="without", en="Rows without a number", zh="未载明数量的行", kind="count"),
    Column(id="announced-rows", en="Rows announced", zh="公告的行", kind="count"),
    Column(id="bought-rows", en="Rows awarded or contracted", zh="中标或合同的行", kind="count"),
    Column(id="date", en="First", zh="最早", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
)
NUMBERS = ("purchases", "buyers", "cameras", "without", "announced-rows", "bought-rows")
OWN = {
    ALL: Label(en="All foreign makers", zh="全部外国厂商"),
    HOME: Label(en="Makers of the country", zh="本国厂商"),
    UNKNOWN: Label(en="Maker not known", zh="厂商不明"),
}


def _lay_out(sums: Tallies, names: Names) -> Layout:
    known = {one.id: one for one in makers()}
    found = sums.rows("purchases")
    foreign = [line for line in found if "@" not in line and line not in OWN]
    rows = []
    for line in (*(each for each in (ALL,) if each in found), *foreign):
        label = OWN.get(line) or Label(en=known[line].en, zh=known[line].zh)
        country = known[line].country if line in known else ""
        name = Cell(value=label.en, zh=label.zh)
        rows.append(Row(id=line, cells=_cells(sums, line, name, country), total=line == ALL))
        for pair in (each for each in found if each.partition("@")[0] == line and "@" in each):
            cells = _cells(sums, pair, _buyer(pair.partition("@")[2], names), "")
            rows.append(Row(id=pair, cells=cells, under=line))
    for line in (each for each in (HOME, UNKNOWN) if each in found):
        name = Cell(value=OWN[line].en, zh=OWN[line].zh)
        rows.append(Row(id=line, cells=_cells(sums, line, name, "")))
    points = tuple(
        Point(
            x=line,
            en=known[line].en,
            zh=known[line].zh,
            value=sums.total(line, "purchases"),
            key=cell_key(line, "purchases"),
        )
        for line in foreign
    )
    label = Label(en="Purchases", zh="采购项目数")
    series = (Series(id="purchases", en=label.en, zh=label.zh, points=points),) if points else ()
    return Layout(
        columns=COLUMNS, rows=tuple(rows), chart=Chart(kind="bars", series=series, y=label)
    )


def _buyer(id: str, names: Names) -> Cell:
    if not id:
        return Cell(value="buyer not known", zh="采购人不明")
    called = names.called(id)
    return Cell(value=called, organisation=id if called != id else None)


def _cells(sums: Tallies, line: str, name: Cell, country: str) -> tuple[Cell, ...]:
    en, zh = COUNTRIES.get(country, (country, country))
    return (
        name,
        Cell(value=en or None, zh=zh or None),
        *(sums.cell(line, column) for column in NUMBERS),
        *sums.proof(line, "purchases"),
    )


QUESTION = Question(
    name="foreign-cameras",
    en="Cameras of foreign makers, by buyer",
    zh="外国厂商的摄像机及其采购人",
    question="Which buyers buy cameras of makers from other countries, and how many?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    labels="select id, name from organisation",
    parameters=(
        Parameter(
            id="country",
            en="Country of the buyers",
            zh="采购人所在国",
            default="CN",
            choices=tuple(Choice(id=id, en=en, zh=zh) for id, (en, zh) in COUNTRIES.items()),
        ),
    ),
    published=(
        Published(
            source="RFE/RL (2024)",
            said=Label(
                en="Public money of nine countries bought equipment of Dahua and Hikvision.",
                zh="九个国家以公共资金采购大华和海康威视的设备。",
            ),
            differs=Label(
                en="They read tenders and registers of each country; ask for the country of your "
                "corpus to compare.",
                zh="该报道查阅各国招标文件和登记资料；请选择语料所在国进行比较。",
            ),
        ),
    ),
    left_out=(
        LeftOut(
            id="none",
            en="notices without a row of goods that is a camera",
            zh="货物清单中没有摄像机的公告",
            notices=f"""select id from counted where id not in (
                select notice from item where regexp_matches(lower(name), '{CAMERAS}')
                and not regexp_matches(name, '{NO_CAMERAS}'))""",  # noqa: S608
        ),
        LeftOut(
            id="same-purchase",
            en="notices whose cameras do not count: a later notice of the purchase has them",
            zh="摄像机行未计入：由同一项目较晚的公告计入，或不属于所列公告类型",
            notices=f"""select id from counted where id not in (select notice from facts)
                and id in (
                select notice from item where regexp_matches(lower(name), '{CAMERAS}')
                and not regexp_matches(name, '{NO_CAMERAS}'))""",  # noqa: S608
        ),
    ),
)
