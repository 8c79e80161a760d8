"""Pictures in files of Office before 2007 are found wherever a program keeps them."""

import struct
from pathlib import Path

import pytest

from detectors.extract.blips import tell_pictures
from detectors.extract.kinds import Kind
from detectors.extract.limits import LIMITS
from detectors.extract.readers import reader_of
from detectors.extract.reading import Reading
from detectors.finding import Undecided
from tests.detectors.extract.old_office import FILES
from tests.detectors.extract.samples import PNG

JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
ONE_PRINT, TWO_PRINTS = bytes(17), bytes(33)


class Seen(Reading):
    """Keeps the images that it should read."""

    def __init__(self) -> None:
        self.images: dict[str, bytes] = {}
        self.reasons: dict[str, str] = {}
        super().__init__(
            LIMITS, self._hear, lambda kind: self._keep if kind is Kind.IMAGE else reader_of(kind)
        )

    def _hear(self, what: object) -> None:
        if isinstance(what, Undecided):
            self.reasons[what.part] = what.reason

    def _keep(self, content: bytes, label: str, _reading: Reading) -> None:
        self.images[label] = content


def blip(head: int, kind: int, content: bytes) -> bytes:
    return struct.pack("<2HI", head, kind, len(content)) + content


@pytest.mark.parametrize("file", ["pictures.doc", "pictures.xls", "pictures.ppt"])
def test_the_picture_in_a_document_of_libreoffice_is_found(file: str) -> None:
    seen = Seen()
    seen.whole(Path(FILES / file).read_bytes(), "a")
    (image,) = seen.images.values()
    assert (image[:8], image[-8:-4]) == (PNG[:8], b"IEND")
    assert seen.reasons == {}


@pytest.mark.parametrize(
    ("stream", "images"),
    [
        (blip(0x6E00, 0xF01E, ONE_PRINT + PNG), [PNG]),
        (blip(0x6E10, 0xF01E, TWO_PRINTS + PNG), [PNG]),
        (blip(0x46A0, 0xF01D, ONE_PRINT + JPEG), [JPEG]),
        (b"before" + blip(0x6E00, 0xF01E, ONE_PRINT + PNG) + b"between" + blip(0x46A0, 0xF01D, ONE_PRINT + JPEG), [PNG, JPEG]),
        (blip(0x6E00, 0xF01E, ONE_PRINT + PNG)[:-1], []),
        (blip(0x1230, 0xF01E, ONE_PRINT + PNG), []),
    ],
    ids=["PNG", "with two prints", "JPEG", "two of them", "breaks off", "another record"],
)  # fmt: skip
def test_a_picture_is_found_by_its_record(stream: bytes, images: list[bytes]) -> None:
    seen = Seen()
    tell_pictures(stream, "a", seen)
    assert list(seen.images.values()) == images


@pytest.mark.parametrize(
    "record",
    [blip(0x3D40, 0xF01A, ONE_PRINT + bytes(60)), blip(0x7A80, 0xF01F, ONE_PRINT + bytes(60))],
    ids=["drawn of lines", "without a head of its own"],
)
def test_a_picture_that_is_no_file_is_told(record: bytes) -> None:
    seen = Seen()
    tell_pictures(record, "a", seen)
    assert seen.reasons == {"a / picture 1": "unsupported"}
