"""HTML: what a page shows, what it hides, and what it only says to machines."""

import base64
import binascii
import re
from html.parser import HTMLParser

from detectors.extract import reasons
from detectors.extract.reading import Reading, Unreadable
from detectors.extract.text import decoded

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table",
    "tfoot", "thead", "title", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset({"script", "style"})
_WITHOUT_END = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])|mso-hide\s*:\s*all",
    re.I,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)
_DATA = re.compile(r"data:[^,]{0,200};base64,", re.I)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read_html(content: bytes, label: str, reading: Reading) -> None:
    """A page as a part, and what it does not show as parts of their own."""
    if len(content) > reading.limits.piece:
        raise Unreadable(reasons.TOO_LARGE)
    page = _Page()
    page.feed(_decoded(content))
    page.close()
    for name, said in page.told.items():
        text = "\n".join(line.strip(" ") for line in "".join(said).split("\n") if line.strip())
        reading.text(f"{label} / {name}" if name else label, text)
    for number, embedded in enumerate(page.embedded, start=1):
        with reading.caught(f"{label} / file {number}"):
            reading.nested(_unpacked(embedded), label, number, "")


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            # It is not what it says; then it is guessed as any other text is.
            pass
    text = decoded(content)
    if text is None:
        raise Unreadable(reasons.UNSUPPORTED)
    return text


def _unpacked(data: str) -> bytes:
    try:
        return base64.b64decode(data)
    except binascii.Error as error:
        raise Unreadable(reasons.BROKEN) from error


class _Page(HTMLParser):
    """Sorts the text of a page by whether it is shown. What is hidden hides all that is in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: dict[str, list[str]] = {}
        self.embedded: list[str] = []
        self._hidden_by = ""
        self._hidden_depth = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        attributes = {name: value or "" for name, value in attrs}
        self._hide(tag, attributes)
        for name in ("alt", "title", "content", "value", "placeholder"):
            if attributes.get(name):
                self._tell("alt text" if name in {"alt", "title"} else "attributes", attributes[name] + "\n")
        for name in ("src", "href", "data"):
            if match := _DATA.match(attributes.get(name, "")):
                self.embedded.append(attributes[name][match.end() :])
        if tag in _BLOCKS:
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BLOCKS:
            self._say("\n")
        elif tag in _CELLS:
            self._say("\t")
        if tag == self._hidden_by:
            self._hidden_depth -= 1
            if not self._hidden_depth:
                self._hidden_by = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._say(_SPACES.sub(" ", data))

    def handle_comment(self, data: str) -> None:
        self._tell("comments", re.sub(r"<[^>]{0,1000}>", " ", data) + "\n")

    def _hide(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _WITHOUT_END:
            return
        if self._hidden_by:
            self._hidden_depth += tag == self._hidden_by
        elif "hidden" in attributes or tag == "template" or _HIDING.search(attributes.get("style", "")):
            self._hidden_by, self._hidden_depth = tag, 1

    def _say(self, text: str) -> None:
        self._tell("hidden text" if self._hidden_by else "", text)

    def _tell(self, place: str, text: str) -> None:
        self.told.setdefault(place, []).append(text)
