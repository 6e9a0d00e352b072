"""The scorer counts as two careful readers would."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "bench/score.py"
SCORE = runpy.run_path(str(SCRIPT))

LABEL: dict[str, Any] = {
    "file": "a.html",
    "notice_type": "award",
    "buyer": "某县（公安局）",
    "budget_cny": "120000.00",
    "published": "2020-01-02 09:00",
    "awards": [
        {"supplier": "甲公司", "amount_cny": "5"},
        {"supplier": "乙公司", "amount_cny": None},
    ],
    "items": None,
    "surveillance_purchase": True,
    "technologies": [{"id": "dna", "relation": "bought"}, {"id": "iris", "relation": "mentioned"}],
    "quantities": [{"what": "cameras", "value": "20"}],
}


def table(notice: dict[str, Any]) -> Any:
    return SCORE["score"]({"a.html": LABEL}, SCORE["by_file"]([{"file": "x/a.html"} | notice]))


def test_a_field_said_in_other_width_punctuation_or_zeros_is_right() -> None:
    found = table({"buyer": "某县公安局", "budget_cny": "120000", "published": "2020-01-02"})
    assert [found[f]["f1"] for f in ("buyer", "budget_cny", "published")] == [1.0, 1.0, 1.0]


def test_what_is_missed_lowers_recall_and_what_is_invented_lowers_precision() -> None:
    found = table({"awards": [{"supplier": "甲公司", "amount_cny": "5"}], "agency": "丙"})
    assert found["winners"] == {
        "stated": 2,
        "precision": 1.0,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3),
    }
    assert found["award_amounts"]["f1"] == 1.0
    assert found["agency"] == {"stated": 0, "precision": 0.0, "recall": None, "f1": 0.0}


def test_bought_and_mentioned_are_told_apart() -> None:
    found = table({"technologies": [{"id": i, "relation": "bought"} for i in ("dna", "iris")]})
    assert found["technologies_bought"]["precision"] == 0.5
    assert found["technologies_any"]["f1"] == 1.0


def test_unlabelled_items_do_not_count_and_further_quantities_are_not_wrong() -> None:
    more = [{"what": "cameras", "value": "20.0"}, {"what": "storage_days", "value": "30"}]
    found = table({"items": [{"name": "电脑", "quantity": "1"}], "quantities": more})
    assert found["items"]["stated"] == 0
    assert found["quantities"]["precision"] == 1.0


def test_a_value_without_its_passage_is_uncited_and_a_missing_notice_is_counted() -> None:
    found = table({"buyer": "某县公安局", "passages": {"agency": {"text": "x"}}})
    assert (found["cited"]["stated"], found["cited"]["f1"]) == (1, 0.0)
    assert SCORE["score"]({"a.html": LABEL}, {})["notices"]["f1"] == 0.0


@pytest.mark.parametrize(
    ("evidence", "quotes", "share"),
    [("虹膜采集仪", [], 1.0), ("生物采集", ["双目虹膜"], 1.0), ("生物", [], 0.0)],
)
def test_a_quotation_overlaps_where_two_characters_in_a_row_are_the_same(
    evidence: str, quotes: list[str], share: float
) -> None:
    label = {"file": "a.html", "technologies": [{"id": "iris", "evidence": "虹膜 终端"}]}
    said = {"id": "iris", "relation": "bought", "evidence": evidence, "quotes": quotes}
    found = SCORE["score"]({"a.html": label}, {"a.html": {"technologies": [said]}})["evidence"]
    assert (found["stated"], found["f1"]) == (1, share)


def test_the_command_fails_below_a_floor_and_names_it(tmp_path: Path) -> None:
    labels = tmp_path / "labels"
    labels.mkdir()
    (labels / "a.json").write_text(json.dumps(LABEL), "utf-8")
    export = tmp_path / "export.jsonl"
    export.write_text(json.dumps({"file": "a.html", "buyer": "别的单位"}), "utf-8")
    command = [sys.executable, str(SCRIPT), str(labels), str(export), "--json"]
    good = subprocess.run([*command, "--floor", "notices=1"], capture_output=True, text=True)
    assert good.returncode == 0
    assert json.loads(good.stdout)["buyer"]["stated"] == 1
    bad = subprocess.run([*command, "--floor", "buyer=0.5"], capture_output=True, text=True)
    assert bad.returncode == 1
    assert "buyer" in bad.stderr


def test_it_counts_as_the_scorer_beside_the_labelled_notices_does(
    shared: Path, tmp_path: Path
) -> None:
    labels = shared / "invented" / "labels"
    half = sorted(labels.glob("*.json"))[::2]
    rows = [json.loads(path.read_text("utf-8")) for path in half]
    for n, row in enumerate(rows):
        row["buyer"] = row["buyer"] if n % 3 else "别的单位"
        row["awards"] = row["awards"][: n % 2]
    export = tmp_path / "export.jsonl"
    export.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    said = [
        subprocess.run(
            [sys.executable, str(script), str(labels), str(export), "--json"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for script in (SCRIPT, shared / "score" / "score.py")
    ]
    ours, theirs = map(json.loads, said)
    assert ours.pop("evidence")["f1"] == 1.0  # ours alone asks whether quotations overlap
    assert ours == theirs
