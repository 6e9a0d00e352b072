"""A question in SQL counts, and does nothing else: no file, no setting, no clock, no end."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tenderlight.apart.asked_sql import NotAsked
from tenderlight.apart.asker_process import answer, open_tables
from tenderlight.apart.asking import AskLimits, ask
from tenderlight.asking import Saved, Written, written_question
from tenderlight.asking.views import VIEWS, views_page
from tenderlight.corpus import Corpus
from tenderlight.figures import Figure, make_figure, open_cell
from tenderlight.model import Refused

PAGE = Path(__file__).parents[2] / "docs" / "views.md"
BY_YEAR = """select t.technology as row, n.year as column, t.notice, t.part, t.start_at, t.end_at
from technologies t join notices n using (notice);  -- a comment"""
SECRET = "an invented secret"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("asked")
    (folder / "secret.csv").write_text(f"word\n{SECRET}\n")
    with duckdb.connect(str(folder / "t.duckdb")) as con:
        con.execute(
            "create table notices as select 'n' || i as notice, i % 9 as year from range(5000) t(i)"
        )
    return {"notices": folder / "t.duckdb"}


def figure_of(corpus: Corpus, sql: str, money: bool = False) -> tuple[Figure, object]:
    line = Saved(decided="", by="", name="own-x", en="X", written=Written(sql=sql, money=money))
    question = written_question(corpus, Written(sql=sql, money=money), line)
    con = corpus.connect()
    return make_figure(con, "own-x", corpus.definitions, own=(question,)), question


HOSTILE = [
    "select 1; select 2",
    "insert into notices values ('x', 1)",
    "delete from notices",
    "update notices set year = 1",
    "create table x as select 1",
    "drop table notices",
    "alter table notices add column x int",
    "copy notices to '{folder}/out.csv'",
    "copy (select 1) to '/tmp/out.csv'",
    "attach '{folder}/other.duckdb' as other",
    "install httpfs",
    "load httpfs",
    "pragma database_list",
    "set memory_limit = '90GB'",
    "set enable_external_access = true",
    "reset lock_configuration",
    "explain select 1",
    "describe notices",
    "summarize notices",
    "show tables",
    "call pragma_version()",
    "checkpoint",
    "export database '{folder}/out'",
    "begin transaction",
    "prepare p as select 1",
    "select word as row, 'n1' as notice from '{folder}/secret.csv'",
    "select word as row, 'n1' as notice from read_csv('{folder}/secret.csv')",
    "select content as row, 'n1' as notice from read_text('{folder}/secret.csv')",
    "select content as row, 'n1' as notice from read_blob('/etc/passwd')",
    "select file as row, 'n1' as notice from glob('/etc/*')",
    "select * from read_parquet('{folder}/*.parquet')",
    "select * from read_json('/etc/passwd')",
    "select * from parquet_metadata('x.parquet')",
    "select * from query('select 1')",
    "select * from query_table('notices')",
    "select * from 'https://example.org/x.csv'",
    "select getenv('HOME') as row, 'n1' as notice",
    "select current_setting('memory_limit') as row, 'n1' as notice",
    "select current_user as row, 'n1' as notice",
    "select current_date as row, 'n1' as notice",
    "select now() as row, 'n1' as notice",
    "select random() as row, 'n1' as notice",
    "select uuid() as row, 'n1' as notice",
    "select setseed(1) as row, 'n1' as notice",
    "select repeat('x', 1000000000) as row, 'n1' as notice",
    "select i as row, 'n1' as notice from range(100000000000) t(i)",
    "select unnest(generate_series(1, 1000000000)) as row, 'n1' as notice",
    "with recursive a as (select 'x' as x union all select x || x from a) "
    "select x as row, 'n1' as notice from a",
    "select name as row, 'n1' as notice from duckdb_settings()",
    "select * from duckdb_tables()",
    "select * from information_schema.tables",
    "select * from pragma_database_list",
    "select * from sqlite_master",
    "select * from t0.notices",
    "select notice as row, notice from notices using sample 10",
    "select columns(*) from nothing",
    "select (select content from read_text('/etc/passwd')) as row, 'n1' as notice",
    "select notice as row, notice from notices where notice in (select file from glob('/*'))",
    "pivot notices on year",
    "values (1, 2)",
    "select 1 as row",
    "select notice as row, notice, 1 as other from notices",
    "select " + "(" * 3000 + "1" + ")" * 3000 + " as row, 'n1' as notice",
    ") select 1",
    "",
    "select notice as row, notice from notices) union all (select 'x', 'y'",
]


def test_what_is_not_one_select_of_what_counts_is_refused(table: dict[str, Path]) -> None:
    folder = table["notices"].parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    con, tables = open_tables([f"notices={table['notices']}"], AskLimits())
    for sql in HOSTILE:
        with pytest.raises((NotAsked, duckdb.Error)) as refused:
            answer(con, sql.replace("{folder}", str(folder)), tables, AskLimits())
        assert SECRET not in str(refused.value), sql
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("sql", ["", HOSTILE[0], HOSTILE[26], HOSTILE[-4]], ids=range(4))
def test_the_process_refuses_in_words(table: dict[str, Path], sql: str) -> None:
    with pytest.raises(Refused, match="cannot be asked"):
        ask(sql.replace("{folder}", str(table["notices"].parent)), table)


def test_even_unchecked_the_process_opens_no_file_and_tells_no_surroundings(
    table: dict[str, Path],
) -> None:
    secret = table["notices"].parent / "secret.csv"
    con, _ = open_tables([f"notices={table['notices']}"], AskLimits())
    for sql in (f"from read_csv('{secret}')", f"from '{secret}'", "from read_text('/etc/passwd')",
                f"attach '{secret}x' as other", "install httpfs", "set threads = 8",
                "delete from notices", f"copy (select 1) to '{secret}'"):  # fmt: skip
        with pytest.raises(duckdb.Error):
            con.execute(sql).fetchall()
    assert secret.read_text().endswith(f"{SECRET}\n")


def test_a_question_without_end_is_ended(table: dict[str, Path]) -> None:
    endless = "select sum(a.year * b.year * c.year) as row, 'n1' as notice from notices a, " \
        "notices b, notices c"  # fmt: skip
    with pytest.raises(Refused, match="more than 1 seconds"):
        ask(endless, table, AskLimits(seconds=1, wall_seconds=20))


def test_a_question_that_takes_too_much_memory_or_gives_too_many_rows_is_ended(
    table: dict[str, Path],
) -> None:
    grown = "'xxxxxxxxxxxxxxxx' as a"
    steps = ["x0 as (select " + grown + ")"]
    steps += [f"x{n} as (select {'||'.join('a' * 8)} as a from x{n - 1})" for n in range(1, 10)]
    with pytest.raises(Refused):
        ask(f"with {', '.join(steps)} select a as row, a as notice from x9", table)
    many = "select a.notice as row, b.notice from notices a, notices b"
    with pytest.raises(Refused, match="rows"):
        ask(many, table, AskLimits(rows=1000))


def test_the_process_that_answers_is_locked_in(table: dict[str, Path]) -> None:
    rows, holds = ask("select year as row, notice from notices where year = 1", table)
    assert len(rows) == 556
    assert rows[0] == ("1", None, "n1", None, None, None, None)
    assert holds.limits


def test_a_question_in_sql_gives_a_figure_that_opens_onto_passages(corpus: Corpus) -> None:
    figure, question = figure_of(corpus, BY_YEAR)
    ours = make_figure(corpus.connect(), "technologies-by-year", corpus.definitions)
    notices = {row.id: row.cells[-5].value for row in ours.rows}
    for row in figure.rows:
        assert sum(cell.value for cell in row.cells[1:]) == notices[row.id]  # type: ignore[misc]
    key = next(cell.key for cell in figure.rows[0].cells[1:] if cell.key)
    proofs = open_cell(corpus.connect(), "own-x", str(key), own=(question,))  # type: ignore[arg-type]
    assert all(proof.text and proof.context for proof in proofs)


def test_a_scope_holds_for_a_question_in_sql_too(corpus: Corpus) -> None:
    _, question = figure_of(corpus, BY_YEAR)
    words = {"since": "2020"}
    figure = make_figure(corpus.connect(), "own-x", None, words, (question,))  # type: ignore[arg-type]
    assert min(int(column.id) for column in figure.columns[1:]) >= 2020


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("select 'x' as row, notice, 'body' as part, 1 as start_at, 2 as end_at from notices",
         "stands in no view"),
        ("select 'x' as row, 'a/b' as column, notice from notices", "No figure has a line"),
        ("select notice || n.title as row, notice from notices n join fields f using (notice)",
         "cannot be asked|No figure has a line|lines or"),
        ("select text as row, notice, 1 as measure, 'x' as text from technologies", "columns"),
    ],
)  # fmt: skip
def test_what_is_no_table_with_passages_is_refused(corpus: Corpus, sql: str, why: str) -> None:
    if "title" in sql:
        sql = sql.replace("select notice || n.title", "select f.text || f.text || f.text")
        sql += " where length(f.text) > 80"
    with pytest.raises(Refused, match=why):
        figure_of(corpus, sql)


def test_the_views_have_the_columns_that_their_page_tells(corpus: Corpus) -> None:
    con = corpus.connect()
    from tenderlight.figures.counted import SHARED

    for view in VIEWS:
        asked = con.execute(f"with {SHARED} {view.select} limit 0").description
        assert [column[0] for column in asked or ()] == list(view.columns)


def test_the_page_of_the_views_is_as_they_are(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        PAGE.write_text(views_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == views_page()
