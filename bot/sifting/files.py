"""Files, each judged by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.errors import InputError
from bot.model import Chat, Decision, Severity
from bot.policy import Policy
from bot.scanning import Detectors, Scanned
from bot.sifting.judge import Judge
from bot.sifting.reading import read_file
from bot.sifting.status import BAD, CLEAN, FOUND

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class FileAnswer(Generic[R]):
    """The exit status that a file calls for, and what is to be shown of it, or what is wrong with it."""

    status: int
    shown: R | None = None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class FileTask(Generic[R]):
    """Judges the files at the paths. `describe` makes of what was found what is to be shown of it."""

    detectors: Callable[[], Detectors]
    policy: Policy
    chat: Chat
    describe: Callable[[Scanned, Decision], R]

    def begin(self) -> Callable[[str], FileAnswer[R]]:
        judge = Judge(self.policy, self.detectors(), self.chat)

        def answer(path: str) -> FileAnswer[R]:
            return self._answer(judge, path)

        return answer

    def lost(self, job: str) -> FileAnswer[R]:
        return FileAnswer(BAD, wrong=f"{job} could not be judged (its process ended); please report this.")

    def _answer(self, judge: Judge, path: str) -> FileAnswer[R]:
        try:
            scanned, decision = judge.file(*read_file(path))
        except InputError as error:
            return FileAnswer(BAD, wrong=str(error))
        except Exception as error:  # noqa: BLE001 - one file that breaks must not stop the others
            what = f"could not be judged ({type(error).__name__}); please report this"
            return FileAnswer(BAD, wrong=f"{path} {what}.")
        status = CLEAN if decision.severity is Severity.NONE else FOUND
        return FileAnswer(status, self.describe(scanned, decision))
