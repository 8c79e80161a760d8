"""The moderators' console: server-rendered pages over the cases, one module a page."""
