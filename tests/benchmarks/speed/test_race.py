"""A race: who gets what and when, and what is made of the times."""

from collections.abc import Sequence

import pytest

from benchmarks.speed.race import TURN, OneByOne, affordable, pace, race, ratio


class Runner:
    """Takes as long for a text as it is told, and writes down in a book that it was its turn."""

    is_timed_singly = True

    def __init__(self, name: str, cost: float, book: list[tuple[str, str]]) -> None:
        self._name, self._cost, self._book = name, cost, book

    def run(self, texts: Sequence[str]) -> Sequence[float]:
        self._book.append((self._name, texts[0]))
        return [self._cost] * len(texts)


def test_rivals_take_turns_and_a_slow_one_gets_the_first_messages_only() -> None:
    book: list[tuple[str, str]] = []
    entrants = {"fast": Runner("fast", 0.001, book), "slow": Runner("slow", 1.0, book)}
    times = race(entrants, [str(number) for number in range(2 * TURN)], ["warm"], rounds=2, budget=1.0)
    a_round = [("fast", "0"), ("slow", "0"), ("fast", str(TURN))]
    assert book == [("fast", "warm"), ("slow", "warm"), *a_round, *a_round]
    assert [len(taken) for taken in times["fast"]] == [2 * TURN] * 2
    assert [len(taken) for taken in times["slow"]] == [TURN] * 2


@pytest.mark.parametrize(
    ("cost", "budget", "count", "turns"),
    [
        (0.001, 10.0, 5000, 10),
        (0.001, 1.0, 5000, 2),
        (0.5, 1.0, 5000, 1),
        (0.0, 1.0, 5000, 10),
        (0.001, 10.0, 501, 2),
    ],
    ids=["all", "some", "one at least", "too fast for the clock", "a last turn that is not full"],
)
def test_a_rival_is_given_what_it_can_take_in_time(
    cost: float, budget: float, count: int, turns: int
) -> None:
    assert affordable(cost, budget, count) == turns


def test_the_ratio_is_of_the_messages_that_both_were_given() -> None:
    ours = [[1.0, 1.0, 50.0]] * 3
    stock = [[4.0, 6.0]] * 3
    assert ratio(ours, stock) == 5.0
    assert ratio(stock, ours) == 0.2


def test_a_round_in_which_the_machine_was_busy_does_not_count() -> None:
    assert ratio([[1.0], [1.0], [9.0]], [[5.0], [5.0], [5.0]]) == 5.0


def test_percentiles_are_of_each_message_s_middle_time_and_of_short_ones_apart() -> None:
    texts = ["short"] * 99 + ["x" * 501]
    quiet, busy = [0.001] * 99 + [1.0], [0.5] * 99 + [1.0]
    one = pace("ours", 3, texts, [quiet, busy, quiet], None)
    assert (one.messages, one.p50, one.slowest, one.short_p99) == (100, 1000.0, 1e6, 1000.0)
    assert one.per_second == round(100 / 1.099)
    assert one.ratio is None


def test_who_takes_all_at_once_has_no_time_of_one_message() -> None:
    one = pace("bare", 0, ["a", "b"], [[0.5, 0.5]], [[5.0, 5.0]], singly=False)
    assert (one.per_second, one.ratio, one.p50, one.p99, one.slowest) == (2, 10.0, None, None, None)


def test_each_text_is_shown_once() -> None:
    seen: list[str] = []
    times = OneByOne(seen.append).run(["a", "b"])
    assert seen == ["a", "b"]
    assert all(taken >= 0 for taken in times)
