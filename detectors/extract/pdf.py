"""PDF: the text of its pages, what people noted on them, what it says of itself, and the files in it.

What is only drawn on a page is read as an image.
"""

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from detectors.extract import reasons
from detectors.extract.archives import tell_names
from detectors.extract.garbage import reads_as_garbage
from detectors.extract.markup import Properties, listen
from detectors.extract.reading import Reading, Unreadable
from detectors.finding import Place

_LITTLE_TEXT = 200
"""Characters that a scanner puts on a page that is a picture: its own name, a number, a date."""

_LARGE_PICTURE, _PICTURE, _PICTURES_READ = 0.5, 0.004, 6
"""The share of a page that a picture takes: so that all of the page is read as an image where it has hardly
any text, and so that the picture is; and how many pictures of a page are."""

_BENT = 8
"""Strokes of a line that may be a letter; frames and the lines of tables have fewer."""

_DOTS_AN_INCH, _LONGEST_SIDE = 200, 2600
"""How finely a page is drawn, and pixels of its longer side at most."""

_OBJECTS_LOOKED_AT = 2000
_ANNOTATIONS_READ = 2000
_HYPHENS = re.compile("[\ufffe\x02]")
_LABEL_KEY = re.compile(
    rb"MSIP_Label_[0-9a-fA-F-]{36}_[A-Za-z]{2,20}"
    rb"|(?<=/)\w{0,40}(?:[Cc]lassification|Marking|[Ss]ensitivity|SecurityLabel)\w{0,40}"
)
_LABEL_KEYS = ("Classification", "SecurityClassification", "ProtectiveMarking", "Sensitivity")
"""Information that is asked for in any case, as its keys may be packed; PDFium names only the usual ones."""

_DESCRIPTION = re.compile(rb"<x:xmpmeta.{0,262144}?</x:xmpmeta>", re.DOTALL)
_ENCRYPTED = frozenset({raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY})


def read_pdf(content: bytes, label: str, reading: Reading) -> None:
    """Each page is a part; what is drawn on it and not written is read as an image."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_encrypted = error.err_code in _ENCRYPTED
        raise Unreadable(reasons.ENCRYPTED if is_encrypted else reasons.BROKEN) from error
    _read_properties(document, content, label, reading)
    _read_files(document, label, reading)
    count, most = len(document), reading.limits.pages
    if not count:
        raise Unreadable(reasons.BROKEN)
    for index in range(min(count, most)):
        name = f"{label} / page {index + 1}"
        with reading.caught(name):
            _read_page(document, index, name, reading)
    if count > most:
        reading.undecided(f"{label} / page {most + 1} to {count}", reasons.TOO_MANY_PAGES)


def _read_page(document: pypdfium2.PdfDocument, index: int, name: str, reading: Reading) -> None:
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(reasons.BROKEN) from error
    with closing(page), closing(page.get_textpage()) as written:
        text = _HYPHENS.sub("-", written.get_text_range()).replace("\r\n", "\n")
        is_garbage = reads_as_garbage(text)
        reading.text(f"{name} / text layer" if is_garbage else name, text)
        reading.text(f"{name} / comments", _annotations(page))
        for place, box in _drawn(page, "" if is_garbage else text):
            called = f"{name} / {place}" if place else name
            reading.image(called, partial(_read_drawn, document, index, box, called, reading))


_Box = tuple[float, float, float, float]
"""Left, top, right and bottom in fractions of the page."""

_WHOLE: _Box = (0.0, 0.0, 1.0, 1.0)


def _drawn(page: pypdfium2.PdfPage, text: str) -> list[tuple[str, _Box]]:
    """What is to be read as an image: a page that shows what its text does not say, or the pictures on it."""
    objects = raw.FPDFPage_CountObjects(page)
    if not text.strip():
        # A stamp is an annotation, and looks like one only when it is drawn.
        return [("", _WHOLE)] if objects or raw.FPDFPage_GetAnnotCount(page) else []
    pictures = [*_pictures(page)]
    is_scan = len(text.strip()) <= _LITTLE_TEXT and sum(map(_area, pictures)) > _LARGE_PICTURE
    large = [box for box in pictures if _area(box) > _PICTURE]
    if is_scan or len(large) > _PICTURES_READ or objects > _OBJECTS_LOOKED_AT:
        return [("", _WHOLE)]
    return [(f"picture {number}", box) for number, box in enumerate(large, start=1)]


def _pictures(page: pypdfium2.PdfPage) -> Iterator[_Box]:
    """Where pictures are, and where all that together is drawn in lines as bent as letters."""
    bent: list[_Box] = []
    for number in range(min(raw.FPDFPage_CountObjects(page), _OBJECTS_LOOKED_AT)):
        drawn = raw.FPDFPage_GetObject(page, number)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}:
            yield from _bounds(page, drawn)
        elif kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPath_CountSegments(drawn) >= _BENT:
            bent += _bounds(page, drawn)
    if bent:
        left, top, right, bottom = zip(*bent, strict=True)
        yield min(left), min(top), max(right), max(bottom)


def _bounds(page: pypdfium2.PdfPage, drawn: "raw.FPDF_PAGEOBJECT") -> Iterator[_Box]:
    width, height = page.get_size()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        edges = (left.value / width, 1 - top.value / height, right.value / width, 1 - bottom.value / height)
        across, down, end, foot = (min(max(edge, 0.0), 1.0) for edge in edges)
        yield across, down, end, foot


def _area(box: _Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _read_drawn(document: pypdfium2.PdfDocument, index: int, box: _Box, name: str, reading: Reading) -> None:
    """A stretch of a page as it looks, unless it looks like one that was read already."""
    from detectors.extract.ocr import read_page

    with closing(document[index]) as page:
        scale = min(_DOTS_AN_INCH / 72, _LONGEST_SIDE / max(*page.get_size(), 1))
        whole = page.render(scale=scale, may_draw_forms=True).to_pil()
    left, right = (round(edge * whole.width) for edge in box[::2])
    top, bottom = (round(edge * whole.height) for edge in box[1::2])
    image = whole.crop((left, top, max(right, left + 1), max(bottom, top + 1))).convert("RGB")
    if reading.is_new(image.tobytes()):
        read_page(image, name, reading)


def _annotations(page: pypdfium2.PdfPage) -> str:
    """What people wrote on a page beside its text: comments, stamps, and what fields are filled in with."""
    said: list[str] = []
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), _ANNOTATIONS_READ)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        for key in (b"Contents", b"V"):
            size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            buffer = (ctypes.c_ushort * (size // 2 + 1))()
            raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
            said.append(bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\x00"))
        raw.FPDFPage_CloseAnnot(annotation)
    return "\n".join(filter(None, said))


def _read_properties(document: pypdfium2.PdfDocument, content: bytes, label: str, reading: Reading) -> None:
    """The document's information, and its description as XML, which stands in the file as it is."""
    known = document.get_metadata_dict(skip_empty=True)
    for key in dict.fromkeys([*(key.decode("ascii") for key in _LABEL_KEY.findall(content)), *_LABEL_KEYS]):
        if value := document.get_metadata_value(key):
            known[key] = value
    lines = [f"{key}: {value}" for key, value in known.items()]
    for description in _DESCRIPTION.finditer(content):
        listener = Properties()
        with reading.caught(f"{label} / properties"):
            listen(description[0], listener)
        lines += [line for line in listener.whole.split("\n") if line not in lines]
    reading.text(f"{label} / properties", "\n".join(lines), Place.PROPERTIES)


def _read_files(document: pypdfium2.PdfDocument, label: str, reading: Reading) -> None:
    names = []
    for number in range(1, document.count_attachments() + 1):
        attachment = document.get_attachment(number - 1)
        names.append(attachment.get_name())
        reading.nested(bytes(attachment.get_data()), label, number, names[-1])
    tell_names(names, label, reading)
