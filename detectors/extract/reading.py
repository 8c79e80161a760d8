"""The reading of one file with everything that is in it: what was found goes out, and limits are kept."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from time import monotonic
from typing import cast

from detectors.extract import reasons
from detectors.extract.kinds import Kind, kind_of
from detectors.extract.limits import MEBIBYTE, Limits
from detectors.finding import Line, Part, Picture, Place, Undecided

_HALVES = re.compile("[\ud800-\udfff]+")
_FOLLOWED = frozenset({Kind.IMAGE, Kind.PDF})
_ZIP_END, _LONGEST_ZIP_END = b"PK\x05\x06", 65_557
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")


class Unreadable(Exception):
    """A file or a piece of it can't be read, for `reason`; the rest may be."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Spent(Exception):
    """A limit of the whole file is reached: nothing more of it is read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Reader = Callable[[bytes, str, "Reading"], None]


class Reading:
    """Hands every part to `tell` as it is read, so that what was read before a crash is not lost.

    `reader_of` finds the reader of a kind, `begin` is told what is about to be read and as what. Images take
    long, so they are read when all else is.
    """

    def __init__(
        self,
        limits: Limits,
        tell: Callable[[Part | Undecided | Picture], None],
        reader_of: Callable[[Kind], Reader | None],
        begin: Callable[[str, Kind], None] = lambda _label, _kind: None,
    ) -> None:
        self.limits = limits
        self._tell = tell
        self._reader_of = reader_of
        self._begin = begin
        self._depth = 0
        self._files = 0
        self._unpacked = 0
        self._characters = 0
        self._taken: dict[str, int] = {}
        self._seen: set[bytes] = set()
        self._images: list[tuple[str, Callable[[], None]]] = []

    def text(self, name: str, text: str, place: Place = Place.BODY, lines: tuple[Line, ...] = ()) -> None:
        """A part was read. One without text is none; a name that is taken gets a number."""
        if not text.strip():
            return
        self._characters += len(text)
        if self._characters > self.limits.characters:
            raise Spent(reasons.TOO_LARGE)
        self._tell(Part(self._own(name), _HALVES.sub(_joined, text), place=place, lines=lines))

    def _own(self, name: str) -> str:
        """A name that no part has yet: findings are told by the name of their part."""
        own = name
        while own in self._taken:
            # The number that was given last is remembered, as there may be thousands of one name.
            self._taken[name] += 1
            own = f"{name} {self._taken[name]}"
        self._taken[own] = 1
        return own

    def undecided(self, name: str, reason: str) -> None:
        """Something could not be read."""
        self._tell(Undecided(name, reason))

    def picture(self, name: str, prints: tuple[str, ...]) -> None:
        """What an image looks like."""
        self._tell(Picture(name, prints))

    def whole(self, content: bytes, label: str) -> None:
        """Reads the file itself. Everything that can be wrong with it ends here."""
        try:
            self.file(content, label)
            self._read_images()
        except Spent as spent:
            self.undecided(label, spent.reason)

    def image(self, label: str, read: Callable[[], None]) -> None:
        """Has `read` read an image when everything else is read."""
        self._images.append((label, read))

    def is_new(self, content: bytes) -> bool:
        """Whether this is met for the first time: a letterhead's arms are on every page."""
        digest = sha256(content).digest()
        is_new = digest not in self._seen
        self._seen.add(digest)
        return is_new

    def _read_images(self) -> None:
        end = monotonic() + self.limits.image_seconds
        for number, (label, read) in enumerate(self._images, start=1):
            if number > self.limits.images:
                self.undecided(label, reasons.TOO_MANY_IMAGES)
            elif monotonic() > end:
                self.undecided(label, reasons.TIMED_OUT)
            else:
                self._begin(label, Kind.IMAGE)
                with self.caught(label):
                    read()

    def nested(self, content: bytes | Callable[[], bytes], label: str, number: int, name: str) -> None:
        """Reads a file that is in the file `label`, or that `content` unpacks from it."""
        called = named(label, number, name)
        self.inside(called, lambda: self.file(content if isinstance(content, bytes) else content(), called))

    def inside(self, label: str, read: Callable[[], None]) -> None:
        """Lets `read` read what lies one level deeper; what is wrong there stays there."""
        self._files += 1
        if self._files > self.limits.files:
            raise Spent(reasons.TOO_MANY_FILES)
        if self._depth >= self.limits.depth:
            self.undecided(label, reasons.TOO_DEEP)
            return
        self._depth += 1
        try:
            with self.caught(label):
                read()
        finally:
            self._depth -= 1

    def file(self, content: bytes, label: str) -> None:
        """Reads content as what it is."""
        kind = kind_of(content)
        self._begin(label, kind)
        reader = self._reader_of(kind)
        if reader is None:
            self.undecided(label, reasons.UNSUPPORTED)
            return
        with self.caught(label):
            reader(content, label, self)
        if kind in _FOLLOWED and _ZIP_END in content[-_LONGEST_ZIP_END:]:
            # Programs that open archives read a file from its end: what follows an image is no part of it.
            with self.caught(label):
                cast(Reader, self._reader_of(Kind.ZIP))(content, label, self)

    @contextmanager
    def caught(self, label: str) -> Iterator[None]:
        """Whatever goes wrong meanwhile is told of `label`, and the rest goes on."""
        try:
            yield
        except Unreadable as unreadable:
            self.undecided(label, unreadable.reason)
        except Spent:
            raise
        except MemoryError:
            self.undecided(label, reasons.TOO_MUCH_MEMORY)
        except RecursionError:
            self.undecided(label, reasons.TOO_DEEP)
        except Exception:  # noqa: BLE001 - parsers raise anything on broken files, and none of it is fatal
            self.undecided(label, reasons.BROKEN)

    def unpack(self, size: int, packed: int | None = None) -> None:
        """Says before a piece is unpacked how large it claims to be. Raises where that is too much."""
        if size > self.limits.piece:
            raise Unreadable(reasons.TOO_LARGE)
        if packed is not None and size > MEBIBYTE and size > packed * self.limits.ratio:
            raise Unreadable(reasons.TOO_COMPRESSED)
        self._unpacked += size
        if self._unpacked > self.limits.unpacked:
            raise Spent(reasons.TOO_LARGE)


def named(label: str, number: int, name: str) -> str:
    """How a file in the file `label` is called.

    Names of parts are shown where only masked text may be, and a file's name can tell what is in it; so it is
    numbered, and only its ending shown. The name itself is scanned as a text.
    """
    ending = _ENDING.search(name)
    return f"{label} / file {number}{f'.{ending[1].lower()}' if ending else ''}"


def _joined(halves: re.Match[str]) -> str:
    """The characters that some formats write as two halves; a half without its other is none."""
    return halves[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
