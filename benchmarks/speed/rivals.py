"""Who is measured, and how each is made ready. Nothing of a rival is imported before it is built."""

import os
from collections.abc import Callable, Mapping

from benchmarks.speed import results
from benchmarks.speed.race import Entrant, OneByOne
from bot.config.loading import Configuration


class NotThere(Exception):
    """A rival that can't be measured here, with the reason."""


def _findings(configuration: Configuration) -> Entrant:
    from bot.wiring import build_detectors
    from detectors.finding import Part

    detectors = build_detectors(configuration)
    return OneByOne(lambda text: detectors.scan([Part("text", text)]))


def _decision(configuration: Configuration) -> Entrant:
    from bot.model import Audience, Level, Message, MessageRef, Person
    from bot.policy import decide
    from bot.scanning import scan_message
    from bot.wiring import build_detectors

    detectors = build_detectors(configuration)
    audience = Audience(Level.UNMARKED, guests=True, public=True)
    ref, author = MessageRef("", "", "m1"), Person("amina")

    def judge(text: str) -> object:
        message = Message(ref, author, text)
        return decide(configuration.policy, message, scan_message(detectors, message).scan, audience)

    return OneByOne(judge)


def _stock(configuration: Configuration) -> Entrant:
    from benchmarks.speed.presidio import with_recognizers
    from detectors.analysis import recognizers_of

    return OneByOne(with_recognizers(recognizers_of(configuration.rulebook)))


def _stock_own(_: Configuration) -> Entrant:
    from benchmarks.speed.presidio import with_its_own

    return OneByOne(with_its_own())


def _patterns(configuration: Configuration) -> Entrant:
    from benchmarks.speed.patterns import one_by_one, patterns_of

    return OneByOne(one_by_one(patterns_of(configuration.rulebook)))


def _datafog(_: Configuration) -> Entrant:
    os.environ["DATAFOG_NO_TELEMETRY"] = "1"
    try:
        from datafog.engine import scan
    except ImportError as error:
        raise NotThere("not installed") from error
    return OneByOne(lambda text: scan(text, engine="regex"))


def _scrubadub(_: Configuration) -> Entrant:
    try:
        from scrubadub import Scrubber
    except ImportError as error:
        raise NotThere("not installed") from error
    scrubber = Scrubber()
    return OneByOne(lambda text: list(scrubber.iter_filth(text)))


def _bare(configuration: Configuration) -> Entrant:
    from benchmarks.speed.bare import Together, bare_of
    from detectors.engine import Engine

    bare = bare_of(Engine(configuration.rulebook))
    if bare is None:
        raise NotThere("the detectors have no multi-pattern engine")
    return Together(bare)


RIVALS: Mapping[str, Callable[[Configuration], Entrant]] = {
    results.RAAZDAR: _decision,
    results.RAAZDAR_FINDINGS: _findings,
    results.STOCK: _stock,
    results.STOCK_OWN: _stock_own,
    results.PLAIN: _patterns,
    results.DATAFOG: _datafog,
    results.SCRUBADUB: _scrubadub,
    results.BARE: _bare,
}
"""From the configuration as it is delivered to something that can be raced. Raises NotThere."""
