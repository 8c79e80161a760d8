"""The chat that is measured: a seed in, always the same messages out, a million in seconds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from benchmarks.speed.chat import message
from benchmarks.speed.leaks import KINDS, deck

BLOCK = 100
"""Messages in which the share to find is exact, so that the first few hundred are as good as all."""

SHARES = (0, 1, 3, 10)
"""Messages in a hundred that have something to find."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A message, and the kind of leak in it; empty where it is clean."""

    text: str
    kind: str = ""


def generated(count: int, share: int, seed: int) -> Iterator[Generated]:
    """So many messages, `share` in each hundred with something to find."""
    random = Random(f"{seed} {share}")  # noqa: S311 - chat by chance, no secret
    kinds: list[str] = []
    for start in range(0, count, BLOCK):
        leaking = frozenset(random.sample(range(BLOCK), share))
        for place in range(min(BLOCK, count - start)):
            if place in leaking:
                kinds = kinds or deck(random)
                kind = kinds.pop()
                yield Generated(KINDS[kind](random), kind)
            else:
                yield Generated(message(random))


def texts(count: int, share: int, seed: int) -> list[str]:
    """The messages alone."""
    return [one.text for one in generated(count, share, seed)]


_CHATS, _MEMBERS = 40, 24
_GOES_ON = 0.3
"""How often somebody sends one more before anybody else says anything."""

_BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


def lines(count: int, share: int, seed: int) -> Iterator[str]:
    """The same as JSON lines for `raazdar scan --jsonl`, in several chats at once, each with its members."""
    random = Random(seed)  # noqa: S311 - chat by chance, no secret
    last = ["member 0"] * _CHATS
    at = _BEGIN
    for number, one in enumerate(generated(count, share, seed), start=1):
        chat = random.randrange(_CHATS)
        if random.random() >= _GOES_ON:
            last[chat] = f"member {random.randrange(_MEMBERS)}"
        at += timedelta(seconds=random.randrange(4))
        yield json.dumps(
            {
                "id": f"m{number}",
                "text": one.text,
                "author": last[chat],
                "chat": f"chat {chat}",
                "sent_at": at.isoformat(),
            },
            ensure_ascii=False,
        )
