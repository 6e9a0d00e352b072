"""The page on writing cards is true: its examples are cards, and it has every key."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from tenderlight.sources.card import Card, parse_card
from tenderlight.sources.rules import Api, Feed, Listing, Selectors
from tests.sources.sources_invented import HEAD, TODAY, source_of

PAGE = (Path(__file__).parents[2] / "docs" / "sources" / "writing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```", PAGE, re.S | re.M)
NOT_WRITTEN = {"id", "code"}
"""The folder's name, and the table of this package's own sources."""


def test_the_example_of_a_card_is_one() -> None:
    card = parse_card(EXAMPLES[0].encode(), "example", "writing.md")
    assert card.selectors is not None
    assert card.expected.maximum == 400


def test_the_example_of_an_interface_asks_as_it_says(tmp_path: Path) -> None:
    head = HEAD.replace("portal.example.cn", "zfcg.example.gov.cn")
    source = source_of(tmp_path, f'kind = "json"\nsearches = true\n{EXAMPLES[1]}\ndays = 7\n', head)
    (asked,) = source.start(("天网",), TODAY)
    assert asked.body.decode() == '{"pageNo": 1, "keyword": "天网", "from": "2026-11-15"}'


@pytest.mark.parametrize("struct", [Card, Listing, Selectors, Api, Feed])
def test_every_key_of_a_card_stands_on_the_page(struct: type[msgspec.Struct]) -> None:
    for field in msgspec.structs.fields(struct):
        assert f"`{field.name}" in PAGE or field.name in NOT_WRITTEN or f"{field.name} =" in PAGE


def test_every_key_on_the_page_is_one_of_a_card() -> None:
    keys = {f.name for s in (Card, Selectors, Api, Feed) for f in msgspec.structs.fields(s)}
    tables = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", PAGE, re.M)
    written = {key for row in tables for key in re.findall(r"`([a-z_]+)`", row)}
    assert written <= keys
    assert {"hosts", "pace", "expected", "item", "content"} <= written
