"""The pages of an edition in a real Chromium, from a folder, without server or network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tenderlight.citing import FORMS, Source, cite
from tests.editions.editions_made import contents
from tests.editions.site_made import HOSTILE, ID, notice, write_edition

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "edition"
    plain = [notice(number, f"（样例）采购Ｗｉ－Ｆｉ探针{number}套") for number in range(1, 130)]
    write_edition(out, [notice(0, HOSTILE, HOSTILE), *plain], "人脸识别")
    return out


@pytest.fixture(scope="module")
def page(site: Path) -> Iterator[Page]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI") == "true":  # noqa: TID251 - a setting of the machine
            pytest.fail("CI must run the browser tests: install Debian's `chromium`.")
        pytest.skip("no Chromium on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(f"error: {error}"))
        yield page
        browser.close()
        assert [url for url in asked if not url.startswith(("file:", "blob:", "about:"))] == []


def _open(page: Page, site: Path, path: str) -> None:
    page.goto("about:blank")
    page.goto(f"{site.as_uri()}/{path}")


def test_a_number_opens_onto_its_rows_and_a_row_onto_the_passage_in_its_notice(
    page: Page, site: Path
) -> None:
    _open(page, site, "site/en/figure-held.html")
    page.click(".figure-table td a")
    page.wait_for_selector(".proofs tbody tr")
    assert page.inner_text(".proofs mark") == "人脸识别"
    assert "1" in page.inner_text(".cite-number .citation")
    assert f"Tenderlight edition {ID}, site/en/rows.html#held/cell%2Fall%2Fnotices" in (
        page.inner_text(".cite-number .citation")
    )
    page.click(".proofs th a")
    page.wait_for_selector("#notice[data-done]")
    assert page.inner_text("mark.asked") == "人脸识别"


def test_what_documents_say_is_never_run(page: Page, site: Path) -> None:
    for path in (
        "index.html", "site/zh/index.html", "site/en/figure-held.html", "site/en/check.html",
        "site/en/rows.html#held/cell%2Fall%2Fnotices", f"site/zh/notice.html#{0:016x}",
        "site/en/search.html#" + "%3C%2Fscript%3E",
    ):  # fmt: skip
        _open(page, site, path)
        page.wait_for_timeout(150)
        assert page.evaluate("globalThis.BROKEN") is None, path
        assert page.locator("img").count() == 0, path


@pytest.mark.parametrize(
    ("query", "count"),
    [("wi-fi", 129), ("WI－FI探针77套", 1), ("人脸 -探针", 1), ("探", 129), ("没有", 0)],
)
def test_the_search_finds_what_a_scan_finds(page: Page, site: Path, query: str, count: int) -> None:
    _open(page, site, f"site/en/search.html#{query}")
    page.wait_for_selector("#told[data-done]")
    assert page.locator("#found article").count() == min(count, 20)
    assert page.inner_text("#told").startswith(f"{count} " if count else "None")


def test_a_citation_copied_in_the_page_is_the_one_that_we_write(page: Page, site: Path) -> None:
    _open(page, site, f"site/en/notice.html#{0:016x}@110-114")
    page.wait_for_selector("#notice[data-done]")
    source = Source(
        kind="passage", id="00_é", title=HOSTILE + " 100% {a}_b & c", author="甲县公安局",
        link="site/en/notice.html#00@1-2", issued="2017-03", url="https://gg.example/a_{b}%20",
        container="（样例）", edition=ID, quote="人脸", place="1-2", sha256="ab",
        accessed="2026-07-06T05:15:07Z", language="zh",
    )  # fmt: skip
    told = {name: getattr(source, name) for name in source.__struct_fields__}
    for form in FORMS:
        ours = page.evaluate("([source, form]) => citation(source, form)", [told, form])
        assert ours == cite(source, form, "en"), form


def test_the_sources_are_numbered_for_print(page: Page, site: Path) -> None:
    _open(page, site, "site/en/figure-held.html")
    page.click("[data-sources]")
    page.wait_for_selector("[role=status][data-done]")
    assert page.locator("ol.sources li").count() == 1
    assert page.inner_text(".ref") == "[1]"


def test_a_figure_is_read_without_a_script_and_every_page_forbids_the_network(site: Path) -> None:
    told = (site / "site/en/figure-held.html").read_text(encoding="utf-8")
    assert "Notices that hold it" in told
    assert "<script>globalThis" not in told
    for path in site.rglob("*.html"):
        assert "default-src 'none'" in path.read_text(encoding="utf-8")


def test_the_same_data_give_the_same_pages(tmp_path: Path) -> None:
    rows = [notice(0, "甲")]
    made = [write_edition(tmp_path / name, rows, "甲") for name in ("one", "two")]
    assert made[0] == made[1]
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
