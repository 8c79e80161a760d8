"""Recognizers of the admins' own (`own-recognizers.yaml`), in Presidio's YAML for recognizers.

The keys are Presidio's and mean what they mean there, so that a file can be taken over as it is; `matches`
and `misses` may stand beside them. Every recognizer reads every text, whatever its language, so languages
matter only where context words are given for each.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import regex

from detectors.normalise import fold_letters
from detectors.predefined import predefined_recognizer
from detectors.rulebook.expressions import CLOSED, check_phrases

OWN_RECOGNIZERS = "own-recognizers.yaml"
"""Not `recognizers.yaml`: it takes no file's place but adds to it, and is written in Presidio's way."""

PRESIDIO_FLAGS = int(regex.DOTALL | regex.MULTILINE | regex.IGNORECASE)
"""What Presidio compiles expressions with, unless the file says otherwise."""

_OURS = frozenset(
    {
        "CLASSIFICATION_LABEL",
        "DISTRIBUTION_LIMIT",
        "DOCUMENT_REFERENCE",
        "DOCUMENT_LETTERHEAD",
        "DOCUMENT_KIND",
        "DOCUMENT_STRUCTURE",
        "OFFICIAL_DOCUMENT",
        "REGISTERED_DOCUMENT",
        "KNOWN_PICTURE",
        "PHOTO_POSITION",
    }
)
"""Kinds of findings that say more than where they stand, such as a level."""


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """One expression, with its score before validation and context."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    regex: str
    score: float

    def __post_init__(self) -> None:
        if not 0 < self.score <= 1:
            raise ValueError(f"pattern {self.name}: the score must be above 0 and at most 1")
        try:
            found = regex.compile(fold_letters(self.regex), PRESIDIO_FLAGS)
        except regex.error as error:
            raise ValueError(f"pattern {self.name}: the regex does not compile: {error}") from error
        if found.search("") is not None:
            raise ValueError(f"pattern {self.name}: the regex matches empty text, so it matches everything")


@dataclass(frozen=True, slots=True)
class LanguageContext:
    """Context words of one language."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    language: str
    context: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OwnRecognizer:
    """One recognizer: expressions and words of its own, or one that Presidio brings with it (`predefined`).

    `country_code`, `supported_language` and plain `supported_languages` change nothing here.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    type: Literal["custom", "predefined"] | None = None
    class_name: str | None = None
    enabled: bool = True
    supported_entity: str | None = None
    supported_entities: tuple[str, ...] | None = None
    supported_language: str | None = None
    supported_languages: tuple[str | LanguageContext, ...] | None = None
    country_code: str | None = None
    patterns: tuple[OwnPattern, ...] | None = None
    deny_list: tuple[str, ...] | None = None
    deny_list_score: float = 1.0
    context: tuple[str, ...] | None = None
    matches: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("the name is empty")
        if self.supported_entity is not None and self.supported_entities is not None:
            raise ValueError("give supported_entity or supported_entities, not both")
        if self.supported_entities is not None and len(self.supported_entities) != 1:
            raise ValueError("supported_entities must name one entity; make a recognizer for each")
        if self.context_words:
            check_phrases("context", self.context_words)
        if self.predefined:
            self._check_predefined()
        else:
            self._check_custom()
        if self._given_entity in _OURS:
            raise ValueError(f"{self._given_entity} is made by Raazdar itself; give the entity another name")

    def _check_custom(self) -> None:
        if not self.patterns and not self.deny_list:
            raise ValueError("give at least one of patterns and deny_list, not empty; it would find nothing")
        if self.patterns is not None and not self.patterns:
            raise ValueError("patterns is empty; leave it out")
        if self.deny_list is not None:
            check_phrases("deny_list", self.deny_list)
        if not 0 < self.deny_list_score <= 1:
            raise ValueError("deny_list_score must be above 0 and at most 1")
        if not (self._given_entity and self._given_entity.strip()):
            raise ValueError("supported_entity is missing: it names what is found, such as STAFF_NUMBER")

    def _check_predefined(self) -> None:
        if self.patterns is not None or self.deny_list is not None:
            raise ValueError(
                "a predefined recognizer has patterns already; leave these out, or make it custom"
            )
        if self.enabled:
            predefined_recognizer(self.stock_name)

    @property
    def predefined(self) -> bool:
        """Whether Presidio brings it with it: it says so, or gives nothing of its own."""
        return self.type == "predefined" or (
            self.type is None and self.patterns is None and self.deny_list is None
        )

    @property
    def stock_name(self) -> str:
        """What Presidio calls a predefined one."""
        return self.class_name or self.name

    @property
    def entity(self) -> str:
        """What it finds. A predefined one that is not told otherwise knows it by itself."""
        return self._given_entity or str(predefined_recognizer(self.stock_name).supported_entities[0])

    @property
    def _given_entity(self) -> str | None:
        return self.supported_entities[0] if self.supported_entities else self.supported_entity

    @property
    def context_words(self) -> tuple[str, ...]:
        """The context words of all its languages."""
        spoken = (one for one in self.supported_languages or () if isinstance(one, LanguageContext))
        words = [*(self.context or ()), *(word for one in spoken for word in one.context or ())]
        return tuple(dict.fromkeys(words))


@dataclass(frozen=True, slots=True)
class OwnRecognizers:
    """`own-recognizers.yaml`.

    `global_regex_flags` is a sum: 2 is blind to case, 8 by lines, and with 16 a dot is a line break too.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    recognizers: tuple[OwnRecognizer, ...] = ()
    supported_languages: tuple[str, ...] | None = None
    global_regex_flags: int = PRESIDIO_FLAGS

    def __post_init__(self) -> None:
        if self.global_regex_flags & ~PRESIDIO_FLAGS or self.global_regex_flags < 0:
            raise ValueError("global_regex_flags must be a sum of 2, 8 and 16, such as 26 for all of them")

    def mistakes(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """A file with nothing in it, and names that are given twice."""
        if not self.recognizers:
            yield ("recognizers",), "is empty; add a recognizer, or remove the file"
        given = Counter(one.name for one in self.recognizers)
        for index, one in enumerate(self.recognizers):
            if given[one.name] > 1:
                yield ("recognizers", index, "name"), f"there are two recognizers named {one.name}"

    @property
    def enabled(self) -> tuple[OwnRecognizer, ...]:
        return tuple(one for one in self.recognizers if one.enabled)
