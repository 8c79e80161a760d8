"""What there is to do, and who does it: this process, or several others."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

J_contra = TypeVar("J_contra", contravariant=True)
A_co = TypeVar("A_co", covariant=True)


class Task(Protocol[J_contra, A_co]):
    """Work on one job after another. It can be pickled, so that it can be done in another process."""

    def begin(self) -> Callable[[J_contra], A_co]:
        """Makes what is needed, which may take long, and gives what answers each job."""

    def lost(self, job: J_contra) -> A_co:
        """What is answered for a job whose process ended over it or over one near to it."""


class Hands(Protocol[J_contra, A_co]):
    """Whoever does a task. Answers come in the order in which the jobs were given."""

    @property
    def pending(self) -> int:
        """How many jobs have no answer yet that was taken."""

    def give(self, jobs: Iterable[tuple[int | None, J_contra]]) -> None:
        """Takes jobs, each with its place: those of one place are done one after another by the same hand."""

    def turn(self, incoming: int | None) -> bool:
        """Goes on with the work for a moment, or until there is news.

        Says whether there is something to read from the descriptor `incoming`, and waits for that, too.
        """

    def answers(self) -> Iterator[A_co]:
        """The answers whose turn it is."""
