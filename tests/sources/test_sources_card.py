"""A card is data: every mistake in it is refused with file, key and what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tenderlight.model import Refused
from tenderlight.sources.card import LARGEST, parse_card
from tenderlight.sources.load import ignored_files, load_sources
from tests.sources.sources_invented import HEAD, SELECTORS, card_text, source_of

FILE = "sources/x/source.toml"


def refusal(text: bytes, id: str = "x") -> Refused:
    with pytest.raises(Refused) as refused:
        parse_card(text, id, FILE)
    assert FILE in refused.value.what
    assert refused.value.hint
    return refused.value


def test_a_card_says_what_a_source_is() -> None:
    card = parse_card(card_text(), "x", FILE)
    assert (card.id, card.name_zh, card.pace) == ("x", "某市采购网", 1.0)
    assert card.expected.maximum == 500
    assert card.selectors is not None
    assert card.robots == "obey"
    assert not card.private


@pytest.mark.parametrize(
    ("was", "now", "word"),
    [
        ("pace = 1.0", "pcae = 1.0", "pcae"),
        ("pace = 1.0", "", "pace"),
        ("pace = 1.0", "pace = -1", "pace"),
        ("pace = 1.0", "pace = nan", "pace"),
        ('country = "CN"', 'country = "China"', "country"),
        ('home = "https', 'home = "file', "home"),
        ('hosts = ["portal.example.cn"]', "hosts = []", "hosts"),
        ('hosts = ["portal.example.cn"]', 'hosts = ["*.example.cn"]', "*.example.cn"),
        ('hosts = ["portal.example.cn"]', 'hosts = ["https://a.cn"]', "https://a.cn"),
        ('hosts = ["portal.example.cn"]', 'hosts = ["a.cn/x"]', "a.cn/x"),
        ("{minimum = 1, maximum = 500}", "{minimum = 9, maximum = 5}", "minimum"),
        ("{minimum = 1, maximum = 500}", "{least = 9}", "expected"),
        ('note = "Invented."', 'note = ""', "note"),
        ('kind = "selectors"', 'kind = "feed"', "[feed]"),
        ('kind = "selectors"', 'kind = "python"', "kind"),
        ("name =", "id = 'x'\nname =", "`id`"),
        ("name =", "name", "TOML"),
        ("list_{page}", "list_{pgae}", "{pgae}"),
        ("list_{page}", "list_{page:%d}", "{page:%d}"),
        ("list_{page}", "list_{today:%9999999999d}", "%Y %m %d"),
        ("list_{page}", "list_{term}", "{term}"),
        ("https://portal.example.cn/list", "ftp://a/list", "ftp://a"),
        ("https://portal.example.cn/list", "https://other.cn/list", "other.cn"),
        ("https://portal.example.cn/list", "https://portal.example.cn:8443/list", "8443"),
        ("https://portal.example.cn/list", "https://a@portal.example.cn/list", "a@"),
        ("https://portal.example.cn/list", "https://evil.cn\\\\@portal.example.cn/", "evil.cn"),
        ("https://portal.example.cn/list", "https://{page}.portal.example.cn/", "hosts"),
        ('date = "span.date"', 'attachment = "https://files.cn/{id}"', "attachment_hosts"),
        ('date = "span.date"', 'address = "https://files.cn/{id}"', "files.cn"),
        ('item = "ul.list > li"', 'item = "ul["', "item"),
        ('item = "ul.list > li"', 'item = ""', "item"),
        ('item = "ul.list > li"', 'item = "a@"', "item"),
        ('date = "span.date"', 'date = "span:nope"', "date"),
        ('date = "span.date"', 'daet = "span"', "daet"),
        ('date = "span.date"', 'term_charset = "klingon"', "klingon"),
        ('date = "span.date"', 'headers = {Host = "evil"}', "Host"),
        ('date = "span.date"', 'headers = {Cookie = "a=b"}', "Cookie"),
        ('date = "span.date"', 'headers = {Accept = "a\\nHost: b"}', "Accept"),
        ('date = "span.date"', 'body = "a"', "GET"),
        ('date = "span.date"', 'address = "https://a.cn/view"', "{id}"),
        ('date = "span.date"', 'first = ["https://a.cn/", "https://b.cn/"]', "first"),
        ('date = "span.date"', "pages = 0", "pages"),
    ],
)
def test_a_mistake_in_a_card_is_refused_by_its_name(was: str, now: str, word: str) -> None:
    text = HEAD + SELECTORS
    assert was in text
    refused = refusal(text.replace(was, now, 1).encode())
    assert word in f"{refused.what} {refused.hint}"


def test_a_source_that_searches_needs_a_place_for_the_words() -> None:
    assert "{term}" in refusal(b"searches = true\n" + card_text()).what


def test_a_card_is_small_and_utf8() -> None:
    assert str(LARGEST) in refusal(b"#" * (LARGEST + 1)).what
    assert "TOML" in refusal(b"name = '\xff'").what
    assert "TOML" in refusal(b"a = " + b"[" * 30_000).what


@pytest.mark.parametrize("id", ["", "A", "a/b", "..", "a" * 41, "源", "a_b"])
def test_the_id_is_a_plain_folder_name(id: str) -> None:
    assert "folder" in refusal(card_text(), id).what


def test_a_reporters_card_is_a_source_beside_ours(tmp_path: Path) -> None:
    assert source_of(tmp_path, SELECTORS).card.id == "invented"
    assert set(load_sources(tmp_path)) == {"invented", *load_sources()}


def test_a_reporters_code_is_not_run_and_is_named(tmp_path: Path) -> None:
    source_of(tmp_path, SELECTORS)
    for name in ("collect.py", "parse.py", "__init__.py"):
        (tmp_path / "invented" / name).write_text("raise SystemExit('it ran')")
    load_sources(tmp_path)
    assert "invented/collect.py" in ignored_files(tmp_path)
    assert len(ignored_files(tmp_path)) == 3
    assert ignored_files(None) == ()


def test_a_reporters_card_cannot_ask_for_code(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="only sources of this package"):
        source_of(tmp_path, 'kind = "code"\n[code]\nlists = ["https://portal.example.cn/"]\n')


def test_a_reporters_card_cannot_take_the_place_of_ours(tmp_path: Path) -> None:
    for id in load_sources():
        (tmp_path / id).mkdir()
        (tmp_path / id / "source.toml").write_bytes(card_text())
        with pytest.raises(Refused, match="name of a source of ours"):
            load_sources(tmp_path)
        (tmp_path / id / "source.toml").unlink()
        (tmp_path / id).rmdir()


def test_links_and_pipes_in_a_strangers_corpus_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(card_text())
    own = tmp_path / "sources"
    (own / "a").mkdir(parents=True)
    (own / "a" / "source.toml").symlink_to(secret)
    with pytest.raises(Refused, match="cannot be read"):
        load_sources(own)
    (own / "a" / "source.toml").unlink()
    os.mkfifo(own / "a" / "source.toml")
    with pytest.raises(Refused, match="plain file"):
        load_sources(own)
    (own / "a" / "source.toml").unlink()
    (own / "a" / "source.toml").write_bytes(card_text())
    (own / "b").symlink_to(tmp_path)
    with pytest.raises(Refused, match="is a link"):
        load_sources(own)
