"""Everything that is installed, and all data that is shipped, may be used and passed on."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PINNED = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.M)
FINE = re.compile(
    r"apache|\bbsd\b|\bmit\b|mit-cmu|\bmpl|mozilla|\bisc\b|\bpsf|python software|\bzpl"
    r"|public domain|sil open font",
    re.I,
)
VIRAL = re.compile(r"\b[AL]?GPL", re.I)


def licence_of(package: str) -> str:
    """What the package says of itself: the expression, else the short text and classifiers."""
    said = metadata(package)
    if expression := said.get("License-Expression"):
        return expression
    classifiers = [c for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    return "; ".join([*classifiers, (said.get("License") or "")[:80]])


def is_fine(licence: str) -> bool:
    """One of several licences offered (`OR`) is enough."""
    return any(FINE.search(one) and not VIRAL.search(one) for one in licence.split(" OR "))


IMPORTED_AS = {"opencv-python-headless": "cv2", "pillow": "PIL", "scikit-learn": "sklearn",
               "vl-convert-python": "vl_convert"}  # fmt: skip


@pytest.mark.parametrize("package", PINNED)
def test_the_licence_of_a_dependency_is_compatible(package: str) -> None:
    assert is_fine(licence_of(package)), f"{package}: {licence_of(package)!r}"


def test_the_check_itself_refuses_what_would_bind_us() -> None:
    assert not is_fine("AGPL-3.0-only")
    assert not is_fine("MIT AND GPL-2.0-only")
    assert not is_fine("")
    assert is_fine("MPL-1.1 OR GPL-2.0-only")


def test_every_dependency_at_run_time_is_used() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    source = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", source, re.M))
    named = {name: IMPORTED_AS.get(name, name.replace("-", "_")) for name in wanted}
    unused = [name for name, module in named.items() if module not in imported]
    assert [name for name in unused if f'find_spec("{name}")' not in source] == []


def test_shipped_data_of_others_has_its_notice() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    data = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    for line in re.findall(r"Copyright \(c\) \d{4} [A-Z]\w+ \w+", data):
        assert line in notice
    for file in re.findall(r"^## .*`(src/\S+)`", data, re.M):
        assert file in notice
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
