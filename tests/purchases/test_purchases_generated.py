"""Generated purchases and the invented notices: what belongs together is joined, nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import bench
from bench.purchases.made import make_world
from bench.purchases.measured import measure
from bench.purchases.section import invented
from tenderlight.model import Block, Fields, Reading
from tenderlight.purchases import find_sign
from tenderlight.purchases.wording import KEPT, fingerprint, likeness

FLOORS = tomllib.loads((Path(bench.__file__).parent / "floors.toml").read_text())["purchases"]


def test_generated_purchases_are_joined_and_counted() -> None:
    found = measure(make_world(1_200, 21), pages=20)
    assert found.score.precision >= FLOORS["precision"]
    assert found.score.recall >= FLOORS["recall"]
    for right, of in found.totals.values():
        assert right >= of * FLOORS["totals"]


def test_the_same_seed_makes_the_same_world() -> None:
    assert make_world(40, 5).drafts == make_world(40, 5).drafts
    assert make_world(40, 5).drafts != make_world(40, 6).drafts


def test_life_cycles_and_reposts_of_the_invented_notices_are_found(shared: Path) -> None:
    if not (shared / "invented" / "groups.json").exists():
        pytest.skip("the invented notices are not on this machine")
    found = invented(shared / "invented")
    assert found.precision >= FLOORS["precision"]
    assert found.recall >= FLOORS["recall"]


def test_a_page_without_anything_has_a_sign_that_says_nothing() -> None:
    reading = Reading(text="", blocks=(), media_type="text/plain")
    sign = find_sign(reading, Fields(), None)
    assert (sign.numbers, sign.sums, sign.lines) == ((), (), ())


def test_a_very_long_page_has_few_digests() -> None:
    text = "\n".join(f"第{n}项设备数量为{n}台，型号为甲{n}乙" for n in range(5_000))
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    page = Reading(text=text, blocks=tuple(blocks), media_type="text/plain")
    assert len(fingerprint(page)) == KEPT


def test_a_reworded_page_is_alike_and_another_is_not() -> None:
    def page(*lines: str) -> tuple[int, ...]:
        text = "。".join(lines)
        return fingerprint(Reading(text=text, blocks=(Block(0, len(text)),), media_type="x"))

    own = [f"前端设备{n}路，存储时间不少于{n}天" for n in range(10, 18)]
    other = [f"执法记录仪{n}台，质保期{n}个月" for n in range(10, 18)]
    assert (likeness(page(*own), page(*own[:7], "平台须对接")) or 0) > 0.6
    assert likeness(page(*own), page(*other)) == 0
    assert likeness(page(own[0]), page(own[0])) is None
