"""The page about reading says what holds: its examples run, its limits are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tenderlight
from tenderlight.apart import LIMITS

SOURCE = Path(tenderlight.__file__).resolve().parent
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


def test_only_this_room_starts_processes() -> None:
    """Imports are checked by import-linter; these are functions of a module that all may import."""
    starts = re.compile(r"\bos\.(fork|exec|spawn|posix_spawn|system|popen)\w*\(")
    found = {file for file in SOURCE.rglob("*.py") if starts.search(file.read_text("utf-8"))}
    assert found == {SOURCE / "apart" / "zygote.py"}
