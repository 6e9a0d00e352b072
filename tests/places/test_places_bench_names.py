from bench.places_bench import load_names, measure


def test_hand_made_names_are_placed_as_well_as_the_documentation_says() -> None:
    counts, wrong = measure(load_names())
    found = counts["all"]
    assert found["names"] >= 300
    assert found["province"] / found["names"] >= 0.99, wrong
    for key in ("code of the name", "code of the notice", "zone"):
        assert found[key] / found["names"] >= 0.98, wrong


def test_names_kept_back_from_the_rules_do_not_fall_far_behind() -> None:
    counts, wrong = measure(load_names(held=True))
    found = counts["all"]
    assert found["names"] >= 150
    assert found["province"] / found["names"] >= 0.98, wrong
    assert found["code of the notice"] / found["names"] >= 0.93, wrong
