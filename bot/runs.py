"""Remembers what each author has just said in each chat, so that a text sent in pieces is judged whole."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Message

WITHIN = timedelta(minutes=3)
"""How long after one message the next one of its author still belongs to the same run."""

LONGEST_RUN = 12
LONGEST_TEXT = 8_000
CHATTERS = 10_000


@dataclass(frozen=True, slots=True)
class Run:
    """The texts around a message in its author's run, each in the order in which they were sent."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


_NO_RUN = Run()


@dataclass(frozen=True, slots=True)
class _Said:
    at: datetime
    id: str
    text: str


class Runs:
    """Consecutive texts by author and chat, kept in memory only and bounded in every direction.

    `most` is how many authors are remembered at a time.
    """

    def __init__(self, most: int = CHATTERS) -> None:
        self._most = most
        self._runs: OrderedDict[tuple[str, str, str], tuple[_Said, ...]] = OrderedDict()

    def around(self, message: Message) -> Run:
        """What its author said shortly before `message` and, where it is an edit, after it."""
        if message.sent_at is None or not message.author.id:
            return Run()
        near = self._near(message, message.sent_at)
        if not near:
            return _NO_RUN
        others = [said for said in near if said.id != message.ref.id]
        return Run(
            tuple(said.text for said in others if said.at <= message.sent_at),
            tuple(said.text for said in others if said.at > message.sent_at),
        )

    def heard(self, message: Message, *, is_told: bool) -> None:
        """Takes the message up into its run; ends the run where what it gave away has been told."""
        key = _key(message)
        if is_told:
            self._runs.pop(key, None)
            return
        if message.sent_at is None or not message.author.id:
            return
        said = _Said(message.sent_at, message.ref.id, message.text)
        known = self._runs.get(key)
        run = _continued(known, said) if known else (said,)
        if not run:
            return
        while run and sum([len(one.text) for one in run]) > LONGEST_TEXT:
            run = run[1:]
        self._runs[key] = run
        self._runs.move_to_end(key)
        self._sweep(message.sent_at)

    def _near(self, message: Message, at: datetime) -> tuple[_Said, ...]:
        run = self._runs.get(_key(message), ())
        return run if run and run[0].at - WITHIN <= at <= run[-1].at + WITHIN else ()

    def _sweep(self, now: datetime) -> None:
        """Forgets runs that are over, the longest unheard first."""
        while self._runs:
            key, run = next(iter(self._runs.items()))
            if len(self._runs) <= self._most and run and now - run[-1].at <= WITHIN:
                return
            del self._runs[key]


def _continued(run: tuple[_Said, ...], said: _Said) -> tuple[_Said, ...]:
    """The run with what was said last, or said anew; nothing where that is older than the run."""
    kept = [one for one in run if one.id != said.id]
    newest = max((one.at for one in kept), default=said.at)
    if newest - said.at > WITHIN:
        return ()
    if said.at - newest > WITHIN:
        kept = []
    return tuple(sorted([*kept, said], key=lambda one: one.at)[-LONGEST_RUN:])


def _key(message: Message) -> tuple[str, str, str]:
    return message.ref.platform, message.ref.chat, message.author.id
