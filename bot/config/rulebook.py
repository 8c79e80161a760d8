"""Reads what the detectors look for: label schemes, document markers and recognizer settings."""

from collections.abc import MutableSequence
from pathlib import Path

from bot.config.reading import read_yaml
from bot.errors import Problem
from detectors.rulebook import (
    OWN_RECOGNIZERS,
    Judgement,
    Language,
    Markers,
    OwnRecognizers,
    Recognizers,
    References,
    Rulebook,
    Scheme,
    Sensitivity,
)


def read_rulebook(
    defaults: Path, problems: MutableSequence[Problem], overrides: Path | None = None
) -> Rulebook | None:
    """Reads `labels/*.yaml` and the other files that say what is looked for; None after adding to `problems`.

    A file in `overrides` takes the place of the default of the same name; other label files are added,
    and so are recognizers of the admins' own.
    """
    before = len(problems)
    folders = [folder for folder in (defaults, overrides) if folder]
    paths = {path.name: path for folder in folders for path in sorted((folder / "labels").glob("*.yaml"))}
    if not paths:
        problems.append(Problem(defaults / "labels", 1, "", "holds no label scheme (*.yaml)"))
    schemes = [read_yaml(path, Scheme, problems) for _, path in sorted(paths.items())]
    sensitivity = read_yaml(chosen("sensitivity.yaml", defaults, overrides), Sensitivity, problems)
    judgement = read_yaml(chosen("judgement.yaml", defaults, overrides), Judgement, problems)
    references = read_yaml(chosen("references.yaml", defaults, overrides), References, problems)
    markers = read_yaml(chosen("markers.yaml", defaults, overrides), Markers, problems)
    recognizers = read_yaml(chosen("recognizers.yaml", defaults, overrides), Recognizers, problems)
    language = read_yaml(chosen("language.yaml", defaults, overrides), Language, problems)
    own_file = overrides / OWN_RECOGNIZERS if overrides else None
    own = (
        read_yaml(own_file, OwnRecognizers, problems) if own_file and own_file.exists() else OwnRecognizers()
    )
    if len(problems) > before or not (
        sensitivity and judgement and references and markers and recognizers and language and own
    ):
        return None
    known = tuple(scheme for scheme in schemes if scheme)
    return Rulebook(known, sensitivity, judgement, references, markers, recognizers, language, own)


def chosen(name: str, defaults: Path, overrides: Path | None) -> Path:
    """The file of that name that counts: the override where there is one."""
    if overrides and (overrides / name).exists():
        return overrides / name
    return defaults / name
