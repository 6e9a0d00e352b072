"""The tables of names: well formed, without contradictions, none of their rows without effect."""

from __future__ import annotations

from collections import Counter

from tenderlight.organisations import compare, keys, node_of
from tenderlight.organisations.alias_file import aliases, families, office_words, table
from tenderlight.organisations.anatomy import FAMILY
from tenderlight.organisations.wording import wording


def test_each_alias_joins_its_name() -> None:
    for name, alias, _ in table("aliases.tsv"):
        one, other = node_of(name), node_of(alias)
        said = compare(one, other)
        assert said is not None, (name, alias)
        assert said.same, (name, alias)
        assert said.strength >= 70, (name, alias)
        assert set(keys(one)) & set(keys(other)), (name, alias)


def test_no_alias_is_of_two_names_and_no_name_is_an_alias() -> None:
    rows = table("aliases.tsv")
    counted = Counter(wording(alias).plain for _, alias, _ in rows)
    assert [alias for alias, count in counted.items() if count > 1] == []
    names = {wording(name).plain for name, _, _ in rows}
    assert names.isdisjoint(aliases())


def test_an_organisation_has_one_official_english_name() -> None:
    ministries = {"中华人民共和国公安部"}
    counted = Counter(name for name, _, kind in table("aliases.tsv") if kind == "english")
    assert {name for name, count in counted.items() if count > 1} <= ministries


def test_words_are_replaced_by_what_is_no_word_itself() -> None:
    _, words = office_words()
    for written, (meant, kind) in words.items():
        assert kind in ("short", "former", "merged")
        assert meant not in words, written


def test_no_name_is_of_two_families() -> None:
    rows = table("families.tsv")
    names = [each for row in rows for words in row[2:] for each in words.split("|") if each]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert len(families()) == len(names)
    assert all(FAMILY.search(name) for name in names)
