"""All patterns of the detectors, one after another: what anybody would write first."""

import re
import warnings
from collections.abc import Callable, Iterator, Sequence

import regex
from presidio_analyzer import PatternRecognizer

from detectors.analysis import recognizers_of
from detectors.recognizers.credentials import CredentialRecognizer
from detectors.recognizers.labels.grammar import rules_of
from detectors.rulebook import Rulebook, compiled, flowing

Pattern = re.Pattern[str] | regex.Pattern[str]

_KNOWN_TO_BOTH = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE


def patterns_of(rulebook: Rulebook) -> Sequence[Pattern]:
    """Every pattern that is searched for, compiled with `re` where that can, and with `regex` otherwise."""
    return tuple(map(_plain, _searched(rulebook)))


def counted(patterns: Sequence[Pattern]) -> str:
    """How many patterns there are, in words."""
    plain = sum(isinstance(pattern, re.Pattern) for pattern in patterns)
    return f"patterns one by one: {len(patterns)}, {plain} with `re` and {len(patterns) - plain} with `regex`"


def one_by_one(patterns: Sequence[Pattern]) -> Callable[[str], list[tuple[int, int]]]:
    """Tries each pattern on a text, and notes where it matches."""
    searches = tuple(pattern.finditer for pattern in patterns)
    return lambda text: [match.span() for search in searches for match in search(text)]


def _searched(rulebook: Rulebook) -> Iterator[Pattern]:
    for scheme in rulebook.schemes:
        yield from (rule.sought.expression for rule in rules_of(scheme))
    for family in rulebook.references.references:
        yield compiled(rulebook.references.expression(family), family.case)
    for marker in rulebook.markers.markers:
        yield compiled(flowing(marker.pattern), marker.case)
    for identifier in rulebook.recognizers.identifiers:
        yield from (compiled(one.pattern, one.case) for one in identifier.patterns)
    for recognizer in recognizers_of(rulebook):
        if isinstance(recognizer, PatternRecognizer):
            yield from (
                regex.compile(one.regex, recognizer.global_regex_flags or 0) for one in recognizer.patterns
            )
        elif isinstance(recognizer, CredentialRecognizer):
            for plugin in recognizer._plugins:
                yield from plugin.denylist


def _plain(pattern: Pattern) -> Pattern:
    with warnings.catch_warnings(action="ignore", category=FutureWarning):
        try:
            return re.compile(pattern.pattern, pattern.flags & _KNOWN_TO_BOTH)
        except re.error:
            return pattern
