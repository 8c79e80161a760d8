"""Tries every example in the rulebook: what a rule must find, and what it must not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from detectors.engine import Engine
from detectors.finding import Consideration, Evidence, Part
from detectors.normalise import fold
from detectors.rulebook import OWN_RECOGNIZERS, Case, Expression, Rulebook, compiled, flowing


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that did not come out as its rule says.

    `file` is the file under `config/`, `found` what was found instead, in words.
    """

    file: str
    rule: str
    example: str
    expected: str
    found: str


def check_examples(engine: Engine, rulebook: Rulebook) -> tuple[Failure, ...]:
    """Every example that fails, in the order of the files; none where all is well."""
    return (
        *_labels(engine, rulebook),
        *_faults(rulebook),
        *_references(engine, rulebook),
        *_signs(rulebook),
        *_identifiers(engine, rulebook),
        *_own(engine, rulebook),
    )


def _labels(engine: Engine, rulebook: Rulebook) -> Iterator[Failure]:
    for scheme in rulebook.schemes:
        for rule in scheme.rules:
            pattern = f"{scheme.scheme}: {rule.name}"
            yield from _scanned(
                engine,
                f"labels/{scheme.scheme}.yaml",
                rule.name,
                rule.entity,
                pattern,
                rule.matches,
                rule.misses,
            )


def _faults(rulebook: Rulebook) -> Iterator[Failure]:
    for scheme in rulebook.schemes:
        for one in scheme.faults:
            file = f"labels/{scheme.scheme}.yaml"
            yield from _searched(file, one.name, one.pattern, one.case, one.matches, one.misses)


def _references(engine: Engine, rulebook: Rulebook) -> Iterator[Failure]:
    for family in rulebook.references.references:
        yield from _scanned(
            engine,
            "references.yaml",
            family.name,
            "DOCUMENT_REFERENCE",
            family.name,
            family.matches,
            family.misses,
        )


def _signs(rulebook: Rulebook) -> Iterator[Failure]:
    asked: Mapping[str, tuple[_Sign, ...]] = {
        "judgement.yaml": rulebook.judgement.contexts,
        "references.yaml": rulebook.references.lookalikes,
        "markers.yaml": (*rulebook.markers.markers, *rulebook.markers.official.counters),
    }
    for file, signs in asked.items():
        for one in signs:
            yield from _searched(file, one.name, one.pattern, one.case, one.matches, one.misses)


class _Sign(Protocol):
    """What a context, a marker and a counter-signal have in common."""

    @property
    def name(self) -> str: ...

    @property
    def pattern(self) -> Expression: ...

    @property
    def case(self) -> Case: ...

    @property
    def matches(self) -> tuple[str, ...]: ...

    @property
    def misses(self) -> tuple[str, ...]: ...


def _identifiers(engine: Engine, rulebook: Rulebook) -> Iterator[Failure]:
    for one in rulebook.recognizers.placeholders:
        yield from _searched("recognizers.yaml", one.name, one.pattern, one.case, one.matches, one.misses)
    for identifier in rulebook.recognizers.identifiers:
        for pattern in identifier.patterns:
            yield from _scanned(
                engine,
                "recognizers.yaml",
                pattern.name,
                identifier.entity,
                pattern.name,
                pattern.matches,
                pattern.misses,
            )


def _own(engine: Engine, rulebook: Rulebook) -> Iterator[Failure]:
    for one in rulebook.own.enabled:
        yield from _scanned(engine, OWN_RECOGNIZERS, one.name, one.entity, "", one.matches, one.misses)


def _scanned(
    engine: Engine,
    file: str,
    rule: str,
    entity: str,
    pattern: str,
    matches: Iterable[str],
    misses: Iterable[str],
) -> Iterator[Failure]:
    """A match must make a finding of the entity; a miss must make none by this rule.

    Without a `pattern`, it must make none by the recognizer that is named as the rule.
    """
    for example in matches:
        looked_at = engine.consider(Part("text", example))
        if not any(one.kept and one.entity == entity for one in looked_at):
            yield Failure(file, rule, example, f"finds {entity}", _in_words(looked_at, entity))
    for example in misses:
        looked_at = engine.consider(Part("text", example))
        if any(
            one.kept and one.entity == entity and _is_by(one.evidence, rule, pattern) for one in looked_at
        ):
            yield Failure(file, rule, example, "finds nothing", _in_words(looked_at, entity))


def _is_by(evidence: Evidence, rule: str, pattern: str) -> bool:
    return evidence.pattern == pattern if pattern else evidence.recognizer == rule


def _searched(
    file: str, rule: str, pattern: Expression, case: Case, matches: Iterable[str], misses: Iterable[str]
) -> Iterator[Failure]:
    """A sign is not a finding by itself: its expression must be found in a match and in no miss."""
    expression = compiled(flowing(pattern), case)
    for example in matches:
        if not expression.search(fold(example).text):
            yield Failure(file, rule, example, "is found", "not found")
    for example in misses:
        found = expression.search(fold(example).text)
        if found:
            yield Failure(file, rule, example, "is not found", f"found: {found[0]}")


def _in_words(looked_at: Iterable[Consideration], entity: str) -> str:
    """What was considered of this entity, each with its score and steps."""
    words = [
        f"{'found' if one.kept else 'let go'} {one.evidence.pattern} {one.score:.2f}"
        f" ({'; '.join(one.evidence.steps)})"
        for one in looked_at
        if one.entity == entity
    ]
    return " | ".join(words) or f"no {entity} at all"
