"""Several processes answer in the order in which they were asked, whatever becomes of them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sifting.crew import Crew
from tests.fakes.tasks import FakeTask


@pytest.fixture
def crew() -> Iterator[Crew[str, str]]:
    with Crew(FakeTask(), 2, batch=2) as crew:
        yield crew


def answers(crew: Crew[str, str]) -> list[str]:
    """All of them."""
    got: list[str] = []
    while crew.pending:
        crew.turn(None)
        got += crew.answers()
    return got


def is_there(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    return True


def test_answers_come_in_the_order_of_the_jobs_even_if_the_first_one_takes_longest(
    crew: Crew[str, str], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    crew.give([(0, f"wait {tmp_path / 'pipe'}"), (1, "b"), (0, "c"), (1, "d")])
    while len(crew._hands[1].answers) < 2:
        crew.turn(None)
    assert list(crew.answers()) == []
    (tmp_path / "pipe").write_text("at last")
    assert answers(crew) == ["at last", "B", "C", "D"]


def test_jobs_of_one_place_are_done_by_one_process_and_others_by_another(crew: Crew[str, str]) -> None:
    crew.give([(7, "who"), (8, "who"), (7, "who"), (9, "who")])
    first, second, third, fourth = answers(crew)
    assert first == third == fourth != second


def test_a_job_that_may_be_done_anywhere_goes_to_whoever_has_least_to_do(crew: Crew[str, str]) -> None:
    crew.give([(0, "who"), (0, "a"), (None, "who"), (None, "b"), (1, "who")])
    by_first, _, by_other, _, by_second = answers(crew)
    assert by_other == by_second != by_first


def test_a_process_that_ends_loses_the_batch_it_was_at_and_nothing_else(crew: Crew[str, str]) -> None:
    crew.give((0, job) for job in ("a", "b", "c", "die", "e", "f", "g"))
    crew.give([(1, "h")])
    assert answers(crew) == ["A", "B", "lost c", "lost die", "E", "F", "G", "H"]


def test_a_process_that_ends_while_it_has_nothing_to_do_is_replaced(crew: Crew[str, str]) -> None:
    crew.give([(0, "who")])
    [process] = answers(crew)
    os.kill(int(process), 9)
    crew.give([(0, "a")])
    crew.give([(0, "b")])
    assert answers(crew) == ["lost a", "B"]


def test_a_task_that_can_not_be_begun_loses_every_job_and_comes_to_an_end() -> None:
    with Crew(FakeTask(cannot_begin=True), 2, batch=1) as crew:
        crew.give((None, str(number)) for number in range(20))
        assert answers(crew) == [f"lost {number}" for number in range(20)]


def test_whatever_else_a_process_prints_is_no_answer(crew: Crew[str, str]) -> None:
    crew.give([(0, "print"), (0, "a")])
    assert answers(crew) == ["PRINT", "A"]


def test_much_at_once_goes_through_pipes_that_are_full(crew: Crew[str, str]) -> None:
    jobs = [f"{number} {'x' * 100_000}" for number in range(40)]
    crew.give((None, job) for job in jobs)
    assert answers(crew) == [job.upper() for job in jobs]


def test_no_process_outlives_the_crew(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with Crew(FakeTask(), 2, batch=1) as crew:
        crew.give([(0, "who"), (1, "who")])
        processes = answers(crew)
        crew.give([(0, f"wait {tmp_path / 'pipe'}")])  # is at work, and the other one is not
        crew.turn(None)
        assert all(map(is_there, processes))
    assert not any(map(is_there, processes))


def test_what_comes_in_is_told_while_others_work(crew: Crew[str, str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    crew.give([(0, f"wait {tmp_path / 'pipe'}")])
    ours, theirs = os.pipe()
    os.write(theirs, b"news")
    while not crew.turn(ours):
        continue
    (tmp_path / "pipe").write_text("done")
    assert answers(crew) == ["done"]
    os.close(ours)
    os.close(theirs)
