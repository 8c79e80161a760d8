"""The rules in force are replaced in one step, and nobody's are taken away while he works with them."""

from dataclasses import replace

from bot.in_force import InForce, Rules
from tests.bot.builders import RULES
from tests.fakes.detectors import FakeDetectors


class Closable(FakeDetectors):
    def __init__(self) -> None:
        super().__init__()
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


def closable() -> tuple[Closable, Rules]:
    detectors = Closable()
    return detectors, replace(RULES, detectors=detectors)


def test_earlier_rules_are_closed_when_the_last_borrower_is_done() -> None:
    (old, first), (new, second) = closable(), closable()
    in_force = InForce(first)
    with in_force.lent() as one, in_force.lent() as two:
        in_force.replace(second)
        assert one is two is first
        assert old.closed == 0
        with in_force.lent() as later:
            assert later is second
    assert (old.closed, new.closed) == (1, 0)


def test_rules_that_nobody_works_with_are_closed_at_once() -> None:
    old, first = closable()
    InForce(first).replace(RULES)
    assert old.closed == 1


def test_in_the_end_all_are_closed_even_while_they_are_lent() -> None:
    (old, first), (new, second) = closable(), closable()
    in_force = InForce(first)
    with in_force.lent():
        in_force.replace(second)
        in_force.close()
        assert (old.closed, new.closed) == (1, 1)


def test_other_rules_have_another_fingerprint() -> None:
    other = replace(RULES, policy=replace(RULES.policy, rules=RULES.policy.rules[:1]))
    prints = {one.fingerprint for one in (RULES, replace(RULES, edition="2"), other)}
    assert len(prints) == 3
    assert replace(RULES, detectors=FakeDetectors()).fingerprint == RULES.fingerprint
