"""The pages of rules and of quantities name every rule and check there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from tenderlight.technologies import load_definitions
from tenderlight.technologies.checks import CHECKS
from tenderlight.technologies.lines import LONGEST
from tenderlight.technologies.quantities import MOST_QUANTITIES
from tenderlight.technologies.rules import MOST_CONDITIONS

DOCS = Path(__file__).parents[2] / "docs"
QUANTITIES = (DOCS / "quantities.md").read_text("utf-8")
RULES = (DOCS / "rules.md").read_text("utf-8")


def named(page: str) -> list[str]:
    return re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)


def test_every_check_is_told_on_the_page_of_quantities() -> None:
    assert sorted(named(QUANTITIES)) == sorted(check.name for check in CHECKS)


def test_every_rule_is_told_on_the_page_of_rules() -> None:
    assert sorted(named(RULES)) == sorted(one.id for one in load_definitions().rule)


def test_the_bounds_on_the_pages_are_those_of_the_code() -> None:
    assert f"At most {LONGEST:,} characters" in RULES
    assert f"At most {MOST_CONDITIONS} rules of a kind" in RULES
    assert f"At most {MOST_QUANTITIES} figures of a measure" in QUANTITIES
