"""Keys, tokens and passwords, through the detectors of detect-secrets.

Its entropy detectors are left out on purpose: they take most ordinary chat for a key.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Protocol

import regex

from detectors.finding import Evidence
from detectors.recognizers.candidate import Candidate, CandidateRecognizer, Tally

CREDENTIAL = "CREDENTIAL"

_SCORE = 0.9
_LONGEST_LINE = 4000
_POSSIBLE = regex.compile(r"[^\s]{20}|://|PRIVATE KEY|PuTTY")
"""What every key, token or address with a password in it has; ordinary words don't."""


class _Plugin(Protocol):
    """What is used of a detect-secrets plugin."""

    secret_type: str

    def analyze_string(self, string: str) -> Iterable[str]: ...


class CredentialRecognizer(CandidateRecognizer):
    """Runs detect-secrets' plugins, named as in `aws.AWSKeyDetector`, over each line that may hold a secret.

    Raises ValueError for a name that detect-secrets doesn't know.
    """

    def __init__(self, plugins: Sequence[str]) -> None:
        self._plugins = tuple(map(_plugin, plugins))
        super().__init__((CREDENTIAL,))

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
        for plugin in self._plugins:
            for secret in set(plugin.analyze_string(piece)):
                at = piece.find(secret)
                if secret and at >= 0:
                    tally = Tally().add(f"written as {plugin.secret_type}", _SCORE)
                    evidence = Evidence(type(self).__name__, plugin.secret_type, steps=tally.steps)
                    yield Candidate(CREDENTIAL, offset + at, offset + at + len(secret), _SCORE, evidence)


def _plugin(name: str) -> _Plugin:
    module, _, kind = name.partition(".")
    try:
        plugin: _Plugin = getattr(import_module(f"detect_secrets.plugins.{module}"), kind)()
    except (ImportError, AttributeError) as error:
        raise ValueError(f"credential plugin {name}: detect-secrets has none of this name") from error
    return plugin
