"""Remembers what each author has just said in each chat, so that a text sent in pieces is judged whole."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Message

WITHIN = timedelta(minutes=3)
"""How long after one message the next one of its author still belongs to the same run."""

LONGEST_RUN = 12
LONGEST_TEXT = 8_000
_CHATTERS = 10_000


@dataclass(frozen=True, slots=True)
class _Said:
    id: str
    at: datetime
    text: str


class Runs:
    """Consecutive texts by author and chat, kept in memory only and bounded in every direction."""

    def __init__(self) -> None:
        self._runs: OrderedDict[tuple[str, str, str], tuple[_Said, ...]] = OrderedDict()

    def before(self, message: Message) -> Sequence[str]:
        """The texts that come before `message` in its run, oldest first; none where no time is known."""
        if message.sent_at is None or not message.author.id:
            return ()
        return [said.text for said in self._run(message, message.sent_at)]

    def add(self, message: Message) -> None:
        """Makes `message` the newest of its run."""
        if message.sent_at is None or not message.author.id:
            return
        said = _Said(message.ref.id, message.sent_at, message.text)
        run = (*self._run(message, message.sent_at), said)[-LONGEST_RUN:]
        while sum(len(said.text) for said in run) > LONGEST_TEXT:
            run = run[1:]
        self._runs[_key(message)] = run
        self._runs.move_to_end(_key(message))
        if len(self._runs) > _CHATTERS:
            self._runs.popitem(last=False)

    def forget(self, message: Message) -> None:
        """Ends the author's run, because what it gave away has been told."""
        self._runs.pop(_key(message), None)

    def _run(self, message: Message, at: datetime) -> tuple[_Said, ...]:
        run = self._runs.get(_key(message), ())
        if run and abs(at - run[-1].at) > WITHIN:
            return ()
        return tuple(said for said in run if said.id != message.ref.id)


def _key(message: Message) -> tuple[str, str, str]:
    return message.ref.platform, message.ref.chat, message.author.id
