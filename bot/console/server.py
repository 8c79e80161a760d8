"""The address and the server of the web application."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

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


class Server(uvicorn.Server):
    """A web server to which an interrupt or a termination signal is an ordinary end."""

    def __init__(self, app: ASGIApp) -> None:
        """To be made on the event loop; from then on the signals are heard."""
        super().__init__(
            uvicorn.Config(
                app, log_level="warning", access_log=False, timeout_graceful_shutdown=2, server_header=False
            )
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._told_to_stop, number)

    def _told_to_stop(self, number: int) -> None:
        """By way of uvicorn's method, from which the live streams learn of the end too."""
        self.handle_exit(number, None)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Uvicorn's own way would raise the signal again at the end."""
        yield
