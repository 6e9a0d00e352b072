"""A figure's files are had from beside its page."""

from __future__ import annotations

import httpx
import pytest

from tenderlight.offprints import ENDINGS


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_figure_is_taken_away_as_each_of_its_files(desk: httpx.Client, ending: str) -> None:
    answer = desk.get(f"/figures/money.{ending}", params={"since": "2016"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == ENDINGS[ending]
    assert answer.headers["content-disposition"] == f'attachment; filename="money.{ending}"'
    assert f"/figures/money.{ending}" in desk.get("/figures/money").text


def test_what_cannot_be_drawn_is_not_found(desk: httpx.Client) -> None:
    assert desk.get("/figures/quantities.svg").status_code == 404
    assert desk.get("/figures/none-such.csv").status_code == 404
    assert desk.get("/figures/money.csv", params={"scince": "2016"}).status_code == 400
