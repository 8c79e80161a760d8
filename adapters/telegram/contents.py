"""What is in a message: its texts and its files, and whether anybody wrote it at all. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import telegram

NOT_READ = "of a kind that this version does not know"


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that can be fetched from Telegram. Where it can't be, `missing` says why."""

    file_id: str
    name: str
    media_type: str = ""
    size: int | None = None
    missing: str = ""


_Told = telegram.Message | telegram.ExternalReplyInfo

_HAPPENINGS = """
    boost_added channel_chat_created chat_background_set chat_owner_changed chat_owner_left chat_shared
    checklist_tasks_done connected_website delete_chat_photo direct_message_price_changed forum_topic_closed
    forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden gift gift_upgrade_sent
    giveaway_completed giveaway_created giveaway_winners group_chat_created left_chat_member
    managed_bot_created message_auto_delete_timer_changed migrate_from_chat_id migrate_to_chat_id
    new_chat_members new_chat_photo paid_message_price_changed passport_data pinned_message
    poll_option_deleted proximity_alert_triggered refunded_payment successful_payment
    suggested_post_approval_failed suggested_post_approved suggested_post_declined suggested_post_paid
    suggested_post_refunded supergroup_chat_created unique_gift users_shared video_chat_ended
    video_chat_participants_invited video_chat_scheduled video_chat_started web_app_data
    write_access_allowed
""".split()  # noqa: SIM905 - fifty quoted names would be harder to read
"""What Telegram tells in the form of a message. A new name of a chat or a topic is something written."""


def is_happening(told: telegram.Message) -> bool:
    """Whether it tells of something that happened in the chat, rather than being what somebody wrote."""
    return any(getattr(told, name, None) not in (None, False, ()) for name in _HAPPENINGS)


def texts(told: telegram.Message) -> Iterator[str]:
    """All that can be read in a message, with what it hides behind its words."""
    yield told.text or told.caption or ""
    yield from _asked(told)
    if told.poll_option_added:
        yield told.poll_option_added.option_text
    for task in told.checklist_tasks_added.tasks if told.checklist_tasks_added else ():
        yield task.text
    yield from _shared(told)
    if told.external_reply:  # from elsewhere: only now it can be read in this chat
        yield told.quote.text if told.quote else ""
        yield from _asked(told.external_reply)
        yield from _shared(told.external_reply)
    yield told.new_chat_title or ""
    for topic in (told.forum_topic_created, told.forum_topic_edited):
        yield (topic.name or "") if topic else ""
    yield from hidden_links(told)
    if told.reply_markup:
        for button in (one for row in told.reply_markup.inline_keyboard for one in row):
            yield " ".join(filter(None, (button.text, button.url)))


def _asked(told: _Told) -> Iterator[str]:
    """Polls and lists of things to do."""
    if poll := told.poll:
        yield from (poll.question, poll.description or "")
        yield from (option.text for option in poll.options)
        yield poll.explanation or ""
    if told.checklist:
        yield told.checklist.title
        yield from (task.text for task in told.checklist.tasks)


def _shared(told: _Told) -> Iterator[str]:
    """What is sent in a form of its own."""
    if contact := told.contact:
        yield " ".join(filter(None, (contact.first_name, contact.last_name, contact.phone_number)))
        yield contact.vcard or ""
    if told.venue:
        yield from (told.venue.title, told.venue.address)
    if told.game:
        yield from (told.game.title, told.game.description, told.game.text or "")
    if told.invoice:
        yield from (told.invoice.title, told.invoice.description)
    if told.giveaway:
        yield told.giveaway.prize_description or ""
    if told.sticker:
        yield told.sticker.emoji or ""
    if told.audio:
        yield " ".join(filter(None, (told.audio.performer, told.audio.title)))


def hidden_links(told: telegram.Message) -> Iterator[str]:
    """The addresses that stand behind other words, and the one that is previewed without being written."""
    written = told.text or told.caption or ""
    seen: set[str] = set()
    addresses: list[object] = [entity.url for entity in (*told.entities, *told.caption_entities)]
    addresses.append(told.link_preview_options.url if told.link_preview_options else None)
    for address in addresses:
        if isinstance(address, str) and address not in written and address not in seen:
            seen.add(address)
            yield address


def files(told: telegram.Message) -> Iterator[FileLink]:
    """The files of a message, each once, and those of the message elsewhere that it shows a part of."""
    yield from _files(told)
    if told.external_reply:
        yield from _files(told.external_reply)


def _files(told: _Told) -> Iterator[FileLink]:
    if told.animation:  # Telegram names an animation as a document besides
        yield _named(told.animation, "animation.mp4")
    elif told.document:
        yield _named(told.document, "document")
    if told.live_photo:
        yield FileLink(told.live_photo.file_id, "live-photo.mp4", "video/mp4", told.live_photo.file_size)
        yield from _largest(told.live_photo.photo)
    else:
        yield from _largest(told.photo)
    if told.video:
        yield _named(told.video, "video.mp4")
    if told.audio:
        yield _named(told.audio, "audio.mp3")
    if told.voice:
        yield FileLink(
            told.voice.file_id, "voice.ogg", told.voice.mime_type or "audio/ogg", told.voice.file_size
        )
    if told.video_note:
        yield FileLink(told.video_note.file_id, "video-note.mp4", "video/mp4", told.video_note.file_size)
    if told.story:
        yield FileLink("", "story", missing="Telegram shows stories to no bot")
    if told.game and told.game.photo:
        yield from _largest(told.game.photo)
    if told.paid_media:
        yield from _paid(told.paid_media)


def _paid(info: telegram.PaidMediaInfo) -> Iterator[FileLink]:
    for medium in info.paid_media:
        match medium:
            case telegram.PaidMediaPhoto():
                yield from _largest(medium.photo)
            case telegram.PaidMediaVideo():
                yield _named(medium.video, "video.mp4")
            case telegram.PaidMediaLivePhoto():
                yield FileLink(
                    medium.live_photo.file_id, "live-photo.mp4", "video/mp4", medium.live_photo.file_size
                )
            case _:
                yield FileLink("", "paid media", missing="not paid for")


def _largest(sizes: Sequence[telegram.PhotoSize] | None) -> Iterator[FileLink]:
    if sizes:
        best = max(sizes, key=lambda size: size.width * size.height)
        yield FileLink(best.file_id, "photo.jpg", "image/jpeg", best.file_size)


def _named(
    file: telegram.Document | telegram.Animation | telegram.Video | telegram.Audio, otherwise: str
) -> FileLink:
    return FileLink(file.file_id, file.file_name or otherwise, file.mime_type or "", file.file_size)
