from dataclasses import replace

from bot import notices
from bot.mask import masked_findings
from bot.model import Evidence, Level, Outcome
from bot.speaking import Speaker
from detectors.finding import Part
from tests.bot.builders import AUTHOR, POLICY, REF, RULES, WORDS, chat, finding, message, recorded

SPEAKER = Speaker(RULES, WORDS, "http://console")
FOUND = masked_findings([Part("text", "SECRET plans")], [finding(), finding("PK_CNIC")])


def test_a_warning_names_kinds_provision_and_choices_but_no_content() -> None:
    decided = replace(recorded(), evidence=Evidence("", FOUND))
    notice = notices.warning(SPEAKER, "k", message("SECRET plans"), decided, chat(), "en")
    assert notice.body.startswith("Because.\nWhat was seen in it: a label, an identity card number.")
    assert notice.provision == "Provision: Nothing official goes out. (rule 18)"
    assert [label for _, label in notice.choices] == [
        "Remove the message",
        "I am authorised",
        "This is wrong",
    ]
    assert "plans" not in str(notice)


def test_an_author_of_two_files_was_not_told_which_one_is_meant() -> None:
    found = masked_findings(
        [Part("attachment 2 / page 3", "SECRET")], [finding(part="attachment 2 / page 3")]
    )
    decided = replace(recorded(), evidence=Evidence("", found))
    notice = notices.warning(SPEAKER, "k", message(), decided, chat(), "en")
    assert "attachment 2, page 3" in notice.body


def test_a_warning_in_urdu_says_the_reason_in_urdu() -> None:
    rules = tuple(replace(rule, id="classified-label") for rule in POLICY.rules[:1])
    speaker = replace(SPEAKER, rules=replace(RULES, policy=replace(POLICY, rules=rules)))
    decided = replace(recorded(rule="classified-label"), evidence=Evidence("", FOUND))
    notice = notices.warning(speaker, "k", message(), decided, chat(ceiling=Level.RESTRICTED), "ur")
    assert notice.language == "ur"
    assert notice.title == WORDS.text("ur", "warning-title")
    plain = notice.body.replace("\u2068", "").replace("\u2069", "")
    assert WORDS.text("ur", "level-restricted") in plain
    assert "SECRET کا نشان" in plain
    assert "because" not in notice.body.lower()
    assert WORDS.text("ur", "provision-official-information") in notice.provision


def test_a_rule_that_a_language_has_no_words_for_is_told_as_the_policy_has_it() -> None:
    notice = notices.warning(SPEAKER, "k", message(), recorded(), chat(), "ur")
    assert "Because" in notice.body


def test_an_ending_asks_for_nothing() -> None:
    notice = notices.ending(SPEAKER, "k", REF, AUTHOR, Outcome.FALSE_ALARM, "en")
    assert notice.body == "The warning was wrong and does not count. We are sorry."
    assert notice.choices == ()
