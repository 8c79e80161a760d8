import socket

import pytest

from bot.console.server import address, bind
from bot.errors import ListenError


def test_an_address_in_use_is_told_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ListenError, match=f"127.0.0.1:{port} can't be had: another program uses it"):
            bind("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_told_in_one_sentence() -> None:
    with pytest.raises(ListenError, match="can't be had"):
        bind("203.0.113.1", 8710)


def test_the_address_is_where_the_listener_is_reached() -> None:
    with bind("127.0.0.1", 0) as listener:
        assert address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"
    with bind("0.0.0.0", 0) as listener:
        assert address(listener).startswith("http://127.0.0.1:")
