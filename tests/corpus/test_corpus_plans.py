"""Plans over a built corpus: drawn, answered, measured, stated on the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tenderlight.cli import app
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.reviewing.error import measured_error
from tenderlight.corpus.reviewing.plans import PLANS, draw_plan, load_plans, save_plan
from tenderlight.figures import make_figure
from tenderlight.model import Refused
from tenderlight.review.plans import Plan
from tenderlight.sources import add

NOW = datetime(2026, 1, 2, tzinfo=UTC)
WRONG = {3, 8}
"""Invented notices that name the thing as bought, and of which our reviewers say no."""


def page(number: int, says: str) -> bytes:
    title = f"东湖县公安局设备采购项目{number}公开招标公告"
    return (
        f"<title>{title}</title><h2>{title}</h2><p>一、项目基本情况</p>"
        f"<p>项目编号：XN2021-{number:03}</p><p>采购人：东湖县公安局</p>"
        f"<p>采购需求：{says}</p><p>2021年0{number % 9 + 1}月05日</p>"
    ).encode()


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    saved = tmp_path / "saved"
    saved.mkdir()
    for number in range(12):
        (saved / f"a{number:02}.html").write_bytes(page(number, "采购虹膜采集仪20台。"))
    for number in range(12, 30):
        (saved / f"b{number}.html").write_bytes(page(number, "采购办公桌椅20套。"))
    folder = init_corpus(tmp_path / "corpus")
    add(folder.root, [saved], now=lambda: NOW)
    build(folder.root, jobs=1)
    return Corpus.open(folder.root)


def make(corpus: Corpus, kind: str, **other: object) -> Plan:
    asked = {"size": 12, "by": "A. B.", "made": NOW, "method": corpus.state().method}
    plan = draw_plan(corpus.connect(), kind, ["iris"], **{**asked, **other})  # type: ignore[arg-type]
    save_plan(corpus.folder.decisions, plan)
    return plan


def truth_of(corpus: Corpus, notice: str) -> bool:
    """What our invented reviewers hold for true: the number in the notice's name says it."""
    rows = corpus.connect().execute("select file from notice where id = ?", [notice]).fetchall()
    name = Path(rows[0][0]).stem
    return name == "b20" or (name.startswith("a") and int(name[1:]) not in WRONG)


def answer(corpus: Corpus, plan: Plan, by: str, count: int = 10_000) -> int:
    """Answer the cases of a plan, in its order; gives how many were asked."""
    done = 0
    while done < count and (asked := corpus.review.queue(by, plan=plan.id)):
        case = asked[0].case
        says = "yes" if truth_of(corpus, case.notice) else "no"
        corpus.review.answer(
            case.id, says, by=by, now=lambda: NOW, plan=plan.id, notice=case.notice, subject="iris"
        )
        done += 1
    return done


def test_a_corpus_is_measured_from_plan_to_figure(corpus: Corpus) -> None:
    found, rest = make(corpus, "precision"), make(corpus, "recall", size=18)
    assert len(found.cases) == 12
    assert len(rest.cases) == 18
    assert measured_error(corpus.connect())["iris"].state == "not-measured"
    assert answer(corpus, found, "LW") == 12
    assert answer(corpus, rest, "LW") == 18
    told = measured_error(corpus.connect())["iris"]
    assert told.state == "measured"
    assert told.precision is not None
    assert told.precision.value == pytest.approx(10 / 12)
    assert told.corrected is not None
    assert (told.corrected.low, told.corrected.value, told.corrected.high) == pytest.approx(
        (11, 11, 11)
    )
    figure = make_figure(corpus.connect(), "technologies-by-year")
    columns = [column.id for column in figure.columns]
    row = next(row for row in figure.rows if row.id == "iris")
    assert row.cells[columns.index("notices")].value == 11  # two taken out, one added
    assert row.cells[columns.index("rejected")].value == 2
    assert row.cells[columns.index("corrected")].value == "11 (11-11)"


def test_half_a_plan_measures_half_and_says_so(corpus: Corpus) -> None:
    plan = make(corpus, "precision")
    answer(corpus, plan, "LW", 6)
    told = measured_error(corpus.connect())["iris"]
    assert told.precise_by is not None
    assert (told.precise_by.state, told.precise_by.looked, told.precise_by.planned) == (
        "begun",
        6,
        12,
    )
    assert told.precision is not None
    assert told.precision.high - told.precision.low > 0.1
    assert told.corrected is None


def test_the_same_seed_draws_the_same_again(corpus: Corpus) -> None:
    one, two = (make(corpus, "precision", size=5, seed="s") for _ in range(2))
    assert one == two
    assert load_plans(corpus.folder.decisions) == (one,)
    assert make(corpus, "precision", size=5, seed="t").cases != one.cases


def test_a_recall_plan_draws_only_from_what_was_not_found(corpus: Corpus) -> None:
    plan = make(corpus, "recall", size=100)
    claimed = {
        notice
        for (notice,) in corpus.connect()
        .execute("select notice from claim where id = 'iris' and relation = 'bought'")
        .fetchall()
    }
    drawn = {each.notice for _, each in plan.cases}
    assert len(claimed) == 12
    assert len(drawn) == 18
    assert not drawn & claimed


def test_a_plan_of_a_stranger_that_does_not_fit_is_passed_over(corpus: Corpus) -> None:
    plan = make(corpus, "precision")
    path = corpus.folder.decisions / PLANS
    forged = msgspec.structs.replace(plan, seed="mine")
    path.write_bytes(
        b"{}\n[1]\nnot json\n" + msgspec.json.encode(forged) + b"\n" + path.read_bytes()
    )
    assert load_plans(corpus.folder.decisions) == (plan,)


def test_a_technology_that_nobody_claims_has_no_precision(corpus: Corpus) -> None:
    with pytest.raises(Refused, match="No notice is found to buy dna"):
        draw_plan(
            corpus.connect(), "precision", ["dna"], size=3, by="A", made=NOW, method="", seed="s"
        )


def test_after_a_rebuild_under_another_method_the_measure_is_called_older(corpus: Corpus) -> None:
    plan = make(corpus, "precision")
    answer(corpus, plan, "LW")
    own = corpus.folder.root / "definitions" / "technology"
    own.mkdir(parents=True)
    (own / "desk.toml").write_text(
        'id = "desk"\nkind = "technology"\nen = "Desks"\nzh = "办公桌"\n'
        'meaning_en = "Desks."\nmeaning_zh = "办公桌。"\nwords = ["办公桌椅"]\n',
        encoding="utf-8",
    )
    build(corpus.folder.root, jobs=1)
    told = measured_error(Corpus.open(corpus.folder.root).connect())["iris"]
    assert told.precise_by is not None
    assert told.precise_by.state == "older"
    assert told.precise_by.looked == 12  # the answers followed their passages


def test_the_commands_make_list_and_state(corpus: Corpus) -> None:
    run = CliRunner().invoke
    root = str(corpus.folder.root)
    assert "No plans yet" in run(app, ["plan", root]).output
    words = ["plan", root, "--kind", "precision", "--by", "LW", "--size", "4", "--json"]
    made = json.loads(run(app, words).stdout)
    assert (made["cases"], made["answered"], made["technologies"]) == (4, 0, ["iris"])
    answer(corpus, corpus.review.plan(made["id"]), "LW")
    (listed,) = json.loads(run(app, ["plan", root, "--json"]).stdout)
    assert (listed["id"], listed["answered"]) == (made["id"], 4)
    shown = run(app, ["error", root])
    assert "iris" in shown.output
    assert "4 of 4" in shown.output
    (told,) = json.loads(run(app, ["error", root, "--technology", "iris", "--json"]).stdout)
    assert told["state"] == "not-measured"  # nobody asked what was missed
    assert told["precision"]["low"] < told["precision"]["high"]


def test_a_plan_needs_a_name_and_a_known_technology(corpus: Corpus) -> None:
    root = str(corpus.folder.root)
    words = ["plan", root, "--kind", "recall"]
    assert "Nobody is named" in str(CliRunner().invoke(app, words).exception)
    unknown = CliRunner().invoke(app, [*words, "--by", "LW", "--technology", "irs"])
    assert "There is no technology 'irs'" in str(unknown.exception)


def test_by_score_the_second_readers_bands_are_told_apart(corpus: Corpus) -> None:
    con = corpus.connect()
    con.execute("drop view if exists second_score")
    con.execute(
        "create view second_score as select id as notice, 'iris' as id, "
        "case when file like '%b2%' then 0.7 end as score from notice"
    )
    heard: list[tuple[int, int]] = []
    plan = draw_plan(
        con,
        "recall",
        ["iris"],
        size=9,
        by="A",
        made=NOW,
        method="",
        by_score=True,
        progress=lambda done, total: heard.append((done, total)),
    )
    assert {each.band: each.size for each in plan.strata} == {"likely": 10, "rest": 8}
    assert heard == [(1, 1)]
