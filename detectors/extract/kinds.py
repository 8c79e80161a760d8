"""What a file is, told by how its content begins."""

import re
from enum import StrEnum


class Kind(StrEnum):
    """A family of files that one reader reads; the value is its name for people."""

    TEXT = "plain text"
    PDF = "PDF"
    ZIP = "ZIP"
    OLE = "OLE"
    RTF = "RTF"
    HTML = "HTML"
    MAIL = "e-mail"
    TAR = "TAR"
    GZIP = "GZIP"
    BZIP2 = "BZIP2"
    XZ = "XZ"
    SEVEN_ZIP = "7z"
    RAR = "RAR"
    IMAGE = "image"
    OTHER = "unknown"


_SAMPLE = 4096
_STARTS = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"\x1f\x8b", Kind.GZIP),
    (b"BZh", Kind.BZIP2),
    (b"\xfd7zXZ\x00", Kind.XZ),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"\xd7\xcd\xc6\x9a", Kind.OTHER),
    (b"\xff\x0a", Kind.OTHER),
    (b"\x00\x00\x00\x0cJXL ", Kind.OTHER),
    (b"\x00\x00\x00\x0cjP  ", Kind.IMAGE),
)
_PICTURE_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})
_HTML = re.compile(
    rb"(?:<\?xml[^>]{0,200}>|<!--.{0,2000}?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_ONLY_IN_MAIL = re.compile(
    rb"^(?:MIME-Version|Message-ID|Received|Return-Path|Delivered-To|Content-Transfer-Encoding):", re.I | re.M
)


def kind_of(content: bytes) -> Kind:
    """What reader the content is for. Plain text is whatever has no sign of another kind."""
    sample = content[:_SAMPLE]
    for start, kind in _STARTS:
        if sample.startswith(start):
            return kind
    if b"%PDF-" in sample[:1024]:
        return Kind.PDF
    if sample[257:262] == b"ustar":
        return Kind.TAR
    if sample[:4] == b"\x01\x00\x00\x00" and sample[40:44] == b" EMF":
        return Kind.OTHER
    return Kind.IMAGE if _is_picture(sample) else _written(sample)


def _written(sample: bytes) -> Kind:
    """Which of the kinds that are text themselves."""
    written = sample.removeprefix(b"\xef\xbb\xbf").lstrip()
    if written.startswith(b"{\\rt"):
        return Kind.RTF
    if _HTML.match(written.lstrip(b"\xff\xfe").replace(b"\x00", b"")):
        return Kind.HTML
    if (header := _HEADER.match(written)) and _ONLY_IN_MAIL.search(header[0]):
        return Kind.MAIL
    return Kind.TEXT


def _is_picture(sample: bytes) -> bool:
    return (
        (sample[:4] == b"RIFF" and sample[8:12] == b"WEBP")
        or (sample[4:8] == b"ftyp" and sample[8:12] in _PICTURE_BRANDS)
        or (sample[:2] == b"BM" and sample[6:10] == bytes(4))
    )
