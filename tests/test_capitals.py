from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.capitals import parse_capitals, parse_numeral

FORMAL = "零壹贰叁肆伍陆柒捌玖"


def _below_myriad(number: int) -> str:
    printed, gap = "", False
    for place, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            printed += ("零" if gap and printed else "") + FORMAL[digit] + name
            gap = False
        else:
            gap = True
    return printed


def print_capitals(cents: int) -> str:
    """A sum as a careful clerk writes it."""
    yuan, printed = cents // 100, ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = yuan // scale % 10**4
        if section:
            printed += ("零" if printed and section < 1000 else "") + _below_myriad(section) + name
    jiao, fen = cents // 10 % 10, cents % 10
    printed = (printed or "零") + "元"
    printed += FORMAL[jiao] + "角" if jiao else "零" if fen else ""
    return printed + (FORMAL[fen] + "分" if fen else "整")


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_what_a_clerk_writes_is_read_back(cents: int) -> None:
    assert parse_capitals(print_capitals(cents)) == Decimal(cents) / 100


@pytest.mark.parametrize(
    ("printed", "yuan"),
    [
        ("壹佰贰拾万元整", "1200000"),
        ("叁仟零伍拾万零肆佰圆正", "30500400"),
        ("一百二十万元", "1200000"),
        ("拾贰万元", "120000"),
        ("壹亿贰仟万元整", "120000000"),
        ("壹万贰仟亿元", "1200000000000"),
        ("玖元零伍分", "9.05"),
    ],
)
def test_capitals_are_read(printed: str, yuan: str) -> None:
    assert parse_capitals(printed) == Decimal(yuan)


@pytest.mark.parametrize(
    "printed",
    ["壹佰万万元整", "壹贰叁元", "壹拾佰元", "万元", "元整", "壹佰", "伍佰仟元", "壹亿亿元", "角"],
)
def test_a_misprint_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_capitals(printed)


def test_a_numeral_without_yuan_is_a_number() -> None:
    assert parse_numeral("二十三") == 23
