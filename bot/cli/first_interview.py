"""The questions of `raazdar init`."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from bot.cli.asking import (
    Asking,
    Read,
    fitting,
    listed,
    listen_address,
    one_of,
    some_of,
    some_words,
    variable_name,
    words,
)
from bot.cli.first_draft import Draft, DraftChat
from bot.cli.first_platforms import PLATFORMS
from bot.errors import InputError
from bot.model import ChatRef, Level, Mode

_LANGUAGES = ("en", "ur")
_CRITICAL = ("remove", "redact", "hold")
_EXPLAINED = {
    Mode.OBSERVE: "only record",
    Mode.COACH: "warn authors and open cases",
    Mode.ENFORCE: "remove messages as well",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What stands on the command line; None where it is to be asked."""

    platforms: Sequence[str]
    variables: Sequence[str]
    chats: Sequence[str]
    mode: str | None
    ceiling: str | None
    departments: str | None
    moderators: str | None
    people: str | None
    critical: str | None
    chat_language: str | None
    language: str | None
    operator: str | None
    listen: str | None


@dataclass(frozen=True, slots=True)
class Interview:
    """Asks for everything, in the order in which a person thinks of it."""

    asking: Asking
    given: Given

    def draft(self) -> Draft:
        given, ask = self.given, self.asking.ask
        variables = self._variables()
        language = ask(
            f"Language of the bot ({', '.join(_LANGUAGES)})",
            one_of(_LANGUAGES),
            default="en",
            option="--language",
            given=given.language,
        )
        operator = ask(
            "Who sets this up, in words for the people in the chats (such as: IT Wing, room 214)",
            words,
            default="",
            option="--operator",
            given=given.operator,
        )
        chats = self._chats(list(variables), language)
        listen = ask(
            "Address and port of the console",
            listen_address,
            default="127.0.0.1:8710",
            option="--listen",
            given=given.listen,
        )
        return Draft(variables, chats, language, operator, listen)

    def _variables(self) -> Mapping[str, str]:
        given = dict(_pair(one) for one in self.given.variables)
        platforms = self.asking.ask(
            f"Platforms ({', '.join(PLATFORMS)}; several with commas)",
            some_of(list(PLATFORMS)),
            default="local",
            option="--platform",
            given=",".join(self.given.platforms) or None,
        )
        return {name: self._variable(name, given.get(name)) for name in platforms}

    def _variable(self, platform: str, given: str | None) -> str:
        usual = PLATFORMS[platform].variable
        if not usual:
            return ""
        name = self.asking.ask(
            f"Environment variable that holds {PLATFORMS[platform].title}'s token",
            variable_name,
            default=usual,
            option="--token-variable",
            given=given,
        )
        click.echo(f"  {name}: {_state(platform, name)}")
        return name

    def _chats(self, platforms: Sequence[str], language: str) -> Sequence[DraftChat]:
        if self.given.chats:
            named = [_chat_option(one, platforms) for one in self.given.chats]
            return [self._chat(ref, name, language, platforms) for ref, name in named]
        chats: list[DraftChat] = []
        while self.asking.agrees(
            "Another chat?" if chats else "Name an official chat now?", default=not chats
        ):
            ref = self._asked_chat(platforms, [chat.ref for chat in chats])
            name = self.asking.ask("Its name", some_words, default=None, option="--chat", given=None)
            chats.append(self._chat(ref, name, language, platforms))
        return chats

    def _asked_chat(self, platforms: Sequence[str], known: Sequence[ChatRef]) -> ChatRef:
        platform = platforms[0]
        if len(platforms) > 1:
            platform = self.asking.ask(
                f"On which platform ({', '.join(platforms)})",
                one_of(platforms),
                default=platform,
                option="--chat",
                given=None,
            )

        def read(text: str) -> ChatRef:
            ref = ChatRef(platform, _chat_id(platform)(text))
            if ref in known:
                raise ValueError("that chat was named before")
            return ref

        question = f"Id of the chat ({PLATFORMS[platform].where})"
        return self.asking.ask(question, read, default=None, option="--chat", given=None)

    def _chat(self, ref: ChatRef, name: str, language: str, platforms: Sequence[str]) -> DraftChat:
        given, ask = self.given, self.asking.ask
        modes = ", ".join(f"{mode}: {words_}" for mode, words_ in _EXPLAINED.items())
        mode = Mode(
            ask(
                f"Mode of {name} ({modes})",
                one_of([*Mode]),
                default=Mode.OBSERVE,
                option="--mode",
                given=given.mode,
            )
        )
        ceiling = ask(
            f"Highest level that may be spoken of in {name} ({', '.join(Level)})",
            one_of([*Level]),
            default=Level.UNMARKED,
            option="--ceiling",
            given=given.ceiling,
        )
        departments = ask(
            f"Departments that {name} belongs to (with commas; empty for none)",
            listed,
            default="",
            option="--departments",
            given=given.departments,
        )
        moderators = self._moderators(ref, name, mode, platforms)
        people = self._people(moderators) if moderators else ()
        spoken = ask(
            f"Language of the bot in {name} ({', '.join(_LANGUAGES)})",
            one_of(_LANGUAGES),
            default=language,
            option="--chat-language",
            given=given.chat_language,
        )
        return DraftChat(
            ref=ref,
            name=name,
            mode=mode,
            ceiling=Level(ceiling),
            departments=departments,
            moderators=moderators,
            people=people,
            language="" if spoken == language else spoken,
            critical=self._critical(name) if mode == Mode.ENFORCE else "",
        )

    def _moderators(self, chat: ChatRef, name: str, mode: Mode, platforms: Sequence[str]) -> ChatRef | None:
        def read(text: str) -> ChatRef | None:
            if not text.strip() and mode != Mode.ENFORCE:
                return None
            platform, _, id_ = text.strip().rpartition(":")
            if platform and platform not in platforms:
                raise ValueError(f"the platform must be one of: {', '.join(platforms)}")
            moderators = ChatRef(platform or chat.platform, _chat_id(platform or chat.platform)(id_))
            if moderators == chat:
                raise ValueError("that is the chat itself: everybody in it would read of its cases")
            return moderators

        need = "" if mode == Mode.ENFORCE else "; empty for none"
        return self.asking.ask(
            f"Id of the chat where moderators are shown the cases of {name}{need}",
            read,
            default=None if mode == Mode.ENFORCE else "",
            option="--moderators",
            given=self.given.moderators,
        )

    def _people(self, moderators: ChatRef) -> Sequence[str]:
        one = PLATFORMS[moderators.platform].person_id

        def read(text: str) -> Sequence[str]:
            return [fitting(one, "that must be ids of people, with commas")(id_) for id_ in listed(text)]

        return self.asking.ask(
            "Ids of the people there who are moderators (with commas; empty for everybody)",
            read,
            default="",
            option="--people",
            given=self.given.people,
        )

    def _critical(self, name: str) -> str:
        return self.asking.ask(
            f"What is done about the worst in {name} (remove it, redact: post it again with parts masked,"
            " hold it until a moderator decides)",
            one_of(_CRITICAL),
            default="remove",
            option="--critical",
            given=self.given.critical,
        )


def _pair(text: str) -> tuple[str, str]:
    """What was given is not repeated: somebody may have put the token there."""
    platform, _, name = text.partition("=")
    if not PLATFORMS.get(platform) or not PLATFORMS[platform].variable:
        raise InputError("--token-variable must read PLATFORM=NAME, such as discord=DISCORD_TOKEN.")
    return platform, name


def _state(platform: str, variable: str) -> str:
    """Whether the variable holds something that can be a token."""
    from bot.config.settings import installed_adapters

    token = os.environ.get(variable)
    if token is None:
        return "is not set here yet"
    try:
        installed_adapters()[platform].settings(token=token)
    except ValueError as error:
        return f"is set, but {error}"
    return "is set"


def _chat_option(text: str, platforms: Sequence[str]) -> tuple[ChatRef, str]:
    platform, _, rest = text.partition(":")
    id_, _, name = rest.partition(":")
    try:
        return ChatRef(one_of(platforms)(platform), _chat_id(platform)(id_)), some_words(name)
    except ValueError as error:
        raise InputError(f"--chat must read PLATFORM:ID:NAME; {error}.") from None


def _chat_id(platform: str) -> Read[str]:
    known = PLATFORMS[platform]
    return fitting(known.chat_id, f"that is not the id of a chat on {known.title}: {known.where}")
