"""Asks for one thing at a time: by a question, by an option, or not at all."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import click

from bot.config.settings import ConsoleSettings
from bot.errors import InputError

T = TypeVar("T")
Read = Callable[[str], T]

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """`is_silent` where the defaults are taken for whatever no option says."""

    is_silent: bool

    def ask(self, question: str, read: Read[T], *, default: str | None, option: str, given: str | None) -> T:
        """What `read` makes of the option's value, the default, or an answer; it is asked again until it can.

        `read` raises ValueError, with what is wrong, but never with what was answered: it may be a secret.
        """
        if given is not None or self.is_silent:
            value = given if given is not None else default
            if value is None:
                raise InputError(f"With --yes, {option} must be given.")
            try:
                return read(value)
            except ValueError as error:
                raise InputError(f"{option}: {error}.") from None

        def read_or_tell(answer: str) -> T:
            try:
                return read(answer)
            except ValueError as error:
                raise click.UsageError(f"{error}.") from None

        answer: T = click.prompt(
            question, default=default, show_default=bool(default), value_proc=read_or_tell
        )
        return answer

    def agrees(self, question: str, *, default: bool) -> bool:
        """Whether the answer is yes; never where nobody is asked."""
        return not self.is_silent and click.confirm(question, default=default)


def one_of(choices: Sequence[str]) -> Read[str]:
    def read(text: str) -> str:
        if text.strip().lower() not in choices:
            raise ValueError(f"that must be one of: {', '.join(choices)}")
        return text.strip().lower()

    return read


def some_of(choices: Sequence[str]) -> Read[Sequence[str]]:
    def read(text: str) -> Sequence[str]:
        chosen = listed(text.lower())
        if not chosen or not set(chosen) <= set(choices):
            raise ValueError(f"that must be one or more of: {', '.join(choices)}")
        return chosen

    return read


def listed(text: str) -> Sequence[str]:
    """What stands between commas, each once."""
    return list(dict.fromkeys(words(part) for part in text.split(",") if part.strip()))


def words(text: str) -> str:
    """A line for people to read."""
    text = text.strip()
    if any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in text):
        raise ValueError("that must be one line of text")
    if len(text) > _LONGEST:
        raise ValueError(f"that is longer than {_LONGEST} characters")
    if "${" in text:
        raise ValueError("${ stands for a variable of the environment, and can't be used here")
    return text


def some_words(text: str) -> str:
    if not words(text):
        raise ValueError("that can't be empty")
    return words(text)


def fitting(pattern: str, what: str) -> Read[str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text.strip()):
            raise ValueError(what)
        return text.strip()

    return read


def variable_name(text: str) -> str:
    """A name for a secret, and never the secret itself."""
    if not re.fullmatch(r"[A-Z_][A-Z0-9_]{0,63}", text.strip()):
        raise ValueError(
            "that is not the name of an environment variable (capital letters, digits and _). The token"
            " itself belongs into the environment; if you have just pasted it where others can see it, have a"
            " new one made"
        )
    return text.strip()


def listen_address(text: str) -> str:
    return ConsoleSettings(text.strip()).listen
