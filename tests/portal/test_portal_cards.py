"""The cards of the portal's sites fit, and lead from the lists to every notice and attachment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tenderlight.sources.asking import Answered, Asked, Source
from tenderlight.sources.load import load_sources
from tests.portal import Portal
from tests.portal.cards import RULES, SEARCHED, write_card
from tests.portal.page import Asked as Arrived
from tests.portal.page import Moment


def answered(portal: Portal, asked: Asked) -> Answered:
    target = asked.url.removeprefix(portal.url)
    arrived = Arrived(method=asked.method, target=target, body=asked.body)
    page = portal.page(arrived, Moment(seed=1, visit=0, request=1))
    media_type = page.media_type.partition(";")[0].lower()
    return Answered(url=asked.url, status=page.status, media_type=media_type, payload=page.body)


def walked(portal: Portal, source: Source, terms: tuple[str, ...]) -> tuple[set[str], list[bytes]]:
    ahead, notices, files = list(source.start(terms, date(2025, 1, 6))), set[str](), list[bytes]()
    while ahead:
        asked = ahead.pop()
        listed = source.read_list(asked, answered(portal, asked))
        assert listed.problem is None
        ahead += [*listed.lists, *((listed.next,) if listed.next else ())]
        for entry in listed.entries:
            notices.add(entry.url)
            detailed = source.read_notice(entry, answered(portal, entry))
            assert detailed.problem is None
            files += [answered(portal, each).payload for each in detailed.attachments]
    return notices, files


@pytest.mark.parametrize("site", RULES)
def test_a_card_leads_to_every_notice_and_attachment(tmp_path: Path, site: str) -> None:
    with Portal(notices=120) as portal:
        id = write_card(tmp_path, portal, site)
        source = load_sources(tmp_path)[id]
        notices, files = walked(portal, source, ("采购",) if site in SEARCHED else ())
        assert notices == {portal.address(number, site) for number in portal.notices}
        assert sorted(files) == sorted(portal.attachments().values())
