"""What a reader sees of Raazdar's notices, cards and replies, in pages and live events alike. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.local.database import showable
from adapters.local.rows import CardRow, Gone, MessageRow, NoticeRow
from adapters.local.speech import Speech
from adapters.local.view import Place, anchor
from bot.model import Choice, MessageRef, Notice, Reply

Choices = tuple[tuple[Choice, str], ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """`key` is the notice's; a notice in a reply has none, and names the `room` and the `message` instead.

    `language` is the notice's.
    """

    key: str = ""
    room: str = ""
    message: str = ""
    language: str = ""
    choice: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A private warning; once answered, or once its author deleted the message, it offers no choices.

    `lettered` are those that ask for the number of a letter.
    """

    anchor: str = ""
    language: str = ""
    direction: str = ""
    private: str = ""
    title: str = ""
    body: str = ""
    provision: str = ""
    after: str = ""
    choices: tuple[ChoiceView, ...] = ()
    lettered: tuple[ChoiceView, ...] = ()


@dataclass(frozen=True, slots=True)
class PressView:
    """A button under a card."""

    case: int = 0
    choice: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class NewsView:
    language: str = ""
    text: str = ""
    at: str = ""
    clock: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """`about` leads to the message, if its room is there; the labels are in the card's language."""

    anchor: str = ""
    language: str = ""
    direction: str = ""
    level: str = ""
    severity: str = ""
    title: str = ""
    body: str = ""
    link: str = ""
    link_label: str = ""
    about: str = ""
    about_label: str = ""
    at: str = ""
    clock: str = ""
    choices: tuple[PressView, ...] = ()
    news: tuple[NewsView, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionView:
    """A button that gives a further command."""

    label: str = ""
    command: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """What the desk answered to one person. Nothing remembers it but the page."""

    language: str = ""
    direction: str = ""
    private: str = ""
    close: str = ""
    text: str = ""
    notices: tuple[NoticeView, ...] = ()
    options: tuple[OptionView, ...] = ()


def notice_view(row: NoticeRow, message: MessageRow, say: Speech) -> NoticeView:
    own = say.in_language(row.language)
    choices, lettered = _offered(
        [
            ChoiceView(row.key, "", "", row.language, choice.value, label)
            for choice, label in (() if row.answer else _still_open(row.choices, message))
        ]
    )
    return NoticeView(
        anchor=anchor(message.id),
        language=row.language,
        direction=own.direction,
        private=own("local-only-you"),
        title=row.title,
        body=row.body,
        provision=row.provision,
        after=_after(row, message, own),
        choices=choices,
        lettered=lettered,
    )


def note_view(reply: Reply, known: Mapping[MessageRef, MessageRow], say: Speech) -> NoteView | None:
    """None where there is nothing to say. `known` are the messages that its notices are about."""
    if not (reply.text or reply.notices or reply.options):
        return None
    own = say.in_language(reply.language)
    return NoteView(
        language=reply.language,
        direction=own.direction,
        private=own("local-only-you"),
        close=own("local-close"),
        text=showable(reply.text),
        notices=tuple(_told(notice, known.get(notice.ref), say) for notice in reply.notices),
        options=tuple(
            OptionView(showable(option.label), option.command.value, option.arguments)
            for option in reply.options
        ),
    )


def card_view(row: CardRow, place: Place, rooms: Mapping[str, str], say: Speech) -> CardView:
    """`rooms` are the names of those that there are."""
    own = say.in_language(row.language)
    room, message = row.about or ("", "")
    is_near = room in rooms
    return CardView(
        anchor=f"c-{row.case}",
        language=row.language,
        direction=own.direction,
        level=row.severity.value,
        severity=own(f"severity-{row.severity}"),
        title=row.title,
        body=row.body,
        link=row.link,
        link_label=own("local-card-console", case=str(row.case)),
        about=f"{place.in_room(room).path}#{anchor(message)}" if is_near else "",
        about_label=own("local-card-message", room=rooms[room]) if is_near else "",
        at=row.shown_at.isoformat(),
        clock=say.clock(row.shown_at),
        choices=tuple(PressView(row.case, choice.value, label) for choice, label in row.choices),
        news=tuple(
            NewsView(news.language, news.text, news.at.isoformat(), say.clock(news.at)) for news in row.news
        ),
    )


def thanks(choice: Choice, say: Speech) -> str:
    """What is said to an answer."""
    return say(f"thanks-{choice}")


def _told(notice: Notice, message: MessageRow | None, say: Speech) -> NoticeView:
    """A notice inside a reply: its buttons name the message, because no page remembers it."""
    ref = notice.ref
    choices, lettered = _offered(
        [
            ChoiceView("", ref.chat, ref.id, notice.language, choice.value, showable(label))
            for choice, label in (_still_open(notice.choices, message) if message else ())
        ]
    )
    return NoticeView(
        language=notice.language,
        direction=say.in_language(notice.language).direction,
        title=showable(notice.title),
        body=showable(notice.body),
        provision=showable(notice.provision),
        choices=choices,
        lettered=lettered,
    )


def _offered(views: Sequence[ChoiceView]) -> tuple[tuple[ChoiceView, ...], tuple[ChoiceView, ...]]:
    return (
        tuple(view for view in views if view.choice != Choice.AUTHORISED),
        tuple(view for view in views if view.choice == Choice.AUTHORISED),
    )


def _still_open(choices: Choices, message: MessageRow) -> Choices:
    """Who had his message removed may still object; who deleted it himself has nothing left to say."""
    if message.gone is Gone.DELETED:
        return ()
    return tuple(choice for choice in choices if not (message.gone and choice[0] is Choice.REMOVE))


def _after(row: NoticeRow, message: MessageRow, say: Speech) -> str:
    """What happens next, in words."""
    if message.gone is Gone.DELETED and row.choices:
        return say("local-after-deleted")
    removed = say("local-after-removed") if message.gone is Gone.REMOVED else ""
    if row.answer is Choice.REMOVE and removed:
        return f"{removed} {say('ending-corrected-body')}"
    if row.answer:
        return f"{removed} {thanks(row.answer, say)}".strip()
    is_edited = message.edited_at is not None and message.edited_at > row.shown_at and row.choices
    return removed or (say("local-after-edited") if is_edited else "")
