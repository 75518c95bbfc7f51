"""What kind of answer a question wants, and the data that says so."""

from pathlib import Path

import pytest

from kb.kinds import Kind
from kb.source.yaml_lines import SourceError
from qa.intent import FILE, Intent, load_intents


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Which order applied on 10 June 2018?", Intent.WHICH_RULE),
        ("适用哪个办法？", Intent.WHICH_RULE),
        ("Is Order 225 still in force?", Intent.IN_FORCE),
        ("225号令还有效吗？", Intent.IN_FORCE),
        ("What replaced Order 225?", Intent.REPLACED),
        ("237号令被什么取代？", Intent.REPLACED),
        ("When did Order 251 take effect?", Intent.BEGAN),
        ("225号令什么时候废止？", Intent.ENDED),
        ("What changed in 2018?", Intent.CHANGED),
        ("What is an advanced certified enterprise?", Intent.DEFINITION),
        ("什么叫失信企业？", Intent.DEFINITION),
        ("Who must file the report?", Intent.WHO),
        ("由谁认定？", Intent.WHO),
        ("How long does it take?", Intent.HOW_LONG),
        ("多久能恢复？", Intent.HOW_LONG),
        ("How often are we reviewed?", Intent.HOW_OFTEN),
        ("By when must we file?", Intent.BY_WHEN),
        ("How much may the fines be?", Intent.HOW_MUCH),
        ("查验率是多少？", Intent.HOW_MUCH),
        ("How many standards are there?", Intent.HOW_MANY),
        ("Which documents do we hand in?", Intent.LIST),
        ("有哪些便利？", Intent.LIST),
        ("What happens if we are late?", Intent.CONSEQUENCE),
        ("What made a company dishonest?", Intent.CRITERION),
        ("Can we apply again?", Intent.MAY),
        ("Must we report it?", Intent.MUST),
        ("要不要报告？", Intent.MUST),
    ],
)
def test_an_intent_is_read_from_its_words(text: str, intent: Intent) -> None:
    assert intent in load_intents().find(text)


@pytest.mark.parametrize("text", ["When Order 225 was in force, who was dishonest?", "225号令施行期间谁算失信？"])
def test_what_only_says_when_asks_nothing(text: str) -> None:
    assert not {Intent.IN_FORCE, Intent.BEGAN, Intent.BY_WHEN} & set(load_intents().find(text))


def test_an_intent_says_what_kind_of_provision_answers() -> None:
    assert load_intents().kinds((Intent.DEFINITION, Intent.BENEFIT)) == {
        Kind.DEFINITION,
        Kind.BENEFIT,
        Kind.PERMISSION,
        Kind.CONSEQUENCE,
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  began:", "  begun:", "`began` is missing"),
        ("    kinds: [definition]", "    kinds: [definitions]", "`definitions` is no kind"),
        ("      - replaced by", "      - replaced (by", "no regular expression"),
        ("    kinds: [benefit, permission, consequence]", "    fr: [avantage]", "`fr` is not a key"),
        ("    kinds: [benefit, permission, consequence]", "    kinds: benefit", "list of words"),
        ("scene:", "scenes:", "`scene` should hold"),
    ],
)
def test_malformed_wordings_are_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "intents.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        load_intents(path)
