"""The files under a message: each is read and looked through once, and its result kept for the next time."""

import asyncio
import logging
from dataclasses import dataclass, replace

from bot.in_force import Rules
from bot.known_files import KnownFiles
from bot.mask import masked_findings
from bot.model import Attachment, Event, FileScan, Message
from bot.model.files import ATTACHMENT
from bot.ports import Sealer
from bot.scanning import Scanner, read_file
from detectors.extract import Extracted, is_quick
from detectors.finding import Undecided

_log = logging.getLogger("raazdar.files")


@dataclass(frozen=True, slots=True)
class Files:
    """Waits for whatever takes long off the event loop."""

    sealer: Sealer
    known: KnownFiles

    async def scanned(self, message: Message, rules: Rules) -> tuple[FileScan, ...]:
        """What the files of a message hold, one after another in their order."""
        return tuple(
            [
                (await self._scanned(attachment, rules)).numbered(number)
                for number, attachment in enumerate(message.attachments, start=1)
            ]
        )

    async def _scanned(self, attachment: Attachment, rules: Rules) -> FileScan:
        if attachment.content is None:
            return FileScan(undecided=read_file(attachment, ATTACHMENT).undecided)
        fingerprint = await asyncio.to_thread(self.sealer.fingerprint, attachment.content)
        known = self.known.get(fingerprint, rules.edition)
        if known:
            return known
        read = replace(await asyncio.to_thread(_read, attachment, rules.detectors), fingerprint=fingerprint)
        self.known.keep(read, rules.edition)
        return read


def _read(attachment: Attachment, scanner: Scanner) -> FileScan:
    read = Extracted()
    try:
        read = read_file(attachment, ATTACHMENT)
        scan = scanner.scan(read.parts)
    except Exception as error:  # noqa: BLE001 - whatever fails, a file is never called clean
        _log.error("a detector failed with %s; the file is undecided", type(error).__name__)
        failed = Undecided(ATTACHMENT, f"detector failed ({type(error).__name__})")
        return FileScan((), (*read.undecided, failed), read.pictures)
    found = masked_findings(read.parts, scan.findings)
    return FileScan(found, (*read.undecided, *scan.undecided), read.pictures)


def is_slow(event: Event) -> bool:
    """Whether an event carries a file that takes longer than a message does."""
    return isinstance(event, Message) and any(
        attachment.content is not None and not is_quick(attachment.content)
        for attachment in event.attachments
    )
