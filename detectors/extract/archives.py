"""Archives and compressed files. Nothing is unpacked to a disk, and no name in them is followed."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Sequence
from functools import partial
from typing import IO, cast

from detectors.extract import reasons
from detectors.extract.kinds import Kind, kind_of
from detectors.extract.reading import Reading, Unreadable

_LONGEST_NAME = 1000
_ENCRYPTED_FLAG = 0x1
_BLOCK = 1 << 18


def read_zip(archive: zipfile.ZipFile, label: str, reading: Reading) -> None:
    """Every file in a ZIP, and their names as a text."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    tell_names([member.filename for member in members], label, reading)
    for number, member in enumerate(members, start=1):
        reading.nested(partial(unzip, archive, member, reading), label, number, member.filename)


def unzip(archive: zipfile.ZipFile, member: zipfile.ZipInfo, reading: Reading) -> bytes:
    """The content of one member, after a look at what it claims to be. Raises Unreadable."""
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise Unreadable(reasons.ENCRYPTED)
    reading.unpack(member.file_size, member.compress_size)
    try:
        with archive.open(member) as file:
            content = file.read(member.file_size + 1)
    except NotImplementedError as error:
        raise Unreadable(reasons.UNSUPPORTED) from error
    if len(content) > member.file_size:
        raise Unreadable(reasons.BROKEN)
    return content


def read_tar(content: bytes, label: str, reading: Reading) -> None:
    """Every regular file in a TAR. Links and devices have no content and are passed over."""
    names: list[str] = []
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for member in archive:
                names.append(member.name)
                if not member.isreg():
                    continue
                reading.nested(partial(_untar, archive, member, reading), label, len(names), member.name)
            # An entry that can't be read ends the archive without a word, but after its end are only zeros.
            if content[archive.offset :].strip(b"\x00"):
                raise Unreadable(reasons.BROKEN)
    finally:
        tell_names(names, label, reading)


def _untar(archive: tarfile.TarFile, member: tarfile.TarInfo, reading: Reading) -> bytes:
    reading.unpack(member.size)
    content = cast(IO[bytes], archive.extractfile(member)).read(member.size)
    if len(content) < member.size:
        raise Unreadable(reasons.BROKEN)
    return content


def read_compressed(content: bytes, label: str, reading: Reading) -> None:
    """The one file that a compressed file holds; it goes by the same label, and is read as far as it goes."""
    unpacked = bytearray()
    # A compressed archive is one piece here, and its pieces are counted again.
    most = min(reading.limits.unpacked, max(reading.limits.piece, len(content) * reading.limits.ratio))
    with _opened(content) as opened, reading.caught(label):
        while block := opened.read1(_BLOCK):  # never waits for more, which may be broken
            unpacked += block
            if len(unpacked) > most:
                unpacked.clear()
                is_whole = most == reading.limits.unpacked
                raise Unreadable(reasons.TOO_LARGE if is_whole else reasons.TOO_COMPRESSED)
    reading.inside(label, lambda: reading.file(bytes(unpacked), label))


def _opened(content: bytes) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    packed = io.BytesIO(content)
    match kind_of(content):
        case Kind.GZIP:
            return gzip.GzipFile(fileobj=packed)
        case Kind.BZIP2:
            return bz2.BZ2File(packed)
        case _:
            return lzma.LZMAFile(packed)


def tell_names(names: Sequence[str], label: str, reading: Reading) -> None:
    """The names of the files in a file are a text like any other: they may tell what must not be told."""
    reading.text(f"{label} / file names", "\n".join(name[:_LONGEST_NAME] for name in names))
