"""The zygote with a reader that misbehaves as its document says: for tests only."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tenderlight.apart import locks, serving, zygote
from tenderlight.model import Block, Reading, Unreadable
from tenderlight.pictures import Picture, Recognise
from tenderlight.reading.alone import read_alone
from tenderlight.reading.document import Member, Opened, sees_nothing

MARK = bytes(range(32)) + b"\xffINVENTED"
SHA = ""
"""Of the document that is being read."""
OUTSIDE = Path(__file__).resolve().parent


def said(text: str, **more: object) -> Opened:
    reading = Reading(text=text, blocks=(Block(0, len(text)),), media_type="text/plain", **more)
    return Opened(reading=reading)


def crash(recognise: Recognise) -> Opened:
    ctypes.string_at(0)
    return said("still here")


def abort(recognise: Recognise) -> Opened:
    os.abort()


def stumble(recognise: Recognise) -> Opened:
    raise KeyError("a telephone number that nobody should see: 13800000000")


def leave(recognise: Recognise) -> Opened:
    os._exit(0)


def sleep(recognise: Recognise) -> Opened:
    time.sleep(600)
    return said("awake")


def spin(recognise: Recognise) -> Opened:
    while True:
        pass


def eat(recognise: Recognise) -> Opened:
    eaten = []
    while True:
        eaten.append(bytes(64 << 20))


def recurse(recognise: Recognise) -> Opened:
    return recurse(recognise)


def flood(recognise: Recognise) -> Opened:
    return said("x" * (64 << 20))


def overflow(recognise: Recognise) -> Opened:
    return Opened(
        reading=said("x").reading,
        members=tuple(Member(name=str(n), payload=bytes(4 << 20)) for n in range(40)),
    )


def many(recognise: Recognise) -> Opened:
    return Opened(reading=said("x").reading, members=tuple(Member(name=str(n)) for n in range(300)))


def lie(recognise: Recognise) -> Opened:
    return Opened(reading=Reading(text="x", blocks=(Block(0, 99),), media_type="x"))


def ask_for_ever(recognise: Recognise) -> Opened:
    while True:
        recognise(Picture(name=f"{SHA}#image", width=1, height=1, dpi=200, rgb=b"abc"))


def ask_for_nothing(recognise: Recognise) -> Opened:
    recognise(Picture(name=f"{SHA}#image", width=1000, height=1000, dpi=200, rgb=b"abc"))
    return said("asked")


def talk(recognise: Recognise) -> Opened:
    for number in range(3, 64):
        try:
            os.write(number, b"\xff" * 4096)
        except OSError:
            continue
    return said("talked")


def ask(recognise: Recognise) -> Opened:
    seen = recognise(Picture(name=f"{SHA}#page=1", width=2, height=1, dpi=200, rgb=b"abcdef"))
    return said(f"engine {seen.engine}")


def ask_often(recognise: Recognise) -> Opened:
    pictures = [
        Picture(name=f"{SHA}#page={n}&dpi=200", width=1, height=1, dpi=200, rgb=b"abc")
        for n in range(1, 6)
    ]
    return said(" ".join(recognise(picture).engine for picture in pictures))


def ask_as_another(recognise: Recognise) -> Opened:
    recognise(Picture(name=f"{'0' * 64}#image", width=1, height=1, dpi=200, rgb=b"abc"))
    return said("asked")


def ask_alone(recognise: Recognise) -> Opened:
    recognise(Picture(name=f"{SHA}#image", width=1, height=1, dpi=200, rgb=b"abc"))
    raise Unreadable("reading.scan", "A picture.", "Read it by eye.")


def _run() -> None:
    subprocess.run([sys.executable, "-c", "1"], check=True)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _thread() -> None:
    threading.Thread(target=int).start()


def _connect() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def _udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendto(b"x", ("127.0.0.1", 9))


def _trace() -> None:
    if ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) != 0:
        raise PermissionError


def _shared_memory() -> None:
    os.close(os.memfd_create("x"))


def _limits_of_parent() -> None:
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)


def _more_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
    if resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY:
        raise PermissionError


ESCAPES: dict[str, Callable[[], object]] = {
    "write": lambda: (OUTSIDE / "written").write_bytes(b"x"),
    "append": lambda: (OUTSIDE / "kept").open("ab"),
    "write to shared memory": lambda: Path("/dev/shm/tenderlight-invented").write_bytes(b"x"),
    "make a folder": lambda: (OUTSIDE / "folder").mkdir(),
    "delete": lambda: (OUTSIDE / "kept").unlink(),
    "rename": lambda: (OUTSIDE / "kept").rename(OUTSIDE / "gone"),
    "link": lambda: (OUTSIDE / "link").symlink_to("/etc"),
    "open up": lambda: (OUTSIDE / "kept").chmod(0o777),
    "cut off": lambda: os.truncate(OUTSIDE / "kept", 0),
    "read": lambda: (OUTSIDE / "kept").read_bytes(),
    "list": lambda: os.listdir(OUTSIDE),
    "read the system's": lambda: Path("/etc/passwd").read_bytes(),
    "read a process's memory": lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    "go elsewhere": lambda: os.chdir(OUTSIDE),
    "run": _run,
    "exec": lambda: os.execv(sys.executable, [sys.executable, "-c", "1"]),
    "fork": _fork,
    "thread": _thread,
    "kill": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "connect": _connect,
    "send": _udp,
    "listen": lambda: socket.socket(socket.AF_UNIX).bind(str(OUTSIDE / "socket")),
    "trace": _trace,
    "share memory": _shared_memory,
    "limit others": _limits_of_parent,
    "take more memory": _more_memory,
}


def escape(recognise: Recognise) -> Opened:
    """Try everything; say what worked."""
    worked = []
    for name, attempt in ESCAPES.items():
        try:
            attempt()
        except Exception:  # what it is refused with does not matter
            continue
        worked.append(name)
    return said(", ".join(worked) or "nothing")


def peek(recognise: Recognise) -> Opened:
    """Two that need no more than one missing lock each."""
    worked = []
    with contextlib.suppress(OSError):
        worked.append("read" if (OUTSIDE / "kept").read_bytes() else "")
    with contextlib.suppress(OSError):
        socket.socket().close()
        worked.append("socket")
    return said(", ".join(worked) or "nothing")


BEHAVIOURS: dict[bytes, Callable[[Recognise], Opened]] = {
    name.encode(): behaviour
    for name, behaviour in list(globals().items())
    if callable(behaviour) and getattr(behaviour, "__annotations__", {}).get("return") == "Opened"
}


def read(payload: bytes, file: str, recognise: Recognise = sees_nothing) -> Opened:
    global SHA
    SHA = hashlib.sha256(payload).hexdigest()
    if payload.startswith(MARK):
        return BEHAVIOURS[payload.removeprefix(MARK)](recognise)
    if payload.startswith(b"INVENTED "):
        return BEHAVIOURS[payload.removeprefix(b"INVENTED ")](recognise)
    return read_alone(payload, file, recognise)


if __name__ == "__main__":
    if "calls" in Path(__file__).stem:
        locks.filter_calls = lambda *, children: False  # type: ignore[assignment]
    if "files" in Path(__file__).stem:
        locks.lock_files = lambda: False  # type: ignore[assignment]
    serving.read_alone = read  # type: ignore[assignment]
    zygote.main()
