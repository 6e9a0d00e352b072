"""Models, angles, edges and the choice between look-alikes, each by itself."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.recognising import NoModel, Recogniser, cyrillic, engine_name, models
from tenderlight.recognising.capitals import with_capitals
from tenderlight.recognising.choosing import choose
from tenderlight.recognising.commas import with_commas
from tenderlight.recognising.edges import find_edges
from tenderlight.recognising.ink import find_seals
from tenderlight.recognising.level import find_skew
from tenderlight.recognising.script import Script, in_script, script_of
from tenderlight.recognising.seen import Seen
from tenderlight.recognising.spelling import spelled


def test_the_engine_is_named_by_its_rules_its_models_and_its_programs() -> None:
    name = engine_name()
    for digest in models.DIGESTS.values():
        assert digest[:16] in name
    assert "onnxruntime:" in name
    assert "opencv:" in name


def test_a_recogniser_is_made_without_any_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: Any, **named: Any) -> None:
        raise AssertionError("a recogniser asks nobody")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert Recogniser().engine == engine_name()


def test_another_model_than_the_one_measured_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(models, "DIGESTS", {models.READING: "0" * 64})
    with pytest.raises(NoModel, match="another one"):
        models.model_bytes(models.READING)


def test_a_changed_network_for_cyrillic_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cyrillic, "SHA256", "0" * 64)
    with pytest.raises(NoModel, match="another one"):
        cyrillic.Cyrillic(["", " "])


def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoModel, match=r"no model none\.onnx"):
        models.model_bytes("none.onnx")
    monkeypatch.setattr(models, "find_spec", lambda name: None)
    with pytest.raises(NoModel, match="not installed"):
        models.model_bytes(models.READING)


def rows(angle: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A page of bars like lines of print, turned clockwise by an angle."""
    page = np.full((900, 700), 255, np.uint8)
    for top in range(120, 800, 40):
        for left in range(100, 600, 30):
            page[top : top + 18, left : left + 22] = 30
    matrix = cv2.getRotationMatrix2D((350, 450), -angle, 1.0)
    turned = cv2.warpAffine(page, matrix, (700, 900), borderValue=(255, 255, 255))
    return np.asarray(turned, np.uint8)


@settings(max_examples=12, deadline=None)
@given(st.floats(-6, 6).filter(lambda angle: abs(angle) > 0.2))
def test_the_angle_found_is_the_one_by_which_the_page_was_turned(angle: float) -> None:
    assert find_skew(rows(angle)) == pytest.approx(-angle, abs=0.15)


def test_a_level_page_and_an_empty_one_are_left_alone() -> None:
    assert find_skew(rows(0.0)) == 0.0
    assert find_skew(np.full((300, 300), 255, np.uint8)) == 0.0


def test_edges_follow_the_ink_although_the_centres_are_inexact() -> None:
    crop = np.full((40, 120), 255, np.uint8)
    for left, right in ((10, 30), (40, 55), (80, 84)):
        crop[8:32, left:right] = 0
    assert find_edges(crop, [22.0, 45.0, 83.0]) == [(10.0, 30.0), (40.0, 55.0), (80.0, 84.0)]
    assert find_edges(crop, []) == []


def test_edges_do_not_take_a_ruled_line_for_ink() -> None:
    crop = np.full((40, 60), 255, np.uint8)
    crop[36:38] = 0
    crop[:, 57:59] = 0
    crop[8:32, 20:40] = 0
    assert find_edges(crop, [30.0]) == [(20.0, 40.0)]


Line = list[tuple[Seen, tuple[float, float]]]


def line_of(*characters: tuple[str, float, float, dict[str, float]]) -> Line:
    """Characters with their left and right edges and what else they may be."""
    return [
        (Seen(text, (left + right) / 2, 0.6, others), (left, right))
        for text, left, right, others in characters
    ]


def said(line: Line) -> str:
    return "".join(seen.text for seen, _ in choose(line))


def test_a_bracket_with_an_ideographs_room_is_full_width_and_one_with_half_of_it_is_not() -> None:
    wide = line_of(("合", 0, 19, {}), ("计", 20, 39, {}), ("(", 50, 56, {}), ("元", 61, 79, {}))
    assert said(wide) == "合计（元"
    narrow = line_of(("合", 0, 19, {}), ("计", 20, 39, {}), ("（", 42, 48, {}), ("元", 50, 69, {}))
    assert said(narrow) == "合计(元"


def test_a_blank_before_a_full_width_bracket_is_the_brackets_own() -> None:
    line = line_of(
        ("合", 0, 19, {}),
        ("计", 20, 39, {}),
        (" ", 40, 48, {}),
        ("(", 50, 56, {}),
        ("元", 61, 79, {}),
    )
    assert said(line) == "合计（元"


def test_a_comma_is_measured_only_where_the_model_is_unsure() -> None:
    sure = line_of(("合", 0, 19, {}), ("同", 20, 39, {}), ("，", 41, 44, {}), ("其", 50, 69, {}))
    assert said(sure) == "合同，其"
    unsure = line_of(
        ("合", 0, 19, {}), ("同", 20, 39, {}), ("，", 41, 44, {",": 0.4}), ("其", 50, 69, {})
    )
    assert said(unsure) == "合同,其"


def test_the_year_of_a_document_number_stands_in_the_brackets_of_the_standard() -> None:
    year = [(figure, 60.0 + 10 * at, 69.0 + 10 * at, {}) for at, figure in enumerate("2020")]
    line = line_of(("（", 40, 46, {"〔": 0.3}), *year, ("）", 100, 106, {"〕": 0.1}))
    assert said(line) == "〔2020〕"
    unlikely = line_of(("（", 40, 46, {"〔": 0.02}), *year, ("）", 100, 106, {}))
    assert said(unlikely) == "（2020）"


def test_a_lone_o_is_a_nought_and_unsure_but_beside_letters_it_stays() -> None:
    ((seen, _),) = choose(line_of(("O", 0, 10, {"0": 0.3})))
    assert (seen.text, seen.confidence) == ("0", 0.3)
    assert said(line_of(("P", 0, 9, {}), ("O", 10, 19, {"0": 0.3}))) == "PO"


def seen(text: str, confidence: float = 0.9, **others: float) -> Seen:
    return Seen(text, 0.0, confidence, others)


def word(text: str) -> str:
    return "".join(one.text for one in spelled([seen(char) for char in text]))


def test_a_word_is_spelled_in_letters_and_a_number_in_figures() -> None:
    assert word("З0 (тридцати)") == "30 (тридцати)"
    assert word("12680ОО0.00") == "12680000.00"
    assert word("0зёрная") == "озёрная"
    assert word("ночьЮ") == "ночью"
    assert word("АПК-З") == "АПК-З"
    assert word("Y-STR 10O") == "Y-STR 10O"


def test_a_page_is_simplified_or_traditional_and_its_hesitations_are_too() -> None:
    traditional = [seen(char) for char in "採購專案編號機關名稱預算金額決標廠商臺幣萬圓整"]
    script = script_of([traditional])
    assert script is Script.TRADITIONAL
    (chosen,) = in_script([seen("内", 0.6, 內=0.4)], script)
    assert (chosen.text, chosen.confidence) == ("內", 1.0)
    assert in_script([seen("内", 0.9)], script)[0].text == "内"
    simplified = script_of(
        [[seen(char) for char in "采购项目编号机关名称预算金额决标厂商台币万圆整"]]
    )
    assert in_script([seen("內", 0.6, 内=0.4)], simplified)[0].text == "内"
    assert script_of([traditional[:5]]) is None


def test_a_comma_has_a_tail_below_the_figures() -> None:
    crop = np.full((40, 60), 255, np.uint8)
    crop[10:30, 5:15] = crop[10:30, 35:45] = 0
    line = [
        (seen("1"), (5.0, 15.0)),
        (seen(".", 0.6, **{",": 0.4}), (22.0, 25.0)),
        (seen("2"), (35.0, 45.0)),
    ]
    crop[27:30, 22:25] = 0
    assert "".join(one.text for one, _ in with_commas(line, crop)) == "1.2"
    crop[27:34, 22:25] = 0
    told = with_commas(line, crop)
    assert "".join(one.text for one, _ in told) == "1,2"
    assert told[1][0].confidence == 0.4


def test_a_capital_is_as_tall_as_the_figures_beside_it() -> None:
    crop = np.full((40, 60), 255, np.uint8)
    crop[10:30, 5:15] = crop[10:30, 25:35] = 0
    line = [(seen("8"), (5.0, 15.0)), (seen("x", 0.6, X=0.4), (25.0, 35.0))]
    assert with_capitals(line, crop)[1][0].text == "X"
    crop[10:16, 25:35] = 255
    assert with_capitals(line, crop)[1][0].text == "x"


def ring(red: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    page = np.full((600, 600, 3), 255, np.uint8)
    cv2.circle(page, (300, 300), 110, (red, 30, 30), 7)
    return page


def test_a_ring_in_colour_is_a_seal_and_a_grey_one_or_a_red_heading_is_not() -> None:
    assert find_seals(ring(210), 150).mean() == pytest.approx(np.pi * 116**2 / 600**2, rel=0.1)
    assert not find_seals(ring(30), 150).any()
    heading = np.full((600, 600, 3), 255, np.uint8)
    cv2.putText(heading, "NOTICE 2025", (20, 300), cv2.FONT_HERSHEY_DUPLEX, 2.6, (210, 20, 20), 9)
    assert not find_seals(heading, 150).any()
