"""The process that reads one file: `python -m detectors.extract.worker`.

On standard input comes a line of JSON that says how the file is labelled, how large it is and what limits
hold, and then the file. On standard output go lines of JSON: what is begun, every part, whatever is
undecided, and `end`. Nothing is written anywhere else.
"""

import json
import sys
from dataclasses import astuple
from typing import Any, BinaryIO

from detectors.extract.confinement import confine
from detectors.extract.kinds import Kind
from detectors.extract.limits import Limits
from detectors.extract.reading import Reading
from detectors.finding import Part, Picture, Undecided


def main() -> None:
    """Reads one file, under its limits from the first byte on."""
    order = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**order["limits"])
    confine(limits)
    # What is imported from here on is the readers, which need their limits as much as their input does.
    from detectors.extract.readers import reader_of

    content = sys.stdin.buffer.read(order["size"])
    out = sys.stdout.buffer
    Reading(limits, _Telling(out).tell, reader_of, _Telling(out).begin).whole(content, order["label"])
    _write(out, {"end": True})


class _Telling:
    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def tell(self, what: Part | Undecided | Picture) -> None:
        if isinstance(what, Part):
            lines = [(one.span.start, one.span.end, *astuple(one.box)) for one in what.lines]
            _write(
                self._out,
                {"part": what.name, "text": what.text, "place": what.place.value}
                | ({"lines": lines} if lines else {}),
            )
        elif isinstance(what, Picture):
            _write(self._out, {"part": what.part, "prints": what.prints})
        else:
            _write(self._out, {"part": what.part, "reason": what.reason})

    def begin(self, label: str, kind: Kind) -> None:
        _write(self._out, {"begin": label, "kind": kind.value})


def _write(out: BinaryIO, line: dict[str, Any]) -> None:
    # ASCII, so that even half a surrogate pair from a broken file gets through.
    out.write(json.dumps(line).encode("ascii") + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
