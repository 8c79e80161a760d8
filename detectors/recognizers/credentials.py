"""Keys, tokens and passwords, through the detectors of detect-secrets.

Its entropy detectors are left out on purpose: they take most ordinary chat for a key.
"""

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Protocol

import regex

from detectors.allowance import left
from detectors.finding import Evidence
from detectors.gate import Gate, Sieve, Sought
from detectors.recognizers.candidate import Candidate, CandidateRecognizer, Tally
from detectors.rulebook import Wording, flowing, sought

CREDENTIAL = "CREDENTIAL"

_SCORE = 0.9
_LONGEST_LINE = 4000
_POSSIBLE = regex.compile(r"[^\s]{20}|://")
"""What every key, token or address with a password in it has; ordinary words don't."""


class _Plugin(Protocol):
    """What is used of a detect-secrets plugin."""

    secret_type: str

    denylist: Sequence[re.Pattern[str]]

    def analyze_string(self, string: str) -> Iterable[str]: ...


class CredentialRecognizer(CandidateRecognizer):
    """Runs detect-secrets' plugins, named as in `aws.AWSKeyDetector`, over each line that may hold a secret.

    Raises ValueError for a name that detect-secrets doesn't know.
    """

    def __init__(self, plugins: Sequence[str], placeholders: Sequence[Wording], gate: Gate) -> None:
        self._plugins = tuple(map(_plugin, plugins))
        shapes = ((at, shape) for at, plugin in enumerate(self._plugins) for shape in plugin.denylist)
        self._shapes = Sieve(gate, ((at, Sought(shape.pattern, shape.flags)) for at, shape in shapes))
        self._placeholders = tuple(sought(flowing(one.pattern), one.case) for one in placeholders)
        long_lines = Sieve(gate, [("a line that is cut", Sought(r"[^\n]{512}", 0))])
        super().__init__((CREDENTIAL,), self._shapes, long_lines)

    def candidates(self, text: str) -> Iterable[Candidate]:
        if not _POSSIBLE.search(text):
            return
        start = 0
        for line in text.split("\n"):
            for at in range(0, len(line), _LONGEST_LINE):
                piece = line[at : at + _LONGEST_LINE + 200]
                if _POSSIBLE.search(piece):
                    yield from self._in_piece(piece, start + at)
            start += len(line) + 1

    def _in_piece(self, piece: str, offset: int) -> Iterable[Candidate]:
        for plugin in (self._plugins[at] for at in dict.fromkeys(at for at, _ in self._shapes.within(piece))):
            secrets = {one for one in plugin.analyze_string(piece) if one and not self._stands_for(one)}
            for start, end in _places(plugin, piece, secrets):
                tally = Tally().add(f"written as {plugin.secret_type}", _SCORE)
                evidence = Evidence(type(self).__name__, plugin.secret_type, steps=tally.steps)
                yield Candidate(CREDENTIAL, offset + start, offset + end, _SCORE, evidence)

    def _stands_for(self, written: str) -> bool:
        """Whether a secret would stand here, and something in its place does."""
        return any(one.expression.search(written, timeout=left()) for one in self._placeholders)


def _places(plugin: _Plugin, piece: str, secrets: set[str]) -> Iterable[tuple[int, int]]:
    """Where the plugin's own expressions find the secrets: the same letters elsewhere are other words."""
    for expression in plugin.denylist:
        for match in expression.finditer(piece):
            group = match.lastindex or 0
            if match[group] in secrets:
                yield match.span(group)


def _plugin(name: str) -> _Plugin:
    module, _, kind = name.partition(".")
    try:
        plugin: _Plugin = getattr(import_module(f"detect_secrets.plugins.{module}"), kind)()
    except (ImportError, AttributeError) as error:
        raise ValueError(f"credential plugin {name}: detect-secrets has none of this name") from error
    return plugin
