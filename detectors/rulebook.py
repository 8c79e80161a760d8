"""What the detectors look for, as data: the shapes of the YAML files under `config/`.

Every rule names itself, holds a regular expression or a list of them, and carries `matches` and `misses`:
texts in which it must find something, and texts in which it must not. A rule that could match everything, an
empty list and an expression that does not compile are errors, told in plain words.

Expressions are in the syntax of the `regex` library and are tried on folded text (`detectors.normalise`), so
letters in them are folded alike when they are compiled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import regex

from detectors.normalise import fold_letters

Case = Literal["any", "exact"]
LabelEntity = Literal["CLASSIFICATION_LABEL", "DISTRIBUTION_LIMIT"]
Form = Literal["position", "banner", "portion", "field", "stamp", "inline", "metadata"]
MarkerEntity = Literal["DOCUMENT_LETTERHEAD", "DOCUMENT_KIND", "DOCUMENT_STRUCTURE"]
Where = Literal["just before", "just after", "sentence", "message"]
Place = Literal["anywhere", "own line", "prose"]

Expression = str | tuple[str, ...]
"""A regular expression, or several of which any may match."""

_CLOSED: dict[str, Any] = {"extra": "forbid"}


def joined(pattern: Expression) -> str:
    """One expression for any of them."""
    return pattern if isinstance(pattern, str) else "|".join(pattern)


def compiled(pattern: Expression, case: Case = "any") -> regex.Pattern[str]:
    """The expression as the detectors use it: folded, by lines, and blind to case unless told otherwise."""
    flags = regex.MULTILINE | (0 if case == "exact" else regex.IGNORECASE)
    return regex.compile(fold_letters(joined(pattern)), flags)


def flowing(pattern: Expression) -> str:
    """The expression with each plain blank standing for any gap between words, a line break included.

    Prose is wrapped and its blanks are doubled by scanners. Blanks inside a set, and blanks that carry a
    quantifier of their own, are left as they are written.
    """
    written = joined(pattern)
    out: list[str] = []
    inside, escaped = False, False
    for char, following in zip(written, written[1:] + " ", strict=True):
        if char == " " and not inside and not escaped and following not in "?*+{":
            out.append(_GAP)
        else:
            out.append(char)
        if not escaped:
            inside = char == "[" or (inside and char != "]")
        escaped = char == "\\" and not escaped
    return "".join(out)


_GAP = r"(?:[ \t]{1,4}|[ \t]?\n[ \t>]{0,4})"


def spelled(spellings: Sequence[str]) -> str:
    """An expression for any of these phrases, longest first, with blanks and hyphens written freely."""
    folded = sorted({fold_letters(spelling) for spelling in spellings}, key=len, reverse=True)
    return "|".join(_free_blanks(phrase) for phrase in folded)


def _free_blanks(phrase: str) -> str:
    return "".join(_JOINTS.get(char, regex.escape(char)) for char in phrase)


_JOINTS = {" ": r"[ \t_.-]{0,3}", "-": r"[ \t]?[-:/ ][ \t]?"}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scheme.

    `level` is on the common scale from 0 (unmarked) to 4 (top secret). `portions` are its short forms in
    portion marks. `ordinary` says that people also write the word for other reasons, so that its form must
    speak for it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    label: str
    level: int
    spellings: tuple[str, ...]
    portions: tuple[str, ...] = ()
    ordinary: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.level <= 4:
            raise ValueError(f"level {self.level} is not on the scale from 0 to 4")
        _phrases(f"level {self.label}", self.spellings)
        if any(not portion.strip() for portion in self.portions):
            raise ValueError(f"level {self.label}: a portion mark is empty")


@dataclass(frozen=True, slots=True)
class Caveat:
    """A qualifier that stands beside a level: a handling instruction, a descriptor, a codeword, an owner."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    name: str
    spellings: tuple[str, ...]

    def __post_init__(self) -> None:
        _phrases(f"caveat {self.name}", self.spellings)


@dataclass(frozen=True, slots=True)
class LabelRule:
    """One way in which a scheme is written.

    `{level}`, `{portion}` and `{caveat}` in `pattern` stand for the scheme's own spellings. With `form:
    position` the place of the words decides whether they are a marking and of which form; any other form is
    given, and `base` is what it counts before anything else is weighed. `label` names the level of a rule
    whose pattern holds none.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    name: str
    form: Form
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    entity: LabelEntity = "CLASSIFICATION_LABEL"
    label: str = ""
    case: Case = "any"
    base: float | None = None

    def __post_init__(self) -> None:
        _examples(self.name, self.matches, self.misses)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One classification scheme: a file under `config/labels/`.

    `signs` are words of the country or body that owns it; where levels are spelled alike in several schemes,
    they say whose this one is.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    scheme: str
    title: str
    levels: tuple[Level, ...]
    rules: tuple[LabelRule, ...]
    caveats: tuple[Caveat, ...] = ()
    signs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.levels or not self.rules:
            raise ValueError(f"scheme {self.scheme}: levels and rules may not be empty")
        labels = {level.label for level in self.levels}
        for rule in self.rules:
            if rule.label and rule.label not in labels:
                raise ValueError(f"rule {rule.name}: {rule.label} is not a level of this scheme")
            if not rule.label and not any(one in joined(rule.pattern) for one in _LEVEL_IN_PATTERN):
                raise ValueError(f"rule {rule.name}: the pattern names no level; give it a label")
            _pattern(rule.name, self.expression(rule), rule.case)

    def expression(self, rule: LabelRule) -> str:
        """The rule's pattern with this scheme's spellings filled in."""
        levels = spelled([s for level in self.levels for s in level.spellings])
        portions = "|".join(
            sorted((p for level in self.levels for p in level.portions), key=len, reverse=True)
        )
        caveats = spelled([s for caveat in self.caveats for s in caveat.spellings])
        return (
            joined(rule.pattern)
            .replace("{level}", rf"(?P<level>(?<!\w)(?:{levels})(?!\w))")
            .replace("{portion}", f"(?P<level>{portions or _NEVER})")
            .replace("{caveat}", rf"(?<!\w)(?i:{caveats or _NEVER})(?!\w)")
        )


@dataclass(frozen=True, slots=True)
class Context:
    """Words around a candidate that speak for it or against it.

    `where`: `just before` and `just after` touch the candidate; `sentence` is the sentence that it stands in;
    `message` is the whole text. `on` limits it to candidates that fill their line, or to those that don't.
    `form` is the form that a marking has in this company.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    name: str
    where: Where
    weight: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    on: Place = "anywhere"
    form: Form | None = None
    case: Case = "any"

    def __post_init__(self) -> None:
        _examples(self.name, self.matches, self.misses)
        _pattern(self.name, self.pattern, self.case)


@dataclass(frozen=True, slots=True)
class Weights:
    """What the place and the look of a level's words count, each a step of its own."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    fixed: float
    distinctive: float
    ordinary: float
    capitals: float
    first_capital: float
    no_case: float
    own_line: float
    own_line_small: float
    heads: float
    heads_small: float
    closes: float
    repeated: float
    opens: float
    bracketed: float
    prose: float
    disguised: float
    list_of_levels: float
    compound: float
    code: float
    signs: float
    official: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a marking is told from a mention.

    `companions` are expressions for what may share a banner's line. `repairable` are label words, in
    capitals, that are restored where a scanner damaged them.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    weights: Weights
    companions: tuple[str, ...]
    repairable: tuple[str, ...]
    contexts: tuple[Context, ...]

    def __post_init__(self) -> None:
        if not self.contexts:
            raise ValueError("contexts may not be empty")
        _phrases("repairable", self.repairable)
        for companion in self.companions:
            _pattern(f"companion {companion}", companion)


@dataclass(frozen=True, slots=True)
class Family:
    """One shape of reference number. `public`: numbers of instruments that are published anyway."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    name: str
    score: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    public: bool = False
    case: Case = "any"

    def __post_init__(self) -> None:
        _examples(self.name, self.matches, self.misses)


@dataclass(frozen=True, slots=True)
class Marker:
    """One sign of an official document.

    Signs of one `group` say the same thing, so the strongest of a group counts in full and the others little.
    `alone` is its score where it stands by itself.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    name: str
    entity: MarkerEntity
    group: str
    weight: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    alone: float = 0.3
    case: Case = "any"

    def __post_init__(self) -> None:
        _examples(self.name, self.matches, self.misses)
        _pattern(self.name, self.pattern, self.case)
        if self.weight <= 0:
            raise ValueError(f"{self.name}: a marker must weigh something")


@dataclass(frozen=True, slots=True)
class Counter:
    """A sign that a text is public, quoted or no document at all. `weight` is below zero."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    name: str
    weight: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    case: Case = "any"

    def __post_init__(self) -> None:
        _examples(self.name, self.matches, self.misses)
        _pattern(self.name, self.pattern, self.case)
        if self.weight >= 0:
            raise ValueError(f"{self.name}: a counter-signal must weigh less than nothing")


@dataclass(frozen=True, slots=True)
class Official:
    """How markers make an `OFFICIAL_DOCUMENT`: weights are added, and `enough` is a score of one half.

    At least `forms` groups that aren't `vocabulary` must be there, and one that isn't `everyday`: words of
    government stand in every newspaper, and a private letter has a subject and a closing too. What is found
    again in a group counts `same_group` of its weight, at most `most` times.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    enough: float
    forms: int
    vocabulary: tuple[str, ...]
    everyday: tuple[str, ...]
    most: int
    same_group: float
    reference: float
    label: float
    counters: tuple[Counter, ...]

    def __post_init__(self) -> None:
        if self.enough <= 0 or self.forms < 1:
            raise ValueError("a document needs markers of at least one form, and some weight")


@dataclass(frozen=True, slots=True)
class Markers:
    """`config/markers.yaml`: what official documents look like, and how a marking is told from a mention."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    judgement: Judgement
    pieces: dict[str, str]
    references: tuple[Family, ...]
    lookalikes: tuple[Context, ...]
    markers: tuple[Marker, ...]
    official: Official

    def __post_init__(self) -> None:
        if not self.references or not self.markers:
            raise ValueError("references and markers may not be empty")
        for family in self.references:
            _pattern(family.name, self.expression(family), family.case)

    def expression(self, family: Family) -> str:
        """The family's pattern with the `pieces` filled in that it names in braces."""
        pattern = joined(family.pattern)
        for name, piece in self.pieces.items():
            pattern = pattern.replace("{" + name + "}", f"(?:{piece})")
        return pattern


@dataclass(frozen=True, slots=True)
class IdentifierPattern:
    """One written form of an identifier, with what it counts before context and validation."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    name: str
    score: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    case: Case = "any"

    def __post_init__(self) -> None:
        _examples(self.name, self.matches, self.misses)
        _pattern(self.name, self.pattern, self.case)


@dataclass(frozen=True, slots=True)
class Identifier:
    """Personal data of one kind. `context` words near it add `bonus`; `against` words take as much away.

    Where a pattern has a group named `value`, that group is the finding.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    entity: str
    patterns: tuple[IdentifierPattern, ...]
    context: tuple[str, ...]
    bonus: float
    against: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.patterns:
            raise ValueError(f"{self.entity}: patterns may not be empty")
        _phrases(f"{self.entity}: context", self.context)
        if any(not word.strip() for word in self.against):
            raise ValueError(f"{self.entity}: a word in `against` is empty")


@dataclass(frozen=True, slots=True)
class Recognizers:
    """`config/recognizers.yaml`: personal data and credentials, and the score that makes a finding.

    `phone_regions` are libphonenumber's regions in which a number without a country code is read.
    `credential_plugins` are classes of detect-secrets.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED

    threshold: float
    phone_regions: tuple[str, ...]
    credential_plugins: tuple[str, ...]
    identifiers: tuple[Identifier, ...]

    def __post_init__(self) -> None:
        if not 0 < self.threshold < 1:
            raise ValueError(f"threshold {self.threshold} is not between 0 and 1")
        if not self.phone_regions or not self.credential_plugins or not self.identifiers:
            raise ValueError("phone_regions, credential_plugins and identifiers may not be empty")

    def identifier(self, entity: str) -> Identifier | None:
        """What is said about this entity, None where the file does not name it."""
        return next((one for one in self.identifiers if one.entity == entity), None)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that the engine is made from."""

    schemes: tuple[Scheme, ...]
    markers: Markers
    recognizers: Recognizers


_NEVER = "(?!)"
_LEVEL_IN_PATTERN = ("{level}", "{portion}", "(?P<level>")


def _phrases(what: str, phrases: Sequence[str]) -> None:
    if not phrases:
        raise ValueError(f"{what}: the list is empty; it would match nothing or everything")
    if any(not any(char.isalnum() for char in phrase) for phrase in phrases):
        raise ValueError(f"{what}: a phrase has no letter or digit in it")


def _examples(name: str, matches: Sequence[str], misses: Sequence[str]) -> None:
    if not matches or not misses:
        raise ValueError(f"rule {name}: give it at least one example under matches and one under misses")


def _pattern(name: str, pattern: Expression, case: Case = "any") -> None:
    try:
        found = compiled(pattern, case)
    except regex.error as error:
        raise ValueError(f"rule {name}: the pattern does not compile: {error}") from error
    if found.search("") is not None:
        raise ValueError(f"rule {name}: the pattern matches empty text, so it would match everything")
