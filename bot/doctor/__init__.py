"""What `raazdar doctor` looks at, and what it thinks of it. Nothing is written, and no chat notices."""

from bot.doctor.examination import examine

__all__ = ["examine"]
