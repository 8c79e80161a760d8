"""Looks at everything, and asks what is thought of it."""

import errno
import os
import shutil
import socket
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.codec import about
from bot.config.loading import Configuration
from bot.config.settings import ConsoleSettings
from bot.doctor import machine, records
from bot.doctor.platforms import build_platforms, copy_memories, examine_platforms
from bot.errors import RaazdarError, SealError, StoreError
from bot.model import Check, Message, Person, Status
from bot.places import store_path
from bot.ports import Lane, Sealer, Store
from bot.seal import read_key_file
from bot.store.looking import Look, looking_at, owner, purpose_of
from detectors.extract.tessdata import reads_urdu

_MOST_GAPS = 1000


async def examine(configuration: Configuration, now: datetime) -> Sequence[Check]:
    """All the checks there are, in the order in which they are read best."""
    local = _on_this_machine(configuration, now)
    with tempfile.TemporaryDirectory(prefix="raazdar-doctor-") as elsewhere:
        copy_memories(configuration, Path(elsewhere))
        return [*local, *await examine_platforms(build_platforms(configuration, Path(elsewhere)))]


def _on_this_machine(configuration: Configuration, now: datetime) -> Sequence[Check]:
    settings = configuration.settings
    path, key_file = store_path(settings.store.url), Path(settings.seal.key_file)
    process = owner(settings.store.url)
    is_running = process is not None
    sealer, trouble = _key(key_file)
    read = _read(configuration, sealer, now, is_running=is_running)
    return [
        records.chats(len(settings.chats), settings.unknown_chats),
        records.running(process, purpose_of(settings.store.url), is_there=path.exists()),
        _console(settings.console, is_running=is_running),
        machine.disk(str(path.parent), _free(path.parent)),
        machine.clock(now, read.newest),
        machine.scripts(reads_urdu=reads_urdu()),
        records.key(
            str(key_file),
            is_there=key_file.exists(),
            trouble=trouble,
            has_database=path.exists(),
            fits=read.fits,
        ),
        records.database(read.facts),
        *read.checks,
    ]


@dataclass(frozen=True, slots=True)
class _Read:
    """What a database says of itself. `newest` is its last record's time, `fits` whether the key does."""

    facts: records.DatabaseFacts
    newest: datetime | None = None
    fits: bool | None = None
    checks: Sequence[Check] = ()


def _read(configuration: Configuration, sealer: Sealer | None, now: datetime, *, is_running: bool) -> _Read:
    url = configuration.settings.store.url
    path = store_path(url)
    facts = records.DatabaseFacts(str(path), is_there=path.exists(), is_writable=_is_writable(path))
    if not facts.is_there:
        return _Read(facts)
    try:
        with looking_at(url) as look:
            if look.pending or look.newer:
                return _Read(replace(facts, pending=look.pending, newer=look.newer))
            return _Read(
                facts,
                newest=look.newest_record(),
                fits=_fits(look.store, sealer) if sealer else None,
                checks=_inside(configuration, look, now, is_running=is_running),
            )
    except StoreError as error:
        return _Read(replace(facts, trouble=str(error)))


def _inside(configuration: Configuration, look: Look, now: datetime, *, is_running: bool) -> Sequence[Check]:
    store = look.store
    inbox = store.inbox.counts()
    names = {chat.ref: chat.name for chat in configuration.settings.listed()}
    return [
        records.waiting("inbox", inbox["waiting"], look.oldest_event(), now, is_running=is_running),
        records.aside(inbox),
        records.waiting("outbox", store.outbox.waiting(), look.oldest_action(), now, is_running=is_running),
        *records.permissions(store.cases.list((Status.OPEN, Status.ACKNOWLEDGED))),
        records.gaps(store.gaps.list(_MOST_GAPS), names, now),
    ]


def _key(path: Path) -> tuple[Sealer | None, str]:
    """The key, if it is there, or why it can't be used."""
    if not path.exists():
        return None, ""
    try:
        return read_key_file(path), ""
    except SealError as error:
        return None, str(error)


def _fits(store: Store, sealer: Sealer) -> bool | None:
    """Whether the key opens something that was sealed; None where nothing is."""
    for name, sealed in _sealed(store):
        try:
            sealer.unseal(sealed, name)
        except RaazdarError:
            return False
        return True
    return None


def _sealed(store: Store) -> Sequence[tuple[str, bytes]]:
    """Something that is sealed, and what it is about; the newest first."""
    waiting = store.inbox.waiting(1) or store.inbox.waiting(1, Lane.SLOW)
    if waiting:
        return [(waiting[0].about, waiting[0].sealed)]
    for case in store.cases.list():
        for revision, sealed in store.decisions.sealed(case.ref):
            return [(about(Message(case.ref, Person(""), "", revision=revision)), sealed)]
    return [(entry.about, entry.sealed) for entry in store.runs.kept()]


def _is_writable(path: Path) -> bool:
    """Whether the database, and the files that SQLite makes beside it, can be written."""
    if path.exists() and not os.access(path, os.W_OK):
        return False
    return os.access(_nearest(path.parent), os.W_OK | os.X_OK)


def _free(folder: Path) -> int | None:
    with suppress(OSError):
        return shutil.disk_usage(_nearest(folder)).free
    return None


def _nearest(folder: Path) -> Path:
    """The folder, or where it is not there yet, the one in which it would be made."""
    folder = folder.absolute()
    return next(one for one in (folder, *folder.parents) if one.exists())


def _console(settings: ConsoleSettings, *, is_running: bool) -> Check:
    """Asks for the address without listening there, so that whoever starts meanwhile gets it all the same."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    number, trouble = 0, None
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            number, trouble = error.errno or 0, error.strerror or str(error)
    is_in_use = number == errno.EADDRINUSE
    return machine.console(settings.listen, trouble, is_in_use=is_in_use, is_running=is_running)
