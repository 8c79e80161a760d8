"""Archives: what is in them is read as what it is, however deep, and their names are read too."""

import bz2
import gzip
import lzma

import pytest

from tests.detectors.extract.samples import PNG, Read, docx, tarred, zipped


@pytest.mark.parametrize(
    "archive",
    [
        zipped({"SECRET/plan.txt": "text", "b.docx": docx("memo")}),
        tarred({"SECRET/plan.txt": b"text", "b.docx": docx("memo")}),
    ],
    ids=["zip", "tar"],
)
def test_files_and_their_names_are_parts(archive: bytes) -> None:
    read = Read(archive)
    assert read.parts == {
        "a / file names": "SECRET/plan.txt\nb.docx",
        "a / file 1.txt": "text",
        "a / file 2.docx": "memo",
    }


@pytest.mark.parametrize("packed", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file_goes_by_the_name_of_what_it_is(packed: object) -> None:
    assert callable(packed)
    assert Read(packed(b"text")).parts == {"a": "text"}
    assert Read(packed(tarred({"x.txt": b"text"}))).parts == {
        "a / file names": "x.txt",
        "a / file 1.txt": "text",
    }


def test_archives_in_archives_are_opened() -> None:
    inner = zipped({"in.zip": zipped({"x.txt": "text", "y.png": PNG})})
    read = Read(inner)
    assert read.parts["a / file 1.zip / file 1.txt"] == "text"
    assert read.undecided == {"a / file 1.zip / file 2.png": "broken"}


def test_an_encrypted_member_is_told_and_the_others_read() -> None:
    content = bytearray(zipped({"x.txt": "text", "y.txt": "more"}))
    central = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[central + 8] |= 1
    read = Read(bytes(content))
    assert read.undecided == {"a / file 1.txt": "encrypted"}
    assert read.parts["a / file 2.txt"] == "more"


def test_only_the_ending_of_a_name_stands_in_the_name_of_a_part() -> None:
    read = Read(zipped({"35202-1234567-1 SECRET.TXT": "text", "no ending": "x", "odd.!?": "y"}))
    assert list(read.parts) == ["a / file names", "a / file 1.txt", "a / file 2", "a / file 3"]


def test_a_compressed_file_is_read_as_far_as_it_goes() -> None:
    whole = gzip.compress(bytes(range(32, 127)) * 99)
    for content in (whole[:-4], whole + b"more"):
        read = Read(content)
        assert (len(read.parts["a"]), read.undecided) == (95 * 99, {"a": "broken"})


def test_an_archive_that_breaks_off_between_two_files_is_told() -> None:
    whole = tarred({"a.txt": b"one", "b.txt": b"two", "c.txt": b"three"})
    for broken in (whole[:1100], whole[:1024] + b"x" * 512 + whole[1536:]):
        read = Read(broken)
        assert (read.parts["a / file 1.txt"], read.undecided) == ("one", {"a": "broken"})


def test_two_archives_in_one_file_are_told() -> None:
    read = Read(zipped({"a.txt": "hidden"}) + zipped({"b.txt": "shown"}))
    assert (read.parts["a / file 1.txt"], read.undecided) == ("shown", {"a": "broken"})
