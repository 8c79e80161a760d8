"""The same file again costs nothing, as long as it would be judged by the same."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.files import Files
from bot.known_files import KEPT, KnownFiles, edition_of
from bot.model import Attachment, FileScan, Message
from bot.ports import Store
from detectors.extract import reasons
from detectors.finding import Part, Picture, Scan, Undecided
from detectors.rulebook import Rulebook
from tests.bot.builders import RULES, message
from tests.fakes.clock import FakeClock
from tests.fakes.detectors import FakeDetectors
from tests.fakes.sealer import FakeSealer

FILE = Attachment("ids.txt", content=b"my id is 35202-1234567-1")
POSTED = replace(message(), attachments=(Attachment("a", content=b"x"), FILE))


class Counting(FakeDetectors):
    """Counts the calls, and leaves undecided what it is told to."""

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.calls = 0
        self._why = why

    def scan(self, parts: Sequence[Part]) -> Scan:
        self.calls += 1
        undecided = tuple(Undecided(part.name, self._why) for part in parts) if self._why else ()
        return replace(super().scan(parts), undecided=undecided)


async def scanned(
    store: Store, scanner: FakeDetectors, clock: FakeClock, posted: Message = POSTED, edition: str = "1"
) -> Sequence[FileScan]:
    files = Files(FakeSealer(), KnownFiles(store, FakeSealer(), clock))
    return await files.scanned(posted, replace(RULES, detectors=scanner, edition=edition))


async def test_the_same_file_is_looked_through_once_wherever_it_stands(store: Store) -> None:
    scanner, clock = Counting(), FakeClock()
    first = await scanned(store, scanner, clock)
    assert scanner.calls == 2
    forwarded = replace(message(), attachments=(replace(FILE, name="forwarded.txt"),))
    [again] = await scanned(store, scanner, clock, forwarded)
    assert scanner.calls == 2
    assert [one.part for one in first[1].findings] == ["attachment 2"]
    assert [one.part for one in again.findings] == ["attachment 1"]
    assert replace(first[1].findings[0], part="attachment 1") == again.findings[0]


@pytest.mark.parametrize(
    ("why", "edition", "later", "calls"),
    [
        pytest.param("", "1", False, 2, id="nothing has changed"),
        pytest.param("", "2", False, 4, id="the program, or what it looks for, is another"),
        pytest.param("", "1", True, 4, id="it is long ago"),
        pytest.param(reasons.ENCRYPTED, "1", False, 2, id="it is as encrypted as before"),
        pytest.param(reasons.TIMED_OUT, "1", False, 4, id="the machine was busy"),
        pytest.param(reasons.crashed("PDF"), "1", False, 4, id="a reader crashed"),
    ],
)
async def test_when_a_file_is_looked_through_again(
    store: Store, why: str, edition: str, later: bool, calls: int
) -> None:
    scanner, clock = Counting(why), FakeClock()
    first = await scanned(store, scanner, clock)
    if later:
        clock.pass_by(minutes=KEPT.total_seconds() / 60 + 1)
        KnownFiles(store, FakeSealer(), clock).forget()
    assert await scanned(store, scanner, clock, edition=edition) == first
    assert scanner.calls == calls


async def test_a_detector_that_broke_is_tried_again(store: Store) -> None:
    scanner, clock = FakeDetectors(), FakeClock()
    scanner.breaks = True
    await scanned(store, scanner, clock)
    scanner.breaks = False
    [_, found] = await scanned(store, scanner, clock)
    assert found.findings


def test_everything_that_is_known_comes_back(store: Store) -> None:
    known = KnownFiles(store, FakeSealer(), FakeClock())
    scan = FileScan((), (Undecided("attachment", reasons.BROKEN),), (Picture("attachment", ("ff",)),), "f")
    known.keep(scan, "1")
    assert known.get("f", "1") == scan
    assert known.get("g", "1") is None


async def test_what_can_not_be_unsealed_is_read_again(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    scanner, clock = Counting(), FakeClock()
    [_, first] = await scanned(store, scanner, clock)
    store.files.keep(first.fingerprint, "1", b"not a seal", clock.now())
    assert (await scanned(store, scanner, clock))[1] == first
    assert "read again" in caplog.text


def test_another_rulebook_is_another_edition(rulebook: Rulebook) -> None:
    other = replace(rulebook, schemes=rulebook.schemes[1:])
    assert edition_of(rulebook) == edition_of(replace(rulebook)) != edition_of(other)
