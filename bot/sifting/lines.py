"""JSON lines in, JSON lines out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from bot.errors import InputError
from bot.lines import author_of, read_line
from bot.model import Chat, Severity
from bot.policy import Policy
from bot.runs import CHATTERS, Runs
from bot.scanning import Detectors
from bot.sifting.incoming import STANDARD_INPUT, Line
from bot.sifting.judge import Judge
from bot.sifting.results import written
from bot.sifting.status import BAD, CLEAN, FOUND

Answer = tuple[int, bytes, str]
"""The exit status that it calls for, what goes to standard output, and what to standard error."""

_PLACES = 64
"""Many more than processors, so that they share them evenly, and always as many: what is remembered of an
author may not depend on how many processes there are."""


@dataclass(frozen=True, slots=True)
class LineTask:
    """Judges each line as a message. `runs` is what authors said last, by their places."""

    detectors: Callable[[], Detectors]
    policy: Policy
    chat: Chat
    chats: Sequence[Chat]
    show_text: bool
    runs: Sequence[Runs] = field(
        default_factory=lambda: tuple(Runs(CHATTERS // _PLACES) for _ in range(_PLACES))
    )

    def begin(self) -> Callable[[Line], Answer]:
        judge = Judge(self.policy, self.detectors(), self.chat, self.chats)

        def answer(line: Line) -> Answer:
            return self._answer(judge, line)

        return answer

    def lost(self, job: Line) -> Answer:
        if isinstance(job, InputError):
            return BAD, b"", f"raazdar: {job}"
        return BAD, b"", _told(*job[:2], "could not be judged (its process ended); please report this")

    def _answer(self, judge: Judge, line: Line) -> Answer:
        if isinstance(line, InputError):
            return BAD, b"", f"raazdar: {line}"
        path, number, content = line
        try:
            read = read_line(content, number)
            runs = self.runs[_place(read.message.ref.chat, read.message.author.id)]
            scanned, decision = judge.message(read.message, runs)
        except InputError as error:
            return BAD, b"", _told(path, number, str(error))
        except Exception as error:  # noqa: BLE001 - one line that breaks must not stop the others
            return (
                BAD,
                b"",
                _told(path, number, f"could not be judged ({type(error).__name__}); please report this"),
            )
        status = CLEAN if decision.severity is Severity.NONE else FOUND
        return status, written(read.id, scanned, decision, self.show_text), ""


def place_of(line: Line) -> int | None:
    """Where a line is to be judged, so that all of one author in one chat are judged in one place."""
    if isinstance(line, InputError):
        return None
    chat, author = author_of(line[2])
    return _place(chat, author) if author else None


def _place(chat: str, author: str) -> int:
    return crc32(f"{chat}\0{author}".encode("utf-8", "surrogatepass")) % _PLACES


def _told(path: str, number: int, what: str) -> str:
    where = "standard input" if path == STANDARD_INPUT else path
    return f"{where}: line {number}: {what}"
