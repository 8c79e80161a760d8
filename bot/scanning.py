"""A message as parts, and the parts as a scan. The same for the running bot and for the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model import Message
from bot.runs import Run
from detectors.extract import extract
from detectors.finding import Finding, Part, Scan, Undecided

WINDOW = "window"
NO_RUN = Run()


class Detectors(Protocol):
    """What is needed of `detectors.engine.Engine`."""

    def scan(self, parts: Sequence[Part]) -> Scan: ...

    def window(self, texts: Sequence[str]) -> tuple[Finding, ...]: ...


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scan together with the parts that its findings point into."""

    parts: tuple[Part, ...]
    scan: Scan

    @property
    def is_of_run(self) -> bool:
        """Whether something was found that only several messages together give away."""
        return any(finding.part == WINDOW for finding in self.scan.findings)


def scan_message(detectors: Detectors, message: Message, run: Run = NO_RUN) -> Scanned:
    """Scans all parts of a message, and with it the texts of its author's same run of messages.

    Takes as long as it takes; call it off the event loop.
    """
    parts, undecided = message_parts(message)
    scan = detectors.scan(parts)
    findings = scan.findings
    if message.text and (run.before or run.after):
        texts = (*run.before, message.text, *run.after)
        in_window = detectors.window(texts)
        if in_window:
            parts = (*parts, Part(WINDOW, "\n".join(texts)))
            findings = (*findings, *in_window)
    return Scanned(parts, Scan(findings, (*undecided, *scan.undecided)))


def message_parts(message: Message) -> tuple[tuple[Part, ...], tuple[Undecided, ...]]:
    """The text, each attachment's name, and what can be read of each attachment."""
    parts: list[Part] = [Part("text", message.text)] if message.text else []
    undecided: list[Undecided] = []
    many = len(message.attachments) > 1
    for number, attachment in enumerate(message.attachments, start=1):
        label = f"attachment {number}"
        parts.append(Part(f"file_name {number}" if many else "file_name", attachment.name))
        if attachment.content is None:
            undecided.append(Undecided(label, attachment.missing or "not downloaded"))
            continue
        read, unread = extract(attachment.name, attachment.content, label)
        parts.extend(read)
        undecided.extend(unread)
    return tuple(parts), tuple(undecided)
