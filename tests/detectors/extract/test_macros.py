"""Programs in documents: what modules hold is read, from wherever an office program keeps them."""

import pytest

from detectors.extract.macros import decompressed
from detectors.extract.reading import Unreadable
from tests.detectors.extract.old_office import macros
from tests.detectors.extract.samples import Read, compound, office

MOST = 1 << 20
PROJECT = macros({"Module1": 'Attribute VB_Name = "Module1"\r\n\' SECRET', "Other": "Sub x()"})
SAID = ('Attribute VB_Name = "Module1"\n\' SECRET', "Sub x()")


@pytest.mark.parametrize(
    ("container", "text"),
    [
        ("0119b000616263646566676800696a6b6c6d6e6f7000717273747576 2e", b"abcdefghijklmnopqrstuv."),
        (
            "012fb00023616161626364658266007061676869 6a01380861 6b6c00306d6e6f7006710270041072737475761077 78797a003c",
            b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa",
        ),
        ("0103b002614500", b"a" * 73),
        ("01", b""),
    ],
    ids=["not compressed", "compressed", "compressed as much as can be", "empty"],
)
def test_a_container_is_read_as_the_published_examples_have_it(container: str, text: bytes) -> None:
    assert decompressed(bytes.fromhex(container), MOST) == text


@pytest.mark.parametrize(
    ("container", "reason"),
    [
        ("", "broken"),
        ("0219b00061", "broken"),
        ("0103b001614500", "broken"),
        ("0103b00261ffff", "broken"),
        ("0103b0020045", "broken"),
    ],
    ids=["nothing", "no sign", "points before the beginning", "too far back", "breaks off"],
)
def test_a_broken_container_is_told(container: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        decompressed(bytes.fromhex(container), MOST)


def test_a_container_that_grows_is_left() -> None:
    chunk = bytes.fromhex("03b00261fc0f")
    with pytest.raises(Unreadable, match="compressed too much"):
        decompressed(b"\x01" + chunk * 2000, MOST)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (compound(PROJECT), "a"),
        (compound({f"Macros/{name}": held for name, held in PROJECT.items()}), "a / file 1"),
        (office({"word/vbaProject.bin": compound(PROJECT)}), "a / macros"),
    ],
    ids=["a project", "an old document", "a new document"],
)
def test_each_module_is_a_part(content: bytes, place: str) -> None:
    read = Read(content)
    assert read.parts == {f"{place} / module {number}": text for number, text in enumerate(SAID, start=1)}
    assert read.undecided == {}


@pytest.mark.parametrize(
    ("streams", "reason"),
    [
        ({"VBA/dir": bytes(99)}, "broken"),
        (PROJECT | {"VBA/Module1": b"otherxxx"}, "broken"),
        ({name: held for name, held in PROJECT.items() if name != "VBA/Other"}, "broken"),
    ],
    ids=["no list of modules", "a broken module", "a missing module"],
)
def test_macros_that_cannot_be_read_are_told(streams: dict[str, bytes], reason: str) -> None:
    assert reason in Read(compound(streams)).undecided.values()
