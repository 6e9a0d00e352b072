"""What a portal answers in place of a page: well-formed, and not what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .page import Page


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a fault needs to know of the portal."""

    target: str
    trap: str
    """The address of another host that is listening, and must never be asked."""
    slowness: float
    retry_after: str


def _plain(status: int, says: str, **more: str) -> Callable[[Page, Scene], Page]:
    body = f"<html><body><h1>{says}</h1></body></html>".encode()
    headers = tuple((name.replace("_", "-"), value) for name, value in more.items())
    return lambda page, scene: Page(status=status, body=body, headers=headers)


def _to(address: Callable[[Scene], str], status: int = 302) -> Callable[[Page, Scene], Page]:
    return lambda page, scene: Page(status=status, headers=(("Location", address(scene)),))


def _asked_to_wait(status: int) -> Callable[[Page, Scene], Page]:
    return lambda page, scene: Page(
        status=status,
        body="<html><body>访问过于频繁，请稍后再试</body></html>".encode(),
        headers=(("Retry-After", scene.retry_after),),
    )


def _next_turn(scene: Scene) -> str:
    """Another address each time, so that remembering addresses does not end it."""
    turn = scene.target.rpartition("turn=")[2]
    return f"/fault/loop?turn={int(turn) + 1 if turn.isdecimal() else 1}"


CAPTCHA = (
    "<html><head><title>安全验证</title></head><body><form action='/verify'><img src='/code.jpg'>"
    "<input name='captcha' placeholder='请输入验证码'></form>您的访问过于频繁，请完成验证"
    "</body></html>"
).encode()
SOFT = (
    "<html><head><title>提示</title></head><body><div class='msg'>页面不存在或该信息已删除"
    "</div><a href='/'>返回首页</a></body></html>"
).encode()
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{of};" * 10}">'
        for of, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + '<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    "<rss version='2.0'><channel><title>&j;&file;</title></channel></rss>"
).encode()
"""Thirty letters that become thirty thousand million, and a file of the reader's machine."""

SPOKEN: dict[str, Callable[[Page, Scene], Page]] = {
    "403": _plain(403, "403 Forbidden 拒绝访问"),
    "404": _plain(404, "404 页面不存在"),
    "404_empty": lambda page, scene: Page(status=404),
    "410": _plain(410, "410 Gone"),
    "429": _asked_to_wait(429),
    "500": _plain(500, "500 服务器内部错误"),
    "502": _plain(502, "502 Bad Gateway"),
    "503": _asked_to_wait(503),
    "loop": _to(_next_turn),
    "elsewhere": _to(lambda scene: scene.trap),
    "private": _to(lambda scene: "http://10.0.0.1/inner"),
    "metadata": _to(lambda scene: "http://169.254.169.254/latest/meta-data/"),
    "file": _to(lambda scene: "file:///etc/hostname"),
    "home": _to(lambda scene: "/"),
    "soft_404": lambda page, scene: Page(body=SOFT),
    "captcha": lambda page, scene: Page(body=CAPTCHA),
    "empty": lambda page, scene: Page(),
    "entities": lambda page, scene: Page(body=ENTITIES, media_type="text/xml"),
}
"""Well-formed answers that are not the page. `home` and `soft_404` are how removals often look."""
