"""What authors are told in private. Nothing of a message is repeated. Pure."""

from bot.model import Action, Case, Chat, Choice, Message, MessageRef, Notice, Outcome, Person, Status
from bot.ports import Recorded
from bot.speaking import Speaker, sentence


def warning(
    speaker: Speaker,
    key: str,
    message: Message,
    recorded: Recorded,
    chat: Chat,
    language: str,
    *,
    removal: Action | None = None,
) -> Notice:
    """Says what was seen, why it matters, and what the author can do.

    `removal` is how the message is being taken off the chat at the same time, if it is.
    """
    why = speaker.why(recorded, chat.audience, language)
    what = speaker.found(recorded.evidence, language) or speaker.words.text(language, "warning-unread")
    return Notice(
        key=key,
        ref=message.ref,
        # Where the author can't be written to, his name may come to stand in the chat.
        author=recorded.author,
        title=speaker.words.text(language, "warning-title"),
        body=_body(speaker, sentence(why), what, language, removal),
        provision=speaker.provision(recorded.decision.provision, language),
        choices=_choices(speaker, language, is_gone=removal is not None),
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
        choices=() if is_closed else _choices(speaker, language, is_gone=is_gone),
        language=language,
    )


def _body(speaker: Speaker, why: str, what: str, language: str, removal: Action | None) -> str:
    if removal is None:
        return speaker.words.text(language, "warning-body", why=why, what=what)
    gone = speaker.words.text(language, f"warning-{removal}")
    return speaker.words.text(language, "warning-body-removed", why=why, what=what, gone=gone)


def _choices(speaker: Speaker, language: str, *, is_gone: bool) -> tuple[tuple[Choice, str], ...]:
    return tuple(one for one in speaker.choices(language) if not (is_gone and one[0] == Choice.REMOVE))
