"""Facts with everything filled in, so that a test names only what it is about."""

from datetime import datetime

from bot.config.catalogue import Catalogue, read_catalogue
from bot.data import CONFIG
from bot.errors import Problem
from bot.in_force import Rules
from bot.model import (
    Audience,
    Chat,
    ChatRef,
    Decision,
    Evidence,
    Level,
    Message,
    MessageRef,
    Mode,
    Moderators,
    Person,
    Severity,
)
from bot.policy import ACTIONS, Condition, Ladder, Policy, Provision, Rule, Step
from bot.ports import Recorded
from detectors import finding as facts
from tests.fakes.clock import START
from tests.fakes.detectors import FakeDetectors

REF = MessageRef("fake", "office", "m1")
AUTHOR = Person("amina", "Amina Raza")
MODERATORS = Moderators(ChatRef("fake", "moderators"))

POLICY = Policy(
    provisions={"official-information": Provision("Nothing official goes out.", "test", "18")},
    entities={
        "CLASSIFICATION_LABEL": "a label",
        "PK_CNIC": "an identity card number",
        "PHONE_NUMBER": "a telephone number",
    },
    rules=(
        Rule(
            "label",
            "official-information",
            Condition(entities=("CLASSIFICATION_LABEL",), above_ceiling=True),
            Severity.HIGH,
            "label {label} above {ceiling}",
            {Level.RESTRICTED: Severity.MEDIUM, Level.SECRET: Severity.CRITICAL},
        ),
        Rule("id", "official-information", Condition(entities=("PK_CNIC",)), Severity.MEDIUM, "has {what}"),
        Rule("phone", "official-information", Condition(entities=("PHONE_NUMBER",)), Severity.LOW, "phone"),
        Rule(
            "unread", "official-information", Condition(undecided=True), Severity.LOW, "not read: {reasons}"
        ),
    ),
    ladder=Ladder(days=7, starts_at=Severity.MEDIUM, up_to=Severity.HIGH, steps=(Step(2, 1),)),
)

RULES = Rules(FakeDetectors(), POLICY, "this edition")


def _words() -> Catalogue:
    problems: list[Problem] = []
    words = read_catalogue(CONFIG, problems)
    assert not problems
    return words


WORDS = _words()


def message(text: str = "hello", *, id: str = "m1", revision: int = 0, at: datetime = START) -> Message:  # noqa: A002
    return Message(MessageRef("fake", "office", id), AUTHOR, text, at, revision)


def chat(mode: Mode = Mode.ENFORCE, ceiling: Level = Level.UNMARKED) -> Chat:
    audience = Audience(ceiling, guests=False, public=False)
    return Chat(REF.chat_ref, "Office", mode, audience, MODERATORS)


def finding(
    entity: str = "CLASSIFICATION_LABEL",
    *,
    level: int = 3,
    score: float = 0.9,
    start: int = 0,
    end: int = 6,
    part: str = "text",
) -> facts.Finding:
    attributes = {"level": level, "label": "SECRET"} if entity == "CLASSIFICATION_LABEL" else {}
    return facts.Finding(entity, part, facts.Span(start, end), score, facts.Evidence("Fake"), attributes)


def recorded(
    severity: Severity = Severity.HIGH,
    *,
    ref: MessageRef = REF,
    revision: int = 0,
    at: datetime = START,
    rule: str = "label",
    author: Person = AUTHOR,
) -> Recorded:
    decision = Decision(severity, ACTIONS[severity], rule, "official-information", "because")
    return Recorded(ref, revision, "Office", author, decision, Evidence("••• excerpt"), at, at)
