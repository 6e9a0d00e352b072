"""What cells show: values through the number formats of spreadsheets, against known truth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.reading.sheets.number_format import BUILT_IN, printed


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (-5, "0.00;(0.00)", "(5.00)"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (0, ";;;", ""),
        (123, "00000", "00123"),
        (2.345, "0.00", "2.35"),
        (1.005, "0.00", "1.01"),
        (0.5, "#.##", ".5"),
        (12, "0.0#", "12.0"),
        (1234, '#,##0"万元"', "1,234万元"),
        (1234567, '0.0,,"百万"', "1.2百万"),
        (120000, '0!.0,"万"', "12.0万"),
        (13900001111, "000-0000-0000", "139-0000-1111"),
        (1234.5, '"¥"#,##0.00_);[Red]\\("¥"#,##0.00\\)', "¥1,234.50"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (5, '[>=100]"大"0;[<100]"小"0', "小5"),
        (1.5e12, "0.00E+00", "1.50E+12"),
        (12345, "##0.0E+0", "12.3E+3"),
        (1.25, "# ??/??", "1 1/4"),
    ],
)
def test_numbers_are_printed_as_their_format_says(value: float, code: str, shown: str) -> None:
    assert printed(value, code).strip() == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2, "2"),
        (0.1 + 0.2, "0.3"),
        (123456789012345, "123456789012345"),
        (1234.56789012, "1234.56789"),
        (1e20, "1E+20"),
        (1e-10, "1E-10"),
        (-0.5, "-0.5"),
    ],
)
def test_numbers_without_a_format_keep_their_digits(value: float, shown: str) -> None:
    assert printed(value) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (45356, "yyyy-mm-dd;@", "2024-03-05"),
        (45356, 'yyyy"年"m"月"d"日"', "2024年3月5日"),
        (45356, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二四年三月五日"),
        (45370, '[DBNum1][$-804]m"月"d"日"', "三月十九日"),
        (45356, "[$-804]aaaa", "星期二"),
        (45356, "d-mmm-yy", "5-Mar-24"),
        (45356.604166, "yyyy/m/d h:mm", "2024/3/5 14:30"),
        (44927.5, "yyyy-mm-dd hh:mm:ss.000", "2023-01-01 12:00:00.000"),
        (0.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (0.75, "h:mm AM/PM", "6:00 PM"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (0.999999, "h:mm:ss", "0:00:00"),
        (60, "yyyy-m-d", "1900-2-29"),
        (59, "yyyy-m-d", "1900-2-28"),
        (61, "yyyy-m-d", "1900-3-1"),
    ],
)
def test_days_and_times_are_printed_as_their_format_says(
    value: float, code: str, shown: str
) -> None:
    assert printed(value, code) == shown


def test_a_workbook_may_count_its_days_from_1904() -> None:
    assert printed(43894, "yyyy-mm-dd", since_1904=True) == "2024-03-05"


@pytest.mark.parametrize("value", [-3, 3_000_000, 1e300])
def test_what_is_no_day_of_the_calendar_is_shown_as_a_number(value: float) -> None:
    assert "-" not in printed(value, "yyyy-mm-dd")[1:]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (120, '[DBNum2][$-804]General"元整"', "壹佰贰拾元整"),
        (102030405, "[DBNum2]G/通用格式", "壹亿零贰佰零叁万零肆佰零伍"),
        (56, '[DBNum2]0"角"0"分"', "伍角陆分"),
        (15, "[DBNum1]General", "一十五"),
        (10203, "[DBNum1]General", "一万〇二百〇三"),
        (2024, "[DBNum3]0", "２０２４"),
    ],
)
def test_chinese_digits_are_printed(value: float, code: str, shown: str) -> None:
    assert printed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("甲", "@", "甲"),
        ("甲", '"第"@"包"', "第甲包"),
        ("甲", "0.00", "甲"),
        ("00123", "0", "00123"),
    ],
)
def test_texts_pass_through_the_section_for_texts(value: str, code: str, shown: str) -> None:
    assert printed(value, code) == shown


@given(st.floats(allow_nan=True), st.text(alphabet='0#?.,%/E+-ymdhs@*_[]<>="$;年!GeneralDBNum123'))
def test_any_number_through_any_code_is_printed_without_fail(value: float, code: str) -> None:
    assert isinstance(printed(value, code), str)


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_read_back_from_what_is_printed(value: int) -> None:
    assert int(printed(value, "#,##0").replace(",", "")) == value
    assert int(printed(value)) == value


@given(st.integers(0, 99999999), st.integers(0, 8))
def test_decimal_places_are_exact(value: int, places: int) -> None:
    shown = printed(value / 10**places, "0." + "0" * places)
    assert int(shown.replace(".", "")) == value


@given(st.floats(0, 2_958_465), st.sampled_from(sorted(BUILT_IN)))
def test_every_numbered_format_prints_something(value: float, number: int) -> None:
    assert printed(value, BUILT_IN[number])
