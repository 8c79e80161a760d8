"""The store on SQLite: one ledger a module, one connection, one transaction over all of them."""

from bot.store.database import SqliteStore, open_store

__all__ = ["SqliteStore", "open_store"]
