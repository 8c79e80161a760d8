"""Which rooms there are, and who may be in them."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.local import PersonSetting
from adapters.local.database import open_database
from adapters.local.directory import NotAName, People, Room, person_id, rooms_of
from bot.model import Audience, Chat, ChatRef, Mode, Moderators, Person
from bot.ports import PlatformRefused

ON_DUTY = Moderators(ChatRef("local", "on-duty"))


def chat(id_: str, platform: str = "local", moderators: Moderators | None = None) -> Chat:
    return Chat(ChatRef(platform, id_), id_.upper(), Mode.COACH, Audience(), moderators)


@pytest.mark.parametrize(
    ("chats", "rooms"),
    [
        ([], [Room("lobby", "Lobby")]),
        ([chat("x", "telegram")], [Room("lobby", "Lobby")]),
        ([chat("a"), chat("b"), chat("x", "telegram")], [Room("a", "A"), Room("b", "B")]),
        (
            [
                chat("a", moderators=ON_DUTY),
                chat("b", moderators=ON_DUTY),
            ],
            [Room("a", "A"), Room("b", "B"), Room("on-duty", "On duty", writable=False, for_moderators=True)],
        ),
        (
            [chat("a", moderators=Moderators(ChatRef("local", "b"))), chat("b")],
            [Room("a", "A"), Room("b", "B", for_moderators=True)],
        ),
        ([chat("a", moderators=Moderators(ChatRef("telegram", "m")))], [Room("a", "A")]),
    ],
    ids=[
        "none",
        "elsewhere",
        "ours only",
        "one moderators' room",
        "an ordinary room too",
        "moderated elsewhere",
    ],
)
def test_rooms(chats: list[Chat], rooms: list[Room]) -> None:
    assert list(rooms_of(chats, "Lobby")) == rooms


def test_those_whom_cases_are_passed_up_to_have_a_room_too() -> None:
    above = Moderators(ChatRef("local", "secretaries"), frozenset({"zia"}))
    rooms = rooms_of([chat("a", moderators=replace(ON_DUTY, above=above))], "Lobby")
    assert [(room.id, room.has_member("zia"), room.has_member("ali")) for room in rooms] == [
        ("a", True, True),
        ("on-duty", True, True),
        ("secretaries", True, False),
    ]


def test_who_moderates_any_of_the_chats_belongs_to_their_room() -> None:
    def room_for(*people: frozenset[str]) -> Room:
        chats = [chat(f"c{n}", moderators=replace(ON_DUTY, people=named)) for n, named in enumerate(people)]
        return rooms_of(chats, "Lobby")[-1]

    assert room_for(frozenset({"ali"}), frozenset({"zia"})).members == {"ali", "zia"}
    assert room_for(frozenset({"ali"}), frozenset()).has_member("anybody")


@pytest.mark.parametrize("id_", ["", "a/b", "a\ud800"])
def test_an_id_that_no_address_can_hold_is_refused(id_: str) -> None:
    with pytest.raises(PlatformRefused, match="can't have the id"):
        rooms_of([chat(id_)], "Lobby")


@pytest.mark.parametrize(
    ("name", "id_"),
    [("Ali Khan", "ali-khan"), ("  ALI_khan  ", "ali-khan"), ("R2-D2", "r2-d2"), ("Ａｌｉ", "ali")],
)
def test_an_id_is_made_of_the_name(name: str, id_: str) -> None:
    assert person_id(name) == id_


def test_names_of_other_letters_are_told_apart() -> None:
    ids = {person_id(name) for name in ["علی", "ثنا", "Ali علی", "Ali ثنا", "!!!", "<b>"]}
    assert len(ids) == 6
    assert all(PersonSetting(id_, "a name") for id_ in ids)


def test_only_configured_people_are_known(tmp_path: Path) -> None:
    people = People(open_database(tmp_path / "db"), (PersonSetting("ali", "Ali"),))
    assert not people.anybody
    assert people.find("ali") == PersonSetting("ali", "Ali")
    assert people.find("sana") is None


def test_where_nobody_is_configured_whoever_gives_a_name_is_remembered(tmp_path: Path) -> None:
    people = People(open_database(tmp_path / "db"), ())
    assert people.welcome("  Sana \n Mir ") == Person("sana-mir", "Sana Mir")
    people.welcome("sana mir")
    again = People(open_database(tmp_path / "db"), ())
    assert again.all() == (PersonSetting("sana-mir", "Sana Mir"),)


@pytest.mark.parametrize(
    ("name", "words"), [(" \n ", "local-error-no-name"), ("x" * 61, "local-error-long-name")]
)
def test_what_is_no_name_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(NotAName, match=words):
        People(open_database(tmp_path / "db"), ()).welcome(name)
