"""Texts, tables and slides of LibreOffice and its kin: OpenDocument."""

import re

from detectors.extract import reasons
from detectors.extract.markup import value_of
from detectors.extract.packages import Package
from detectors.extract.placing import place_of
from detectors.extract.reading import Unreadable

_WITHOUT_TEXT = re.compile(
    r"mimetype|settings\.xml|META-INF/.*|Thumbnails/.*|layout-cache|manifest\.rdf|Configurations2/.*|.*/settings\.xml"
)
_CONTENT = re.compile(r"(?:.+/)?(?:content|styles)\.xml")
_OBJECT_PICTURE = re.compile(r"ObjectReplacements/.*")


def read_open_document(package: Package) -> None:
    """The body by sheets and slides, what stands around it, notes, comments, and the files in it."""
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and b"encryption-data" in package.bytes_of(manifest):
        raise Unreadable(reasons.ENCRYPTED)
    for name in package.names:
        if _WITHOUT_TEXT.fullmatch(name) or _OBJECT_PICTURE.fullmatch(name):
            continue
        if _CONTENT.fullmatch(name):
            _read_content(package, name, "object" if "/" in name else "")
        elif name.endswith("meta.xml"):
            package.properties(name)
        elif name.endswith((".xml", ".rdf")):
            package.other(name, "other text")
        else:
            package.file(name)
    package.tell_doubles()


def _read_content(package: Package, name: str, place: str) -> None:
    content = _Content()
    package.hear(name, place, content)
    for where, said in content.told.items():
        text = "".join(said).strip("\n")
        called = package.called(" / ".join(filter(None, (place, where))))
        package.reading.text(called, text, place_of(where))


class _Content:
    """Listens to a document, and sorts what it says by where it stands."""

    _PLACES = {  # noqa: RUF012 - a table
        "header": "header",
        "header-left": "header",
        "header-first": "header",
        "footer": "footer",
        "footer-left": "footer",
        "footer-first": "footer",
        "annotation": "comment",
        "note": "notes",
        "deletion": "deleted text",
        "title": "alt text",
        "desc": "alt text",
    }
    _IGNORED = frozenset({"settings", "font-face-decls", "automatic-styles", "styles"})

    def __init__(self) -> None:
        self.told: dict[str, list[str]] = {}
        self._places: list[tuple[str, str]] = []
        self._sheets = self._slides = 0
        self._silent = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._silent += name in self._IGNORED
        if name == "table" and self._is_in("spreadsheet"):
            self._sheets += 1
            self._enter(name, f"sheet {self._sheets}")
            self._tell_in("sheet names", value_of(attributes, "name") + "\n")
        elif name == "page" and self._is_in("presentation"):
            self._slides += 1
            self._enter(name, f"slide {self._slides}")
        elif name == "notes" and self._is_in("page"):
            self._enter(name, f"slide {self._slides} notes")
        elif name in {"spreadsheet", "presentation"}:
            self._enter(name, "")
        elif name in self._PLACES:
            self._enter(name, self._PLACES[name])
        elif name == "s":
            self._say(" " * min(int(value_of(attributes, "c") or 1), 200))
        elif name == "tab":
            self._say("\t")
        elif name == "line-break":
            self._say("\n")

    def end(self, name: str) -> None:
        self._silent -= name in self._IGNORED
        if name in {"p", "h", "title", "desc"}:
            self._say("\n")
        elif name == "table-cell":
            self._close("\t")
        elif name == "table-row":
            self._close("\n")
        if self._places and self._places[-1][0] == name:
            self._places.pop()

    def text(self, data: str) -> None:
        # Between elements there is only what makes the file pleasant to look at.
        if not self._silent and (data.strip() or "\n" not in data):
            self._say(data)

    def _enter(self, name: str, place: str) -> None:
        self._places.append((name, place))

    def _is_in(self, name: str) -> bool:
        return any(name == place for place, _ in self._places)

    def _tell_in(self, place: str, text: str) -> None:
        self.told.setdefault(place, []).append(text)

    def _say(self, text: str) -> None:
        self._tell_in(self._places[-1][1] if self._places else "", text)

    def _close(self, mark: str) -> None:
        """Ends a cell or a row: its last paragraph does not end a line of its own."""
        said = self.told.setdefault(self._places[-1][1] if self._places else "", [])
        if said and said[-1] in {"\n", "\t"}:
            said.pop()
        said.append(mark)
