"""Asking authorities over HTTP: only what proves the line is kept, and nothing else is asked."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tenderlight.collecting.stamp import Authority as Asked
from tenderlight.collecting.stamp import load_authorities, stamp_head
from tenderlight.corpus.folder import Authority as Named
from tenderlight.evidence import Store
from tenderlight.model import Refused
from tests.authority.authority import Authority, clock, make_authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"), chain=True)


@pytest.fixture(scope="module")
def url(authority: Authority) -> Iterator[str]:
    with authority.serving() as url:
        yield url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    with Store(tmp_path / "evidence").keeping(clock) as session:
        session.keep(io.BytesIO(b"a notice"), file="a.html")
    return tmp_path / "evidence"


def asked(authority: Authority, url: str, name: str = "invented", *, private: bool = True) -> Asked:
    return Asked(name=name, url=url, roots=authority.roots.read_bytes(), private=private)


def test_every_authority_is_asked_and_what_they_say_is_kept(
    folder: Path, authority: Authority, url: str
) -> None:
    both = [asked(authority, f"{url}/a", "one"), asked(authority, f"{url}/b", "two")]
    results = stamp_head(folder, both, clock)
    assert [(each.authority, each.failed) for each in results] == [("one", None), ("two", None)]
    stamp = results[0].stamp
    assert stamp is not None
    assert (stamp.line, stamp.url) == (1, f"{url}/a")
    report = Store(folder).verify()
    assert report.is_whole
    assert [(each.authority, each.line) for each in report.stamps] == [("one", 1), ("two", 1)]
    assert stamp_head(folder, both[:1], clock)[0].stamp.line == 3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("refuse", "status 503"),
        ("html", "no answer of RFC 3161"),
        ("cut", "disconnect|closed|end"),
        ("large", "length|large"),
        ("other", "another digest"),
        ("old", "Nonce|another digest"),
    ],
)
def test_an_authority_that_fails_is_reported_and_harms_nothing(
    path: str, why: str, folder: Path, authority: Authority, url: str
) -> None:
    before = sorted(folder.rglob("*"))
    stamp_head_of_another_line(folder.parent / "first", authority, url)
    (result,) = stamp_head(folder, [asked(authority, f"{url}/{path}")], clock)
    assert result.stamp is None
    assert result.failed is not None
    assert re.search(why, result.failed), result.failed
    assert sorted(folder.rglob("*")) == before
    assert Store(folder).verify().is_whole


def stamp_head_of_another_line(root: Path, authority: Authority, url: str) -> None:
    """So that the authority has been asked something before, which it can repeat."""
    (root / "evidence").mkdir(parents=True)
    with Store(root / "evidence").keeping(clock) as session:
        session.keep(io.BytesIO(b"another notice"), file="b.html")
    stamp_head(root / "evidence", [asked(authority, url)], clock)


def test_one_failure_does_not_cost_the_other_stamp(
    folder: Path, authority: Authority, url: str
) -> None:
    both = [asked(authority, f"{url}/refuse", "one"), asked(authority, url, "two")]
    results = stamp_head(folder, both, clock)
    assert [each.stamp is not None for each in results] == [False, True]


def test_other_roots_than_the_trusted_ones_prove_nothing(
    folder: Path, authority: Authority, url: str, tmp_path: Path
) -> None:
    other = make_authority(tmp_path / "other")
    strict = Asked(name="x", url=url, roots=other.roots.read_bytes(), private=True)
    (result,) = stamp_head(folder, [strict], clock)
    assert "signature does not hold" in (result.failed or "")


def test_a_private_address_is_asked_only_if_the_card_says_so(
    folder: Path, authority: Authority, url: str
) -> None:
    count = len(authority.asked)
    (result,) = stamp_head(folder, [asked(authority, url, private=False)], clock)
    assert "private" in (result.failed or "")
    assert len(authority.asked) == count


def test_nothing_but_the_digest_is_sent(folder: Path, authority: Authority, url: str) -> None:
    stamp_head(folder, [asked(authority, url)], clock)
    query = authority.asked[-1]
    assert bytes.fromhex(first_digest(folder)) in query
    assert len(query) < 100


def first_digest(folder: Path) -> str:
    return next(line.stamp.sha256 for line in Store(folder).entries() if line.stamp)


def test_an_empty_ledger_is_not_stamped(tmp_path: Path, authority: Authority, url: str) -> None:
    (tmp_path / "evidence").mkdir()
    with pytest.raises(Refused, match="Nothing is preserved yet"):
        stamp_head(tmp_path / "evidence", [asked(authority, url)], clock)


def test_a_corpus_that_somebody_adds_to_is_reported(
    folder: Path, authority: Authority, url: str
) -> None:
    with Store(folder).keeping(clock), pytest.raises(Refused, match="in use"):
        stamp_head(folder, [asked(authority, url)], clock)


def named(name: str = "invented", roots: str = "trust/root.pem") -> Named:
    return Named(name=name, url="https://tsa.example/", roots=roots)


def test_certificates_come_from_the_corpus(tmp_path: Path, authority: Authority) -> None:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust/root.pem").write_bytes(authority.roots.read_bytes())
    (loaded,) = load_authorities(tmp_path, [named()])
    assert loaded == Asked(
        name="invented", url="https://tsa.example/", roots=authority.roots.read_bytes()
    )
    both = [named("one"), named("two")]
    assert [each.name for each in load_authorities(tmp_path, both, "two")] == ["two"]
    with pytest.raises(Refused, match=r"corpus\.toml names: one, two"):
        load_authorities(tmp_path, both, "three")
    with pytest.raises(Refused, match="same name"):
        load_authorities(tmp_path, [named(), named()])


@pytest.mark.parametrize("name", ["", "A", "../x", "a b", "-a", "x" * 41])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="cannot be the name"):
        load_authorities(tmp_path, [named(name)])


def test_certificates_from_elsewhere_are_refused(tmp_path: Path, authority: Authority) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (tmp_path / "outside.pem").write_bytes(authority.roots.read_bytes())
    (root / "link.pem").symlink_to(tmp_path / "outside.pem")
    (root / "folder").symlink_to(tmp_path)
    (root / "text.pem").write_text("certificates")
    for place in ("../outside.pem", str(tmp_path / "outside.pem"), "link.pem", "folder/outside.pem",
                  "text.pem", "none.pem", "", "."):  # fmt: skip
        with pytest.raises(Refused):
            load_authorities(root, [named(roots=place)])


def test_results_are_values(folder: Path, authority: Authority, url: str) -> None:
    results = stamp_head(folder, [asked(authority, url)], clock)
    assert msgspec.json.decode(msgspec.json.encode(results))[0]["stamp"]["authority"] == "invented"
