"""Fixtures shared by all rooms, the `--accept` switch, and a lock on the network."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

collect_ignore_glob = ["*conftest.py"]
"""Their doctests would be collected as modules, and two of one name clash."""


settings.register_profile("house", deadline=None)  # no test asserts how long anything takes
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write golden files for new versions")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Rooms are spread over processes whole: what a room builds once is built once."""
    root = Path(__file__).resolve().parent.parent
    for item in items:
        inside = item.path.relative_to(root).parts
        item.add_marker(pytest.mark.xdist_group("/".join(inside[:2])))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def loopback_only(self: socket.socket, address: Any) -> None:
        if self.family == socket.AF_UNIX or address[0] in ("127.0.0.1", "::1", "localhost"):
            return connect(self, address)
        raise RuntimeError(f"tests do not use the network, but something asked for {address}")

    monkeypatch.setattr(socket.socket, "connect", loopback_only)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled notices beside a developer's checkout, where there are any."""
    if not (SHARED / "notices").is_dir():
        pytest.skip("the labelled notices in ../shared are not on this machine")
    return SHARED
