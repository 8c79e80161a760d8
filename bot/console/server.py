"""Serves the web application on its address until the process is told to stop."""

import socket

import uvicorn
from starlette.types import ASGIApp

from bot.errors import ListenError


def bind(host: str, port: int) -> socket.socket:
    """Takes the address. Raises ListenError if that can't be done."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        why = "another program uses it" if error.errno in {98, 48} else error.strerror
        raise ListenError(
            f"The address {host}:{port} can't be had: {why}; stop that program, or set console.listen to"
            " another address."
        ) from error
    return listener


def address(listener: socket.socket) -> str:
    """The URL at which the listener is reached."""
    host, port = listener.getsockname()[:2]
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{shown}:{port}"


async def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Until an interrupt or a termination signal."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_graceful_shutdown=2, server_header=False
    )
    await uvicorn.Server(config).serve(sockets=[listener])
