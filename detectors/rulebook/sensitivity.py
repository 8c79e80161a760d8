"""Sensitivity labels as an organisation has set them up (`config/sensitivity.yaml`)."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from detectors.rulebook.expressions import CLOSED


@dataclass(frozen=True, slots=True)
class SensitivityLabel:
    """One label of Microsoft's information protection: files carry its `id`, and many of them no name.

    `level` is on the common scale from 0 (unmarked) to 4 (top secret).
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    id: str
    name: str
    level: int

    def __post_init__(self) -> None:
        try:
            UUID(self.id)
        except ValueError:
            raise ValueError(f"{self.id!r} is not the id of a label, such as {UUID(int=0)}") from None
        if not self.name.strip():
            raise ValueError(f"label {self.id}: the name is empty")
        if not 0 <= self.level <= 4:
            raise ValueError(f"label {self.id}: level {self.level} is not on the scale from 0 to 4")

    @property
    def key(self) -> UUID:
        """What the id is, however it is written."""
        return UUID(self.id)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """`config/sensitivity.yaml`: the labels that are known by their ids; there may be none."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    labels: tuple[SensitivityLabel, ...]

    def __post_init__(self) -> None:
        keys = [label.key for label in self.labels]
        if twice := {str(key) for key in keys if keys.count(key) > 1}:
            raise ValueError(f"labels {', '.join(sorted(twice))}: given twice")
