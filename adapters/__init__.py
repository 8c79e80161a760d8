"""Adapters: each translates one chat platform to `bot.model` through `bot.ports`."""
