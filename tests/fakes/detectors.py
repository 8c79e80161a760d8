"""Detectors that find a few fixed words, so that tests of the bot say plainly what is in a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model.files import ATTACHMENT
from bot.scanning import Scanner
from detectors.finding import AttributeValue, Evidence, Finding, Part, Scan, Span, Undecided


@dataclass(frozen=True)
class Word:
    entity: str
    score: float = 0.9
    attributes: tuple[tuple[str, AttributeValue], ...] = ()


WORDS: Mapping[str, Word] = {
    "SECRET": Word("CLASSIFICATION_LABEL", 0.9, (("label", "SECRET"), ("level", 3))),
    "CONFIDENTIAL": Word("CLASSIFICATION_LABEL", 0.9, (("label", "CONFIDENTIAL"), ("level", 2))),
    "RESTRICTED": Word("CLASSIFICATION_LABEL", 0.9, (("label", "RESTRICTED"), ("level", 1))),
    "35202-1234567-1": Word("PK_CNIC", 0.95),
    "0300-1234567": Word("PHONE_NUMBER", 0.6),
}


class FakeDetectors:
    """`of_files`, where it is given, looks through attachments instead."""

    def __init__(self, words: Mapping[str, Word] = WORDS, of_files: Scanner | None = None) -> None:
        self._words = words
        self._of_files = of_files
        self.breaks = False

    def scan(self, parts: Sequence[Part]) -> Scan:
        if self._of_files and parts and all(part.name.startswith(ATTACHMENT) for part in parts):
            return self._of_files.scan(parts)
        if self.breaks:
            raise ValueError("a detector broke")
        unreadable = tuple(Undecided(part.name, "timed out") for part in parts if "UNREADABLE" in part.text)
        return Scan(tuple(found for part in parts for found in self._found(part)), unreadable)

    def window(self, texts: Sequence[str]) -> tuple[Finding, ...]:
        text, joined = "\n".join(texts), "".join(texts)
        if "SECRET" in joined and not any("SECRET" in one for one in texts):
            word = self._words["SECRET"]
            span = Span(0, len(text))
            return (Finding(word.entity, "window", span, 0.8, Evidence("Fake"), dict(word.attributes)),)
        return ()

    def _found(self, part: Part) -> Sequence[Finding]:
        return [
            Finding(
                word.entity,
                part.name,
                Span(part.text.index(text), part.text.index(text) + len(text)),
                word.score,
                Evidence("Fake"),
                dict(word.attributes),
            )
            for text, word in self._words.items()
            if text in part.text
        ]
