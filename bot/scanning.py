"""A message as parts, and the parts as a scan. The same for the running bot and for the command line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.model import Attachment, Message
from bot.runs import Run
from detectors.extract import Extracted, extract
from detectors.finding import Finding, Part, Scan, Span, Undecided
from detectors.seams import starts_of

WINDOW = "window"
NO_RUN = Run()


class Scanner(Protocol):
    """What looks through parts, each by itself."""

    def scan(self, parts: Sequence[Part]) -> Scan: ...


class Detectors(Scanner, Protocol):
    """What is needed of `detectors.engine.Engine`."""

    def window(self, texts: Sequence[str]) -> tuple[Finding, ...]: ...


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scan together with the parts that its findings point into.

    `is_of_run`: whether something was found that only several messages together give away.
    """

    parts: tuple[Part, ...]
    scan: Scan
    is_of_run: bool = False


def scan_message(detectors: Detectors, message: Message, run: Run = NO_RUN) -> Scanned:
    """Scans all parts of a message, its files among them, as `scan_words` scans what it says itself.

    Takes as long as it takes; call it off the event loop.
    """
    scanned = scan_words(detectors, message, run)
    if not message.attachments:
        return scanned
    parts, undecided = file_parts(message)
    scan = detectors.scan(parts)
    found = Scan(
        (*scanned.scan.findings, *scan.findings), (*undecided, *scanned.scan.undecided, *scan.undecided)
    )
    return replace(scanned, parts=(*scanned.parts, *parts), scan=found)


def scan_words(detectors: Detectors, message: Message, run: Run = NO_RUN) -> Scanned:
    """Scans a message's text and its files' names, and the text with those of its author's same run.

    What the message answers is read with it too, but only what the answer adds counts.
    """
    parts = word_parts(message)
    scan = detectors.scan(parts)
    findings = scan.findings
    if not (run.before or run.after or message.quoted):
        return Scanned(parts, scan)
    window = _Window.around(message, run)
    together = window.own(detectors.window(window.texts)) if len(window.texts) > 1 else ()
    if any(finding.part == WINDOW for finding in together):
        parts = (*parts, Part(WINDOW, window.text))
    return Scanned(parts, Scan((*findings, *together), scan.undecided), is_of_run=bool(together))


@dataclass(frozen=True, slots=True)
class _Window:
    """A message's text among those that are read with it; the first `others` are not its author's."""

    texts: tuple[str, ...]
    others: int
    place: int

    @classmethod
    def around(cls, message: Message, run: Run) -> "_Window":
        if not message.text:
            return cls((), 0, 0)
        quoted = (message.quoted,) if message.quoted and message.quoted not in run.before else ()
        texts = (*quoted, *run.before, message.text, *run.after)
        return cls(texts, len(quoted), len(quoted) + len(run.before))

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    def own(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings without those in what others wrote; those in the message itself as its text's."""
        starts = starts_of(self.texts)
        first, start = starts[self.others], starts[self.place]
        end = start + len(self.texts[self.place])
        return tuple(
            replace(one, part="text", span=Span(one.span.start - start, one.span.end - start))
            if start <= one.span.start and one.span.end <= end
            else one
            for one in findings
            if one.span.end > first
        )


def word_parts(message: Message) -> tuple[Part, ...]:
    """The text, and each attachment's name."""
    parts = [Part("text", message.text, beside=_captioned(message))] if message.text else []
    many = len(message.attachments) > 1
    for number, attachment in enumerate(message.attachments, start=1):
        parts.append(Part(f"file_name {number}" if many else "file_name", attachment.name))
    return tuple(parts)


def file_parts(message: Message) -> tuple[tuple[Part, ...], tuple[Undecided, ...]]:
    """What can be read of each attachment, and what can't."""
    parts: list[Part] = []
    undecided: list[Undecided] = []
    for number, attachment in enumerate(message.attachments, start=1):
        read, unread, _ = read_file(attachment, f"attachment {number}")
        parts.extend(read)
        undecided.extend(unread)
    return tuple(parts), tuple(undecided)


def read_file(attachment: Attachment, label: str) -> Extracted:
    """What can be read of a file, in parts named after `label`."""
    if attachment.content is None:
        return Extracted(undecided=(Undecided(label, attachment.missing or "not downloaded"),))
    return extract(attachment.name, attachment.content, label)


def _captioned(message: Message) -> str:
    """The names of the files that the text stands over as a caption; only a line of its own is one."""
    if not message.attachments:
        return ""
    is_caption = "\n" not in message.text.strip()
    return "\n".join(attachment.name for attachment in message.attachments) if is_caption else ""
