"""The queue in a real browser: one key an answer, nothing lost, the same without a script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from web_serving import serving

from tenderlight.corpus import Corpus
from tenderlight.review import Reviewed

pytestmark = pytest.mark.browser


@pytest.fixture
def own(corpus: Corpus, tmp_path: Path) -> Corpus:
    shutil.copytree(corpus.folder.root, tmp_path / "corpus")
    return Corpus.open(tmp_path / "corpus")


@pytest.fixture
def desk(own: Corpus, browser: Browser) -> Iterator[Page]:
    """The queue of somebody who has given her name, with a script."""
    with serving(own) as home:
        page = browser.new_page(base_url=home)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        begin(page)
        yield page
        page.close()
        assert complaints == []


def begin(page: Page) -> None:
    page.goto("/review")
    page.fill("#by", "LW")
    page.click("form[action='/review/name'] button")
    page.wait_for_selector("button[name=answer]")
    page.wait_for_load_state("load")  # a key pressed before the script is there answers nothing


def shown(page: Page) -> str:
    return page.get_attribute("#case", "data-id") or ""


def next_after(page: Page, key: str) -> str:
    """Press a key and wait for another case."""
    before = shown(page)
    page.keyboard.press(key)
    page.wait_for_selector(f"#case:not([data-id='{before}']):not([aria-busy])")
    return before


def lines(corpus: Corpus) -> list[Reviewed]:
    return list(Corpus.open(corpus.folder.root).review.lines())


def written(page: Page, done: int) -> None:
    page.wait_for_selector(f"#progress .words:text-matches('^{done} of')")


def test_one_key_is_one_answer_and_the_next_case_is_there(desk: Page, own: Corpus) -> None:
    cases = [next_after(desk, key) for key in "ynue"]
    written(desk, 4)
    told = lines(own)
    assert [line.case for line in told] == cases
    assert [line.answer for line in told] == ["yes", "no", "unsure", "elsewhere"]
    assert desk.url.endswith(desk.get_attribute("#case", "data-at") or "?")


def test_z_brings_the_last_case_back_and_takes_its_answer_back(desk: Page, own: Corpus) -> None:
    first = next_after(desk, "y")
    second = shown(desk)
    desk.keyboard.press("z")
    desk.wait_for_selector(f"#case[data-id='{first}']")
    assert next_after(desk, "n") == first
    assert shown(desk) == second
    written(desk, 1)
    assert [line.answer for line in lines(own)] == ["yes", "undo", "no"]


def test_s_passes_a_case_over_and_it_does_not_come_back_now(desk: Page, own: Corpus) -> None:
    seen = [next_after(desk, "s") for _ in range(6)]
    assert len(set(seen)) == 6
    assert shown(desk) not in seen
    assert lines(own) == []


def test_another_technology_is_chosen_by_keyboard(desk: Page, own: Corpus) -> None:
    before = shown(desk)
    desk.keyboard.press("o")
    assert desk.evaluate("document.activeElement.id") == "instead"
    desk.keyboard.type("Gait")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(f"#case:not([data-id='{before}'])")
    written(desk, 1)
    (line,) = lines(own)
    assert (line.answer, line.instead) == ("other", "gait-recognition")


def test_a_reason_is_typed_and_its_letters_answer_nothing(desk: Page, own: Corpus) -> None:
    desk.keyboard.press("w")
    desk.keyboard.type("yes, no, unsure")
    assert lines(own) == []
    desk.keyboard.press("Enter")
    next_after(desk, "n")
    written(desk, 1)
    (line,) = lines(own)
    assert (line.answer, line.because) == ("no", "yes, no, unsure")
    assert desk.input_value("#because") == ""


def test_keys_in_the_search_box_and_with_control_answer_nothing(desk: Page, own: Corpus) -> None:
    desk.focus("#find")
    desk.keyboard.type("ynu")
    assert desk.input_value("#find") == "ynu"
    desk.keyboard.press("Escape")
    desk.keyboard.press("Control+y")
    assert lines(own) == []


def test_a_key_held_down_is_one_answer(desk: Page, own: Corpus) -> None:
    before = shown(desk)
    for _ in range(8):
        desk.keyboard.down("y")
    desk.keyboard.up("y")
    desk.wait_for_selector(f"#case:not([data-id='{before}'])")
    written(desk, 1)
    assert len(lines(own)) == 1


def test_the_keys_can_be_shown_and_switched_off(desk: Page, own: Corpus) -> None:
    desk.keyboard.press("?")
    assert desk.get_attribute("#keys", "open") is not None
    desk.uncheck("#keys-on")
    desk.evaluate("document.activeElement.blur()")
    before = shown(desk)
    desk.keyboard.press("y")
    assert shown(desk) == before
    assert lines(own) == []


def test_a_screen_reader_hears_the_next_claim_and_its_passage(desk: Page) -> None:
    next_after(desk, "y")
    heard = desk.text_content("#said") or ""
    assert (desk.text_content("#claim") or "?").split("?")[0].strip() in heard
    assert (desk.text_content(".passage mark") or "?") in heard
    assert desk.get_attribute("#said", "aria-live") == "polite"


def test_the_focus_stays_on_the_button_that_was_pressed(desk: Page) -> None:
    desk.focus("button[value=no]")
    next_after(desk, "Enter")
    assert desk.evaluate("document.activeElement.value") == "no"


def test_an_answer_waits_while_the_desk_does_not_answer(desk: Page, own: Corpus) -> None:
    desk.wait_for_timeout(300)
    desk.route("**/review/answer", lambda route: route.abort())
    next_after(desk, "y")
    desk.wait_for_selector("#trouble:not([hidden])")
    assert "not written yet" in (desk.text_content("#trouble") or "")
    assert lines(own) == []
    desk.unroute("**/review/answer")
    written(desk, 1)
    assert len(lines(own)) == 1
    assert desk.is_hidden("#trouble")


def test_the_end_of_the_queue_says_so_and_takes_no_more_answers(desk: Page, own: Corpus) -> None:
    for _ in range(200):
        if not shown(desk):
            break
        next_after(desk, "n")
    assert "Nothing is left" in (desk.text_content("#case") or "")
    assert desk.is_disabled("button[value=yes]")
    desk.keyboard.press("y")
    told = lines(own)
    assert len(told) == len({line.case for line in told})


def test_without_a_script_the_buttons_answer_and_take_back(own: Corpus, browser: Browser) -> None:
    with serving(own) as home:
        context = browser.new_context(java_script_enabled=False, base_url=home)
        page = context.new_page()
        begin(page)
        first = shown(page)
        page.click("button[value=yes]")
        assert shown(page) != first
        page.click("form#undo button")
        assert shown(page) == first
        page.click("a.skip-case")
        assert shown(page) != first
        context.close()
    assert [line.answer for line in lines(own)] == ["yes", "undo"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_queue_fits_the_screen(own: Corpus, browser: Browser, width: int) -> None:
    with serving(own) as home:
        page = browser.new_page(base_url=home, viewport={"width": width, "height": 844})
        begin(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.close()
