"""What is thought of the database, its key, and what lies in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards import MAY_NOT_ACT
from bot.model import Case, ChatRef, Check, CheckState, Gap, Mode

RECENT = timedelta(days=7)
LONG = timedelta(minutes=10)
"""How long something may wait while the bot runs before that is worth a look."""


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What was found of the database's file. `trouble` is why it can't be read."""

    path: str
    is_there: bool
    is_writable: bool
    pending: Sequence[str] = ()
    newer: Sequence[str] = ()
    trouble: str = ""


def database(facts: DatabaseFacts) -> Check:
    good, doubtful, bad = CheckState.GOOD, CheckState.DOUBTFUL, CheckState.BAD
    path = facts.path
    if not facts.is_there and facts.is_writable:
        return Check("database", good, f"there is none at {path} yet; the first start makes it")
    if not facts.is_writable:
        todo = "give the file and its folder to the user that runs Raazdar"
        return Check("database", bad, f"{path} can't be written", todo)
    if facts.trouble:
        return Check("database", bad, facts.trouble, "restore a copy, or move it away to start anew")
    if facts.newer:
        found = f"{path} was written by a newer Raazdar (it has {', '.join(facts.newer)})"
        return Check("database", bad, found, "update this installation, or restore a copy made before")
    if facts.pending:
        found = f"{path} lacks {', '.join(facts.pending)}, so nothing in it was looked at"
        return Check("database", doubtful, found, "`raazdar db migrate`, or the next start, mends that")
    return Check("database", good, f"{path} is up to date")


def key(path: str, *, is_there: bool, trouble: str, has_database: bool, fits: bool | None) -> Check:
    """`trouble` is why the file can't be used; `fits` whether it opens a seal, None where there is none."""
    if trouble:
        return Check("key", CheckState.BAD, trouble, "until then, nothing can be sealed or opened")
    if not is_there and has_database:
        return Check(
            "key",
            CheckState.BAD,
            f"{path} is missing, and there is a database that was sealed with it",
            "put the key back from your backup, or move the database away to start anew",
        )
    if not is_there:
        return Check("key", CheckState.GOOD, f"there is none at {path} yet; the first start makes it")
    if fits is False:
        return Check(
            "key",
            CheckState.BAD,
            f"{path} is not the key that the database was sealed with",
            "put the right key back from your backup",
        )
    found = "opens what the database has sealed" if fits else "is private; nothing is sealed yet to try it on"
    return Check("key", CheckState.GOOD, f"{path} {found}")


def running(process: int | None, purpose: str, *, is_there: bool) -> Check:
    """`purpose` is what the database is for, as its lock file says."""
    if purpose and purpose != "real chats":
        found = f"the database is for {purpose}, and `raazdar run` refuses it"
        return Check("bot", CheckState.BAD, found, "use another folder for real chats")
    if process is not None:
        return Check("bot", CheckState.GOOD, f"is running, as process {process}")
    if not is_there:
        return Check("bot", CheckState.GOOD, "was never started yet")
    return Check("bot", CheckState.DOUBTFUL, "is not running", "start it with `raazdar run`")


def waiting(subject: str, count: int, oldest: datetime | None, now: datetime, *, is_running: bool) -> Check:
    """`subject` is the inbox or the outbox; `oldest` since when its oldest entry has waited."""
    if not count or oldest is None:
        return Check(subject, CheckState.GOOD, "nothing waits")
    found = f"{_entries(count)} waiting, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
    if not is_running:
        return Check(subject, CheckState.DOUBTFUL, found, "`raazdar run` goes on with it")
    if now - oldest <= LONG:
        return Check(subject, CheckState.GOOD, found)
    todo = "look at the platforms below and at the log: something can't be done and is tried again"
    return Check(subject, CheckState.DOUBTFUL, found, todo)


def aside(counts: Mapping[str, int]) -> Check:
    count = counts.get("aside", 0)
    if not count:
        return Check("put aside", CheckState.GOOD, "nothing")
    return Check(
        "put aside",
        CheckState.DOUBTFUL,
        f"{_entries(count)} could not be judged and stayed sealed",
        "the log and the audit log say which and why; report what is a mistake of Raazdar's",
    )


def permissions(cases: Iterable[Case]) -> Sequence[Check]:
    """A line for each open case about something that the bot was not permitted to do."""
    lacking = sorted((case for case in cases if case.rule == MAY_NOT_ACT), key=lambda case: case.number)
    if not lacking:
        return [Check("permissions", CheckState.GOOD, "the bot was not refused anything that is open still")]
    todo = "give the permission; the case is closed once it works"
    return [
        Check(f"case {case.number}", CheckState.BAD, f"{case.chat_name}: {case.why}", todo)
        for case in lacking
    ]


def gaps(found: Iterable[Gap], names: Mapping[ChatRef, str], now: datetime) -> Check:
    """`names` are those of the chats that the configuration lists."""
    recent = Counter(gap.chat for gap in found if now - gap.at <= RECENT)
    if not recent:
        return Check("gaps", CheckState.GOOD, f"none in the last {RECENT.days} days")
    chats = ", ".join(
        f"{names.get(chat, f'{chat.platform} {chat.id}')} ({count})" for chat, count in recent.items()
    )
    return Check(
        "gaps",
        CheckState.DOUBTFUL,
        f"messages of the last {RECENT.days} days that nobody looked at: {chats}",
        "let somebody who was in the chat look through what was written there",
    )


def chats(count: int, unknown: Mode) -> Check:
    """How many chats are listed, and how one is treated that is not."""
    found = f"{count} listed; one that is not is at {unknown}"
    if count:
        return Check("chats", CheckState.GOOD, found)
    return Check("chats", CheckState.DOUBTFUL, found, "name the official chats under chats: in raazdar.yaml")


def _entries(count: int) -> str:
    return "one entry" if count == 1 else f"{count} entries"
