"""Purchases and organisations at the command line, and what a person decides about them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tenderlight.cli import main
from tenderlight.corpus import build, init_corpus
from tenderlight.sources import add

TENDER = """<title>XN县公安局视频监控扩容项目公开招标公告</title><p>项目编号：{number}</p>
<p>项目名称：XN县公安局视频监控扩容项目</p><p>采购人：{buyer}</p><p>预算金额：{budget}万元</p>
<p>公告日期：2021年3月{day}日</p>"""
AWARD = """<title>XN县公安局视频监控扩容项目中标公告</title><p>项目编号：XN-2021-001</p>
<p>项目名称：XN县公安局视频监控扩容项目</p><p>采购人：XN县公安局</p>
<p>中标供应商：XN视讯科技有限公司</p><p>中标金额：1180000元</p><p>公告日期：2021年4月9日</p>"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    pages = {
        "1": TENDER.format(number="XN-2021-001", budget="120", day="5", buyer="XN县公安局"),
        "2": AWARD,
        "3": TENDER.format(number="XN-2021-777", budget="95", day="8", buyer="XN县公安局"),
    }
    for name, page in pages.items():
        (documents / f"{name}.html").write_text(page, encoding="utf-8")
    root = tmp_path / "corpus"
    init_corpus(root)
    add(root, [documents], lambda: datetime(2026, 1, 1, tzinfo=UTC))
    build(root)
    return root


def run(*words: str) -> int:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.argv", ["tenderlight", *words])
        with pytest.raises(SystemExit) as ended:
            main()
    return int(ended.value.code or 0)


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    code = run(*words, "--json")
    told = capsys.readouterr()
    assert code == 0, told.err
    return json.loads(told.out)


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(*words) == 2
    return capsys.readouterr().err


def listed(capsys: pytest.CaptureFixture[str], root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(capsys, "purchases", str(root))["purchases"]
    return found


def test_notices_of_one_purchase_are_listed_once_with_their_sums_side_by_side(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = next(p for p in listed(capsys, root) if p["notices"] == 2)
    assert (both["state"], both["budget_cny"], both["award_cny"]) == (
        "awarded",
        "1200000.00",
        "1180000.00",
    )
    one = answer(capsys, "purchase", str(root), both["id"])
    assert [step["notice_type"] for step in one["history"]] == ["tender", "award"]
    assert one["held"][0]["same"]
    assert {reason["rule"] for reason in one["held"][0]["reasons"]} >= {"number", "buyer"}
    again = answer(capsys, "purchase", str(root), one["history"][1]["notice"])
    assert again["row"]["id"] == both["id"], "a notice's id leads to its purchase"
    assert run("purchase", str(root), both["id"]) == 0
    assert "1,180,000" in capsys.readouterr().out


def test_a_decision_joins_parts_and_is_taken_back(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = listed(capsys, root)
    joined = next(p for p in before if p["notices"] == 2)
    alone = next(p for p in before if p["notices"] == 1)
    why = ("--because", "same tender, new number", "--by", "LW")
    taken = answer(capsys, "same", str(root), alone["id"], joined["id"], *why)
    build(root)
    assert [p["notices"] for p in listed(capsys, root)] == [3]
    whole = answer(capsys, "purchase", str(root), alone["id"])
    assert [d["because"] for d in whole["decisions"]] == ["same tender, new number"]

    answer(capsys, "undo", str(root), taken["name"], *why)
    build(root)
    assert sorted(p["notices"] for p in listed(capsys, root)) == [1, 2]
    told = answer(capsys, "decisions", str(root))
    assert [each["stands"] for each in told] == [False, False]

    award = answer(capsys, "purchase", str(root), joined["id"])["history"][1]["notice"]
    answer(capsys, "apart", str(root), award, joined["id"], *why)
    build(root)
    assert [p["notices"] for p in listed(capsys, root)] == [1, 1, 1]
    assert run("decisions", str(root)) == 0
    assert "same tender, new number" in capsys.readouterr().out


def test_what_cannot_be_decided_is_refused_with_what_to_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    why = ("--because", "x", "--by", "LW")
    one, other = (p["id"] for p in listed(capsys, root))
    buyer = answer(capsys, "organisations", str(root))["organisations"][0]["id"]
    assert "no purchase, notice" in refusal(capsys, "same", str(root), one, "p0", *why)
    assert "not of one kind" in refusal(capsys, "same", str(root), one, buyer, *why)
    assert "one already" in refusal(capsys, "same", str(root), one, one, *why)
    assert "not joined" in refusal(capsys, "apart", str(root), one, other, *why)
    assert "no decision" in refusal(capsys, "undo", str(root), "12345678", *why)
    assert "no purchase p0" in refusal(capsys, "purchase", str(root), "p0")
    assert "no organisation o0" in refusal(capsys, "organisation", str(root), "o0")
    assert "must be one line" in refusal(
        capsys, "same", str(root), one, other, "--because", " ", "--by", "LW"
    )


def test_organisations_are_listed_with_kind_and_number_of_notices(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answer(capsys, "organisations", str(root), "--name", "公安")
    (buyer,) = told["organisations"]
    assert (buyer["kind"], buyer["bought"], buyer["won"]) == ("public-security", 3, 0)
    one = answer(capsys, "organisation", str(root), buyer["id"])
    assert set(one["names"]) == {"XN县公安局"}
    assert run("organisation", str(root), buyer["id"]) == 0
    assert "buyer in 3" in capsys.readouterr().out
    (supplier,) = answer(capsys, "organisations", str(root), "--name", "视讯")["organisations"]
    assert (supplier["won"], supplier["kind"]) == (1, "company")
