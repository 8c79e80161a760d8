"""What `raazdar doctor` finds out."""

from dataclasses import dataclass

from bot.model.scales import CheckState


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what was found, and what to do where it is not good."""

    subject: str
    state: CheckState
    found: str
    todo: str = ""
