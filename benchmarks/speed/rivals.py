"""Who is measured. Nothing of a rival is imported before it is made ready, so that its start is its own."""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from benchmarks.speed import results
from benchmarks.speed.race import Entrant, OneByOne

if TYPE_CHECKING:
    from bot.config.loading import Configuration


Load = Callable[[], "Configuration"]
"""Reads the configuration as it is delivered; who needs none doesn't wait for it."""


class NotThere(Exception):
    """A rival that can't be measured here, with the reason."""


def _findings(load: Load) -> Entrant:
    from bot.wiring import build_detectors
    from detectors.finding import Part

    detectors = build_detectors(load())
    return OneByOne(lambda text: detectors.scan([Part("text", text)]))


def _decision(load: Load) -> Entrant:
    from bot.model import Audience, Level, Message, MessageRef, Person
    from bot.policy import decide
    from bot.scanning import scan_message
    from bot.wiring import build_detectors

    configuration = load()
    detectors = build_detectors(configuration)
    audience = Audience(Level.UNMARKED, guests=True, public=True)
    ref, author = MessageRef("", "", "m1"), Person("amina")

    def judge(text: str) -> object:
        message = Message(ref, author, text)
        return decide(configuration.policy, message, scan_message(detectors, message).scan, audience)

    return OneByOne(judge)


def _stock(load: Load) -> Entrant:
    from benchmarks.speed.presidio import with_recognizers
    from detectors.analysis import recognizers_of

    return OneByOne(with_recognizers(recognizers_of(load().rulebook)))


def _stock_own(_: Load) -> Entrant:
    from benchmarks.speed.presidio import with_its_own

    return OneByOne(with_its_own())


def _patterns(load: Load) -> Entrant:
    from benchmarks.speed.patterns import one_by_one, patterns_of

    return OneByOne(one_by_one(patterns_of(load().rulebook)))


def _datafog(_: Load) -> Entrant:
    os.environ["DATAFOG_NO_TELEMETRY"] = "1"
    try:
        from datafog.engine import scan
    except ImportError as error:
        raise NotThere("not installed") from error
    return OneByOne(lambda text: scan(text, engine="regex"))


def _scrubadub(_: Load) -> Entrant:
    try:
        from scrubadub import Scrubber
    except ImportError as error:
        raise NotThere("not installed") from error
    scrubber = Scrubber()
    return OneByOne(lambda text: list(scrubber.iter_filth(text)))


def _bare(load: Load) -> Entrant:
    from benchmarks.speed.bare import Together, bare_of
    from detectors.engine import Engine

    bare = bare_of(Engine(load().rulebook))
    if bare is None:
        raise NotThere("not there")
    return Together(bare)


RIVALS: Mapping[str, Callable[[Load], Entrant]] = {
    results.RAAZDAR: _decision,
    results.RAAZDAR_FINDINGS: _findings,
    results.STOCK: _stock,
    results.STOCK_OWN: _stock_own,
    results.PLAIN: _patterns,
    results.DATAFOG: _datafog,
    results.SCRUBADUB: _scrubadub,
    results.BARE: _bare,
}
"""How each is made ready. Raises NotThere."""
