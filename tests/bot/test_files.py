"""What becomes of the files under a message."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.files import Files, is_slow
from bot.known_files import KnownFiles
from bot.model import Attachment, Deletion, Event, FileScan, Message
from bot.model.files import unmasked
from bot.scanning import Scanner
from tests.bot.builders import REF, RULES, message
from tests.fakes.clock import START, FakeClock
from tests.fakes.detectors import FakeDetectors
from tests.fakes.scanner import BrokenScanner
from tests.fakes.sealer import FakeSealer
from tests.fakes.store import FakeStore


async def scanned(scanner: Scanner, posted: Message) -> Sequence[FileScan]:
    sealer = FakeSealer()
    files = Files(sealer, KnownFiles(FakeStore(), sealer, FakeClock()))
    return await files.scanned(posted, replace(RULES, detectors=FakeDetectors(of_files=scanner)))


def with_files(*contents: bytes | None) -> Message:
    files = tuple(Attachment("a.txt", content=content, missing="too large") for content in contents)
    return replace(message(), attachments=files)


@pytest.mark.parametrize(
    ("event", "slow"),
    [
        pytest.param(message("hello"), False, id="a text"),
        pytest.param(with_files(b"short"), False, id="a short text file"),
        pytest.param(with_files(None), False, id="a file that did not come along"),
        pytest.param(with_files(b"long " * 10_000), True, id="a long text file"),
        pytest.param(with_files(b"short", b"%PDF-1.7"), True, id="one that is read in a process of its own"),
        pytest.param(Deletion(REF, START), False, id="no message"),
    ],
)
def test_which_files_take_long(event: Event, slow: bool) -> None:
    assert is_slow(event) is slow


async def test_each_file_is_told_by_its_number_and_masked() -> None:
    posted = replace(
        message(),
        attachments=(
            Attachment("a.txt", content=b"nothing"),
            Attachment("b.txt", content=b"my id is 35202-1234567-1"),
            Attachment("c.txt", missing="too large"),
        ),
    )
    files = await scanned(FakeDetectors(), posted)
    [finding] = files[1].findings
    assert (finding.part, finding.masked, finding.start) == ("attachment 2", "•••••-•••••••-•", 9)
    assert [(one.part, one.reason) for one in files[2].undecided] == [("attachment 3", "too large")]
    found = unmasked(finding)
    assert (found.entity, found.part, found.span.end) == ("PK_CNIC", "attachment 2", 24)


@pytest.mark.parametrize("what", ["scan", "read_file"])
async def test_whatever_breaks_never_makes_a_file_clean(
    what: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if what == "read_file":
        monkeypatch.setattr("bot.files.read_file", BrokenScanner().scan)
    scanner: Scanner = BrokenScanner() if what == "scan" else FakeDetectors()
    posted = replace(message(), attachments=(Attachment("a", content=b"x"),))
    [file] = await scanned(scanner, posted)
    why = "detector failed (ValueError)" if what == "scan" else "detector failed (TypeError)"
    assert [(one.part, one.reason) for one in file.undecided] == [("attachment 1", why)]
    assert "what stood in the file" not in caplog.text
