"""`own-recognizers.yaml`: read as Presidio writes it, with every mistake at its line."""

import dataclasses
import pickle
import re
from pathlib import Path

import pytest
import yaml
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

from bot.config.loading import Configuration, load_configuration
from bot.config.reading import read_document, read_yaml
from bot.config.remarks import unheeded, untried
from bot.data import CONFIG
from bot.errors import ConfigurationError, Problem
from bot.model import Audience, Message, MessageRef, Person
from bot.policy import decide
from detectors.engine import Engine
from detectors.examples import check_examples
from detectors.finding import Part
from detectors.rulebook import OwnRecognizers, Rulebook

GUIDE = Path(__file__).parents[3] / "CONTRIBUTING.md"

RULE = """
  - id: staff-number
    provision: protect-staff
    when: {entities: [STAFF_NUMBER]}
    severity: medium
    why: "it gives {what}"
"""


def described() -> str:
    """The file that CONTRIBUTING.md shows."""
    [shown] = re.findall(
        r"## Add a recognizer without code.*?```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL
    )
    return str(shown)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration with the recognizers of CONTRIBUTING.md, and a rule and a name for one of them."""
    path = tmp_path_factory.mktemp("own")
    (path / "raazdar.yaml").write_text("chats: []\n", "utf-8")
    (path / "own-recognizers.yaml").write_text(described(), "utf-8")
    policy = (CONFIG / "policy.yaml").read_text("utf-8")
    policy = policy.replace("\nentities:\n", "\nentities:\n  STAFF_NUMBER: a staff number\n")
    (path / "policy.yaml").write_text(policy.replace("\nrules:\n", f"\nrules:{RULE}"), "utf-8")
    (path / "messages" / "ur").mkdir(parents=True)
    (path / "messages" / "ur" / "own.po").write_text(
        'msgid "entity-STAFF_NUMBER"\nmsgstr "عملے کا نمبر"\n', "utf-8"
    )
    return path


@pytest.fixture(scope="module")
def configuration(folder: Path) -> Configuration:
    return load_configuration(folder, {})


@pytest.fixture(scope="module")
def engine(configuration: Configuration) -> Engine:
    return Engine(configuration.rulebook)


def test_what_the_guide_shows_is_found_and_judged(configuration: Configuration, engine: Engine) -> None:
    text = "Her staff number is MOX-20417, and Nightjar is on."
    scan = engine.scan([Part("text", text)])
    assert [(one.entity, one.evidence.recognizer) for one in scan.findings] == [
        ("STAFF_NUMBER", "Staff number"),
        ("CODE_NAME", "Code names"),
    ]
    message = Message(MessageRef("", "", ""), Person(""), text)
    decision = decide(configuration.policy, message, scan, Audience())
    assert (decision.rule, decision.why) == ("staff-number", "it gives a staff number")
    assert configuration.catalogue.text("ur", "entity-STAFF_NUMBER") == "عملے کا نمبر"


def test_only_examples_that_do_not_hold_are_told(configuration: Configuration, engine: Engine) -> None:
    [staff, *rest] = configuration.rulebook.own.recognizers
    wrong = dataclasses.replace(staff, matches=("MOX-1",), misses=("staff MOX-20417",))
    own = dataclasses.replace(configuration.rulebook.own, recognizers=(wrong, *rest))
    failures = check_examples(engine, dataclasses.replace(configuration.rulebook, schemes=(), own=own))
    assert [(one.file, one.rule, one.example, one.expected) for one in failures] == [
        ("own-recognizers.yaml", "Staff number", "MOX-1", "finds STAFF_NUMBER"),
        ("own-recognizers.yaml", "Staff number", "staff MOX-20417", "finds nothing"),
    ]


def test_what_no_rule_is_about_is_told(configuration: Configuration) -> None:
    told = unheeded(configuration)
    assert [re.search(r"about (\w+)", one)[1] for one in told] == ["CODE_NAME", "US_SSN"]  # type: ignore[index]
    assert untried(configuration.rulebook) == ()


def test_presidio_reads_the_same_file(folder: Path) -> None:
    given = yaml.safe_load(described())
    registry = RecognizerRegistryProvider(
        registry_configuration={"supported_languages": ["en"], **given}
    ).create_recognizer_registry()
    assert {one.name for one in registry.recognizers} >= {"Staff number", "Code names", "UsSsnRecognizer"}


def test_a_rulebook_with_recognizers_of_one_s_own_goes_to_another_process(
    configuration: Configuration,
) -> None:
    there = pickle.dumps(configuration.rulebook)
    assert pickle.loads(there) == configuration.rulebook  # noqa: S301 - our own


def test_without_the_file_there_are_none(rulebook: Rulebook) -> None:
    assert rulebook.own == OwnRecognizers()


def told(tmp_path: Path, written: str) -> list[tuple[int, str, str]]:
    problems: list[Problem] = []
    path = tmp_path / "own-recognizers.yaml"
    path.write_text(written, "utf-8")
    read_yaml(path, OwnRecognizers, problems, {})
    return [(one.line, one.key, one.what) for one in problems]


PATTERN = (
    "recognizers:\n- name: a\n  supported_entity: X\n  patterns:\n  - {{name: p, regex: '{}', score: {}}}\n"
)
OWN = "recognizers:\n- name: {}\n  supported_entity: {}\n  {}\n"


@pytest.mark.parametrize(
    ("written", "line", "key", "what"),
    [
        (PATTERN.format("(", 0.5), 5, "recognizers[0].patterns[0]", "the regex does not compile: missing )"),
        (PATTERN.format("x*", 0.5), 5, "recognizers[0].patterns[0]", "matches empty text"),
        (PATTERN.format("x", 2), 5, "recognizers[0].patterns[0]", "the score must be above 0 and at most 1"),
        (PATTERN.format("x", 0), 5, "recognizers[0].patterns[0]", "the score must be above 0 and at most 1"),
        (PATTERN.format("x", "high"), 5, "recognizers[0].patterns[0].score", "must be a number"),
        ("recognizers: []", 1, "recognizers", "is empty"),
        ("supported_languages: [en]", 1, "recognizers", "is empty"),
        ("recognisers: []", 1, "recognisers", "is not a key that is known here"),
        (OWN.format("a", "X", "patterns: []"), 2, "recognizers[0]", "at least one of patterns and deny_list"),
        (OWN.format("a", "X", "deny_list: []"), 2, "recognizers[0]", "at least one of patterns and deny_list"),
        (OWN.format("a", "X", "deny_list: ['-']"), 2, "recognizers[0]", "no letter or digit"),
        (OWN.format("a", "X", "deny_list: [yes]"), 4, "recognizers[0].deny_list[0]", "must be text"),
        (OWN.format("a", "''", "deny_list: [x]"), 2, "recognizers[0]", "supported_entity is missing"),
        (OWN.format("a", "CLASSIFICATION_LABEL", "deny_list: [x]"), 2, "recognizers[0]", "is made by Raazdar itself"),
        (OWN.format("a", "X", "score_thresholds: {}"), 4, "recognizers[0].score_thresholds", "is not a key"),
        (OWN.format("SpacyRecognizer", "X", "enabled: true"), 2, "recognizers[0]", "needs a language model"),
        (OWN.format("Nobody", "X", "type: predefined"), 2, "recognizers[0]", "Presidio has no recognizer Nobody"),
        (OWN.format("IbanRecognizer", "X", "type: predefined"), 2, "recognizers[0]", "leave it out"),
        (OWN.format("UsSsnRecognizer", "X", "type: predefined\n  deny_list: [x]"), 2, "recognizers[0]", "leave these out"),
        ("global_regex_flags: 64\n" + OWN.format("a", "X", "deny_list: [x]"), 1, "", "a sum of 2, 8 and 16"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_line(
    tmp_path: Path, written: str, line: int, key: str, what: str
) -> None:
    [problem] = told(tmp_path, written)
    assert problem[:2] == (line, key)
    assert what in problem[2]


def test_mistakes_in_several_recognizers_are_told_together(tmp_path: Path) -> None:
    written = PATTERN.format("(", 0.5) + "- name: b\n  supported_entity: Y\n  deny_list: []\n"
    assert [line for line, _, _ in told(tmp_path, written)] == [5, 6]


def test_two_recognizers_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    one = "- {name: a, supported_entity: X, deny_list: [x]}\n"
    assert [(line, key) for line, key, _ in told(tmp_path, f"recognizers:\n{one}{one}")] == [
        (2, "recognizers[0].name"),
        (3, "recognizers[1].name"),
    ]


def test_a_mistake_stands_beside_those_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "raazdar.yaml").write_text("storage: {}\n", "utf-8")
    (tmp_path / "own-recognizers.yaml").write_text("recognizers: []\n", "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_configuration(tmp_path, {})
    assert {one.file.name for one in refused.value.problems} == {"raazdar.yaml", "own-recognizers.yaml"}


def test_keys_of_presidio_s_that_change_nothing_here_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "own-recognizers.yaml"
    path.write_text(
        "supported_languages: [en, es]\nglobal_regex_flags: 26\nrecognizers:\n"
        "- name: Zip code\n  type: custom\n  country_code: us\n  supported_entities: [ZIP]\n"
        "  supported_languages: [{language: en, context: [zip]}, {language: es, context: [postal]}]\n"
        "  patterns: [{name: zip, regex: '[0-9]{5}', score: 1}]\n",
        "utf-8",
    )
    [zip_code] = read_document(path, OwnRecognizers).recognizers
    assert (zip_code.entity, zip_code.context_words) == ("ZIP", ("zip", "postal"))
