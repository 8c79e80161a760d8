"""RTF: the body and what stands around it. Libraries that turn it into text drop headers, notes and comments,
which is where labels stand."""

import codecs
import re
from dataclasses import dataclass, replace
from functools import partial

from detectors.extract import reasons
from detectors.extract.kinds import Kind, kind_of
from detectors.extract.placing import place_of
from detectors.extract.reading import Reading, Unreadable

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
_CHARACTERS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"nestrow": "\n", b"cell": "\t",
    b"nestcell": "\t", b"tab": "\t", b"emdash": "—", b"endash": "–", b"emspace": " ", b"enspace": " ",
    b"qmspace": " ", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
_FILE = "file"
"""The place of a picture or an object, which is written as hexadecimal digits or as it is."""

_PLACES = {
    b"header": "header", b"headerl": "header", b"headerr": "header", b"headerf": "header", b"footer":
    "footer", b"footerl": "footer", b"footerr": "footer", b"footerf": "footer", b"footnote": "footnotes",
    b"annotation": "comments", b"title": "properties", b"subject": "properties", b"author": "properties",
    b"manager": "properties", b"company": "properties", b"operator": "properties", b"category":
    "properties", b"keywords": "properties", b"comment": "properties", b"doccomm": "properties",
    b"hlinkbase": "properties", b"propname": "properties", b"staticval": "properties", b"shptxt": "",
    b"dptxbxtext": "", b"fldrslt": "", b"pict": _FILE, b"objdata": _FILE,
}  # fmt: skip
_MARKS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"\xd7\xcd\xc6\x9a")
"""How files begin that lie behind the head of an object."""

_LONGEST_HEAD = 512
_NO_DIGIT = re.compile(rb"[^0-9a-fA-F]+")
_SILENT = frozenset(
    b"""fonttbl colortbl stylesheet info fldinst themedata colorschememapping datastore latentstyles listtable
    listoverridetable listpicture rsidtbl generator nonshppict xmlnstbl pgptbl filetbl revtbl bkmkstart atnid
    bkmkend atnauthor atnref atndate atnparent sp wgrffmtfilter mmathPr panose falt blipuid picprop""".split()
)
_CHARSETS = {
    128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds between two braces. `place` None: it is no text."""

    place: str | None = ""
    is_deleted: bool = False
    is_font_table: bool = False
    encoding: str = ""
    fallback: int = 1
    is_optional: bool = False


def read_rtf(content: bytes, label: str, reading: Reading) -> None:
    """The body, the header, the footer, notes, comments, what was struck out, and what it says of itself."""
    if len(content) > reading.limits.piece:
        raise Unreadable(reasons.TOO_LARGE)
    text = _Text()
    text.read(content)
    for place, said in text.told.items():
        called = f"{label} / {place}" if place else label
        reading.text(called, "".join(said).strip("\n"), place_of(place))
    for number, digits in enumerate(text.files, start=1):
        reading.nested(partial(_unpacked, digits), label, number, "")
    if text.is_open:
        reading.undecided(label, reasons.BROKEN)


class _Text:
    def __init__(self) -> None:
        self.told: dict[str, list[str]] = {}
        self.files: list[bytearray] = []
        """The digits of each file in it."""

        self._groups = [_Group()]
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._encoding = "cp1252"
        self._bytes = bytearray()
        self._skip = 0

    @property
    def is_open(self) -> bool:
        """Whether it ends before it is at its end."""
        return len(self._groups) > 1

    def read(self, content: bytes) -> None:
        place = 0
        while match := _TOKEN.match(content, place) or _TOKEN.search(content, place):
            place = match.end()
            word, number, code, symbol, brace, plain = match.groups()
            if code:
                self._byte(int(code, 16))
            elif plain:
                self._plain(plain)
            elif word == b"bin":
                size = max(int(number or 0), 0)
                self._binary(content[place : place + size])
                place += size
            elif word:
                self._word(word, int(number) if number else None)
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._brace(brace)
        self._flush()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip = 0
        if brace == b"{":
            self._groups.append(replace(self._groups[-1], is_optional=False))
        elif len(self._groups) > 1:
            ended = self._groups.pop()
            if ended.place == "properties" != self._groups[-1].place:
                self.told.setdefault("properties", []).append("\n")

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._groups[-1] = replace(self._groups[-1], is_optional=True)
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol])

    def _word(self, word: bytes, number: int | None) -> None:
        group = self._groups[-1]
        if word == b"u" and number is not None:
            self._say(chr(number % 0x10000))
            self._skip = group.fallback
        elif word == b"uc":
            self._change(fallback=max(number or 0, 0))
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif word == b"ansicpg" and number:
            self._encoding = _known(f"cp{number}") or self._encoding
        elif word == b"fonttbl":
            self._change(place=None, is_font_table=True)
        elif group.is_font_table:
            self._font_table(word, number)
        elif word == b"f" and number is not None:
            self._change(encoding=self._fonts.get(number, ""))
        elif word in {b"deleted", b"plain"}:
            self._change(is_deleted=word == b"deleted" and number != 0)
        elif word in _PLACES:
            self._enter(_PLACES[word])
        elif word == b"shppict":
            # Every picture is in one of these, which older programs were to pass over.
            self._change(is_optional=False)
        elif word in _SILENT or group.is_optional:
            self._change(place=None)

    def _enter(self, place: str) -> None:
        is_inside = self._groups[-1].place is None and place not in {"properties", "", "comments"}
        if is_inside:
            return
        if place == _FILE:
            self.files.append(bytearray())
        self._change(place=place, is_optional=False)

    def _change(self, **changes: object) -> None:
        self._flush()
        self._groups[-1] = replace(self._groups[-1], **changes)  # type: ignore[arg-type]

    def _font_table(self, word: bytes, number: int | None) -> None:
        if word == b"f" and number is not None:
            self._font = number
        elif word == b"fcharset" and number in _CHARSETS:
            self._fonts[self._font] = _CHARSETS[number]

    def _byte(self, code: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(code)

    def _plain(self, plain: bytes) -> None:
        skipped = min(self._skip, len(plain))
        self._skip -= skipped
        self._bytes += plain[skipped:]

    def _binary(self, content: bytes) -> None:
        if self._groups[-1].place == _FILE:
            self.files[-1] += content.hex().encode("ascii")

    def _flush(self) -> None:
        """Bytes become letters only together: some scripts take two for one."""
        if self._bytes:
            said = bytes(self._bytes).decode(self._groups[-1].encoding or self._encoding, "replace")
            self._bytes.clear()
            self._say(said)

    def _say(self, text: str) -> None:
        self._flush()
        self._skip = 0
        group = self._groups[-1]
        if group.place == _FILE:
            self.files[-1] += text.encode("ascii", "replace")
        elif group.place is not None:
            place = "deleted text" if group.is_deleted else group.place
            self.told.setdefault(place, []).append(text)


def _unpacked(digits: bytearray) -> bytes:
    """A picture as it is, or the file that an object holds behind its own head. Raises Unreadable."""
    clean = _NO_DIGIT.sub(b"", digits)
    content = bytes.fromhex(clean[: len(clean) & ~1].decode("ascii"))
    if kind_of(content) is not Kind.TEXT:
        return content
    starts = [at for mark in _MARKS if (at := content.find(mark, 0, _LONGEST_HEAD)) >= 0]
    if not starts:
        raise Unreadable(reasons.UNSUPPORTED)
    return content[min(starts) :]


def _known(encoding: str) -> str | None:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return None
