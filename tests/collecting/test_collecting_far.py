"""How far a card lets lists be read is told in the report, and is no alarm of its own."""

from __future__ import annotations

from pathlib import Path

from tenderlight.collecting.runs.collect import collect
from tenderlight.seen import Run
from tenderlight.sources.load import load_sources
from tests.collecting.crawling import CONTACT, now
from tests.portal import Portal
from tests.portal.cards import card


def run_of(folder: Path, portal: Portal, site: str, was: str, instead: str) -> Run:
    text = card(portal, site)
    assert was in text
    (folder / "sources" / "far").mkdir(parents=True)
    (folder / "sources" / "far" / "source.toml").write_text(text.replace(was, instead))
    (folder / "evidence").mkdir()
    source = load_sources(folder / "sources")["far"]
    (run,) = collect(
        folder / "evidence",
        [source],
        terms=("采购",),
        contact=CONTACT,
        now=now,
    )
    return run


def test_lists_that_go_on_behind_the_cards_last_page_are_told(tmp_path: Path) -> None:
    with Portal(notices=45) as portal:
        run = run_of(tmp_path, portal, "national", "pages = 1000", "pages = 2")
    assert run.new == 40
    assert any("(`pages`): 1." in note for note in run.notes)


def test_entries_older_than_the_card_wants_are_counted_and_no_shape(tmp_path: Path) -> None:
    with Portal(notices=25) as portal:
        run = run_of(tmp_path, portal, "national", "pages = 1000", "days = 1")
    assert run.new == 0
    assert "shape" not in [alarm.kind for alarm in run.alarms]
    assert any("(`days`): 20." in note for note in run.notes)
