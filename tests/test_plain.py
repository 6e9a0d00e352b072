"""Folding makes texts comparable and moves nothing."""

from hypothesis import given
from hypothesis import strategies as st

from tenderlight.plain import fold, simplify


@given(st.text())
def test_no_character_moves(text: str) -> None:
    assert len(fold(text)) == len(simplify(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert simplify(simplify(text)) == simplify(text)


def test_width_case_and_script_are_folded() -> None:
    assert fold("ＷｉＦｉ（１２）") == "wifi(12)"
    assert simplify("攝像機") == "摄像机"
    assert simplify("\ufa37") == "叹"
