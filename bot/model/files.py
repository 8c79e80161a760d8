"""What became of a file under a message."""

from dataclasses import dataclass, replace

from bot.model.cases import MaskedFinding
from detectors.finding import Evidence, Finding, Picture, Span, Undecided

ATTACHMENT = "attachment"
"""How the parts of a file are called before it is known which of its message's files it is."""


@dataclass(frozen=True, slots=True)
class FileScan:
    """What one file holds, as it may be kept and shown: everything that was found is masked.

    `fingerprint` is the same for the same file, and tells nobody what is in it; a file that did not come
    along has none.
    """

    findings: tuple[MaskedFinding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    pictures: tuple[Picture, ...] = ()
    fingerprint: str = ""

    def numbered(self, number: int) -> "FileScan":
        """The same, as the attachment of that number."""

        def own(part: str) -> str:
            return f"{ATTACHMENT} {number}{part.removeprefix(ATTACHMENT)}"

        return FileScan(
            tuple(replace(one, part=own(one.part)) for one in self.findings),
            tuple(replace(one, part=own(one.part)) for one in self.undecided),
            tuple(replace(one, part=own(one.part)) for one in self.pictures),
            self.fingerprint,
        )


def unmasked(one: MaskedFinding) -> Finding:
    """The finding itself, as far as it is kept, as a policy judges it."""
    span, evidence = Span(one.start, one.end), Evidence(one.recognizer)
    return Finding(one.entity, one.part, span, one.score, evidence, dict(one.attributes))
