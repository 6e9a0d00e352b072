"""What is told of places where equipment is to stand."""

from __future__ import annotations

from decimal import Decimal

from tenderlight.corpus.rows_deployment import deployment_row, deployment_rows
from tenderlight.corpus.shown import Shown
from tenderlight.deployment import Deployed
from tenderlight.model import Block, Mask, Reading

TEXT = "XN镇中学门口\n王小明家门口"


def test_of_a_home_no_coordinates_are_told_of_a_public_place_a_tenth_of_a_degree() -> None:
    blocks = (Block(0, 7), Block(8, 14))
    reading = Reading(text=TEXT, blocks=blocks, media_type="text/plain")
    places = [
        Deployed(
            at=reading.passage(block.start, block.end),
            has_coordinates=True,
            longitude=Decimal("113.4"),
            latitude=Decimal("23.1"),
        )
        for block in blocks
    ]
    show = Shown(reading, (Mask(8, 12, "person"),))
    assert [row["lon1"] for row in deployment_rows(places, show)] == [Decimal("113.4"), None]
    told = deployment_row(places, show)["deployment"]
    assert [(row["lon1"], row["lat1"]) for row in told] == [("113.4", "23.1"), (None, None)]
    assert "王小明" not in str(told)
