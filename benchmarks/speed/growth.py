"""What a clean message costs with many more recognizers than the built-in ones."""

from collections.abc import Iterator, Sequence
from random import Random
from statistics import median

from presidio_analyzer import Pattern, PatternRecognizer

from benchmarks.speed.corpus import texts
from benchmarks.speed.race import OneByOne, race
from benchmarks.speed.results import Growth
from bot.config.loading import Configuration
from detectors.engine import Engine
from detectors.finding import Part

COUNTS = (0, 10, 50, 100, 300, 1_000)


_SYLLABLES = (
    *("zor", "vak", "mel", "tri", "gan", "dul", "pex", "quo", "lim", "bar"),
    *("sek", "nov", "thu", "ril", "cas", "fen", "jor", "wit", "hab", "mun"),
)


def recognizers(count: int, seed: int) -> Sequence[PatternRecognizer]:
    """Recognizers like those that admins write: names of projects, numbers with a prefix, phrases, codes."""
    random = Random(seed)  # noqa: S311 - names by chance, no secret
    return [_recognizer(number, random) for number in range(count)]


def _recognizer(number: int, random: Random) -> PatternRecognizer:
    word, other = _word(random), _word(random)
    pattern = (
        rf"\b(?:operation|project)\s+{word}\b",
        rf"\b{word[:3].upper()}{number}-\d{{4,6}}\b",
        rf"(?<!\w){word}[ -]{other}(?!\w)",
        rf"\b{word[:2].upper()}\d{{2}}/{number}/[A-Z]{{2}}\b",
        rf"\b{word}(?:s|ed|ing)?\s+(?:file|plan|paper)\b",
    )[number % 5]
    return PatternRecognizer(
        supported_entity=f"OWN_{number}",
        name=f"OwnRecognizer{number}",
        patterns=[Pattern(name=f"own {number}", regex=pattern, score=0.6)],
        context=[word] if number % 3 == 0 else [],
    )


def _word(random: Random) -> str:
    return "".join(random.sample(_SYLLABLES, 3))


def measured(configuration: Configuration, messages: int, rounds: int, seed: int) -> Iterator[Growth]:
    """The same clean messages with more and more recognizers, in turns; the middle round counts."""
    entrants = {str(count): _engine(configuration, count, seed) for count in COUNTS}
    chat, warm_up = texts(messages, 0, seed), texts(100, 0, seed + 1)
    times = race(entrants, chat, warm_up, rounds, budget=float("inf"))
    for count in COUNTS:
        cost = median(sum(taken) / len(taken) for taken in times[str(count)])
        yield Growth(count, round(1e6 * cost, 2))


def _engine(configuration: Configuration, count: int, seed: int) -> OneByOne:
    engine = Engine(configuration.rulebook, more=recognizers(count, seed))
    return OneByOne(lambda text: engine.scan([Part("text", text)]))
