"""What is left of the time that a text may take. The clocks are set by hand."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

import pytest

from detectors import allowance
from detectors.allowance import allowed, in_time, left, share_for, uncounted

UNSET = 2.0


@dataclass
class _Clocks:
    wall: float = 100.0
    work: float = 10.0

    def go_on(self, seconds: float) -> None:
        """Works for so long."""
        self.wall += seconds
        self.work += seconds


@pytest.fixture(autouse=True)
def clocks(monkeypatch: pytest.MonkeyPatch) -> _Clocks:
    clocks = _Clocks()
    monkeypatch.setattr(allowance, "monotonic", lambda: clocks.wall)
    monkeypatch.setattr(allowance, "thread_time", lambda: clocks.work)
    monkeypatch.setattr(allowance, "_clock", allowance._Clock())
    return clocks


def test_where_nobody_set_a_time_an_expression_has_a_fixed_one(clocks: _Clocks) -> None:
    clocks.go_on(1000)
    assert left() == UNSET


def test_what_is_left_counts_down_to_nothing(clocks: _Clocks) -> None:
    with allowed(3):
        assert left() == 3
        clocks.go_on(2)
        assert left() == 1
        clocks.go_on(1)
        with pytest.raises(TimeoutError):
            left()
    assert left() == UNSET


def test_waiting_for_others_does_not_count(clocks: _Clocks) -> None:
    with allowed(3):
        clocks.go_on(1)
        clocks.wall += 60
        assert left() == 2
        clocks.go_on(2)
        with pytest.raises(TimeoutError):
            left()


@pytest.mark.parametrize(("inner", "within", "after"), [(1, 1, 4), (5, 5, 4)])
def test_an_inner_time_holds_within_and_the_outer_one_goes_on(
    clocks: _Clocks, inner: float, within: float, after: float
) -> None:
    with allowed(5):
        with allowed(inner):
            assert left() == within
            clocks.go_on(1)
        assert left() == after


def test_the_outer_time_is_back_after_a_failure(clocks: _Clocks) -> None:
    with allowed(5):
        with pytest.raises(KeyError), allowed(1):
            raise KeyError
        assert left() == 5


def test_what_is_made_ready_does_not_count(clocks: _Clocks) -> None:
    with allowed(3):
        with uncounted():
            clocks.go_on(60)
            with uncounted():
                clocks.go_on(60)
            clocks.go_on(60)
        assert left() == 3
        clocks.go_on(1)
        assert left() == 2


def test_what_fails_while_it_is_made_ready_does_not_count_and_what_follows_does(clocks: _Clocks) -> None:
    with allowed(3):
        with suppress(KeyError), uncounted():
            clocks.go_on(60)
            raise KeyError
        assert left() == 3
        clocks.go_on(1)
        assert left() == 2


@pytest.mark.parametrize(("length", "share"), [(0, 3.0), (4096, 3.0), (4097, 1.5), (65_536, 1.5)])
def test_only_of_a_long_text_somebody_has_a_share(length: int, share: float) -> None:
    with allowed(3):
        assert share_for("a" * length, 0.5) == share


def _items(clocks: _Clocks) -> Iterator[int]:
    """Each takes a second."""
    for one in range(5):
        clocks.go_on(1)
        yield one


@pytest.mark.parametrize(
    ("seconds", "came", "is_all"),
    [(2.5, [0, 1, 2], False), (1, [0], False), (5.5, [0, 1, 2, 3, 4], True)],
)
def test_what_comes_in_time_is_kept(clocks: _Clocks, seconds: float, came: list[int], is_all: bool) -> None:
    with allowed(100):
        assert in_time(_items(clocks), seconds) == (came, is_all)
        assert left() == 100 - min(len(came), 5)


def test_what_runs_out_of_time_by_itself_ends_what_comes() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise TimeoutError

    assert in_time(items(), 5) == ([1], False)


def test_another_failure_is_not_taken_for_a_lack_of_time() -> None:
    with pytest.raises(KeyError):
        in_time(map({}.__getitem__, [1]), 5)


def test_each_thread_has_its_own_time() -> None:
    seen: list[float] = []
    with allowed(3):
        other = Thread(target=lambda: seen.append(left()))
        other.start()
        other.join()
    assert seen == [UNSET]
