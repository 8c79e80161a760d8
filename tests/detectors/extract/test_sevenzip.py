"""7z archives, and RAR: what is in the one is read, the other is told with its reason."""

import io
import lzma
from collections.abc import Mapping
from typing import Any

import py7zr
import pytest

from detectors.extract import LIMITS, extract
from tests.detectors.extract.samples import Read, docx, zipped


def packed(members: Mapping[str, bytes], **options: Any) -> bytes:
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w", **options) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return file.getvalue()


MEMBERS = {
    "SECRET/plan.txt": b"text",
    "b.docx": docx("memo"),
    "empty.txt": b"",
    "in.zip": zipped({"x.txt": "deep"}),
}
GOOD = packed(MEMBERS)


@pytest.mark.parametrize(
    "filters",
    [
        None,
        [{"id": py7zr.FILTER_COPY}],
        [{"id": py7zr.FILTER_LZMA}],
        [{"id": py7zr.FILTER_BZIP2}],
        [{"id": py7zr.FILTER_DEFLATE}],
        [{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 16}],
    ],
    ids=["as usual", "stored", "LZMA", "BZIP2", "Deflate", "PPMd"],
)
def test_files_and_their_names_are_parts(filters: list[dict[str, int]] | None) -> None:
    read = Read(packed(MEMBERS, filters=filters))
    assert (read.parts, read.undecided) == (
        {
            "a / file names": "SECRET/plan.txt\nb.docx\nempty.txt\nin.zip",
            "a / file 1.txt": "text",
            "a / file 2.docx": "memo",
            "a / file 4.zip / file names": "x.txt",
            "a / file 4.zip / file 1.txt": "deep",
        },
        {},
    )


def test_a_process_of_its_own_reads_it_within_its_limits() -> None:
    ppmd = packed(MEMBERS, filters=[{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 24}])
    for content in (GOOD, ppmd):
        read = extract("x.7z", content, "a", LIMITS)
        assert {part.name: part.text for part in read.parts}["a / file 1.txt"] == "text"
        assert read.undecided == ()


@pytest.mark.parametrize("header", [False, True], ids=["files", "names too"])
def test_an_encrypted_archive_is_told(header: bool) -> None:
    content = packed({"a.txt": b"SECRET"}, password="p", header_encryption=header)
    assert Read(content).undecided == {"a": "encrypted"}


def test_a_bomb_is_not_unpacked() -> None:
    assert Read(packed({"a.txt": bytes(80 << 20)})).undecided == {"a": "compressed too much"}


def test_a_file_that_is_too_large_is_left_and_the_others_read() -> None:
    noise = lzma.compress(b"x") + bytes(range(256)) * (17 << 12)
    read = Read(packed({"large.txt": noise, "b.txt": b"text"}, filters=[{"id": py7zr.FILTER_COPY}]))
    assert read.undecided == {"a / file 1.txt": "too large"}
    assert read.parts["a / file 2.txt"] == "text"


def test_two_files_of_one_name_are_told() -> None:
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w") as archive:
        archive.writestr(b"one", "a.txt")
        archive.writestr(b"two", "a.txt")
    read = Read(file.getvalue())
    assert (read.parts["a / file 1.txt"], read.undecided["a / file 2.txt"]) == ("one", "broken")


def test_an_archive_that_breaks_off_is_told() -> None:
    for end in range(6, len(GOOD), 40):
        assert Read(GOOD[:end]).undecided == {"a": "broken"}


def test_an_archive_with_any_byte_changed_is_read_or_told() -> None:
    for place in range(6, len(GOOD), 11):
        changed = bytearray(GOOD)
        changed[place] ^= 0xFF
        read = Read(bytes(changed))
        assert read.undecided or read.parts


@pytest.mark.parametrize("sign", [b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"], ids=["before 5", "since 5"])
def test_rar_is_told_with_its_own_reason(sign: bytes) -> None:
    assert Read(sign + bytes(99)).undecided == {"a": "packed as RAR, which is not read"}
