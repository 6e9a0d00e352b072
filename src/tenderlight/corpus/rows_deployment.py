"""Rows of where equipment is to stand, and the same as it is exported with a notice. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tenderlight.corpus.shown import Row, Shown, digits, part_name
from tenderlight.deployment import Deployed
from tenderlight.plain import MASK


def deployment_rows(deployed: Sequence[Deployed], show: Shown) -> list[Row]:
    """The table `deployment`: each place with its words masked, coordinates to a tenth."""
    return [
        {
            "number": number,
            **_said(each, show),
            "devices": each.devices.value if each.devices else None,
            "lon1": each.longitude if _is_public(each, show) else None,
            "lat1": each.latitude if _is_public(each, show) else None,
            "text": show.text(each.at),
            "part": part_name(each.at.part),
            "page": each.at.page,
            "start_at": each.at.start,
            "end_at": each.at.end,
            "doubt": each.at.doubt,
        }
        for number, each in enumerate(deployed)
    ]


def deployment_row(deployed: Sequence[Deployed], show: Shown) -> Row:
    """The key `deployment` of the export: the same places, numbers as people write them."""
    return {
        "deployment": [
            {
                "place": show.text(each.at),
                **_said(each, show),
                "devices": digits(each.devices.value) if each.devices else None,
                "lon1": _tenth(each.longitude) if _is_public(each, show) else None,
                "lat1": _tenth(each.latitude) if _is_public(each, show) else None,
            }
            for each in deployed
        ]
    }


def _is_public(each: Deployed, show: Shown) -> bool:
    """Whether nothing of the place is hidden: of a home not even its ten kilometres are told."""
    return MASK not in show.text(each.at)


def _said(each: Deployed, show: Shown) -> Row:
    return {
        "category": each.category.value if each.category else None,
        "what": show.value(each.what),
        "area": show.value(each.area),
        "county_code": each.county.value if each.county else None,
        "has_coordinates": each.has_coordinates,
    }


def _tenth(degrees: Decimal | None) -> str | None:
    return f"{degrees:.1f}" if degrees is not None else None
