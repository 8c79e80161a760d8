"""Finds the words for what the policy says, in the languages that the bot speaks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.config.catalogue import ENGLISH, Catalogue
from bot.model import Audience, Case, Choice, Evidence, Person
from bot.policy import Policy, gravest, label_level, matching
from bot.ports import Recorded
from bot.whereabouts import MOST_PLACES, part_words, places_words, together


class HasPolicy(Protocol):
    """Whatever knows which policy is in force."""

    @property
    def policy(self) -> Policy: ...


@dataclass(frozen=True, slots=True)
class Speaker:
    """`console` is the console's address, before the path; `operator` who set the bot up."""

    rules: HasPolicy
    words: Catalogue
    console: str
    operator: str = ""

    @property
    def policy(self) -> Policy:
        return self.rules.policy

    def why(self, judged: Recorded | Case, audience: Audience, language: str) -> str:
        """Why a message was noticed; in the policy's own words where the language has none for the rule."""
        rule_id, english = (
            (judged.rule, judged.why)
            if isinstance(judged, Case)
            else (judged.decision.rule, judged.decision.why)
        )
        if language == ENGLISH:
            return english
        rule = next((one for one in self.policy.rules if one.id == rule_id), None)
        found = matching(rule, judged.evidence.findings, audience) if rule else ()
        values = {"what": "", "count": str(len(found)), "label": "", "level": "", "case": ""}
        if found:
            level = label_level(gravest(found))
            values["what"] = self._names([finding.entity for finding in found], language)
            values["level"] = self.words.text(language, f"level-{level}")
            values["label"] = str(dict(gravest(found).attributes).get("label", values["level"]))
            values["case"] = str(dict(gravest(found).attributes).get("case", ""))
        values["ceiling"] = self.words.text(language, f"level-{audience.ceiling}")
        values["reasons"] = ", ".join(sorted({reason for _, reason in judged.evidence.undecided}))
        return self.words.find(language, f"rule-{rule_id}", **values) or english

    def kinds(self, evidence: Evidence, language: str) -> str:
        """The kinds of things that were found, each once."""
        return self._names([finding.entity for finding in evidence.findings], language)

    def found(self, evidence: Evidence, language: str) -> str:
        """The kinds of things that were found, and where, unless that is the message's own text."""
        what, places = self.kinds(evidence, language), places_words(self.words, language, evidence.findings)
        return self.words.text(language, "found-in", what=what, places=places) if places else what

    def unread(self, evidence: Evidence, language: str) -> str:
        """The parts that could not be looked at, each with the reason."""
        parts = evidence.undecided
        said = [f"{part_words(self.words, language, part)}: {why}" for part, why in parts[:MOST_PLACES]]
        return together(self.words, language, said, len(parts) - len(said))

    def provision(self, name: str, language: str) -> str:
        """The provision that something rests on; nothing where the policy has none of that name."""
        provision = self.policy.provisions.get(name)
        if provision is None:
            return ""
        text = self.provision_text(name, language)
        rule = self.words.text(language, "warning-rule", rule=provision.rule) if provision.rule else ""
        return self.words.text(language, "warning-provision", provision=text, rule=rule)

    def provision_text(self, name: str, language: str) -> str:
        own = self.words.find(language, f"provision-{name}") if language != ENGLISH else None
        return own or self.policy.provisions[name].text

    def choices(self, language: str) -> tuple[tuple[Choice, str], ...]:
        return tuple((choice, self.words.text(language, f"choice-{choice}")) for choice in Choice)

    def link(self, case: int) -> str:
        return f"{self.console}/cases/{case}"

    def set_up_by(self, language: str, added_by: Person | None = None) -> str:
        added = added_by.name if added_by else ""
        return self.operator or added or self.words.text(language, "operator-unnamed")

    def _names(self, entities: Sequence[str], language: str) -> str:
        names = dict.fromkeys(
            (self.words.find(language, f"entity-{entity}") if language != ENGLISH else None)
            or self.policy.entities.get(entity, entity)
            for entity in entities
        )
        return self.words.text(language, "list-comma").join(names)


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
