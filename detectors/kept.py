"""What is costly to make is kept on disk, and made anew where it is missing, damaged or not our own.

The folder is `$RAAZDAR_CACHE`, or `raazdar` in the user's cache. It is used only while it belongs to this
user and nobody else may look into it, as what is read there is believed. Where there is no such folder,
nothing is kept and everything goes on.
"""

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from time import time

_MOST = 8
"""Copies of one name that are kept, the last used ones."""

_LEFT_BEHIND = 3600.0
"""Seconds after which a copy that is not finished will never be."""

_DECIDING = ("RAAZDAR_CACHE", "XDG_CACHE_HOME", "HOME")

_UNFINISHED = ".unfinished"


def kept(name: str, key: bytes, make: Callable[[], bytes]) -> bytes:
    """What `make` makes, or what it made when it was asked for by the same name and key before.

    `key` is everything that decides what is made: the versions of what makes it, too. `name`, a word, is for
    people and for sweeping. Raises only what `make` raises.
    """
    own = f"{name}-{sha256(key).hexdigest()[:40]}"
    with _folder() as folder:
        content = None if folder is None else _read(folder, own)
        if content is not None:
            return content
        content = make()
        if folder is not None:
            _write(folder, own, content)
            _sweep(folder, name)
        return content


def kept_where() -> dict[str, str]:
    """The variables of the environment by which another process of ours finds the same folder."""
    return {name: os.environ[name] for name in _DECIDING if name in os.environ}


@contextmanager
def _folder() -> Iterator[int | None]:
    """The folder, open; None where there is none that only we can use."""
    folder = None
    with suppress(OSError, RuntimeError):
        folder = _opened()
    try:
        yield folder
    finally:
        if folder is not None:
            os.close(folder)


def _opened() -> int | None:
    if not hasattr(os, "geteuid"):
        return None  # on Windows it takes more than this to know whose a folder is
    path = _path()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    found = os.fstat(folder)
    if found.st_uid == os.geteuid() and not found.st_mode & 0o077:
        return folder
    os.close(folder)
    return None


def _path() -> Path:
    """Raises RuntimeError where the user has no home."""
    own = os.environ.get("RAAZDAR_CACHE")
    if own:
        return Path(own)
    caches = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (caches if caches.is_absolute() else Path.home() / ".cache") / "raazdar"


def _read(folder: int, own: str) -> bytes | None:
    """A copy that is whole; None where there is none."""
    with suppress(OSError):
        opened = os.open(own, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
        with os.fdopen(opened, "rb") as file:
            found = os.fstat(opened)
            if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
                return None
            digest, content = file.read(sha256().digest_size), file.read()
            if sha256(content).digest() == digest:
                os.utime(opened)  # so that what is used is swept last
                return content
    return None


def _write(folder: int, own: str, content: bytes) -> None:
    """Under a name of its own until it is whole, so that nobody reads half of it."""
    unfinished = f"{own}.{secrets.token_hex(4)}{_UNFINISHED}"
    try:
        opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder)
        with os.fdopen(opened, "wb") as file:
            file.write(sha256(content).digest())
            file.write(content)
        os.replace(unfinished, own, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        # A full disk keeps nothing; what is asked for has been made all the same.
        with suppress(OSError):
            os.unlink(unfinished, dir_fd=folder)


def _sweep(folder: int, name: str) -> None:
    """Removes copies of that name that have not been used for longest, and what never got finished."""
    finished: list[tuple[float, str]] = []
    for one in os.listdir(folder):
        with suppress(OSError):
            used = os.stat(one, dir_fd=folder, follow_symlinks=False).st_mtime
            if not one.endswith(_UNFINISHED):
                if one.rpartition("-")[0] == name:
                    finished.append((used, one))
            elif time() - used > _LEFT_BEHIND:
                os.unlink(one, dir_fd=folder)
    for _, one in sorted(finished)[:-_MOST]:
        with suppress(OSError):
            os.unlink(one, dir_fd=folder)
