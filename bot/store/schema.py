"""The tables, as migrations that are applied in order, each whole or not at all.

Times are ISO 8601 text in UTC, which sorts as time does. Columns called `sealed` hold encrypted bytes.
"""

from typing import cast

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

migrations = Migrations("raazdar")


@migrations()
def m001_inbox(db: Database) -> None:
    _table(db, "inbox").create(
        {"number": int, "about": str, "sealed": bytes, "received_at": str, "state": str, "why": str},
        pk="number",
        not_null={"about", "received_at", "state"},
    )
    _table(db, "inbox").create_index(["about"], unique=True)
    _table(db, "inbox").create_index(["state", "number"])


@migrations()
def m002_decisions(db: Database) -> None:
    _table(db, "decisions").create(
        {
            "number": int,
            "platform": str,
            "chat": str,
            "message": str,
            "revision": int,
            "chat_name": str,
            "author": str,
            "author_name": str,
            "severity": str,
            "actions": str,
            "rule": str,
            "provision": str,
            "why": str,
            "evidence": str,
            "sealed": bytes,
            "at": str,
            "sent_at": str,
            "is_warned": int,
        },
        pk="number",
    )
    _table(db, "decisions").create_index(["platform", "chat", "message", "revision"], unique=True)
    _table(db, "decisions").create_index(["platform", "chat", "author", "at"])


@migrations()
def m003_cases(db: Database) -> None:
    _table(db, "cases").create(
        {
            "number": int,
            "platform": str,
            "chat": str,
            "message": str,
            "chat_name": str,
            "author": str,
            "author_name": str,
            "severity": str,
            "status": str,
            "outcome": str,
            "owner": str,
            "claim": str,
            "rule": str,
            "provision": str,
            "why": str,
            "evidence": str,
            "opened_at": str,
            "updated_at": str,
        },
        pk="number",
    )
    _table(db, "cases").create_index(["platform", "chat", "message"], unique=True)
    _table(db, "cases").create_index(["status", "opened_at"])
    _table(db, "case_events").create(
        {"number": int, "case_number": int, "at": str, "actor": str, "what": str},
        pk="number",
        foreign_keys=[("case_number", "cases", "number")],
    )
    _table(db, "case_events").create_index(["case_number"])


@migrations()
def m004_outbox(db: Database) -> None:
    _table(db, "outbox").create(
        {
            "number": int,
            "key": str,
            "platform": str,
            "chat": str,
            "message": str,
            "planned": str,
            "state": str,
            "attempts": int,
            "by": str,
            "planned_at": str,
            "due": str,
            "result": str,
        },
        pk="number",
        not_null={"key", "planned", "state", "due"},
    )
    _table(db, "outbox").create_index(["key"], unique=True)
    _table(db, "outbox").create_index(["state", "due"])
    _table(db, "outbox").create_index(["platform", "chat", "message"])


@migrations()
def m005_audit(db: Database) -> None:
    _table(db, "audit").create(
        {"number": int, "at": str, "actor": str, "act": str, "subject": str, "details": str, "hash": str},
        pk="number",
        not_null={"at", "actor", "act", "subject", "hash"},
    )


@migrations()
def m006_accounts(db: Database) -> None:
    _table(db, "accounts").create({"name": str, "password_hash": str}, pk="name")
    _table(db, "sessions").create(
        {"token_hash": str, "name": str, "until": str},
        pk="token_hash",
        foreign_keys=[("name", "accounts", "name")],
    )


@migrations()
def m007_runs(db: Database) -> None:
    _table(db, "runs").create(
        {"number": int, "about": str, "sealed": bytes, "is_told": int, "at": str},
        pk="number",
        not_null={"about", "sealed", "is_told", "at"},
    )
    _table(db, "runs").create_index(["about"], unique=True)
    _table(db, "runs").create_index(["at"])


@migrations()
def m008_moderating(db: Database) -> None:
    db.execute("alter table cases add column tier integer not null default 0")
    _table(db, "cases").create_index(["platform", "author", "updated_at"])
    db.execute("alter table outbox add column actor text not null default ''")
    db.execute("update outbox set actor = platform")
    db.execute("alter table outbox add column can_wait integer not null default 0")
    _table(db, "outbox").create_index(["actor", "state", "due"])
    _table(db, "modes").create({"platform": str, "chat": str, "mode": str}, pk=("platform", "chat"))
    _table(db, "languages").create(
        {"platform": str, "person": str, "language": str}, pk=("platform", "person")
    )
    _table(db, "gaps").create(
        {
            "number": int,
            "platform": str,
            "chat": str,
            "at": str,
            "before": str,
            "why": str,
            "missing": int,
            "is_told": int,
        },
        pk="number",
    )
    _table(db, "gaps").create_index(["platform", "chat", "at"])
    _table(db, "decisions").create_index(["platform", "author"])


@migrations()
def m009_lanes(db: Database) -> None:
    db.execute("alter table inbox add column lane text not null default 'quick'")
    db.execute("alter table inbox add column subject text not null default ''")
    _table(db, "inbox").create_index(["state", "lane", "number"])
    _table(db, "inbox").create_index(["subject", "state", "number"])


@migrations()
def m010_files(db: Database) -> None:
    _table(db, "files").create(
        {"fingerprint": str, "edition": str, "sealed": bytes, "at": str},
        pk="fingerprint",
        not_null={"edition", "sealed", "at"},
    )
    _table(db, "files").create_index(["at"])
    db.execute(
        "create table traces (number integer primary key, kind text not null, name text not null,"
        " sealed blob, case_number integer not null references cases(number) on delete cascade)"
    )
    _table(db, "traces").create_index(["kind", "name", "case_number"], unique=True)
    _table(db, "traces").create_index(["case_number"])


def _table(db: Database, name: str) -> Table:
    return cast(Table, db[name])
