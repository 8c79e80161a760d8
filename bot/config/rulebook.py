"""Reads what the detectors look for: label schemes, document markers and recognizer settings."""

from collections.abc import MutableSequence
from pathlib import Path

from detectors.rulebook import Markers, Recognizers, Rulebook, Scheme

from bot.config.reading import read_yaml
from bot.errors import Problem


def read_rulebook(directory: Path, problems: MutableSequence[Problem]) -> Rulebook | None:
    """Reads `labels/*.yaml`, `markers.yaml` and `recognizers.yaml`; None after adding to `problems`."""
    before = len(problems)
    paths = sorted((directory / "labels").glob("*.yaml"))
    if not paths:
        problems.append(Problem(directory / "labels", 1, "", "holds no label scheme (*.yaml)"))
    schemes = [read_yaml(path, Scheme, problems) for path in paths]
    markers = read_yaml(directory / "markers.yaml", Markers, problems)
    recognizers = read_yaml(directory / "recognizers.yaml", Recognizers, problems)
    if len(problems) > before or markers is None or recognizers is None:
        return None
    return Rulebook(tuple(scheme for scheme in schemes if scheme), markers, recognizers)
