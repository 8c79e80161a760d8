"""What the doctor thinks of what was found."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.cards import MAY_NOT_ACT
from bot.doctor import machine, records
from bot.doctor.platforms import examine_platforms
from bot.doctor.records import DatabaseFacts
from bot.model import (
    Case,
    ChatRef,
    Check,
    CheckState,
    Evidence,
    Gap,
    MessageRef,
    Mode,
    Person,
    Severity,
    Status,
)
from bot.ports import PlatformForbidden
from tests.fakes.clock import START
from tests.fakes.platform import FakePlatform

GOOD, DOUBTFUL, BAD = CheckState.GOOD, CheckState.DOUBTFUL, CheckState.BAD
WING = ChatRef("telegram", "-100")
MB = 1000**2


def case(number: int, rule: str = MAY_NOT_ACT) -> Case:
    return Case(
        number=number,
        ref=MessageRef("telegram", "-100", "may not remove"),
        chat_name="Budget wing",
        author=Person("", "Raazdar"),
        severity=Severity.HIGH,
        status=Status.OPEN,
        rule=rule,
        provision="monitor-and-remove",
        why="The bot may not delete messages; make it an administrator.",
        evidence=Evidence(),
        opened_at=START,
        updated_at=START,
    )


@pytest.mark.parametrize(
    ("free", "state", "told"),
    [
        (5000 * MB, GOOD, "5.0 GB"),
        (1000 * MB, GOOD, "1.0 GB"),
        (999 * MB, DOUBTFUL, "999 MB"),
        (200 * MB, DOUBTFUL, "200 MB"),
        (199 * MB, BAD, "199 MB"),
        (None, BAD, "can't be looked at"),
    ],
)
def test_the_disk_has_room(free: int | None, state: CheckState, told: str) -> None:
    check = machine.disk("/srv/raazdar", free)
    assert (check.state, told in check.found, bool(check.todo)) == (state, True, state != GOOD)


@pytest.mark.parametrize(
    ("behind", "state"),
    [
        (timedelta(hours=-1), GOOD),
        (timedelta(seconds=20), GOOD),
        (timedelta(minutes=2), BAD),
    ],
    ids=["after the last record", "within what clocks differ by", "before the last record"],
)
def test_the_clock_is_not_before_what_was_recorded(behind: timedelta, state: CheckState) -> None:
    assert machine.clock(START, START + behind).state == state


def test_without_records_any_time_will_do() -> None:
    assert machine.clock(START, None).state == GOOD


def test_urdu_that_can_not_be_read_on_images_is_doubtful_and_what_to_install_is_named() -> None:
    assert machine.scripts(reads_urdu=True).state == GOOD
    without = machine.scripts(reads_urdu=False)
    assert (without.state, "tesseract-ocr-urd" in without.todo) == (DOUBTFUL, True)


@pytest.mark.parametrize(
    ("trouble", "is_in_use", "is_running", "state", "told"),
    [
        (None, False, False, GOOD, "is free"),
        ("Address already in use", True, True, GOOD, "served by the running Raazdar"),
        ("Address already in use", True, False, BAD, "another program"),
        ("Permission denied", False, False, BAD, "Permission denied"),
        (None, False, True, DOUBTFUL, "nobody serves"),
    ],
)
def test_the_console_can_have_its_address(
    trouble: str | None, is_in_use: bool, is_running: bool, state: CheckState, told: str
) -> None:
    check = machine.console("127.0.0.1:8710", trouble, is_in_use=is_in_use, is_running=is_running)
    assert (check.state, told in check.found) == (state, True)


@pytest.mark.parametrize(
    ("facts", "state", "told"),
    [
        (DatabaseFacts("r.db", is_there=False, is_writable=True), GOOD, "the first start makes it"),
        (DatabaseFacts("r.db", is_there=False, is_writable=False), BAD, "can't be written"),
        (DatabaseFacts("r.db", is_there=True, is_writable=False), BAD, "can't be written"),
        (DatabaseFacts("r.db", is_there=True, is_writable=True), GOOD, "up to date"),
        (DatabaseFacts("r.db", is_there=True, is_writable=True, pending=("m9",)), DOUBTFUL, "lacks m9"),
        (DatabaseFacts("r.db", is_there=True, is_writable=True, newer=("m10",)), BAD, "newer Raazdar"),
        (DatabaseFacts("r.db", is_there=True, is_writable=True, trouble="It is torn."), BAD, "torn"),
    ],
)
def test_the_database_can_be_used(facts: DatabaseFacts, state: CheckState, told: str) -> None:
    check = records.database(facts)
    assert (check.state, told in check.found) == (state, True)


@pytest.mark.parametrize(
    ("is_there", "trouble", "has_database", "fits", "state", "told"),
    [
        (False, "", False, None, GOOD, "the first start makes it"),
        (False, "", True, None, BAD, "is missing"),
        (True, "", True, True, GOOD, "opens what"),
        (True, "", True, None, GOOD, "nothing is sealed yet"),
        (True, "", True, False, BAD, "is not the key"),
        (True, "It can be read by others.", True, None, BAD, "read by others"),
    ],
)
def test_the_key_is_the_one_that_the_database_was_sealed_with(
    is_there: bool, trouble: str, has_database: bool, fits: bool | None, state: CheckState, told: str
) -> None:
    check = records.key("seal.key", is_there=is_there, trouble=trouble, has_database=has_database, fits=fits)
    assert (check.state, told in check.found) == (state, True)


@pytest.mark.parametrize(
    ("process", "purpose", "is_there", "state", "told"),
    [
        (571, "real chats", True, GOOD, "process 571"),
        (None, "real chats", True, DOUBTFUL, "not running"),
        (None, "", False, GOOD, "never started"),
        (None, "the demo", True, BAD, "for the demo"),
    ],
)
def test_a_running_bot_is_good_news(
    process: int | None, purpose: str, is_there: bool, state: CheckState, told: str
) -> None:
    check = records.running(process, purpose, is_there=is_there)
    assert (check.state, told in check.found) == (state, True)


@pytest.mark.parametrize(
    ("count", "minutes", "is_running", "state"),
    [
        (0, None, False, GOOD),
        (3, 1, True, GOOD),
        (3, 11, True, DOUBTFUL),
        (3, 1, False, DOUBTFUL),
    ],
    ids=["nothing", "just come in", "stuck", "nobody is there to do it"],
)
def test_what_waits_for_long_is_doubtful(
    count: int, minutes: int | None, is_running: bool, state: CheckState
) -> None:
    oldest = None if minutes is None else START - timedelta(minutes=minutes)
    assert records.waiting("inbox", count, oldest, START, is_running=is_running).state == state


def test_what_was_put_aside_is_counted() -> None:
    assert records.aside({"waiting": 4, "aside": 0}).state == GOOD
    check = records.aside({"waiting": 4, "aside": 2})
    assert (check.state, "2 entries" in check.found) == (DOUBTFUL, True)


def test_each_lack_of_a_permission_is_told_with_its_case() -> None:
    first, second = records.permissions([case(9), case(3, "label"), case(4)])
    assert (first.subject, second.subject, first.state) == ("case 4", "case 9", BAD)
    assert "make it an administrator" in first.found
    assert [check.state for check in records.permissions([case(3, "label")])] == [GOOD]


def test_gaps_of_the_last_week_are_told_by_chat() -> None:
    def gap(days: int, chat: ChatRef = WING) -> Gap:
        return Gap(chat, START - timedelta(days=days), "m1", "the network was gone", 4)

    stray = ChatRef("telegram", "-7")
    check = records.gaps([gap(1), gap(2), gap(3, stray), gap(8, stray)], {WING: "Budget wing"}, START)
    assert check.state == DOUBTFUL
    assert "Budget wing (2), telegram -7 (1)" in check.found
    assert records.gaps([gap(8)], {}, START).state == GOOD


def test_a_bot_without_chats_is_doubtful() -> None:
    assert records.chats(0, Mode.OBSERVE).state == DOUBTFUL
    assert "at coach" in records.chats(2, Mode.COACH).found


class Examined(FakePlatform):
    """A platform that says what it is told to, breaks, or never answers."""

    def __init__(self, answer: Sequence[Check] | Exception | None) -> None:
        super().__init__()
        self._answer = answer

    async def examine(self) -> Sequence[Check]:
        if self._answer is None:
            await asyncio.Event().wait()
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer or ()


async def test_all_platforms_are_asked_at_once_and_none_hides_another() -> None:
    said = [Check("token", GOOD, "it is right"), Check("one: chats", GOOD, "all are seen")]
    checks = await examine_platforms(
        {
            "one": Examined(said),
            "silent": Examined(None),
            "stuck": Examined(None),
            "refused": Examined(PlatformForbidden("Give it the permission View Channel.")),
            "torn": Examined(ValueError("what somebody wrote")),
            "plain": FakePlatform(),
            "unbuilt": Check("unbuilt", BAD, "could not be built"),
        },
        patience=0.05,
    )
    assert {check.subject: check.state for check in checks} == {
        "one: token": GOOD,
        "one: chats": GOOD,
        "silent": BAD,
        "stuck": BAD,
        "refused": BAD,
        "torn": BAD,
        "plain": GOOD,
        "unbuilt": BAD,
    }
    told = " ".join(check.found for check in checks)
    assert "0.05 seconds" in told
    assert "View Channel" in told
    assert "ValueError" in told
    assert "what somebody wrote" not in told
