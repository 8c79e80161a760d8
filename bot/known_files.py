"""What was found in files before, so that the same file costs nothing when it is posted again."""

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from importlib.metadata import version

from pydantic import TypeAdapter

from bot.errors import SealError
from bot.model import FileScan
from bot.ports import Clock, Sealer, Store
from detectors.extract import LIMITS
from detectors.extract.reasons import LASTING
from detectors.extract.tessdata import reads_urdu
from detectors.rulebook import Rulebook

KEPT = timedelta(days=30)
MOST = 10_000
_LARGEST = 256 * 1024
"""Bytes of a result that is kept; one in which more was found is found again."""

_SCAN = TypeAdapter(FileScan)
_log = logging.getLogger("raazdar.files")


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """Results by the files' fingerprints, sealed as evidence is. They hold no text.

    An `edition` names what they were found with: another one finds anew.
    """

    store: Store
    sealer: Sealer
    clock: Clock

    def get(self, fingerprint: str, edition: str) -> FileScan | None:
        sealed = self.store.files.get(fingerprint, edition)
        if sealed is None:
            return None
        try:
            return _SCAN.validate_json(self.sealer.unseal(sealed, _about(fingerprint, edition)))
        except (SealError, ValueError) as error:
            _log.warning("what is known of a file can't be used (%s); it is read again", type(error).__name__)
            return None

    def keep(self, scan: FileScan, edition: str) -> None:
        """Remembers a result, unless another try might go otherwise."""
        content = json.dumps(_SCAN.dump_python(scan, mode="json")).encode("ascii")
        if len(content) > _LARGEST or any(one.reason not in LASTING for one in scan.undecided):
            return
        sealed = self.sealer.seal(content, _about(scan.fingerprint, edition))
        with self.store.transaction():
            self.store.files.keep(scan.fingerprint, edition, sealed, self.clock.now())
            self.forget()

    def forget(self) -> None:
        """Erases results that are old, and the oldest of too many."""
        self.store.files.forget(self.clock.now() - KEPT, MOST)


def _about(fingerprint: str, edition: str) -> str:
    return json.dumps(["file", fingerprint, edition])


def edition_of(rulebook: Rulebook) -> str:
    """Names this version of the program with what it looks for and how far it reads."""
    reader = f"{version('raazdar')} {LIMITS!r} {'with' if reads_urdu() else 'without'} Urdu"
    return sha256(f"{reader} {rulebook!r}".encode()).hexdigest()
