"""The memorandum as data, and the one pure function that applies it.

A rule says which findings it is about, how severe they are, and which provision it rests on. All
rules are tried; the most severe one that holds decides, the earlier one where two are alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import ClassVar, Literal, Protocol, TypeVar

from bot.model import (
    Action,
    Audience,
    Authorisation,
    Decision,
    History,
    Level,
    Message,
    Mode,
    Outcome,
    Severity,
    Unread,
)
from bot.templates import check_template
from detectors.finding import AttributeValue, Scan

ACTIONS: Mapping[Severity, tuple[Action, ...]] = {
    Severity.NONE: (),
    Severity.LOW: (Action.RECORD,),
    Severity.MEDIUM: (Action.WARN,),
    Severity.HIGH: (Action.WARN, Action.ESCALATE),
    Severity.CRITICAL: (Action.WARN, Action.ESCALATE, Action.REMOVE),
}

_LIVE: Mapping[Mode, frozenset[Action]] = {
    Mode.OBSERVE: frozenset({Action.RECORD}),
    Mode.COACH: frozenset({Action.RECORD, Action.CASE, Action.WARN, Action.ESCALATE}),
    Mode.ENFORCE: frozenset(Action),
}

_ON_UNREAD: Mapping[Unread, tuple[Action, ...]] = {
    Unread.RECORD: (),
    Unread.CASE: (Action.CASE,),
    Unread.CARD: (Action.ESCALATE,),
}

NO_HISTORY = History()
NOTHING = Decision()
"""What a message means in which there is nothing."""

LONGEST_MEMORY = 3650
"""Days."""

_STRICT: Mapping[str, str] = {"extra": "forbid"}


class Found(Protocol):
    """What a rule needs to know of a finding, masked or not."""

    @property
    def entity(self) -> str: ...

    @property
    def score(self) -> float: ...

    @property
    def attributes(self) -> Mapping[str, AttributeValue] | tuple[tuple[str, AttributeValue], ...]: ...


F = TypeVar("F", bound=Found)


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision in our words. `rule` is the conduct rule behind it, for the admin to confirm."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT

    text: str
    source: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be true of a message for a rule to hold; everything that is given must be.

    `entities` or `undecided` chooses what the rule is about, and the rest narrows it.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT

    entities: tuple[str, ...] = ()
    undecided: bool = False
    min_score: float = 0.0
    at_least: int = 1
    above_ceiling: bool = False
    ceiling_below: Level | None = None
    public: bool | None = None

    def __post_init__(self) -> None:
        if bool(self.entities) == self.undecided:
            raise ValueError("a rule needs either entities or `undecided: true`, and would match nothing now")
        if self.at_least < 1:
            raise ValueError("at_least counts findings and must be 1 or more")
        if not 0 <= self.min_score <= 1:
            raise ValueError("min_score must lie between 0 and 1")


@dataclass(frozen=True, slots=True)
class Rule:
    """`by_level`, where a label's level is named in it, goes before `severity`. Where the rule holds, what
    `also` names is done, too, however severe the message is.

    `why` may name `{what}`, `{count}`, `{label}`, `{level}`, `{ceiling}`, `{reasons}` and `{case}`.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT

    id: str
    provision: str
    when: Condition
    severity: Severity
    why: str
    by_level: Mapping[Level, Severity] = field(default_factory=dict)
    also: tuple[Literal["case", "warn", "escalate"], ...] = ()

    def __post_init__(self) -> None:
        if not self.id or not self.why:
            raise ValueError("a rule needs an id and a why")
        if self.severity == Severity.NONE or Severity.NONE in self.by_level.values():
            raise ValueError("a rule of severity none would never do anything")
        check_template(self.why, {"what", "count", "label", "level", "ceiling", "reasons", "case"})


@dataclass(frozen=True, slots=True)
class Step:
    """After `after` earlier warnings, the severity goes up by `raise_by`."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT

    after: int
    raise_by: int

    def __post_init__(self) -> None:
        if self.after < 1 or self.raise_by < 1:
            raise ValueError("after and raise_by must be 1 or more")


@dataclass(frozen=True, slots=True)
class Ladder:
    """Raises what is at least `starts_at` when its author was warned before, never above `up_to`."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT

    days: int
    starts_at: Severity
    up_to: Severity
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if not 1 <= self.days <= LONGEST_MEMORY:
            raise ValueError(f"days must lie between 1 and {LONGEST_MEMORY}")
        if not Severity.MEDIUM <= self.starts_at <= self.up_to:
            raise ValueError("starts_at must be medium or above, and not above up_to")

    @property
    def window(self) -> timedelta:
        return timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Policy:
    """What `policy.yaml` holds. `entities` gives each entity type its name in words for people."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT

    provisions: Mapping[str, Provision]
    entities: Mapping[str, str]
    rules: tuple[Rule, ...]
    ladder: Ladder

    def __post_init__(self) -> None:
        if not self.rules:
            raise ValueError("there are no rules, so nothing would ever be noticed")

    def mistakes(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """What is wrong between its parts, with the path of keys to each."""
        seen: set[str] = set()
        for index, rule in enumerate(self.rules):
            if rule.id in seen:
                yield ("rules", index, "id"), f"there are two rules with the id {rule.id}"
            seen.add(rule.id)
            if rule.provision not in self.provisions:
                yield ("rules", index, "provision"), f"the provision {rule.provision} is not given above"
            for place, entity in enumerate(rule.when.entities):
                if entity not in self.entities:
                    keys = ("rules", index, "when", "entities", place)
                    yield keys, f"the entity {entity} has no name under entities; is it spelled right?"


def decide(
    policy: Policy,
    message: Message,
    scan: Scan,
    audience: Audience,
    authorisations: Sequence[Authorisation] = (),
    history: History = NO_HISTORY,
    unread: Unread = Unread.RECORD,
) -> Decision:
    """What a message means under the policy. Looks at nothing but its arguments.

    `unread` is what the chat has done about parts that could not be looked at.

    Provisions: official-information and the others that the rules name (`seeds/provisions.yaml`).
    """
    if not (scan.findings or scan.undecided):
        return NOTHING  # each rule is about one finding at least, or one part that is undecided
    best = NOTHING
    also: list[Action] = []
    for rule, severity, why in holding_rules(policy, scan, audience):
        also += [*map(Action, rule.also), *(_ON_UNREAD[unread] if rule.when.undecided else ())]
        if severity > best.severity:
            best = Decision(severity, ACTIONS[severity], rule.id, rule.provision, why)
    permitted = _permission(message, scan, authorisations) if best.severity > Severity.LOW else None
    if permitted:
        return Decision(
            Severity.LOW,
            ACTIONS[Severity.LOW],
            "authorised",
            "prior-permission",
            f"covered by letter {permitted.letter} of {permitted.by}; without it: {best.why}",
        )
    climbed = _climbed(policy.ladder, best, message, history)
    return replace(climbed, actions=tuple(dict.fromkeys((*climbed.actions, *also))))


def holding_rules(policy: Policy, scan: Scan, audience: Audience) -> Sequence[tuple[Rule, Severity, str]]:
    """Each rule that holds, with how severe it makes things and why, in the policy's order."""
    judged = ((rule, *_judged(policy, rule, scan, audience)) for rule in policy.rules)
    return [(rule, severity, why) for rule, severity, why in judged if severity > Severity.NONE]


def is_live(mode: Mode, action: Action) -> bool:
    """Whether a chat's mode lets an action really happen; where not, its simulated twin takes its place."""
    return action in _LIVE[mode]


def overturns(outcome: Outcome) -> bool:
    """Whether a case that ended so leaves nothing that the ladder could count against its author."""
    return outcome in {Outcome.AUTHORISED, Outcome.PUBLIC, Outcome.FALSE_ALARM}


def label_level(finding: Found) -> Level:
    """The level that a label stands for; `unmarked` for findings that are not labels."""
    level = dict(finding.attributes).get("level", 0)
    return list(Level)[level] if isinstance(level, int) else Level.UNMARKED


def matching(rule: Rule, findings: Iterable[F], audience: Audience) -> Sequence[F]:
    """The findings that a rule is about."""
    when = rule.when
    return [
        finding
        for finding in findings
        if finding.entity in when.entities
        and finding.score >= when.min_score
        and (not when.above_ceiling or label_level(finding) > audience.ceiling)
    ]


def gravest(findings: Iterable[F]) -> F:
    """The finding with the highest level, and among those the surest one."""
    return max(findings, key=lambda finding: (label_level(finding).rank, finding.score))


def _judged(policy: Policy, rule: Rule, scan: Scan, audience: Audience) -> tuple[Severity, str]:
    when = rule.when
    if when.ceiling_below is not None and audience.ceiling >= when.ceiling_below:
        return Severity.NONE, ""
    if when.public is not None and audience.public != when.public:
        return Severity.NONE, ""
    if when.undecided:
        reasons = ", ".join(sorted({undecided.reason for undecided in scan.undecided}))
        held = len(scan.undecided) >= when.at_least
        return (rule.severity, rule.why.format_map(_Words(reasons=reasons))) if held else (Severity.NONE, "")
    findings = matching(rule, scan.findings, audience)
    if len(findings) < when.at_least:
        return Severity.NONE, ""
    highest = gravest(findings)
    level = label_level(highest)
    kinds = dict.fromkeys(policy.entities.get(finding.entity, finding.entity) for finding in findings)
    words = _Words(
        what=", ".join(kinds),
        count=str(len(findings)),
        label=str(dict(highest.attributes).get("label", level)),
        level=level.word,
        ceiling=audience.ceiling.word,
        case=str(dict(highest.attributes).get("case", "")),
    )
    return rule.by_level.get(level, rule.severity), rule.why.format_map(words)


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _permission(
    message: Message, scan: Scan, authorisations: Sequence[Authorisation]
) -> Authorisation | None:
    if message.sent_at is None:
        return None
    highest = max((label_level(finding) for finding in scan.findings), default=Level.UNMARKED)
    return next(
        (
            permission
            for permission in authorisations
            if permission.platform == message.ref.platform
            and permission.person.id == message.author.id
            and permission.chat in {None, message.ref.chat}
            and permission.level >= highest
            and permission.valid_from <= message.sent_at
            and (permission.until is None or message.sent_at < permission.until)
        ),
        None,
    )


def _climbed(ladder: Ladder, decision: Decision, message: Message, history: History) -> Decision:
    if message.sent_at is None or not ladder.starts_at <= decision.severity < ladder.up_to:
        return decision
    sent_at = message.sent_at
    earlier = sum(1 for at in history.warned_at if timedelta() <= sent_at - at <= ladder.window)
    raise_by = max((step.raise_by for step in ladder.steps if earlier >= step.after), default=0)
    severity = min(decision.severity.raised(raise_by), ladder.up_to)
    if severity == decision.severity:
        return decision
    why = f"{decision.why}; raised from {decision.severity} after {earlier} warnings in {ladder.days} days"
    return Decision(severity, ACTIONS[severity], decision.rule, decision.provision, why)
