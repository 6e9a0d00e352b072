"""What is compiled of a person, by the words of requirements: kinds of facts with their words.

A small vocabulary over what the tables hold of a notice's text: passages of technical requirements,
rules, and the sentences of findings and quantities. It finds a word and not its meaning, so every
hit carries its sentence.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of facts about a person, and the words that name it."""

    id: str
    en: str
    zh: str
    words: str
    """A regular expression of the words, in both scripts where they differ."""


COMPILED = (
    Kind(
        "relatives",
        "Relatives",
        "亲属",
        "亲属|親屬|亲戚|家庭成员|家庭關係|家庭关系|家族关系|直系|父母|子女|户内成员",
    ),
    Kind(
        "social-circle",
        "Social circle",
        "社会关系、交往",
        "社会关系|社會關係|社交圈|交际圈|朋友圈|关系圈|人际关系|交往关系|同住人|同行人|同伙|密切接触人|关系图谱|关系网",
    ),
    Kind("marriage", "Marital status", "婚姻状况", "婚姻|婚恋|婚史|配偶|离异|结婚登记"),
    Kind(
        "vehicles",
        "Vehicles",
        "车辆",
        "车辆|机动车|驾驶证|驾驶人|车驾管|車輛",
    ),
    Kind(
        "shopping",
        "Shopping and parcels",
        "购物、寄递",
        "购物|消费记录|消费信息|消费数据|网购|电商|快递|寄递|外卖",
    ),
    Kind(
        "social-media",
        "Social media",
        "社交媒体",
        "社交媒体|社交账号|社交帐号|社交软件|微信|微博|QQ|抖音|推特|脸书|网络账号|虚拟身份|网络虚拟身份|网上言论",
    ),
    Kind(
        "phone",
        "Telephone and contacts",
        "电话、通讯录",
        "手机号|电话号码|通话记录|话单|通讯录|短信记录|IMSI|IMEI|MAC地址",
    ),
    Kind(
        "travel",
        "Travel and lodging",
        "出行、住宿",
        "住宿|旅馆|旅店|旅业|酒店入住|民航|铁路|乘机|火车票|购票|客运|出入境|网吧",
    ),
    Kind(
        "money",
        "Money",
        "资金",
        "银行卡|银行账户|资金往来|资金交易|资金流水|交易流水|支付记录|贷款记录|资产信息",
    ),
    Kind(
        "health",
        "Health",
        "健康",
        "病史|就诊|就医|住院记录|精神障碍|肇事肇祸|用药|孕检|健康状况|艾滋",
    ),
    Kind("belief", "Belief", "宗教信仰", "宗教信仰|信教|礼拜|朝觐|宗教活动|教派"),
    Kind("ethnicity", "Ethnicity", "民族", "民族属性|民族成份|民族成分|族裔|少数民族|维吾尔|藏族"),
    Kind(
        "work",
        "Work and school",
        "工作、学习",
        "工作单位|从业|职业信息|社保|学籍|学历|就读|劳动关系",
    ),
    Kind(
        "home",
        "Home, rent, electricity and water",
        "居住、租房、用电用水",
        "居住地|住址|居住信息|租房|房屋租赁|出租房|房产|用电|用水|水电气",
    ),
)
OF_PEOPLE = (
    "档案|檔案|信息|資訊|数据|數據|关系|關係|记录|記錄|画像|标签|轨迹|汇聚|归集|采集|整合|关联|"
    "图谱|一人一档|社交|账号"
)
"""One of these must stand in the same sentence: it is about what is kept of people."""

SENTENCE = "[^。；;！!？?\\n]*[。；;！!？?\\n]?"
WORDS = "\n    union all\n".join(
    f"    select '{kind.id}' as id, sentence, regexp_extract(sentence, '{kind.words}') as word\n"  # noqa: S608
    f"    from spoken where regexp_matches(sentence, '{kind.words}')"
    for kind in COMPILED
)
"""Each kind asks by itself: an expression that stands in the query is compiled once, one that
comes out of a table for every row."""

COMPILING = f"""
texts as (  -- what the tables hold of the text, each with the place of its first character
    select notice, text, part, if(length(text) < 400, page, null) as page, start_at from section
    union all
    select notice, text, part, page, start_at from condition
    union all
    select notice, context, part, page, start_at - strpos(context, text) + 1 from (
        select notice, text, context, part, page, start_at from finding
        union all
        select notice, text, context, part, page, start_at from quantity
    ) where part <> 'manifest' and contains(context, text)
        and not contains(substr(context, strpos(context, text) + 1), text)
),
asked_texts as (select distinct t.* from texts t semi join asked on asked.notice = t.notice),
pieces as (
    select *, unnest(range(len(pieces))) as position, unnest(pieces) as sentence from (
        select row_number() over () as whole, notice, part, page, start_at,
            regexp_extract_all(text, '{SENTENCE}') as pieces from asked_texts)
),
sentences as (
    select * from (
        select notice, part, page, sentence, start_at + coalesce(sum(length(sentence)) over (
            partition by whole order by position
            rows between unbounded preceding and 1 preceding), 0)::integer as start_at
        from pieces
    ) where regexp_matches(sentence, '{OF_PEOPLE}')
),
spoken as (select distinct sentence from sentences),  -- what many notices print is read once
worded as (
{WORDS}
),
compiling as (
    select w.id, s.notice, s.part, s.page, trim(s.sentence) as context, w.word as text,
        s.start_at + strpos(s.sentence, w.word) - 1 as start_at
    from sentences s join worded w on w.sentence = s.sentence
    qualify row_number() over (partition by w.id, s.notice
        order by (s.start_at, trim(s.sentence))) = 1
)"""  # noqa: S608 - words of our own
"""Named queries: `compiling` has for each kind and each notice of `asked` its first passage."""
