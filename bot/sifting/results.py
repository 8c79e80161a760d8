"""One line of output, as the command-line contract has it."""

import json
from dataclasses import asdict
from typing import Any

from bot.model import Decision
from bot.policy import NOTHING
from bot.scanning import Scanned
from detectors.finding import Finding, Part, Scan

_write = json.JSONEncoder(ensure_ascii=False).encode


def result(message_id: object, scanned: Scanned, decision: Decision, show_text: bool) -> dict[str, Any]:
    """What was found in a message, and what it means."""
    parts = {part.name: part for part in scanned.parts}
    return {
        "id": message_id,
        "severity": decision.severity.value,
        "actions": [action.value for action in decision.actions],
        "rule": decision.rule,
        "provision": decision.provision,
        "why": decision.why,
        "findings": [_finding(finding, parts[finding.part], show_text) for finding in scanned.scan.findings],
        "undecided": [
            {"part": undecided.part, "reason": undecided.reason} for undecided in scanned.scan.undecided
        ],
    }


def written(message_id: str | int | None, scanned: Scanned, decision: Decision, show_text: bool) -> bytes:
    """The same as a line. What UTF-8 has no bytes for is written as an escape."""
    if decision is NOTHING and not (scanned.scan.findings or scanned.scan.undecided):
        line = _BEFORE_ID + _write(message_id) + _AFTER_ID
    else:
        line = _write(result(message_id, scanned, decision, show_text)) + "\n"
    return line.encode("utf-8", "backslashreplace")


def _finding(finding: Finding, part: Part, show_text: bool) -> dict[str, Any]:
    region = part.region(finding.span)
    placed = {"region": {name: round(at, 3) for name, at in asdict(region).items()}} if region else {}
    shown = {"text": part.text[finding.span.start : finding.span.end]} if show_text else {}
    return (
        {
            "entity": finding.entity,
            "part": finding.part,
            "start": finding.span.start,
            "end": finding.span.end,
            "score": round(finding.score, 2),
            "recognizer": finding.evidence.recognizer,
            "attributes": dict(finding.attributes),
        }
        | placed
        | shown
    )


# Nearly all messages are clean, and their lines differ by the id alone.
_CLEAN = _write(result("", Scanned((), Scan()), NOTHING, show_text=False)) + "\n"
_BEFORE_ID, _, _AFTER_ID = _CLEAN.partition('""')
