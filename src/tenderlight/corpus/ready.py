"""One file with every table and what figures begin with, so that a million notices do not wait.

`derived/ready-KEY.duckdb` holds the rows of the Parquet parts and the named queries that rest on
evidence and joins alone, not on what people answered. A build writes it where there are many
notices; readers open it read-only. Where it is missing everything is read from the parts: slower,
and the same rows.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb
import msgspec

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joining.write import joined_tables
from tenderlight.corpus.schemas import JOINED_SCHEMAS, SCHEMAS
from tenderlight.corpus.state import State
from tenderlight.corpus.tables import view_of

MANY = 20_000
"""Documents from which on it pays; with fewer every figure takes less than a second without."""
MEMORY = "2GB"
"""For making it; what does not fit is put on disk."""

NAMED: Mapping[str, str] = MappingProxyType(
    {
        # every document with its purchase (by itself where it was not joined yet), its place in
        # time, and what every figure says of the corpus
        "marked": """
    select n.*, n.number as place, coalesce(n.year::varchar, 'undated') as in_year,
        coalesce(m.purchase, '#' || n.id) as purchase, m.copy_of,
        row_number() over (order by n.published nulls last, n.batch, n.number, n.id) as nth,
        n.readable and row_number() over (
            partition by n.readable, n.sha256 order by n.batch, n.number, n.id) = 1 as is_first,
        n.id in (select notice from problem where unread and notice is not null) as is_partly,
        n.id in (select notice from part where capture is not null and problem is null
            and notice is not null) as is_attached,
        n.id in (select notice from part where problem is not null and notice is not null union
            select notice from attachment where status is distinct from 200
            and notice is not null) as is_unopened,
        n.id in (select notice from problem where code = 'fields.doubtful'
            and notice is not null) as is_doubtful,
        n.id in (select notice from counted_sum where notice is not null
            and (why_not = 'unsettled' or (counts and amount_cny is null))) as is_unsure
    from notice n left join member m on m.notice = n.id
    order by n.batch, n.number""",
        # for each technology and notice that a rule says buys it: the first passage
        "claimed": """
    select f.* from finding f where f.kind = 'technology' and f.relation = 'bought'
    qualify row_number() over (partition by f.notice, f.id order by f.number) = 1""",
        # where a field of a notice is printed
        "cited": """
    select * from passage
    qualify row_number() over (partition by notice, field order by start_at, end_at) = 1""",
        # where a sum that is not certain is printed
        "doubted": """
    select * from unsettled
    qualify row_number() over (partition by notice, field order by number) = 1""",
        # the organisation that a notice's buyer is, of several the first, else its name as printed
        "buyer_of": """
    select n.id as notice, coalesce(arg_min(o.organisation,
        (coalesce(p.number, 0), coalesce(p.member, 0), p.start_at, p.node)), any_value(n.buyer))
        as organisation
    from notice n left join party p on p.notice = n.id and p.role = 'buyer'
    left join spelling o on o.node = p.node
    where n.readable and n.buyer is not null group by n.id""",
        # sums of purchases: those that count, and those not certain, with where they are printed
        "printed_sum": """
    select c.field, c.notice, c.number as line, a.supplier,
        case when c.counts and c.currency = 'CNY' then nullif(c.amount_cny, 0) end as amount_cny,
        coalesce(a.text, l.text, p.text, u.text) as text,
        coalesce(nullif(concat_ws(' ', a.lot, a.supplier, a.amount_printed), ''),
            nullif(concat_ws(' ', l.name, l.title), ''), p.text, u.text) as context,
        coalesce(a.part, l.part, p.part, u.part) as part,
        coalesce(a.page, l.page, p.page, u.page) as page,
        coalesce(a.start_at, l.start_at, p.start_at, u.start_at) as start_at,
        coalesce(a.end_at, l.end_at, p.end_at, u.end_at) as end_at
    from counted_sum c
    left join award a on a.notice = c.notice and a.number = c.number
        and c.field in ('award', 'contract')
    left join lot l on l.notice = c.notice and l.number = c.number
        and c.field in ('budget', 'ceiling')
    left join cited p on p.notice = c.notice and p.field = c.field || '_cny' and c.number = -1
    left join doubted u on u.notice = c.notice and u.field = c.field and c.number = -1
    where c.counts or c.why_not = 'unsettled'""",
    }
)
"""The named queries that figures begin with and no answer of a person changes, in an order in
which each reads only those before it. `figures/counted.py` says what becomes of them."""


def ready_path(folder: Folder, state: State) -> Path:
    """Where the file of this state lies, if it is there."""
    keys = {number: batch.key for number, batch in state.batches.items()}
    told = msgspec.json.encode((sorted(keys.items()), sorted(state.joined.items()), dict(NAMED)))
    return folder.derived / f"ready-{hashlib.sha256(told).hexdigest()[:16]}.duckdb"


def update_ready(folder: Folder, state: State, *, many: int = MANY) -> None:
    """Make the file of this state, whole or not at all, and delete those of others.

    Nothing is made of fewer than `many` documents. The caller holds the lock of the build.
    """
    path = ready_path(folder, state)
    wanted = sum(batch.captures for batch in state.batches.values()) >= many
    for old in folder.derived.glob("ready-*"):
        if old.is_dir():  # what a build that was killed put aside
            shutil.rmtree(old, ignore_errors=True)
        elif old != path or not wanted:
            old.unlink(missing_ok=True)
    if wanted and not path.exists():
        new = path.with_suffix(".new")
        _make(folder, state, new)
        new.replace(path)


def ready_views(path: Path) -> Iterator[str]:
    """SQL that makes a view of each table of the file; the connection it is run on keeps it open.

    They have the names of the tables, and of `NAMED`.
    """
    yield f"attach '{_quoted(path)}' as ready (read_only)"
    for name in (*SCHEMAS, *JOINED_SCHEMAS, *NAMED):
        yield f"create view {name} as from ready.{name}"


def part_views(folder: Folder, state: State) -> Iterator[str]:
    """SQL that makes a view of each table over its Parquet parts."""
    done = sorted((batch, one.key) for batch, one in state.batches.items())
    for name, columns in SCHEMAS.items():
        yield view_of(name, [folder.table(name, batch, key) for batch, key in done], columns)
    for name, parts in joined_tables(folder, state.joined).items():
        yield view_of(name, parts, JOINED_SCHEMAS[name])


def named_in(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Those of `NAMED` that a connection has as views: they need not be worked out."""
    found = con.execute("select view_name from duckdb_views() where not internal").fetchall()
    return frozenset(name for (name,) in found if name in NAMED)


def with_named(names: Iterable[str]) -> str:
    """These of `NAMED` as common table expressions, without `with`; empty where none is named."""
    kept = set(names)
    return ",".join(f"\n{name} as ({sql}\n)" for name, sql in NAMED.items() if name in kept)


def _make(folder: Folder, state: State, path: Path) -> None:
    path.unlink(missing_ok=True)
    with duckdb.connect(config={"memory_limit": MEMORY}) as con:
        con.execute(f"set temp_directory = '{_quoted(path)}.tmp'")
        con.execute(f"attach '{_quoted(path)}' as ready")
        for view in part_views(folder, state):
            con.execute(view)
        for name in (*SCHEMAS, *JOINED_SCHEMAS):
            con.execute(f"create table ready.{name} as from {name}")
            con.execute(f"create or replace view {name} as from ready.{name}")
        for name, sql in NAMED.items():
            con.execute(f"create table ready.{name} as {sql}")
            con.execute(f"create view {name} as from ready.{name}")
        con.execute("detach ready")


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("'", "''")
