import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.errors import StoreError
from bot.ports import AuditEntry
from bot.store.database import migrate, open_store
from bot.store.schema import migrations
from tests.fakes.clock import START


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_new_database_is_in_write_ahead_mode(tmp_path: Path) -> None:
    open_store(url(tmp_path / "new" / "r.db"), create=True)
    mode = sqlite3.connect(tmp_path / "new" / "r.db").execute("pragma journal_mode").fetchone()
    assert mode == ("wal",)


def test_opening_applies_what_is_missing_once(tmp_path: Path) -> None:
    first = open_store(url(tmp_path / "r.db"), create=True)
    assert first.applied[0] == "m001_inbox"
    first.close()
    assert open_store(url(tmp_path / "r.db"), create=False).applied == ()


def test_a_migration_that_stops_midway_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    db = Database(path)
    migrations.apply(db, stop_before="m004_outbox")
    db.execute("create table outbox (in_the_way text)")
    with pytest.raises(StoreError, match="can't be used"):
        open_store(url(path), create=False)
    assert "m004_outbox" in [migration.name for migration in migrations.pending(db)]
    db.execute("drop table outbox")
    assert migrate(db, path)[0] == "m004_outbox"


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    open_store(url(path), create=True).close()
    db = Database(path)
    db["_sqlite_migrations"].insert(  # type: ignore[union-attr]
        {"id": 99, "migration_set": "raazdar", "name": "m999_future", "applied_at": "2030"}
    )
    with pytest.raises(StoreError, match="newer Raazdar .*m999_future"):
        open_store(url(path), create=False)


def test_a_missing_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no database at"):
        open_store(url(tmp_path / "none.db"), create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "r.db").write_text("this is a shopping list, and not a short one " * 20)
    with pytest.raises(StoreError, match="can't be used"):
        open_store(url(tmp_path / "r.db"), create=False)


def test_a_folder_in_place_of_a_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be used"):
        open_store(url(tmp_path), create=True)


def test_a_changed_audit_entry_is_noticed(tmp_path: Path) -> None:
    store = open_store(url(tmp_path / "r.db"), create=True)
    for number in range(4):
        store.audit.append(AuditEntry(START, "a", "did", str(number)))
    raw = sqlite3.connect(tmp_path / "r.db")
    raw.execute("update audit set actor = 'somebody else' where number = 2")
    raw.commit()
    assert store.audit.first_broken() == 2


def test_an_audit_entry_that_was_taken_out_is_noticed(tmp_path: Path) -> None:
    store = open_store(url(tmp_path / "r.db"), create=True)
    for number in range(4):
        store.audit.append(AuditEntry(START, "a", "did", str(number)))
    raw = sqlite3.connect(tmp_path / "r.db")
    raw.execute("delete from audit where number = 3")
    raw.commit()
    assert store.audit.first_broken() == 3


def test_a_finished_entry_s_content_is_gone(tmp_path: Path) -> None:
    store = open_store(url(tmp_path / "r.db"), create=True)
    store.inbox.add("a", b"content", START)
    store.inbox.finish(store.inbox.waiting(1)[0].number)
    raw = sqlite3.connect(tmp_path / "r.db")
    assert raw.execute("select sealed from inbox").fetchone() == (None,)
