"""The gate numbers what it takes up, and lets through what may match; a sieve hands on its own of that."""

from collections.abc import Sequence

import pytest
import regex

from detectors.gate import Gate, OpenGate, PatternGate, Sieve, Sought
from detectors.gate.written import Written

UNREADABLE = "(?:late){e<=1}"


class _Told:
    """A gate that lets through what it is told to."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = numbers
        self._taken = 0

    def take(self, sought: Sequence[Sought]) -> int:
        self._taken += len(sought)
        return self._taken - len(sought)

    def through(self, _text: str) -> Sequence[int]:
        return self._numbers


def sought(*sources: str) -> list[Sought]:
    return [Sought(source, 0) for source in sources]


def sieve(gate: Gate, *sources: str) -> Sieve[str]:
    return Sieve(gate, zip(sources, sought(*sources), strict=True))


@pytest.mark.parametrize("gate", [OpenGate(), PatternGate()], ids=["open", "of patterns"])
def test_expressions_are_numbered_as_they_come(gate: Gate) -> None:
    assert [gate.take(sought("a", "b")), gate.take([]), gate.take(sought("c"))] == [0, 2, 2]


def test_an_open_gate_lets_everything_through() -> None:
    gate = OpenGate()
    gate.take(sought("a", "(?!)", UNREADABLE))
    assert list(gate.through("")) == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "through", "reason"),
    [
        ("", [2], "only that of which nothing is known"),
        ("a top", [0, 2], "what is there"),
        ("secret top", [0, 1, 2], "all that is there, in the order in which it was taken up"),
        ("top" * 100, [0, 2], "each once"),
        ("stop", [2], "what must not stand before it"),
        ("خفیہ", [2, 4], "beyond ASCII"),
    ],
)
def test_what_may_match_is_let_through(text: str, through: list[int], reason: str) -> None:
    gate = PatternGate()
    gate.take(sought(r"\btop", "secret", UNREADABLE, "(?!)", "خفیہ"))
    assert list(gate.through(text)) == through, reason


def test_what_is_not_known_or_refused_is_let_through_always() -> None:
    gate = PatternGate([(Written(b"a", False),), (Written(b"[", False),), None, ()])
    assert gate.always == (1, 2)
    assert (list(gate.through("")), list(gate.through("a"))) == ([1, 2], [0, 1, 2])


def test_what_has_several_needs_is_let_through_by_any_of_them() -> None:
    gate = PatternGate([(Written(b"a", False), Written(b"b", False))])
    assert [list(gate.through(text)) for text in ("a", "b", "ab", "c")] == [[0], [0], [0], []]


def test_what_needs_to_be_known_is_told_in_one_gate_for_another() -> None:
    first = PatternGate()
    first.take(sought("top", UNREADABLE))
    second = PatternGate(first.needs)
    assert [list(one.through("top")) for one in (first, second)] == [[0, 1], [0, 1]]


@pytest.mark.parametrize(
    ("told", "own", "is_open"),
    [
        ((), [], False),
        ((0, 1), [], False),
        ((5,), [], False),
        ((2,), ["c"], True),
        ((4,), ["e"], True),
        ((0, 2, 4, 5), ["c", "e"], True),
        ((1, 2, 3, 4, 5), ["c", "d", "e"], True),
    ],
)
def test_a_sieve_hands_on_its_own_in_their_order(
    told: tuple[int, ...], own: list[str], is_open: bool
) -> None:
    gate = _Told(*told)
    sieve(gate, "a", "b")
    middle = sieve(gate, "c", "d", "e")
    sieve(gate, "f")
    assert [(member, expression.pattern) for member, expression in middle.within("text")] == [
        (one, one) for one in own
    ]
    assert middle.is_open("text") is is_open


def test_an_empty_sieve_is_never_open() -> None:
    gate = OpenGate()
    sieve(gate, "a")
    empty = sieve(gate)
    assert (empty.is_open("a"), list(empty.within("a"))) == (False, [])


def test_only_what_is_let_through_is_compiled() -> None:
    gate = PatternGate()
    members = sought("top", "secret")
    both = Sieve(gate, zip("ts", members, strict=True))
    assert [member for member, _ in both.within("top")] == ["t"]
    assert ["expression" in vars(one) for one in members] == [True, False]
    both.warm()
    assert ["expression" in vars(one) for one in members] == [True, True]


def test_an_expression_is_compiled_with_its_flags() -> None:
    assert Sought("top", regex.IGNORECASE).expression.search("TOP")
    assert Sought("top", 0).expression.search("TOP") is None
