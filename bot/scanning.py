"""A message as parts, and the parts as a scan. The same for the running bot and for the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model import Message
from detectors.extract import extract
from detectors.finding import Finding, Part, Scan, Undecided


class Detectors(Protocol):
    """What is needed of `detectors.engine.Engine`."""

    def scan(self, parts: Sequence[Part]) -> Scan: ...

    def window(self, texts: Sequence[str]) -> tuple[Finding, ...]: ...


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scan together with the parts that its findings point into."""

    parts: tuple[Part, ...]
    scan: Scan


def scan_message(detectors: Detectors, message: Message, earlier: Sequence[str] = ()) -> Scanned:
    """Scans all parts of a message, and with it the `earlier` texts of its author's same run of messages.

    Takes as long as it takes; call it off the event loop.
    """
    parts, undecided = message_parts(message)
    scan = detectors.scan(parts)
    findings = scan.findings
    if earlier and message.text:
        texts = (*earlier, message.text)
        in_window = detectors.window(texts)
        if in_window:
            parts = (*parts, Part("window", "\n".join(texts)))
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
