"""What was read and found good once is not checked again while everything that decides it stays as it was."""

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pydantic
import regex

from bot.config.reading import variables_of
from detectors.kept import kept

T = TypeVar("T")

_HOUSE = Path(__file__).parents[2]
_CODE = ("bot/*.py", "bot/config/*.py", "bot/model/*.py", "detectors/*.py", "detectors/rulebook/*.py")
_SETTINGS = "raazdar.yaml"
"""Settings hold secrets, and depend on more than files; they are read each time."""


def read_once(
    name: str,
    folders: Iterable[Path],
    shape: type[T],
    read: Callable[[], T | None],
    environment: Mapping[str, str] = os.environ,
) -> T | None:
    """What `read` reads from the YAML files in the folders; None where something is wrong with them.

    It is asked again whenever a file, a variable that one names, our code or what is installed has changed.
    """
    folders = tuple(folders)

    def key() -> bytes:
        return b"".join(_digests(folders, environment))

    def make() -> bytes:
        value = read()
        # Files that were written to while they were read are not those that the key was made of.
        if value is None or key() != before:
            raise _NotToBeKept(value)
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    try:
        before = key()
        value = pickle.loads(kept(name, before, make))  # noqa: S301 - our own, in a folder that is ours alone
    except OSError:
        return read()  # which says what can't be read
    except _NotToBeKept as one:
        value = one.value
    return value if isinstance(value, shape) else None


class _NotToBeKept(Exception):
    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


def _digests(folders: Iterable[Path], environment: Mapping[str, str]) -> Iterable[bytes]:
    """All that decides what is read, each thing with its name."""
    installed = Path(regex.__file__).parents[1].stat().st_mtime_ns
    yield f"{sys.version} {regex.__version__} {pydantic.VERSION} {installed}".encode()
    for pattern in _CODE:
        for path in sorted(_HOUSE.glob(pattern)):
            yield _digest(path.relative_to(_HOUSE), path.read_bytes())
    for number, folder in enumerate(folders):
        for path in sorted((*folder.glob("*.yaml"), *folder.glob("*/*.yaml"))):
            if path.name != _SETTINGS:
                content = path.read_bytes()
                yield _digest(Path(str(number)) / path.relative_to(folder), content)
                for variable in variables_of(content):
                    value = environment.get(variable)
                    yield _digest(Path(variable), b"" if value is None else b"=" + os.fsencode(value))


def _digest(name: Path, content: bytes) -> bytes:
    return sha256(bytes(name) + b"\0" + content).digest()
