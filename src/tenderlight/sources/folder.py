"""Files and folders that a person saved, with or without a manifest."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from tenderlight.model import Refused, Statement
from tenderlight.sources.manifest import MANIFEST, Named, read_manifest

_NOT_REGULAR = "Name a file or a folder; save what comes from elsewhere to a file first."
_AS_STATED = "Correct that line, or leave it out."


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A document to add."""

    path: Path
    """Where it lies now. Not preserved: it would tell whose machine this was."""
    file: str
    """The name under which it is added, relative to the folder that was given."""
    url: str | None = None
    captured: str | None = None
    stated: Statement | None = None
    attached_to: Found | None = None
    """The notice that it belongs to; None: it is a notice itself."""


class RefusedFile(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not let in. `{file} {what} {hint}` is the message."""

    file: str
    """As it was given, or a manifest and the number of the line."""
    what: str
    hint: str


def find_documents(
    paths: Iterable[Path], leave_out: Path | None = None
) -> Iterator[Found | RefusedFile]:
    """Every document in files and folders, folders with all that is in them, sorted by name.

    `notices/` that holds `yichang/x.html` gives the file `yichang/x.html`; a single file gives its
    name. Not documents: hidden files (`.DS_Store`) and manifests. Refused, one by one, while the
    rest goes on: links that lead out of the folder, links to folders, devices and pipes, lines of
    a manifest that are wrong. `leave_out` is never entered (the corpus itself).
    """
    for path in paths:
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield _unreadable(str(path), error)
            continue
        if stat.S_ISDIR(mode):
            yield from _Walk(path, leave_out).folder(PurePosixPath())
        elif stat.S_ISREG(mode):
            yield _single(path, leave_out)
        else:
            yield _refused(str(path), "is neither a file nor a folder.", _NOT_REGULAR)


def _single(path: Path, leave_out: Path | None) -> Found | RefusedFile:
    """A file that was given by itself, hidden or not."""
    real = path.resolve()
    if path.name == MANIFEST:
        return _refused(str(path), "is a manifest, not a document.", "Name its folder instead.")
    if leave_out is not None and real.is_relative_to(leave_out.resolve()):
        return _refused(str(path), "lies in the corpus itself.", "Leave it out.")
    return _named(real, path.name)


class _Walk:
    """One given folder: every name in it once, the manifests' first."""

    def __init__(self, root: Path, leave_out: Path | None) -> None:
        self._root = root.resolve()
        self._leave_out = leave_out.resolve() if leave_out is not None else None
        self._seen: set[str] = set()

    def folder(self, where: PurePosixPath) -> Iterator[Found | RefusedFile]:
        folder = self._root / where
        if folder == self._leave_out:
            yield _refused(
                _shown(where), "is the corpus itself.", "Name the folders beside it instead."
            )
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(_shown(where), error)
            return
        if any(entry.name == MANIFEST for entry in entries):
            yield from self._manifest(where)
        for entry in entries:
            yield from self._entry(entry, where / entry.name)

    def _entry(
        self, entry: os.DirEntry[str], where: PurePosixPath
    ) -> Iterator[Found | RefusedFile]:
        if entry.name.startswith(".") or entry.name == MANIFEST or str(where) in self._seen:
            return
        if entry.is_dir(follow_symlinks=False):
            yield from self.folder(where)
            return
        try:
            yield _named(self._place(where, self._root), str(where))
        except Refused as refused:
            yield _refused(_shown(where), refused.what, refused.hint)

    def _manifest(self, where: PurePosixPath) -> Iterator[Found | RefusedFile]:
        shown = _shown(where / MANIFEST)
        try:
            path = self._place(where / MANIFEST, self._root / where)
            notices = _notices_with_attachments(path)
            for line in read_manifest(path):
                if not isinstance(line, Named):
                    yield _refused(f"{shown} line {line[0]}", line[1].what, line[1].hint)
                elif line.attached_to is None:
                    for found in self._stated(line, where):
                        if isinstance(found, Found) and line.file in notices:
                            notices[line.file] = found
                        yield found
            if notices:
                yield from self._attachments(path, where, notices)
        except Refused as refused:
            yield _refused(shown, refused.what, refused.hint)
        except OSError as error:
            yield _unreadable(shown, error)

    def _attachments(
        self, manifest: Path, where: PurePosixPath, notices: dict[PurePosixPath, Found | None]
    ) -> Iterator[Found | RefusedFile]:
        """The files that lines say belong to notices, after all notices."""
        for line in read_manifest(manifest):
            if not isinstance(line, Named) or line.attached_to is None:
                continue
            itself = line.attached_to == line.file
            notice = notices[line.attached_to] or self._unnamed(where / line.attached_to)
            notice = None if itself else notice
            for found in self._stated(line, where):
                if notice is None and isinstance(found, Found):
                    yield _refused(
                        f"{_shown(where / MANIFEST)} line {line.number}",
                        f"is attached to {_shown(line.attached_to)!r}, which is not there as a "
                        "notice; it was added as a notice of its own.",
                        "Name the notice's file as it lies in this folder.",
                    )
                yield (
                    msgspec.structs.replace(found, attached_to=notice)
                    if isinstance(found, Found)
                    else found
                )

    def _unnamed(self, where: PurePosixPath) -> Found | None:
        """A notice that has a file but no line of its own."""
        if str(where) in self._seen:
            return None
        try:
            found = _named(self._place(where, self._root), str(where))
        except Refused:
            return None
        return found if isinstance(found, Found) else None

    def _stated(self, line: Named, folder: PurePosixPath) -> Iterator[Found | RefusedFile]:
        where = folder / line.file
        shown = f"{_shown(folder / MANIFEST)} line {line.number}"
        try:
            if line.file.name == MANIFEST:
                raise Refused("is a manifest, not a document.", _AS_STATED)
            path = self._place(where, self._root / folder)
            if str(where) in self._seen:
                raise Refused("was named before; the first line counts.", _AS_STATED)
        except Refused as refused:
            yield _refused(shown, f"names {str(line.file)!r}, which {refused.what}", refused.hint)
            return
        self._seen.add(str(where))
        if line.refused_url is not None:
            yield _refused(
                shown,
                f"gives {line.refused_url[:80]!r} as address, which was not taken over; "
                "the file itself was.",
                "Give an address that begins with http:// or https://, or null.",
            )
        yield Found(
            path=path,
            file=str(where),
            url=line.url,
            captured=line.captured,
            stated=line.stated,
        )

    def _place(self, where: PurePosixPath, inside: Path) -> Path:
        """Where a name really lies. Refuses what is no regular file, or is not inside."""
        try:
            path = (self._root / where).resolve(strict=True)
            mode = path.stat().st_mode
        except (OSError, RuntimeError) as error:
            raise Refused(*_reason(error)) from error
        if not path.is_relative_to(inside):
            raise Refused(
                "is a link that leads out of its folder.", "Put the file itself into the folder."
            )
        if self._leave_out is not None and path.is_relative_to(self._leave_out):
            raise Refused("lies in the corpus itself.", "Leave it out.")
        if stat.S_ISDIR(mode):
            raise Refused("is a folder, not a file.", "Its files are added where they stand.")
        if not stat.S_ISREG(mode):
            raise Refused("is a device, pipe or socket.", _NOT_REGULAR)
        return path


def _notices_with_attachments(manifest: Path) -> dict[PurePosixPath, Found | None]:
    """The notices to which lines of a manifest attach something; what they are is not known yet."""
    return {
        line.attached_to: None
        for line in read_manifest(manifest)
        if isinstance(line, Named) and line.attached_to is not None
    }


def _named(path: Path, file: str) -> Found | RefusedFile:
    try:
        file.encode()
    except UnicodeEncodeError:
        return _refused(
            _shown(PurePosixPath(file)), "has a name that is not UTF-8.", "Rename it, then add it."
        )
    return Found(path=path, file=file)


def _unreadable(shown: str, error: Exception) -> RefusedFile:
    return _refused(shown, *_reason(error))


def _reason(error: Exception) -> tuple[str, str]:
    """What an error of the file system means, and what to do now."""
    if isinstance(error, FileNotFoundError):
        return "is not there.", "Check the name, or fetch the file again."
    if isinstance(error, PermissionError):
        return "may not be read by you.", "Change its permissions, then add it again."
    reason = getattr(error, "strerror", None) or str(error)
    return f"cannot be read: {reason}.", "Check the file and its disk, then add it again."


def _refused(shown: str, what: str, hint: str) -> RefusedFile:
    return RefusedFile(file=_printable(shown), what=what, hint=hint)


def _shown(where: PurePosixPath) -> str:
    return _printable(str(where))


def _printable(name: str) -> str:
    """A name that can be printed, whatever bytes and control characters it is made of."""
    legible = name.encode("utf-8", "backslashreplace").decode()
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in legible)


def open_document(found: Found) -> int:
    """A file descriptor on a document that was found. Refuses what has changed its kind since."""
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        number = os.open(found.path, flags)
    except (OSError, ValueError) as error:
        raise Refused(*_reason(error)) from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise Refused("is not a regular file any more.", _NOT_REGULAR)
    return number
