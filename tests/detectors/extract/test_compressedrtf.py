"""RTF as Outlook packs it: the published examples, and what is broken or lies."""

import struct

import pytest

from detectors.extract.compressedrtf import decompressed
from detectors.extract.reading import Unreadable
from tests.detectors.extract.samples import Read, compound

MOST = 1 << 20
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b5141000420 5758595a0d6e7d010eb0")


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        (HELLO, b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"),
        (CROSSING, b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
        (struct.pack("<4I", 18, 6, 0x414C454D, 0) + b"{\\rtf}", b"{\\rtf}"),
    ],
    ids=["words that all documents have", "points to itself", "not packed"],
)
def test_it_is_read_as_the_published_examples_have_it(packed: bytes, text: bytes) -> None:
    assert decompressed(packed, MOST) == text


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (b"", "broken"),
        (HELLO[:12], "broken"),
        (struct.pack("<4I", 9, 9, 7, 0) + b"x", "broken"),
        (struct.pack("<4I", 9, 1 << 30, 0x75465A4C, 0), "too large"),
        (struct.pack("<4I", 9, 99, 0x75465A4C, 0) + b"\x01\xff\xf0", "broken"),
        (HELLO[:-12], "broken"),
    ],
    ids=[
        "nothing",
        "half a head",
        "another sort",
        "larger than may be",
        "points to what was never there",
        "breaks off",
    ],
)
def test_what_cannot_be_unpacked_is_told(packed: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        decompressed(packed, MOST)


def test_the_body_of_a_message_that_has_no_other_is_read() -> None:
    streams = {"__properties_version1.0": bytes(32), "__substg1.0_10090102": HELLO}
    read = Read(compound(streams))
    assert (read.parts, read.undecided) == ({"a": "hello world"}, {})
