"""A scheme's rules, compiled: what a label says wherever it is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detectors.allowance import found_by, left
from detectors.gate import Sought
from detectors.normalise import fold_letters
from detectors.rulebook import Caveat, LabelRule, Level, Scheme, Wording, sought, spelled


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words that a rule matched, in offsets of the text that was read. `word` is the level as written."""

    rule: "Rule"
    level: Level
    start: int
    end: int
    word: str
    caveats: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a scheme, ready to search."""

    scheme: Scheme
    rule: LabelRule
    sought: Sought
    levels: Mapping[str, Level]
    caveats: Sequence[tuple[Caveat, Sought]]
    faults: Sequence[tuple[Wording, Sought]]

    @property
    def name(self) -> str:
        return f"{self.scheme.scheme}: {self.rule.name}"

    def sightings(self, text: str) -> Iterator[Sighting]:
        """Every place where the rule matches."""
        for match in found_by(self.sought.expression, text):
            named = match.groupdict()
            start, end = match.span("label") if named.get("label") else match.span()
            word = named.get("level") or match[0]
            level = self.levels.get(_key(word)) or self.levels.get(_key(self.rule.label))
            if level is not None and start < end:
                written = match[0]
                yield Sighting(self, level, start, end, word, self._caveats(written), self._faults(written))

    def _caveats(self, written: str) -> tuple[str, ...]:
        return tuple(
            caveat.name for caveat, words in self.caveats if words.expression.search(written, timeout=left())
        )

    def _faults(self, written: str) -> tuple[str, ...]:
        return tuple(
            fault.name for fault, words in self.faults if words.expression.search(written, timeout=left())
        )


def rules_of(scheme: Scheme) -> tuple[Rule, ...]:
    """The scheme's rules, in the order of the file."""
    caveats = tuple(
        (caveat, sought(rf"(?<!\w)(?:{spelled(caveat.spellings)})(?!\w)")) for caveat in scheme.caveats
    )
    faults = tuple((fault, sought(fault.pattern, fault.case)) for fault in scheme.faults)
    levels: dict[str, Level] = {}
    for level in scheme.levels:
        for spelling in (level.label, *level.spellings, *level.portions):
            levels.setdefault(_key(spelling), level)
    return tuple(
        Rule(scheme, rule, sought(scheme.expression(rule), rule.case), levels, caveats, faults)
        for rule in scheme.rules
    )


def _key(written: str) -> str:
    """A spelling without case, blanks and hyphens, so that every way to write it is one."""
    return "".join(char for char in fold_letters(written).casefold() if char.isalnum() or ord(char) > 0x900)
