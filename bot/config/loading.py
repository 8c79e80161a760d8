"""Reads a whole configuration folder over the defaults and reports every mistake in it at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.config.catalogue import Catalogue, read_catalogue
from bot.config.once import read_once
from bot.config.reading import read_yaml
from bot.config.rulebook import chosen, read_rulebook
from bot.config.settings import Settings, read_settings
from bot.data import CONFIG
from bot.errors import ConfigurationError, Problem
from bot.policy import Policy
from detectors.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that YAML decides, checked and frozen."""

    settings: Settings
    policy: Policy
    rulebook: Rulebook
    catalogue: Catalogue


def load_configuration(
    directory: Path | None = None, environment: Mapping[str, str] = os.environ
) -> Configuration:
    """Reads `directory` over the defaults, or the defaults alone.

    Raises ConfigurationError with all the mistakes of all the files.
    """
    problems: list[Problem] = []
    if directory and not (directory / "raazdar.yaml").is_file():
        raise ConfigurationError([Problem(directory / "raazdar.yaml", 1, "", "is not there")])
    catalogue = read_catalogue(CONFIG, problems, directory)
    settings = read_settings(CONFIG, problems, directory, environment, tuple(catalogue.languages))
    folders = (CONFIG, directory) if directory else (CONFIG,)
    policy = read_once(
        "policy",
        folders,
        Policy,
        lambda: read_yaml(chosen("policy.yaml", CONFIG, directory), Policy, problems, environment),
        environment,
    )
    rulebook = read_once("rulebook", folders, Rulebook, lambda: read_rulebook(CONFIG, problems, directory))
    if problems or settings is None or policy is None or rulebook is None:
        raise ConfigurationError(problems)
    return Configuration(settings, policy, rulebook, catalogue)
