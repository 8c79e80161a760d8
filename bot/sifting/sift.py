"""Gets many lines or files judged: by this process while there are few, by several when there are many."""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from bot.sifting.crew import Crew
from bot.sifting.files import FileAnswer, FileTask
from bot.sifting.here import Here
from bot.sifting.incoming import Incoming, Line
from bot.sifting.lines import Answer, LineTask, place_of
from bot.sifting.tasks import Hands

R = TypeVar("R")

_MOMENT = 0.2
"""Seconds after which what has been judged is told."""

_LONG = 3.0
"""Seconds of work after which it is worth it to have others start, who take almost as long for that."""

_PAUSE = 0.01
"""Seconds without a further line after which those that came are judged."""

_BATCH = 256
_AHEAD = 3
"""How often lines are gathered while none of the first ones is judged: bounds what lies in memory."""

_MANY_FILES, _MUCH_OF_FILES = 16, 1 << 16
"""How many there have to be, or how many bytes beside the largest of them."""


def sift_lines(
    task: LineTask, paths: Sequence[str], processes: int
) -> Generator[Sequence[Answer], None, None]:
    """The answers about each line of the files at `paths`, in order and as they come."""
    incoming, here = Incoming(paths), Here(task, _MOMENT)
    hands: Hands[Line, Answer] = here
    is_ready, given = True, 0
    ahead: deque[int] = deque()
    with ExitStack() as stack:
        while True:
            if is_ready:
                gathered = incoming.gather(_PAUSE if hands is here else 0)
                hands.give((place_of(line), line) for line in gathered)
                given += len(gathered)
                ahead.append(given)
            yield tuple(hands.answers())
            if hands is here and processes > 1 and (incoming.is_much or here.busy > _LONG):
                # What was remembered of authors here goes along with the task.
                hands = stack.enter_context(Crew(task, processes, _BATCH))
                here.hand_over(hands)
            while ahead and ahead[0] <= given - hands.pending:
                ahead.popleft()
            if incoming.descriptor is None and not hands.pending:
                return
            has_room = len(ahead) < (1 if hands is here else _AHEAD)
            is_ready = hands.turn(incoming.descriptor if has_room else None)


def sift_files(
    task: FileTask[R], paths: Iterator[str], processes: int
) -> Generator[tuple[Sequence[tuple[str, FileAnswer[R]]], str], None, None]:
    """The answers about the files, in order, each time with the path of the one that comes next."""
    first = tuple(islice(paths, _MANY_FILES))
    rest = chain(first, paths)
    with ExitStack() as stack:
        hands: Hands[str, FileAnswer[R]] = Here(task, 0)
        most = 1
        if processes > 1 and _are_many(first):
            hands, most = stack.enter_context(Crew(task, processes, 1)), _MANY_FILES * processes
        pending: deque[str] = deque()
        while True:
            more = tuple(islice(rest, most - len(pending)))
            hands.give((None, path) for path in more)
            pending.extend(more)
            answers = [(pending.popleft(), answer) for answer in hands.answers()]
            if not answers and not pending:
                return
            yield answers, pending[0] if pending else ""
            hands.turn(None)


def _are_many(paths: Sequence[str]) -> bool:
    """Whether it is worth it to start processes for these files and those that may come after them."""
    sizes = [_size(path) for path in paths]
    return len(paths) == _MANY_FILES or sum(sizes) - max(sizes, default=0) >= _MUCH_OF_FILES


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0
