"""Cases and their timelines."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.model import Case, CaseEvent, MessageRef, Outcome, Person, Severity, Status
from bot.ports import Recorded
from bot.store.rows import evidence_text, text_evidence, text_time, time_text

_LARGEST = 2**63 - 1
"""SQLite's largest whole number."""


class SqliteCases:
    def __init__(self, db: Database) -> None:
        self._db = db

    def open(self, recorded: Recorded) -> Case:
        ref, decision, at = recorded.ref, recorded.decision, time_text(recorded.at)
        with self._db.atomic():
            rows = self._db.query(
                "insert into cases (platform, chat, message, chat_name, author, author_name, severity,"
                " status, outcome, owner, claim, rule, provision, why, evidence, opened_at, updated_at)"
                " values (?, ?, ?, ?, ?, ?, ?, 'open', null, '', '', ?, ?, ?, ?, ?, ?)"
                " on conflict (platform, chat, message) do update set severity = excluded.severity,"
                " status = case status when 'acknowledged' then status else 'open' end, outcome = null,"
                " rule = excluded.rule, provision = excluded.provision,"
                " why = excluded.why, evidence = excluded.evidence, updated_at = excluded.updated_at"
                " returning *",
                [
                    ref.platform,
                    ref.chat,
                    ref.id,
                    recorded.chat_name,
                    recorded.author.id,
                    recorded.author.name,
                    decision.severity.value,
                    decision.rule,
                    decision.provision,
                    decision.why,
                    evidence_text(recorded.evidence),
                    at,
                    at,
                ],
            )
            return _case(next(iter(list(rows))))

    def get(self, number: int) -> Case | None:
        if number > _LARGEST:
            return None
        return next(map(_case, self._db.query("select * from cases where number = ?", [number])), None)

    def of_message(self, ref: MessageRef) -> Case | None:
        rows = self._db.query(
            "select * from cases where platform = ? and chat = ? and message = ?",
            [ref.platform, ref.chat, ref.id],
        )
        return next(map(_case, rows), None)

    def list(self, statuses: Sequence[Status] = ()) -> Sequence[Case]:
        wanted = [status.value for status in statuses or tuple(Status)]
        marks = ", ".join("?" for _ in wanted)
        rows = self._db.query(
            f"select * from cases where status in ({marks}) order by updated_at desc, number desc",  # noqa: S608
            wanted,
        )
        return [_case(row) for row in rows]

    def change(
        self, number: int, at: datetime, *, status: Status, outcome: Outcome | None, owner: str
    ) -> None:
        with self._db.atomic():
            self._db.execute(
                "update cases set status = ?, outcome = ?, owner = ?, updated_at = ? where number = ?",
                [status.value, outcome.value if outcome else None, owner, time_text(at), number],
            )

    def claim(self, number: int, what: str) -> None:
        with self._db.atomic():
            self._db.execute("update cases set claim = ? where number = ?", [what, number])

    def pass_up(self, number: int, tier: int, at: datetime) -> None:
        with self._db.atomic():
            self._db.execute(
                "update cases set tier = ?, status = 'open', owner = '', updated_at = ? where number = ?",
                [tier, time_text(at), number],
            )

    def name_provision(self, number: int, provision: str) -> None:
        with self._db.atomic():
            self._db.execute("update cases set provision = ? where number = ?", [provision, number])

    def of_author(self, platform: str, author: str, limit: int) -> Sequence[Case]:
        rows = self._db.query(
            "select * from cases where platform = ? and author = ? order by updated_at desc, number desc"
            " limit ?",
            [platform, author, limit],
        )
        return [_case(row) for row in rows]

    def add_event(self, number: int, event: CaseEvent) -> None:
        with self._db.atomic():
            self._db.execute(
                "insert into case_events (case_number, at, actor, what) values (?, ?, ?, ?)",
                [number, time_text(event.at), event.actor, event.what],
            )

    def events(self, number: int) -> Sequence[CaseEvent]:
        rows = self._db.query(
            "select at, actor, what from case_events where case_number = ? order by number", [number]
        )
        return [CaseEvent(text_time(row["at"]), row["actor"], row["what"]) for row in rows]


def _case(row: Mapping[str, Any]) -> Case:
    return Case(
        number=row["number"],
        ref=MessageRef(row["platform"], row["chat"], row["message"]),
        chat_name=row["chat_name"],
        author=Person(row["author"], row["author_name"]),
        severity=Severity(row["severity"]),
        status=Status(row["status"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        owner=row["owner"],
        claim=row["claim"],
        rule=row["rule"],
        provision=row["provision"],
        why=row["why"],
        evidence=text_evidence(row["evidence"]),
        opened_at=text_time(row["opened_at"]),
        updated_at=text_time(row["updated_at"]),
        tier=row["tier"],
    )
