"""The doctor on a real folder, beside a bot and without one. It leaves everything as it was."""

import hashlib
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.codec import about, event_bytes
from bot.config.loading import Configuration, load_configuration
from bot.doctor import examine
from bot.errors import StoreError
from bot.model import ChatRef, Check, Gap, Message, MessageRef, Person
from bot.ports import AuditEntry
from bot.seal import make_key_file, read_key_file
from bot.store import open_store
from bot.store.database import Ownership, Purpose
from bot.store.looking import looking_at, owner
from bot.wiring import open_sealed_store

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
MESSAGE = Message(MessageRef("local", "budget-wing", "m1"), Person("amina", "Amina"), "SECRET plans")


@pytest.fixture(scope="module")
def defaults() -> Configuration:
    return load_configuration()


@pytest.fixture
def configuration(defaults: Configuration, tmp_path: Path) -> Configuration:
    settings = defaults.settings
    data = tmp_path / "var"
    return replace(
        defaults,
        settings=replace(
            settings,
            store=replace(settings.store, url=f"sqlite:///{data}/raazdar.db"),
            seal=replace(settings.seal, key_file=f"{data}/seal.key"),
            console=replace(settings.console, listen="127.0.0.1:0"),
        ),
    )


def states(checks: Sequence[Check]) -> Mapping[str, str]:
    return {check.subject: check.state.value for check in checks}


def found(checks: Sequence[Check], subject: str) -> str:
    return next(check.found for check in checks if check.subject == subject)


def everything(folder: Path) -> Mapping[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


async def test_before_the_first_start_nothing_is_bad_and_nothing_is_made(
    configuration: Configuration, tmp_path: Path
) -> None:
    checks = await examine(configuration, NOW)
    assert "bad" not in states(checks).values()
    assert not everything(tmp_path)
    assert not (tmp_path / "var").exists()


async def test_after_a_stop_everything_stays_as_it_was(configuration: Configuration, tmp_path: Path) -> None:
    store, sealer = open_sealed_store(configuration)
    store.inbox.add(about(MESSAGE), sealer.seal(event_bytes(MESSAGE), about(MESSAGE)), NOW)
    store.inbox.put_aside(store.inbox.waiting(1)[0].number, "ValueError")
    store.inbox.add("later", sealer.seal(b"x", "later"), NOW)
    store.gaps.add(Gap(ChatRef("local", "budget-wing"), NOW - timedelta(days=1), "m9", "away"), is_told=True)
    store.close()
    Database(tmp_path / "var" / "discord.db").execute("create table t (x)").connection.close()
    before = everything(tmp_path)
    checks = await examine(configuration, NOW)
    assert everything(tmp_path) == before
    assert states(checks) == states(checks) | {
        "bot": "doubtful",
        "key": "good",
        "database": "good",
        "inbox": "doubtful",
        "put aside": "doubtful",
        "outbox": "good",
        "permissions": "good",
        "gaps": "doubtful",
        "clock": "good",
    }
    assert "SECRET" not in str(checks)


async def test_a_bot_that_runs_is_left_alone(configuration: Configuration, tmp_path: Path) -> None:
    url = configuration.settings.store.url
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listen = f"127.0.0.1:{listener.getsockname()[1]}"
        settings = configuration.settings
        served = replace(settings, console=replace(settings.console, listen=listen))
        ownership = Ownership(url, Purpose.REAL)
        store, _ = open_sealed_store(configuration)
        with store.transaction():
            store.audit.append(AuditEntry(NOW, "bot", "started", "it"))
        checks = await examine(replace(configuration, settings=served), NOW)
        assert owner(url) == os.getpid(), "it still owns the database"
        with store.transaction():
            store.audit.append(AuditEntry(NOW, "bot", "goes on", "it"))
        store.close()
        ownership.give_up()
    assert owner(url) is None
    assert states(checks) == states(checks) | {"bot": "good", "console": "good", "database": "good"}
    assert f"process {os.getpid()}" in found(checks, "bot")


async def test_a_clock_that_went_back_is_noticed(configuration: Configuration) -> None:
    store, _ = open_sealed_store(configuration)
    store.audit.append(AuditEntry(NOW, "bot", "started", "it"))
    store.close()
    assert states(await examine(configuration, NOW - timedelta(days=1)))["clock"] == "bad"


async def test_another_key_is_noticed(configuration: Configuration, tmp_path: Path) -> None:
    store, sealer = open_sealed_store(configuration)
    store.inbox.add("it", sealer.seal(b"x", "it"), NOW)
    store.close()
    assert states(await examine(configuration, NOW))["key"] == "good"
    key_file = tmp_path / "var" / "seal.key"
    key_file.unlink()
    assert states(await examine(configuration, NOW))["key"] == "bad"
    make_key_file(key_file)
    assert states(await examine(configuration, NOW))["key"] == "bad"
    key_file.chmod(0o644)
    checks = await examine(configuration, NOW)
    assert "chmod 600" in found(checks, "key")


async def test_a_database_of_another_time_is_told_and_not_migrated(
    configuration: Configuration, tmp_path: Path
) -> None:
    store, _ = open_sealed_store(configuration)
    store.close()
    db = Database(tmp_path / "var" / "raazdar.db")
    [newest] = list(db.query("select name from _sqlite_migrations order by id desc limit 1"))
    with db.atomic():
        db.execute("delete from _sqlite_migrations where name = ?", [newest["name"]])
    db.close()
    before = everything(tmp_path)
    checks = await examine(configuration, NOW)
    assert states(checks)["database"] == "doubtful"
    assert newest["name"] in found(checks, "database")
    assert everything(tmp_path) == before
    db = Database(tmp_path / "var" / "raazdar.db")
    with db.atomic():
        db.execute("update _sqlite_migrations set name = 'm999_future' where id = 1")
    db.close()
    checks = await examine(configuration, NOW)
    assert states(checks)["database"] == "bad"
    assert "m999_future" in found(checks, "database")


async def test_a_torn_database_is_told(configuration: Configuration, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "raazdar.db").write_bytes(b"SQLite format 3\x00" + b"torn" * 100)
    make_key_file(tmp_path / "var" / "seal.key")
    checks = await examine(configuration, NOW)
    assert states(checks)["database"] == "bad"
    assert "can't be read" in found(checks, "database")


def test_what_a_crash_left_in_the_log_is_read(configuration: Configuration, tmp_path: Path) -> None:
    store, _ = open_sealed_store(configuration)
    store.audit.append(AuditEntry(NOW, "bot", "started", "it"))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in (tmp_path / "var").glob("raazdar.db*"):
        (crashed / path.name).write_bytes(path.read_bytes())
    store.close()
    with looking_at(f"sqlite:///{crashed}/raazdar.db") as look:
        assert look.newest_record() == NOW


def test_nothing_can_be_written_while_looking(configuration: Configuration) -> None:
    open_sealed_store(configuration)[0].close()
    url = configuration.settings.store.url
    with pytest.raises(StoreError, match="readonly"), looking_at(url) as look:
        look.store.audit.append(AuditEntry(NOW, "doctor", "wrote", "it"))
    assert not open_store(url, create=False).audit.entries()
    assert read_key_file(Path(configuration.settings.seal.key_file))
