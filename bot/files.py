"""The files under a message: each is read and looked through, and what may be shown of it is kept."""

import asyncio
import logging
from dataclasses import dataclass, replace

from bot.mask import masked_findings
from bot.model import Attachment, Event, MaskedFinding, Message
from bot.scanning import Scanner, read_file
from detectors.extract import is_quick
from detectors.finding import Evidence, Finding, Picture, Span, Undecided

_LABEL = "attachment"
_log = logging.getLogger("raazdar.files")


@dataclass(frozen=True, slots=True)
class FileScan:
    """What one file holds, as it may be kept and shown: everything that was found is masked."""

    findings: tuple[MaskedFinding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    pictures: tuple[Picture, ...] = ()

    def numbered(self, number: int) -> "FileScan":
        """The same, of the attachment of that number."""

        def own(part: str) -> str:
            return f"{_LABEL} {number}{part.removeprefix(_LABEL)}"

        return FileScan(
            tuple(replace(one, part=own(one.part)) for one in self.findings),
            tuple(replace(one, part=own(one.part)) for one in self.undecided),
            tuple(replace(one, part=own(one.part)) for one in self.pictures),
        )


@dataclass(frozen=True, slots=True)
class Files:
    """`scanner` may be in a process of its own, as there may be much text in a file."""

    scanner: Scanner

    async def scanned(self, message: Message) -> tuple[FileScan, ...]:
        """What the files of a message hold, one after another in their order."""
        return tuple(
            [
                (await asyncio.to_thread(self._scanned, attachment)).numbered(number)
                for number, attachment in enumerate(message.attachments, start=1)
            ]
        )

    def _scanned(self, attachment: Attachment) -> FileScan:
        parts, undecided, pictures = read_file(attachment, _LABEL)
        try:
            scan = self.scanner.scan(parts)
        except Exception as error:  # noqa: BLE001 - whatever a detector does, a file is never called clean
            _log.error("a detector failed with %s; the file is undecided", type(error).__name__)
            failed = Undecided(_LABEL, f"detector failed ({type(error).__name__})")
            return FileScan((), (*undecided, failed), pictures)
        found = masked_findings({part.name: part.text for part in parts}, scan.findings)
        return FileScan(found, (*undecided, *scan.undecided), pictures)


def found_in(files: tuple[FileScan, ...]) -> tuple[Finding, ...]:
    """What was found in files, as the policy judges it."""
    return tuple(
        Finding(
            one.entity,
            one.part,
            Span(one.start, one.end),
            one.score,
            Evidence(one.recognizer),
            dict(one.attributes),
        )
        for file in files
        for one in file.findings
    )


def is_slow(event: Event) -> bool:
    """Whether an event carries a file that takes longer than a message does."""
    return isinstance(event, Message) and any(
        attachment.content is not None and not is_quick(attachment.content)
        for attachment in event.attachments
    )
