"""What may be shown of a message: its shape, never its content."""

from collections.abc import Sequence

from bot.model import Evidence, MaskedFinding, Message
from detectors.finding import Finding, Part, Scan

EXCERPT_LENGTH = 400
"""Code points of a message that a case shows, masked."""

LONGEST_FINDING = 200

_DOT = "•"
_PERSONAL_PREFIXES = ("PK_", "CREDENTIAL")
_PERSONAL = frozenset(
    {"PHONE_NUMBER", "EMAIL_ADDRESS", "IBAN_CODE", "CREDIT_CARD", "IP_ADDRESS", "PHOTO_POSITION"}
)


def mask(text: str) -> str:
    """A dot for each letter, digit and mark of any script; ASCII punctuation and spaces stay."""
    return "".join(map(_masked, text))


def evidence(
    message: Message, parts: Sequence[Part], scan: Scan, masked: Sequence[MaskedFinding] = ()
) -> Evidence:
    """The masked evidence of a message; `masked` is what was found in files whose text is not at hand.

    Around personal data the other words stay, so that a person can judge it. Where anything else was
    found, or only several messages together gave it away, the words themselves may be what must not be
    seen, and all of them are masked.
    """
    found: tuple[Finding | MaskedFinding, ...] = (*scan.findings, *masked)
    return Evidence(
        excerpt=_shortened(masked_text(message.text, found).replace("\n", " "), EXCERPT_LENGTH),
        findings=(*masked_findings(parts, scan.findings), *masked),
        undecided=tuple((undecided.part, undecided.reason) for undecided in scan.undecided),
    )


def masked_findings(parts: Sequence[Part], findings: Sequence[Finding]) -> tuple[MaskedFinding, ...]:
    """The findings as they may be shown; `parts` are those that they point into."""
    by_name = {part.name: part for part in parts}
    return tuple(
        _masked_finding(finding, by_name.get(finding.part, Part(finding.part, ""))) for finding in findings
    )


def _masked_finding(finding: Finding, part: Part) -> MaskedFinding:
    found = part.text[finding.span.start : finding.span.end]
    return MaskedFinding(
        entity=finding.entity,
        part=finding.part,
        start=finding.span.start,
        end=finding.span.end,
        score=finding.score,
        recognizer=finding.evidence.recognizer,
        masked=_shortened(mask(found), LONGEST_FINDING),
        attributes=tuple(sorted(finding.attributes.items())),
        region=part.region(finding.span),
    )


def masked_text(text: str, findings: Sequence[Finding | MaskedFinding]) -> str:
    """The whole text as `evidence` shows it: what was found is masked, or all where the rest may tell."""
    if not is_personal(findings):
        return mask(text)
    shown = "".join(one if one.isprintable() or one == "\n" else " " for one in text)
    for finding in findings:
        if finding.part == "text":
            start, end = _ends(finding)
            shown = shown[:start] + mask(shown[start:end]) + shown[end:]
    return shown


def is_personal(findings: Sequence[Finding | MaskedFinding]) -> bool:
    """Whether personal data is all that was found, so that the words around it may be seen."""
    return bool(findings) and all(_is_personal(one.entity) and one.part != "window" for one in findings)


def _ends(finding: Finding | MaskedFinding) -> tuple[int, int]:
    if isinstance(finding, MaskedFinding):
        return finding.start, finding.end
    return finding.span.start, finding.span.end


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _masked(character: str) -> str:
    if character.isspace():
        return " "
    is_plain = character.isascii() and character.isprintable() and not character.isalnum()
    return character if is_plain else _DOT


def _is_personal(entity: str) -> bool:
    return entity in _PERSONAL or entity.startswith(_PERSONAL_PREFIXES)
