"""PowerPoint before 2007: text by slides, wherever in the stream its record lies."""

import struct
import zlib

import pytest

from tests.detectors.extract.old_office import FILES, powerpoint, record
from tests.detectors.extract.samples import Read, docx

TEXT, TEXT_IN_BYTES, NAME = 0x0FA0, 0x0FA8, 0x0FBA
DOCUMENT, SLIDE, NOTES, LIST, LISTED, NOTES_OF = 0x03E8, 0x03EE, 0x03F0, 0x0FF0, 0x03F3, 0x03F1
HEADERS, DIRECTORY, OBJECT, ENCRYPTION = 0x0FD9, 0x1772, 0x1011, 0x2F14


def text(said: str) -> bytes:
    return record(TEXT, said.encode("utf-16-le"))


def test_a_presentation_of_libreoffice_is_read_whole() -> None:
    read = Read((FILES / "talk.ppt").read_bytes())
    assert read.parts.pop("a / slide master").startswith("Click to edit the title text format")
    assert read.parts == {
        "a / notes": "*",
        "a / slide 1": "First slide — café\nsecond line",
        "a / slide 2": "خفیہ مراسلہ",
        "a / slide 1 notes": "Say this aloud",
        "a / comments": "Bob\nA slide comment\nB",
    }
    assert read.undecided == {}


def test_slides_go_by_the_order_in_which_they_are_shown() -> None:
    older, newer = record(SLIDE, inner=[text("made first")]), record(SLIDE, inner=[text("made last")])
    listed = [
        record(LISTED, struct.pack("<5I", 2, 0, 0, 257, 0)) + text("title of the first"),
        record(LISTED, struct.pack("<5I", 1, 0, 0, 256, 0)),
    ]
    document = record(DOCUMENT, inner=[record(LIST, inner=listed)])
    places = struct.pack("<3I", 2 << 20 | 1, 0, len(older))
    notes = record(NOTES, inner=[record(NOTES_OF, struct.pack("<2I", 256, 0)), text("said to it")])
    read = Read(powerpoint(older, newer, document, notes, record(DIRECTORY, places)))
    assert read.parts == {
        "a / slide 2": "made first",
        "a / slide 1": "made last\ntitle of the first",
        "a / slide 2 notes": "said to it",
    }


@pytest.mark.parametrize(
    ("held", "parts"),
    [
        (record(TEXT_IN_BYTES, "Café\rtwo".encode("latin-1")), {"a / other text": "Café\ntwo"}),
        (record(HEADERS, inner=[record(NAME, "SECRET".encode("utf-16-le"))]), {"a / header and footer": "SECRET"}),
        (record(SLIDE, inner=[text("unlisted")]), {"a / older slides": "unlisted"}),
        (record(0x138B, text("kept since 2002")), {"a / other text": "kept since 2002"}),
        (record(0x138B, b"what others keep"), {}),
    ],
    ids=["bytes", "header", "a slide that was deleted", "in a tag", "something else in a tag"],
)  # fmt: skip
def test_text_is_read_wherever_it_lies(held: bytes, parts: dict[str, str]) -> None:
    read = Read(powerpoint(held))
    assert (read.parts, read.undecided) == (parts, {})


def test_an_object_is_a_file_in_the_presentation() -> None:
    inner = docx("SECRET")
    stored = record(OBJECT, struct.pack("<I", len(inner)) + zlib.compress(inner), instance=1)
    assert Read(powerpoint(stored)).parts == {"a / file 1": "SECRET"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (powerpoint(text("x"), user=bytes(12) + bytes.fromhex("dfc4d1f3")), "encrypted"),
        (powerpoint(record(DOCUMENT, inner=[record(ENCRYPTION, b"x")])), "encrypted"),
        (powerpoint(struct.pack("<2HI", 0xF, DOCUMENT, 1 << 30)), "broken"),
    ],
    ids=["told beside it", "told in it", "longer than it is"],
)
def test_what_cannot_be_read_is_told(content: bytes, reason: str) -> None:
    assert Read(content).undecided == {"a": reason}


def test_records_in_records_end_somewhere() -> None:
    nested = text("deep")
    for _ in range(2000):
        nested = record(DOCUMENT, inner=[nested])
    assert Read(powerpoint(nested)).undecided == {"a": "nested too deeply"}


def test_an_object_that_grows_is_not_unpacked() -> None:
    stored = struct.pack("<I", 1 << 30) + zlib.compress(bytes(1 << 20))
    assert Read(powerpoint(record(OBJECT, stored, instance=1))).undecided == {"a / file 1": "too large"}
