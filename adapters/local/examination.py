"""What `raazdar doctor` finds out about the local chat."""

from collections.abc import Iterator

from adapters.local.house import House
from adapters.local.translate import PLATFORM
from bot.model import Chat, Check, CheckState, Mode


def examine(house: House) -> list[Check]:
    """Looks only, and writes nothing."""
    return [_rooms(house), *_moderators(house)]


def _rooms(house: House) -> Check:
    names = ", ".join(room.name for room in house.directory)
    if any(chat.ref.platform == PLATFORM for chat in house.chats):
        return Check("local: rooms", CheckState.GOOD, f"{names}.")
    return Check(
        "local: rooms",
        CheckState.DOUBTFUL,
        f"No chat of the platform local is configured, so there is only {names}.",
        "Name the rooms under chats in raazdar.yaml.",
    )


def _moderators(house: House) -> Iterator[Check]:
    for chat in house.chats:
        if chat.ref.platform != PLATFORM or chat.mode is not Mode.ENFORCE:
            continue
        yield _moderators_of(house, chat)


def _moderators_of(house: House, chat: Chat) -> Check:
    subject = f"local: moderators of {chat.name}"
    if chat.moderators is None:
        return Check(
            subject,
            CheckState.BAD,
            "Nobody is told of its cases.",
            "Name a room: moderators: {platform: local, chat: …}.",
        )
    levels = [level for level in chat.moderators.chain if level.chat.platform == PLATFORM]
    named = {id_ for level in levels for id_ in level.people}
    strangers = sorted(id_ for id_ in named if house.people.find(id_) is None)
    if strangers and not house.people.anybody:
        return Check(
            subject,
            CheckState.BAD,
            f"Nobody in this chat has the id {', '.join(strangers)}.",
            "Use ids that stand under platforms: local: people.",
        )
    where = chat.moderators.chat
    room = house.room(where.id) if where.platform == PLATFORM else None
    return Check(subject, CheckState.GOOD, f"Cases go to {room.name if room else where.platform}.")
