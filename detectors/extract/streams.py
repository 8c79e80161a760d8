"""The file system in a file of Office before 2007: streams in storages, each looked at before it is read."""

from typing import Any

import olefile

from detectors.extract import reasons
from detectors.extract.reading import Reading, Unreadable


class Streams:
    """The streams below one storage, by their paths from there. Case does not count in names."""

    def __init__(self, file: "olefile.OleFileIO[Any]", reading: Reading, folder: str = "") -> None:
        self._file = file
        self._reading = reading
        self._folder = folder
        every = ["/".join(path) for path in file.listdir()]
        self.paths = [path[len(folder) :] for path in every if path.startswith(folder)]
        self._own = {path.casefold(): path for path in self.paths}

    def below(self, folder: str) -> "Streams":
        """The streams of the storage `folder`, which is told with a slash at its end."""
        return Streams(self._file, self._reading, self._folder + folder)

    @property
    def folders(self) -> list[str]:
        """The storages directly in this one, in the order of their names."""
        return sorted({path.split("/")[0] + "/" for path in self.paths if "/" in path})

    def has(self, path: str) -> bool:
        return path.casefold() in self._own

    def content(self, path: str) -> bytes:
        """What a stream holds. Raises Unreadable."""
        own = self._folder + self._own[path.casefold()]
        size = self._file.get_size(own)
        self._reading.unpack(size)
        content = bytes(self._file.openstream(own).read())
        if len(content) < size:
            raise Unreadable(reasons.BROKEN)
        return content
