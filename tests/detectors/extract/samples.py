"""Files made in memory, each as small as it can be while it is still what it says."""

import base64
import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping, Sequence

from detectors.extract.limits import LIMITS, Limits
from detectors.extract.readers import reader_of
from detectors.extract.reading import Reading
from detectors.finding import Part, Picture, Place, Undecided

_END, _NONE = 0xFFFFFFFE, 0xFFFFFFFF
_SMALL = 4096
PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:{prefix}"'
    for prefix in ["w", "a", "p", "wp", "mc", "r", "vt", "dc", "cp", "x", "clbl"]
)
_OPEN = " ".join(
    f'xmlns:{prefix}="urn:{prefix}"'
    for prefix in ["office", "text", "table", "draw", "presentation", "svg", "dc", "style"]
)


class Read:
    """What was read of a file in this process: parts and their places by name, and reasons by part."""

    def __init__(self, content: bytes, limits: Limits = LIMITS) -> None:
        self.parts: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.undecided: dict[str, str] = {}
        self.pictures: dict[str, tuple[str, ...]] = {}
        Reading(limits, self._tell, reader_of).whole(content, "a")

    def _tell(self, what: Part | Undecided | Picture) -> None:
        if isinstance(what, Part):
            assert what.name not in self.parts
            self.parts[what.name] = what.text
            self.places[what.name] = what.place
        elif isinstance(what, Undecided):
            self.undecided[what.part] = what.reason
        else:
            self.pictures[what.part] = what.prints


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


def office(members: Mapping[str, str | bytes]) -> bytes:
    """An Office document of these members; XML gets its namespaces."""
    return zipped(
        {"[Content_Types].xml": "<Types/>"} | {name: _declared(content) for name, content in members.items()}
    )


def _declared(content: str | bytes) -> str | bytes:
    return (
        content.replace("<ROOT", f"<w:root {_NAMESPACES}").replace("</ROOT", "</w:root")
        if isinstance(content, str)
        else content
    )


def paragraphs(*texts: str) -> str:
    return "<ROOT>" + "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts) + "</ROOT>"


def docx(*texts: str) -> bytes:
    return office({"word/document.xml": paragraphs(*texts)})


def open_document(kind: str, content: str, **others: str) -> bytes:
    members = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document {_OPEN}>{content}</office:document>",
    }
    named = {
        f"{name}.xml": f"<office:document {_OPEN}>{other}</office:document>" for name, other in others.items()
    }
    return zipped(members | named)


def mail(body: str, attachments: Mapping[str, bytes], header: str = "") -> bytes:
    pieces = [f"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n".encode()]
    for name, content in attachments.items():
        encoded = base64.encodebytes(content).decode()
        pieces.append(
            f'--x\r\nContent-Type: application/octet-stream; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n'.encode()
        )
    head = f"From: a@example.org\r\nSubject: Budget\r\nMIME-Version: 1.0\r\n{header}Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    return head.encode() + b"".join(pieces) + b"--x--\r\n"


def pdf(*pages: str, more: Sequence[bytes] = (), info: str = "", page_entries: str = "") -> bytes:
    """A PDF whose pages show these texts; one without text shows a line. `more` are further objects from 4 on up.

    The objects are: 1 catalogue, 2 pages, 3 font, then `more`, then pages and contents.
    """
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    kids = []
    for text in pages:
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        stream = (f"BT /F1 12 Tf 50 780 Td {lines}ET" if text else "0 0 m 100 100 l S").encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>>>{page_entries}>>".encode()
        )
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    if info:
        objects.append(info.encode("latin-1"))
    return assembled(objects, f"/Info {len(objects)} 0 R" if info else "")


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """The objects of a PDF with their table."""
    file, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(file)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file system in a file, as Office had it before 2007; `/` stands between folders and streams.

    Small streams would be kept otherwise, so all are filled up with zeros.
    """
    names = sorted(
        {"/".join(path.split("/")[: depth + 1]) for path in streams for depth in range(path.count("/") + 1)}
    )
    entries = ["", *names]
    sectors: list[bytes] = []
    table: list[int] = []

    def stored(content: bytes) -> int:
        start, count = len(sectors), max(1, -(-len(content) // 512))
        sectors.extend(content[512 * index : 512 * index + 512].ljust(512, b"\0") for index in range(count))
        table.extend([*range(start + 1, start + count), _END])
        return start

    def sibling(name: str) -> int:
        folder = name.rpartition("/")[0]
        after = [other for other in names if other.rpartition("/")[0] == folder and other > name]
        return entries.index(after[0]) if after else _NONE

    def child(name: str) -> int:
        inside = [other for other in names if other.rpartition("/")[0] == name]
        return entries.index(inside[0]) if inside else _NONE

    directory = bytearray()
    for name in entries:
        kind = 5 if not name else 2 if name in streams else 1
        called = (name.rpartition("/")[2] or "Root Entry").encode("utf-16-le")
        content = streams.get(name, b"").ljust(_SMALL, b"\0")
        right = sibling(name) if name else _NONE
        start = stored(content) if kind == 2 else _END
        head = called.ljust(64, b"\0") + struct.pack(
            "<HBB3I", len(called) + 2, kind, 1, _NONE, right, child(name)
        )
        directory += head.ljust(116, b"\0") + struct.pack("<IQ", start, len(content))
    directory_start = stored(bytes(directory))
    count = next(count for count in range(1, 100) if count * 128 >= len(table) + count)
    allocation = [*table, *[0xFFFFFFFD] * count]
    first = len(sectors)
    sectors += [
        struct.pack("<128I", *(allocation[128 * index : 128 * index + 128] + [_NONE] * 128)[:128])
        for index in range(count)
    ]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, count, directory_start, 0, _SMALL, _END, 0, _END, 0)
    header += struct.pack("<109I", *([first + index for index in range(count)] + [_NONE] * 109)[:109])
    return header + b"".join(sectors)


def outlook(subject: str, body: str, attachments: Mapping[str, bytes]) -> bytes:
    """A message as Outlook saves it."""
    streams = {
        "__properties_version1.0": bytes(32),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    for number, (name, content) in enumerate(attachments.items()):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = content
    return compound(streams)


def embedded(name: str, content: bytes) -> bytes:
    """A file that was dropped into a document."""
    path = f"C:\\{name}".encode() + b"\0"
    told = (
        b"\x02\0" + name.encode() + b"\0" + path + bytes([0, 0, 3, 0]) + struct.pack("<I", len(path)) + path
    )
    told += struct.pack("<I", len(content)) + content
    return compound({"\x01Ole10Native": struct.pack("<I", len(told)) + told})
