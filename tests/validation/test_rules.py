"""Every rule has an example that breaks it, and it alone, and one that keeps it."""

import pytest
from conftest import ROOT

import tasrih
from tasrih.validation import RULES

EXAMPLES = ROOT / "tests/rules"


def examples(kind):
    return sorted(path for path in EXAMPLES.glob(f"*/{kind}*") if path.parent.name in RULES)


def codes(example):
    corpus = example if (example / "articles").is_dir() else EXAMPLES / "corpus"
    return set(tasrih.validate([example], within=corpus).by_code())


def name(example):
    return f"{example.parent.name}-{example.name}"


@pytest.mark.parametrize("kind", ["good", "bad"])
def test_every_rule_has_examples_and_no_others_have(kind):
    assert {path.parent.name for path in examples(kind)} == set(RULES)
    assert {path.name for path in EXAMPLES.iterdir()} == {*RULES, "corpus"}


@pytest.mark.parametrize("example", examples("bad"), ids=name)
def test_a_bad_example_breaks_its_rule_and_no_other(example):
    assert codes(example) == {example.parent.name}


@pytest.mark.parametrize("example", examples("good"), ids=name)
def test_a_good_example_breaks_no_rule(example):
    assert codes(example) == set()
