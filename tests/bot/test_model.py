import pytest

from bot.model import Level, Severity


def test_severities_rise_in_the_order_of_the_design() -> None:
    words = ["none", "low", "medium", "high", "critical"]
    assert [severity.value for severity in sorted(Severity)] == words


def test_a_level_s_rank_is_the_number_that_findings_carry() -> None:
    assert [level.rank for level in Level] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("severity", "steps", "raised"),
    [
        (Severity.MEDIUM, 1, Severity.HIGH),
        (Severity.HIGH, 5, Severity.CRITICAL),  # there is nothing above critical
        (Severity.LOW, 0, Severity.LOW),
    ],
)
def test_raising_stops_at_the_top(severity: Severity, steps: int, raised: Severity) -> None:
    assert severity.raised(steps) == raised


def test_comparison_is_by_place_and_not_by_letter() -> None:
    assert Severity.CRITICAL > Severity.LOW  # "critical" < "low" as letters go
    assert Severity.HIGH >= Severity.HIGH
    assert Severity.NONE <= Severity.LOW < Severity.MEDIUM
