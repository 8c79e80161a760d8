"""What the bot says to people: gettext catalogues, `messages/<language>/*.po`, read as they are."""

from collections.abc import Iterator, Mapping, MutableSequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel import Locale, UnknownLocaleError
from babel.messages.pofile import PoFileError, read_po

from bot.errors import Problem
from bot.templates import check_template

ENGLISH = "en"

_OF_POLICY: Mapping[str, frozenset[str]] = {
    "rule-": frozenset({"what", "count", "label", "level", "ceiling", "reasons", "case"}),
    "provision-": frozenset(),
    "entity-": frozenset(),
}
"""What a language says of the policy's own words, which are English in `policy.yaml`."""

_ISOLATED = "\u2068{}\u2069"
"""Keeps the direction of a value out of the sentence around it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    line: int
    name: str
    words: str


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
    known = {entry.name: entry.words for entry in _english(defaults, problems)}
    languages: dict[str, dict[str, str]] = {ENGLISH: dict(known)}
    for folder in (defaults, *([overrides] if overrides else [])):
        for path in sorted((folder / "messages").glob("*/*.po")):
            language = path.parent.name
            if not _is_language(language):
                problems.append(Problem(path, 1, "", f"{language} is not the name of a language"))
                continue
            own = languages.setdefault(language, {})
            for entry in _entries(path, problems):
                mistake = _mistake(entry, known)
                if mistake:
                    problems.append(Problem(path, entry.line, entry.name, mistake))
                else:
                    own[entry.name] = entry.words
    return Catalogue(languages)


def native_name(language: str) -> str:
    """What a language calls itself."""
    return Locale.parse(language).get_display_name(language) or language


def _english(defaults: Path, problems: MutableSequence[Problem]) -> Iterator[_Entry]:
    for path in sorted((defaults / "messages" / ENGLISH).glob("*.po")):
        yield from _entries(path, problems)


def _entries(path: Path, problems: MutableSequence[Problem]) -> Iterator[_Entry]:
    """The entries that have words; those that a translator marked as fuzzy have none."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except OSError as error:
        problems.append(Problem(path, 1, "", f"can't be read: {error.strerror}"))
        return
    except (PoFileError, ValueError) as error:
        problems.append(
            Problem(path, getattr(error, "lineno", 0) + 1, "", f"is not a gettext catalogue: {error}")
        )
        return
    for one in catalogue:
        if (
            isinstance(one.id, str)
            and one.id
            and isinstance(one.string, str)
            and one.string
            and not one.fuzzy
        ):
            yield _Entry(one.lineno or 1, one.id, one.string)


def _mistake(entry: _Entry, known: Mapping[str, str]) -> str:
    names = next((names for prefix, names in _OF_POLICY.items() if entry.name.startswith(prefix)), None)
    if names is None and entry.name not in known:
        return "is not a message that is known here"
    if names is None:
        names = frozenset(name for _, name, _, _ in Formatter().parse(known[entry.name]) if name)
    try:
        check_template(entry.words, set(names))
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
