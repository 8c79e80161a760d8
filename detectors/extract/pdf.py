"""PDF: the text of its pages, what people noted on them, what it says of itself, and the files in it."""

import ctypes
import re
from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from detectors.extract import reasons
from detectors.extract.archives import tell_names
from detectors.extract.markup import Properties, listen
from detectors.extract.reading import Reading, Unreadable
from detectors.finding import Place

_LITTLE_TEXT = 200
"""Characters that a scanner puts on a page that is a picture: its own name, a number, a date."""

_LARGE_PICTURE = 0.5
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
    """Each page is a part; one that is only a picture is undecided."""
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
        reading.text(name, text)
        reading.text(f"{name} / comments", _annotations(page))
        if _is_picture(page, text):
            reading.undecided(name, reasons.IMAGE)


def _is_picture(page: pypdfium2.PdfPage, text: str) -> bool:
    """Whether the page shows what its text does not say: it has none, or hardly any beside a picture."""
    objects = raw.FPDFPage_CountObjects(page)
    if not text.strip():
        # A stamp is an annotation, and looks like one only when it is drawn.
        return bool(objects > 0 or raw.FPDFPage_GetAnnotCount(page) > 0)
    if len(text.strip()) > _LITTLE_TEXT:
        return False
    width, height = page.get_size()
    return any(
        _size(raw.FPDFPage_GetObject(page, number)) > _LARGE_PICTURE * width * height
        for number in range(min(objects, _OBJECTS_LOOKED_AT))
    )


def _size(drawn: "raw.FPDF_PAGEOBJECT") -> float:
    """The area that a picture takes on its page; nothing for whatever is no picture."""
    if raw.FPDFPageObj_GetType(drawn) not in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}:
        return 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return 0
    return (right.value - left.value) * (top.value - bottom.value)


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
