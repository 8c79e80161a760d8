"""Word, Excel and PowerPoint since 2007, with their templates and macros: one family of XML in a ZIP.

What a member is, is told by where it lies, as these programs lay it; XML that lies elsewhere is read as well,
and any other file is read as a file in the document. So nothing can be hidden by an unusual place.
"""

import re
from collections.abc import Callable

from detectors.extract.binarybook import MEMBERS, read_binary_workbook
from detectors.extract.flow import Flow
from detectors.extract.packages import Package
from detectors.extract.placing import place_of
from detectors.extract.workbook import read_workbook

_FLOWS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), place)
    for pattern, place in (
        (r"word/document\d*\.xml", ""),
        (r"word/header(\d*)\.xml", "header"),
        (r"word/footer(\d*)\.xml", "footer"),
        (r"word/footnotes\d*\.xml", "footnotes"),
        (r"word/endnotes\d*\.xml", "endnotes"),
        (r"(?:word|xl)/comments\d*\.xml|(?:ppt|xl)/(?:threadedC|c)omments/[^/]*\.xml", "comment"),
        (r"word/glossary/document\d*\.xml", "building blocks"),
        (r"ppt/slides/slide(\d+)\.xml", "slide {}"),
        (r"ppt/slideMasters/slideMaster(\d+)\.xml", "slide master {}"),
        (r"ppt/slideLayouts/slideLayout(\d+)\.xml", "slide layout {}"),
        (r"ppt/notesMasters/[^/]*\.xml", "notes master"),
        (r"ppt/handoutMasters/[^/]*\.xml", "handout master"),
        (r"xl/drawings/drawing(\d+)\.xml", "drawing {}"),
        (r"\w+/(?:charts|diagrams|drawings)/[^/]*\.xml", "drawing"),
    )
)
_NOTES = re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml")
_SLIDE_OF_NOTES = re.compile(rb"slides/slide(\d+)\.xml")
_PROPERTIES = re.compile(r"docProps/(?:core|app|custom)\.xml|docMetadata/LabelInfo\.xml")
_WITHOUT_TEXT = re.compile(
    r"""\[Content_Types\]\.xml | .*\.rels | docProps/thumbnail\.\w+ | .*/theme/.*\.xml
    | .*/printerSettings\d*\.bin
    | word/(?:styles|stylesWithEffects|settings|webSettings|fontTable|numbering)\.xml | .*\.(?:odttf|fntdata)
    | xl/(?:styles|calcChain)\.(?:xml|bin) | xl/tables/table\d*\.bin
    | ppt/(?:presProps|viewProps|tableStyles)\.xml
    """,
    re.VERBOSE,
)
_WORKBOOK = re.compile(r"xl/(?:workbook|sharedStrings|(?:work|chart)sheets/[^/]+)\.xml")
_MACROS = re.compile(r".*/vbaProject\w*\.bin")


def read_office(package: Package) -> None:
    """Every member of the document as a part by its own name."""
    workbook = set(filter(_WORKBOOK.fullmatch, package.names))
    if workbook:
        read_workbook(package)
    binary = set(filter(MEMBERS.fullmatch, package.names))
    if binary:
        read_binary_workbook(package)
    read = workbook | binary
    for name in package.names:
        if name in read or _WITHOUT_TEXT.fullmatch(name):
            continue
        if reader := _reader(name):
            reader(package, name)
        elif name.endswith((".xml", ".vml")):
            package.other(name, "other text")
        else:
            package.file(name)
    package.tell_doubles()


def _reader(name: str) -> Callable[[Package, str], None] | None:
    if _PROPERTIES.fullmatch(name):
        return Package.properties
    if _NOTES.fullmatch(name):
        return _read_notes
    if _MACROS.fullmatch(name):
        return _read_macros
    if _flow_place(name) is not None:
        return _read_flow
    return None


def _flow_place(name: str) -> str | None:
    for pattern, place in _FLOWS:
        if match := pattern.fullmatch(name):
            return place.format(*match.groups())
    return None


def _read_flow(package: Package, name: str) -> None:
    tell_flow(package, name, _flow_place(name) or "")


def _read_notes(package: Package, name: str) -> None:
    """The notes of a slide, by the slide's number: the notes have numbers of their own."""
    folder, _, file = name.rpartition("/")
    links = f"{folder}/_rels/{file}.rels"
    number = _SLIDE_OF_NOTES.search(package.bytes_of(links)) if links in package.names else None
    tell_flow(package, name, f"slide {number[1].decode()} notes" if number else "notes")


def _read_macros(package: Package, name: str) -> None:
    """The programs of a document, which lie in a file of the old sort."""
    called = package.called("macros")
    with package.reading.caught(called):
        package.reading.file(package.bytes_of(name), called)


def tell_flow(package: Package, name: str, place: str) -> None:
    """Reads a member as flowing text, and tells all that is in it."""
    flow = Flow()
    package.hear(name, place, flow)
    for comment in flow.comments:
        package.reading.text(package.called("comment"), comment)
    package.reading.text(package.called(place), flow.body, place_of(place))
    inner = f"{place} / " if place else ""
    for what, text in (
        ("deleted text", "".join(flow.deleted)),
        ("alt text", "\n".join(flow.described)),
        ("text for older programs", flow.older),
    ):
        package.reading.text(package.called(inner + what), text)
