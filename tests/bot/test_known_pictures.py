"""A picture that looks like one in an earlier case is taken to the moderators, whatever is legible in it."""

from dataclasses import replace

import pytest

from bot.known_files import KnownFiles
from bot.known_pictures import KNOWN_PICTURE, NEAR, KnownPictures, bits_of
from bot.model import Attachment, FileScan, MaskedFinding, Message, MessageRef, Outcome, Severity
from bot.policy import Condition, Rule
from bot.ports import Store
from detectors.finding import Picture
from tests.bot.builders import AUTHOR, POLICY, REF, RULES, recorded
from tests.bot.house import House, build_house
from tests.fakes.clock import START
from tests.fakes.sealer import FakeSealer

OTHER = MessageRef("fake", "office", "m2")
PRINT = "0f" * 32
LABEL = MaskedFinding("CLASSIFICATION_LABEL", "attachment", 0, 6, 0.9, "Fake", "••••••", (("level", 2),))
KNOWN = Rule(
    "known",
    "official-information",
    Condition(entities=(KNOWN_PICTURE,)),
    Severity.MEDIUM,
    "like case {case}",
    also=("escalate",),
)


def differing(bits: int) -> str:
    """A print that differs from PRINT in so many bits."""
    return f"{int(PRINT, 16) ^ (2**bits - 1):064x}"


def photo(*prints: str) -> FileScan:
    """A photograph on which a label was read."""
    label = MaskedFinding("CLASSIFICATION_LABEL", "attachment 1 / header", 0, 6, 0.9, "labels", "••••••")
    return FileScan((label,), pictures=(Picture("attachment 1", prints),))


@pytest.mark.parametrize(
    ("prints", "bits"),
    [
        pytest.param([PRINT], 0, id="the same picture in another file"),
        pytest.param([differing(NEAR)], NEAR, id="as far as may be"),
        pytest.param([differing(NEAR + 1)], None, id="too far"),
        pytest.param(["ff" * 32, differing(3)], 3, id="the nearest of its prints counts"),
        pytest.param([], None, id="a picture without a print"),
        pytest.param(["", "no print", "ff", PRINT.upper()], None, id="what is no print"),
    ],
)
async def test_how_near_a_picture_must_be(store: Store, prints: list[str], bits: int | None) -> None:
    pictures = KnownPictures(store, FakeSealer())
    number = store.cases.open(recorded()).number
    pictures.keep(number, [photo(PRINT, "a0" * 32)])
    found = await pictures.found(OTHER, [photo(*prints)])
    expected = [] if bits is None else [(KNOWN_PICTURE, "attachment 1", (("bits", bits), ("case", number)))]
    assert [(one.entity, one.part, one.attributes) for one in found] == expected


async def test_the_nearest_of_several_cases_is_told(store: Store) -> None:
    pictures = KnownPictures(store, FakeSealer())
    for ref, bits in ((REF, 9), (MessageRef("fake", "office", "m3"), 4)):
        pictures.keep(store.cases.open(recorded(ref=ref)).number, [photo(differing(bits))])
    [one] = await pictures.found(OTHER, [photo(PRINT)])
    assert dict(one.attributes) == {"bits": 4, "case": 2}


def test_what_a_picture_looks_like_is_kept_sealed(store: Store) -> None:
    KnownPictures(store, FakeSealer()).keep(store.cases.open(recorded()).number, [photo(PRINT)])
    [kept] = store.traces.pictures(OTHER, 10)
    assert PRINT not in kept.name
    assert kept.sealed != PRINT.encode()


async def test_what_can_not_be_unsealed_is_told_and_hides_no_other(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    pictures = KnownPictures(store, FakeSealer())
    number = store.cases.open(recorded()).number
    store.traces.keep_pictures(number, {"x": b"not a seal"})
    pictures.keep(number, [photo(PRINT)])
    assert await pictures.found(OTHER, [photo(PRINT)])
    assert "can't be unsealed" in caplog.text


def test_a_print_has_256_bits() -> None:
    assert bits_of(PRINT) == int(PRINT, 16)
    assert bits_of(PRINT + "0") is None


@pytest.fixture
def house(store: Store) -> House:
    return build_house(store, policy=replace(POLICY, rules=(*POLICY.rules, KNOWN)))


async def posted(house: House, ref: MessageRef, scan: FileScan) -> None:
    """A photo whose reading gave this; its bytes are unlike any other's."""
    content = f"a photo {ref.id}".encode()
    known: KnownFiles = house.pipeline.files.known
    known.keep(replace(scan, fingerprint=house.pipeline.sealer.fingerprint(content)), RULES.edition)
    await house.happens(Message(ref, AUTHOR, "", START, attachments=(Attachment("p.jpg", content=content),)))


def like(bits: int, *findings: MaskedFinding) -> FileScan:
    return FileScan(findings, pictures=(Picture("attachment", (differing(bits),)),))


async def test_a_picture_of_a_case_is_taken_to_the_moderators_when_it_comes_again(house: House) -> None:
    await posted(house, REF, like(0, LABEL))
    await posted(house, OTHER, like(9))
    second = house.store.cases.get(2)
    assert second
    assert (second.severity, second.why) == (Severity.MEDIUM, "like case 1")
    assert [card.case for card in house.platform.cards] == [1, 2]
    await posted(house, MessageRef("fake", "office", "m3"), like(60))
    assert house.store.cases.get(3) is None


async def test_a_picture_that_moderators_found_harmless_is_left_alone(house: House) -> None:
    await posted(house, REF, like(0, LABEL))
    house.cases.close(1, Outcome.FALSE_ALARM, "moderator")
    await posted(house, OTHER, like(9))
    assert house.store.decisions.latest(OTHER) is None


async def test_a_picture_beside_what_was_found_is_none_of_the_case_s(house: House) -> None:
    content = b"CONFIDENTIAL"
    known = house.pipeline.files.known
    holiday = replace(like(0), fingerprint=house.pipeline.sealer.fingerprint(b"holiday"))
    known.keep(holiday, RULES.edition)
    files = (Attachment("a.txt", content=content), Attachment("p.jpg", content=b"holiday"))
    await house.happens(Message(REF, AUTHOR, "", START, attachments=files))
    assert house.store.cases.get(1)
    await posted(house, OTHER, like(0))
    assert house.store.decisions.latest(OTHER) is None


async def test_what_only_looks_like_a_case_s_picture_is_no_measure_for_others(house: House) -> None:
    await posted(house, REF, like(0, LABEL))
    await posted(house, OTHER, like(NEAR))
    await posted(house, MessageRef("fake", "office", "m3"), like(NEAR * 2))
    assert [case.number for case in house.store.cases.list()] == [2, 1]


@pytest.mark.parametrize(
    ("entity", "part"),
    [
        pytest.param("CLASSIFICATION_LABEL", "attachment 1 / page 2", id="another page of the same file"),
        pytest.param("CLASSIFICATION_LABEL", "attachment 1", id="the text of a document around the picture"),
        pytest.param("PHOTO_POSITION", "attachment 1 / file 1.png / properties", id="where it was taken"),
    ],
)
async def test_a_harmless_picture_in_the_file_of_a_case_was_held_against_others(
    store: Store, entity: str, part: str
) -> None:
    pictures = KnownPictures(store, FakeSealer())
    number = store.cases.open(recorded()).number
    found = MaskedFinding(entity, part, 0, 6, 0.9, "labels", "••••••")
    logo = FileScan((found,), pictures=(Picture("attachment 1 / file 1.png", (PRINT,)),))
    pictures.keep(number, [logo])
    assert await pictures.found(OTHER, [photo(PRINT)]) == ()
