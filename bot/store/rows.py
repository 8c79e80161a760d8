"""Facts as rows and back: times as text, masked evidence and planned actions as JSON."""

import json
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import TypeAdapter

from bot.model import Evidence, PlannedAction

T = TypeVar("T")

_EVIDENCE = TypeAdapter(Evidence)
_PLANNED = TypeAdapter(PlannedAction)


def time_text(at: datetime) -> str:
    """UTC with microseconds, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def text_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def evidence_text(evidence: Evidence) -> str:
    return json.dumps(_EVIDENCE.dump_python(evidence, mode="json"))


def text_evidence(text: str) -> Evidence:
    return _EVIDENCE.validate_json(text)


def planned_text(planned: PlannedAction) -> str:
    return json.dumps(_PLANNED.dump_python(planned, mode="json"))


def text_planned(text: str) -> PlannedAction:
    return _PLANNED.validate_json(text)
