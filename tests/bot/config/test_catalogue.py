import re
from pathlib import Path

import pytest

from bot.config.catalogue import read_catalogue
from bot.config.loading import load_configuration
from bot.data import CONFIG
from bot.errors import Problem
from bot.model import CardChoice, Choice, Level, Mode, Outcome, Severity
from bot.policy import Policy
from tests.bot.builders import WORDS

ISOLATED = "\u2068", "\u2069"


def own(folder: Path, text: str, language: str = "en") -> list[Problem]:
    path = folder / "messages" / language
    path.mkdir(parents=True)
    (path / "own.po").write_text(text)
    problems: list[Problem] = []
    read_catalogue(CONFIG, problems, folder)
    return problems


def test_urdu_says_everything_that_english_does() -> None:
    english, urdu = WORDS.languages["en"], WORDS.languages["ur"]
    assert set(english) - set(urdu) == set()


def test_urdu_has_words_for_everything_in_the_policy() -> None:
    policy: Policy = load_configuration().policy
    wanted = [f"rule-{rule.id}" for rule in policy.rules]
    wanted += [f"provision-{name}" for name in policy.provisions]
    wanted += [f"entity-{name}" for name in policy.entities]
    assert [name for name in wanted if name not in WORDS.languages["ur"]] == []


def test_every_word_that_is_chosen_by_a_scale_is_there() -> None:
    wanted = [f"choice-{one}" for one in Choice] + [f"press-{one}" for one in CardChoice]
    wanted += [f"outcome-{one}" for one in Outcome] + [f"severity-{one}" for one in Severity]
    wanted += [f"level-{one}" for one in Level]
    wanted += [f"{kind}-{mode}" for mode in Mode for kind in ("mode", "greeting")]
    wanted += [f"ending-{one}-{part}" for one in Outcome for part in ("title", "body")]
    assert [name for name in wanted if name not in WORDS.languages["en"]] == []


def test_a_value_does_not_turn_the_direction_of_an_urdu_sentence() -> None:
    said = WORDS.text("ur", "card-author", author="Amina")
    assert "Amina".join(ISOLATED) in said
    assert not set(ISOLATED) & set(WORDS.text("en", "card-author", author="Amina"))


def test_a_language_that_lacks_words_speaks_english() -> None:
    assert WORDS.text("xx", "choice-remove") == WORDS.text("en", "choice-remove")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param('msgid "hello"\nmsgstr "x"\n', 1, "not a message that is known", id="unknown"),
        pytest.param('\nmsgid "card-author"\nmsgstr "{who}"\n', 2, "names {who}", id="a wrong name"),
        pytest.param("card-author: who", 1, "not a gettext catalogue", id="broken"),
        pytest.param('msgid "card-author"\nmsgstr "{"\n', 1, "'{'", id="half a brace"),
    ],
)
def test_a_mistake_in_one_s_own_words_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    [problem] = own(tmp_path, text)
    assert what in problem.what
    assert problem.line == line
    assert problem.file.name == "own.po"


def test_words_in_a_language_that_does_not_exist_are_refused(tmp_path: Path) -> None:
    [problem] = own(tmp_path, 'msgid "choice-remove"\nmsgstr "x"\n', "klingonish")
    assert "not the name of a language" in problem.what


def test_a_language_of_one_s_own_may_be_added_in_part(tmp_path: Path) -> None:
    assert own(tmp_path, 'msgid "choice-remove"\nmsgstr "Hinweis entfernen"\n', "de") == []
    problems: list[Problem] = []
    words = read_catalogue(CONFIG, problems, tmp_path)
    assert words.text("de", "choice-remove") == "Hinweis entfernen"
    assert words.text("de", "choice-dispute") == WORDS.text("en", "choice-dispute")


def test_what_a_translator_marked_as_unsure_is_not_used(tmp_path: Path) -> None:
    assert own(tmp_path, '#, fuzzy\nmsgid "choice-remove"\nmsgstr "x"\n', "de") == []
    assert read_catalogue(CONFIG, [], tmp_path).find("de", "choice-remove") is None


def test_every_word_is_said_somewhere() -> None:
    """A key stands in the code as it is, or is put together from a prefix there."""
    root = CONFIG.parent
    files = [path for name in ("bot", "adapters") for path in (root / name).rglob("*.*")]
    code = "\n".join(path.read_text() for path in files if path.suffix in {".py", ".html"})
    put_together = tuple(re.findall(r'f"([a-z][a-z-]*-)\{', code))
    unsaid = [
        name
        for name in WORDS.languages["en"]
        if f'"{name}"' not in code and f"'{name}'" not in code and not name.startswith(put_together)
    ]
    assert unsaid == []
