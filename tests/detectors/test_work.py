"""How much work a text makes, counted and not timed: a slow-down is seen on the busiest machine."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks.speed.corpus import texts
from detectors.engine import Engine
from detectors.finding import Part
from detectors.gate import PatternGate, Sieve
from detectors.gate.shelves import Shelves
from detectors.normalise import fold

CLEAN = texts(1000, 0, seed=6)

# What was measured when this was written, with a fifth more for what rules are added: whoever needs more has
# to say so here.
LEAST_LET_GO = 560
MOST_OF_CLEAN = {"passes": 1.55, "expressions": 0.95, "recognizers": 2.4}
"""Messages of the thousand, and how much each of the thousand costs on average."""


@contextmanager
def counted(engine: Engine) -> Iterator[Counter[str]]:
    """Counts, while an engine works, passes over texts, expressions that are tried and recognizers that run."""
    counts: Counter[str] = Counter()
    assert isinstance(engine.gate, PatternGate)
    engine.gate.through.cache_clear()
    matching, within = Shelves.matching, Sieve.within

    def passed(self: Shelves, text: bytes) -> list[int]:
        counts["passes"] += 1
        return matching(self, text)

    def tried(self: Sieve[Any], text: str) -> Iterator[Any]:
        for one in within(self, text):
            counts["expressions"] += 1
            yield one

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shelves, "matching", passed)
        patch.setattr(Sieve, "within", tried)
        for kind in {type(one) for one in engine._search.proposers}:
            patch.setattr(kind, "candidates", _noted(kind.candidates, counts))
        yield counts


def _noted(candidates: Any, counts: Counter[str]) -> Any:
    def noted(self: Any, text: str) -> Any:
        counts["recognizers"] += 1
        return candidates(self, text)

    return noted


def work(engine: Engine, *messages: str) -> Counter[str]:
    with counted(engine) as counts:
        for one in messages:
            engine.scan([Part("text", one)])
    return counts


@pytest.fixture(scope="module")
def let_go(engine: Engine) -> list[str]:
    """The clean messages in which nothing may match."""
    return [one for one in CLEAN if engine._search.is_clean(fold(one).text)]


def test_most_of_what_is_clean_is_let_go(let_go: list[str]) -> None:
    assert len(let_go) >= LEAST_LET_GO


def test_what_is_let_go_costs_one_pass_and_nothing_else(engine: Engine, let_go: list[str]) -> None:
    distinct = list({fold(one).text: one for one in let_go}.values())
    assert work(engine, *distinct) == {"passes": len(distinct)}


def test_what_is_clean_costs_little(engine: Engine) -> None:
    counts = work(engine, *CLEAN)
    for what, most in MOST_OF_CLEAN.items():
        assert counts[what] <= most * len(CLEAN), what


HITS = [
    ("CNIC 35202-1234567-1", 6, 16),
    ("call Aslam at 0300-1234567", 3, 16),
    ("write to s.qureshi11@gmail.com", 4, 3),
    ("SECRET\nposting of officers", 4, 2),
    ("pull file F.No.1(12)Imp/2021-345", 6, 16),
    ("wifi password: Margalla@7221", 6, 4),
    ("transfer to PK36SCBL0000001123456702 today", 9, 17),
]


@pytest.mark.parametrize(("text", "expressions", "recognizers"), HITS, ids=[row[0][:12] for row in HITS])
def test_a_hit_costs_what_has_to_do_with_it(
    engine: Engine, text: str, expressions: int, recognizers: int
) -> None:
    counts = work(engine, text)
    assert engine.scan([Part("text", text)]).findings
    assert counts["expressions"] <= expressions
    assert counts["recognizers"] <= recognizers


_A_CLEAN_PROCESS = """
import sys
from pathlib import Path
from bot.config.rulebook import read_rulebook
from detectors.engine import Engine
from detectors.finding import Part
engine = Engine(read_rulebook(Path("config"), []))
assert engine.scan([Part("text", one) for one in ("lunch at one?", "ok", "see you then")]).findings == ()
print([one for one in sys.modules if one.split(".")[0] in ("presidio_analyzer", "spacy", "phonenumbers")])
"""


def test_what_is_clean_imports_neither_presidio_nor_a_tokenizer(engine: Engine) -> None:
    house = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", _A_CLEAN_PROCESS], cwd=house, check=True, capture_output=True, text=True
    )
    assert told.stdout.strip() == "[]"
