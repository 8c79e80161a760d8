"""XML as a stream of tags and text, without anything that XML can do beyond that."""

from typing import Protocol
from xml.parsers import expat

from detectors.extract import reasons
from detectors.extract.reading import Unreadable


class Listener(Protocol):
    """Hears a document as it is read. Names come without their prefixes."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


def listen(content: bytes, listener: Listener) -> None:
    """Reads a document to a listener. Raises Unreadable where it breaks; what came before was heard.

    A document type can define entities that grow or that point elsewhere, and no office file has one.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: listener.start(local(name), attributes)
    parser.EndElementHandler = lambda name: listener.end(local(name))
    parser.CharacterDataHandler = listener.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unreadable(reasons.BROKEN) from error


def local(name: str) -> str:
    """`p` of `w:p`."""
    return name.rpartition(":")[2]


def value_of(attributes: dict[str, str], name: str) -> str:
    """The value of an attribute by its name without prefix; empty where it is missing."""
    for key, value in attributes.items():
        if local(key) == name:
            return value
    return ""


def _refuse(*_: object) -> None:
    raise Unreadable(reasons.BROKEN)


class AllText:
    """All text of a document, what each element holds on a line of its own."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    @property
    def whole(self) -> str:
        return "\n".join(self._lines)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        pass

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        if data.strip():
            self._lines.append(data.strip())


class Properties:
    """What a document says of itself, as lines `name: value`.

    A value is the text of an element that is named after the property, or that lies in one which has its name
    as an attribute.
    """

    def __init__(self) -> None:
        self._names: list[str] = []
        self._values: list[str] = []
        self._lines: list[str] = []

    @property
    def whole(self) -> str:
        return "\n".join(self._lines)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._names.append(value_of(attributes, "name") or name)
        self._values = []
        told = [f"{local(key)}: {value}" for key, value in attributes.items() if not key.startswith("xmlns")]
        if name == "label":
            # Whether a sensitivity label was taken off again stands beside its id, and counts for it only.
            self._lines.append("; ".join(told))
        elif name == "Description":
            self._lines += told

    def end(self, name: str) -> None:
        value = "".join(self._values).strip()
        if value:
            self._lines.append(f"{self._name()}: {value}")
        self._values = []
        if self._names:
            self._names.pop()

    def text(self, data: str) -> None:
        self._values.append(data)

    def _name(self) -> str:
        """The innermost name that says something: not that of a type, a list or an item."""
        for name in reversed(self._names):
            if name not in _TYPES:
                return name
        return "property"


_TYPES = frozenset(
    {
        "lpwstr",
        "lpstr",
        "bstr",
        "i4",
        "r8",
        "bool",
        "filetime",
        "vector",
        "variant",
        "li",
        "Alt",
        "Seq",
        "Bag",
    }
)
