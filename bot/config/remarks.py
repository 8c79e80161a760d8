"""What is no mistake in a configuration but seldom meant, in words for its admin."""

from bot.config.loading import Configuration
from detectors.rulebook import OWN_RECOGNIZERS, Rulebook


def unheeded(configuration: Configuration) -> tuple[str, ...]:
    """Recognizers of the admin's own whose entity no rule is about: found, shown, and never acted upon."""
    heeded = {entity for rule in configuration.policy.rules for entity in rule.when.entities}
    return tuple(
        f"{OWN_RECOGNIZERS}: {one.name}: no rule is about {one.entity}, so nothing is done where it is found;"
        " name it in policy.yaml, under entities and in a rule"
        for one in configuration.rulebook.own.enabled
        if one.entity not in heeded
    )


def untried(rulebook: Rulebook) -> tuple[str, ...]:
    """Recognizers of the admin's own without an example of each kind."""
    return tuple(
        f"{OWN_RECOGNIZERS}: {one.name}: give it examples under matches and under misses, to be tried here"
        for one in rulebook.own.enabled
        if not (one.matches and one.misses)
    )
