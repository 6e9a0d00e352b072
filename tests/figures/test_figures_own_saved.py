"""Own figures are decisions: saved, changed, retired, merged, and never lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderlight.asking import (
    Built,
    Saved,
    Written,
    merge_saved,
    questions_of,
    read_saved,
    retire_figure,
    save_figure,
    standing,
)
from tenderlight.corpus import Corpus
from tenderlight.figures import figures, find_question, make_figure
from tenderlight.model import Refused

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def line(name: str, at: int = 1, **more: object) -> Saved:
    told = {"decided": f"2026-01-0{at}T00:00:00Z", "by": "LW", "en": "Iris", **more}
    if not told.keys() & {"written", "built"}:
        told["built"] = Built(ids=("iris",))
    return Saved(name=name, **told)  # type: ignore[arg-type]


def names(folder: Path) -> list[str]:
    return [one.name for one in standing(read_saved(folder))]


def test_of_two_lines_about_one_name_the_later_counts_and_both_stay(tmp_path: Path) -> None:
    save_figure(tmp_path, line("iris", 2, en="Newer"))
    save_figure(tmp_path, line("iris", 1, en="Older"))
    (kept,) = standing(read_saved(tmp_path))
    assert kept.en == "Newer"
    assert len(read_saved(tmp_path)) == 2


def test_a_retired_figure_is_not_listed_and_can_be_saved_again(tmp_path: Path) -> None:
    save_figure(tmp_path, line("iris"))
    retire_figure(tmp_path, "iris", "LW", "counted twice", NOW)
    assert names(tmp_path) == []
    assert [one.verdict for one in read_saved(tmp_path)] == ["saved", "retired"]
    with pytest.raises(Refused, match="No figure"):
        retire_figure(tmp_path, "iris", "LW", "again", NOW)
    save_figure(tmp_path, line("iris", decided="2026-05-01T00:00:00Z"))
    assert names(tmp_path) == ["own-iris"]


def test_two_folders_merge_to_the_same_in_either_order(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    save_figure(one, line("iris", 1))
    save_figure(one, line("dna", 1))
    save_figure(other, line("iris", 3, en="Later"))
    retire_figure(other, "iris", "QS", "wrong", NOW)
    assert merge_saved(one, other) == 2
    assert merge_saved(one, other) == 0
    assert merge_saved(other, one) == 2
    assert standing(read_saved(one)) == standing(read_saved(other))
    assert names(one) == ["own-dna"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "../../etc/passwd"},
        {"name": "Iris"},
        {"name": "x" * 80},
        {"en": ""},
        {"en": "two\nlines"},
        {"by": ""},
        {"written": Written(sql="select 1"), "built": Built()},
        {"built": None},
        {"written": Written(sql="x" * 20_001)},
        {"built": Built(ids=("'); drop table notice; --",))},
        {"built": Built(within={"since": "'"})},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_what_is_no_figure_is_not_saved(tmp_path: Path, wrong: dict[str, object]) -> None:
    name = str(wrong.pop("name", "iris"))
    with pytest.raises(Refused):
        save_figure(tmp_path, line(name, **wrong))
    assert not (tmp_path / "figures.jsonl").exists()


def test_lines_of_a_stranger_that_can_be_no_figure_are_passed_over(tmp_path: Path) -> None:
    save_figure(tmp_path, line("iris"))
    with (tmp_path / "figures.jsonl").open("a") as file:
        file.write('{"decided":"2027","by":"x","name":"money","en":"x","built":{}}\n')
        file.write('{"decided":"2027","by":"x","name":"own-x","en":"x","built":{"rows":"y"}}\n')
        file.write('{"decided":"2027","by":"x","name":"own-y","en":"x"')
        file.write('\n{"decided":"2027","by":"x","name":"own-z","en":"x",'
                   '"built":{"about":"site","ids":["a\' or 1=1 --"]}}\n')  # fmt: skip
    assert names(tmp_path) == ["own-iris"]


def test_an_own_figure_stands_beside_ours_and_is_found_by_its_name(corpus: Corpus) -> None:
    decisions = corpus.folder.decisions
    save_figure(decisions, line("iris"))
    try:
        own = questions_of(corpus)
        assert "own-iris" in [card.name for card in figures(own)]
        assert find_question("own-iris", own).en == "Iris"
        figure = make_figure(corpus.connect(), "own-iris", corpus.definitions, own=own)
        assert figure.rows
        with pytest.raises(Refused, match="no figure"):
            find_question("own-iris")
    finally:
        retire_figure(decisions, "iris", "LW", "a test", NOW)
    assert questions_of(corpus) == ()
