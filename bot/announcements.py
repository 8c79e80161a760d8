"""What the bot says to whole chats: on joining one, and to moderators where no case is concerned. Pure."""

from collections.abc import Sequence

from bot.model import Announcement, Chat, ChatRef, Gap, Joined, ModeChange, Moderators
from bot.speaking import Speaker


def greeting(speaker: Speaker, joined: Joined, chat: Chat, *, is_known: bool) -> Announcement:
    """What the bot is, what it keeps, what it may do there, and who set it up."""
    words, language = speaker.words, chat.language
    how = words.text(language, f"greeting-{chat.mode}")
    if not is_known:
        how = words.text(language, "greeting-unknown") + "\n" + how
    operator = speaker.set_up_by(language, joined.by)
    text = words.text(language, "greeting", mode=how, operator=operator)
    return _announcement(f"greeting {joined.at.isoformat()}", joined.chat, chat.ref, text, language)


def greeting_of_moderators(speaker: Speaker, joined: Joined, chats: Sequence[Chat]) -> Announcement:
    """Says to moderators whose cases they will be shown."""
    words, language = speaker.words, chats[0].language
    names = words.text(language, "list-comma").join(chat.name for chat in chats)
    text = words.text(language, "greeting-moderators", chats=names)
    return _announcement(f"greeting {joined.at.isoformat()}", joined.chat, joined.chat, text, language)


def gap(speaker: Speaker, seen: Gap, chat: Chat, moderators: Moderators) -> Announcement:
    """Tells moderators of messages that nobody has looked at."""
    words, language = speaker.words, chat.language
    text = words.text(
        language, "gap", chat=chat.name, count=missing(speaker, seen, language), why=seen.why.rstrip(".")
    )
    return _announcement(f"gap {seen.before}", moderators.chat, chat.ref, text, language)


def missing(speaker: Speaker, seen: Gap, language: str) -> str:
    """How many messages a gap has, in words."""
    if seen.missing is None:
        return speaker.words.text(language, "gap-some")
    return speaker.words.text(language, "gap-at-most", count=str(seen.missing))


def mode_change(speaker: Speaker, change: ModeChange, chat: Chat, moderators: Moderators) -> Announcement:
    """Tells all moderators what one of them has set."""
    words, language = speaker.words, chat.language
    text = words.text(
        language,
        "mode-changed",
        who=change.by.name or change.by.id,
        chat=chat.name,
        mode=words.text(language, f"mode-{change.mode}"),
    )
    return _announcement(f"mode {change.id}", moderators.chat, chat.ref, text, language)


def _announcement(what: str, to: ChatRef, about: ChatRef, text: str, language: str) -> Announcement:
    return Announcement(f"{what} {about.platform}/{about.id}", to, text, language)
