"""The files in a file of Office before 2007: Outlook's messages, old documents, objects in documents."""

import io
import struct
from functools import partial
from typing import Any

import olefile

from detectors.extract import reasons
from detectors.extract.archives import tell_names
from detectors.extract.pages import read_html
from detectors.extract.reading import Reading, Unreadable, named
from detectors.extract.text import decoded
from detectors.finding import Place

_ENCRYPTED_STREAMS = ("EncryptedPackage", "EncryptionInfo")
_OBJECT = "\x01Ole10Native"
_FILES = ("Package", "CONTENTS", "EmbeddedOdf")
_TOLD_PROPERTIES = ("title", "subject", "author", "keywords", "comments", "category", "company", "manager")
_OLD_TEXT = "WordDocument"
_IS_ENCRYPTED = 0x0100
_HEADERS = (
    ("Subject", "0037"),
    ("From", "0C1A"),
    ("From", "5D01"),
    ("To", "0E04"),
    ("Cc", "0E03"),
    ("Header", "007D"),
)
_BODY, _HTML_BODY, _RTF_BODY = "1000", "1013", "1009"
_ATTACHED, _ATTACHED_MESSAGE, _LONG_NAME, _NAME = "3701", "3701000D", "3707", "3704"


def read_compound(content: bytes, label: str, reading: Reading) -> None:
    """A message, or an object with a file in it; an old document tells only of itself."""
    with olefile.OleFileIO(io.BytesIO(content)) as file:
        streams = _Streams(file, reading)
        if any(file.exists(name) for name in _ENCRYPTED_STREAMS):
            raise Unreadable(reasons.ENCRYPTED)
        if file.exists("__properties_version1.0"):
            _read_message(streams, "", label, reading)
            return
        _read_properties(file, label, reading)
        if file.exists(_OBJECT):
            name, inner = _object(streams.content(_OBJECT))
            tell_names([name], label, reading)
            reading.nested(inner, label, 1, name)
            return
        held = [name for name in _FILES if file.exists(name)]
        for number, name in enumerate(held, start=1):
            reading.nested(streams.content(name), label, number, "")
        if file.exists(_OLD_TEXT) and _is_encrypted(streams.content(_OLD_TEXT)):
            raise Unreadable(reasons.ENCRYPTED)
        if not held:
            raise Unreadable(reasons.UNSUPPORTED)


class _Streams:
    """The streams of a file, each looked at for its size before it is read."""

    def __init__(self, file: "olefile.OleFileIO[Any]", reading: Reading) -> None:
        self._file = file
        self._reading = reading
        self.paths = ["/".join(path) for path in file.listdir()]

    def content(self, path: str) -> bytes:
        size = self._file.get_size(path)
        self._reading.unpack(size)
        content = bytes(self._file.openstream(path).read())
        if len(content) < size:
            raise Unreadable(reasons.BROKEN)
        return content

    def value(self, folder: str, tag: str) -> bytes | str | None:
        """A property of a message: its text where it is one, otherwise its bytes."""
        stem = f"{folder}__substg1.0_{tag}"
        if f"{stem}001F" in self.paths:
            return self.content(f"{stem}001F").decode("utf-16-le", "replace")
        if f"{stem}001E" in self.paths:
            content = self.content(f"{stem}001E")
            text = decoded(content)
            return text if text is not None else content.decode("latin-1")
        return self.content(f"{stem}0102") if f"{stem}0102" in self.paths else None

    def text(self, folder: str, tag: str) -> str:
        value = self.value(folder, tag)
        return value.rstrip("\x00").replace("\r\n", "\n") if isinstance(value, str) else ""


def _read_message(streams: _Streams, folder: str, label: str, reading: Reading) -> None:
    header = [f"{name}: {value}" for name, tag in _HEADERS if (value := streams.text(folder, tag))]
    reading.text(f"{label} / header", "\n".join(header), Place.PROPERTIES)
    reading.text(label, body := streams.text(folder, _BODY))
    html = streams.value(folder, _HTML_BODY)
    if html:
        read_html(html if isinstance(html, bytes) else html.encode(), f"{label} / HTML", reading)
    elif not body and streams.value(folder, _RTF_BODY):
        reading.undecided(label, reasons.UNSUPPORTED)
    start = f"{folder}__attach_version1.0_"
    attached = sorted({path[len(folder) :].split("/")[0] for path in streams.paths if path.startswith(start)})
    names = []
    for number, one in enumerate(attached, start=1):
        inside = f"{folder}{one}/"
        name = streams.text(inside, _LONG_NAME) or streams.text(inside, _NAME)
        names.append(name)
        called = named(label, number, name)
        reading.inside(called, partial(_read_attached, streams, inside, called, reading))
    tell_names(names, label, reading)


def _read_attached(streams: _Streams, folder: str, label: str, reading: Reading) -> None:
    message = f"{folder}__substg1.0_{_ATTACHED_MESSAGE}/"
    if any(path.startswith(message) for path in streams.paths):
        _read_message(streams, message, label, reading)
    elif isinstance(content := streams.value(folder, _ATTACHED), bytes):
        reading.file(content, label)
    else:
        raise Unreadable(reasons.UNSUPPORTED)


def _read_properties(file: "olefile.OleFileIO[Any]", label: str, reading: Reading) -> None:
    with reading.caught(f"{label} / properties"):
        known = file.get_metadata()
        lines = []
        for name in _TOLD_PROPERTIES:
            value = getattr(known, name, None)
            if isinstance(value, bytes):
                value = decoded(value.rstrip(b"\x00"))
            if value:
                lines.append(f"{name}: {value}")
        reading.text(f"{label} / properties", "\n".join(lines), Place.PROPERTIES)


def _is_encrypted(document: bytes) -> bool:
    """What the head of an old Word document says of itself."""
    return len(document) > 12 and bool(struct.unpack_from("<H", document, 10)[0] & _IS_ENCRYPTED)


def _object(stream: bytes) -> tuple[str, bytes]:
    """The name and the content of a file that was dropped into a document. Raises Unreadable."""
    try:
        name, _, rest = stream[6:].partition(b"\x00")
        _path, _, rest = rest.partition(b"\x00")
        (length,) = struct.unpack_from("<I", rest, 4)
        (size,) = struct.unpack_from("<I", rest, 8 + length)
        content = rest[12 + length : 12 + length + size]
    except struct.error as error:
        raise Unreadable(reasons.BROKEN) from error
    if len(content) < size:
        raise Unreadable(reasons.BROKEN)
    return name.decode("latin-1"), content
