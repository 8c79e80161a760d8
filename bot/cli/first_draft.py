"""The first `raazdar.yaml`, as text that a person reads and goes on with."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.model import ChatRef, Level, Mode


@dataclass(frozen=True, slots=True)
class DraftChat:
    """A chat as it was asked for. `language` and `critical` are empty where the default is meant."""

    ref: ChatRef
    name: str
    mode: Mode
    ceiling: Level
    departments: Sequence[str] = ()
    moderators: ChatRef | None = None
    people: Sequence[str] = ()
    language: str = ""
    critical: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was asked. `variables` holds, by platform, the name of that with its token; empty for none."""

    variables: Mapping[str, str]
    chats: Sequence[DraftChat]
    language: str
    operator: str
    listen: str


def draft_text(draft: Draft, data: Path) -> str:
    """The file's text. `data` is the folder for the database and the key, by its whole path."""
    return "\n".join(
        [
            "# Raazdar, begun by `raazdar init`. What is left out here comes from the defaults.",
            "# After a change: raazdar config check --config DIR, then start it again.",
            "",
            "# Whole paths, so that it does not matter in which folder raazdar is called.",
            f"store: {{url: {_quoted(f'sqlite:///{data}/raazdar.db')}}}",
            f"seal: {{key_file: {_quoted(f'{data}/seal.key')}}}"
            "  # without it the evidence can't be opened: keep a copy elsewhere",
            "",
            f"console: {{listen: {_quoted(draft.listen)}}}  # where moderators find the console",
            "",
            f"language: {draft.language}  # of the bot, where neither a chat nor a person says another",
            f"operator: {_quoted(draft.operator)}  # who set it up, in words for the people in the chats",
            "",
            *_platforms(draft.variables),
            "",
            *_chats(draft.chats),
            "",
            "unknown_chats: observe  # where the bot was added without being told of it: observe or coach",
            "",
        ]
    )


def _platforms(variables: Mapping[str, str]) -> Iterator[str]:
    if any(variables.values()):
        yield "# ${NAME} is taken from the environment. Tokens belong there, and never into this file."
    yield "platforms:"
    for platform, variable in variables.items():
        token = f'{{token: "${{{variable}}}"}}' if variable else "{}"
        yield f"  {platform}: {token}"


def _chats(chats: Sequence[DraftChat]) -> Iterator[str]:
    yield "# mode: observe only records, coach warns authors and opens cases, enforce also removes messages."
    yield f"# ceiling: the highest level that may be spoken of there: {', '.join(Level)}."
    yield "# moderators: the chat where cases are shown; everybody in it is one, unless people: lists ids."
    yield "# critical: what is done about the worst in enforce mode: remove, redact or hold."
    yield "chats:" if chats else "chats: []"
    for chat in chats:
        yield f"  - platform: {chat.ref.platform}"
        yield f"    id: {_quoted(chat.ref.id)}"
        yield f"    name: {_quoted(chat.name)}"
        yield f"    mode: {chat.mode}"
        yield f"    ceiling: {chat.ceiling}"
        if chat.departments:
            yield f"    departments: {_quoted(list(chat.departments))}"
        if chat.moderators:
            people = f", people: {_quoted(list(chat.people))}" if chat.people else ""
            where = f"platform: {chat.moderators.platform}, chat: {_quoted(chat.moderators.id)}"
            yield f"    moderators: {{{where}{people}}}"
        if chat.language:
            yield f"    language: {chat.language}"
        if chat.critical:
            yield f"    critical: {chat.critical}"


def _quoted(value: str | Sequence[str]) -> str:
    """JSON is YAML, whatever stands in a name."""
    return json.dumps(value, ensure_ascii=False)
