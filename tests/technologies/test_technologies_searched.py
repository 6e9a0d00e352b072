from tenderlight.technologies import load_definitions
from tenderlight.technologies.searched import EACH, search_terms


def test_every_technology_is_searched_for() -> None:
    definitions = load_definitions()
    terms = search_terms(definitions)
    for technology in definitions.technology:
        words = (*technology.words, *technology.weak)
        assert any(term in word for term in terms for word in words), technology.id


def test_the_terms_are_distinct_few_and_hold_none_of_each_other() -> None:
    definitions = load_definitions()
    terms = search_terms(definitions)
    assert len(terms) == len(set(terms)) <= EACH * len(definitions.technology)
    assert not [(a, b) for a in terms for b in terms if a != b and a in b]


def test_no_term_has_the_signs_that_only_our_own_matcher_understands() -> None:
    for term in search_terms(load_definitions()):
        assert not set(term) & set("…| ")


def test_the_same_definitions_give_the_same_terms_in_the_same_order() -> None:
    assert search_terms(load_definitions()) == search_terms(load_definitions())
