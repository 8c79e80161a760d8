"""Pictures that look like one in an earlier case: photographed again, cut, or compressed anew."""

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import SealError
from bot.model import FileScan, MaskedFinding, MessageRef
from bot.ports import Sealer, Store, TracedPicture
from detectors.finding import Picture

KNOWN_PICTURE, PHOTO_POSITION = "KNOWN_PICTURE", "PHOTO_POSITION"

NEAR = 48
"""Bits of 256 in which the prints of two pictures of the same may differ."""

_BITS = 256
_PRINT = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MOST_KNOWN = 5_000
"""Prints that a picture is compared with, the newest."""

_MOST_AT_ONCE = 50
"""Pictures of a message that are compared."""

_log = logging.getLogger("raazdar.pictures")


@dataclass(frozen=True, slots=True)
class KnownPictures:
    """What pictures look like is kept with their case, sealed, as it would tell who knows the picture."""

    store: Store
    sealer: Sealer

    async def found(self, ref: MessageRef, files: Sequence[FileScan]) -> tuple[MaskedFinding, ...]:
        """A finding for each picture of a message that looks like one in the case of another message."""
        pictures = [picture for file in files for picture in file.pictures][:_MOST_AT_ONCE]
        if not pictures:
            return ()
        known = self.store.traces.pictures(ref, _MOST_KNOWN)
        return await asyncio.to_thread(self._found, pictures, known)

    def keep(self, case: int, files: Sequence[FileScan]) -> None:
        """Remembers what those pictures look like in which something was found that the case is about."""
        prints = {
            one
            for file in files
            for picture in file.pictures
            if any(_is_on(finding, picture) for finding in file.findings)
            for one in picture.prints
        }
        named = {self.sealer.fingerprint(one.encode()): one for one in sorted(prints)}
        sealed = {name: self.sealer.seal(one.encode(), _about(name)) for name, one in named.items()}
        self.store.traces.keep_pictures(case, sealed)

    def _found(
        self, pictures: Sequence[Picture], traced: Sequence[TracedPicture]
    ) -> tuple[MaskedFinding, ...]:
        known = [(one.case, bits) for one in traced if (bits := self._unsealed(one)) is not None]
        nearest = [(picture, *_nearest(picture, known)) for picture in pictures]
        return tuple(
            MaskedFinding(
                entity=KNOWN_PICTURE,
                part=picture.part,
                start=0,
                end=0,
                score=round(1 - distance / _BITS, 2),
                recognizer="KnownPictures",
                masked="",
                attributes=(("bits", distance), ("case", case)),
            )
            for picture, distance, case in nearest
            if distance <= NEAR
        )

    def _unsealed(self, one: TracedPicture) -> int | None:
        try:
            return bits_of(self.sealer.unseal(one.sealed, _about(one.name)).decode("ascii"))
        except SealError:
            _log.warning("what a picture of case %d looks like can't be unsealed", one.case)
            return None


def bits_of(print_: str) -> int | None:
    """A print as a number; None for what is no print."""
    return int(print_, 16) if _PRINT.fullmatch(print_) else None


def _is_on(finding: MaskedFinding, picture: Picture) -> bool:
    """Whether it was read off the picture. Where a photograph was taken is nothing that it shows."""
    is_there = finding.part == picture.part or finding.part.startswith(f"{picture.part} / ")
    return is_there and finding.entity != PHOTO_POSITION


def _nearest(picture: Picture, known: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """In how many bits the known print that is most like one of the picture's differs, and its case."""
    own = [bits for print_ in picture.prints if (bits := bits_of(print_)) is not None]
    distances = (((one ^ other).bit_count(), case) for one in own for case, other in known)
    return min(distances, default=(_BITS, 0))


def _about(name: str) -> str:
    return f"picture {name}"
