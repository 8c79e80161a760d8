"""What the bot says to people: gettext catalogues, `messages/<language>/*.po`, read as they are."""

from collections.abc import Iterator, Mapping, MutableSequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from bot.errors import Problem
from bot.templates import check_template

ENGLISH = "en"

_OF_POLICY: Mapping[str, frozenset[str]] = {
    "rule-": frozenset({"what", "count", "label", "level", "ceiling", "reasons"}),
    "provision-": frozenset(),
    "entity-": frozenset(),
}
"""What a language says of the policy's own words, which are English in `policy.yaml`."""

_ISOLATED = "\u2068{}\u2069"
"""Keeps the direction of a value out of the sentence around it."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Satisfies `bot.ports.Words`. `languages` holds the words of each language by their names."""

    languages: Mapping[str, Mapping[str, str]]

    def text(self, language: str, key: str, /, **values: str) -> str:
        """Raises KeyError for a name that English has no words for."""
        own = self.find(language, key, **values)
        return self.languages[ENGLISH][key].format_map(values) if own is None else own

    def find(self, language: str, key: str, /, **values: str) -> str | None:
        """The same; None where that language has no words of that name."""
        words = self.languages.get(language, {}).get(key)
        if words is None:
            return None
        if _is_right_to_left(language):
            values = {name: _ISOLATED.format(value) for name, value in values.items()}
        return words.format_map(values)


def read_catalogue(
    defaults: Path, problems: MutableSequence[Problem], overrides: Path | None = None
) -> Catalogue:
    """Reads the messages of `overrides` over those of `defaults`, and adds what is wrong to `problems`.

    Which words there are, and which names in braces each may hold, the English defaults say.
    """
    known = {message.id: message.string for message in _english(defaults, problems)}
    languages: dict[str, dict[str, str]] = {ENGLISH: dict(known)}
    for folder in (defaults, *([overrides] if overrides else [])):
        for path in sorted((folder / "messages").glob("*/*.po")):
            language = path.parent.name
            if not _is_language(language):
                problems.append(Problem(path, 1, "", f"{language} is not the name of a language"))
                continue
            own = languages.setdefault(language, {})
            for message in _messages(path, problems):
                mistake = _mistake(message, known)
                if mistake:
                    problems.append(Problem(path, message.lineno or 1, message.id, mistake))
                else:
                    own[message.id] = message.string
    return Catalogue(languages)


def _english(defaults: Path, problems: MutableSequence[Problem]) -> Iterator[Message]:
    for path in sorted((defaults / "messages" / ENGLISH).glob("*.po")):
        yield from _messages(path, problems)


def _messages(path: Path, problems: MutableSequence[Problem]) -> Iterator[Message]:
    """The messages that have words; those that a translator marked as fuzzy have none."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except OSError as error:
        problems.append(Problem(path, 1, "", f"can't be read: {error.strerror}"))
        return
    except (PoFileError, ValueError) as error:
        problems.append(Problem(path, getattr(error, "lineno", 0) + 1, "", f"is not a gettext catalogue: {error}"))
        return
    yield from (one for one in catalogue if one.id and isinstance(one.id, str) and one.string and not one.fuzzy)


def _mistake(message: Message, known: Mapping[str, str]) -> str:
    names = next((names for prefix, names in _OF_POLICY.items() if message.id.startswith(prefix)), None)
    if names is None and message.id not in known:
        return "is not a message that is known here"
    if names is None:
        names = frozenset(name for _, name, _, _ in Formatter().parse(known[message.id]) if name)
    try:
        check_template(message.string, set(names))
    except ValueError as error:
        return str(error)
    return ""


def _is_language(name: str) -> bool:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _is_right_to_left(language: str) -> bool:
    return Locale.parse(language).text_direction == "rtl"
