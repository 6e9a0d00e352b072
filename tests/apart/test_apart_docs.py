"""The page about reading says what holds: its examples run, its limits are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tenderlight.apart import LIMITS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_page_about_reading_run(example: str) -> None:
    exec(compile(example, "docs/reading.md", "exec"), {})


@pytest.mark.parametrize(
    "told",
    [
        f"| {LIMITS.seconds} s; {LIMITS.picture_seconds} s |",
        f"| {LIMITS.wall_seconds:.0f} s |",
        f"| {LIMITS.memory >> 30} GB; {LIMITS.recogniser_memory >> 30} GB |",
        f"| {LIMITS.text_bytes >> 20} MB; {LIMITS.handed_bytes >> 20} MB |",
        f"| {LIMITS.members:,}; {LIMITS.pictures:,} |",
        f"| {LIMITS.together} |",
    ],
)
def test_the_page_about_reading_tells_the_limits(told: str) -> None:
    assert told in PAGE
