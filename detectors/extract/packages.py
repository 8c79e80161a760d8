"""ZIP files: documents of offices, and archives of anything."""

import io
import re
import struct
import zipfile

from detectors.extract import reasons
from detectors.extract.archives import read_zip, unzip
from detectors.extract.markup import AllText, Listener, Properties, listen
from detectors.extract.reading import Reading, Unreadable
from detectors.finding import Place

_END = b"PK\x05\x06"
_IN_A_LARGER_FIELD = 0xFFFF
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def read_package(content: bytes, label: str, reading: Reading) -> None:
    """A ZIP file as what its members make it: an office document of one family or other, or an archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise Unreadable(reasons.BROKEN) from error
    with archive:
        if not _is_all_there(content, archive):
            reading.undecided(label, reasons.BROKEN)
        package = Package(archive, label, reading)
        if "[Content_Types].xml" in package.names:
            from detectors.extract.office import read_office

            read_office(package)
        elif "mimetype" in package.names and package.bytes_of("mimetype").startswith(_OPEN_DOCUMENT):
            from detectors.extract.opendocument import read_open_document

            read_open_document(package)
        else:
            read_zip(archive, label, reading)


class Package:
    """An office document: members of a ZIP that are read one by one, and each only once."""

    def __init__(self, archive: zipfile.ZipFile, label: str, reading: Reading) -> None:
        self._archive = archive
        self._members = [member for member in archive.infolist() if not member.is_dir()]
        self._files = 0
        self.label = label
        self.reading = reading
        self.names = sorted({member.filename for member in self._members}, key=_natural)

    def bytes_of(self, name: str) -> bytes:
        """The content of a member. Raises Unreadable."""
        return unzip(self._archive, self._archive.getinfo(name), self.reading)

    def called(self, place: str) -> str:
        """What the part at `place` is called; the body is called like the document."""
        return f"{self.label} / {place}" if place else self.label

    def hear(self, name: str, place: str, listener: Listener) -> None:
        """Reads a member that is XML to a listener. What can't be read of it is undecided."""
        called = self.called(place)
        with self.reading.caught(called):
            listen(self.bytes_of(name), listener)

    def properties(self, name: str) -> None:
        """A member that tells of the document."""
        listener = Properties()
        self.hear(name, "properties", listener)
        self.reading.text(self.called("properties"), listener.whole, Place.PROPERTIES)

    def other(self, name: str, place: str) -> None:
        """A member that is XML of whatever sort: all its text."""
        listener = AllText()
        self.hear(name, place, listener)
        self.reading.text(self.called(place), listener.whole)

    def file(self, name: str) -> None:
        """A member that is a file of its own: a picture, a table in a text, an old object."""
        self._files += 1
        self.reading.nested(lambda: self.bytes_of(name), self.label, self._files, name)

    def tell_doubles(self) -> None:
        """Of two members of one name programs show one or the other, and only the last was read."""
        if len(self._members) != len(self.names):
            self.reading.undecided(self.label, reasons.BROKEN)


def _is_all_there(content: bytes, archive: zipfile.ZipFile) -> bool:
    """Whether there are as many members as the end of the file says, and nothing before the first.

    Of two archives in one file, programs show one or the other.
    """
    members = archive.infolist()
    start = content.rfind(_END)
    if len(content) < start + 12:
        return False
    (count,) = struct.unpack_from("<H", content, start + 10)
    first = min((member.header_offset for member in members), default=0)
    return count in {len(members), _IN_A_LARGER_FIELD} and first == 0


def _natural(name: str) -> tuple[str | int, ...]:
    """Slide 2 comes before slide 10."""
    return tuple(
        int(piece) if piece.isdecimal() and piece.isascii() else piece
        for piece in re.split(r"(\d{1,9})", name)
    )
