"""What authors are told in private. Nothing of a message is repeated. Pure."""

from bot.model import Case, Chat, Choice, Message, MessageRef, Notice, Outcome, Person, Status
from bot.ports import Recorded
from bot.speaking import Speaker, sentence


def warning(
    speaker: Speaker, key: str, message: Message, recorded: Recorded, chat: Chat, language: str
) -> Notice:
    """Says what was seen, why it matters, and what the author can do."""
    why = speaker.why(recorded, chat.audience, language)
    what = speaker.kinds(recorded.evidence, language) or speaker.words.text(language, "warning-unread")
    return Notice(
        key=key,
        ref=message.ref,
        author=message.author,
        title=speaker.words.text(language, "warning-title"),
        body=speaker.words.text(language, "warning-body", why=sentence(why), what=what),
        provision=speaker.provision(recorded.decision.provision, language),
        choices=speaker.choices(language),
        language=language,
    )


def ending(
    speaker: Speaker, key: str, ref: MessageRef, author: Person, outcome: Outcome, language: str
) -> Notice:
    """Says how it ended."""
    title, body = (speaker.words.text(language, f"ending-{outcome}-{part}") for part in ("title", "body"))
    return Notice(key, ref, author, title, body, "", (), language)


def own_case(speaker: Speaker, key: str, case: Case, language: str, *, is_gone: bool) -> Notice:
    """A case, as the author of its message may see it. `is_gone`: the message was removed."""
    is_closed = case.status == Status.CLOSED
    status = f"outcome-{case.outcome}" if is_closed and case.outcome else f"status-{case.status}"
    what = speaker.kinds(case.evidence, language)
    return Notice(
        key=key,
        ref=case.ref,
        author=case.author,
        title=speaker.words.text(
            language,
            "mycases-title",
            case=str(case.number),
            chat=case.chat_name,
            status=speaker.words.text(language, status),
        ),
        body=speaker.words.text(language, "card-found", what=what) if what else "",
        provision=speaker.provision(case.provision, language),
        choices=tuple(
            (choice, label)
            for choice, label in (() if is_closed else speaker.choices(language))
            if not (is_gone and choice == Choice.REMOVE)
        ),
        language=language,
    )
