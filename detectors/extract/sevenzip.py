"""7z archives. Nothing is unpacked to a disk, and no name in them is followed."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import py7zr
from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError
from py7zr.io import Py7zIO, WriterFactory

from detectors.extract import reasons
from detectors.extract.archives import tell_names
from detectors.extract.limits import MEBIBYTE
from detectors.extract.reading import Reading, Unreadable, named


def read_seven_zip(content: bytes, label: str, reading: Reading) -> None:
    """Every file in a 7z archive, and their names as a text."""
    with _translated():
        archive = py7zr.SevenZipFile(io.BytesIO(content), max_extract_size=reading.limits.unpacked)
    with archive:
        for number, name, unpacked in _files(archive, len(content), label, reading):
            reading.nested(unpacked, label, number, name)


@contextmanager
def _translated() -> Iterator[None]:
    """What the library says of an archive that it can't read, in our words."""
    try:
        yield
    except PasswordRequired as error:
        raise Unreadable(reasons.ENCRYPTED) from error
    except UnsupportedCompressionMethodError as error:
        raise Unreadable(reasons.UNSUPPORTED) from error


def _files(
    archive: py7zr.SevenZipFile, packed: int, label: str, reading: Reading
) -> Iterator[tuple[int, str, bytes]]:
    """The number, the name and the content of each file that is not too large.

    They are packed together, so that one can't be unpacked without those before it.
    """
    files = [(member.filename, member.uncompressed) for member in archive.list() if not member.is_directory]
    tell_names([name for name, _ in files], label, reading)
    total = sum(size for _, size in files)
    if total > max(MEBIBYTE, packed * reading.limits.ratio):
        raise Unreadable(reasons.TOO_COMPRESSED)
    wanted: dict[str, int] = {}
    for number, (name, size) in enumerate(files, start=1):
        with reading.caught(named(label, number, name)):
            reading.unpack(size)
            if name in wanted:
                raise Unreadable(reasons.BROKEN)
            if size:
                wanted[name] = number
    unpacked = _Unpacked()
    if wanted:
        with reading.caught(label), _translated():
            archive.extract(targets=list(wanted), factory=unpacked)
    # What is unpacked comes in the order of the list, and ends where the archive breaks.
    for (name, number), file in zip(wanted.items(), unpacked.files, strict=False):
        yield number, name, file.content


class _Unpacked(WriterFactory):
    """Keeps in memory what is unpacked, in the order in which it comes."""

    def __init__(self) -> None:
        self.files: list[_File] = []

    def create(self, filename: str) -> Py7zIO:
        self.files.append(_File())
        return self.files[-1]


class _File(Py7zIO):
    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    @property
    def content(self) -> bytes:
        return b"".join(self._pieces)

    def write(self, s: bytes | bytearray) -> int:
        self._pieces.append(bytes(s))
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return sum(map(len, self._pieces))
