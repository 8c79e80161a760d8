"""Files of Office before 2007: Outlook's messages, documents, and the objects in documents."""

import io
import struct
from collections.abc import Iterator
from functools import partial

import olefile

from detectors.extract import propertysets, reasons
from detectors.extract.archives import tell_names
from detectors.extract.compressedrtf import decompressed
from detectors.extract.pages import read_html
from detectors.extract.reading import Reading, Unreadable, named
from detectors.extract.rtf import read_rtf
from detectors.extract.streams import Streams
from detectors.extract.text import decoded
from detectors.finding import Place

_ENCRYPTED_STREAMS = ("EncryptedPackage", "EncryptionInfo", "\tDRMContent")
_OBJECT = "\x01Ole10Native"
_FILES = ("Package", "CONTENTS", "EmbeddedOdf", "Item", "\x03VBFrame")
_MACROS = "VBA/dir"
_MESSAGE = "__properties_version1.0"
_HEADERS = (
    ("Subject", "0037"),
    ("From", "0C1A"),
    ("From", "5D01"),
    ("To", "0E04"),
    ("Cc", "0E03"),
    ("Header", "007D"),
)
_BODY, _HTML_BODY, _RTF_BODY = "1000", "1013", "1009"
_SENSITIVITY, _SENSITIVITIES = 0x00360003, {1: "Personal", 2: "Private", 3: "Company-Confidential"}
_ATTACHED, _ATTACHED_MESSAGE, _LONG_NAME, _NAME = "3701", "3701000D", "3707", "3704"


def read_compound(content: bytes, label: str, reading: Reading) -> None:
    """A message, a document, or an object with a file in it, and whatever lies in those."""
    with olefile.OleFileIO(io.BytesIO(content)) as file:
        _read_storage(Streams(file, reading), label, reading)


def _read_storage(streams: Streams, label: str, reading: Reading) -> None:
    """What one storage holds, and the storages in it. It may be several things, and programs open each."""
    if any(map(streams.has, _ENCRYPTED_STREAMS)):
        raise Unreadable(reasons.ENCRYPTED)
    is_message = streams.has(_MESSAGE)
    if is_message:
        _read_message(streams, "", label, reading)
    _read_properties(streams, label, reading)
    files = 0
    if streams.has(_OBJECT):
        files += 1
        with reading.caught(label):
            name, inner = _object(streams.content(_OBJECT))
            tell_names([name], label, reading)
            reading.nested(inner, label, files, name)
    for name in filter(streams.has, _FILES):
        files += 1
        reading.nested(partial(streams.content, name), label, files, "")
    documents = dict.fromkeys(read for name, read in _DOCUMENTS.items() if streams.has(name))
    for read in documents:
        with reading.caught(label):
            read(streams, label, reading)
    for folder in streams.folders:
        if (folder == "VBA/" and streams.has(_MACROS)) or (is_message and folder.startswith("__")):
            continue
        files += 1
        called = named(label, files, "")
        reading.inside(called, partial(_read_storage, streams.below(folder), called, reading))
    if not (is_message or files or documents):
        raise Unreadable(reasons.UNSUPPORTED)


def _read_word(streams: Streams, label: str, reading: Reading) -> None:
    from detectors.extract.word97 import read_word

    read_word(streams, label, reading)


def _read_excel(streams: Streams, label: str, reading: Reading) -> None:
    from detectors.extract.excel97 import read_excel

    read_excel(streams, label, reading)


def _read_powerpoint(streams: Streams, label: str, reading: Reading) -> None:
    from detectors.extract.powerpoint97 import read_powerpoint

    read_powerpoint(streams, label, reading)


def _read_macros(streams: Streams, label: str, reading: Reading) -> None:
    from detectors.extract.macros import read_macros

    read_macros(streams.below("VBA/"), label, reading)


_DOCUMENTS = {
    "WordDocument": _read_word,
    "Workbook": _read_excel,
    "Book": _read_excel,
    "PowerPoint Document": _read_powerpoint,
    _MACROS: _read_macros,
}


def _value(streams: Streams, folder: str, tag: str) -> bytes | str | None:
    """A property of a message: its text where it is one, otherwise its bytes."""
    stem = f"{folder}__substg1.0_{tag}"
    if streams.has(f"{stem}001F"):
        return streams.content(f"{stem}001F").decode("utf-16-le", "replace")
    if streams.has(f"{stem}001E"):
        content = streams.content(f"{stem}001E")
        text = decoded(content)
        return text if text is not None else content.decode("latin-1")
    return streams.content(f"{stem}0102") if streams.has(f"{stem}0102") else None


def _text(streams: Streams, folder: str, tag: str) -> str:
    value = _value(streams, folder, tag)
    return value.rstrip("\x00").replace("\r\n", "\n") if isinstance(value, str) else ""


def _read_message(streams: Streams, folder: str, label: str, reading: Reading) -> None:
    header = [f"{name}: {value}" for name, tag in _HEADERS if (value := _text(streams, folder, tag))]
    with reading.caught(f"{label} / header"):
        header += _sensitivity(streams.content(folder + _MESSAGE), 24 if folder else 32)
    reading.text(f"{label} / header", "\n".join(header), Place.PROPERTIES)
    reading.text(label, body := _text(streams, folder, _BODY))
    html = _value(streams, folder, _HTML_BODY)
    if html:
        read_html(html if isinstance(html, bytes) else html.encode(), f"{label} / HTML", reading)
    elif not body and isinstance(packed := _value(streams, folder, _RTF_BODY), bytes):
        with reading.caught(label):
            read_rtf(decompressed(packed, reading.limits.piece), label, reading)
    start = f"{folder}__attach_version1.0_"
    attached = sorted({path[len(folder) :].split("/")[0] for path in streams.paths if path.startswith(start)})
    names = []
    for number, one in enumerate(attached, start=1):
        inside = f"{folder}{one}/"
        name = _text(streams, inside, _LONG_NAME) or _text(streams, inside, _NAME)
        names.append(name)
        called = named(label, number, name)
        reading.inside(called, partial(_read_attached, streams, inside, called, reading))
    tell_names(names, label, reading)


def _sensitivity(numbers: bytes, start: int) -> Iterator[str]:
    """What Outlook calls the sensitivity of a message, where its author has chosen one."""
    for place in range(start, len(numbers) - 15, 16):
        tag, value = struct.unpack_from("<I4xI", numbers, place)
        if tag == _SENSITIVITY and value in _SENSITIVITIES:
            yield f"Sensitivity: {_SENSITIVITIES[value]}"


def _read_attached(streams: Streams, folder: str, label: str, reading: Reading) -> None:
    message = f"{folder}__substg1.0_{_ATTACHED_MESSAGE}/"
    if streams.has(message + _MESSAGE):
        _read_message(streams, message, label, reading)
    elif any(path.startswith(message) for path in streams.paths):
        _read_storage(streams.below(message), label, reading)
    elif isinstance(content := _value(streams, folder, _ATTACHED), bytes):
        reading.file(content, label)
    else:
        raise Unreadable(reasons.UNSUPPORTED)


def _read_properties(streams: Streams, label: str, reading: Reading) -> None:
    lines: list[str] = []
    for name in filter(streams.has, propertysets.STREAMS):
        with reading.caught(f"{label} / properties"):
            lines += propertysets.properties_in(streams.content(name))
    reading.text(f"{label} / properties", "\n".join(lines), Place.PROPERTIES)


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
