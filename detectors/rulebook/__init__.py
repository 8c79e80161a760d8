"""What the detectors look for, as data: the shapes of the YAML files under `config/`.

Every rule names itself, holds a regular expression or a list of them, and carries `matches` and `misses`:
texts in which it must find something, and texts in which it must not. A rule that could match everything, an
empty list and an expression that does not compile are errors, told in plain words.

Expressions are in the syntax of the `regex` library and are tried on folded text (`detectors.normalise`), so
letters in them are folded alike when they are compiled.
"""

from dataclasses import dataclass

from detectors.rulebook.documents import Counter, Family, Marker, Markers, Official, References
from detectors.rulebook.expressions import (
    Case,
    Expression,
    Wording,
    compiled,
    flowing,
    joined,
    sought,
    spelled,
    whole_words,
)
from detectors.rulebook.judgement import Context, Judgement, Place, Weights, Where
from detectors.rulebook.language import Language
from detectors.rulebook.own import OWN_RECOGNIZERS, OwnPattern, OwnRecognizer, OwnRecognizers
from detectors.rulebook.personal import Identifier, IdentifierPattern, Recognizers
from detectors.rulebook.schemes import Caveat, Form, LabelRule, Level, Scheme
from detectors.rulebook.sensitivity import Sensitivity, SensitivityLabel

__all__ = [
    "OWN_RECOGNIZERS",
    "Case",
    "Caveat",
    "Context",
    "Counter",
    "Expression",
    "Family",
    "Form",
    "Identifier",
    "IdentifierPattern",
    "Judgement",
    "LabelRule",
    "Language",
    "Level",
    "Marker",
    "Markers",
    "Official",
    "OwnPattern",
    "OwnRecognizer",
    "OwnRecognizers",
    "Place",
    "Recognizers",
    "References",
    "Rulebook",
    "Scheme",
    "Sensitivity",
    "SensitivityLabel",
    "Weights",
    "Where",
    "Wording",
    "compiled",
    "flowing",
    "joined",
    "sought",
    "spelled",
    "whole_words",
]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that the engine is made from. `own` is what the admins have added."""

    schemes: tuple[Scheme, ...]
    sensitivity: Sensitivity
    judgement: Judgement
    references: References
    markers: Markers
    recognizers: Recognizers
    language: Language
    own: OwnRecognizers
