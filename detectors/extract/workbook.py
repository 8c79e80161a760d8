"""The sheets of an Excel workbook: cells row by row, and what is printed around them."""

import re
from collections.abc import Iterable, Iterator

from detectors.extract.markup import value_of
from detectors.extract.packages import Package
from detectors.finding import Place

_SHARED = "xl/sharedStrings.xml"
_SHEET = re.compile(r"xl/(?:worksheets|chartsheets)/[^/]+\.xml")
_AROUND = frozenset({"oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"})
_PRINT_CODE = re.compile(r'&(?:"[^"]{0,100}"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z])')
_EXPONENT = re.compile(r"-?\d(?:\.\d+)?E\+?\d{1,2}")


def read_workbook(package: Package) -> None:
    """Each sheet is a part, hidden ones too; the sheets' names are a text of their own."""
    shared = _Strings()
    if _SHARED in package.names:
        package.hear(_SHARED, "shared text", shared)
    names = _Names()
    if "xl/workbook.xml" in package.names:
        package.hear("xl/workbook.xml", "sheet names", names)
    package.reading.text(package.called("sheet names"), "\n".join(names.names))
    for number, name in enumerate(filter(_SHEET.fullmatch, package.names), start=1):
        sheet = _Sheet(shared.strings)
        place = f"sheet {number}"
        package.hear(name, place, sheet)
        package.reading.text(package.called(place), "\n".join(sheet.rows))
        around = "\n".join(filter(None, sheet.around))
        package.reading.text(package.called(f"{place} / header and footer"), around, Place.MARGIN)


def printed(said: str) -> str:
    """What a header or a footer comes to, without the codes for its look."""
    return _PRINT_CODE.sub("\n", said).strip()


def up_to(most: int, rows: Iterable[str]) -> Iterator[str]:
    """The rows, and no more of them than it takes to see that they are too long: cells may share one text."""
    length = 0
    for row in rows:
        yield row
        length += len(row)
        if length > most:
            break


class _Names:
    """The names of sheets, and of what has a name."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"sheet", "definedName"} and (value := value_of(attributes, "name")):
            self.names.append(value)

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _Strings:
    """The strings that cells refer to by number."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._said: list[str] = []
        self._in_text = self._in_reading_aid = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._in_text += name == "t"
        self._in_reading_aid += name == "rPh"

    def end(self, name: str) -> None:
        self._in_text -= name == "t"
        self._in_reading_aid -= name == "rPh"
        if name == "si":
            self.strings.append("".join(self._said))
            self._said = []

    def text(self, data: str) -> None:
        if self._in_text and not self._in_reading_aid:
            self._said.append(data)


class _Sheet:
    def __init__(self, shared: list[str]) -> None:
        self.rows: list[str] = []
        self.around: list[str] = []
        self._shared = shared
        self._cells: list[str] = []
        self._said: list[str] = []
        self._type = ""
        self._listening = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._type = attributes.get("t", "n")
            self._said = []
        elif name in {"v", "t"} or name in _AROUND:
            self._listening = True
            if name in _AROUND:
                self._said = []

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._listening = False
        elif name == "c":
            self._cells.append(self._value())
        elif name == "row":
            self.rows.append("\t".join(self._cells).rstrip("\t"))
            self._cells = []
        elif name in _AROUND:
            self._listening = False
            self.around.append(printed("".join(self._said)))

    def text(self, data: str) -> None:
        if self._listening:
            self._said.append(data)

    def _value(self) -> str:
        said = "".join(self._said)
        if self._type == "s":
            index = int(said) if said.strip().isdecimal() else -1
            return self._shared[index] if 0 <= index < len(self._shared) else ""
        # A long number, as that of an identity card, is kept as a power of ten.
        return f"{float(said):.0f}" if self._type == "n" and _EXPONENT.fullmatch(said) else said
