"""The desk in a real browser: keyboard, phone, both schemes, and no word to anyone else.

Uses an installed Chromium and downloads nothing. Without one these tests are skipped, but fail
where CI=true is set: there they must run.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = [
    "/", "/search?q=%E4%BA%BA%E8%84%B8", "/notices?surveillance=yes", "/figures",
    "/figures/technologies-by-year", "/figures/divisions", "/figures/money", "/figures/targets",
    "/figures/deployment", "/purchases", "/organisations", "/problems", "/method",
    "/technologies/y-dna", "/nothing", "/?lang=zh", "/review", "/review/disagreements",
    "/review/agreement", "/review/decided",
]  # fmt: skip
CONTRAST = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const c = parse(getComputedStyle(at).backgroundColor);
      if (c.length && (c.length < 4 || c[3] > 0.99)) return c;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const node of document.querySelectorAll("main *, header *, footer *")) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || node.closest("svg, .unseen, .skip")) continue;
    if (!node.getClientRects().length) continue;
    const a = light(parse(getComputedStyle(node).color)), b = light(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push([node.className, node.textContent.trim().slice(0, 30), ratio]);
  }
  return bad;
}"""


class Watched:
    """A browser page whose requests and complaints are written down."""

    def __init__(self, browser: Browser, home: str, width: int = 1280, scheme: str = "light"):
        size = {"width": width, "height": 844}
        self.page: Page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        self.home = home
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "404" not in text:
            self.complaints.append(text)

    def go(self, at: str) -> Page:
        self.page.goto(self.home + at, wait_until="load")
        return self.page

    def strangers(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(self.home + "/")]


@pytest.fixture(params=[1280, 390], ids=["laptop", "phone"])
def watched(request: pytest.FixtureRequest, browser: Browser, home: str) -> Iterator[Watched]:
    watched = Watched(browser, home, request.param)
    yield watched
    watched.page.close()


def every_page(ids: dict[str, str]) -> list[str]:
    joined = [f"/purchases/{ids[name]}" for name in ("notice-0.html", "evil.html")]
    return [*PAGES, *joined, *(f"/notices/{id}" for id in ids.values())]


def test_nothing_complains_nothing_leaves_and_nothing_scrolls_sideways(
    watched: Watched, ids: dict[str, str]
) -> None:
    for at in every_page(ids):
        page = watched.go(at)
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, (at, width)
    assert watched.complaints == []
    assert watched.strangers() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(
    browser: Browser, home: str, ids: dict[str, str], scheme: str
) -> None:
    watched = Watched(browser, home, scheme=scheme)
    for at in every_page(ids):
        assert watched.go(at).evaluate(CONTRAST) == [], at
    watched.page.close()


def test_a_notice_is_read_by_keyboard_alone(
    browser: Browser, home: str, ids: dict[str, str]
) -> None:
    watched = Watched(browser, home)
    page = watched.go(f"/notices/{ids['notice-1.html']}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = []
    for _ in range(4):
        page.keyboard.press("j")
        id = page.evaluate("document.activeElement.dataset.value")
        lit = page.evaluate("[...document.querySelectorAll('a.mark.lit')].map(m => m.dataset.for)")
        assert lit, id
        assert all(id in names.split(" ") for names in lit)
        seen.append(id)
    assert len(set(seen)) == 4
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.dataset.value") == seen[-2]
    outline = page.evaluate(
        "getComputedStyle(document.activeElement.closest('.value')).outlineStyle"
    )
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#at-{seen[-2]}")
    page.close()


def test_the_keys_leave_the_search_box_alone(
    browser: Browser, home: str, ids: dict[str, str]
) -> None:
    watched = Watched(browser, home)
    page = watched.go(f"/notices/{ids['notice-1.html']}")
    page.focus("#find")
    page.keyboard.type("jk")
    assert page.input_value("#find") == "jk"
    page.close()


def test_hovering_a_value_lights_its_passage(
    browser: Browser, home: str, ids: dict[str, str]
) -> None:
    watched = Watched(browser, home)
    page = watched.go(f"/notices/{ids['notice-1.html']}")
    page.hover('.to-passage[data-value="buyer"]')
    assert page.locator("a.mark.lit").count() >= 1
    page.close()


def test_without_javascript_the_same_links_lead_to_the_passage(
    browser: Browser, home: str, ids: dict[str, str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}/notices/{ids['notice-1.html']}")
    page.click('.to-passage[data-value="buyer"]')
    assert page.url.endswith("#at-buyer")
    assert page.locator(":target a.mark").count() >= 1
    context.close()


def test_everything_that_can_be_focused_shows_it(browser: Browser, home: str) -> None:
    watched = Watched(browser, home)
    page = watched.go("/")
    for _ in range(25):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            "(() => { const a = document.activeElement, s = getComputedStyle(a);"
            " const mark = a.querySelector('.bar, .cell, .division');"
            " const drawn = mark && getComputedStyle(mark).stroke !== 'none';"
            " return s.outlineStyle !== 'none' || drawn;"
            " })()"
        )
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    page.close()


def test_a_hostile_notice_runs_nothing(browser: Browser, home: str, ids: dict[str, str]) -> None:
    watched = Watched(browser, home)
    dialogs: list[str] = []
    watched.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for at in (f"/notices/{ids['evil.html']}", "/technologies/glass-eyes", "/search?q=%3Cscript"):
        watched.go(at)
    assert dialogs == []
    assert watched.complaints == []
    watched.page.close()


def test_the_watch_itself_notices_pale_words_and_strangers(browser: Browser, home: str) -> None:
    watched = Watched(browser, home)
    page = watched.go("/")
    page.evaluate("document.querySelector('h1').style.color = 'rgb(230, 230, 230)'")
    assert page.evaluate(CONTRAST)
    page.evaluate("fetch('http://127.0.0.1:1/').catch(() => 0)")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:1/x'}))")
    page.wait_for_timeout(200)
    assert sum("Content Security Policy" in words for words in watched.complaints) >= 2
    page.close()
