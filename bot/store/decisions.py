"""What was decided on each revision of each message, with masked evidence only."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.model import Action, Decision, Evidence, MessageRef, Outcome, Person, Severity
from bot.policy import overturns
from bot.ports import Recorded
from bot.store.rows import evidence_text, text_evidence, text_time, time_text

_OVERTURNED = tuple(outcome.value for outcome in Outcome if overturns(outcome))
_WARNED = tuple(severity.value for severity in Severity if severity >= Severity.MEDIUM)


class SqliteDecisions:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, recorded: Recorded, sealed: bytes | None) -> None:
        decision = recorded.decision
        with self._db.atomic():
            self._db.execute(
                "insert into decisions (platform, chat, message, revision, chat_name, author, author_name,"
                " severity, actions, rule, provision, why, evidence, sealed, at, sent_at, is_warned)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    recorded.ref.platform,
                    recorded.ref.chat,
                    recorded.ref.id,
                    recorded.revision,
                    recorded.chat_name,
                    recorded.author.id,
                    recorded.author.name,
                    decision.severity.value,
                    json.dumps(decision.actions),
                    decision.rule,
                    decision.provision,
                    decision.why,
                    evidence_text(recorded.evidence),
                    sealed,
                    time_text(recorded.at),
                    time_text(recorded.sent_at) if recorded.sent_at else None,
                    int(recorded.is_warned),
                ],
            )

    def latest(self, ref: MessageRef) -> Recorded | None:
        rows = self._db.query(
            "select * from decisions where platform = ? and chat = ? and message = ?"
            " order by revision desc limit 1",
            [ref.platform, ref.chat, ref.id],
        )
        return next(map(_recorded, rows), None)

    def of_revision(self, ref: MessageRef, revision: int) -> Recorded | None:
        rows = self._db.query(
            "select * from decisions where platform = ? and chat = ? and message = ? and revision = ?",
            [ref.platform, ref.chat, ref.id, revision],
        )
        return next(map(_recorded, rows), None)

    def newest_with(self, part: str, platform: str, author: str) -> Evidence | None:
        rows = self._db.query(
            "select evidence from decisions, json_each(evidence, '$.findings') as finding"
            " where platform = ? and author = ? and json_extract(finding.value, '$.part') = ?"
            " order by number desc limit 1",
            [platform, author, part],
        )
        return next((text_evidence(row["evidence"]) for row in rows), None)

    def sealed(self, ref: MessageRef) -> Sequence[tuple[int, bytes]]:
        rows = self._db.query(
            "select revision, sealed from decisions where platform = ? and chat = ? and message = ?"
            " and sealed is not null order by revision",
            [ref.platform, ref.chat, ref.id],
        )
        return [(row["revision"], row["sealed"]) for row in rows]

    def warned_at(self, ref: MessageRef, author: str) -> tuple[datetime, ...]:
        rows = self._db.query(
            f"""
            select min(coalesce(d.sent_at, d.at)) as at from decisions d
            left join cases c on c.platform = d.platform and c.chat = d.chat and c.message = d.message
            where d.platform = ? and d.chat = ? and d.author = ? and d.message != ? and d.is_warned
              and d.severity in ({_marks(_WARNED)})
              and (c.outcome is null or c.outcome not in ({_marks(_OVERTURNED)}))
            group by d.message order by at
            """,  # noqa: S608 - only question marks are filled in
            [ref.platform, ref.chat, author, ref.id, *_WARNED, *_OVERTURNED],
        )
        return tuple(text_time(row["at"]) for row in rows)


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" for _ in values)


def _recorded(row: Mapping[str, Any]) -> Recorded:
    return Recorded(
        ref=MessageRef(row["platform"], row["chat"], row["message"]),
        revision=row["revision"],
        chat_name=row["chat_name"],
        author=Person(row["author"], row["author_name"]),
        decision=Decision(
            Severity(row["severity"]),
            tuple(Action(action) for action in json.loads(row["actions"])),
            row["rule"],
            row["provision"],
            row["why"],
        ),
        evidence=text_evidence(row["evidence"]),
        at=text_time(row["at"]),
        sent_at=text_time(row["sent_at"]) if row["sent_at"] else None,
        is_warned=bool(row["is_warned"]),
    )
