"""The multi-pattern engine: it reports what `regex` finds and maybe more, whoever asks, from a kept copy or not."""

import pickle
import threading
from collections.abc import Sequence
from pathlib import Path

import hyperscan
import pytest
import regex
from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st

from detectors.gate import Sought, shelves
from detectors.gate.alphabet import encoded
from detectors.gate.needs import need_of
from detectors.gate.shelves import Numbered, Shelves
from detectors.gate.written import Written
from tests.detectors.gate.test_needs import EXPRESSIONS, FLAGS, TEXTS


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is kept in a folder of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("RAAZDAR_CACHE", str(folder))
    return folder


def numbered(*expressions: str) -> list[Numbered]:
    return [(number, Written(one.encode(), False)) for number, one in enumerate(expressions)]


# Hypothesis doesn't clear the folder between its texts: what is kept there is asked for by its content.
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EXPRESSIONS, FLAGS, st.lists(TEXTS, min_size=1, max_size=4))
@example("a{0,2}$|x", 0, ["a", "xb", ""])
@example("(?:[a-c]{20,40}k)?0", regex.I, ["abcabcabcabcabcabcabcK0", "0"])
def test_it_reports_whatever_regex_finds_of_what_is_written(
    source: str, flags: int, texts: list[str]
) -> None:
    try:
        need = need_of(Sought(source, flags))
    except (regex.error, TimeoutError):
        reject()
    for number, one in enumerate(need or ()):
        found = Shelves([(number, one)])
        case = regex.IGNORECASE if one.is_caseless else 0
        for text in texts:
            if regex.search(one.expression, encoded(text), regex.DOTALL | regex.ASCII | case, timeout=1):
                assert found.matching(encoded(text)) == [number] or found.refused == (number,)


def test_each_is_reported_once_by_its_number() -> None:
    found = Shelves([(7, Written(b"ab+", False)), (3, Written(b"top", True)), (9, Written(b"z", False))])
    assert sorted(found.matching(b"\0abbb ab TOP top\0")) == [3, 7]
    assert found.matching(b"\0\0") == []


def test_nothing_to_search_for_finds_nothing() -> None:
    assert (Shelves([]).matching(b"\0a\0"), Shelves([]).refused) == ([], ())


def test_what_can_not_be_compiled_is_refused_and_the_others_are_not() -> None:
    found = Shelves(numbered("top", "[", "secret"))
    assert found.refused == (1,)
    assert sorted(found.matching(b"\0top secret\0")) == [0, 2]


def test_where_nothing_can_be_compiled_everything_is_refused() -> None:
    found = Shelves(numbered("[", "("))
    assert (found.refused, found.matching(b"\0[(\0")) == ((0, 1), [])


def test_more_than_one_shelf_holds_is_searched_for_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "_LARGEST", 10)
    words = [f"word{at}x" for at in range(5)]
    found = Shelves(numbered(*words))
    assert len(found._databases) == 5
    assert sorted(found.matching(encoded(" ".join(words[1:4])))) == [1, 2, 3]


def _compilations(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[Numbered]]:
    """Grows by a shelf whenever one is compiled."""
    compiled: list[Sequence[Numbered]] = []
    really = shelves._compiled

    def noted(shelf: Sequence[Numbered]) -> bytes:
        compiled.append(shelf)
        return really(shelf)

    monkeypatch.setattr(shelves, "_compiled", noted)
    return compiled


def test_what_was_compiled_before_is_only_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = _compilations(monkeypatch)
    expressions = numbered("top", "[", "secret")
    first = Shelves(expressions)
    times = len(compiled)
    again = Shelves(expressions)
    assert len(compiled) == times > 0
    assert again.refused == first.refused == (1,)
    assert sorted(again.matching(b"\0top secret\0")) == [0, 2]
    Shelves(numbered("top", "secrets"))
    assert len(compiled) > times


def test_a_damaged_copy_is_made_anew(cache: Path) -> None:
    Shelves(numbered("top"))
    [copy] = cache.iterdir()
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 0xFF
    copy.write_bytes(content)
    assert Shelves(numbered("top")).matching(b"\0top\0") == [0]
    assert copy.read_bytes() != content


def test_a_copy_that_another_processor_made_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    database = b"no database of this machine"
    foreign = pickle.dumps(([database], set()))
    monkeypatch.setattr(shelves, "kept", lambda _name, _key, _make: foreign)
    with pytest.raises(hyperscan.error):
        hyperscan.loadb(database, hyperscan.HS_MODE_BLOCK)
    assert Shelves(numbered("top")).matching(b"\0top\0") == [0]


def test_several_threads_search_at_once() -> None:
    found = Shelves(numbered(*(f"word{at:03}" for at in range(200))))
    texts = [encoded(f"word{at:03} " * 50) for at in range(200)]
    wrong: list[int] = []
    begin = threading.Barrier(4)

    def search() -> None:
        begin.wait()
        wrong.extend(at for at, text in enumerate(texts * 5) if found.matching(text) != [at % 200])

    threads = [threading.Thread(target=search) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
