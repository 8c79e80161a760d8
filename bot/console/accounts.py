"""Signing in: accounts with hashed passwords, sessions with hashed tokens, and a brake on guessing."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from bot.errors import InputError
from bot.ports import Account, AuditEntry, Clock, Store

FIRST_ACCOUNT = "moderator"
SESSION_LASTS = timedelta(hours=12)

_TRIES = 5
_LOCKED_FOR = timedelta(minutes=1)
_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Failures:
    """How often it was tried in vain in a row, and when last."""

    count: int
    last: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """Knows who somebody is, and who has tried too often to be somebody."""

    store: Store
    clock: Clock
    failures: dict[tuple[str, str], Failures] = field(default_factory=dict)
    """By the name that was tried and the address that tried it."""

    def may_try(self, name: str, client: str) -> bool:
        """Counts a try before it is checked, so that many at once are slowed down too."""
        now = self.clock.now()
        for key, failed in list(self.failures.items()):
            if now - failed.last >= _LOCKED_FOR:
                del self.failures[key]
        failed = self.failures.get((name, client), Failures(0, now))
        if failed.count >= _TRIES:
            return False
        self.failures[name, client] = Failures(failed.count + 1, now)
        return True

    def password_hash(self, name: str) -> str:
        """What a password is checked against; for a name that nobody has, something that nothing fits."""
        account = self.store.accounts.get(name)
        return account.password_hash if account else _NOBODY

    def start(self, name: str, client: str) -> str:
        """Starts a session and returns its token, which is kept nowhere as it is."""
        self.failures.pop((name, client), None)
        token = secrets.token_urlsafe(32)
        now = self.clock.now()
        with self.store.transaction():
            self.store.accounts.start_session(_hashed(token), name, now, now + SESSION_LASTS)
            self.store.audit.append(AuditEntry(now, name, "signed in", "console"))
        return token

    def refuse(self) -> None:
        """Puts a failed try on record."""
        self.store.audit.append(AuditEntry(self.clock.now(), "unknown", "sign-in refused", "console"))

    def who(self, token: str) -> str | None:
        """The name of the account that a session's token belongs to."""
        return self.store.accounts.session(_hashed(token), self.clock.now()) if token else None

    def end(self, token: str) -> None:
        self.store.accounts.end_session(_hashed(token))


def password_fits(password_hash: str, password: str) -> bool:
    """Slow on purpose; call it off the event loop."""
    try:
        return _HASHER.verify(password_hash, password)
    except VerificationError:
        return False


def first_password(store: Store, clock: Clock) -> str | None:
    """Makes the first account, if there is none, and returns its password, which is not kept."""
    return None if store.accounts.any() else new_password(store, clock, FIRST_ACCOUNT)


def new_password(store: Store, clock: Clock, name: str) -> str:
    """Gives the account `name`, new or not, a new password and returns it; nobody stays signed in by it.

    Raises InputError for a name that nobody could sign in with.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            "An account's name is made of 1 to 40 letters, digits, dots, hyphens and underscores."
        )
    password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    with store.transaction():
        store.accounts.add(Account(name, _HASHER.hash(password)))
        store.accounts.end_sessions(name)
        store.audit.append(AuditEntry(clock.now(), "terminal", "set a password", f"account {name}"))
    return password


def form_token(token: str) -> str:
    """What a form must carry so that it can only come from a page of the same session."""
    return hashlib.sha256(b"form " + token.encode()).hexdigest()


def form_token_fits(token: str, given: str) -> bool:
    return hmac.compare_digest(form_token(token).encode(), given.encode("utf-8", "replace"))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
