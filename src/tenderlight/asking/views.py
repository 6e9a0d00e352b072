"""The documented views: what a question in SQL may ask. `docs/views.md` is written from here.

Each is worked out of the tables and the named queries that our own figures use, so that a document
that could not be read, or has the same bytes as another, is in none of them, and a claim that a
person rejected neither. All text is masked.
"""

from __future__ import annotations

import msgspec

PASSAGE = {
    "part": "where the passage stands: `body`, or which attachment",
    "start_at": "its first character there",
    "end_at": "the character after its last",
    "text": "the passage as printed, masked",
}


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One view: its columns with what they mean, and the query that fills it."""

    name: str
    what: str
    columns: dict[str, str]
    query: str

    @property
    def select(self) -> str:
        """The query with exactly the documented columns."""
        names = ", ".join(self.columns)
        return f"select {names} from ({self.query})"  # noqa: S608 - columns of our own


NOTICE = {"notice": "the notice's id"}
VIEWS: tuple[View, ...] = (
    View(
        name="notices",
        what="Every notice that counts: read, and the first with these bytes.",
        columns={
            **NOTICE,
            "title": "as printed",
            "notice_type": "tender, award, contract, … (docs/fields)",
            "procedure": "how it is bought",
            "project_name": "",
            "project_number": "",
            "buyer": "the buyer's name as printed",
            "buyer_id": "the organisation that it is, see `organisations`",
            "published": "the day, or the moment, as printed",
            "year": "of publication",
            "province_code": "GB/T 2260",
            "county_code": "GB/T 2260, as exact as the notice is",
            "surveillance": "whether it buys the means to watch people",
            "purchase": "the purchase that it belongs to; notices not yet joined have one each",
            "repost_of": "the notice that this one repeats",
            "source": "the portal or folder",
            "characters": "of its text",
        },
        query="""select n.*, n.id as notice, b.organisation as buyer_id, n.copy_of as repost_of,
            n.chars as characters from counted n left join buyer_of b on b.notice = n.id""",
    ),
    View(
        name="technologies",
        what="Each technology that a notice buys, with the passage that says so.",
        columns={
            **NOTICE,
            "technology": "its id",
            "confirmed": "whether a person confirmed it",
            **PASSAGE,
        },
        query="select *, id as technology from named",
    ),
    View(
        name="mentions",
        what="Technologies that a notice names and does not buy.",
        columns={
            **NOTICE,
            "technology": "its id",
            "why": "mentioned, excluded, or rejected by a person",
            **PASSAGE,
        },
        query="select *, id as technology from aside",
    ),
    View(
        name="findings",
        what="Targets, sites and purposes that a notice names, passage by passage.",
        columns={
            **NOTICE,
            "kind": "target, site or purpose",
            "id": "of its definition",
            **PASSAGE,
        },
        query="""select f.* from finding f join counted n on n.id = f.notice
            where f.kind in ('target', 'site', 'purpose') and (f.notice, f.kind, f.id) not in (
                select (notice, kind, id) from verdict where truth = false)""",
    ),
    View(
        name="quantities",
        what="Quantities that a notice states: cameras, faces, samples, days.",
        columns={
            **NOTICE,
            "quantity": "the id of its definition",
            "value": "as understood: 2万 is 20000",
            "unit": "",
            **PASSAGE,
        },
        query="select q.*, what as quantity from quantity q join counted n on n.id = q.notice",
    ),
    View(
        name="rules",
        what="Alert rules as written.",
        columns={**NOTICE, "rule": "the id of its definition", **PASSAGE},
        query="select c.*, c.id as rule from condition c join counted n on n.id = c.notice",
    ),
    View(
        name="mismatches",
        what="Stated quantities that do not agree with each other.",
        columns={
            **NOTICE,
            "check_id": "the check",
            "stated": "the number stated",
            "expected": "what the others make of it",
            **PASSAGE,
        },
        query="select m.* from mismatch m join counted n on n.id = m.notice",
    ),
    View(
        name="items",
        what="Rows of goods.",
        columns={
            **NOTICE,
            "number": "in the notice",
            "name": "",
            "brand": "",
            "model": "",
            "quantity": "",
            "unit": "",
            "unit_price_cny": "yuan",
            "total_cny": "yuan",
            "origin": "",
            "maker": "",
            **PASSAGE,
        },
        query="select i.* from item i join counted n on n.id = i.notice",
    ),
    View(
        name="awards",
        what="Winners, lot by lot. For sums that count once use `sums`.",
        columns={
            **NOTICE,
            "number": "in the notice",
            "lot": "",
            "supplier": "as printed",
            "amount_cny": "yuan; null: not certain",
            "why": "why it is no certain sum",
            "rank": "of candidates",
            **PASSAGE,
        },
        query="select a.* from award a join counted n on n.id = a.notice",
    ),
    View(
        name="sums",
        what="Sums in yuan that count, each once (docs/purchases.md). "
        "Never add a budget to an award.",
        columns={
            **NOTICE,
            "purchase": "",
            "field": "budget, ceiling, award or contract",
            "number": "of the award or lot; -1: of the whole notice",
            "amount_cny": "yuan",
            **PASSAGE,
        },
        query="""select c.notice, n.purchase, c.field, c.number, c.amount_cny,
                coalesce(a.part, l.part, p.part) as part,
                coalesce(a.start_at, l.start_at, p.start_at) as start_at,
                coalesce(a.end_at, l.end_at, p.end_at) as end_at,
                coalesce(a.text, l.text, p.text) as text
            from counted_sum c join counted n on n.id = c.notice
            left join award a on a.notice = n.id and a.number = c.number
                and c.field in ('award', 'contract')
            left join lot l on l.notice = n.id and l.number = c.number
                and c.field in ('budget', 'ceiling')
            left join cited p on p.notice = n.id and p.field = c.field || '_cny'
                and c.number = -1
            where c.counts and c.currency = 'CNY' and c.amount_cny > 0""",
    ),
    View(
        name="purchases",
        what="Purchases, told of their notices.",
        columns={
            "purchase": "its id, as in `notices`",
            "first": "the day of its first notice",
            "last": "of its last",
            "state": "how far it came",
            "rounds": "1, or more where it was tendered again",
            "notices": "without reposts",
        },
        query="select *, id as purchase from purchase",
    ),
    View(
        name="parties",
        what="Organisations that a notice names.",
        columns={
            **NOTICE,
            "role": "buyer, agency, supplier or proposed",
            "number": "of the award",
            "name": "as printed",
            "organisation": "which it is, see `organisations`",
            "kind": "docs/organisations.md",
            "within": "the kinds that this one lies within",
            "level": "national, province, prefecture, county or township",
            **PASSAGE,
        },
        query="""select p.*, coalesce(s.organisation, p.name) as organisation from party p
            join counted n on n.id = p.notice left join spelling s on s.node = p.node""",
    ),
    View(
        name="organisations",
        what="What different spellings of a name come to.",
        columns={
            "organisation": "its id",
            "name": "",
            "name_en": "official, where one is known",
            "kind": "",
            "level": "",
            "province_code": "",
            "county_code": "",
        },
        query="select *, id as organisation from organisation",
    ),
    View(
        name="places",
        what="Rows of lists that say where equipment is to stand.",
        columns={
            **NOTICE,
            "number": "of the row",
            "site": "the id of a site; null: another",
            "devices": "",
            "county_code": "where the row names it",
            "has_coordinates": "",
            **PASSAGE,
        },
        query="select d.*, category as site from deployment d join counted n on n.id = d.notice",
    ),
    View(
        name="watched",
        what="What became of a notice at its portal.",
        columns={**NOTICE, "verdict": "removed, changed, moved, …", "since": "", "last": ""},
        query="select w.* from watched w join counted n on n.id = w.notice",
    ),
    View(
        name="fields",
        what="Where a field of a notice is printed.",
        columns={**NOTICE, "field": "title, buyer, budget_cny, …", **PASSAGE},
        query="select c.* from cited c join counted n on n.id = c.notice",
    ),
)
NAMES = frozenset(view.name for view in VIEWS)

KNOWN = """
select notice, part, start_at, end_at, text, context, page from finding union all
select notice, part, start_at, end_at, text, context, page from quantity union all
select notice, part, start_at, end_at, text, context, page from mismatch union all
select notice, part, start_at, end_at, text, null, page from condition union all
select notice, part, start_at, end_at, text, null, page from item union all
select notice, part, start_at, end_at, text, null, page from award union all
select notice, part, start_at, end_at, text, null, page from lot union all
select notice, part, start_at, end_at, text, null, page from party union all
select notice, part, start_at, end_at, text, null, page from deployment union all
select notice, part, start_at, end_at, text, null, page from passage union all
select notice, part, start_at, end_at, text, context, null from verdict where truth"""
"""Every passage that a figure may quote. What a question gives is looked up here: so no passage is
printed that does not stand in a notice."""


def views_page() -> str:
    """The page of documentation of all views."""
    parts = [HEAD]
    for view in VIEWS:
        lines = "\n".join(
            f"| `{name}` | {meaning or name.replace('_', ' ')} |"
            for name, meaning in view.columns.items()
        )
        parts.append(f"## {view.name}\n\n{view.what}\n\n| column | meaning |\n|---|---|\n{lines}")
    return "\n\n".join(parts) + "\n"


HEAD = """# Views for questions in SQL

<!-- written from src/tenderlight/asking/views.py: change it there -->

A figure of your own may be written in SQL (docs/own-figures.md). It asks these views and nothing
else. All hold only notices that count (read, the first with these bytes), technologies, targets,
sites and purposes without those that a person rejected, and only masked text. Money is DECIMAL."""
